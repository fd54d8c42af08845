"""The header of a drawn table whose rules reach over some of its columns only: cells over several rows and columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from index.convert.pieces_of_text import width_of
from index.document import Cell, Provenance, RawRow

SIDES: Final = "│┃┆┇┊┋║╎╏╽╿｜︱|"
CORNERS: Final = "┌-╋╔-╬"
DASHES: Final = "─━┄┅┈┉═╌╍"
"""The signs that draw a table, each as what stands in the brackets of a regular expression."""

_EDGE: Final = re.compile(f"[{SIDES}{CORNERS}]")
_CORNER: Final = re.compile(f"[{CORNERS}]")
_DASHES: Final = re.compile(rf"[\s{DASHES}]*[{DASHES}]+[\s{DASHES}]*")


@dataclass(slots=True)
class _Open:
    """A cell under way, from its first level on."""

    level: int
    texts: list[str] = field(default_factory=list)


def signs_at(line: str, ambiguous: int) -> Iterator[tuple[int, str]]:
    """Each sign of a line with the place where it begins."""
    place = 0
    for sign in line:
        yield place, sign
        place += width_of(sign, ambiguous)


def nested_header(lines: Sequence[tuple[int, str]], grid: Sequence[int], ambiguous: int) -> list[RawRow] | None:
    """The rows of the header, None where an edge stands beside those of ``grid``, or cells overlap."""
    under_way: dict[tuple[int, int], _Open] = {}
    done: list[tuple[tuple[int, int], _Open, int]] = []
    level = 0
    for _, line in lines:
        parts = _parts(line.rstrip(), grid, ambiguous)
        if parts is None:
            return None
        ruled = {at for (first, end), text in parts if _DASHES.fullmatch(text) for at in range(first, end)}
        if is_broken := bool(_CORNER.search(line)):
            closed = [key for key in under_way if ruled >= set(range(*key))]
            done += [(key, under_way.pop(key), level) for key in closed]
            level += 1
        if any(ruled & set(range(*key)) for key in under_way):
            return None
        for key, text in parts:
            if _DASHES.fullmatch(text):
                continue
            if key not in under_way and (is_broken or _overlaps(key, under_way)):
                return None
            under_way.setdefault(key, _Open(level)).texts.append(text.strip())
    done += [(key, cell, level) for key, cell in under_way.items()]
    rows: list[list[Cell | None]] = [[None] * (len(grid) - 1) for _ in range(level + 1)]
    for (first, end), cell, last in done:
        rows[cell.level][first] = Cell("".join(cell.texts), last - cell.level + 1, end - first)
    return [RawRow(tuple(row), Provenance(line=lines[0][0])) for row in rows]


def _overlaps(key: tuple[int, int], others: dict[tuple[int, int], _Open]) -> bool:
    return any(set(range(*key)) & set(range(*other)) for other in others)


def _parts(line: str, grid: Sequence[int], ambiguous: int) -> list[tuple[tuple[int, int], str]] | None:
    """What stands between the edges of a line, with the columns that it reaches over."""
    signs = [*signs_at(line, ambiguous)]
    edges = [at for at, (_, sign) in enumerate(signs) if _EDGE.fullmatch(sign)]
    places = [signs[at][0] for at in edges]
    if not places or not grid or not set(places) <= set(grid) or (places[0], places[-1]) != (grid[0], grid[-1]):
        return None
    columns = [grid.index(place) for place in places]
    texts = [line[start + 1 : end] for start, end in itertools.pairwise(edges)]
    return [*zip(itertools.pairwise(columns), texts, strict=True)]
