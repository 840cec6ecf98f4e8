"""The one error of the embedded server."""


class EmbeddedPostgresError(Exception):
    """The server cannot be had; `str(error)` is a French sentence: what is wrong ; what to do."""
