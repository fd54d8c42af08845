"""Text files: paragraphs on lines of their own, tables in every way that plain text has to print them.

Cells are parted by tabs, ``|`` or box characters, aligned by blanks, or led to by dots. Where the columns of a table
are not certain its lines stay text, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from index.convert.aligned import aligned_tables
from index.convert.boxed import boxed_table, is_bare_rule, is_boxed
from index.convert.encoding import decode
from index.convert.leaders import leads_to_amount, led_table
from index.convert.pieces_of_text import NumberedLine
from index.document import Block, Cell, Gap, Paragraph, Provenance, RawRow, RawTable
from index.errors import DocumentError
from index.pagination import without_running_heads

_MARKUP: Final = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+(?!\d+\s*-\s*$)|>\s+)")
"""List and heading marks, but not the dash of a page number (``- 17 -``)."""
_EMPHASIS: Final = re.compile(r"\*\*(.+?)\*\*")
_RULE_LINE: Final = re.compile(r"\s*\|?[\s:|-]*-{3,}[\s:|-]*\|?\s*")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")

_OTHER_SOURCE: Final = re.compile(r"\s*(?:<[!?a-zA-Z]|\{\\rtf|%PDF-)")
"""How HTML, XML, RTF and PDF begin: readable characters, but not text to be read as it stands."""

_AMOUNT: Final = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_LineKind = Literal["tabs", "pipes", "boxed", "led", "words"]


class TextConverter:
    """Reads .txt and .md, in UTF-8 or GB18030, with or without a byte order mark."""

    def accepts(self, content: bytes) -> bool:
        """Text is what decodes without control characters and is not another format's source."""
        text = decode(content)
        return text is not None and not _CONTROL.search(text) and not _OTHER_SOURCE.match(text)

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """A blank line ends a table: joining what a page break split is left to cleaning."""
        text = decode(content)
        if text is None:
            raise DocumentError(f"“{path.name}”的文字编码无法识别。", "请另存为 UTF-8 编码。")
        read = blocks_of_text(text)
        blocks = without_running_heads([block for block in read if not isinstance(block, Gap)])
        return (*blocks, *(gap for gap in read if isinstance(gap, Gap)))


def blocks_of_text(text: str, first: int = 1) -> list[Block | Gap]:
    """The tables and paragraphs of plain text; ``first`` is the number of its first line."""
    lines = enumerate(re.split(r"\r\n|\r|\n|\f", text), start=first)
    runs = groupby(_kinds(lines), key=lambda told: told[0])
    return [block for kind, run in runs for block in _blocks(kind, [line for _, line in run])]


def _kinds(lines: Iterable[NumberedLine]) -> Iterator[tuple[_LineKind, NumberedLine]]:
    """Each line with its kind; a bare rule below a drawn row is a rule of its table."""
    kind: _LineKind = "words"
    for number, line in lines:
        own = _kind(line)
        kind = "boxed" if kind == "boxed" and (own == "pipes" or is_bare_rule(line)) else own
        yield kind, (number, line)


def _kind(line: str) -> _LineKind:
    if "\t" in line:
        return "tabs"
    if is_boxed(line):
        return "boxed"
    if line.strip().startswith("|") and line.count("|") > 1:
        return "pipes"
    return "led" if leads_to_amount(line) else "words"


def _blocks(kind: _LineKind, lines: list[NumberedLine]) -> Iterator[Block | Gap]:
    if kind == "words":
        yield from _words(lines)
    elif kind == "tabs" and any(line.strip() for _, line in lines):
        yield RawTable(tuple(_row(line.split("\t"), number) for number, line in lines))
    elif kind == "pipes":
        rows = [(number, line) for number, line in lines if not _RULE_LINE.fullmatch(line)]
        yield RawTable(tuple(_row(_pipe_cells(line), number) for number, line in rows))
    elif kind == "boxed":
        table = boxed_table(lines)
        yield from [table] if table else [*_unread(lines), *_paragraphs(lines)]
    elif kind == "led":
        table = led_table(lines)
        yield from [table] if table else _paragraphs(lines)


def _unread(lines: Sequence[NumberedLine]) -> list[Gap]:
    """What is said of a drawn table that stays text, if it has numbers."""
    count = sum(len(_AMOUNT.findall(line)) for _, line in lines)
    place = f"第 {lines[0][0]}～{lines[-1][0]} 行"
    return [Gap(f"{place}用制表符号画的表，格线对不上，里面的 {count} 个数没有作为表读入")] if count else []


def _words(lines: list[NumberedLine]) -> Iterator[Block | Gap]:
    """Paragraphs, and the tables among them that are aligned by blanks."""
    start = 0
    for found in aligned_tables(lines):
        yield from _paragraphs(lines[start : found.first])
        yield found.read
        if isinstance(found.read, Gap):
            yield from _paragraphs(lines[found.first : found.end])
        start = found.end
    yield from _paragraphs(lines[start:])


def _paragraphs(lines: Sequence[NumberedLine]) -> Iterator[Block]:
    return (Paragraph(_plain(line), Provenance(line=number)) for number, line in lines if _says(line))


def _says(line: str) -> bool:
    return bool(line.strip()) and not is_bare_rule(line)


def _row(texts: list[str], line: int) -> RawRow:
    return RawRow(tuple(Cell(text.strip()) for text in texts), Provenance(line=line))


def _pipe_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner.removesuffix("|")
    return [cell.replace("<br>", " ").replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _plain(line: str) -> str:
    return _EMPHASIS.sub(r"\1", _MARKUP.sub("", line)).strip()
