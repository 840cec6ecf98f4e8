"""Check an advertisement without account, and read the rules. What is pasted is neither stored nor logged."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from vivier.common.rate_limits import limited
from vivier.engines.wording.findings import SEVERITY_WORDS
from vivier.offers import checking
from vivier.offers.forms import AdvertisementForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("check_advertisement", 300, 3600)
def check(request):
    """Show the form (GET); read what was pasted, or apply one rewriting to it (POST)."""
    form = AdvertisementForm(request.POST if request.method == "POST" else None)
    reading, problem = None, ""
    if form.is_bound and form.is_valid():
        title, text = form.cleaned_data["title"], form.cleaned_data["text"]
        if code := request.POST.get("appliquer", ""):
            try:
                title, text = checking.rewritten(title, text, code)
            except checking.PassageGone:
                problem = "Le texte a changé entre-temps : voici une nouvelle lecture."
            form = AdvertisementForm({"title": title, "text": text})
        reading = checking.read(title, text)
    context = {"form": form, "reading": reading, "problem": problem}
    wrong = form.is_bound and reading is None
    response = render(request, "offers/check.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@require_safe
def rules(request):
    """List the rules, by severity."""
    found = checking.all_rules()
    groups = [
        (words, [rule for rule in found if rule.severity == severity]) for severity, words in SEVERITY_WORDS.items()
    ]
    return render(request, "offers/rules.html", {"groups": groups, "count": len(found)})


@login_not_required
@require_safe
def rule(request, rule_id):
    """Show one rule: what it says, why, how certain, what lifts it, examples of both kinds, some mended."""
    found = next((one for one in checking.all_rules() if one.id == rule_id), None)
    if found is None:
        raise Http404
    shown = {
        "rule": found,
        "severity": SEVERITY_WORDS[found.severity],
        "tone": checking.TONES[found.severity],
        "examples": checking.examples(found),
    }
    return render(request, "offers/rule.html", shown)
