"""The PDFs of a session: the list to sign, and the certificate of who came."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_safe

from vivier.common.pdf import pdf_response
from vivier.workshops import links, papers
from vivier.workshops.models import Registration
from vivier.workshops.permissions import managed_session_or_404


@require_safe
def sheet(request, code):
    """Return the list to sign."""
    return pdf_response(papers.sheet(managed_session_or_404(request.actor, code)), "feuille-de-presence")


@require_safe
def certificate(request, public_id):
    """Return the certificate of a place: to herself, her guardian, or staff."""
    rows = Registration.objects.visible_to(request.actor).filter(public_id=public_id)
    place = rows.select_related(
        "session__programme__controller", "session__site__commune", "beneficiary__identity"
    ).first()
    return _certificate(place)


@login_not_required
@require_safe
def certificate_by_link(request):
    """Return the certificate of the place that a link opens."""
    try:
        return _certificate(links.read(request.GET.get("jeton", "")))
    except links.PlaceLinkError as error:
        raise Http404(str(error)) from error


def _certificate(place: Registration | None):
    if place is None or not papers.is_certified(place):
        raise Http404
    return pdf_response(papers.certificate(place), "attestation")
