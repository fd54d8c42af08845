"""Tables without rules: runs of lines whose pieces stand under each other; and rows that fell out of a ruled table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from index.convert.page.lines import Line, Piece
from index.document import Cell, Places, Provenance, RawRow

_NUMBER: Final = re.compile(r"[-−(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[%％)）]?")
_MIN_COLUMNS: Final = 3
_MIN_ROWS: Final = 3
_MAX_LEADING: Final = 4.0
_WRAPPED: Final = 0.75


@dataclass(frozen=True, slots=True)
class LineTable:
    """Lines that are a table, with the columns' borders."""

    lines: tuple[Line, ...]
    borders: tuple[float, ...]

    @property
    def rows(self) -> tuple[RawRow, ...]:
        """One row a printed row: what wraps within a cell stands closer than rows do."""
        return tuple(row_of(group, self.borders) for group in _printed_rows(self.lines))


def find_line_tables(lines: Sequence[Line]) -> Iterator[LineTable]:
    """The tables among lines that stand in no ruled grid."""
    for group in _groups(lines):
        columned = [line for line in group if len(line.pieces) >= 2]
        numbered = [line for line in columned if sum(map(_is_number, line.pieces)) >= 1]
        if len(numbered) < _MIN_ROWS or max(len(line.pieces) for line in columned) < _MIN_COLUMNS:
            continue
        first, last = group.index(columned[0]), group.index(columned[-1])
        borders = _borders(numbered)
        if len(borders) > _MIN_COLUMNS:
            yield LineTable(tuple(group[first : last + 1]), borders)


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that follow each other closely and of which hardly any is a plain line of prose."""
    group: list[Line] = []
    for line in lines:
        is_prose = len(line.pieces) == 1 and (len(line.text) > 30 or bool(re.search(r"[。；]$", line.text)))
        is_far = bool(group) and line.baseline - group[-1].baseline > _MAX_LEADING * line.size
        if is_prose or is_far:
            yield from _kept(group)
            group = []
        if not is_prose:
            group.append(line)
    yield from _kept(group)


def _kept(group: list[Line]) -> Iterator[list[Line]]:
    if sum(len(line.pieces) >= 2 for line in group) >= _MIN_ROWS:
        yield group


def _is_number(piece: Piece) -> bool:
    return bool(_NUMBER.fullmatch(piece.text.replace(" ", "")))


def _borders(lines: Sequence[Line]) -> tuple[float, ...]:
    """Column borders: right behind a column of amounts, which end alike, and in the middle of other gaps.

    A long name may reach over the amounts of other lines: it counts up to them only.
    """
    atoms = [atom for line in lines for atom in line.atoms]
    amounts = _united((atom.x0, atom.x1) for atom in atoms if _is_number(atom))
    words = ((atom.x0, _end_before(atom, amounts)) for atom in atoms if not _is_number(atom))
    spans = _united([*amounts, *words])
    inner = (_behind(left, right, left in amounts) for left, right in pairwise(spans))
    return (float("-inf"), *inner, float("inf"))


def _behind(left: tuple[float, float], right: tuple[float, float], is_amounts: bool) -> float:
    return left[1] + (right[0] - left[1]) / (10 if is_amounts else 2)


def _united(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Overlapping spans taken together."""
    united: list[tuple[float, float]] = []
    for x0, x1 in sorted(spans):
        if united and x0 < united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], x1))
        else:
            united.append((x0, x1))
    return united


def _end_before(atom: Piece, amounts: Sequence[tuple[float, float]]) -> float:
    return min([atom.x1, *(x0 for x0, _ in amounts if x0 > atom.x0)])


def _printed_rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    steps = [after.baseline - before.baseline for before, after in pairwise(lines) if len(after.pieces) >= 2]
    usual = median(steps) if steps else 0.0
    row: list[Line] = []
    for line in lines:
        if row and not (len(line.pieces) == 1 and line.baseline - row[-1].baseline < _WRAPPED * usual):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def row_of(lines: Sequence[Line], borders: Sequence[float]) -> RawRow:
    """A row from the pieces of its lines; a piece over several columns spans them."""
    width = len(borders) - 1
    provenance = Provenance(page=lines[0].page, places=tuple(line.place(line.pieces) for line in lines))
    if len(lines) == 1 and len(lines[0].atoms) == width and not any(map(_is_number, lines[0].atoms)):
        # A header with a word for each column: the words' order tells more than their alignment.
        return RawRow(tuple(Cell(atom.text, places=(lines[0].place([atom]),)) for atom in lines[0].atoms), provenance)
    texts = [""] * width
    spans = [1] * width
    places: list[Places] = [()] * width
    for line, piece in ((each, atom) for each in lines for atom in each.atoms):
        covered = _covered(piece, borders)
        texts[covered[0]] = f"{texts[covered[0]]} {piece.text}".strip()
        places[covered[0]] += (line.place([piece]),)
        spans[covered[0]] = max(spans[covered[0]], len(covered))
    cells: list[Cell | None] = []
    for column in range(width):
        hidden = any(column > at and column < at + spans[at] for at in range(column))
        cells.append(None if hidden and not texts[column] else Cell(texts[column], 1, spans[column], places[column]))
    return RawRow(tuple(cells), provenance)


def _covered(piece: Piece, borders: Sequence[float]) -> list[int]:
    """The columns under a piece: those of which it covers a good part, else the one with its middle."""
    middle = (piece.x0 + piece.x1) / 2
    inside = [
        at
        for at, (left, right) in enumerate(pairwise(borders))
        if min(right, piece.x1) - max(left, piece.x0) > 0.3 * min(right - left, piece.x1 - piece.x0)
    ]
    return inside or [at for at, (left, right) in enumerate(pairwise(borders)) if left <= middle < right]


def is_fallen_row(line: Line, columns: Sequence[float]) -> bool:
    """Whether a line outside of a ruled grid is one of its rows: its pieces stand in columns, amounts among them."""
    within = columns[0] - line.size <= line.x0 and line.x1 <= columns[-1] + line.size
    numbers = [piece for piece in line.pieces if _is_number(piece)]
    starts = {tuple(_covered(piece, columns)) for piece in line.pieces}
    return within and len(line.pieces) > 1 and bool(numbers) and len(starts) == len(line.pieces)
