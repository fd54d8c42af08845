"""Tables of plain text whose columns are aligned by blanks: read where the header tells every column for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from index.convert.boxed import LONGEST, is_bare_rule
from index.convert.pieces_of_text import NumberedLine, Piece, pieces_of
from index.dictionary import read_yaml
from index.document import Cell, Gap, Provenance, RawRow, RawTable
from index.money import parse_number
from index.notes import is_note
from index.ordinals import rank
from index.pagination import is_page_number

_WIDTHS: Final = (2, 1)
"""Of signs that some fonts draw as wide as Chinese letters."""
_HEADER_WORDS: Final = re.compile("|".join(read_yaml("columns.yaml")["header_words"]))
_CAPTION: Final = re.compile(r"[:：]|表$|^[（(]?20\d\d年度?[）)]?$")
_PROSE: Final = re.compile("[。；，]")
_AMOUNT: Final = re.compile(r"[-−△(（]?(?:\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|\d+[.．]\d+)[)）]?")
_CODE: Final = re.compile(r"\d{3,}")
_OF_ITS_OWN: Final = re.compile(r"^(?:其中|合计|总计|小计|本年|上年|结转)|计$|[:：]")
_MIN_SHARE: Final = 0.7
_MAX_HEAD: Final = 20
_FEWEST: Final = 2
"""Lines with amounts that make a table, if nothing can be read of it."""
_LABELS: Final = 2
"""The code and the name, before the amounts."""
_FULL: Final = 2
"""A name is as long as its column if no letter more would have had room."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Some lines that are a table: what was read of them, or what is said of them."""

    first: int
    end: int
    read: RawTable | Gap


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    pieces: tuple[Piece, ...]

    @property
    def has_numbers(self) -> bool:
        """Whether the line is one of a table: something and a number behind it."""
        return len(self.pieces) > 1 and any(piece.is_number for piece in self.pieces)

    @property
    def has_amounts(self) -> bool:
        """Whether a number of the line can only be an amount."""
        return len(self.pieces) > 1 and any(_AMOUNT.fullmatch(piece.text) for piece in self.pieces[1:])

    @property
    def heads(self) -> bool:
        """Whether the line may be one of a header."""
        texts = [piece.text for piece in self.pieces]
        if len(texts) < 2 or any(piece.is_number for piece in self.pieces):
            return False
        if any(len(text) > _MAX_HEAD or _PROSE.search(text) or is_captioned(text) for text in texts):
            return False
        return sum(bool(_HEADER_WORDS.search(text)) for text in texts) >= _MIN_SHARE * len(texts)


def names_column(text: str) -> bool:
    """Whether a text has a word of those that head columns, and is not longer than these are."""
    return len(text) <= _MAX_HEAD and bool(_HEADER_WORDS.search(text)) and parse_number(text) is None


def is_captioned(text: str) -> bool:
    """Whether a piece names the unit, the owner, the year or the table, and so is no column's header."""
    return not text.startswith("其中") and bool(_CAPTION.search(re.sub(r"[（(][^）)]*[）)]", "", text)))


def aligned_tables(lines: Sequence[NumberedLine]) -> Iterator[Aligned]:
    """The tables among some lines, by their places among them."""
    shown = _without_page_numbers(lines)
    by_width = [[_Line(*lines[at], _pieces(lines[at][1], width)) for at in shown] for width in _WIDTHS]
    wide = by_width[0]
    at = 0
    while at < len(wide):
        heads = _count_heads(wide, at)
        if not heads and (table := _spaced(_Line(*lines[place], _words(lines[place][1])) for place in shown[at:])):
            end = at + len(table.rows)
            yield Aligned(shown[at], shown[end - 1] + 1, table)
            at = end
            continue
        end = _end(wide, at + heads) if heads or wide[at].has_amounts else at
        if end == at + heads:
            at += 1
            continue
        tables = (_table(each[at : at + heads], each[at + heads : end]) for each in by_width) if heads else ()
        table = next((table for table in tables if table), None)
        if table or _says_amounts(wide[at:end]):
            yield Aligned(shown[at], shown[end - 1] + 1, table or _told(wide[at:end]))
        at = end


