"""Plain text: paragraphs on lines of their own, tables in every way that text has to print them.

Cells are parted by tabs, ``|`` or box characters, aligned by blanks, or led to by dots. Where the columns of a table
are not certain its lines stay text, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import groupby, takewhile
from typing import Final, Literal

from index.convert.aligned import aligned_tables, names_column
from index.convert.boxed import boxed_table, is_bare_rule, is_boxed
from index.convert.leaders import leads_to_amount, led_table
from index.convert.pieces_of_text import NumberedLine
from index.convert.raised import raised
from index.document import Block, Cell, Gap, Paragraph, Provenance, RawRow, RawTable
from index.money import UNIT, parse_number

_MARKUP: Final = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+(?!\d+\s*-\s*$)|>\s+)")
"""List and heading marks, but not the dash of a page number (``- 17 -``)."""
_INLINE: Final = (
    (re.compile(r"~~[^~\n]+~~|<(?P<gone>del|s|strike)\b[^>]*>.*?</(?P=gone)>", re.IGNORECASE), ""),
    (re.compile(r"</?(?:b|i|u|em|strong|span|font|center)\b[^>]*>", re.IGNORECASE), ""),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"\*\*(.+?)\*\*"), r"\1"),
    (re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\[\^(\d{1,2})\]"), r"[\1]"),
    (re.compile(r"\\([\\`*_\[\]()#+.!|~<>-])"), r"\1"),
)
"""Marks within a line of Markdown, and what is left of them: of what is struck out nothing."""
_BESIDE: Final = re.compile(r"<(su[pb])>(?P<mark>[^<]*)</\1>", re.IGNORECASE)
_RULE_LINE: Final = re.compile(r"[\s:|]*-[\s:|-]*")
_AMOUNT: Final = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_TORN: Final = re.compile(rf"[\u4e00-\u9fff）)].*\d\n(?:{UNIT}|[%％])|\d[.,]\n\d[\d.,]*\s*(?:{UNIT}|[%％])")
"""A line's end between a number of prose and its unit, or within the number."""
_FEWEST_BARRED: Final = 2
"""Cells of a row that a menu has too (``首页 | 公开``)."""
_SIGNS: Final = (" / ", "；", ";", "，", ",")
"""Other signs that may part cells, where a header of as many cells stands above."""
_LineKind = Literal["tabs", "pipes", "bars", "boxed", "led", "words"]


def blocks_of_text(text: str, first: int = 1) -> list[Block | Gap]:
    """The tables and paragraphs of plain text; ``first`` is the number of its first line."""
    lines = enumerate(re.split(r"\r\n|\r|\n|\f", text), start=first)
    runs = groupby(_kinds(lines), key=lambda told: told[0])
    return [block for kind, run in runs for block in _blocks(kind, [line for _, line in run])]


def _kinds(lines: Iterable[NumberedLine]) -> Iterator[tuple[_LineKind, NumberedLine]]:
    """Each line with its kind; a bare rule below a drawn row is a rule of its table, a blank may begin a row."""
    kind: _LineKind = "words"
    for number, line in lines:
        own = _kind(line)
        if kind == "boxed" and (own in ("pipes", "bars") or is_bare_rule(line)):
            own = "boxed"
        kind = "bars" if kind == own == "bars" or (kind == "bars" and own == "pipes") else own
        yield kind, (number, line)


def _kind(line: str) -> _LineKind:
    if "\t" in line:
        return "tabs"
    if is_boxed(line):
        return "boxed"
    if line.strip().startswith("|") and line.count("|") > 1:
        return "pipes"
    if "|" in line or "｜" in line:
        return "bars"
    return "led" if leads_to_amount(line) else "words"


def _blocks(kind: _LineKind, lines: list[NumberedLine]) -> Iterator[Block | Gap]:
    if kind == "words":
        yield from _words(lines)
    elif kind == "tabs" and any(line.strip() for _, line in lines):
        table = _tabbed(lines)
        yield from [table] if table else [*_unread(lines), *_paragraphs(lines)]
    elif kind == "pipes":
        rows = [(number, line) for number, line in lines if not _RULE_LINE.fullmatch(line)]
        yield RawTable(tuple(_row(_pipe_cells(line), number) for number, line in rows))
    elif kind == "bars":
        table = _open_table(lines)
        yield from [table] if table else _paragraphs(lines)
    elif kind == "boxed":
        table = boxed_table(lines)
        yield from [table] if table else [*_unread(lines), *_paragraphs(lines)]
    elif kind == "led":
        table = led_table(lines)
        yield from [table] if table else _paragraphs(lines)


