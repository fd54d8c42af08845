"""Body rows: label, code and cells of each printed line, one row per half where halves stand side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from index.clean.cells import clean_cell
from index.clean.codes import carried_code, classified_and_name, code_and_name, glue_code, join_code
from index.clean.columns import is_code_header, prints_units
from index.clean.draft import Draft
from index.clean.table import CleanCell, CleanRow, Column, Side
from index.clean.wording import glue, is_total_label, squeeze, without_marks
from index.dictionary import read_yaml
from index.document import Cell, RawRow
from index.kinds import KINDS
from index.money import UNIT, YUAN_PER_UNIT, parse_number, plain_unit
from index.naming import owner_named
from index.ordinals import without_ordinal

_COUNTED: Final = re.compile("|".join(read_yaml("columns.yaml")["counted_rows"]))
_PERCENT: Final = re.compile("|".join(read_yaml("columns.yaml")["percent_rows"]))
_ROW_UNIT: Final = re.compile(rf"[（(]({UNIT})[）)]$")
_MONEY: Final = re.compile("金额|经费|费用")
_SIDES: Final[dict[str, Side]] = {"收入": "收入", "支出": "支出"}


def read_rows(draft: Draft) -> Draft:
    """The clean rows of the table, without codes' systems, levels and parents: those need all rows."""
    rows = tuple(
        row
        for side in dict.fromkeys(column.side for column in draft.columns)
        for row in _side_rows(draft, [column for column in draft.columns if column.side == side], side)
    )
    return replace(draft, body=tuple(sorted(rows, key=lambda row: (row.number, row.side == "支出"))))


def _side_rows(draft: Draft, columns: Sequence[Column], side: Side | None) -> Iterator[CleanRow]:
    code_columns = [column for column in columns if column.role == "code"]
    split = classified_and_name if not code_columns and _prints_codes(draft, columns) else code_and_name
    side_column = next((column.number for column in columns if column.role == "side"), None)
    units = next((column.number for column in columns if prints_units(draft, column)), None)
    before: tuple[str, ...] = ()
    for number, printed in enumerate(draft.body_rows, start=1):
        texts = {column.number: _text(printed, column.number) for column in columns}
        parts = tuple(texts[column.number] for column in code_columns)
        if len(code_columns) > 1 and any(part.strip().isdecimal() for part in parts):
            parts = before = carried_code(parts, before)
        if any(texts[column.number].strip() for column in columns if not _only_counts(column)):
            printed_side = _SIDES.get(texts[side_column].strip()) if side_column else side
            own_unit = squeeze(texts[units]) if units else ""
            yield _row(draft, columns, texts, parts, number, printed_side, printed, split, own_unit)


def _prints_codes(draft: Draft, columns: Sequence[Column]) -> bool:
    """Whether most names have their code in front of them, in the same cell."""
    label = next((column.number for column in columns if column.role == "label"), 0)
    names = [text for row in draft.body_rows if label and (text := _text(row, label).strip())]
    return 2 * sum(classified_and_name(name)[0] is not None for name in names) > len(names)


def _only_counts(column: Column) -> bool:
    """A column that numbers the rows (行次) says nothing; one without a header may say anything."""
    return column.role == "ignored" and bool(column.path)


def _row(
    draft: Draft,
    columns: Sequence[Column],
    texts: dict[int, str],
    code_parts: tuple[str, ...],
    number: int,
    side: Side | None,
    printed: RawRow,
    split: Callable[[str], tuple[str | None, str]],
    own_unit: str,
) -> CleanRow:
    label_text = next((_spanned(draft, number, column) for column in columns if column.role == "label"), "")
    code = glue_code(join_code(tuple(map(without_marks, code_parts))))
    named_code, name = split(without_marks(label_text))
    if not name and code is None:
        label_text = next((part for part in code_parts if part), "") or _heading(columns, texts)
        named_code, name = classified_and_name(label_text)
        name = owner_named(name) or name
    unit_name = next((texts[column.number] for column in columns if column.role == "unit_name"), "")
    if not name and not unit_name:
        # A unit's code and name in one cell, in the column of the codes.
        name = next((owner for column in columns if (owner := _unit_coded(column, texts[column.number]))), "")
    is_group = not name and bool(unit_name)
    cells = tuple(
        _of_its_row(column, squeeze(label_text), texts[column.number], own_unit, draft)
        for column in columns
        if column.role == "measure"
    )
    is_first = number == 1 and any(column.role == "label" for column in columns)
    label = without_ordinal(glue(unit_name if is_group else name))
    if not label:
        label = "合计" if is_first and code is None else (KINDS[draft.kind].row_label or "")
    return CleanRow(
        number=number,
        label=label,
        printed_label=label_text or (unit_name if is_group else ""),
        cells=cells,
        side=side,
        code=named_code or code,
        is_total=is_total_label(label),
        subordinate_unit=glue(unit_name) or None,
        page=printed.provenance.page,
    )


def _spanned(draft: Draft, number: int, column: Column) -> str:
    """What a row prints in a column, be it in a cell that reaches down from a row above."""
    for above, row in enumerate(reversed(draft.body_rows[:number])):
        cell = row.cells[column.number - 1] if column.number <= len(row.cells) else Cell("")
        if cell is not None:
            return cell.text if cell.row_span > above else ""
    return ""


def _of_its_row(column: Column, label: str, text: str, own_unit: str, draft: Draft) -> CleanCell:
    """The cell as its row says: a code, a count, a per cent or in a unit of its own (``其中：维修（元）``)."""
    if is_code_header(label):
        return CleanCell(column.number, text, "text" if text.strip() else "blank")
    cell = clean_cell(column, text, draft.kind, draft.unit)
    if cell.value_type != "amount" or column.unit:
        return cell
    is_counted = own_unit not in YUAN_PER_UNIT and not _MONEY.search(column.path)
    if is_counted and (_COUNTED.search(label) or _PERCENT.search(label)):
        return replace(cell, value_type="percent" if _PERCENT.search(label) else "quantity")
    in_label = _ROW_UNIT.search(label)
    unit = plain_unit(in_label[1] if in_label else own_unit)
    if unit in ("", draft.unit) or parse_number(text) is None:
        return cell
    if unit not in YUAN_PER_UNIT:
        return cell if _is_counted_apart(draft) else replace(cell, value_type="quantity")
    return clean_cell(column, f"{text.strip()}{unit}", draft.kind, draft.unit)


def _is_counted_apart(draft: Draft) -> bool:
    """Whether quantities have a column of their own: the others hold money, whatever unit stands beside."""
    return any(re.search("数量", column.path) for column in draft.columns)


def _heading(columns: Sequence[Column], texts: dict[int, str]) -> str:
    """What a line without a name is: the first words in it (a group's name in a column of its own).

    Of a column that numbers the rows only a total is a name.
    """
    label = next((column.number for column in columns if column.role == "label"), 0)
    before = [(column, texts[column.number]) for column in columns if column.number < label]
    words = (
        text
        for column, text in before
        if (column.role == "measure" and text.strip() and parse_number(text) is None)
        or (column.role == "ignored" and is_total_label(text))
    )
    return next(words, "")


def _unit_coded(column: Column, text: str) -> str | None:
    return owner_named(text) if column.role == "measure" and is_code_header(column.path) else None


def _text(row: RawRow, number: int) -> str:
    return row.texts[number - 1] if number <= len(row.texts) else ""


def has_figures(row: CleanRow) -> bool:
    """Whether any cell of the row prints a number."""
    return any(cell.number is not None for cell in row.cells)
