"""How rows, columns and readings are named in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from assistant.answering.found import Found, FoundCell
from assistant.catalog import Column, DocumentCatalog, Row, Table
from assistant.understand.units import short_name
from assistant.understand.wording import normalise, wording_rules
from index.records import FigureRecord

_GOVERNMENT: Final = re.compile(r"5\d{2}(?:\d{2})?")
OF_ONE_CLASS: Final = re.compile(
    "机关(?!事业单位|运行|事务|服务)|(?<!机关)(?:行政|事业)单位(?!基本|离退休|医疗|职业)|(?:行政|事业)(?=[、和与跟及,各分人]|的)|政府(?:预算|经济)"
)
"""What asks for the rows of one class of the government's economic classification apart (机关和事业单位各多少)."""

_TOTALS: Final = ("合计", "小计", "总计")
_OF_FORMS: Final = ("绩效资金表", "其他表")
"""Kinds of what performance forms print beside goals and indicators."""
_BASES: Final = ("预算数", "决算数")


def name_of(found: Found, catalog: DocumentCatalog) -> str:
    """What a reading's figure is called: ``行政运行的公用经费``, ``公务接待费``, ``基本工资（专用通信保障中心）``."""
    row = found.cells[0].row
    column = column_name(found.column)
    default = found.table.default_column(row.side)
    is_default = default is not None and default.number == found.column.number
    is_plain_total = row.is_total and row.label in wording_rules()["unnameable"]
    if (is_plain_total or len(found.table.rows) == 1) and row.side is None:
        total = column if column.endswith("合计") and column != "合计" else f"{found.table.kind}合计"
        return (total if is_default else column) + _unit(found, catalog)
    if row.code_system == "单位" and len(catalog.units) == 1 and not is_default:  # the whole department
        return column
    if row.code_system == "单位":
        return f"{unit_name(row.unit or row.label, catalog)}{'的' + column if not is_default else ''}"
    label = f"名称带“{found.bearing}”的项目" if found.bearing else _row_label(row, found.table)
    return f"{label}{'' if is_default else '的' + column}{_unit(found, catalog)}{_class_within(found)}"


def column_name(column: Column) -> str:
    """A column's measure or header; one that only says 预算数 with what it is the budget of."""
    *heads, leaf = column.path.split("/")
    named = [head for head in heads if head not in _TOTALS]
    return column.measure or (f"{named[-1]}的{leaf}" if named and leaf in _BASES else leaf)


def cell_name(cell: FoundCell, catalog: DocumentCatalog) -> str:
    """One row's name, with its unit where rows differ by unit; the column's where it is one of several of a row."""
    if cell.part:
        return cell.part
    said = government_class(cell)
    unit = f"（{unit_name(cell.row.unit, catalog)}）" if cell.row.unit else ""
    return f"{cell.row.label}{f'（{said}）' if said else ''}{unit}"


def basis_of(found: Found) -> str:
    """What a reading rests on: ``支出功能分类科目 2101103，附表4-5 一般公共预算支出表``."""
    row = found.cells[0].row
    system = {
        "功能分类": "支出功能分类科目",
        "部门经济分类": "部门预算支出经济分类科目",
        "政府经济分类": "政府预算支出经济分类科目",
    }
    parts = [f"{system[row.code_system]} {row.code}"] if row.code and row.code_system in system else []
    government = government_class(found.cells[0])
    parts += [f"政府预算支出经济分类 {government}"] if government else []
    subject = f"（{found.table.subject}）" if found.table.subject else ""
    return "，".join([*parts, title_of(found) + subject])


def government_class(cell: FoundCell) -> str:
    """The class of the government's economic classification that a row prints beside its own: ``50201办公经费``."""
    beside = [c.printed for c in cell.siblings if c.value_type == "text" and c.measure is None]
    return "".join(beside) if beside and _GOVERNMENT.fullmatch(beside[0]) else ""


def as_wholes(found: Iterable[Found]) -> list[Found]:
    """The readings, with rows that only the government's classification tells apart taken as the one item they make."""
    items: dict[object, Found] = {}
    for each in found:
        cell, *others = each.cells
        is_part = not others and not cell.row.is_total and government_class(cell)
        key = (each.table.table_id, each.column.path, cell.row.label, cell.row.code, cell.row.unit) if is_part else each
        known = items.get(key)
        if known is None:
            items[key] = each
        elif cell not in known.cells:
            items[key] = replace(known, cells=(*known.cells, cell))
    return list(items.values())


def title_of(found: Found) -> str:
    """Number and title of the reading's table."""
    return title_of_table(found.table)


def title_of_table(table: Table) -> str:
    """A table's number and title."""
    return " ".join(filter(None, (table.table_no, table.title))) or "没有标题的表"


def unit_name(full_name: str | None, catalog: DocumentCatalog) -> str:
    """A subordinate unit's short name."""
    return short_name(full_name, catalog.region) if full_name else ""


def indicator_text(row: Iterable[FigureRecord], cell: FigureRecord) -> str:
    """An indicator's target with its sign and unit: ``≥ 100 条``."""
    printed = {figure.measure: figure.printed for figure in row}
    return " ".join(filter(None, (printed.get("计算符号"), cell.printed, printed.get("计量单位"))))


def row_name(row: Row) -> str:
    """A row's label with its code."""
    return f"{row.label}（{row.code}）" if row.code else row.label


def _row_label(row: Row, table: Table) -> str:
    """A row's label, in a form with the project that the form is of."""
    if table.subject and table.kind in _OF_FORMS and table.subject not in row.label:
        return f"{table.subject}的{row.label}"
    return row.label or table.title


def _class_within(found: Found) -> str:
    """What tells a row from others of its table with the same name and code."""
    row = found.cells[0].row
    alike = [r for r in found.table.rows if (r.label, r.code) == (row.label, row.code)]
    said = government_class(found.cells[0]) if len(alike) > 1 and len(found.cells) == 1 else ""
    return f"（{said}）" if said else ""


def _unit(found: Found, catalog: DocumentCatalog) -> str:
    units = {cell.row.unit for cell in found.cells if cell.row.unit}
    if len(catalog.units) == 1 and normalise(catalog.units[0]) == normalise(catalog.unit_name):
        return ""
    return f"（{unit_name(units.pop(), catalog)}）" if len(units) == 1 else ""
