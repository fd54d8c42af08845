"""Traditional characters: some pages of some documents are in them, and words are looked for in simplified ones."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


def simplified(text: str) -> str:
    """``text`` in simplified characters.

    >>> simplified("上海市審計局2026年單位預算")
    '上海市审计局2026年单位预算'
    """
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
