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
from assistant.answering.found import cell_records, run_query, value_of
from assistant.answering.values import added
from assistant.resolve import Reading, readings_of
from assistant.scope import Scope
from assistant.sql.compile import everyone_query
from assistant.understand.types import Operand, Threshold, Understanding
from index.records import DocumentRecord, FigureRecord

_MOST_READINGS: Final = 4
_FIGURES: Final = ("lookup", "sum", "mean", "max", "min", "top", "count", "list", "exists", "difference", "change")


_SELECTING: Final = ("几", "多少", "哪些", "哪几")
"""What the words for all units begin with where only some of them are asked for."""


def answer_everyone(draft: Draft, asked: Understanding, scope: Scope) -> bool:
    """Ranks, lists, adds or filters all units by an item; False where no standard table holds it."""
    asked = _only_filled(_with_total(asked), scope)
    if asked.intent != "figure" or asked.operation not in _FIGURES or asked.leftover or len(asked.operands) != 1:
        return False
    candidates = [_answered(draft, reading, scope) for reading in _readings(draft, asked)]
    entries, kind = max(candidates, key=lambda each: sum(e.is_number for e in each[0]), default=([], ""))
    if not any(entry.is_number for entry in entries):
        return False
    draft.lines.append(_basis(draft, scope, kind, sum(entry.is_number for entry in entries)))
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


def _readings(draft: Draft, asked: Understanding) -> list[tuple[Reading, ...]]:
    """The best readings; those of one name under several codes (行政运行) are one."""
    grouped: dict[tuple[str, int, str], list[Reading]] = defaultdict(list)
    for reading in readings_of(asked.operands[0], draft.catalog, asked):
        grouped[reading.table.kind, reading.column.number, reading.rows[0].label].append(reading)
    return [tuple(readings) for readings in list(grouped.values())[:_MOST_READINGS]]


def _answered(draft: Draft, readings: Sequence[Reading], scope: Scope) -> tuple[list[Entry], str]:
    documents = [target.document for target in scope.targets]
    years = sorted({document.year for document in documents if document.year})
    loaded = [d for d in draft.library.documents.values() if d.year in years]
    only = [d.document_id for d in documents] if len(loaded) != len(documents) else []
    result = run_query(draft, everyone_query(readings, years, only))
    cells: dict[str, list[FigureRecord]] = defaultdict(list)
    for records in cell_records(draft.library, result, "数值"):
        for record in records[:1]:
            cells[record.document_id].append(record)
    draft.library.tables([record.table_id for found in cells.values() for record in found])
    label = _label(readings[0])
    return [_entry(draft, d, label, cells[d.document_id]) for d in documents], readings[0].table.kind


def _label(reading: Reading) -> str:
    row, column = reading.rows[0], reading.column.measure or ""
    default = reading.table.default_column(row.side)
    if row.is_total and row.side is None:
        return column if column != "合计" else f"{reading.table.kind}合计"
    return row.label if default == reading.column else f"{row.label}的{column}"


def _entry(draft: Draft, document: DocumentRecord, label: str, cells: Sequence[FigureRecord]) -> Entry:
    heading = f"{document.unit_name}{document.year}年{document.document_type}"
    chosen = _one_figure([cell for cell in cells if cell.number is not None])
    if not chosen:
        return Entry(heading, label)
    value = added(value_of(cell) for cell in chosen) if len(chosen) > 1 else value_of(chosen[0])
    return Entry(heading, label, value, tuple(draft.cite(chosen)))


def _one_figure(cells: Sequence[FigureRecord]) -> list[FigureRecord]:
    """The cells of a unit's own figure: the total's, the whole department's, or all its parts'; else none."""
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
