"""The list of communes that follows what somebody types."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from vivier.territories.queries import search_communes
from vivier.territories.text import LONGEST_QUERY

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}")


@login_not_required
@require_safe
def communes(request):
    """Return the radio buttons for `q` (or for the field named by `champ`), ready to be put under that field.

    Public data, so no account is asked for; the text is cut at the length of the longest name.
    """
    field = request.GET.get("champ", "")
    field = field if _NAME.fullmatch(field) else "commune"
    status = request.GET.get("etat", "")
    text = (request.GET.get("q") or request.GET.get(field, "")).strip()[:LONGEST_QUERY]
    choices = search_communes(text) if len(text) > 1 else []
    context = {
        "field": field,
        "choices": choices,
        "searched": len(text) > 1,
        "status": status if _NAME.fullmatch(status) else "",
    }
    # A fragment without the request: nothing in it depends on who asks, so that anybody's copy may be kept.
    response = HttpResponse(render_to_string("territories/partials/choices.html", context))
    patch_cache_control(response, public=True, max_age=600)
    return response
