"""The survey that the holder of a place answers, without a trace of who said what."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vivier.common.actors import VISITOR
from vivier.common.headers import private
from vivier.common.rate_limits import limited
from vivier.workshops import links, operations, survey, words
from vivier.workshops.operations.surveys import NoSurvey, open_survey


class SurveyForm(forms.Form):
    """The questions of one moment; every one may be skipped."""

    def __init__(self, *args, moment: survey.Moment, tu: bool, **kwargs):
        super().__init__(*args, **kwargs)
        for question in survey.asked(moment):
            self.fields[question.code] = forms.ChoiceField(
                label=question.tu if tu else question.vous,
                choices=list(question.answers.items()),
                widget=forms.RadioSelect,
                required=False,
            )


# The link in the form is the proof that the form is ours; see vivier.people.views.links.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("survey", 20, 3600)
def answer(request):
    """Ask the questions that are open to who holds the link of a place (GET), and count her answers (POST)."""
    token = request.POST.get("jeton", "") if request.method == "POST" else request.GET.get("jeton", "")
    try:
        place = links.read(token)
        if request.method == "POST":
            operations.answer_survey(by=VISITOR, token=token, answers=request.POST)
            query = urlencode({"jeton": token})
            return HttpResponseRedirect(f"{reverse('workshops:survey')}?{query}", status=303)
    except links.PlaceLinkError as error:
        return private(render(request, "workshops/place_lost.html", {"sentence": str(error)}, status=404))
    except NoSurvey:
        pass  # answered already, or closed: the page says so
    moment = open_survey(place)
    tu = words.tu_to(place.beneficiary, place.session.programme)
    context = {
        "session": place.session,
        "moment": moment,
        "form": SurveyForm(moment=moment, tu=tu) if moment else None,
        "tu": tu,
        "token": token,
        "threshold": survey.THRESHOLD,
    }
    return private(render(request, "workshops/survey.html", context))
