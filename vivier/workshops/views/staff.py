"""Sessions for the staff who run them: list, create, change, cancel, who has a place."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common import clock
from vivier.common.errors import DomainError
from vivier.common.links import absolute
from vivier.common.permissions import Permission
from vivier.common.text import plural
from vivier.people.permissions import beneficiary_or_404
from vivier.programmes.permissions import programme_or_404
from vivier.workshops import operations, queries, words
from vivier.workshops.forms import CancelForm, SessionForm
from vivier.workshops.models import Registration, Session
from vivier.workshops.panels import TONES
from vivier.workshops.permissions import managed_registration_or_404, managed_session_or_404
from vivier.workshops.transitions import HOLDS_SEAT, STANDS, State

_SAME = (
    "title", "description", "mode", "site", "place", "online_url", "host", "host_checked_on", "capacity", "promotion",
    "answer_days", "levels", "minimum_age", "maximum_age", "is_public",
)  # fmt: skip

_NEW = {"mode": Session.Mode.ON_SITE, "is_public": True, "capacity": 20, "promotion": Session.Promotion.AUTOMATIC,
        "answer_days": 7}  # fmt: skip


@require_safe
def programme_sessions(request, slug):
    """List the sessions of a programme: coming, past, cancelled; by city."""
    programme = programme_or_404(request.actor, slug, Permission.MANAGE_SESSIONS)
    sites = list(programme.sites.select_related("commune").order_by("position", "pk"))
    city = request.GET.get("ville", "")
    site = next((one for one in sites if city.isdecimal() and one.pk == int(city)), None)
    found = queries.staff_list(
        programme, request.GET.get("vue", ""), site.pk if site else None, request.GET.get("page")
    )
    context = {"programme": programme, "list": found, "sites": sites, "site": site, "page": found.page}
    return render(request, "workshops/programme_sessions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request, slug):
    """Create a session, from scratch or on the model of another (`modele`)."""
    programme = programme_or_404(request.actor, slug, Permission.MANAGE_SESSIONS)
    model = None
    if code := request.GET.get("modele"):
        model = Session.objects.filter(programme=programme, code=code).select_related("site").first()
    initial = _initial(model) if model else _NEW
    if model:
        initial.pop("day")
    form = SessionForm(request.POST if request.method == "POST" else None, programme=programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            session = operations.create_session(by=request.actor, programme=programme, **form.details())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            past = " Elle est passée : notez les présences." if session.ends_at <= clock.now() else ""
            messages.success(request, f"La séance est créée.{past}")
            return redirect("workshops:manage", session.code)
    context = {"form": form, "programme": programme, "session": None, "model": model}
    return render(request, "workshops/session_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, code):
    """Change a session; whoever holds a place is told what moved."""
    session = managed_session_or_404(request.actor, code)
    form = SessionForm(
        request.POST if request.method == "POST" else None, programme=session.programme, initial=_initial(session)
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.update_session(by=request.actor, session=session, **form.details())
        except DomainError as error:
            form.add_error("capacity" if "place" in str(error) else None, str(error))
        else:
            messages.success(request, "La séance est enregistrée.")
            return redirect("workshops:manage", code)
    context = {"form": form, "programme": session.programme, "session": session, "model": None}
    return render(request, "workshops/session_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, code):
    """Cancel a session and write to everybody who holds a place."""
    session = managed_session_or_404(request.actor, code)
    form = CancelForm(request.POST if request.method == "POST" else None)
    held = session.registrations.filter(state__in=STANDS).count()
    if request.method == "POST" and form.is_valid():
        try:
            told = operations.cancel_session(by=request.actor, session=session, reason=form.cleaned_data["reason"])
        except DomainError as error:
            messages.error(request, str(error))
        else:
            said = (
                plural(told, "personne est prévenue", "personnes sont prévenues")
                if told
                else "Personne n’était inscrit"
            )
            messages.success(request, f"La séance est annulée. {said}.")
        return redirect("workshops:manage", code)
    return render(request, "workshops/cancel.html", {"form": form, "session": session, "held": held})


def _everybody(place: Registration) -> bool:
    return True


#: ?etat=… → whom the page of a session shows, as the numbers of the list of sessions count them.
_SHOWN = {
    State.AWAITING_CONSENT: lambda place: place.state == State.AWAITING_CONSENT,
    "presentes": lambda place: place.attended is True,
}


@require_safe
def manage(request, code):
    """Show a session to its staff: who has a place, who waits for what, its address and its QR code."""
    session = managed_session_or_404(request.actor, code)
    places = [
        {"registration": place, "tone": TONES[State(place.state)], "holds": place.state in HOLDS_SEAT}
        for place in queries.held_places(session)
    ]
    held = [place for place in places if place["holds"]]
    waiting = [place for place in places if place["registration"].state == State.WAITING]
    groups = list(session.groups.filter(cancelled_at=None).order_by("created_at", "pk"))
    taken = len(held) + sum(group.head_count for group in groups)
    awaiting = sum(place["registration"].state == State.AWAITING_CONSENT for place in held)
    only = request.GET.get("etat", "")
    context = {
        "session": session,
        "view": queries.session_page(session),
        "places": [place for place in held if _SHOWN.get(only, _everybody)(place["registration"])],
        "is_narrowed": only in _SHOWN,
        "waiting": sorted(waiting, key=lambda place: place["registration"].waiting_number),
        "free": max(session.capacity - taken, 0),
        "lost": [place for place in places if place["registration"].state not in STANDS],
        "groups": groups,
        "surveys": queries.survey_tables(session),
        "heading": _heading(session, taken, awaiting, len(waiting)),
        "awaiting": awaiting,
        "is_past": session.ends_at <= clock.now(),
        "may_leave": session.starts_at > clock.now(),
        "address": absolute("workshops:session", code),
    }
    return render(request, "workshops/manage.html", context)


_REGISTERED = {
    State.CONFIRMED: "la place est confirmée",
    State.AWAITING_CONSENT: "la place est gardée, il manque une autorisation",
    State.WAITING: "elle est complète, l’inscription est sur la liste d’attente",
    State.REFUSED: "une autorisation est refusée, il n’y a pas de place",
}


@require_POST
def register_person(request, public_id):
    """Give a known person a place in a coming session of her structure."""
    beneficiary = beneficiary_or_404(request.actor, public_id, Permission.MANAGE_SESSIONS)
    session = managed_session_or_404(request.actor, request.POST.get("seance", ""))
    if session.programme.controller_id != beneficiary.controller_id:
        raise Http404
    try:
        place = operations.register(
            by=request.actor, session=session, beneficiary=beneficiary, source=Registration.Source.STAFF
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Séance du {words.day(session)} : {_REGISTERED[State(place.state)]}.")
    return redirect("people:beneficiary", public_id)


@require_POST
def promote(request, public_id):
    """Give a free seat to somebody who waits."""
    registration = managed_registration_or_404(request.actor, public_id)
    try:
        place = operations.promote(by=request.actor, registration=registration)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{_gets(place)} Un message le lui dit.")
    return redirect("workshops:manage", registration.session.code)


def _gets(place: Registration) -> str:
    name = place.beneficiary.identity.full_name
    if place.state == State.CONFIRMED:
        return f"{name} a une place, confirmée."
    return f"{name} a une place, gardée jusqu’au {words.until(place)} : il manque une autorisation."


def _heading(session: Session, held: int, awaiting: int, waiting: int) -> str:
    if session.state == Session.State.CANCELLED:
        return f"{session.title} : séance annulée."
    taken = f"{held} {'place prise' if held < 2 else 'places prises'} sur {session.capacity}"
    parts = [taken]
    if awaiting:
        parts.append(f"{awaiting} {'attend' if awaiting == 1 else 'attendent'} une autorisation")
    if waiting:
        parts.append(f"{waiting} sur la liste d’attente")
    return f"{', '.join(parts)}."


def _initial(session: Session) -> dict:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        **{name: getattr(session, name) for name in _SAME},
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
    }
