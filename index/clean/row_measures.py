"""Tables whose measures are rows (``公务接待费 | 6.10``) and tables that print one line a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from index.clean.draft import Draft
from index.clean.table import CleanRow, Column
from index.clean.wording import squeeze
from index.dictionary import read_yaml
from index.kinds import KINDS, KindSpec

_PERIOD_COLUMN: Final = re.compile(rf"(?:^|/){read_yaml('columns.yaml')['year_column']}$")
_YEAR: Final = re.compile(r"20\d\d")
_MIN_NAMED: Final = 2


def name_row_measures(draft: Draft) -> Draft:
    """Give each row the measure its label names, where the kind may print its measures as rows."""
    kind = KINDS[draft.kind]
    draft = _own_lines(draft)
    values = [column for column in draft.columns if column.role == "measure"]
    if not kind.kind_rows or len({column.measure for column in values if column.measure}) > 1:
        return draft
    named = {row.key: measure for row in draft.body if (measure := _measure(row, kind))}
    if len(set(named.values())) < _MIN_NAMED or not values:
        return draft
    main = next((column for column in values if column.measure), values[0])
    rows = tuple(replace(row, measure=named.get(row.key)) for row in draft.body)
    columns = tuple(_column(column, main) for column in draft.columns)
    return replace(draft, columns=columns, body=tuple(_one_total(rows, kind)))


def _measure(row: CleanRow, kind: KindSpec) -> str | None:
    label = squeeze(row.label)
    return next((spec.name for spec in kind.measures if any(re.search(p, label) for p in spec.headers)), None)


def _column(column: Column, main: Column) -> Column:
    return replace(column, by_row=True, measure=None) if column is main else column


def _one_total(rows: tuple[CleanRow, ...], kind: KindSpec) -> Iterator[CleanRow]:
    """The default measure belongs to the line that names it (“三公”经费), not to a 合计 that may hold more."""
    default = next(spec.name for spec in kind.measures if spec.default)
    totals = [row for row in rows if row.measure == default]
    own = next((row for row in totals if not row.is_total), totals[0] if totals else None)
    for row in rows:
        yield replace(row, measure=None) if row.measure == default and row is not own else row


def _own_lines(draft: Draft) -> Draft:
    """Where a column tells each line's year, only the latest year's lines are the document's own."""
    column = next((column.number for column in draft.columns if _PERIOD_COLUMN.search(column.path)), None)
    periods = {row.key: cell.printed for row in draft.body for cell in row.cells if cell.column == column}
    if any(column.role == "label" and _PERIOD_COLUMN.search(column.path) for column in draft.columns):
        periods = {row.key: row.label for row in draft.body}
    years = {key: int(found.group()) for key, text in periods.items() if (found := _YEAR.search(text))}
    if len(set(years.values())) < _MIN_NAMED:
        return draft
    rows: list[CleanRow] = []
    label = ""
    for row in draft.body:
        label = row.label if row.printed_label.strip() else label
        period = periods.get(row.key, "")
        own = years.get(row.key) == max(years.values())
        rows.append(replace(row, label=label if period else row.label, is_own=own or not period))
    return replace(draft, body=tuple(rows))
