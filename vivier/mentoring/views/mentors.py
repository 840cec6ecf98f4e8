"""The marraines of a programme."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.mentoring import operations, queries
from vivier.mentoring.forms import InterviewForm, MentorFilterForm, OfferForm, VettingForm
from vivier.mentoring.models import Mentor
from vivier.mentoring.queries.mentors import MentorFilter
from vivier.mentoring.vocabulary import mentor_words
from vivier.people.views.staff import change_access
from vivier.programmes.permissions import programme_or_404


@require_safe
def mentors(request, slug):
    """List the marraines of a programme."""
    programme = programme_or_404(request.actor, slug, Permission.VIEW_PEOPLE)
    wanted = MentorFilter(*(request.GET.get(name, "") for name in ("ville", "verification", "place", "q")))
    page = queries.mentors_page(programme, wanted, request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "mentor_words": mentor_words(programme.audience),
        "form": MentorFilterForm(request.GET),
        "is_filtered": any(vars(wanted).values()),
        "here": request.path,
    }
    return render(request, "mentoring/mentors.html", context)


@require_safe
def mentor(request, public_id):
    """Show one marraine: what she offers, her verification, her pairs."""
    return _page(request, public_id)


@require_POST
def offer(request, public_id):
    """Change what she offers."""
    return _write(
        request,
        public_id,
        {"offer_form": OfferForm(request.POST)},
        operations.change_offer,
        "C’est enregistré.",
        lambda sentence: "capacity",
    )


@require_POST
def pause(request, public_id):
    """Leave her out of the next runs (choix=pause), or put her back (choix=reprise)."""
    if request.POST.get("choix") == "reprise":
        return _done(
            request,
            public_id,
            lambda found: operations.resume(by=request.actor, mentor=found),
            "C’est noté : le prochain appariement en tiendra compte.",
        )
    return _done(
        request,
        public_id,
        lambda found: operations.pause(by=request.actor, mentor=found),
        "Pause enregistrée : plus aucune proposition. Les accompagnements en cours continuent.",
    )


@require_POST
def vetting(request, public_id):
    """Record the result of a verification."""
    return _write(
        request,
        public_id,
        {"vetting_form": VettingForm(request.POST)},
        operations.verify,
        "La vérification est enregistrée.",
        lambda sentence: "expires_on" if "fin de validité" in sentence else "checked_on",
    )


@require_POST
def interview(request, public_id):
    """Record that a newcomer was met."""
    return _write(
        request,
        public_id,
        {"interview_form": InterviewForm(request.POST)},
        operations.record_interview,
        "L’entretien est noté. Il reste la vérification.",
        lambda sentence: "met_on",
    )


@require_POST
def access(request, public_id):
    """Open or close the marraine's own space."""
    found = _managed_or_404(request, public_id)
    change_access(request, found.volunteer)
    return redirect("mentoring:mentor", found.public_id)


def _managed_or_404(request, public_id) -> Mentor:
    return get_object_or_404(
        Mentor.objects.visible_to(request.actor, Permission.MANAGE_PEOPLE).select_related("programme", "volunteer"),
        public_id=public_id,
    )


def _write(request, public_id, named: dict, act, sentence: str, blame):
    """Do `act` with the one form of `named`; what it refuses stands beside the field that `blame` names for it."""
    (form,) = named.values()
    if form.is_valid():
        found = _managed_or_404(request, public_id)
        try:
            act(by=request.actor, mentor=found, **form.cleaned_data)
        except DomainError as error:
            form.add_error(blame(str(error)), str(error))
        else:
            messages.success(request, sentence)
            return redirect("mentoring:mentor", found.public_id)
    return _page(request, public_id, **named)


def _done(request, public_id, act, sentence: str):
    found = _managed_or_404(request, public_id)
    try:
        act(found)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentence)
    return redirect("mentoring:mentor", found.public_id)


def _page(
    request,
    public_id,
    *,
    offer_form: OfferForm | None = None,
    vetting_form: VettingForm | None = None,
    interview_form: InterviewForm | None = None,
):
    page = queries.mentor_page(request.actor, public_id)
    if page is None:
        raise Http404
    found = page.row.mentor
    initial = {"capacity": found.capacity, "slots": found.slots}
    context = {
        "page": page,
        "row": page.row,
        "mentor": found,
        "programme": found.programme,
        "mentor_words": mentor_words(found.programme.audience),
        "offer_form": offer_form or OfferForm(initial=initial),
        "vetting_form": vetting_form or VettingForm(),
        "interview_form": interview_form or InterviewForm(),
        "has_errors": bool(offer_form or vetting_form or interview_form),
    }
    return render(request, "mentoring/mentor.html", context, status=422 if context["has_errors"] else 200)
