"""Cells of one row: the columns of it that are named, the kinds of money that it is paid from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import find, show_query, value_of
from assistant.answering.phrases import column_name, title_of_table
from assistant.answering.values import Value
from assistant.catalog.linking import linked
from assistant.plan.bind import of_found
from assistant.plan.quantity import Quantity
from assistant.query import Name
from assistant.reading.patterns import pattern
from assistant.resolve import Reading
from assistant.understand.wording import normalise
from index.coordinates import Coordinates, coordinates_of
from index.records import FigureRecord

_ALL: Final = "全部"
_TARGET: Final = "指标值"
_GRANTS: Final = "财政拨款"
_OF_GRANTS: Final = ("一般公共预算", "政府性基金", "国有资本经营")
_SOURCE: Final = re.compile("(资金|经费)(来源|性质)$")
"""Headers of the column that names the kind of money in words."""

_FUND: Final = pattern("fund_name")
_WORDS: Final = pattern("worded_column")
_BROKEN: Final = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_LONGEST_HEADER: Final = 16
"""Characters of a header beyond which its measure says shorter what it is."""

_SUM: Final = ("小计", "合计", "总计")
_ENDINGS: Final = ("预算拨款", "预算", "资金", "拨款", "收入")


def columns_of(quantity: Quantity, names: Sequence[Name], draft: Draft) -> tuple[Quantity, ...]:
    """What a row prints in the columns that are named, in the order of the names; () where one isn't its column."""
    cells = _cells(quantity, draft)
    numbers = [cell for cell in cells if cell.value_type != "text"]
    found = [
        next((c for c in numbers if _is_called(c.column_path, c.measure, name, draft)), None)
        or next((c for c in cells if heads_words(c.column_path, name)), None)
        for name in names
    ]
    told = (
        _as_quantity(cell, quantity, draft) if cell is not None else _sum_called(name, quantity, draft)
        for name, cell in zip(names, found, strict=True)
    )
    kept = [one for one in told if one is not None]
    return tuple(each for one in kept for each in filled_below(one, draft) or (one,)) if len(kept) == len(found) else ()


def _sum_called(name: Name, quantity: Quantity, draft: Draft) -> Quantity | None:
    """What a row prints below a header that is named and has no column for the sum of its own; None without one."""
    row = draft.catalog.rows.get(quantity.row_id)
    table = draft.catalog.tables[row.table_id] if row else None
    columns = [c for c in table.columns if c.parts and _is_called(c.path, c.measure, name, draft)] if table else []
    if row is None or table is None or len(columns) != 1:
        return None
    of_row = find(draft, [[Reading(table, (row,), columns[0])]])[0]
    return replace(of_found(of_row, draft), name=f"{quantity.name}的{column_name(columns[0])}") if of_row else None


def heads_words(header: str, name: Name) -> bool:
    """Whether a name is that of a column that holds words (组织形式 of 采购组织形式)."""
    return bool(_WORDS.fullmatch(name.text)) and normalise(header).endswith(normalise(name.text))


def filled_below(quantity: Quantity, draft: Draft) -> tuple[Quantity, ...]:
    """What the lines below a heading print in the column that it leaves blank itself, each with what its line is of."""
    if quantity.value.kind != "blank" or len(quantity.cells) != 1:
        return ()
    blank = quantity.cells[0]
    below = [row for row in draft.catalog.tables[blank.table_id].rows if row.parent == blank.row_id]
    cells = draft.library.figures({row.row_id for row in below})
    found: list[Quantity] = []
    for row in below:
        own = next((c for c in cells[row.row_id] if c.column_no == blank.column_no and c.printed.strip()), None)
        of = row.label or next((c.printed for c in cells[row.row_id] if _is_worded(c) and c is not own), "")
        if own is not None:
            name = f"{quantity.name}（{_BROKEN.sub('', of)}）" if of else quantity.name
            found.append(replace(quantity, name=name, value=_printed(own), cells=(own,), row_id=row.row_id))
    return tuple(found)


def names_fund(name: Name) -> bool:
    """Whether a name is of a kind of money."""
    return bool(_FUND.fullmatch(name.text))


