"""What every merge of a table shares: the drafts, the refusals, the codes met before."""

from collections.abc import Callable
from dataclasses import dataclass, field

from vivier.territories.importing.drafts import Drafts


@dataclass
class Merge:
    """One table being merged: what it refuses, and what a person should know about it."""

    drafts: Drafts
    refuse: Callable[[int, str], None]
    notes: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    via_former: int = 0
    _seen: dict = field(default_factory=dict)

    def twice(self, key: object, line: int, value: object, what: str) -> bool:
        """Tell whether `key` was met before in this table; refuse the row when it said otherwise then."""
        if key not in self._seen:
            self._seen[key] = (line, value)
            return False
        first, said = self._seen[key]
        if said != value:
            self.refuse(line, f"{what} déjà donné ligne {first}, avec une autre valeur : gardez une seule ligne")
        return True

    def present(self, code: str, line: int) -> str | None:
        """Return the present commune behind a code; refuse the row when there is none."""
        found = self.drafts.present(code)
        if found is None:
            self.refuse(line, f"commune {code} inconnue : absente du fichier des communes, même parmi les anciennes")
        return found


Rows = list[tuple[int, object]]
