"""Errors of the assistant: each says in Chinese what was wrong, so that a person, or a model, can repair it."""

from __future__ import annotations

from index.errors import BudgetError


class QuestionInvalid(BudgetError):
    """What was asked can't be read as a question: empty, too long, or no text."""

    exit_code = 2


class SqlRefused(BudgetError):
    """A statement that the guard doesn't let through; the problem is worded so that a model can repair it."""


class UntraceableQuery(SqlRefused):
    """A harmless statement whose result can't be traced back to the rows it was made from."""


class DoubleCounted(SqlRefused):
    """A sum that counts an amount twice: a row with its parent, a total with its parts, a row twice by a join."""


class QueryFailed(BudgetError):
    """A statement that passed the guard and that the warehouse gave up on: wrong types, too slow, too large."""
