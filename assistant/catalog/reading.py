"""A document's tables from the warehouse: their lines and columns, whose they are and of which year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.catalog.column_groups import column_groups
from assistant.catalog.forms import HEAD_OF_FORM
from assistant.catalog.naming import FORMS
from assistant.catalog.types import CLASSIFICATIONS, OWN, Column, Row, Table
from assistant.understand.unit_names import names_of
from assistant.understand.wording import normalise
from index.records import DocumentRecord, TableRecord
from index.warehouse import Warehouse

_ATTRIBUTE_MEASURES: Final = ("一级指标", "二级指标", "功能科目", "经济科目", "采购目录", "项目", "项目类别")
_LONGEST_ATTRIBUTE: Final = 24
_PRINTED_CODE: Final = re.compile(r"^(?:\[[^]]*\]|[A-C]\d{4,})")
_LEADING_CODE: Final = re.compile(r"^\d+[_\-\s]*")
_OF_A_YEAR: Final = re.compile(r"[（(]([^（()）]*(?:\d{4}年|上年|增减)[^（()）]*)[)）]$")
"""What a label ends with where a unit has a line for each year."""

_ROWS_SQL: Final = """
SELECT row_id, any_value(table_id), any_value(row_no), any_value(row_label), any_value(printed_label), any_value(code),
       any_value(code_system), any_value(level), any_value(parent_row_id), any_value(is_leaf), any_value(is_total),
       any_value(subordinate_unit), any_value(side), min(column_no) AS first_column
FROM figures WHERE document_id = ? GROUP BY row_id
ORDER BY any_value(table_id), any_value(row_no), first_column, row_id"""
_COLUMNS_SQL: Final = """
SELECT table_id, column_no, any_value(column_path),
       CASE WHEN count(DISTINCT measure) = 1 THEN any_value(measure) END,
       coalesce(mode(value_type) FILTER (WHERE value_type <> 'blank'), 'blank'), any_value(unit), any_value(side)
FROM figures WHERE document_id = ? GROUP BY table_id, column_no ORDER BY table_id, column_no"""
_ROW_MEASURES_SQL: Final = """
SELECT row_id, table_id, measure FROM (
    SELECT row_id, table_id, measure, row_no, column_no,
           count(DISTINCT measure) OVER (PARTITION BY table_id, column_no) AS measures
    FROM figures WHERE document_id = ? AND measure IS NOT NULL) WHERE measures > 1
ORDER BY table_id, row_no, column_no, row_id"""
"""Rows of tables that print their measures one below the other (三公)."""

_ATTRIBUTES_SQL: Final = """
SELECT row_id, printed FROM figures
WHERE document_id = $1 AND value_type = 'text'
  AND (measure IN $2 OR NOT kind IN $3 AND measure IS NULL AND length(printed) BETWEEN 3 AND $4)
ORDER BY table_id, row_no, column_no, row_id"""


def load_tables(warehouse: Warehouse, document: DocumentRecord, records: Iterable[TableRecord]) -> dict[str, Table]:
    document_id = document.document_id
    rows: dict[str, list[Row]] = defaultdict(list)
    entries = warehouse.execute(_ROWS_SQL, [document_id])[1]
    lines = [_with_unit(replace(Row(*entry[:13]), stored_unit=entry[11]), document) for entry in entries]
    for row in _own_lines(lines, normalise(document.unit_name)):
        rows[row.table_id].append(row)
    columns: dict[str, list[Column]] = defaultdict(list)
    for entry in warehouse.execute(_COLUMNS_SQL, [document_id])[1]:
        column = Column(*entry)
        is_other = any(_is_other_period(part, document.year) for part in column.path.split("/"))
        columns[entry[0]].append(replace(column, of_other_period=is_other))
    for printed in columns.values():
        printed += column_groups(printed)
    return {
        record.table_id: Table(
            record.table_id, record.kind, record.table_no, record.title, record.unit, record.state, record.note,
            record.subject, tuple(_with_ancestors(rows[record.table_id])), tuple(columns[record.table_id]),
            record.grid if record.title.endswith(HEAD_OF_FORM) else (),
        )
        for record in records
    }  # fmt: skip


def _own_lines(lines: Sequence[Row], department: str) -> Iterator[Row]:
    """Lines under the department's own name, where a unit of it is called 本级 elsewhere.

    Level with other units' lines the name is that unit's, else it means all.
    """
    own = next((row.unit for row in lines if OWN in (row.unit or "")), None)
    heads = [row for row in lines if row.code_system == "单位"]
    others = {(row.table_id, row.level) for row in heads if normalise(row.unit or "") != department}
    beside = {row.table_id for row in heads if (row.table_id, row.level) in others and _is_named(row, department)}
    for row in lines:
        if own and _is_named(row, department):
            yield replace(row, unit=own if row.table_id in beside else None)
        else:
            yield row


def _is_named(row: Row, unit: str) -> bool:
    return normalise(row.unit or "") == unit


def _with_unit(row: Row, document: DocumentRecord) -> Row:
    """A line that bears a unit's name is that unit's, also where nothing else tells (三公 of 本级 and 中心)."""
    if row.unit or row.is_total or row.code_system in CLASSIFICATIONS or not document.region:
        return row
    name = _LEADING_CODE.sub("", row.label)
    if of_year := _OF_A_YEAR.search(name):
        return replace(row, of_other_period=_is_other_period(of_year.group(1), document.year))
    is_unit = normalise(name).startswith(normalise(document.region)) and bool(names_of(name, document.region))
    return replace(row, unit=name, code_system="单位") if is_unit else row


def _is_other_period(text: str, year: int | None) -> bool:
    """Whether a header's part speaks of last year or of the change since then; what is carried over is this year's.

    >>> _is_other_period("上年预算数", 2026), _is_other_period("上年结转", 2026), _is_other_period("2026年预算数", 2026)
    (True, False, False)
    >>> _is_other_period("上年实户资金余额", 2026)
    False
    """
    if year and str(year) in text and not re.search(r"增减|增长|变化|变动", text):
        return False
    earlier = rf"|{year - 1}\s*年" if year else ""
    return bool(re.search(rf"上年(?!结转|结余|末|[^年]{{0,4}}余额)|去年|增减|增长率?|比上年|变化|变动{earlier}", text))


def _with_ancestors(rows: Iterable[Row]) -> Iterator[Row]:
    """The lines of a table with those above them; below one of several units' lines they are that unit's."""
    by_id = {row.row_id: row for row in rows}
    heads = {row.row_id: row.unit for row in by_id.values() if row.code_system == "单位" and row.unit}
    owners = heads if len(set(heads.values())) > 1 else {}
    for row in by_id.values():
        chain: list[str] = []
        parent = row.parent
        while parent and parent in by_id and parent not in chain:
            chain.append(parent)
            parent = by_id[parent].parent
        unit = row.unit or next((owners[above] for above in chain if above in owners), None)
        yield replace(row, unit=unit, ancestors=tuple(chain))


def attributes(warehouse: Warehouse, document_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    parameters = [document_id, list(_ATTRIBUTE_MEASURES), list(FORMS), _LONGEST_ATTRIBUTE]
    entries = warehouse.execute(_ATTRIBUTES_SQL, parameters)[1]
    for row_id, printed in entries:
        found[row_id].append(_PRINTED_CODE.sub("", printed))
    return found


def row_measures(warehouse: Warehouse, document_id: str) -> list[tuple[str, str, str]]:
    """Row, table and measure of the rows of tables that print their measures one below the other (三公)."""
    return [(row, table, measure) for row, table, measure in warehouse.execute(_ROW_MEASURES_SQL, [document_id])[1]]