def _words(text: str) -> tuple[Piece, ...]:
    """Whatever stands between blanks, one wide."""
    return tuple(Piece(found.group(), *found.span()) for found in re.finditer(r"\S+", text[:LONGEST]))


def _spaced(lines: Iterator[_Line]) -> RawTable | None:
    """The table that begins here if single blanks part its cells, none of which is blank, amounts behind names."""
    header = next(lines)
    width = len(header.pieces) if header.heads else 0
    if width <= _LABELS:
        return None
    body = [*takewhile(lambda line: len(line.pieces) == width and _is_spaced(line), lines)]
    return _in_order([header], body, _LABELS) if len(body) >= _FEWEST else None


def _is_spaced(line: _Line) -> bool:
    return all(piece.is_number for piece in line.pieces[_LABELS:]) and not line.pieces[_LABELS - 1].is_number


def _pieces(text: str, ambiguous: int) -> tuple[Piece, ...]:
    return tuple(pieces_of(text, ambiguous)) if len(text) <= LONGEST else (Piece(text, 0, len(text)),)


def _without_page_numbers(lines: Sequence[NumberedLine]) -> list[int]:
    """The places of the lines but for numbers of pages, and for blank lines around them: a table may go on behind."""
    kinds = "".join(map(_kind, (text.strip() for _, text in lines)))
    dropped = {at for run in re.finditer(" *n[ n]*", kinds) for at in range(*run.span())}
    return [at for at in range(len(lines)) if at not in dropped]


def _kind(line: str) -> str:
    """A sign for each line: a page's number, unless it may be an amount; a blank one; any other."""
    return "n" if is_page_number(line) and not line.isdecimal() else "x" if line else " "


def _says_amounts(lines: Sequence[_Line]) -> bool:
    return sum(line.has_amounts for line in lines) >= _FEWEST


def _told(lines: Sequence[_Line]) -> Gap:
    numbers = [piece.text for line in lines for piece in line.pieces if _AMOUNT.fullmatch(piece.text)]
    place = f"第 {lines[0].number}～{lines[-1].number} 行"
    return Gap(f"{place}像是用空格排成的表，列对不准，里面的 {len(numbers)} 个数没有作为表读入（如“{numbers[0]}”）")


def _count_heads(lines: Sequence[_Line], at: int) -> int:
    """How many lines from ``at`` on are a header, rules among them, with a line of numbers below."""
    heads = [*takewhile(lambda line: line.heads or is_bare_rule(line.text), lines[at:])]
    below = lines[at + len(heads) : at + len(heads) + 1]
    return len(heads) if heads and heads[0].heads and below and below[0].has_numbers else 0


def _end(lines: Sequence[_Line], at: int) -> int:
    """Where the lines end that go on as those of a table; one without numbers goes on if one with numbers follows."""
    end = at
    while at < len(lines):
        line = lines[at]
        if line.has_numbers and not _PROSE.search(line.text.replace("，", "")):
            end = at + 1
        elif line.pieces and not is_bare_rule(line.text) and not _may_go_on(line):
            break
        elif line.pieces and lines[at - 1].has_numbers and len(line.pieces) == 1 and line.text.startswith((" ", "　")):
            end = at + 1
        elif not line.pieces and at and not lines[at - 1].pieces:
            break
        at += 1
    return end


def _may_go_on(line: _Line) -> bool:
    """Whether a line without a number may be the rest of a name, or a name without amounts."""
    text = line.text.strip()
    is_other = is_note(text) or _PROSE.search(text) or is_captioned(text) or line.heads
    return not is_other and len(text) <= _MAX_HEAD


