"""Where the sentences of a paragraph begin and end, for quoting them."""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile("[。！？!?]+[”’」』）)]*")
_OPENING, _CLOSING = "（(", "）)"


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences in ``text``. A sentence doesn't end inside brackets, nor before a bracketed list.

    >>> text = "工资福利支出 9 万元：用于工资等。（奖金 5 万元。津贴 4 万元）其他。"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['工资福利支出 9 万元：用于工资等。（奖金 5 万元。津贴 4 万元）其他。']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _depth(text[start : match.start()]) > 0 or text[match.end() :].lstrip()[:1] in tuple(_OPENING):
            continue
        spans.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return tuple(spans)


def _depth(text: str) -> int:
    """How many brackets are open at the end; one that closes none is a misprint."""
    depth = 0
    for sign in text:
        depth = max(depth + (sign in _OPENING) - (sign in _CLOSING), 0)
    return depth
