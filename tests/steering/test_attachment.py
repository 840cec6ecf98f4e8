"""Partners of a plan are written to only by programmes that its holder accepted."""

import pytest
from django.urls import reverse

from tests.mentoring.test_pages import client_of, text_of
from tests.steering.test_loop import mails
from tests.steering.worlds import make_ask, make_lacking
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError
from vivier.programmes.operations import decide_attachment, update_programme
from vivier.steering import queries
from vivier.steering.models import Ask

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["proposed", "refused", "none"])
def test_nobody_is_written_to_before_the_plan_says_yes(state):
    lacking = make_lacking()
    programme, axis = lacking.world.programme, lacking.world.programme.axis
    update_programme(by=lacking.world.actor, programme=programme, axis=None)
    if state != "none":
        programme = update_programme(by=lacking.world.actor, programme=programme, axis=axis)
    if state == "refused":
        decide_attachment(by=SYSTEM, programme=programme, accept=False)
    programme.refresh_from_db()
    with pytest.raises(DomainError, match="plan"):
        make_ask(lacking)
    assert not Ask.objects.exists() and mails() == []
    assert queries.partners_for(programme, "mentors", None) == []
    page = text_of(client_of(lacking.world).get(reverse("steering:new_ask", args=[programme.slug])))
    assert "Personne à qui demander" in page and "Rives Numériques" not in page
    if state == "none":
        update_programme(by=lacking.world.actor, programme=programme, axis=axis)
    decide_attachment(by=SYSTEM, programme=programme, accept=True)
    assert make_ask(lacking).answers.count() == 2
