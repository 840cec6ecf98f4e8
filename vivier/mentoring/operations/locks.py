"""The one lock of the room: whoever changes pairs of a programme takes her turn on its row."""

from vivier.programmes.models import Programme


def take_turn(programme_id: int) -> Programme:
    """Return the programme, its row locked until the transaction ends.

    Runs and decisions wait for each other, so that no decision falls between what a run read and what it writes. The
    lock is the weak one: people can still be enrolled meanwhile.
    """
    return Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme_id)