def _tabbed(lines: Sequence[NumberedLine]) -> RawTable | None:
    """The cells between tabs; several tabs may only align, then the cells are certain where no row lacks one."""
    rows = [(number, line.split("\t")) for number, line in lines]
    if _are_aligned([texts for _, texts in rows]):
        rows = [(number, re.split("\t+", line.strip("\t"))) for number, line in lines if line.strip()]
        if len({len(texts) for _, texts in rows}) > 1:
            return None
    return RawTable(tuple(_row(texts, number) for number, texts in rows))


def _are_aligned(rows: Sequence[Sequence[str]]) -> bool:
    """Whether numbers stand where the header has nothing, in rows that are shorter than it, and not in the others."""
    header, body = rows[0], rows[1:]
    if not body or not any(parse_number(text) is not None for text in body[0]):
        return False
    bare = [at for at, text in enumerate(header[:-1]) if at and not text.strip()]
    held = {(len(row) < len(header), bool(row[at].strip())) for row in body for at in bare if at < len(row)}
    return {(True, True), (False, False)} <= held


def _unread(lines: Sequence[NumberedLine]) -> list[Gap]:
    """What is said of a drawn table that stays text, if it has numbers."""
    count = sum(len(_AMOUNT.findall(line)) for _, line in lines)
    place = f"第 {lines[0][0]}～{lines[-1][0]} 行"
    return [Gap(f"{place}用制表符号画的表，格线对不上，里面的 {count} 个数没有作为表读入")] if count else []


def _words(lines: Sequence[NumberedLine]) -> Iterator[Block | Gap]:
    """Paragraphs, and the tables among them whose cells other signs part or blanks align."""
    start = at = 0
    while at < len(lines):
        table = next((table for sign in _SIGNS if (table := _parted(lines[at:], sign))), None)
        if table:
            yield from _in_columns(lines[start:at])
            yield table
            start = at = at + len(table.rows)
        else:
            at += 1
    yield from _in_columns(lines[start:])


def _parted(lines: Sequence[NumberedLine], sign: str) -> RawTable | None:
    """The table that begins here with its header, if a sign parts each line into as many cells."""
    count = lines[0][1].count(sign)
    if count < _FEWEST_BARRED:
        return None
    run = [*takewhile(lambda line: line[1].count(sign) == count, lines)]
    header, *body = [[text.strip() for text in line.split(sign)] for _, line in run]
    numbers = [sum(parse_number(text) is not None for text in texts) for texts in body]
    is_table = len(body) > 1 and all(map(names_column, header)) and all(numbers)
    return RawTable(tuple(_row(line.split(sign), number) for number, line in run)) if is_table else None


def _in_columns(lines: Sequence[NumberedLine]) -> Iterator[Block | Gap]:
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
    """A paragraph for each line, and for several that end within a figure."""
    told: list[Paragraph] = []
    for number, line in lines:
        if told and _TORN.search(f"{told[-1].text}\n{line.lstrip()}"):
            told[-1] = replace(told[-1], text=told[-1].text + _plain(line))
        elif _says(line):
            told.append(Paragraph(_plain(line), Provenance(line=number)))
    return iter(told)


def _says(line: str) -> bool:
    return bool(line.strip()) and not is_bare_rule(line)


def _row(texts: list[str], line: int) -> RawRow:
    return RawRow(tuple(Cell(text.strip()) for text in texts), Provenance(line=line))


def _open_table(lines: Sequence[NumberedLine]) -> RawTable | None:
    """Rows that no bar begins: a table if all have as many cells, and enough of them or a rule below the first."""
    rows = [(number, _cells(line)) for number, line in lines if not _RULE_LINE.fullmatch(line)]
    widths = {len(texts) for _, texts in rows}
    is_table = len(rows) > 1 and len(widths) == 1 and (len(rows) < len(lines) or min(widths) > _FEWEST_BARRED)
    return RawTable(tuple(_row(texts, number) for number, texts in rows)) if is_table else None


def _pipe_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    return _cells(inner.removesuffix("|"))


def _cells(line: str) -> list[str]:
    return [_printed(cell.strip()) for cell in re.split(r"(?<!\\)[|｜]", line)]


def _plain(line: str) -> str:
    return _printed(_MARKUP.sub("", line)).strip()


def _printed(text: str) -> str:
    """A text as Markdown shows it.

    >>> _printed("~~190.00~~ **200.00**"), _printed("*616.00"), _printed("300.00<sup>2</sup>"), _printed("&nbsp;5[^1]")
    (' 200.00', '*616.00', '300.00[2]', '\\xa05[1]')
    """
    for pattern, left in _INLINE:
        text = pattern.sub(left, text)
    return unescape(_BESIDE.sub(lambda match: raised(match["mark"], text[: match.start()]), text))
