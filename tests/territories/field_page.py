"""A page that holds only the commune field, for the browser tests: addresses of the platform, and one more."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import path

from vivier.config.urls import urlpatterns as platform
from vivier.territories.forms import CommuneField

_PAGE = """{% extends "base.html" %}
{% block title %}Ta ville{% endblock %}
{% block heading %}{% firstof chosen "Ta ville" %}{% endblock %}
{% block main %}<form method="post" class="form" novalidate>{% csrf_token %}
{% include "components/error_summary.html" with form=form only %}
{% include "components/field.html" with field=form.commune only %}
<p class="actions"><button class="btn">Continuer</button></p>
</form>{% endblock %}"""


class CityForm(forms.Form):
    """One question."""

    commune = CommuneField(label="Où habites-tu ?", help_text="Le nom de ta ville, ou son code postal.")


@login_not_required
def city(request):
    """Ask for a commune, and say which was understood in the heading."""
    form = CityForm(request.POST or None)
    chosen = form.cleaned_data["commune"].name if form.is_bound and form.is_valid() else ""
    # Rendered without the request: the page needs nothing of other rooms but the frame.
    context = {"form": form, "chosen": chosen, "csrf_token": get_token(request), "user": AnonymousUser()}
    return HttpResponse(engines["django"].from_string(_PAGE).render(context))


urlpatterns = [*platform, path("essai/ville/", city)]
