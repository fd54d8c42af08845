"""Tables of plain text that are drawn with box characters: what stands between two rules is one row, if it can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from index.convert.nested import CORNERS, DASHES, SIDES, nested_header, signs_at
from index.convert.pieces_of_text import NumberedLine, width_of
from index.document import Cell, Provenance, RawRow, RawTable
from index.money import parse_number

_RULE: Final = re.compile(rf"[\s{DASHES}{CORNERS}{SIDES}]*[{DASHES}{CORNERS}]{{2,}}[\s{DASHES}{CORNERS}{SIDES}]*")
_ASCII_RULE: Final = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
_BARE_RULE: Final = re.compile(rf"[\s\-=—－{DASHES}]*[\-=—－{DASHES}]{{3,}}[\s\-=—－{DASHES}]*")
_ROW: Final = re.compile(r"\s*[│┃┆┇┊┋║╎╏].*|[^│┃┆┇┊┋║╎╏]+(?:[│┃┆┇┊┋║╎╏][^│┃┆┇┊┋║╎╏]*){2,}")
_BROKEN: Final = re.compile(rf"[{CORNERS}]")
_WIDTHS: Final = (2, 1)
_LAST: Final = -1
"""Where a line's last cell ends: at the table's edge, wherever that is drawn."""
LONGEST: Final = 1000
"""No line of a table that is drawn or aligned is longer; those of prose may be."""


def is_bare_rule(line: str) -> bool:
    """Whether a line is nothing but a rule, which may belong to a table or to none."""
    return len(line) <= LONGEST and bool(_BARE_RULE.fullmatch(line))


def is_boxed(line: str) -> bool:
    """Whether a line is a row of a drawn table, or a rule of it.

    >>> [is_boxed(line) for line in ("├──┼──┤", "+----+---+", "│合计│1│", "-----", "合计  1")]
    [True, True, True, False, False]
    """
    if len(line) > LONGEST or is_bare_rule(line):
        return False
    return any(pattern.fullmatch(line) for pattern in (_RULE, _ASCII_RULE, _ROW))


def boxed_table(lines: Sequence[NumberedLine]) -> RawTable | None:
    """The table that is drawn, None where its cells can't be told for certain."""
    runs = [list(run) for ruled, run in groupby(lines, key=lambda line: _is_rule(line[1])) if not ruled]
    if any(_BROKEN.search(line) for run in runs[1:] for _, line in run):
        return None
    return next((table for width in _WIDTHS if (table := _table(runs, width))), None)


def _table(runs: Sequence[list[NumberedLine]], ambiguous: int) -> RawTable | None:
    is_nested = any(_BROKEN.search(line) for run in runs[:1] for _, line in run)
    body = runs[1:] if is_nested else runs
    cells = _in_columns([line for run in body for _, line in run], ambiguous)
    header = nested_header(runs[0], _grid(body, ambiguous), ambiguous) if is_nested else []
    if cells is None or header is None:
        return None
    # With rules between some rows only each line is a row.
    each_ruled = len(runs) > 2 and 2 * sum(len(run) == 1 for run in runs[1:]) >= len(runs) - 1
    rows: list[RawRow] = [*header]
    for run in body:
        placed = [(number, next(cells)) for number, _ in run]
        rows += (
            _joined(placed) if each_ruled and run is not runs[0] else (_row(number, line) for number, line in placed)
        )
    return RawTable(tuple(rows)) if len(rows) > 1 else None


def _grid(runs: Sequence[list[NumberedLine]], ambiguous: int) -> list[int]:
    """Where the sides of the line with the most cells stand."""
    lines = [line.rstrip() for run in runs for _, line in run]
    sides = [[place for place, sign in signs_at(line, ambiguous) if sign in SIDES] for line in lines]
    return max(sides, key=len, default=[])


def _is_rule(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_RULE, _ASCII_RULE, _BARE_RULE))


def _in_columns(lines: Sequence[str], ambiguous: int) -> Iterator[list[Cell | None]] | None:
    """The cells of each line in the columns of the table; None where sides of cells stand beside all others."""
    is_open = any(re.split(f"[{SIDES}]", line)[0].strip() for line in lines)
    parted = [_parted(line, is_open, ambiguous) for line in lines]
    if not all(texts for texts, _ in parted):
        return None
    most = max((len(texts) for texts, _ in parted), default=0)
    grids = {ends for texts, ends in parted if len(texts) == most}
    if all(len(texts) == most for texts, _ in parted):
        return iter([_spanned(texts, range(most)) for texts, _ in parted])
    if len(grids) != 1:
        return None
    grid = grids.pop()
    if any(not set(ends) <= set(grid) for _, ends in parted):
        return None
    return iter([_spanned(texts, [grid.index(end) for end in ends]) for texts, ends in parted])


def _spanned(texts: Sequence[str], ends: Sequence[int]) -> list[Cell | None]:
    cells: list[Cell | None] = []
    for text, end in zip(texts, ends, strict=True):
        span = end - len(cells) + 1
        cells += [Cell(text, column_span=span), *[None] * (span - 1)]
    return cells


def _parted(line: str, is_open: bool, ambiguous: int) -> tuple[list[str], tuple[int, ...]]:
    """What stands in the cells of a line, and where each of them ends.

    A table that is open on its left is so on its right: its last cell may be blank, its end is not drawn.
    """
    plain = line.rstrip()
    sides = [at for at, sign in enumerate(plain) if sign in SIDES]
    first = 0 if is_open else sides.pop(0) + 1
    edges = [*sides, *([len(plain)] if is_open or plain[-1] not in SIDES else [])]
    starts = [first, *(edge + 1 for edge in edges)]
    texts = [plain[start:edge].strip() for start, edge in zip(starts, edges, strict=False)]
    ends = [width_of(plain[:edge], ambiguous) for edge in edges[:-1]]
    return texts, (*ends, _LAST)


def _joined(rows: Sequence[tuple[int, list[Cell | None]]]) -> Iterator[RawRow]:
    """Several lines of one row as one, unless one of its cells has a number and something else besides."""
    texts = [[cell.text if cell else "" for cell in cells] for _, cells in rows]
    is_plain = all(cell and cell.column_span == 1 for _, cells in rows for cell in cells)
    if len(rows) == 1 or not is_plain or len({len(cells) for _, cells in rows}) > 1:
        yield from (_row(number, cells) for number, cells in rows)
        return
    columns = [[text for text in column if text] for column in zip(*texts, strict=True)]
    has_pair = any(len(column) > 1 and any(parse_number(text) is not None for text in column) for column in columns)
    if has_pair:
        yield from (_row(number, cells) for number, cells in rows)
    else:
        yield _row(rows[0][0], [Cell("".join(column)) for column in columns])


def _row(number: int, cells: Sequence[Cell | None]) -> RawRow:
    return RawRow(tuple(cells), Provenance(line=number))
