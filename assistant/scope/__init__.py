"""Which documents a question is about. First of all steps: meaning is read against each of them on its own."""

from assistant.scope.content import narrowed
from assistant.scope.loaded import Unit, unit_key
from assistant.scope.named import Named, continued, named_in, scope_spans
from assistant.scope.register import UnitMention, UnitRegister
from assistant.scope.resolve import Choice, Outcome, Scope, ScopeProblem, Target, document_name, resolve
from assistant.scope.years import (
    adjusted_problem,
    asks_both_years,
    asks_final_account,
    asks_last_year,
    final_account_problem,
    scope_problem,
)  # fmt: skip
from assistant.scope.years_of_names import resolved, without_years_of_names

__all__ = [
    "Choice", "Named", "Outcome", "Scope", "ScopeProblem", "Target", "Unit", "UnitMention", "UnitRegister",
    "adjusted_problem", "asks_both_years", "asks_final_account", "asks_last_year", "continued", "document_name",
    "final_account_problem", "named_in", "narrowed", "resolve", "resolved", "scope_problem", "scope_spans", "unit_key",
    "without_years_of_names",
]  # fmt: skip
