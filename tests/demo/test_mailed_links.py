"""Every link that a mail of the demonstration carries: reading it changes nothing, and shows no other girl."""

import re
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import F
from django.test import Client
from django.urls import resolve

from tests.people.worlds import mails
from tests.security.asking import text_of, undone
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.demo.story import SLUG
from vivier.mentoring import operations as mentoring
from vivier.mentoring.models import Pair
from vivier.people.models import BeneficiaryIdentity
from vivier.people.operations import answer_at_sign_up, send_own_link
from vivier.programmes.models import Programme
from vivier.steering import operations as steering
from vivier.steering.models import Pledge
from vivier.workshops import operations as workshops
from vivier.workshops.models import Registration, Session

#: The pages that mails lead to: one that no mail of this test opens makes it fail.
OPENED = {
    "people:consent_by_link", "workshops:place", "workshops:survey", "mentoring:invitation", "steering:answer",
    "steering:join",
}  # fmt: skip
#: Links of one kind, in mails of one kind, that are opened.
OF_A_KIND = 2


def _let_everybody_be_written_to(programme: Programme) -> None:
    """Have each kind of mail with a link sent: reminders, questions, invitations, asks, own links."""
    now = clock.now()
    Registration.objects.update(registered_at=now - timedelta(days=60))
    coming = Session.objects.filter(programme=programme, starts_at__gt=now).order_by("starts_at").first()
    moved = clock.at(clock.today() + timedelta(days=7), 14) - coming.starts_at
    Session.objects.filter(pk=coming.pk).update(starts_at=F("starts_at") + moved, ends_at=F("ends_at") + moved)
    workshops.remind_all(by=SYSTEM)
    past = Session.objects.filter(programme=programme, ends_at__lt=now).order_by("-ends_at").first()
    moved = now - timedelta(hours=1) - past.ends_at
    Session.objects.filter(pk=past.pk).update(starts_at=F("starts_at") + moved, ends_at=F("ends_at") + moved)
    came = past.registrations.filter(attended=True).select_related("beneficiary__identity").order_by("pk").first()
    BeneficiaryIdentity.objects.filter(pk=came.beneficiary_id).update(email="venue@exemple.test")
    answer_at_sign_up(by=VISITOR, beneficiary=came.beneficiary, answers={"data": True})
    workshops.ask_all_who_came(by=SYSTEM)
    mentoring.invite(by=SYSTEM, pair=Pair.objects.filter(state="accepted", invitation=None).first())
    partners = [pledge.organisation for pledge in Pledge.objects.select_related("organisation").order_by("pk")[:2]]
    ask = steering.ask_partners(
        by=SYSTEM, programme=programme, metric="mentors", quantity=2, partners=partners, answer_before=clock.today()
    )
    named = steering.Named("Fatou", "Belval", "fatou@exemple.test")
    steering.answer_yes(by=VISITOR, answer=ask.answers.order_by("pk").first(), people=[named])
    send_own_link(by=SYSTEM, beneficiary=BeneficiaryIdentity.objects.exclude(email="").first().beneficiary)


def test_reading_what_mails_lead_to_changes_nothing_and_shows_nobody_else(demo):
    _let_everybody_be_written_to(Programme.objects.get(slug=SLUG))
    names = {f"{one.first_name} {one.last_name}" for one in BeneficiaryIdentity.objects.all()}
    opened = Counter()
    for mail in mails():
        named = {name for name in names if name in mail["body"]}
        assert len(named) <= 1, "a mail names one girl at most"
        own = {name for name in names if name.split(" ", 1)[0] in mail["body"]}
        for link in re.findall(r"https?://\S+", mail["body"]):
            address = urlsplit(link)
            kind, page = resolve(address.path).view_name, f"{address.path}?{address.query}"
            opened[kind, mail["subject"].split(" : ")[0]] += 1
            if opened[kind, mail["subject"].split(" : ")[0]] > OF_A_KIND:
                continue
            for method in ("get", "head"):
                with undone(read_only=True):  # PostgreSQL itself refuses what would write
                    answer = getattr(Client(), method)(page)
                assert answer.status_code == 200, page
                shown = {name for name in names if name in text_of(answer)}
                assert shown <= own, f"{kind} : {shown - own}"
    kinds = {kind for kind, _ in opened}
    assert kinds >= OPENED, OPENED - kinds
