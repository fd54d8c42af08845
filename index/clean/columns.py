"""The role of each column (code, label, unit name, measure) and its canonical measure, told by its header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from index.clean.captions import is_unit_line
from index.clean.draft import Draft
from index.clean.periods import own_period, without_period
from index.clean.table import Column, ColumnRole
from index.clean.wording import is_total_label, squeeze
from index.dictionary import read_yaml
from index.kinds import KINDS, KindSpec
from index.money import UNIT, plain_unit

_WORDS: Final[dict[str, Any]] = read_yaml("columns.yaml")
_UNIT_OF_ROW: Final = re.compile(rf"{UNIT}|{_WORDS['counted_in']}")
_CODE: Final = re.compile(r"\d{3,}")
_YEARS: Final = re.compile(rf"(?:^|/){_WORDS['year_column']}$")
_COLUMN_UNIT: Final = re.compile(
    rf"[（(](?:(?:金额)?单位[:：])?(?:人民币)?(?P<bracketed>{UNIT})[）)]"
    rf"|/?(?:金额)?单位[:：](?:人民币)?(?P<named>{UNIT})/?|[/／](?P<lone>{UNIT})$"
)

_FOREIGN: Final = re.compile("[（(:：/／](?P<unit>[十百千万亿]*(?:[美欧日港澳加]元|英镑|港币))[）)]?$")
"""A unit of other money: nothing in it is converted."""


def assign_columns(draft: Draft) -> Draft:
    """Roles first, each half for itself, then measures for what is left."""
    kind = KINDS[draft.kind]
    roles: dict[int, ColumnRole] = {}
    for side in dict.fromkeys(column.side for column in draft.columns):
        roles |= _roles([column for column in draft.columns if column.side == side], kind, draft)
    columns = tuple(_with_role(column, roles.get(column.number, "measure"), kind) for column in draft.columns)
    return replace(draft, columns=own_period(columns, draft.title))


def _roles(columns: list[Column], kind: KindSpec, draft: Draft) -> dict[int, ColumnRole]:
    """The label column first, then the codes that stand to its left, the unit's name and what carries no meaning."""
    roles: dict[int, ColumnRole] = {
        column.number: "ignored" for column in columns if not column.path or _matches(column, _WORDS["ignored"])
    }
    roles |= {column.number: "side" for column in columns if _matches(column, _WORDS["side"])}
    free = [column for column in columns if column.number not in roles and not prints_units(draft, column)]
    codes = [
        column
        for column in free
        if _matches(column, [*kind.code_headers, *_WORDS["code"], *_WORDS["code_parts"]]) or is_unit_line(column.path)
    ]
    free = [column for column in free if column not in codes]
    units = [column for column in free if _matches(column, [*kind.unit_headers, *_WORDS["unit_name"]])]
    label = _label([column for column in free if column not in units], units, kind, draft)
    if label and (name := _name_beside(label, columns, draft)):
        codes, label = [label], name
    label = label or next((column for column in columns if not column.path and _holds_words(draft, column)), None)
    roles |= {column.number: "unit_name" for column in units}
    roles |= {label.number: "label"} if label else {}
    return roles | {column.number: "code" for column in _codes(codes, label, draft)}


def _label(free: list[Column], units: list[Column], kind: KindSpec, draft: Draft) -> Column | None:
    """The kind's own label column, else one by name, else the unit's name, else the first column if it holds words."""
    own = [column for pattern in kind.label_headers for column in free if _matches(column, [pattern])]
    named = [column for pattern in _WORDS["label"] for column in free if _matches(column, [pattern])]
    worded = [column for column in free[:1] if _holds_words(draft, column) or _YEARS.search(column.path)]
    return next(iter([*own, *named, *units, *worded]), None)


def _name_beside(label: Column, columns: list[Column], draft: Draft) -> Column | None:
    """The right one of two columns under one header (``科目``), where the left holds the codes of its names."""
    beside = next((each for each in columns if each.number == label.number + 1 and each.path == label.path), None)
    texts = [row.texts[label.number - 1] for row in draft.body_rows if len(row.texts) >= label.number]
    filled = [text for text in texts if text.strip() and not is_total_label(text)]
    coded = sum(bool(_CODE.fullmatch(text.strip())) for text in filled)
    return beside if beside and filled and 2 * coded > len(filled) and _holds_words(draft, beside) else None


def _codes(codes: list[Column], label: Column | None, draft: Draft) -> list[Column]:
    """类, 款 and 项 together, else the code nearest to the label's left; codes of other classifications stay text.

    Of several columns under one header those count that hold anything.
    """
    headers = Counter(column.path for column in codes)
    codes = [column for column in codes if headers[column.path] == 1 or any(draft.numbers_and_texts(column.number))]
    left = [column for column in codes if label is None or column.number < label.number]
    parts = [column for column in left or codes if _matches(column, _WORDS["code_parts"])]
    return parts[:3] or left[-1:] or codes[:1]


def _holds_words(draft: Draft, column: Column) -> bool:
    numbers, texts = draft.numbers_and_texts(column.number)
    return 2 * texts > max(len(draft.body_rows), numbers)


def _with_role(column: Column, role: ColumnRole, kind: KindSpec) -> Column:
    if role != "measure":
        return replace(column, role=role)
    if foreign := _FOREIGN.search(column.path):
        return replace(column, role=role, unit=foreign["unit"])
    unit = _COLUMN_UNIT.search(column.path)
    paths = (without_period(column.path), without_period(_COLUMN_UNIT.sub("", column.path)))
    named = (
        spec.name for path in paths for spec in kind.measures if _matches(replace(column, path=path), spec.headers)
    )
    measure = next(named, None)
    return replace(column, role=role, measure=measure, unit=plain_unit(unit[unit.lastgroup or 0]) if unit else None)


def prints_units(draft: Draft, column: Column) -> bool:
    """Whether each line names the unit of its own numbers in a column: of money (``万元``) or another (``人``)."""
    if column.measure or not re.search(_WORDS["unit_of_row"], column.path):
        return False
    texts = (squeeze(row.texts[column.number - 1]) for row in draft.body_rows if len(row.texts) >= column.number)
    filled = [text for text in texts if text]
    return bool(filled) and all(map(_UNIT_OF_ROW.fullmatch, filled))


def is_code_header(path: str) -> bool:
    """Whether what stands below is a code, of whatever classification."""
    return any(re.search(pattern, path) for pattern in (*_WORDS["code"], *_WORDS["code_parts"]))


def _matches(column: Column, patterns: Iterable[str]) -> bool:
    return any(re.search(pattern, column.path) for pattern in patterns)
