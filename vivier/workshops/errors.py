"""Why somebody cannot have a place; each sentence says what to do next."""

from vivier.common.errors import DomainError


class NoPlace(DomainError):
    """There is no place for her in this session."""


class SessionFull(NoPlace):
    """Every seat is held."""


class SessionOver(NoPlace):
    """The session has begun or is over."""


class SessionCancelled(NoPlace):
    """The session was cancelled."""


class NotForHer(NoPlace):
    """Her age or her class is not the one that the session expects."""


class AlreadyRegistered(DomainError):
    """She holds a place in this session."""


class DraftGone(DomainError):
    """The answers typed so far were erased, or belong to another device."""
