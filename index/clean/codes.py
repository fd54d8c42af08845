"""Codes: which system one belongs to, glued where a line break split it, put together from 类|款|项 columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.clean.table import CodeSystem
from index.clean.wording import squeeze

_SYSTEMS: Final[tuple[tuple[re.Pattern[str], CodeSystem], ...]] = (
    (re.compile(r"2\d{2}(?:\d{2}){0,2}"), "功能分类"),
    (re.compile(r"3\d{2}(?:\d{2})?"), "部门经济分类"),
    (re.compile(r"5\d{2}(?:\d{2})?"), "政府经济分类"),
)
_BRACKETED: Final = re.compile(r"^[\[［【(（]([A-Z]?\d{3,}[A-Z\d]*)[\]］】)）]\s*(.*)$")
_LEADING: Final = re.compile(r"(\d{3}(?:\d{2}){0,2})[\s\-—_.、:：]*([^\d\s].*)$")
_TRAILING: Final = re.compile(r"(.*\D)[（(\[［【\s]+(\d{3}(?:\d{2}){0,2})[）)\]］】]?$")
_CODE: Final = re.compile(r"[A-Z]?\d[\dA-Z]*")


def system_of(code: str) -> CodeSystem | None:
    """The code system that a code's first digit and length show; None for other codes.

    >>> system_of("2013101"), system_of("30108"), system_of("50101"), system_of("001001")
    ('功能分类', '部门经济分类', '政府经济分类', None)
    """
    return next((system for pattern, system in _SYSTEMS if pattern.fullmatch(code)), None)


def glue_code(text: str) -> str | None:
    """A code without the blanks that line breaks left in it, None where the cell holds no code.

    >>> glue_code("4213032200 1R00000010 0"), glue_code("合计")
    ('42130322001R000000100', None)
    """
    plain = squeeze(text)
    return plain if _CODE.fullmatch(plain) else None


def code_and_name(text: str) -> tuple[str | None, str]:
    """A cell that holds both, split.

    >>> code_and_name("[A05040101]复印纸"), code_and_name("复印纸")
    (('A05040101', '复印纸'), (None, '复印纸'))
    """
    match = _BRACKETED.match(text.strip())
    return (match.group(1), match.group(2)) if match else (None, text.strip())


def classified_and_name(text: str) -> tuple[str | None, str]:
    """A cell that begins or ends with the code of an official classification, split.

    >>> classified_and_name("2010101 行政运行"), classified_and_name("301工资福利支出"), classified_and_name("2024年")
    (('2010101', '行政运行'), ('301', '工资福利支出'), (None, '2024年'))
    >>> classified_and_name("行政运行（2010101）"), classified_and_name("资本性支出（一）")
    (('2010101', '行政运行'), (None, '资本性支出（一）'))
    """
    plain = text.strip()
    if (match := _LEADING.match(plain)) and system_of(match.group(1)):
        return match.group(1), match.group(2)
    if (match := _TRAILING.match(plain)) and system_of(match.group(2)):
        return match.group(2), match.group(1).strip()
    return None, plain


def join_code(parts: Sequence[str]) -> str:
    """One code from 类|款|项 cells, each with its own digits or with all digits down to it.

    >>> join_code(("208", "05", "01")), join_code(("208", "20805", "2080501"))
    ('2080501', '2080501')
    """
    code = ""
    for part in (squeeze(part) for part in parts):
        code = part if code and part.startswith(code) else code + part
    return code


def carried_code(parts: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    """类|款|项 cells with what is left blank carried down from the row before.

    A blank is carried only to the left of something printed: ``201||`` is the 类 itself.

    >>> carried_code(("", "06", ""), ("201", "05", "01")), carried_code(("208", "", ""), ("201", "05", "01"))
    (('201', '06', ''), ('208', '', ''))
    """
    last = max((position for position, part in enumerate(parts) if part), default=-1)
    return tuple(
        part or (before[position] if position < last and position < len(before) else "")
        for position, part in enumerate(parts)
    )
