"""What whoever passes by sees of sessions: the list, one page each, its QR code, its poster, the form to print."""

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vivier.common.links import absolute
from vivier.common.permissions import Permission
from vivier.common.text import of
from vivier.people.consent_rules import Reader, text_for
from vivier.people.extensions import Subject
from vivier.people.vocabulary import Purpose
from vivier.workshops import queries, words
from vivier.workshops.forms import PlaceFilterForm
from vivier.workshops.permissions import public_session_or_404


@require_safe
@login_not_required
def public_list(request):
    """List the announced sessions, the nearest first once a commune is named."""
    form = PlaceFilterForm(request.GET if "commune" in request.GET else None)
    commune = form.cleaned_data["commune"] if form.is_bound and form.is_valid() else None
    found = queries.public_sessions(commune=commune, number=request.GET.get("page"))
    context = {
        "form": form,
        "commune": commune,
        "sessions": found.sessions,
        "page": found.page,
        "heading": _heading(found, commune),
    }
    return render(request, "workshops/public_list.html", context)


def _heading(found: queries.PublicList, commune) -> str:
    if not found.sessions:
        return "Aucune séance n’est annoncée pour l’instant."
    if commune is None:
        return "Choisir une séance, tout près."
    if found.nearest is None:
        return f"Rien n’est annoncé près {of(commune.name)} ; ces séances sont en ligne ou ailleurs."
    if found.nearest <= 1:
        return f"Une séance est annoncée à {commune.name}."
    return f"La séance la plus proche {of(commune.name)} est à {found.nearest} km."


@require_safe
@login_not_required
def session(request, code):
    """Show one session, and lead to its sign-up."""
    found = public_session_or_404(code)
    view = queries.session_page(found)
    context = {
        "session": found,
        "view": view,
        "others": [] if view.is_open else queries.near(found),
        "tu": words.says_tu(found.programme, None),
        "address": absolute("workshops:session", code),
        "may_manage": _may_manage(request, found),
    }
    return render(request, "workshops/session.html", context)


@require_safe
@login_not_required
def qr(request, code):
    """Return the QR code of a session's page, as a drawing."""
    found = public_session_or_404(code)
    response = HttpResponse(content_type="image/svg+xml")
    # The address in capitals would make a smaller code, but a path in capitals is another page.
    segno.make(absolute("workshops:session", found.code), error="m").save(response, kind="svg", scale=8, border=4)
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
@login_not_required
def poster(request, code):
    """Show the poster of a session, to print."""
    found = public_session_or_404(code)
    context = {
        "session": found,
        "view": queries.session_page(found),
        "address": absolute("workshops:session", code),
        "tu": words.says_tu(found.programme, None),
    }
    return render(request, "workshops/poster.html", context)


@require_safe
@login_not_required
def blank_paper(request, code):
    """Show the form that a guardian without e-mail signs; it holds no name."""
    found = public_session_or_404(code)
    structure = found.programme.controller
    fillers = {"prenom": "votre enfant", "de_prenom": "de votre enfant", "structure": structure.name}
    texts = [_filled(text_for(purpose, Reader.GUARDIAN), fillers) for purpose in Purpose.values]
    subject = Subject(
        purpose=Purpose.ACTIVITY,
        title=found.title,
        when=words.when(found),
        where=words.where(found),
        # The adult is named to guardians only: on an open page, the structure answers.
        adult=f"l’équipe {of(structure.name)}",
        checked="son nom vous est donné sur demande",
    )
    context = {"session": found, "purposes": texts, "subjects": [subject], "structure": structure}
    return render(request, "workshops/blank_paper.html", context)


def _filled(text, fillers: dict) -> dict:
    names = ("asks", "yes", "silent", "no")
    sentences = {name: getattr(text, name).format(**fillers) for name in names}
    return {
        "title": text.title,
        "version": text.version,
        **{name: sentence[:1].upper() + sentence[1:] for name, sentence in sentences.items()},
    }


def _may_manage(request, found) -> bool:
    return request.actor.may(Permission.MANAGE_SESSIONS, found.programme.controller_id)
