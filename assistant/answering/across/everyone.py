"""One item over all units: linked once to what all budgets have in common, then one query over the wide view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.across.entries import Entry
from assistant.answering.across.operation import say_figures
from assistant.answering.across.wording import in_one_unit
from assistant.answering.draft import Draft
from assistant.answering.found import run_query, value_of
from assistant.answering.values import added
from assistant.resolve import Reading, readings_of
from assistant.scope import Scope
from assistant.sql import everyone_query
from assistant.understand.types import Operand, Threshold, Understanding
from index.records import DocumentRecord, FigureRecord

_MOST_READINGS: Final = 4
_ENOUGH: Final = 0.6
"""Of the documents that any reading finds, how many a better one must find."""

_FIGURES: Final = ("lookup", "sum", "mean", "max", "min", "top", "count", "list", "exists", "difference", "change")


_SELECTING: Final = ("几", "多少", "哪些", "哪几")
"""What the words for all units begin with where only some of them are asked for."""


def answer_everyone(draft: Draft, asked: Understanding, scope: Scope) -> bool:
    """Ranks, lists, adds or filters all units by an item; False where no standard table holds it."""
    asked = _only_filled(_with_total(asked), scope)
    if asked.intent != "figure" or asked.operation not in _FIGURES or asked.leftover or len(asked.operands) != 1:
        return False
    if asked.share_of is not None or any(t.than for t in asked.thresholds):
        return False
    candidates = [(readings[0], _cells(draft, readings, scope)) for readings in _readings(draft, asked)]
    most = max((len(cells) for _, cells in candidates), default=0)
    if not most:
        return False
    reading, cells = next(each for each in candidates if len(each[1]) >= most * _ENOUGH)
    draft.library.tables([cell.table_id for chosen in cells.values() for cell in chosen])
    documents = [target.document for target in scope.targets]
    entries = [_entry(draft, d, _label(reading), cells.get(d.document_id, [])) for d in documents]
    draft.lines.append(_basis(draft, scope, reading.table.kind, len(cells)))
    say_figures(draft, in_one_unit(entries), asked, over_years=False)
    return True


def _with_total(asked: Understanding) -> Understanding:
    is_bare = not asked.operands and asked.mentions_budget
    return replace(asked, operands=(Operand(total="支出"),)) if is_bare else asked


def _only_filled(asked: Understanding, scope: Scope) -> Understanding:
    """``有几个部门安排了因公出国费``: units with nothing are not asked for."""
    is_plain = asked.operation in ("lookup", "list", "count", "exists") and not asked.thresholds
    if not is_plain or not scope.everyone.startswith(_SELECTING):
        return asked
    return replace(asked, thresholds=(Threshold("ne", (Decimal(0),)),))


def _readings(draft: Draft, asked: Understanding) -> list[list[Reading]]:
    """The best readings; those of one name under several codes (行政运行) are one."""
    grouped: dict[tuple[str, int, str], list[Reading]] = defaultdict(list)
    for reading in readings_of(asked.operands[0], draft.catalog, asked):
        grouped[reading.table.kind, reading.column.number, reading.rows[0].label].append(reading)
    return list(grouped.values())[:_MOST_READINGS]


def _cells(draft: Draft, readings: Sequence[Reading], scope: Scope) -> dict[str, list[FigureRecord]]:
    """The cells of each document's own figure of an item, by document."""
    documents = [target.document for target in scope.targets]
    years = sorted({document.year for document in documents if document.year})
    loaded = [d for d in draft.library.documents.values() if d.year in years]
    ids = [document.document_id for document in documents]
    only = ids if len(loaded) != len(documents) else []
    found: dict[str, list[FigureRecord]] = defaultdict(list)
    for _, record in run_query(draft, everyone_query(readings, years, only), ids):
        if record.number is not None:
            found[record.document_id].append(record)
    return {key: chosen for key, cells in found.items() if (chosen := _one_figure(cells))}


def _label(reading: Reading) -> str:
    row, column = reading.rows[0], reading.column.measure or ""
    default = reading.table.default_column(row.side)
    if row.is_total and row.side is None:
        return column if column != "合计" else f"{reading.table.kind}合计"
    return row.label if default == reading.column else f"{row.label}的{column}"


def _entry(draft: Draft, document: DocumentRecord, label: str, cells: Sequence[FigureRecord]) -> Entry:
    heading = f"{document.unit_name}{document.year}年{document.document_type}"
    if not cells:
        return Entry(heading, label)
    value = added(value_of(cell) for cell in cells) if len(cells) > 1 else value_of(cells[0])
    return Entry(heading, label, value, tuple(draft.cite(cells)))


def _one_figure(cells: Sequence[FigureRecord]) -> list[FigureRecord]:
    """The cells of a unit's own figure: the total's, the whole department's, or all its parts'; else none.

    A figure that several tables of a kind print is taken from the first, if they agree.
    """
    by_table: dict[str, list[FigureRecord]] = defaultdict(list)
    for cell in sorted(cells, key=_place):  # the query leaves open in what order those of one amount come
        by_table[cell.table_id].append(cell)
    chosen = [one for table_cells in by_table.values() if (one := _of_table(table_cells))]
    amounts = {sum((cell.amount_yuan or 0) for cell in one) for one in chosen}
    return chosen[0] if len(amounts) == 1 else []


def _place(cell: FigureRecord) -> tuple[int, str, int, int]:
    """Where a cell stands in its document, whose tables are numbered: …t9 before …t10."""
    return len(cell.table_id), cell.table_id, cell.row_no, cell.column_no


def _of_table(cells: Sequence[FigureRecord]) -> list[FigureRecord]:
    totals = [cell for cell in cells if cell.is_total]
    if totals:
        return totals[:1]
    whole = [cell for cell in cells if not cell.subordinate_unit]
    if len(whole) == 1 or len(cells) == 1:
        return whole or list(cells)
    rows = {cell.row_id for cell in cells}
    parts = [cell for cell in cells if cell.parent_row_id not in rows]
    distinct = {(cell.subordinate_unit, cell.code) for cell in parts}
    return parts if len(distinct) == len(parts) else []


def _basis(draft: Draft, scope: Scope, kind: str, count: int) -> str:
    """Which documents and table the figures are of."""
    documents = [target.document for target in scope.targets]
    years = "、".join(f"{year}年" for year in dict.fromkeys(d.year for d in documents))
    left = f"，另有 {scope.left_out} 个单位没有这样的文件" if scope.left_out else ""
    units = f"{len(documents)} 份文件中 {count} 份有这一项"
    return draft.named(f"{years}{documents[0].document_type}，{kind}：{units}{left}。")
