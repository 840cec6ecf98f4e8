"""The sign-up without account: one question a page, a draft whose only key is a cookie of the device."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common import clock
from vivier.common.actors import VISITOR
from vivier.common.rate_limits import limited
from vivier.people.consent_rules import Reader, text_for
from vivier.workshops import forms, queries, sign_up, words
from vivier.workshops.eligibility import person_obstacle, session_obstacle
from vivier.workshops.errors import DraftGone, NoPlace
from vivier.workshops.models import Session, SignUpDraft
from vivier.workshops.operations import answer_step, confirm_sign_up, forget_my_draft
from vivier.workshops.operations.sign_up import DRAFT_KEPT, hash_of
from vivier.workshops.permissions import public_session_or_404

#: One device may sign up a whole class, one after the other.
LIMIT, WINDOW = 400, 3600


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("sign_up_step", LIMIT, WINDOW)
def step(request, code):
    """Ask one question (GET), keep its answer and go on (POST)."""
    session = public_session_or_404(code)
    draft = _draft(request, session)
    if refusal := _refused(request, session, draft):
        return refusal
    if request.method == "POST":
        return _answer(request, session, draft)
    if draft and draft.finished_at:
        return HttpResponseRedirect(reverse("workshops:sign_up_done", args=[code]), status=303)
    name = request.GET.get("etape")
    if name is None:
        if draft:
            return render(request, "workshops/sign_up_resume.html", _page(session, draft))
        # Its own address, so that the way back from the second question leads to the first, and not to "resume".
        return _go(session, sign_up.next_step(None, clock.today()).slug)
    question = sign_up.reachable(draft, name, clock.today())
    lost = question is None and draft is None
    if question is None and not lost:
        return _go(session, sign_up.next_step(draft, clock.today()).slug)
    question = question or sign_up.next_step(None, clock.today())
    return _ask(request, session, draft, question, _form(question.slug, session, draft), is_lost=lost)


@login_not_required
@require_POST
@limited("sign_up", 60, WINDOW)
def confirm(request, code):
    """Turn the draft into a place, once."""
    session = public_session_or_404(code)
    draft = _draft(request, session)
    if draft is None:
        return _go(session)
    if draft.finished_at:
        return HttpResponseRedirect(reverse("workshops:sign_up_done", args=[code]), status=303)
    form = _form(sign_up.CHECK, session, draft, request.POST)
    if not form.is_valid():
        question = sign_up.next_step(draft, clock.today())
        return _ask(request, session, draft, question, form, status=422)
    image = {"oui": True, "non": False}.get(form.cleaned_data["image"])
    try:
        confirm_sign_up(by=VISITOR, session=session, key=_key(request, session), image=image)
    except DraftGone:
        return _go(session)
    except NoPlace as error:
        return _no_place(request, session, draft, error)
    return HttpResponseRedirect(reverse("workshops:sign_up_done", args=[code]), status=303)


@login_not_required
@require_safe
def done(request, code):
    """Say what happens next. It depends on what was typed on this device, and on nothing that is on file."""
    session = public_session_or_404(code)
    draft = _draft(request, session)
    if draft is None or not draft.finished_at:
        return _go(session)
    context = {**_page(session, draft), "ending": draft.ending}
    return render(request, "workshops/sign_up_done.html", context)


@login_not_required
@require_POST
def restart(request, code):
    """Erase what was typed on this device, and begin again (for somebody else, perhaps)."""
    session = public_session_or_404(code)
    forget_my_draft(by=VISITOR, session=session, key=_key(request, session))
    response = _go(session)
    response.delete_cookie(_cookie(session), path=_path(session))
    return response


# --- Steps of the above --------------------------------------------------------------------------------------------


def _answer(request, session: Session, draft: SignUpDraft | None):
    """Keep the answer to one question and lead to the next, or show what is to be mended."""
    live = None if draft is None or draft.finished_at else draft
    question = sign_up.reachable(live, request.POST.get("etape", ""), clock.today())
    if question is None or question.slug == sign_up.CHECK:
        return _go(session)
    form = _form(question.slug, session, live, request.POST)
    if not form.is_valid():
        return _ask(request, session, live, question, form, status=422)
    saved = answer_step(by=VISITOR, session=session, key=_key(request, session), answers=form.cleaned_data)
    back = request.POST.get("retour") == sign_up.CHECK and sign_up.is_complete(saved.draft, clock.today())
    following = sign_up.CHECK if back else sign_up.after(saved.draft, question.slug, clock.today()).slug
    response = _go(session, following)
    if saved.new_key:
        response.set_cookie(
            _cookie(session),
            saved.new_key,
            max_age=int(DRAFT_KEPT.total_seconds()),
            path=_path(session),
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _refused(request, session: Session, draft: SignUpDraft | None):
    """Return the page that says why there is no place, or None. Who has finished is shown her ending instead."""
    if draft and draft.finished_at:
        return None
    obstacle = session_obstacle(session, clock.now())
    # Where she can mend the answer that stands in her way, the question is asked and not refused.
    mending = request.GET.get("etape")
    if obstacle is None and draft and request.method != "POST" and mending != "naissance":
        obstacle = person_obstacle(session, draft.birth_date, "" if mending == "classe" else draft.school_level)
    return _no_place(request, session, draft, obstacle) if obstacle else None


def _no_place(request, session: Session, draft: SignUpDraft | None, obstacle: NoPlace):
    birth_date = draft.birth_date if draft else None
    school_level = draft.school_level if draft else ""
    context = {
        **_page(session, draft),
        "sentence": str(obstacle),
        "is_about_her": bool(draft) and person_obstacle(session, birth_date, school_level) is not None,
        "is_about_age": bool(draft) and person_obstacle(session, birth_date, "") is not None,
        "others": queries.near(session, birth_date, school_level),
    }
    return render(request, "workshops/sign_up_no_place.html", context, status=409 if request.method == "POST" else 200)


def _ask(request, session, draft: SignUpDraft | None, question, form, *, status: int = 200, is_lost: bool = False):
    """Show one question. `is_lost`: an answer was sent and the device kept no trace of it."""
    today = clock.today()
    steps = sign_up.steps_for(draft, today)
    names = [one.slug for one in steps]
    position = names.index(question.slug)
    page = _page(session, draft)
    context = {
        **page,
        "form": form,
        "is_lost": is_lost,
        "step": question,
        "number": position + 1,
        "total": len(steps),
        "title": question.title(page["tu"], draft.first_name if draft else ""),
        "why": question.why(page["tu"]),
        "previous": names[position - 1] if position else "",
        "back_to_check": request.GET.get("retour") == sign_up.CHECK or request.POST.get("retour") == sign_up.CHECK,
        "contact_is_optional": sign_up.contact_is_optional(draft.birth_date if draft else None, today),
    }
    if question.slug == sign_up.CHECK:
        context["answers"] = _answers(draft, steps)
        context["is_minor"] = sign_up.is_minor(draft.birth_date, today)
        template = "workshops/sign_up_check.html"
    else:
        template = "workshops/sign_up_step.html"
    return render(request, template, context, status=status)


def _form(slug: str, session: Session, draft: SignUpDraft | None, data=None):
    """Return the form of one question, filled with what is already known."""
    if slug == sign_up.CHECK:
        reader = Reader.MINOR if words.says_tu(session.programme, draft.birth_date) else Reader.ADULT
        fillers = {"prenom": draft.first_name, "de_prenom": "", "structure": session.programme.controller.name}
        about_data, about_image = text_for("data", reader), text_for("image", reader)
        return forms.ConfirmForm(
            data,
            data_label="Je suis d’accord pour que ces informations soient gardées.",
            data_hint=escape(about_data.asks.format(**fillers)),
            image_label=about_image.title,
            image_hint=escape(f"{about_image.asks} Sans réponse : {about_image.silent}".format(**fillers)),
            image_yes=about_image.yes.format(**fillers),
            image_no=about_image.no.format(**fillers),
        )
    form_class = {
        "nom": forms.NameForm,
        "naissance": forms.BirthForm,
        "classe": forms.LevelForm,
        "commune": forms.CommuneForm,
        "contact": forms.ContactForm,
        "responsable": forms.GuardianForm,
    }[slug]
    extra = {}
    if slug == "contact":
        extra["optional"] = sign_up.contact_is_optional(draft.birth_date if draft else None, clock.today())
    if slug == "responsable":
        extra["own_email"] = draft.email if draft else ""
    initial = {name: getattr(draft, name) for name in form_class.base_fields} if draft else {}
    return form_class(data, initial=initial, **extra)


def _answers(draft: SignUpDraft, steps) -> list[dict]:
    """Return what was answered, question by question, with the way back to each."""
    said = {
        "nom": f"{draft.first_name} {draft.last_name}",
        "naissance": f"{draft.birth_date:%d/%m/%Y}" if draft.birth_date else "",
        "classe": draft.get_school_level_display(),
        "commune": str(draft.commune or ""),
        "contact": ", ".join(filter(None, [draft.email, draft.phone]))
        or "rien : le message ira à la personne responsable",
        "responsable": ", ".join(filter(None, [draft.guardian_first_name, draft.guardian_email, draft.guardian_phone])),
    }
    return [{"slug": step.slug, "term": step.short, "value": said[step.slug]} for step in steps if step.slug in said]


def _page(session: Session, draft: SignUpDraft | None) -> dict:
    birth_date = draft.birth_date if draft else None
    return {
        "session": session,
        "when": words.when(session),
        "where": words.where(session),
        "is_full": queries.session_page(session).is_full,
        "tu": words.says_tu(session.programme, birth_date),
        "structure": session.programme.controller,
        "show_help": True,
    }


def _draft(request, session: Session) -> SignUpDraft | None:
    """Return the draft whose key this device holds, if it still lives."""
    key = _key(request, session)
    if not key:
        return None
    return (
        SignUpDraft.objects.filter(key_hash=hash_of(key), session=session, expires_at__gt=clock.now())
        .select_related("commune")
        .first()
    )


def _key(request, session: Session) -> str:
    return request.COOKIES.get(_cookie(session), "")


def _cookie(session: Session) -> str:
    return f"inscription-{session.code}"


def _path(session: Session) -> str:
    return reverse("workshops:session", args=[session.code])


def _go(session: Session, slug: str = "") -> HttpResponseRedirect:
    address = reverse("workshops:sign_up", args=[session.code])
    return HttpResponseRedirect(f"{address}?etape={slug}" if slug else address, status=303)
