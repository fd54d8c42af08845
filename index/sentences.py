"""Sentences of prose: the smallest thing that is quoted, and where a long paragraph may be cut."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE: Final = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|\n|$)")
_CLAUSE: Final = re.compile(r"[^；;]*(?:[；;]+|$)")
_LABEL: Final = re.compile(
    r"[\s\-•·]*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．]+)?\s*[^，,；;：:、\d]{1,14}。"
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text`` in order, line by line, each with its full stop.

    A label that ends in a full stop (``9.外事股。负责…``) stays with the sentence it introduces: without it, nobody
    could tell who the sentence is about.

    >>> sentences("9.外事股。负责外事。负责接待！其他（略）。")
    ('9.外事股。负责外事。', '负责接待！', '其他（略）。')
    """
    parts = [part for part in (match.strip() for match in _SENTENCE.findall(text)) if part]
    if len(parts) > 1 and _LABEL.fullmatch(parts[0]):
        parts[:2] = [parts[0] + parts[1]]
    return tuple(parts)


def clauses(sentence: str) -> tuple[str, ...]:
    """The parts of a long sentence between semicolons, each with its semicolon.

    >>> clauses("承办文件;负责印章；归档。")
    ('承办文件;', '负责印章；', '归档。')
    """
    return tuple(part for part in (match.strip() for match in _CLAUSE.findall(sentence)) if part)
