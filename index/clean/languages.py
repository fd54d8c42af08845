"""Headers, names and titles printed in two languages: tables are read by the Chinese."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.clean.draft import Draft
from index.document import Cell, RawRow
from index.money import parse_number
from index.script import simplified

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_OTHER: Final = re.compile(
    "[\u0370-\u06ff\u0750-\u077f\u0e00-\u0fff\u1100-\u11ff\u1800-\u18af\uac00-\ud7af\ufb50-\ufdff\ufe70-\ufeff]+"
    "(?:[\\s.,:/·-]+(?=[\u0370-\u1fff\uac00-\ud7af\ufb50-\ufeff]))*"
)
"""Words in Arabic, Tibetan, Mongolian, Korean, Thai, Cyrillic or Greek letters."""
_TRANSLATION: Final = re.compile(
    r"(?<=[\u4e00-\u9fff）)])\s*[/／]?\s*[（(]?(?=[A-Za-z][^\u4e00-\u9fff]*[A-Za-z]{2})[A-Za-z\d\s.,:：&'’()/-]{4,}[）)]?$"
)
_WITHIN: Final = re.compile(r"(?<=[\u4e00-\u9fff])\s*[/／]?\s*[（(]?[A-Za-z][A-Za-z\s.]{3,}[）)]?(?=\s*[:：])")
_BEFORE: Final = re.compile(r"^[A-Za-z][A-Za-z\s.,&'’()/-]{3,}[:：]?\s*(?=[“\"（(\u4e00-\u9fff])")
"""Latin words behind the Chinese ones of a header, between them and a colon, or before them."""
_OF_NAMES: Final = re.compile("科目|项目|名称|收入|支出")
_TOTAL: Final = re.compile(r"\s*[合总小]\s*计\s*[/／]?\s*[（(]?[A-Za-z]")
_MOST: Final = 0.5


_FOREIGN: Final = re.compile(rf"{_OTHER.pattern}|[A-Za-z]{{3}}")


def in_one_language(draft: Draft) -> Draft:
    """Drop what repeats Chinese words in other scripts; Latin words only in headers, titles and translated names."""
    first = next((at for at, row in enumerate(draft.rows) if any(map(_is_number, row.texts))), len(draft.rows))
    translated = _translated_columns(draft.rows[first:]) | _headed_in_two(draft.rows[:first])
    rows = tuple(
        replace(row, cells=tuple(_in_chinese(cell, at < first, n in translated) for n, cell in enumerate(row.cells)))
        for at, row in enumerate(draft.rows)
        if not (at < first and _is_translation(row, draft.rows[max(0, at - 1) : min(at + 2, first)]))
    )
    above = tuple(chinese_part(text, is_head=True) for text in draft.above if not _is_foreign(text))
    return replace(draft, rows=rows, above=above)


def _translated_columns(rows: Sequence[RawRow]) -> set[int]:
    """The columns in which most names have Latin words behind them."""
    texts = [(column, text) for row in rows for column, text in enumerate(row.texts) if _CHINESE.search(text)]
    names = Counter(column for column, _ in texts)
    translated = Counter(column for column, text in texts if _TRANSLATION.search(text))
    return {column for column, count in translated.items() if count > 1 and count > _MOST * names[column]}


def _headed_in_two(header: Sequence[RawRow]) -> set[int]:
    """The columns of names whose header has Latin words behind it: there some names may lack them."""
    texts = [(column, text) for row in header for column, text in enumerate(row.texts)]
    return {column for column, text in texts if _TRANSLATION.search(text) and _OF_NAMES.search(text)}


def chinese_part(text: str, *, is_head: bool = False) -> str:
    """The Chinese words of a text in two languages.

    >>> chinese_part("民族事务 མི་རིགས་ལས་དོན།"), chinese_part("项目支出 Projects", is_head=True), chinese_part("LED 屏")
    ('民族事务', '项目支出', 'LED 屏')
    >>> [chinese_part(text, is_head=True) for text in ("单位：万元 Unit: RMB 10,000", "部门 Unit：某局", "LED屏P2.5")]
    ['单位：万元', '部门：某局', 'LED屏P2.5']
    """
    if not _CHINESE.search(text):
        return text
    plain = _OTHER.sub("", text)
    if plain != text:
        plain = plain.rstrip(" /／|·-")
    if is_head:
        plain = simplified(_BEFORE.sub("", _WITHIN.sub("", _TRANSLATION.sub("", plain))))
    return plain.strip() if plain != text else text


def _is_translation(row: RawRow, around: Sequence[RawRow]) -> bool:
    """Whether a row of the header says in another script what the row above or below it says in Chinese."""
    texts = [text for text in row.texts if text.strip()]
    in_chinese = any(_CHINESE.search(text) for other in around for text in other.texts)
    return len(texts) > 1 and all(map(_is_foreign, texts)) and in_chinese


def _is_foreign(text: str) -> bool:
    return bool(_FOREIGN.search(text)) and not _CHINESE.search(text)


def _in_chinese(cell: Cell | None, is_head: bool, is_translated: bool) -> Cell | None:
    """What stands alone in a column of translated names translates the cell beside it (``合计`` | ``Total``)."""
    if cell and is_translated and not is_head and _is_foreign(cell.text):
        return replace(cell, text="")
    is_total = bool(cell and _TOTAL.match(cell.text))
    return cell and replace(cell, text=chinese_part(cell.text, is_head=is_head or is_translated or is_total))


def _is_number(text: str) -> bool:
    return parse_number(text) is not None
