"""Items described instead of named (请森林防灭火专业人员那笔): projects whose label or goal holds the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import show_query, value_of
from assistant.answering.phrases import title_of_table, unit_name
from assistant.catalog import Row
from assistant.catalog.linking import linked
from assistant.plan.quantity import Quantity
from assistant.query import Name
from assistant.understand.wording import normalise
from assistant.words import content_of
from index.records import FigureRecord

_KINDS: Final = ("项目支出表", "政府采购预算表")
_GOALS: Final = "绩效目标表"
_LEAST: Final = 4
"""Characters of a description that tells one item from the others."""

_BLANK: Final = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Told:
    """A text that says what a row is for; ``rank``: 0 its own label, 1 a cell beside it, 2 its project's form."""

    row: Row
    text: str
    rank: int
    cell: FigureRecord | None = None


def described_items(text: str, names: Sequence[Name], draft: Draft) -> tuple[Quantity, ...]:
    """The figures of the rows that a description fits, of the units that are named; () where it is of none or many.

    Of rows of one name that is named too it is the one that tells most of the description.
    """
    told = list(_told([name for name in names if name.is_unit], draft))
    if items := {_plain(name.text) for name in names if not name.is_unit}:
        return _most_told(text, [t for t in told if _plain(t.row.label) in items], draft)
    for rank in range(3):
        for forms in _forms(text):
            found = [t for t in told if t.rank == rank and all(form in t.text for form in forms)]
            rows = {t.row.row_id: t for t in found}
            labels = {normalise(t.row.label) for t in found}
            if len(labels) == 1 and len({t.row.table_id for t in found}) == 1:
                return tuple(q for t in rows.values() if (q := _quantity(t, draft)) is not None)
    return ()


def _most_told(text: str, told: Sequence[_Told], draft: Draft) -> tuple[Quantity, ...]:
    """The row whose texts hold most of a description, if that is half of it and more than any other row's."""
    words = {_plain(word) for part in text.split() for word in content_of(part) if len(word) > 1}
    weights: dict[str, tuple[int, _Told]] = {}
    for each in told:
        weight = sum(len(word) for word in words if word in each.text)
        if weight > weights.get(each.row.row_id, (0, each))[0]:
            weights[each.row.row_id] = (weight, each)
    best = sorted(weights.values(), key=lambda pair: pair[0], reverse=True)
    stands_out = bool(best) and (len(best) == 1 or best[0][0] > best[1][0])
    is_half = stands_out and 2 * best[0][0] >= sum(map(len, words))
    found = _quantity(best[0][1], draft) if is_half else None
    return (found,) if found is not None else ()


def _forms(text: str) -> Iterator[tuple[str, ...]]:
    """The description as it is, then all of its telling words wherever they stand."""
    plain = _plain(text)
    if len(plain) >= _LEAST:
        yield (plain,)
    words = tuple(_plain(word) for part in text.split() for word in content_of(part) if len(word) > 1)
    if sum(map(len, words)) >= _LEAST and words != (plain,):
        yield words


def _told(units: Sequence[Name], draft: Draft) -> Iterator[_Told]:
    """What the tables tell of each row of a project or a purchase of some units."""
    keys = {link.key for name in units if (t := linked(name, draft.catalog)) for link in t.links if link.role == "unit"}
    tables = [table for table in draft.catalog.tables.values() if table.kind in _KINDS]
    rows = [row for table in tables for row in table.rows if row.label and not row.is_total]
    rows = [row for row in rows if not keys or keys & {row.unit, row.stored_unit}]
    cells = draft.library.figures({row.row_id for row in rows})
    goals = list(_goals(draft))
    for row in rows:
        yield _Told(row, _plain(row.label), 0)
        for cell in cells[row.row_id]:
            if cell.value_type == "text" and cell.printed:
                yield _Told(row, _plain(cell.printed), 1, cell)
        name = _plain(row.label)
        yield from (_Told(row, text, 2, cell) for subject, text, cell in goals if subject == name)


def _goals(draft: Draft) -> Iterator[tuple[str, str, FigureRecord]]:
    """The goals of forms, with the projects that they are of."""
    tables = [table for table in draft.catalog.tables.values() if table.kind == _GOALS]
    cells = draft.library.figures({row.row_id for table in tables for row in table.rows})
    for table in tables:
        for row in table.rows:
            for cell in cells[row.row_id]:
                if cell.value_type == "text" and cell.printed:
                    yield _plain(table.subject or row.label), _plain(cell.printed), cell


def _quantity(told: _Told, draft: Draft) -> Quantity | None:
    """The row's figure in the column that is meant where none is named."""
    row = told.row
    table = draft.catalog.tables[row.table_id]
    column = table.default_column()
    cells = draft.library.figures({row.row_id})[row.row_id]
    cell = next((c for c in cells if column and c.column_no == column.number and c.number is not None), None)
    if cell is None:
        return None
    show_query(draft, [(row, cell)])
    unit = unit_name(row.unit, draft.catalog) if row.unit and len(draft.catalog.units) > 1 else ""
    name = f"{row.label}（{unit}）" if unit and unit not in row.label else row.label
    sources = (cell, *((told.cell,) if told.cell else ()))
    return Quantity(
        name, value_of(cell), draft.catalog.document_id, sources, (), title_of_table(table), row_id=row.row_id
    )


def _plain(text: str) -> str:
    return _BLANK.sub("", normalise(text))
