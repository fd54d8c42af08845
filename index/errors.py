"""Errors a user can do something about: each says in Chinese what was wrong and what to do."""

from __future__ import annotations


class BudgetError(Exception):
    """Base of all errors shown to users. ``exit_code`` is the command line's."""

    exit_code = 1

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}{'　' + remedy if remedy else ''}")
        self.problem = problem
        self.remedy = remedy


class DocumentError(BudgetError):
    """One document can't be used: missing, empty, unreadable, of an unknown format, or no budget."""

    exit_code = 3


class PageUnavailable(BudgetError):
    """A cited page can't be shown: the format has none, or the file is gone or changed."""


class IndexUnusable(BudgetError):
    """The index is absent, damaged or of another version."""

    exit_code = 4
