"""Errors of the assistant: each says in Chinese what was wrong, so that a person, or a model, can repair it."""

from __future__ import annotations

from index.errors import BudgetError


class QuestionInvalid(BudgetError):
    """What was asked can't be read as a question: empty, too long, or no text."""

    exit_code = 2


class NotAllowed(BudgetError):
    """Somebody may not do this."""
