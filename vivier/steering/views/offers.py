"""One offer, followed by who asked for it: what was received is noted here, and undone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from vivier.common.errors import DomainError
from vivier.steering import operations, queries
from vivier.steering.models import Receipt
from vivier.steering.offer_forms import HeldForm, ReceivedForm


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request, public_id):
    """Show an offer and its receipts; note one more."""
    page = queries.offer_or_none(request.actor, public_id)
    if page is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = (
        HeldForm(data, sessions=page.sessions) if page.is_by_session else ReceivedForm(data, remaining=page.remaining)
    )
    if data is not None and form.is_valid():
        said = form.cleaned_data
        if page.is_by_session:
            said = {"session": next(one for one in page.sessions if one.code == said["session"])}
        try:
            operations.confirm_receipt(by=request.actor, contribution=page.contribution, **said)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "C’est noté : l’engagement du partenaire avance.")
            return redirect("steering:offer", public_id)
    answer = page.contribution.answer
    context = {"page": page, "answer": answer, "ask": answer.ask, "programme": answer.ask.programme, "form": form}
    return render(request, "steering/offer.html", context, status=422 if form.errors else 200)


@require_POST
def undo(request, public_id):
    """Take back what was noted by mistake."""
    receipts = Receipt.objects.visible_to(request.actor).select_related("contribution__answer__ask")
    receipt = get_object_or_404(receipts, public_id=public_id)
    try:
        operations.undo_receipt(by=request.actor, receipt=receipt)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "C’est annulé : ce n’est plus compté.")
    return redirect("steering:offer", receipt.contribution.public_id)
