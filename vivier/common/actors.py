"""Who acts: the person behind a request or a command, and what she may do in each organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vivier.common.permissions import Permission

_NOTHING: Mapping[int, frozenset[Permission]] = MappingProxyType({})


@dataclass(frozen=True)
class Actor:
    """A user's id (None: nobody signed in), her permissions by organisation id, and whether she is the system."""

    user_id: int | None = None
    grants: Mapping[int, frozenset[Permission]] = field(default_factory=lambda: _NOTHING)
    is_system: bool = False

    def may(self, permission: Permission, organisation_id: int) -> bool:
        """Tell whether the actor holds `permission` in that organisation."""
        return self.is_system or permission in self.grants.get(organisation_id, frozenset())

    def controllers(self, permission: Permission) -> frozenset[int]:
        """Return the ids of the organisations in which the actor holds `permission`."""
        return frozenset(key for key, held in self.grants.items() if permission in held)


VISITOR = Actor()
#: Commands, jobs and the demo act as the system; the operator of the machine answers for them.
SYSTEM = Actor(is_system=True)