def _table(heads: Sequence[_Line], body: Sequence[_Line]) -> RawTable | None:
    """The table, None where a column or what stands over it is not certain."""
    header = [line for line in heads if not is_bare_rule(line.text)]
    lines = [line for line in body if line.pieces and not is_bare_rule(line.text)]
    if len(header) > 2:
        return None
    upper, leaves = (header[0].pieces, header[1].pieces) if len(header) > 1 else ((), header[0].pieces)
    alone = [piece for piece in upper if not any(_overlap(piece, leaf) for leaf in leaves)]
    groups = [piece for piece in upper if piece not in alone]
    filled = [piece for line in lines if line.has_numbers for piece in line.pieces]
    columns = _columns([*leaves, *alone], filled)
    spans = _groups(groups, leaves)
    if columns is None:
        return _in_order(header, lines) if not upper else None
    if spans is None:
        return None
    rows = [_cells(line, columns) for line in lines]
    if any(row is None for row in rows):
        return None
    texts = [row for row in rows if row is not None]
    joined = _joined([(line.number, row) for line, row in zip(lines, texts, strict=True)])
    top = _header(header, columns, [*leaves, *alone], spans, alone)
    return RawTable((*top, *(_row(texts, number) for number, texts in joined)))


def _in_order(header: Sequence[_Line], lines: Sequence[_Line], labels: int = 0) -> RawTable | None:
    """Where no cell is blank the columns are told by the order alone, however badly they are aligned."""
    rows = [[piece.text for piece in line.pieces] for line in lines]
    kinds = {tuple(piece.is_number for piece in line.pieces[labels:]) for line in lines}
    if len(kinds) != 1 or any(len(row) != len(header[0].pieces) for row in rows):
        return None
    names = _row([piece.text for piece in header[0].pieces], header[0].number)
    return RawTable((names, *(_row(row, line.number) for row, line in zip(rows, lines, strict=True))))


def _row(texts: Sequence[str], number: int) -> RawRow:
    return RawRow(tuple(map(Cell, texts)), Provenance(line=number))


def _overlap(one: Piece, other: Piece) -> bool:
    return one.start < other.end and other.start < one.end


def _columns(heads: Sequence[Piece], filled: Sequence[Piece]) -> list[Piece] | None:
    """What each column reaches over, named by its header; None where one has no header, or two."""
    merged: list[tuple[int, int]] = []
    for piece in sorted([*heads, *filled], key=lambda piece: piece.start):
        if merged and piece.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], piece.end))
        else:
            merged.append((piece.start, piece.end))
    named = [[piece for piece in heads if start <= piece.start < end] for start, end in merged]
    held = [any(start <= piece.start < end for piece in filled) for start, end in merged]
    if any(len(each) > 1 for each in named):
        return None
    columns: list[Piece] = []
    at = 0
    while at < len(merged):
        pair = sorted((bool(named[n]), held[n]) for n in range(at, min(at + 2, len(merged))))
        is_parted = pair == [(False, True), (True, False)]
        is_alone = is_parted and not _is_open(named, held, at - 1) and not _is_open(named, held, at + 2)
        end = at + 1 if is_alone else at
        name = next((each[0].text for each in named[at : end + 1] if each), None)
        if name is None:
            return None
        columns.append(Piece(name, merged[at][0], merged[end][1]))
        at = end + 1
    return columns


def _is_open(named: Sequence[Sequence[Piece]], held: Sequence[bool], at: int) -> bool:
    """Whether a column lacks its header, or anything below it: what is beside it may be a part of it."""
    return 0 <= at < len(held) and not (named[at] and held[at])


