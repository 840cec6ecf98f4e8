"""A page as a tree, to read what it counts."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Node:
    """One element: its tag, its attributes, what is in it (nodes and texts), the node around it."""

    tag: str
    attributes: dict[str, str | None]
    around: "Node | None" = None
    inside: list = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the words of the element, with single spaces; what is hidden from the eye counts."""
        return " ".join("".join(self._texts()).split())

    def _texts(self):
        for one in self.inside:
            yield from ([one] if isinstance(one, str) else one._texts())

    def all(self, *tags: str):
        """Return the elements inside that have one of these tags, in the order of the page."""
        for one in self.inside:
            if isinstance(one, Node):
                if one.tag in tags:
                    yield one
                yield from one.all(*tags)

    def has(self, name: str) -> bool:
        """Tell whether the element is of that CSS class."""
        return name in (self.attributes.get("class") or "").split()

    def within(self, tag: str) -> bool:
        """Tell whether it stands in an element of that tag, or is one."""
        return self.tag == tag or (self.around is not None and self.around.within(tag))

    def by_id(self, name: str) -> "Node | None":
        """Return the element of that id; None where there is none."""
        for one in self.inside:
            if isinstance(one, Node):
                if one.attributes.get("id") == name:
                    return one
                if found := one.by_id(name):
                    return found
        return None


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.at = self.root = Node("", {})

    def handle_starttag(self, tag, attrs):
        node = Node(tag, dict(attrs), self.at)
        self.at.inside.append(node)
        if tag not in _VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.inside.append(Node(tag, dict(attrs), self.at))

    def handle_endtag(self, tag):
        node = self.at
        while node.around is not None and node.tag != tag:
            node = node.around
        if node.around is not None:
            self.at = node.around

    def handle_data(self, data):
        self.at.inside.append(data)


def read(text: str) -> Node:
    """Return the tree of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader.root
