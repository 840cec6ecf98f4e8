"""A programme in five cities, on true communes, and its coordinator."""

from datetime import date

import pytest

from tests import factories as make
from vivier.common.actors import SYSTEM
from vivier.programmes.models import Programme
from vivier.programmes.operations import create_programme
from vivier.territories.models import Commune
from vivier.territories.operations import load_shipped

CITIES = ("Grenoble", "Valence", "Lyon", "Saint-Étienne", "Clermont-Ferrand")
#: The day on which the tests of values take place.
TODAY = date(2026, 11, 18)


@pytest.fixture
def communes(db) -> None:
    """Load the communes that the project ships."""
    load_shipped(by=SYSTEM)


@pytest.fixture
def programme(communes) -> Programme:
    """Return a programme in five cities."""
    own = {commune.name: commune for commune in Commune.objects.filter(name__in=CITIES, parent=None)}
    return create_programme(
        by=SYSTEM,
        controller=make.make_organisation(),
        name="ELL’OWEB",
        slug="ell-oweb",
        communes=[own[name] for name in CITIES],
    )


@pytest.fixture
def coordinator(programme):
    """Return a coordinator of the programme's association."""
    return make.make_coordinator(programme.controller)


@pytest.fixture
def page(client, coordinator):
    """Return the browser of the coordinator, signed in."""
    client.force_login(coordinator)
    return client
