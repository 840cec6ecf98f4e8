"""What a signed-in marraine or mentor sees."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common.text import listed, plural
from vivier.mentoring import operations, queries
from vivier.mentoring.forms import OfferForm
from vivier.mentoring.models import Mentor
from vivier.mentoring.vocabulary import mentor_words


@require_safe
def my_pairs(request):
    """Show her filleules, and what she offers; nothing of anybody else."""
    homes = queries.mentor_homes(request.actor)
    heading, advice = _finding(homes)
    return render(request, "mentoring/my_pairs.html", {"homes": homes, "heading": heading, "advice": advice})


def _finding(homes) -> tuple[str, str]:
    """Return the heading and one sentence on what comes next."""
    if not homes:
        return "Aucun programme ne vous compte encore.", (
            "Une association connaît peut-être une autre adresse de vous : demandez-lui laquelle."
        )
    everyone = [one for home in homes for one in home.accompaniments]
    if all(home.is_refused for home in homes):
        heading = "Vos accompagnements sont suspendus." if everyone else "Vous n’accompagnez personne pour l’instant."
        return heading, "La structure vous dira la suite."
    known = [one.name for one in everyone if one.is_open]
    if known:
        waiting = len(everyone) - len(known)
        return f"Vous accompagnez {listed(known).rstrip('.')}.", (
            f"{plural(waiting, 'autre personne vous attend', 'autres personnes vous attendent')} : on vous dira quand."
            if waiting
            else "La structure organise la première rencontre avec vous."
        )
    if everyone:
        return f"{plural(len(everyone), 'personne vous attend', 'personnes vous attendent')}.", (
            "On vous dira qui dès que tout est en règle."
        )
    return "Personne ne vous attend encore.", "Dites combien de personnes vous pouvez accompagner, et quand."


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
