"""The wide views, one per kind of table: what SQL is written against, by rule or by model.

A view turns ``figures`` (one row per cell) into one row per printed line, with Chinese column names and comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from index.kinds import KindSpec, MeasureSpec

_TWO_SIDED: Final = frozenset({"收支总表", "财政拨款收支总表"})
"""Kinds that print 收入 and 支出 side by side."""

_SUBJECT_MEASURE: Final = "项目"
"""A measure that a whole table may state once (the project of a performance form) instead of in each row."""

_VALUE: Final = {"amount": "f.amount_yuan", "quantity": "f.number", "percent": "f.number", "text": "f.printed"}
_UNIT_NOTE: Final = {"amount": "（元）", "quantity": "（数量）", "percent": "（%）", "text": "（所印文字）"}


def view_statements(kinds: Iterable[KindSpec]) -> Iterator[str]:
    """The SQL that creates each kind's view and comments it."""
    for kind in kinds:
        columns = [*_common_columns(kind), *(_measure_column(measure) for measure in _ordered_measures(kind))]
        yield _create_view(kind, columns)
        yield f"COMMENT ON VIEW {_name(kind.name)} IS {_text(f'{kind.description}；一行：{kind.row}')}"
        for name, _, comment in columns:
            yield f"COMMENT ON COLUMN {_name(kind.name)}.{_name(name)} IS {_text(comment)}"


def _create_view(kind: KindSpec, columns: list[tuple[str, str, str]]) -> str:
    selected = ",\n    ".join(f"{expression} AS {_name(name)}" for name, expression, _ in columns)
    # Grouping by every plain column lets DuckDB push filters on them below the aggregate. The order is the printed one.
    keys = [expression for _, expression, _ in _common_columns(kind)]
    grouped = ", ".join(dict.fromkeys([*keys, "f.side", "f.row_no", "t.position", "t.subject"]))
    return (
        f"CREATE VIEW {_name(kind.name)} AS SELECT\n    {selected}\n"
        "FROM figures f JOIN documents d USING (document_id) JOIN tables t ON t.table_id = f.table_id\n"
        f"WHERE f.kind = {_text(kind.name)}\nGROUP BY {grouped}\n"
        "ORDER BY f.document_id, t.position, f.side DESC, f.row_no"
    )


def _common_columns(kind: KindSpec) -> list[tuple[str, str, str]]:
    """Name, expression and comment of the columns that describe a row."""
    side = [("方向", "f.side", "收入或支出")] if kind.name in _TWO_SIDED else []
    return [
        ("row_id", "f.row_id", "行标识，引用时用"),
        ("document_id", "f.document_id", "文件标识"),
        ("部门", "d.unit_name", "编制预算的部门或单位全称"),
        ("年度", "d.year", "预算年度"),
        ("所属单位", "f.subordinate_unit", "该行所属的下级单位全称，属于整个部门时为空"),
        *side,
        (kind.code, "f.code", f"{kind.code}，没有印编码时为空"),
        (kind.label, "f.row_label", f"{kind.label}：{kind.row}的名称，不带序号"),
        ("层级", "f.level", "层级，最上层为1，合计行为0"),
        ("上级", "f.parent_row_id", "上级行的行标识"),
        ("末级", "f.is_leaf", "没有下级行；只加末级行就不会重复计算"),
        ("合计行", "f.is_total", "合计行，不可与其他行相加"),
    ]


def _ordered_measures(kind: KindSpec) -> list[MeasureSpec]:
    return sorted(kind.measures, key=lambda measure: measure.name != _SUBJECT_MEASURE)


def _measure_column(measure: MeasureSpec) -> tuple[str, str, str]:
    value = f"max({_VALUE[measure.type]}) FILTER (WHERE f.measure = {_text(measure.name)})"
    if measure.type == "text":
        value = f"nullif({value}, '')"
    if measure.name == _SUBJECT_MEASURE:
        value = f"coalesce({value}, t.subject)"
    default = "；没有指明哪一列时指这一列" if measure.default else ""
    return measure.name, value, f"{measure.name}{_UNIT_NOTE[measure.type]}{default}"


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _text(literal: str) -> str:
    return "'" + literal.replace("'", "''") + "'"
