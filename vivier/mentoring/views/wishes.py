"""Whom a mentee asked to have: noted by the coordinator, counted by the next run."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.mentoring import operations, queries
from vivier.mentoring.forms import SearchForm, WishForm
from vivier.mentoring.models import Mentor
from vivier.mentoring.vocabulary import mentor_words


@require_http_methods(["GET", "POST"])
def wishes(request, public_id):
    """Show the wishes and a search (q); add one (choix=ajouter) or take one back (choix=retirer)."""
    search = request.GET.get("q", "")
    page = queries.wishes_page(request.actor, public_id, search)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _changed(request, page.enrolment)
    programme = page.enrolment.programme
    context = {
        "page": page,
        "programme": programme,
        "mentor_words": mentor_words(programme.audience),
        "form": SearchForm(request.GET),
        "search": search,
        "has_room": len(page.wished) < operations.MOST_WISHES,
    }
    return render(request, "mentoring/wishes.html", context)


def _changed(request, enrolment):
    form = WishForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez quelqu’un dans la liste.")
    else:
        mentors = Mentor.objects.visible_to(request.actor, Permission.RUN_MATCHING)
        mentor = get_object_or_404(mentors, public_id=form.cleaned_data["mentor"])
        change = operations.add_wish if form.cleaned_data["choix"] == "ajouter" else operations.remove_wish
        try:
            change(by=request.actor, enrolment=enrolment, mentor=mentor)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "C’est noté : le prochain appariement en tiendra compte.")
    query = f"?{urlencode({'q': request.GET['q']})}" if request.GET.get("q") else ""
    return redirect(reverse("mentoring:wishes", args=[enrolment.public_id]) + query)
