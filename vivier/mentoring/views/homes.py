"""What a signed-in marraine or mentor sees."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.mentoring import operations, queries
from vivier.mentoring.forms import OfferForm
from vivier.mentoring.models import Mentor
from vivier.mentoring.vocabulary import mentor_words


@require_safe
def my_pairs(request):
    """Show her filleules, and what she offers; nothing of anybody else."""
    homes = queries.mentor_homes(request.actor)
    return render(request, "mentoring/my_pairs.html", {"homes": homes, "show_help": True})


@require_http_methods(["GET", "POST"])
def my_offer(request, public_id):
    """Let her change how many she accompanies, and when."""
    found = _own(request, public_id)
    form = OfferForm(request.POST or None, initial={"capacity": found.capacity, "slots": found.slots})
    if request.method == "POST" and form.is_valid():
        operations.change_offer(by=request.actor, mentor=found, **form.cleaned_data)
        messages.success(request, "C’est enregistré.")
        return redirect("mentoring:my_pairs")
    context = {"mentor": found, "form": form, "mentor_words": mentor_words(found.programme.audience)}
    return render(request, "mentoring/my_offer.html", context, status=422 if form.errors else 200)


@require_POST
def my_pause(request, public_id):
    """Let her pause (choix=pause) or come back (choix=reprise)."""
    found = _own(request, public_id)
    if request.POST.get("choix") == "reprise":
        operations.resume(by=request.actor, mentor=found)
        messages.success(request, "Merci : le prochain appariement pourra vous proposer quelqu’un.")
    else:
        operations.pause(by=request.actor, mentor=found)
        messages.success(request, "Vous êtes en pause. Vos accompagnements en cours continuent.")
    return redirect("mentoring:my_pairs")


def _own(request, public_id) -> Mentor:
    own = Mentor.objects.filter(volunteer__user=request.user.pk).select_related("programme__controller", "volunteer")
    found = own.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
