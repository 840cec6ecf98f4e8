"""Pages of signed links: a partner answers an ask, a person whom it named says yes or no.

Who holds the link may answer; as in vivier.people.views.links these forms take no CSRF token, the link is the proof.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vivier.common.actors import VISITOR
from vivier.common.errors import DomainError
from vivier.common.headers import private
from vivier.common.rate_limits import limited
from vivier.mentoring.vocabulary import mentor_words
from vivier.mentoring.wording import at_place, slot_words
from vivier.steering import links, operations, queries
from vivier.steering.forms import DeclineForm, JoinForm, NamedForm, TrainingForm
from vivier.steering.offer_forms import OfferForm
from vivier.steering.vocabulary import METRICS, Proof
from vivier.steering.wording import asked_words, mentor_does


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("ask_answer", 60, 3600)
def answer(request):
    """Show an ask to the partner who holds its link (GET), and take its yes or its no (POST)."""
    token = _token(request)
    try:
        found = links.read_answer(token)
    except links.AskLinkError as error:
        return _lost(request, error)
    response = answer_page(request, found, by=VISITOR, token=token, back=_here("steering:answer", token))
    return private(response)


def answer_page(request, found, *, by, token: str, back: str):
    """Show or answer an ask; shared by the link and by the page of a signed-in partner."""
    posted, rule = request.method == "POST", METRICS[found.ask.metric]
    said = request.POST.get("reponse") if posted else ""
    is_no, is_back = said == "non", said == "reprendre"
    data = request.POST if posted and not (is_no or is_back) else None
    is_for_people = rule.proof == Proof.VOLUNTEER
    offered = NamedForm(data) if is_for_people else OfferForm(data, rule=rule)
    declined = DeclineForm(request.POST if is_no else None)
    form = declined if is_no else offered
    problem = ""
    if posted and (is_back or form.is_valid()):
        try:
            if is_back:
                operations.take_offer_back(by=by, contribution=_own(found, request.POST.get("proposition", "")))
            elif is_no:
                operations.answer_no(by=by, answer=found, **form.cleaned_data)
            elif is_for_people:
                operations.answer_yes(by=by, answer=found, people=form.cleaned_data["people"])
            else:
                operations.answer_offer(by=by, answer=found, offers=form.cleaned_data["offers"])
        except DomainError as error:
            problem = str(error)
        else:
            return HttpResponseRedirect(back, status=303)
    ask = found.ask
    given = [] if ask.closed_at else [queries.GivenRow(one) for one in queries.contributions_read(found)]
    standing = [one for one in given if is_for_people or one.contribution.declined_at is None]
    context = {
        "answer": found,
        "ask": ask,
        "wanted": asked_words(ask),
        "mentor_does": mentor_does(ask.programme),
        "structure": ask.programme.controller,
        "offer_form": offered,
        "decline_form": declined,
        "is_for_people": is_for_people,
        "rule": rule,
        "given": given,
        "standing": len(standing),
        "may_decline": not standing,
        "problem": problem,
        "token": token,
        "is_closed": ask.closed_at is not None,
    }
    wrong = bool(problem or (posted and form.errors))
    return render(request, "steering/answer.html", context, status=422 if wrong else 200)


def _own(answer, public_id: str):
    """Return what a partner offered in this answer. Raises DomainError."""
    one = next((one for one in answer.contributions.all() if str(one.public_id) == public_id), None)
    if one is None:
        raise DomainError("Cette proposition n’existe plus.")
    return one


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("ask_join", 60, 3600)
def join(request):
    """Let a named person say yes or no (POST), then follow the short training; GET only shows where she is."""
    token = _token(request)
    try:
        found = links.read_join(token)
    except links.AskLinkError as error:
        return _lost(request, error)
    if request.method == "POST" and request.POST.get("reponse") == "non":
        return _act(request, token, found, lambda: operations.decline_to_join(by=VISITOR, contribution=found))
    if found.volunteer is not None:
        return _training(request, token, found)
    if found.joined_at is not None:  # erased as a volunteer since
        problem = "Ce lien ne sert plus : écrivez à la structure pour revenir." if request.method == "POST" else ""
        return _shown(request, token, found, None, problem=problem)
    if found.declined_at is not None:
        return _shown(request, token, found, None)
    initial = {"first_name": found.first_name, "last_name": found.last_name, "slots": found.answer.ask.slots}
    form = JoinForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        person = form.person(found.email, found.answer.organisation.name)

        def act():
            operations.join_as_mentor(
                by=VISITOR, contribution=found, person=person, capacity=answers["capacity"], slots=answers["slots"]
            )

        return _act(request, token, found, act, form)
    return _shown(request, token, found, form)


def _training(request, token, found):
    onboarding = getattr(found.volunteer, "onboarding", None)
    is_posted = request.method == "POST" and "address" in request.POST
    form = TrainingForm(request.POST if is_posted else None)
    if is_posted and form.is_valid():
        return _act(request, token, found, lambda: operations.finish_join_training(by=VISITOR, contribution=found))
    is_due = onboarding is not None and onboarding.trained_at is None
    return _shown(request, token, found, form if is_due else None, onboarding=onboarding)


def _act(request, token, found, act, form=None):
    try:
        act()
    except DomainError as error:
        return _shown(request, token, found, form, problem=str(error))
    return HttpResponseRedirect(_here("steering:join", token), status=303)


def _shown(request, token, found, form, *, problem: str = "", onboarding=None):
    ask = found.answer.ask
    context = {
        "person": found,
        "partner": found.answer.organisation,
        "ask": ask,
        "programme": ask.programme,
        "mentor": mentor_words(ask.programme.audience).one,
        "mentor_does": mentor_does(ask.programme),
        "structure": ask.programme.controller,
        "place": at_place(ask.site.commune.name) if ask.site else "",
        "slots": slot_words(ask.slots),
        "form": form,
        "problem": problem,
        "token": token,
        "onboarding": onboarding,
        "is_ready": found.volunteer is not None and queries.is_ready(found),
        "is_closed": ask.closed_at is not None,
    }
    wrong = bool(problem or (form is not None and form.errors))
    return private(render(request, "steering/join.html", context, status=422 if wrong else 200))


def _token(request) -> str:
    return (request.POST if request.method == "POST" else request.GET).get("jeton", "")


def _here(name: str, token: str) -> str:
    return f"{reverse(name)}?{urlencode({'jeton': token})}"


def _lost(request, error):
    return private(render(request, "steering/lost.html", {"sentence": str(error)}, status=404))
