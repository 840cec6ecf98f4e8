"""Reads of the room, as small read models."""

from vivier.steering.queries.asks import GivenRow, ask_or_none, asks_of, contributions_read
from vivier.steering.queries.engagement import (
    charter_page,
    engaged_organisations,
    engagement_heading,
    engagement_of,
    pledge_page,
)
from vivier.steering.queries.names import names_somebody
from vivier.steering.queries.offers import ask_day, offer_or_none
from vivier.steering.queries.partners import gap_of, partners_for
from vivier.steering.queries.progress import done_by_pledge, held_sessions, is_ready, pledge_rows, with_step
from vivier.steering.queries.register import (
    Wanted,
    own_structures,
    partners_among,
    plans_of,
    public_rows,
    register_page,
    register_rows,
)

__all__ = [
    "GivenRow",
    "Wanted",
    "ask_day",
    "ask_or_none",
    "asks_of",
    "charter_page",
    "contributions_read",
    "done_by_pledge",
    "engaged_organisations",
    "engagement_heading",
    "engagement_of",
    "gap_of",
    "held_sessions",
    "is_ready",
    "names_somebody",
    "offer_or_none",
    "own_structures",
    "partners_among",
    "partners_for",
    "plans_of",
    "pledge_page",
    "pledge_rows",
    "public_rows",
    "register_page",
    "register_rows",
    "with_step",
]
