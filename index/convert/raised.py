"""Raised or lowered digits behind a number or a name lead to a footnote: they must not become digits of it."""

from __future__ import annotations

import re
from typing import Final

BESIDE_THE_LINE: Final = ("superscript", "subscript")
"""What Word and Excel call text above or below its line."""

_MARK: Final = re.compile(r"\s*[(（]?\s*(?P<number>\d{1,2}(?:[,，、~～-]\d{1,2})*)\s*[)）]?\s*")
_MARKS: Final = re.compile(r"\s*[①-⑳](?:[,，、\s]*[①-⑳])+\s*")
_BEFORE_MARK: Final = re.compile(r"[\d\u4e00-\u9fff）)]\s*$")
"""A number or a name; behind a letter a raised digit is a power."""
_BETWEEN: Final = re.compile(r"[,，、\s]+")
_MARKED: Final = re.compile(r"\d\s*(?:\[[\d,，、~～-]+\])+$")
"""A number with its marks: what of them stands in other pieces of raised text goes on with them."""


def raised(text: str, before: str) -> str:
    """Raised text in plain characters; ``before`` is what stands in front of it on the line.

    >>> raised("1", "607.20"), raised("2", "每m"), raised("①", "607.20"), raised("1)", "行政运行")
    ('[1]', '2', '①', '[1]')
    >>> raised("1,3", "607.20"), raised("，", "607.20[1]"), raised("3", "607.20[1]"), raised("①、③", "607.20")
    ('[1,3]', '', '[3]', '①③')
    """
    is_marked = bool(_MARKED.search(before))
    if is_marked and _BETWEEN.fullmatch(text):
        return ""
    if _MARKS.fullmatch(text):
        return _BETWEEN.sub("", text)
    first = _BETWEEN.sub("", text[:1]) + text[1:] if is_marked else text
    mark = _MARK.fullmatch(first) if is_marked or _BEFORE_MARK.search(before) else None
    return f"[{mark['number']}]" if mark else text
