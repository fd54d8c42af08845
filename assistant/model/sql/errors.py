"""Why SQL that a model wrote is not used; worded in Chinese, so that a model can repair it. No user sees these."""

from __future__ import annotations


class SqlRefused(Exception):
    """A statement that is not let through."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}{remedy}")


class Unproved(SqlRefused):
    """A result that does not follow from cells alone: no trace, another value, something counted twice."""


class QueryStopped(Exception):
    """A statement that took too long, too much memory or too many rows, or that DuckDB gave up on."""