def funds_of(quantity: Quantity, draft: Draft) -> tuple[Quantity, ...]:
    """The kinds of money that a row is paid from, each with its amount: the narrowest columns that it fills."""
    named = [cell for cell in _cells(quantity, draft) if _SOURCE.search(cell.column_path) and _is_worded(cell)]
    if named:
        return tuple(_as_quantity(cell, quantity, draft) for cell in named)
    told = [(cell, at) for cell in _cells(quantity, draft) if (at := _fund_of(cell, draft)) and cell.number]
    funds = {at.fund for _, at in told}
    kept = [
        cell
        for cell, at in told
        if not (at.fund == _GRANTS and funds & {*_OF_GRANTS}) and not cell.column_path.endswith(_SUM)
    ]
    return tuple(_as_quantity(cell, quantity, draft) for cell in kept)


def _is_worded(cell: FigureRecord) -> bool:
    return cell.value_type == "text" and bool(cell.printed.strip())


def _cells(quantity: Quantity, draft: Draft) -> list[FigureRecord]:
    """All cells of a figure's row."""
    row_id = quantity.row_id or (quantity.cells[0].row_id if len(quantity.cells) == 1 else "")
    return draft.library.figures({row_id})[row_id] if row_id in draft.catalog.rows else []


def _fund_of(cell: FigureRecord, draft: Draft) -> Coordinates | None:
    """Where an amount stands among the kinds of money; None where its column is of none of them."""
    if cell.value_type == "text" or cell.number is None:
        return None
    document = draft.library.documents[draft.catalog.document_id]
    at = coordinates_of(cell, draft.library.table(cell.table_id), document)
    is_one = at.quantity == "金额" and (at.fund != _ALL or at.origin == "上年结转")
    return at if is_one and any(map(_names_fund, _segments(cell))) else None


def _names_fund(segment: str) -> bool:
    """Whether a header's segment itself is of a kind of money: the table's title alone makes no column one."""
    return any(word in segment for word in (*_OF_GRANTS, _GRANTS, "专户", "资金", "结转", "结余", "收入"))


def _segments(cell: FigureRecord) -> Iterator[str]:
    yield from cell.column_path.split("/")


def _printed(cell: FigureRecord) -> Value:
    """What a cell holds, words without the breaks of its lines."""
    value = value_of(cell)
    return replace(value, text=_BROKEN.sub("", value.text))


def _is_called(header: str, measure: str | None, name: Name, draft: Draft) -> bool:
    """Whether a column is called by a name, as it is said or linked, with or without 预算, 资金 and the like."""
    token = linked(name, draft.catalog)
    said = (name.text, *(link.name for link in (token.links if token else ()) if link.role == "column"))
    forms = {_bare(normalise(form)) for form in (header.rsplit("/", 1)[-1], measure or "") if form}
    return not forms.isdisjoint(_bare(normalise(form)) for form in said if form)


def _bare(text: str) -> str:
    for ending in _ENDINGS:
        text = text.removesuffix(ending) if len(text) - len(ending) > 2 else text
    return text


def _as_quantity(cell: FigureRecord, quantity: Quantity, draft: Draft) -> Quantity:
    row, table = draft.catalog.rows[cell.row_id], draft.catalog.tables[cell.table_id]
    show_query(draft, [(row, cell)])
    header = cell.column_path.rsplit("/", 1)[-1]
    called = cell.measure if cell.measure and len(header) > _LONGEST_HEADER else header
    of = next((c.measure for c in quantity.cells if c.measure), "")
    name = f"{quantity.name.removesuffix(f'的{of}')}的{called}"
    basis, value, sign = title_of_table(table), _printed(cell), ""
    if value.kind == "quantity" and cell.measure == _TARGET:
        beside = {other.measure: other.printed for other in _cells(quantity, draft)}
        value, sign = replace(value, unit=beside.get("计量单位", "")), beside.get("计算符号", "")
    return Quantity(name, value, draft.catalog.document_id, (cell,), (), basis, sign, cell.row_id)
