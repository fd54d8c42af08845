"""Tables beside each other: read one after the other, each with the lines that stand above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.convert.page.grids import Grid
from index.convert.page.lines import Line, Piece

_OVERLAP: Final = 0.5
"""The share of the lower table's height that another one has in common with it if it stands beside it."""
_CAPTION_LEADING: Final = 5.0
_STEP: Final = 0.01
"""How far apart in reading order what is moved below a table is put: less than any line is high."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """A page's grids, each knowing its place in reading order, and its lines in that order."""

    grids: tuple[Grid, ...]
    lines: tuple[Line, ...]


def arrange(grids: Sequence[Grid], lines: Sequence[Line]) -> Arranged:
    """Put each table that stands right of another below it, with its captions."""
    placed = list(grids)
    kept = list(lines)
    for left in sorted(grids, key=lambda grid: grid.box[0]):
        right = next(_right_of(left, grids), None)
        if right is None:
            continue
        base = _place_of(left, placed) + (left.rows[-1] - left.rows[0])
        captions = _captions(left, right, kept)
        kept = [rest for line in kept for rest in (_without(line, right) if line in captions else (line,))]
        moved = [_moved(line, right, base + _STEP * number) for number, line in enumerate(captions, start=1)]
        placed[placed.index(right)] = replace(right, place=base + _STEP * (len(captions) + 1))
        kept += moved
    return Arranged(tuple(placed), tuple(sorted(kept, key=lambda line: line.baseline)))


def _place_of(grid: Grid, placed: Sequence[Grid]) -> float:
    return next(other.top for other in placed if other.box == grid.box)


def _right_of(left: Grid, grids: Sequence[Grid]) -> Iterator[Grid]:
    """The tables beside ``left`` on its right, the nearest first."""
    for grid in sorted(grids, key=lambda grid: grid.box[0]):
        common = min(left.rows[-1], grid.rows[-1]) - max(left.rows[0], grid.rows[0])
        height = min(left.rows[-1] - left.rows[0], grid.rows[-1] - grid.rows[0])
        if grid.box[0] >= left.box[2] and common > _OVERLAP * height:
            yield grid


def _captions(left: Grid, right: Grid, lines: Sequence[Line]) -> list[Line]:
    """The lines close above both tables of which a part stands above the right one."""
    found: list[Line] = []
    edge = max(left.rows[0], right.rows[0])
    for line in reversed([line for line in lines if line.baseline <= edge]):
        if edge - line.baseline > _CAPTION_LEADING * line.size or any(
            _crosses(piece, left, right) for piece in line.pieces
        ):
            break
        edge = line.baseline
        if any(_is_above(piece, right) for piece in line.pieces):
            found.insert(0, line)
    return found


def _crosses(piece: Piece, left: Grid, right: Grid) -> bool:
    return piece.x0 < left.box[2] and piece.x1 > right.box[0]


def _is_above(piece: Piece, grid: Grid) -> bool:
    return grid.box[0] <= (piece.x0 + piece.x1) / 2 <= grid.box[2]


def _without(line: Line, grid: Grid) -> tuple[Line, ...]:
    """What is left of the line beside what stands above ``grid``."""
    return _only(line, [piece for piece in line.pieces if not _is_above(piece, grid)])


def _moved(line: Line, grid: Grid, baseline: float) -> Line:
    (part,) = _only(line, [piece for piece in line.pieces if _is_above(piece, grid)])
    return replace(part, baseline=baseline, drawn_at=line.baseline)


def _only(line: Line, pieces: Sequence[Piece]) -> tuple[Line, ...]:
    if not pieces:
        return ()
    left, right = pieces[0].x0, pieces[-1].x1
    atoms = tuple(atom for atom in line.atoms if left <= atom.x0 and atom.x1 <= right)
    return (replace(line, pieces=tuple(pieces), atoms=atoms),)
