"""The rules of a programme's matching: read in words, changed by a new version."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.mentoring import operations
from vivier.mentoring.forms import RulesForm
from vivier.mentoring.policies import rules_of, settings_of
from vivier.mentoring.vocabulary import mentor_words
from vivier.mentoring.wording import rules_sentences
from vivier.programmes.permissions import programme_or_404


@require_http_methods(["GET", "POST"])
def rules(request, slug):
    """Show the rules in words and their history; a change makes a new version."""
    programme = programme_or_404(request.actor, slug, Permission.RUN_MATCHING)
    current = rules_of(programme)
    form = RulesForm(request.POST or None, initial=settings_of(current))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.change_rules(by=request.actor, programme=programme, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            if made.pk == current.pk:
                messages.info(request, "Rien n’a changé.")
            else:
                messages.success(request, f"Règles enregistrées, version {made.version}. Relancez l’appariement.")
            return redirect("mentoring:rules", programme.slug)
    versions = programme.matching_policies.select_related("created_by").order_by("-version", "-pk")[:50]
    context = {
        "programme": programme,
        "form": form,
        "current": current,
        "sentences": rules_sentences(current, mentor_words(programme.audience)),
        "versions": [(version, rules_sentences(version, mentor_words(programme.audience))) for version in versions],
    }
    return render(request, "mentoring/rules.html", context, status=422 if form.errors else 200)