def _groups(groups: Sequence[Piece], leaves: Sequence[Piece]) -> list[tuple[Piece, int, int]] | None:
    """What stands over several columns, with the first and the last of these; None where that is not certain."""
    if not groups:
        return []
    texts = [leaf.text for leaf in leaves]
    size, rest = divmod(len(leaves), len(groups))
    if len(groups) > 1 and not rest and texts == texts[:size] * len(groups):
        return [(group, n * size, n * size + size - 1) for n, group in enumerate(groups)]
    begun = [max((n for n, group in enumerate(groups) if group.start <= leaf.start), default=0) for leaf in leaves]
    middles = [(group.start + group.end) / 2 for group in groups]
    nearest = [min(range(len(groups)), key=lambda n: abs(middles[n] - (leaf.start + leaf.end) / 2)) for leaf in leaves]
    if len(groups) > 1 and begun != nearest:
        return None
    found = [[at for at, group in enumerate(nearest) if group == n] for n in range(len(groups))]
    return [(group, each[0], each[-1]) for group, each in zip(groups, found, strict=True)] if all(found) else None


def _header(
    header: Sequence[_Line],
    columns: Sequence[Piece],
    heads: Sequence[Piece],
    spans: Sequence[tuple[Piece, int, int]],
    alone: Sequence[Piece],
) -> list[RawRow]:
    if len(header) == 1:
        return [_row([column.text for column in columns], header[0].number)]
    places = [next(n for n, column in enumerate(columns) if _overlap(column, head)) for head in heads]
    upper: list[Cell | None] = [Cell("")] * len(columns)
    lower: list[Cell | None] = [Cell(column.text) for column in columns]
    for at, head in zip(places, heads, strict=True):
        if head in alone:
            upper[at], lower[at] = Cell(head.text, row_span=2), None
    for group, first, last in spans:
        start, end = places[first], places[last]
        upper[start : end + 1] = [Cell(group.text, column_span=end - start + 1), *[None] * (end - start)]
    return [
        RawRow(tuple(cells), Provenance(line=line.number)) for cells, line in zip((upper, lower), header, strict=True)
    ]


def _cells(line: _Line, columns: Sequence[Piece]) -> list[str] | None:
    """What a line prints in each column; None where a number stands in none, or beside another one."""
    cells: list[list[Piece]] = [[] for _ in columns]
    for piece in line.pieces:
        at = next((n for n, column in enumerate(columns) if _overlap(piece, column)), None)
        if at is None:
            return None
        cells[at].append(piece)
    if any(len(each) > 1 and any(piece.is_number for piece in each) for each in cells):
        return None
    return [" ".join(piece.text for piece in each) for each in cells]


def _joined(rows: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows, a name that goes on in the next line put together."""
    names = _name_column([texts for _, texts in rows])
    has_codes = _has_codes([texts for _, texts in rows], names)
    longest = max((len(texts[names]) for _, texts in rows), default=0)
    joined: list[tuple[int, list[str]]] = []
    for number, texts in rows:
        if joined and _goes_on(joined[-1][1], texts, names, has_codes, longest):
            before = joined[-1][1]
            joined[-1] = (joined[-1][0], [a + b for a, b in zip(before, texts, strict=True)])
        else:
            joined.append((number, texts))
    return joined


def _name_column(rows: Sequence[Sequence[str]]) -> int:
    """The column with the most words."""
    words = [sum(bool(row[at]) and parse_number(row[at]) is None for row in rows) for at in range(len(rows[0]))]
    return words.index(max(words))


def _has_codes(rows: Sequence[Sequence[str]], names: int) -> bool:
    codes = [any(_CODE.fullmatch(text) for text in row[:names]) for row in rows]
    return 2 * sum(codes) > len(rows)


def _goes_on(before: Sequence[str], row: Sequence[str], names: int, has_codes: bool, longest: int) -> bool:
    """Whether a line has the rest of the name above: it has no code and no amount, or those that the name lacks."""
    name = row[names]
    if not name or not before[names] or _OF_ITS_OWN.search(name) or rank(name) is not None or any(row[:names]):
        return False
    if any(a and b for at, (a, b) in enumerate(zip(before, row, strict=True)) if at != names):
        return False
    if len(before[names]) < longest - _FULL:
        return False
    return any(before[:names]) if has_codes else not any(row[names + 1 :])
