"""Reads of the room, as small read models."""

from vivier.steering.queries.asks import GivenRow, ask_or_none, asks_of, contributions_read
from vivier.steering.queries.engagement import charter_page, engaged_organisations, engagement_of, pledge_page
from vivier.steering.queries.offers import ask_day, offer_or_none
from vivier.steering.queries.partners import gap_of, partners_for
from vivier.steering.queries.progress import done_by_pledge, held_sessions, is_ready, pledge_rows, with_step

__all__ = [
    "GivenRow",
    "ask_day",
    "ask_or_none",
    "asks_of",
    "charter_page",
    "contributions_read",
    "done_by_pledge",
    "engaged_organisations",
    "engagement_of",
    "gap_of",
    "held_sessions",
    "is_ready",
    "offer_or_none",
    "partners_for",
    "pledge_page",
    "pledge_rows",
    "with_step",
]
