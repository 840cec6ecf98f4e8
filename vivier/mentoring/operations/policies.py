"""Change the rules of a programme: never in place, always as a new version."""

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.mentoring.models import MatchingPolicy
from vivier.mentoring.operations.locks import take_turn
from vivier.mentoring.permissions import require_matching
from vivier.mentoring.policies import SETTINGS, latest_rules, rules_of, settings_of, shipped_rules
from vivier.programmes.models import Programme


@operation
def change_rules(*, by: Actor, programme: Programme, **settings) -> MatchingPolicy:
    """Return the version that holds `settings` (columns of SETTINGS; those left out stay), made if they differ.

    Raises NotAllowed, or DomainError when no criterion counts.
    """
    require_matching(by, programme.controller_id)
    if unknown := settings.keys() - set(SETTINGS):
        raise TypeError(f"not a setting of the rules: {', '.join(sorted(unknown))}")
    take_turn(programme.pk)
    current = rules_of(programme)
    wanted = settings_of(current) | settings
    if not any(wanted[name] for name in ("weight_distance", "weight_slots", "weight_interests")):
        raise DomainError("Un critère au moins doit compter : donnez un poids à l’un des trois.")
    if current.pk and wanted == settings_of(current):
        return current
    return _new_version(by, programme, wanted)


def rules_for_run(by: Actor, programme: Programme) -> MatchingPolicy:
    """Return the version a run uses: the last one, renewed when the engine's own rules have changed since."""
    latest = latest_rules(programme)
    if latest is not None and latest.base == shipped_rules().id:
        return latest
    return _new_version(by, programme, settings_of(rules_of(programme)))


def _new_version(by: Actor, programme: Programme, settings: dict) -> MatchingPolicy:
    latest = latest_rules(programme)
    return MatchingPolicy.objects.create(
        programme=programme,
        version=latest.version + 1 if latest else 1,
        base=shipped_rules().id,
        created_at=clock.now(),
        created_by_id=by.user_id,
        **settings,
    )
