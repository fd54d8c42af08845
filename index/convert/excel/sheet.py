"""From the cells of a worksheet to blocks: blank rows part its tables, what fills a whole line is a paragraph.

Title and unit rows that stand in the columns of the table are left in it: cleaning reads them in every format.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from index.convert.edges import told_at_edges
from index.convert.grid import lines_of, plain, raw_table
from index.convert.placed import Placed
from index.convert.problems import table_too_large
from index.convert.stacks import unstacked
from index.document import Block, Gap, Provenance
from index.money import parse_number
from index.notes import is_note

UNCOMPUTED: Final = "（公式无值）"
"""What stands in a cell whose formula was never computed: it is neither empty nor zero."""
RULED_SIDES: Final = 2
"""A cell with lines on that many sides is a table's; the line above a table may belong to the cells over it."""

_MAX_LABEL: Final = 60
_MAX_CAPTION: Final = 3
_CAPTION: Final = re.compile(
    r"\S{0,8}(?:单\s*位|部\s*门|年\s*度|日\s*期|编\s*号|制\s*表|填\s*表|审\s*核|复\s*核|负责人|经办人)\S{0,4}\s*[:：]"
    r"|附?表\s*[\d一二三四五六七八九十]"
)
_MAX_COVERED: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range or a single cell, counted from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Sheet:
    """A worksheet as read: what its filled cells show, by row and column counted from 0.

    ``edges`` are what pages print at their top and foot,
    ``uncomputed`` counts formulas whose value the file doesn't hold, ``typed`` numbers that are no formulas.
    """

    name: str | None
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    ruled_rows: set[int] = field(default_factory=set)
    edges: list[tuple[str, str]] = field(default_factory=list)
    uncomputed: int = 0
    typed: int = 0


@dataclass(frozen=True, slots=True)
class _Shown:
    """A filled cell that is seen, with the area that it takes up."""

    area: Area
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows without a blank one between them: paragraphs, the table, and paragraphs again."""

    above: Sequence[Placed]
    body: Sequence[Placed]
    below: Sequence[Placed]


def sheet_blocks(sheet: Sheet) -> tuple[Block | Gap, ...]:
    """The sheet's tables and paragraphs from top to bottom; hidden rows and columns are not there."""
    gap = Gap(f"工作表“{sheet.name}”里 {sheet.uncomputed} 个公式没有算好的数（用 Excel 或 WPS 打开并保存后可以读入）")
    blocks = (*_blocks(sheet), *told_at_edges(sheet.edges))
    return (*blocks, gap) if sheet.uncomputed else blocks


def _blocks(sheet: Sheet) -> tuple[Block, ...]:
    shown = _shown(sheet)
    rows = sorted({cell.area.first_row for cell in shown})
    columns = sorted({cell.area.first_column for cell in shown})
    provenance = [Provenance(line=row + 1, sheet=sheet.name) for row in rows]
    cells = [_placed(cell, rows, columns, provenance) for cell in shown]
    ruled = {number for number, row in enumerate(rows) if row in sheet.ruled_rows}
    parts = _parts(cells, _starts(sheet, shown, rows), ruled)
    left = min((cell.column for part in parts for cell in part.body), default=0)
    blocks: list[Block] = []
    for group in _sequences(parts):
        width = max((cell.column + cell.column_span - left for part in group for cell in part.body), default=0)
        for part in group:
            blocks += (block for cell in part.above for block in cell.content)
            blocks += _tables(part.body, provenance, left, width)
            blocks += (block for cell in part.below for block in cell.content)
    return tuple(blocks)


def _shown(sheet: Sheet) -> list[_Shown]:
    """The filled cells that are seen, row by row: not what is hidden or covered by a merged range."""
    merged = {(area.first_row, area.first_column): area for area in sheet.merged}
    covering = _covering(sheet)
    row_ends, column_ends = _ends_of_runs(sheet.hidden_rows), _ends_of_runs(sheet.hidden_columns)
    shown: list[_Shown] = []
    for (row, column), text in sorted(sheet.texts.items()):
        own = merged.get((row, column))
        if own is None and any(area.first_column <= column <= area.last_column for area in covering[row]):
            continue
        area = own or Area(row, column, row, column)
        # The text of a merged range stands in what is left of it where its first rows or columns are hidden.
        first_row, first_column = row_ends.get(row, row - 1) + 1, column_ends.get(column, column - 1) + 1
        if first_row <= area.last_row and first_column <= area.last_column:
            shown.append(_Shown(replace(area, first_row=first_row, first_column=first_column), text))
    return sorted(shown, key=lambda cell: (cell.area.first_row, cell.area.first_column))


def _covering(sheet: Sheet) -> defaultdict[int, list[Area]]:
    """The merged ranges by the filled rows that they reach over."""
    rows = sorted({row for row, _ in sheet.texts})
    covering: defaultdict[int, list[Area]] = defaultdict(list)
    covered = 0
    for area in sheet.merged:
        reached = rows[bisect_left(rows, area.first_row) : bisect_left(rows, area.last_row + 1)]
        covered += len(reached)
        if covered > _MAX_COVERED:
            raise table_too_large()
        for row in reached:
            covering[row].append(area)
    return covering


