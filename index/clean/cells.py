"""Cells: exact numbers, with blank, zero and words told apart."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from index.clean.columns import is_code_header
from index.clean.table import CleanCell, Column, ValueType
from index.clean.wording import squeeze
from index.dictionary import read_yaml
from index.kinds import KINDS, MeasureType
from index.money import YUAN_PER_UNIT, from_yuan, money_in, parse_number, to_yuan
from index.statements.numerals import WRITTEN, written_amount

_MEASURED: Final = re.compile(r"([-−]?\d[\d,，]*(?:\.\d+)?)\s*(%|％|[^\d\s、.．,，()（）+＋\-－−↑↓]{1,6})")

_REMARK: Final = re.compile(
    r"(?<=\d)\s*[（(](?:含|其中|不含|另|包括|注|上年|结转)[^（()）]*[\u4e00-\u9fff][^（()）]*[）)]$"
)
"""What stands in brackets behind a number and says more about it."""
_WRITTEN: Final = re.compile(WRITTEN)
_SIGN_BEHIND: Final = re.compile(r"^(?P<number>[\d,.]+[%％]?)\s*[（(](?P<sign>减少?|下?降|增[加长]?|上升)[）)]$")
_PERCENT_SIGN: Final = re.compile(r"[%％]+(?=\s*[↑↓]?\s*$)")
_CHANGE: Final = re.compile(read_yaml("columns.yaml")["change"])
_UNCHANGED: Final = re.compile(read_yaml("columns.yaml")["unchanged"])
_PERCENT: Final = re.compile("|".join(read_yaml("columns.yaml")["percent"]))
_QUANTITY: Final = re.compile("|".join(read_yaml("columns.yaml")["quantity"]))


def clean_cell(column: Column, printed: str, kind: str, unit: str | None) -> CleanCell:
    """The cell of ``column`` that prints ``printed``; ``unit`` is the table's."""
    text = printed.strip()
    if not text:
        return CleanCell(column.number, printed, "blank")
    declared = _declared_type(kind, column.measure)
    if declared in (None, "text") and is_code_header(column.path):
        return CleanCell(column.number, text, "text")
    if declared == "text":
        return _described(column, text)
    own = column.unit or unit
    plain = _SIGN_BEHIND.sub(r"\g<sign>\g<number>", text.rstrip("。；，、"))
    money = None if declared == "quantity" or _QUANTITY.search(column.path) else money_in(plain) or _in_words(plain)
    number = parse_number(_PERCENT_SIGN.sub("", _REMARK.sub("", plain))) if money is None else _in_unit(*money, own)
    if number is None and _CHANGE.search(column.path) and _UNCHANGED.fullmatch(squeeze(text)):
        number = Decimal(0)
    if number is None:
        return _described(column, text)
    # A line break within a narrow cell is no part of the number.
    value_type = _number_type(declared, column.path, text, own)
    printed = squeeze(text).removesuffix(own or "") if money and money[1] == own else squeeze(text)
    return CleanCell(column.number, printed, value_type, number)


def _in_words(text: str) -> tuple[Decimal, str] | None:
    """An amount that is written out (``伍佰万元整``)."""
    plain = squeeze(text).removeprefix("人民币")
    amount = written_amount(plain) if _WRITTEN.fullmatch(plain) else None
    return None if amount is None else (amount, "元")


def _in_unit(number: Decimal, printed: str, unit: str | None) -> Decimal | None:
    """An amount that is printed with a unit, in that of its column; without one it could not be told from others."""
    return from_yuan(to_yuan(number, printed), unit) if unit in YUAN_PER_UNIT else None


def _declared_type(kind: str, measure: str | None) -> MeasureType | None:
    return next((spec.type for spec in KINDS[kind].measures if spec.name == measure), None)


def _number_type(declared: MeasureType | None, path: str, text: str, unit: str | None) -> ValueType:
    if _PERCENT_SIGN.search(text) or declared == "percent":
        return "percent"
    if declared in ("amount", "quantity"):
        return declared
    if _PERCENT.search(path):
        return "percent"
    return "amount" if unit in YUAN_PER_UNIT and not _QUANTITY.search(path) else "quantity"


def _described(column: Column, text: str) -> CleanCell:
    """A cell of words; a count or per cent among them (``45次``, ``100%``, ``100``) keeps its number too."""
    measured = _MEASURED.fullmatch(text)
    number: Decimal | None = parse_number(measured.group(1) if measured else text if text[0].isdigit() else "")
    if number is None:
        return CleanCell(column.number, text, "text")
    return CleanCell(column.number, text, "percent" if text.endswith(("%", "％")) else "quantity", number)
