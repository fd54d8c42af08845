"""Money for each of something: how many there are, as the question names it or as it is told beside the money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.statements import statement_value
from assistant.answering.values import Value
from assistant.catalog import Row
from assistant.plan.bind import bind, count_of, of_statement
from assistant.plan.quantity import Quantity
from assistant.plan.staffing import Staffed, staffing_of
from assistant.plan.targets import targets_beside
from assistant.query import ACTUAL, Name, Query, Ratio, Select, Target, names_of
from assistant.run.evaluate import Evaluated, figure_of, forms_of, resolved
from assistant.run.operators import divided
from assistant.understand.kinds import alike
from assistant.understand.wording import normalise
from index.records import FigureRecord, StatementRecord

_CHUNK: Final = re.compile("[;；。]")
_KIND: Final = re.compile("(项目|经费|专项|费|支出)+$")
_TELLING: Final = 4


def ratio(query: Ratio, draft: Draft, text: str) -> Evaluated:
    """The quotient of each figure that is meant, with both figures as its parts, or what is missing of it.

    Raises Unsound.
    """
    base, lost = _base(query.base, draft, text)
    parts, missing = _parts(query.part, base, draft, text)
    if not parts:
        return Evaluated((), missing or ("",))
    if base is None and isinstance(query.base, Select | Target) and query.base.counted:
        base = _only(_counts_beside(parts[0], query.base, draft))
        lost = lost if base is None else ()
    if base is None:
        return Evaluated((), lost or ("",))
    if base.exact and not any(part.exact for part in parts):  # 0 by the table, and a sentence tells what they cost
        parts = [beside] if (beside := _only(_amounts_beside(base, draft))) else parts
    return Evaluated(tuple(divided(part, base, _name(part, base), query.places) for part in parts), (*missing, *lost))


def counted_beside(select: Select, draft: Draft, text: str) -> Quantity | None:
    """How many things are told beside the amount of what a number is asked of (公务用车购置费: 购置几辆)."""
    named = select.model_copy(update={"quantity": "amount", "counted": None})
    amounts = [q for q in bind(named, draft, text).readings if q.value.kind == "amount"]
    return _only(_counts_beside(amounts[0], select, draft)) if amounts else None


def amount_beside(count: Quantity, draft: Draft) -> Quantity | None:
    """The one amount that is told in the sentence of a number of things (共2个，涉及资金6.43万元)."""
    return _only(_amounts_beside(count, draft))


def _name(part: Quantity, base: Quantity) -> str:
    """What a quotient is called among others."""
    is_each = part.value.kind == "amount" and base.value.kind == "quantity"
    return f"{part.name}平均每{base.value.unit or '单位'}" if is_each else f"{part.name}÷{base.name}"


def _base(query: Query, draft: Draft, text: str) -> tuple[Quantity | None, tuple[str, ...]]:
    """How many there are, where the question says of what; not where that is told for several apart."""
    if not isinstance(query, Select) or (query.quantity != "count" and (query.names or query.side)):
        found = figure_of(query, draft, text)
        return next(iter(found.quantities), None), found.missing
    if not query.names:
        return None, ()
    if there := _people_of_unit(query, draft):
        return there, ()
    bound = bind(resolved(query, draft, text), draft, text)
    counts = [q for q in bound.readings if q.value.kind == "quantity"]
    if len({(q.name, q.value.unit) for q in counts}) < len({q.exact for q in counts}):
        return None, tuple(name.text for name in query.names)
    return next(iter(counts), None), bound.missing


def staffed_units(names: Sequence[Name], draft: Draft) -> list[Staffed]:
    """The posts and the people of the units that are named, of all units that a table lists where none is."""
    forms = {normalise(form) for name in names for form in forms_of(name, draft)}
    units = [each for each in staffing_of(draft) if each.unit and not each.kind]
    return [each for each in units if not forms or normalise(each.unit) in forms]


def _people_of_unit(select: Select, draft: Draft) -> Quantity | None:
    """The people of the one unit that is named, where the document tells these by unit."""
    units = [name for name in select.names if name.is_unit]
    is_asked = len(units) == 1 and any(name.text == ACTUAL for name in select.names)
    found = staffed_units(units, draft) if is_asked else []
    return found[0].people if len(found) == 1 else None


def _parts(query: Query, base: Quantity | None, draft: Draft, text: str) -> tuple[list[Quantity], tuple[str, ...]]:
    """What is divided: an amount where one is asked for, as each table prints it that differs, or a quotient.

    Where no amount is named, the one told beside the number.
    """
    if isinstance(query, Ratio):
        inner = ratio(query, draft, text)
        return list(inner.quantities[:1]), inner.missing
    if not isinstance(query, Select) or query.quantity != "amount":
        found = figure_of(query, draft, text)
        return list(found.quantities[:1]), found.missing
    bound = bind(resolved(query, draft, text), draft, text)
    amounts = {q.exact: q for q in reversed(bound.readings) if q.value.kind == "amount"}
    if amounts:
        return list(reversed(amounts.values())), bound.missing
    base = base or next((q for q in bound.readings if q.value.kind == "quantity"), None)
    if base is None:
        return [], bound.missing or tuple(name.text for name in names_of(query))
    beside = _only(_amounts_beside(base, draft))
    return [beside] if beside else [], ()


def _only(found: Iterator[Quantity]) -> Quantity | None:
    """The one that there is; None where several differ."""
    each = list(found)
    return each[0] if len({q.exact for q in each}) == 1 else None


def _counts_beside(part: Quantity, asked: Select | Target, draft: Draft) -> Iterator[Quantity]:
    """The numbers of things told with an amount: in a sentence that states it, by the indicators of its project."""
    units = alike(asked.counted or "")
    for statement in (*part.statements, *_stating(part, draft)):
        for other in _same_chunk(statement, draft):
            if other.number is not None and other.number_unit in units:
                yield of_statement(other, count_of(other), draft)
        for value in _counts_in(_chunk_of(statement), units):
            yield replace(of_statement(statement, value, draft), name="同一句写明的数量")
    yield from _behind_name(part, units, draft)
    rows = [row for cell in part.cells if (row := draft.catalog.rows.get(cell.row_id))]
    for row in rows[:1]:
        yield from _in_goals(row, units, draft)
        yield from (t for t in targets_beside(row, draft) if t.value.kind == "quantity" and t.value.unit in units)


def _counts_in(text: str, units: frozenset[str]) -> Iterator[Value]:
    """The numbers of things that a text states."""
    number = re.compile(rf"(\d+(?:\.\d+)?)余?({'|'.join(map(re.escape, units))})")
    for found in number.finditer(normalise(text)):
        yield Value("quantity", Decimal(found[1]), unit=found[2])


def _in_goals(row: Row, units: frozenset[str], draft: Draft) -> Iterator[Quantity]:
    """The numbers of things that the goal of a project states in words."""
    name = normalise(row.label)
    for told in draft.contents.told:
        if isinstance(told.source, FigureRecord) and normalise(told.source.row_label) == name:
            for value in _counts_in(told.plain, units):
                yield Quantity(f"{row.label}的绩效目标", value, draft.catalog.document_id, (told.source,))


def _behind_name(part: Quantity, units: frozenset[str], draft: Draft) -> Iterator[Quantity]:
    """The numbers of things that goals state right behind the name of the item (购买社工服务21人)."""
    stem = _KIND.sub("", normalise(part.name))
    if len(stem) < _TELLING:
        return
    number = re.compile(rf"{re.escape(stem)}[^\d,，。;；]{{0,3}}(\d+(?:\.\d+)?)余?({'|'.join(map(re.escape, units))})")
    for told in draft.contents.told:
        if isinstance(told.source, FigureRecord) and (found := number.search(told.plain)):
            value = Value("quantity", Decimal(found[1]), unit=found[2])
            yield Quantity(f"{told.source.row_label}的绩效目标", value, draft.catalog.document_id, (told.source,))


def _stating(part: Quantity, draft: Draft) -> Iterator[StatementRecord]:
    """The sentences that state the amount of a cell."""
    for statement in draft.contents.statements.values():
        if part.cells and part.exact and statement.amount_yuan == part.exact:
            yield statement


def _amounts_beside(count: Quantity, draft: Draft) -> Iterator[Quantity]:
    """The amounts that stand in the sentence of a number."""
    for statement in count.statements:
        for other in _same_chunk(statement, draft):
            value = statement_value(other)
            if value is not None and value.kind == "amount":
                yield of_statement(other, value, draft)


def _chunk_of(statement: StatementRecord) -> str:
    return next((c for c in _CHUNK.split(statement.sentence) if statement.subject in c), statement.sentence)


def _same_chunk(statement: StatementRecord, draft: Draft) -> Iterator[StatementRecord]:
    """What a sentence states up to its semicolons."""
    chunk = _chunk_of(statement)
    for other in draft.contents.statements.values():
        is_of_same = (other.paragraph_id, other.sentence) == (statement.paragraph_id, statement.sentence)
        if is_of_same and (_chunk_of(other) == chunk or other.statement_id == statement.statement_id):
            yield other
