"""Reads of the room, as small read models."""

from vivier.steering.queries.asks import (
    ask_or_none,
    asks_of,
    charter_page,
    engaged_organisations,
    engagement_of,
)
from vivier.steering.queries.partners import gap_of, partners_for
from vivier.steering.queries.progress import done_by_pledge, is_ready, pledge_rows, with_step

__all__ = [
    "ask_or_none",
    "asks_of",
    "charter_page",
    "done_by_pledge",
    "engaged_organisations",
    "engagement_of",
    "gap_of",
    "is_ready",
    "partners_for",
    "pledge_rows",
    "with_step",
]
