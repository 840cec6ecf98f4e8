"""Vivier: the open platform of plans that open digital careers to the people they miss."""

__version__ = "0.1.0"
