"""Every number inside opens the records that it counts: all pages are walked, each number followed and recounted."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.demo.pages import Node, read
from vivier.demo.roles import ROLES
from vivier.steering.models import Charter

#: Rooms that anybody reads, without records behind their numbers.
PUBLIC = ("demo:", "admin:", "offers:", "orientation:", "portal:components", "portal:home", "workshops:public_list")
#: Pages of one kind (same name, same questions) that are read for each role: enough to meet each shape of number.
OF_A_KIND = 2
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
