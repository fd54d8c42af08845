"""Which documents a question is about. First of all steps: meaning is read against each of them on its own."""

from assistant.scope.named import Named, continued, named_in
from assistant.scope.register import Unit, UnitMention, UnitRegister
from assistant.scope.resolve import Choice, Outcome, Scope, ScopeProblem, Target, document_name, resolve
from assistant.scope.years import asks_both_years, asks_last_year, scope_problem

__all__ = [
    "Choice", "Named", "Outcome", "Scope", "ScopeProblem", "Target", "Unit", "UnitMention", "UnitRegister",
    "asks_both_years", "asks_last_year", "continued", "document_name", "named_in", "resolve", "scope_problem",
]  # fmt: skip
