"""Why a figure is none, where a sentence says it beside the figure: who bears the cost instead, what was done away."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.plan.bind import Bound
from assistant.plan.quantity import Quantity
from assistant.understand.wording import normalise
from index.records import StatementRecord

_MOST: Final = 1


def why_none_lines(bound: Bound, draft: Draft) -> tuple[str, ...]:
    """The sentence that says why the one figure that is told is 0; none where it is not, or nothing says it."""
    one = bound.readings[0] if len(bound.readings) == 1 else None
    if one is None or one.exact != 0 or one.value.kind != "amount":
        return ()
    found = [s for s in draft.contents.statements.values() if _explains(s, one)]
    return tuple(f"> {s.sentence}[{draft.cite_statement(s)}]" for s in found[:_MOST])


def _explains(statement: StatementRecord, figure: Quantity) -> bool:
    """Whether a statement of the figure's item as 0 gives a reason."""
    is_none = statement.amount_yuan == 0 or statement.budget_yuan == 0
    return is_none and bool(statement.reason) and _bare(statement.subject) == _bare(figure.name)


def _bare(name: str) -> str:
    """A name without what brackets add and without a word for spending behind it."""
    return normalise(name).split("(")[0].removesuffix("支出").removesuffix("预算")
