"""Every address of the site, walked from the resolver; and what the access matrix says of it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import URLPattern, get_resolver, reverse

MATRIX = Path(__file__).resolve().parents[1] / "access_matrix.toml"
#: The columns of the matrix, in order. "other_coordinator" coordinates in another association.
ROLES = ("visitor", "beneficiary", "guardian", "mentor", "coordinator", "administrator", "other_coordinator")
#: login: sent to sign in. 302: sent to another page. 200, 403, 404, 405, 410, 422, 429: as it says.
OUTCOMES = frozenset({"login", "200", "302", "403", "404", "405", "409", "410", "422", "429"})
#: Django's admin is one line of the matrix: each of its pages is tried for each role.
GROUPS = ("admin",)


@dataclass(frozen=True)
class Address:
    """One line of the matrix: the name of a page, where its arguments are in the world, what each role gets."""

    name: str
    arguments: dict[str, str]
    query: dict[str, str]
    data: dict[str, str]
    expected: dict[str, dict[str, str]]

    def url(self, world) -> str:
        """Return the address of this page for the objects of the first association."""
        values = {name: found(world, path) for name, path in self.arguments.items()}
        address = reverse(self.name, kwargs=values)
        if self.query:
            from urllib.parse import urlencode

            address += "?" + urlencode({name: found(world, path) for name, path in self.query.items()})
        return address

    def body(self, world) -> dict[str, str]:
        """Return what a POST sends; values beginning with "@" are looked up in the world."""
        return {
            name: str(found(world, value[1:])) if value.startswith("@") else value for name, value in self.data.items()
        }


def found(world, path: str):
    """Return the value at a dotted path of the world; a path in quotes is the text itself."""
    if path.startswith("'"):
        return path.strip("'")
    value = world
    for step in path.split("."):
        value = getattr(value, step)
        value = value() if callable(value) else value
    return value


def names() -> set[str]:
    """Return the names of every page, namespaces included; those of GROUPS count once."""
    return {name.partition(":")[0] if name.partition(":")[0] in GROUPS else name for name, _ in walk()}


def walk() -> list[tuple[str, URLPattern]]:
    """Return (name, pattern) of every page of the resolver; raises AssertionError for a page without name."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns, prefix: str):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            is_group = prefix.rstrip(":") in GROUPS
            assert pattern.name or is_group, f"{prefix}{pattern.pattern} n’a pas de nom"
            yield f"{prefix}{pattern.name}", pattern
        else:
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, prefix + namespace)


@cache
def matrix() -> dict[str, Address]:
    """Return the lines of the matrix by name; raises AssertionError on a line that cannot be read."""
    lines = tomllib.loads(MATRIX.read_text())
    return {name: _address(name, line) for name, line in lines.items()}


def _address(name: str, line: dict) -> Address:
    known = {"with", "query", "data", "note", "GET", "POST"}
    assert set(line) <= known, f"{name} : {set(line) - known}"
    expected = {}
    for method in ("GET", "POST"):
        tokens = line[method].split()
        tokens = tokens * len(ROLES) if len(tokens) == 1 else tokens
        assert len(tokens) == len(ROLES), f"{name} {method} : {len(tokens)} cases pour {len(ROLES)} rôles"
        assert set(tokens) <= OUTCOMES, f"{name} {method} : {set(tokens) - OUTCOMES}"
        expected[method] = dict(zip(ROLES, tokens, strict=True))
    return Address(name, line.get("with", {}), line.get("query", {}), line.get("data", {}), expected)


def parameters(pattern: URLPattern) -> set[str]:
    """Return the names of the arguments of a page."""
    return set(re.findall(r"<(?:[^:>]+:)?([^>]+)>", str(pattern.pattern)))
