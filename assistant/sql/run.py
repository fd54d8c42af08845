"""Runs a traced statement: exact values, and behind each row the rows of the views it was made from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from assistant.errors import QueryFailed, UntraceableQuery
from assistant.sql.catalogue import Warehouse
from assistant.sql.lineage import OutputColumn, TracedQuery
from assistant.sql.lists import SEPARATOR
from index.kinds import KINDS
from index.warehouse import QueryError

MAX_EVIDENCE: Final = 500_000
"""Rows of evidence that a whole result may rest on."""

Value = Decimal | int | str | bool | None

LABELS: Final[Mapping[str, str]] = {name: kind.label for name, kind in KINDS.items()} | {
    "正文数据": "事项",
    "全部数据": "行名",
}
"""The column that names a row, cited where rows were only counted."""


class EvidenceRow(NamedTuple):
    """One row of a view."""

    view: str
    row_id: str


class EvidenceCell(NamedTuple):
    """One cell of a view."""

    row_id: str
    view: str
    column: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of the result. ``context``: rows that only decided what was selected.

    ``rows_by_tag`` tells which rows belong to which occurrence of a view; see ``lineage``.
    """

    values: tuple[Value, ...]
    evidence: tuple[EvidenceRow, ...]
    context: tuple[EvidenceRow, ...]
    rows_by_tag: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ResultSet:
    """The result of a traced statement. ``is_cut``: there are more rows than its limit."""

    query: TracedQuery
    rows: tuple[ResultRow, ...]
    is_cut: bool

    @property
    def columns(self) -> tuple[OutputColumn, ...]:
        """The statement's own columns."""
        return self.query.columns


def run(warehouse: Warehouse, traced: TracedQuery) -> ResultSet:
    """The result with its evidence. Raises QueryFailed."""
    try:
        _, rows = warehouse.execute(traced.sql)
    except QueryError as error:
        raise QueryFailed(*_explain(str(error))) from error
    if sum(len(row[len(traced.columns)] or ()) for row in rows) > MAX_EVIDENCE:
        raise UntraceableQuery(f"结果所依据的数据超过{MAX_EVIDENCE}行。", "请加上条件，少取一些。")
    return ResultSet(traced, tuple(_row(traced, row) for row in rows[: traced.limit]), len(rows) > traced.limit)


def evidence_cells(result: ResultSet, row: int, column: int) -> list[EvidenceCell]:
    """The cells that one value of the result is computed from; counted rows are cited by their label."""
    rows_by_tag = result.rows[row].rows_by_tag
    origins = sorted(result.columns[column].origins, key=lambda origin: (origin.tag, origin.column or ""))
    cells = (
        EvidenceCell(row_id, origin.view, origin.column or LABELS.get(origin.view, ""))
        for origin in origins
        for row_id in rows_by_tag.get(origin.tag, ())
    )
    return list(dict.fromkeys(cells))


def _row(traced: TracedQuery, row: tuple[Any, ...]) -> ResultRow:
    width = len(traced.columns)
    by_tag = _by_tag(row[width] or ())
    context = _by_tag(row[width + 1] or ()) if traced.has_context else {}
    return ResultRow(
        values=tuple(_exact(value) for value in row[:width]),
        evidence=_evidence(traced, by_tag),
        context=_evidence(traced, context),
        rows_by_tag=by_tag,
    )


def _by_tag(entries: Iterable[str | None]) -> dict[int, tuple[str, ...]]:
    """The row identifiers of each tag in printed order; NULL is the missing side of an outer join."""
    rows: dict[int, list[str]] = {}
    for entry in entries:
        if entry is not None:
            tag, _, row_id = entry.partition(SEPARATOR)
            rows.setdefault(int(tag), []).append(row_id)
    return {tag: tuple(sorted(rows[tag], key=_printed_order)) for tag in sorted(rows)}


def _printed_order(row_id: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d+)", row_id)]


def _evidence(traced: TracedQuery, by_tag: Mapping[int, tuple[str, ...]]) -> tuple[EvidenceRow, ...]:
    rows = (EvidenceRow(traced.views[tag], row_id) for tag, row_ids in by_tag.items() for row_id in row_ids)
    return tuple(dict.fromkeys(rows))


def _exact(value: Any) -> Value:
    """DuckDB divides and averages in binary: 15 digits are what survives that, and they suffice for any budget."""
    if isinstance(value, float):
        return Decimal(f"{value:.15g}") if math.isfinite(value) else None
    if value is None or isinstance(value, Decimal | int | str):
        return value
    raise QueryFailed(f"结果里有不认识的数据类型 {type(value).__name__}。")


def _explain(message: str) -> tuple[str, str]:
    lowered = message.casefold()
    if "interrupt" in lowered or "execution time" in lowered or "timeout" in lowered:
        return "查询超时。", "请加上条件，或减少连接的视图。"
    if "out of memory" in lowered or "memory" in lowered:
        return "查询占用的内存太多。", "请加上条件，或减少连接的视图。"
    return f"查询执行失败：{message.splitlines()[0]}", "请检查列的类型和分组。"
