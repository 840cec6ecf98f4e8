"""The pages that tell the rules to people: one a rule, and an index; written by `vivier wording docs`."""

from __future__ import annotations

from collections.abc import Sequence

from .findings import Basis
from .rules import Allowance, Rule

SEVERITY_NAMES = {
    "E": "a law names it",
    "W": "to review: indirect discrimination, a guide, or another law",
    "S": "style, with evidence",
    "I": "information",
}
_HEAD = "<!-- Written by `vivier wording docs docs/wording`: change the data, not this page. -->\n\n"


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """Texts by the name of their file."""
    found = {f"{rule.id}.md": _page(rule) for rule in rules}
    found["README.md"] = _index(rules)
    return found


def _index(rules: Sequence[Rule]) -> str:
    lines = [
        f"{_HEAD}# The {len(rules)} rules of the wording engine\n",
        "A basis marked « à vérifier » has not been read at its source yet. [Precision and recall](quality.md).\n",
        "| rule | severity | what it finds | basis certain |",
        "|---|---|---|---|",
    ]
    for rule in rules:
        certain = "yes" if rule.is_certain else "à vérifier"
        lines.append(f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.title} | {certain} |")
    lines += ["", *(f"- **{severity}**: {name}" for severity, name in SEVERITY_NAMES.items())]
    return "\n".join(lines) + "\n"


def _page(rule: Rule) -> str:
    parts = [
        f"{_HEAD}# {rule.id} · {rule.title}\n".replace("·", "—"),
        f"Severity **{rule.severity}** ({SEVERITY_NAMES[rule.severity]}).\n",
        f"> {rule.message}\n",
        "## Basis\n",
        *(_basis(basis) for basis in rule.basis),
        f"\nEvidence: {rule.evidence}\n",
    ]
    if rule.allowances:
        parts += ["## What lifts it\n", *(_allowance(one) for one in rule.allowances), ""]
    rewrites = list(dict.fromkeys([*(text for one in rule.patterns for text in one.rewrites), *rule.rewrites]))
    if rewrites:
        parts += ["## Instead\n", *(f"- « {text} »" if text else "- delete the passage" for text in rewrites), ""]
    parts += ["## Found\n", *(f"- {_quoted(text)}" for text in rule.positive), ""]
    parts += ["## Left alone\n", *(f"- {_quoted(text)}" for text in rule.negative), ""]
    return "\n".join(parts)


def _basis(basis: Basis) -> str:
    if basis.certain:
        return f"- [{basis.article}]({basis.url}): {basis.text} Read on {basis.checked_on.isoformat()}."
    return f"- [{basis.article}]({basis.url}) **(à vérifier)**: {basis.text} Noted on {basis.checked_on.isoformat()}."


def _allowance(one: Allowance) -> str:
    basis = f" ({one.basis.article}{'' if one.basis.certain else ', à vérifier'})" if one.basis else ""
    return f"- {one.id}: {one.label}{basis}"


def _quoted(example: str) -> str:
    return example.replace(" // ", " ⏎ ").removeprefix("// ")
