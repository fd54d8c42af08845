"""The same item in several documents: for each its figure, read in the way that most of them can be read in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.answering.change import earlier_amount
from assistant.answering.draft import Draft
from assistant.answering.found import Found, find
from assistant.answering.phrases import as_wholes, name_of, title_of
from assistant.answering.statements import statement_value, statements_about
from assistant.answering.values import Value
from assistant.catalog import CLASSIFICATIONS
from assistant.common import BY_ROW_OR_COLUMN, spelled_measure
from assistant.reader import Side
from assistant.resolve import readings_of
from assistant.understand.types import Operand

_CERTAIN: Final = 0.4
"""How well a sentence must be about an item to state its figure."""

_ORDER_WEIGHT: Final = 0.01

Basis = tuple[str, str | None, str, str | None]
"""What makes figures of two documents comparable: kind of table, column, name or code, classification."""


@dataclass(frozen=True, slots=True)
class Party:
    """One document beside others: what the question means to it, and the answer's draft for it."""

    side: Side
    draft: Draft

    @property
    def heading(self) -> str:
        """Unit, year, 预算 or 决算 of the figures asked for."""
        document, year = self.side.target.document, self.side.target.year
        return f"{document.unit_name}{f'{year}年' if year else ''}{document.document_type}"

    @property
    def is_earlier(self) -> bool:
        """Whether the year asked for is the one before the document's."""
        return self.side.target.year != self.side.target.document.year


@dataclass(frozen=True, slots=True)
class Entry:
    """One document's figure of an item. ``value`` is None where the document doesn't hold the item."""

    heading: str
    label: str
    value: Value | None = None
    cited: tuple[int, ...] = ()
    basis: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it can be computed with."""
        return self.value is not None and self.value.exact is not None


def entries_of(parties: Sequence[Party], number: int) -> list[Entry]:
    """What each document says of the question's operand ``number``."""
    operands = [_operand(party, number, _items_of(parties)) for party in parties]
    found = [_found(party, operand) for party, operand in zip(parties, operands, strict=True)]
    basis = _common_basis(found)
    return [
        _entry(party, operand, group, basis) for party, operand, group in zip(parties, operands, found, strict=True)
    ]


def named_in_full(parties: Sequence[Party], entries: Sequence[Entry]) -> list[Entry]:
    """Entries of documents that are asked for different items: each named with its item."""
    asked = {operand.text for party in parties for operand in party.side.asked.operands[:1]}
    if len(asked) < 2 or len({entry.label for entry in entries}) < 2:
        return list(entries)
    return [replace(entry, heading=f"{entry.heading}的{entry.label}", label="") for entry in entries]


def _items_of(parties: Sequence[Party]) -> list[str]:
    """The items asked for, as a document that holds them all is asked for them."""
    whole = [party.side.asked.operands for party in parties if not party.side.asked.leftover]
    return [operand.text for operand in max(whole, key=len, default=())]


def _operand(party: Party, number: int, items: Sequence[str]) -> Operand | None:
    """What is asked of a document in one place; of one that doesn't hold all the items, the one that is so called."""
    operands, left = party.side.asked.operands, set(party.side.asked.leftover)
    if not left:
        return operands[number] if number < len(operands) else None
    if number >= len(items) or not left <= set(items):
        return None
    return next((operand for operand in operands if operand.text == items[number]), None)


def _found(party: Party, operand: Operand | None) -> list[Found]:
    if operand is None or party.is_earlier:
        return []
    readings = readings_of(operand, party.draft.catalog, party.side.asked)
    return as_wholes(found for found in find(party.draft, [readings])[0] if found.value.exact is not None)


def _common_basis(found: Sequence[Sequence[Found]]) -> Basis | None:
    """The basis that most documents have; of several the one that comes first in them."""
    counted: Counter[Basis] = Counter()
    for group in found:
        for place, basis in enumerate(dict.fromkeys(_basis_of(each) for each in group)):
            counted[basis] += 1 - _ORDER_WEIGHT * place  # type: ignore[assignment]
    return max(counted, key=lambda basis: counted[basis], default=None)


def _basis_of(found: Found) -> Basis:
    row = found.cells[0].row
    is_national = row.code_system in CLASSIFICATIONS
    is_whole = row.is_total or len(found.table.rows) == 1
    item = row.code if is_national and row.code else row.label
    if found.table.kind == BY_ROW_OR_COLUMN and not is_whole:
        return found.table.kind, spelled_measure(item, found.table.kind) or item, "", None
    name = "" if is_whole and row.side is None else item
    return found.table.kind, found.column.measure, name, row.code_system if is_national else None


def _entry(party: Party, operand: Operand | None, found: Sequence[Found], basis: Basis | None) -> Entry:
    chosen = next((each for each in found if _basis_of(each) == basis), found[0] if found else None)
    if chosen is None:
        return _stated(party, operand)
    cited = party.draft.cite(chosen.records)
    label = name_of(chosen, party.draft.catalog)
    return Entry(party.heading, label, chosen.value, tuple(cited), title_of(chosen))


def _stated(party: Party, operand: Operand | None) -> Entry:
    """The figure that only the prose states; of the year before, as stated or from this year's and the change."""
    if operand is None:
        return Entry(party.heading, "")
    if party.is_earlier:
        statements = statements_about(operand, party.draft, fits=lambda s: earlier_amount(s) is not None)
        value = Value("amount", earlier_amount(statements[0]), unit="万元") if statements else None
    else:
        statements = statements_about(operand, party.draft, _CERTAIN, lambda s: statement_value(s) is not None)
        value = statement_value(statements[0]) if statements else None
    if value is None:
        return Entry(party.heading, operand.text)
    return Entry(party.heading, statements[0].subject, value, (party.draft.cite_statement(statements[0]),))
