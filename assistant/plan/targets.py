"""Targets: the numbers that the indicators of projects are to reach, as figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.values import Value
from assistant.catalog import Row, Table
from assistant.plan.quantity import Quantity
from assistant.query import Name
from assistant.resolve.promises import target_of
from assistant.understand.wording import normalise
from index.money import YUAN_PER_UNIT, to_yuan

_INDICATORS: Final = "绩效指标表"
_TARGET: Final = re.compile(r"(?P<sign>[≥≧≤≦<>=]*)(?P<number>\d+(?:\.\d+)?)(?P<unit>%|[一-鿿]{1,4}(?:\([一-鿿]\))?)?")
_NUMBERED: Final = re.compile(r"^(指标)?\d+[:：.、]?")
_TIMES: Final = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_TELLING: Final = 4
"""Characters from which a part of a project's name stands for it."""


def target_in(text: str, unit: str = "") -> tuple[Value, str] | None:
    """The number that a target is printed as, and its sign (≤65人); None where it is words.

    ``unit``: the unit that is printed beside it.
    """
    match = _TARGET.fullmatch(normalise(text))
    if match is None or not (match["unit"] or unit):
        return None
    number, unit, sign = Decimal(match["number"]), match["unit"] or unit, match["sign"]
    if unit in YUAN_PER_UNIT:
        return Value("amount", to_yuan(number, unit), unit=unit), sign
    if unit[0] in _TIMES and len(unit) > 1:
        number, unit = number * _TIMES[unit[0]], unit[1:]
    return Value("percent" if unit == "%" else "quantity", number, unit=unit), sign


def _target_of_row(row: Row, draft: Draft) -> Quantity | None:
    """The target of one indicator; None where it is no number."""
    cells = draft.library.figures({row.row_id})[row.row_id]
    if not cells:
        return None
    cell = target_of(cells)
    printed = {c.measure: c.printed for c in cells}
    found = target_in(cell.printed, printed.get("计量单位") or cell.unit or "")
    if found is None:
        return None
    value, sign = found
    table = draft.catalog.tables[row.table_id]
    basis = f"{table.title}：{table.subject}" if table.subject else table.title
    return Quantity(
        row.label, value, draft.catalog.document_id, (cell,), (), basis, printed.get("计算符号") or sign, row.row_id
    )


def targets_of(names: Sequence[Name], around: Sequence[Name], draft: Draft) -> tuple[Quantity, ...]:
    """The targets of the indicators that bear all names, of the project that the others name."""
    wanted = [normalise(name.text) for name in names if not name.is_unit]
    project = [normalise(name.text) for name in around if not name.is_unit]
    if not wanted:
        return ()
    found = [
        (row, target)
        for table in _forms(draft, project)
        for row in table.rows
        if all(word in normalise(row.label) for word in wanted) and (target := _target_of_row(row, draft))
    ]
    exact = [target for row, target in found if _NUMBERED.sub("", normalise(row.label)) in wanted]
    return tuple(exact or (target for _, target in found))


def _forms(draft: Draft, project: Sequence[str]) -> Iterator[Table]:
    for table in draft.catalog.tables.values():
        told = normalise(f"{table.subject or ''}{table.title}")
        if table.kind == _INDICATORS and all(word in told or (table.subject and told in word) for word in project):
            yield table


def targets_beside(row: Row, draft: Draft) -> Iterator[Quantity]:
    """The targets of the project that a row prints the money of."""
    name = normalise(row.label)
    for table in draft.catalog.tables.values():
        subject = normalise(table.subject or "")
        if table.kind != _INDICATORS or len(subject) < _TELLING or not (subject in name or name in subject):
            continue
        for own in table.rows:
            if row.unit and own.unit not in (None, row.unit):
                continue
            if (target := _target_of_row(own, draft)) is not None:
                yield target
