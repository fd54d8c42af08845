"""Whether what an answer prints is what brute force comes to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from assistant.answer import Figure
from assistant.answering.draft import Draft
from assistant.query import Except, Filter, Query, Rank, Rows, Several, Share
from tests.assistant.compositions.brute import YUAN, Brute, Kind, Term, brute_of
from tests.assistant.compositions.ledger import Cell, Ledger

_COUNTED: Final = re.compile(r"\*\*(\d+) 个\*\*")
_KINDS: Final[dict[str, Kind]] = {
    "元": "amount", "万元": "amount", "亿元": "amount", "个": "count", "%": "percent", "倍": "times",
}  # fmt: skip

Number = tuple[Kind, Decimal]


def is_answered(reply_lines: Sequence[str], draft: Draft) -> bool:
    """Whether there is a figure or a count; an answer may also be a quote alone."""
    return bool(draft.figures) or bool(_COUNTED.search("".join(reply_lines)))


def judged(query: Query, lines: Sequence[str], draft: Draft, ledger: Ledger) -> str:
    """What is wrong with the answer to a query, "" where nothing is: its figures, its counts, the rows it cites."""
    brute = brute_of(ledger)
    printed = [_number_of(figure) for figure in draft.figures]
    if isinstance(query, Rows | Filter | Except | Rank):
        return _order_told(query, brute, printed) or _cited_told(query, draft, ledger)
    counted: list[Number] = [("count", Decimal(n)) for line in lines for n in _COUNTED.findall(line)]
    shown = Counter((*printed, *counted))
    if missing := Counter(_finals(query, brute)) - shown:
        return f"nowhere printed: {_told(missing)}; printed: {_told(shown)}"
    if strange := set(shown) - _known(query, ledger):
        return f"printed and not so: {_told(strange)}"
    return _cited_told(query, draft, ledger)


def _order_told(query: Query, brute: Brute, printed: Sequence[Number]) -> str:
    """A list has its rows in order; what they were compared with stands behind, or what they come to, if anything."""
    wanted = [_number(term) for term in _terms(query, brute) if term.value is not None]
    shown = [*printed[: len(wanted)]]
    if wanted != shown:
        return f"rows: {_told(shown)} instead of {_told(wanted)}"
    totals = _totals(query, brute)
    behind = (
        [] if not isinstance(query, Rows) else [number for number in printed[len(wanted) :] if number not in totals]
    )
    return f"behind the rows: {_told(behind)}" if behind else ""


def _terms(query: Query, brute: Brute) -> tuple[Term, ...]:
    """The figures of a query that stands by itself: a list of the first row tells all rows that share its place."""
    terms = brute.terms(query)
    if not isinstance(query, Rank) or query.k != 1 or query.places or not terms:
        return terms
    return tuple(term for term in brute.terms(query.rows) if term.value == terms[0].value)


def _totals(query: Query, brute: Brute) -> set[Number]:
    """What the rows of lists come to, which is told behind them where a row of the table is their total."""
    lists = [one for one in (query.of if isinstance(query, Several) else (query,)) if isinstance(one, Rows)]
    terms = [[term for term in brute.terms(one) if term.value is not None] for one in lists]
    return {(each[0].kind, sum((t.value for t in each if t.value is not None), Decimal(0))) for each in terms if each}


def _cited_told(query: Query, draft: Draft, ledger: Ledger) -> str:
    """The cells cited are those the figures were made from, and at most those that bounded them."""
    brute = brute_of(ledger)
    needed = {cell for term in _needed(query, brute) for cell in term.cells}
    cited = {ledger.cell(figure_id) for figure_id in draft.figure_ids}
    amounts = {cell.amount for cell in needed | brute.bounds}
    told = {draft.library.statement(statement_id).amount_yuan for statement_id in draft.statement_ids}
    if not needed <= cited:
        return f"not cited: {sorted(cell.label for cell in needed - cited)}"
    totals = {cell for cell in cited if cell.amount is not None and ("amount", cell.amount) in _totals(query, brute)}
    strange = cited - needed - brute.bounds - _beside(cited, needed) - totals
    if strange or not told <= amounts:
        return f"cited and not so: {sorted(cell.label for cell in strange)}"
    return ""


def _beside(cited: set[Cell], needed: set[Cell]) -> set[Cell]:
    """What is cited beside a figure of the same row and is no money: how many were bought, of what kind."""
    rows = {(cell.label, cell.owner) for cell in needed}
    return {cell for cell in cited if (cell.label, cell.owner) in rows and cell.unit not in YUAN}


def _needed(query: Query, brute: Brute) -> Iterable[Term]:
    return [term for one in (query.of if isinstance(query, Several) else (query,)) for term in _terms(one, brute)]


def _finals(query: Query, brute: Brute) -> list[Number]:
    """The figures that answer a query: of a share of several rows the one of all, else every one."""
    match query:
        case Several():
            return [number for one in query.of for number in _finals(one, brute)]
        case Share():
            return [_number(brute.terms(query.model_copy(update={"parts": (part,)}))[0]) for part in query.parts]
        case _:
            return [_number(term) for term in _terms(query, brute) if term.value is not None]


def _known(query: Query, ledger: Ledger) -> set[Number]:
    """All figures that an answer may print: computed ones, and those that cells print."""
    brute = brute_of(ledger)
    brute.terms(query)
    computed = {_number(term) for term in brute.computed}
    cells = {cell for term in brute.computed for cell in term.cells} | brute.bounds
    cells |= {cell for term in _needed(query, brute) for cell in term.cells}
    return computed | _totals(query, brute) | {("amount", cell.amount) for cell in cells if cell.amount is not None}


def _number(term: Term) -> Number:
    assert term.value is not None
    return term.kind, term.value


def _number_of(figure: Figure) -> Number:
    value = Decimal(figure.value)
    return _KINDS.get(figure.unit, "count"), value * YUAN.get(figure.unit, Decimal(1))


def _told(numbers: Iterable[Number]) -> str:
    return ", ".join(f"{kind} {value.normalize():f}" for kind, value in numbers)
