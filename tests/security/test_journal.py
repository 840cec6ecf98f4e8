"""The journal: every act recorded anywhere has its French words, and none carries a name."""

import ast
from pathlib import Path

from vivier.common import audit

PACKAGE = Path(audit.__file__).parents[1]


def recorded() -> dict[str, str]:
    """Return the actions that calls of `audit.record` write, and where: {action: file}; "x.…" where it is computed."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "record":
                for keyword in call.keywords:
                    if keyword.arg == "action":
                        found |= dict.fromkeys(_texts(keyword.value), str(path.relative_to(PACKAGE)))
    return found


def _texts(value: ast.expr) -> list[str]:
    if isinstance(value, ast.JoinedStr):
        return [f"{value.values[0].value}…"]
    return [node.value for node in ast.walk(value) if isinstance(node, ast.Constant)]


def _has_words(action: str) -> bool:
    return action in audit.LABELS or (
        action.endswith("…") and any(known.startswith(action[:-1]) for known in audit.LABELS)
    )


def test_the_walk_finds_the_calls():
    assert {"sign_in", "member.revoke"} <= set(recorded())


def test_every_act_has_its_words():
    missing = {action: path for action, path in recorded().items() if not _has_words(action)}
    assert missing == {}, "écrivez ces actes dans vivier.common.audit.LABELS"


def test_words_are_short_and_begin_small():
    for action, words in audit.LABELS.items():
        assert words == words.strip() and len(words) < 60 and not words.endswith("."), action
        assert len(action) <= 60
