"""The demonstration walked to its end: every number opens what it counts, every mailed link only reads."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from django.db.models import F
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.demo.pages import Node, read
from tests.people.worlds import mails
from tests.security.asking import text_of, undone
from vivier.common import clock
from vivier.common.actors import SYSTEM, VISITOR
from vivier.demo.roles import ROLES
from vivier.demo.story import SLUG
from vivier.mentoring import operations as mentoring
from vivier.mentoring.models import Pair
from vivier.people.models import BeneficiaryIdentity
from vivier.people.operations import answer_at_sign_up, send_own_link
from vivier.programmes.models import Programme
from vivier.steering import operations as steering
from vivier.steering.models import Charter, Pledge
from vivier.workshops import operations as workshops
from vivier.workshops.models import Registration, Session

#: Rooms that anybody reads, without records behind their numbers.
PUBLIC = ("demo:", "admin:", "offers:", "orientation:", "portal:components", "portal:home", "workshops:public_list")
#: Pages of one kind (same name, same questions) that are read for each role: enough to meet each shape of number.
OF_A_KIND = 3
#: Numbers that count no record of this site: page, beginning of the table's caption → why.
NOT_RECORDS = {
    ("mentoring:runs", "Appariements"): "what a run found on its day; its line opens the run",
    ("mentoring:run", "Par rang de priorité"): "what a run was given on its day; its files hold it",
    ("steering:asks", ""): "what an ask gave so far; its line opens it, with each person",
    ("mentoring:mentors", ""): "what one marraine holds and is proposed; her line opens her pairs",
    ("imports:programme", ""): "what a file held on its day; its line opens the file",
    ("portal:grant_report", "Les deux lectures"): "a quoted sentence read in two ways",
    ("workshops:sheet", ""): "the number of a line, on paper",
    ("workshops:manage", ""): "a rank in a line of people, or answers that are nobody's",
}
#: Pages that the walk must reach, and those of them where it must meet numbers to follow.
COUNTING = {"portal:programme", "portal:grant_report", "mentoring:run", "workshops:programme_sessions"}
WALKED = COUNTING | {
    "portal:people", "mentoring:runs", "mentoring:mentors", "workshops:manage", "workshops:attendance", "steering:asks",
    "steering:new_ask", "steering:my_engagement", "imports:programme", "organisations:journal", "mentoring:my_pairs",
    "people:my_path", "people:my_authorisations", "steering:charter",
}  # fmt: skip
#: Where a number leads to something to do, and is told again there.
ACTS = {"steering:new_ask"}
#: The copy for a funder opens nothing: she is shown numbers, never people.
COPY = "copie=financeur"


@dataclass(frozen=True)
class Visited:
    """One page as one role saw it."""

    role: str
    name: str
    url: str
    tree: Node


class Visit:
    """What one role reaches from its home page by links."""

    def __init__(self, role: str, address: str):
        self.role, self.client, self.seen = role, Client(), {}
        self.start = self.client.post(address, follow=True).redirect_chain[-1][0]

    def open(self, url: str):
        """Return the answer to a GET, asked once."""
        url = url.partition("#")[0]
        if url not in self.seen:
            answer = self.client.get(url)
            is_page = answer.status_code == 200 and "text/html" in answer["Content-Type"]
            self.seen[url] = read(answer.content.decode()) if is_page else None
        return self.seen[url]

    def pages(self):
        """Walk every kind of page."""
        charter = reverse("steering:charter", args=[Charter.objects.get().slug])
        queue, known, kinds = [self.start, charter], set(), Counter()
        while queue:
            url = queue.pop(0)
            if (name := _name(url)) is None or url in known or name.startswith(PUBLIC):
                continue
            known.add(url)
            kind = name, *sorted(part.partition("=")[0] for part in urlsplit(url).query.split("&"))
            if kinds[kind] == OF_A_KIND or (tree := self.open(url)) is None:
                continue
            kinds[kind] += 1
            yield Visited(self.role, name, url, tree)
            queue += [target.partition("#")[0] for _, target in _links(url, tree)]


def _name(url: str) -> str | None:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None


def _links(url: str, tree: Node) -> list[tuple[Node, str]]:
    links = [(link, link.attributes.get("href") or "") for link in tree.all("a")]
    return [(link, urljoin(url, href)) for link, href in links if href[:1] in ("/", "?")]


def _count_in(link: Node) -> int | None:
    """Return the number that a link tells, None where it tells none."""
    if link.has("btn") or link.has("figure") or link.has("value") or link.within("td") or link.within("p"):
        words = link.text
    else:
        words = " ".join(one.text for one in link.all("span") if one.has("count"))
    found = re.match(r"^(\d[\d\u00a0]*)(?= |$)", words) or re.search(r"(?: les|:) (\d[\d\u00a0]*) ", words)
    return int(found[1].replace("\u00a0", "")) if found else None


def _rows(visit: Visit, url: str) -> set[int]:
    """Return how many lines each list of a page has, all its pages together; of one part of it after "#"."""
    tree = visit.open(url)
    part = tree.by_id(url.partition("#")[2]) if "#" in url else next(tree.all("main"))
    assert part is not None, url
    tables = [sum(1 for _ in body.all("tr")) for body in part.all("tbody")]
    further = [target for link, target in _links(url, part) if link.attributes.get("rel") == "next"]
    return set(tables) if not further else set(tables) | {tables[-1] + max(_rows(visit, further[0]))}


def _opens(visit: Visit, url: str, number: int) -> bool:
    """Tell whether a page lists so many, or tells the same number, which opens a list of so many."""
    if number in _rows(visit, url):
        return True
    again = (target for link, target in _links(url, visit.open(url)) if _count_in(link) == number)
    return _name(url) in ACTS and any(number in _rows(visit, target) for target in again)


def test_every_number_opens_what_it_counts(demo):
    wrong, names, followed = [], set(), Counter()
    for role, known in ROLES.items():
        if known.email is None:
            continue
        visit = Visit(role, demo["links"][role])
        for page in visit.pages():
            names.add(page.name)
            for link, target in _links(page.url, page.tree):
                number = _count_in(link)
                if number:
                    followed[page.name] += 1
                    if not _opens(visit, target, number):
                        wrong.append(f"{page.role} {page.url} « {link.text} » → {target} : {_rows(visit, target)}")
            wrong += [f"{page.role} {page.url} : {bare}" for bare in _bare(page)]
            if page.name == "steering:charter":
                signed = [table for table in page.tree.all("table") if "Signataires" in table.text]
                rows = sum(1 for table in signed for body in table.all("tbody") for _ in body.all("tr"))
                assert next(page.tree.all("h1")).text.startswith(f"{rows} structures"), "each signatory is listed"
    assert not wrong, "\n".join(dict.fromkeys(wrong))
    assert names >= WALKED, WALKED - names
    assert all(followed[name] for name in COUNTING), followed


def _bare(page: Visited) -> list[str]:
    """Return the counts of a page that open nothing: cells of whole numbers outside a link."""
    if COPY in page.url:
        return []
    found = []
    for table in page.tree.all("table"):
        caption = next((one.text for one in table.all("caption")), "")
        if any(page.name == name and caption.startswith(start) for name, start in NOT_RECORDS):
            continue
        counts = (cell for cell in table.all("td") if cell.has("n") and re.match(r"[1-9]\d*(?: |$)", cell.text))
        found += [f"{caption} : {cell.text}" for cell in counts if not list(cell.all("a")) and "€" not in cell.text]
    return found


# --- What mails lead to ---

#: The pages that mails lead to: one that no mail of this test opens makes it fail.
OPENED = {
    "people:consent_by_link", "workshops:place", "workshops:survey", "mentoring:invitation", "steering:answer",
    "steering:join",
}  # fmt: skip
#: Links of one kind, in mails of one kind, that are opened.
LINKS_OF_A_KIND = 2


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
            if opened[kind, mail["subject"].split(" : ")[0]] > LINKS_OF_A_KIND:
                continue
            for method in ("get", "head"):
                with undone(read_only=True):  # PostgreSQL itself refuses what would write
                    answer = getattr(Client(), method)(page)
                assert answer.status_code == 200, page
                shown = {name for name in names if name in text_of(answer)}
                assert shown <= own, f"{kind} : {shown - own}"
    kinds = {kind for kind, _ in opened}
    assert kinds >= OPENED, OPENED - kinds
