"""Text files: paragraphs on lines of their own, tables as runs of tab-separated or ``|``-separated lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from index.convert.encoding import decode
from index.document import Block, Cell, Paragraph, Provenance, RawRow, RawTable
from index.errors import DocumentError
from index.pagination import without_running_heads

_MARKUP: Final = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+(?!\d+\s*-\s*$)|>\s+)")
"""List and heading marks, but not the dash of a page number (``- 17 -``)."""
_EMPHASIS: Final = re.compile(r"\*\*(.+?)\*\*")
_RULE_LINE: Final = re.compile(r"\s*\|?[\s:|-]*-{3,}[\s:|-]*\|?\s*")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")

_OTHER_SOURCE: Final = re.compile(r"\s*(?:<[!?a-zA-Z]|\{\\rtf|%PDF-)")
"""How HTML, XML, RTF and PDF begin: readable characters, but not text to be read as it stands."""

_LineKind = Literal["blank", "tabs", "pipes", "prose"]


class TextConverter:
    """Reads .txt and .md, in UTF-8 or GB18030, with or without a byte order mark."""

    def accepts(self, content: bytes) -> bool:
        """Text is what decodes without control characters and is not another format's source."""
        text = decode(content)
        return text is not None and not _CONTROL.search(text) and not _OTHER_SOURCE.match(text)

    def read(self, content: bytes, path: Path) -> tuple[Block, ...]:
        """A blank line ends a table: joining what a page break split is left to cleaning."""
        text = decode(content)
        if text is None:
            raise DocumentError(f"“{path.name}”的文字编码无法识别。", "请另存为 UTF-8 编码。")
        lines = enumerate(re.split(r"\r\n|\r|\n|\f", text), start=1)
        runs = groupby(lines, key=lambda line: _kind(line[1]))
        return without_running_heads([block for kind, run in runs for block in _blocks(kind, list(run))])


def _kind(line: str) -> _LineKind:
    if "\t" in line:
        return "tabs"
    if not line.strip():
        return "blank"
    return "pipes" if line.strip().startswith("|") and line.count("|") > 1 else "prose"


def _blocks(kind: _LineKind, lines: list[tuple[int, str]]) -> Iterator[Block]:
    if kind == "prose":
        yield from (Paragraph(_plain(line), Provenance(line=number)) for number, line in lines)
    elif kind == "tabs" and any(line.strip() for _, line in lines):
        yield RawTable(tuple(_row(line.split("\t"), number) for number, line in lines))
    elif kind == "pipes":
        rows = [(number, line) for number, line in lines if not _RULE_LINE.fullmatch(line)]
        yield RawTable(tuple(_row(_pipe_cells(line), number) for number, line in rows))


def _row(texts: list[str], line: int) -> RawRow:
    return RawRow(tuple(Cell(text.strip()) for text in texts), Provenance(line=line))


def _pipe_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner.removesuffix("|")
    return [cell.replace("<br>", " ").replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _plain(line: str) -> str:
    return _EMPHASIS.sub(r"\1", _MARKUP.sub("", line)).strip()