def _ends_of_runs(hidden: set[int]) -> dict[int, int]:
    """For each hidden line the last one of those hidden together with it."""
    ends: dict[int, int] = {}
    for line in sorted(hidden, reverse=True):
        ends[line] = ends.get(line + 1, line)
    return ends


def _placed(cell: _Shown, rows: Sequence[int], columns: Sequence[int], provenance: Sequence[Provenance]) -> Placed:
    """The cell's place among the rows and columns in which any cell begins."""
    area = cell.area
    row, column = bisect_left(rows, area.first_row), bisect_left(columns, area.first_column)
    return Placed(
        row,
        column,
        lines_of(cell.text, provenance[row]),
        bisect_left(rows, area.last_row + 1) - row,
        bisect_left(columns, area.last_column + 1) - column,
    )


def _starts(sheet: Sheet, shown: Sequence[_Shown], rows: Sequence[int]) -> set[int]:
    """Which of ``rows`` stand below a blank row, by their place among them."""
    hidden = sorted(sheet.hidden_rows)
    starts: set[int] = set()
    end = -1
    for cell in shown:
        first = cell.area.first_row
        between = first - end - 1 - (bisect_left(hidden, first) - bisect_left(hidden, end + 1))
        if between > 0:
            starts.add(bisect_left(rows, first))
        end = max(end, cell.area.last_row)
    return starts


def _parts(cells: Sequence[Placed], starts: set[int], ruled: set[int]) -> list[_Part]:
    """The runs of rows, each parted into what stands above, in and below its table."""
    parts: list[_Part] = []
    run: list[list[Placed]] = []
    for row, line in groupby(cells, key=lambda cell: cell.row):
        if row in starts and run:
            parts.append(_part(run, ruled, is_first=not any(part.body for part in parts)))
            run = []
        run.append(list(line))
    return [*parts, _part(run, ruled, is_first=not any(part.body for part in parts))] if run else parts


def _part(run: Sequence[Sequence[Placed]], ruled: set[int], is_first: bool) -> _Part:
    """A table is what has lines around its cells, if anything has.

    Without lines what stands alone above the sheet's first table is a title; further down only what is merged.
    """
    if all(len(line) == 1 for line in run) or _is_caption(run):
        return _Part([cell for line in run for cell in line], [], [])
    framed = [number for number, line in enumerate(run) if line[0].row in ruled]
    first, last = (_header_above(run, framed[0]), framed[-1] + 1) if framed else (0, len(run))
    while not framed and len(run[first]) == 1 and (is_first or run[first][0].column_span > 1):
        first += 1
    while first < last - 1 and len(run[last - 1]) == 1 and _is_prose(run[last - 1][0]):
        last -= 1
    return _Part(*([cell for line in lines for cell in line] for lines in (run[:first], run[first:last], run[last:])))


def _header_above(run: Sequence[Sequence[Placed]], framed: int) -> int:
    """Where the table begins whose lines begin at ``framed``: its header may have none.

    Then merged cells reach from it down to the lines, or it stands right above a first row of numbers.
    """
    first = run[framed][0].row
    heads = [number for number, line in enumerate(run[:framed]) if len(line) > 1 and _captions(line) < len(line)]
    reaching = [
        number
        for number in heads
        if any(cell.row_span > 1 and cell.row + cell.row_span == first for cell in run[number])
    ]
    if reaching:
        return reaching[0]
    above = run[framed - 1]
    is_bare = framed - 1 in heads and _has_number(run[framed]) and not (_has_number(above) or _captions(above))
    return framed - 1 if is_bare else framed


def _has_number(line: Sequence[Placed]) -> bool:
    return any(parse_number(cell.text) is not None for cell in line)


def _captions(line: Sequence[Placed]) -> int:
    """How many cells of a line name the owner, the unit or the year of a table."""
    return sum(bool(_CAPTION.match(plain(cell.text))) for cell in line)


def _is_caption(run: Sequence[Sequence[Placed]]) -> bool:
    """Whether a line of its own between blank rows names the owner and the unit of the table below."""
    line = run[0]
    return len(run) == 1 and len(line) <= _MAX_CAPTION and _captions(line) == len(line)


def _is_prose(cell: Placed) -> bool:
    return is_note(cell.text) or len(cell.text) > _MAX_LABEL


def _sequences(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Tables with nothing but blank rows between them: cleaning may find that they are one, so they share a width."""
    group: list[_Part] = []
    for part in parts:
        if group and (part.above or group[-1].below or not part.body or _has_title(part.body)):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _has_title(cells: Sequence[Placed]) -> bool:
    return len(cells) > 1 and cells[1].row > cells[0].row


def _tables(cells: Sequence[Placed], provenance: Sequence[Provenance], left: int, width: int) -> Iterator[Block]:
    if cells:
        first, last = cells[0].row, cells[-1].row
        moved = [replace(cell, row=cell.row - first, column=cell.column - left) for cell in cells]
        yield raw_table(*unstacked(moved, provenance[first : last + 1]), width)
