"""The audit journal: who did what to which object, without names."""

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.models import AuditEntry


def record(*, by: Actor, action: str, controller_id: int | None = None, about: str = "", count: int = 1) -> None:
    """Write one journal row in the caller's transaction. `about` is a model and a key, never a name."""
    AuditEntry.objects.create(
        at=clock.now(), action=action, actor_id=by.user_id, controller_id=controller_id, about=about, count=count
    )
