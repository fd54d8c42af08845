"""PDF files as a whole: pages one after the other, tables that go on over pages put on common columns."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress, groupby, takewhile
from operator import not_
from pathlib import Path
from typing import Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from index.convert.pdf.beside import arrange
from index.convert.pdf.cells import fill, is_inside
from index.convert.pdf.fields import field_glyphs
from index.convert.pdf.glyphs import Run, read_glyphs, runs_of
from index.convert.pdf.lines import Line, read_lines
from index.convert.pdf.prose import margins_of, paragraphs_of, without_furniture
from index.convert.pdf.ruling import Grid, find_grids, on_columns
from index.convert.pdf.unreadable import shows_pictures, told_of_fonts, told_of_pictures, without_unreadable
from index.convert.pdf.unruled import find_line_tables, is_fallen_row, row_of
from index.convert.pdf.visible import upright, visible_characters
from index.convert.problems import damaged, locked
from index.document import Block, Gap, RawRow, RawTable
from index.errors import DocumentError

_SIGNATURE: Final = b"%PDF-"
_HEAD: Final = 1024
_MIN_GLYPHS_PER_PAGE: Final = 5
_UNREADABLE: Final = 0.3
_NEAR_TABLE: Final = 3.0
_SAVE_ANEW: Final = "请重新下载，或另存为一份新的 PDF。"

Columns = tuple[float, ...]
"""The borders of a table's columns, one more than there are columns."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page: its grids with their runs of characters, and the lines that stand outside of them.

    ``has_pictures`` and ``fonts`` are what can't be read of it: pictures, and text in fonts of these names.
    """

    number: int
    height: float
    grids: tuple[tuple[Grid, tuple[Run, ...]], ...]
    lines: tuple[Line, ...]
    glyphs: int
    has_pictures: bool = False
    fonts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where on which page it begins."""

    page: int
    top: float
    block: Block


class PdfConverter:
    """Reads PDF files that hold text, with or without rules around their tables."""

    def accepts(self, content: bytes) -> bool:
        """The signature may stand behind a few stray bytes."""
        return _SIGNATURE in content[:_HEAD]

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """Raises DocumentError for encrypted, damaged and scanned files."""
        pages = tuple(_pages(content, path))
        _require_text(pages, path)
        return (*_blocks(_on_common_columns(pages)), *_gaps(pages))


def _pages(content: bytes, path: Path) -> Iterator[PageContent]:
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for page in pdf.pages:
                yield _read_page(page)
                page.close()
    except (PdfminerException, PDFException, PSException) as error:
        raise _problem(error, path) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError) as error:
        # What pdfminer raises from the depths of a file that breaks the rules of the format.
        raise damaged(path.name, _SAVE_ANEW) from error


def _problem(error: Exception, path: Path) -> DocumentError:
    causes = [error, error.__cause__, error.__context__, *error.args]
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return locked(path.name)
    return damaged(path.name, _SAVE_ANEW)


def _read_page(page: Page) -> PageContent:
    page = upright(page)
    characters = visible_characters(page)
    readable, fonts = without_unreadable(characters)
    glyphs = (*read_glyphs(readable), *field_glyphs(page))
    runs = runs_of(glyphs)
    grids: list[tuple[Grid, tuple[Run, ...]]] = []
    for grid in sorted(find_grids(page), key=lambda grid: -len(grid.cells)):
        within = [is_inside(run, grid) for run in runs]
        if grid.width > 1 and sum(within) > 1:
            grids.append((grid, tuple(compress(runs, within))))
            runs = tuple(compress(runs, map(not_, within)))
    arranged = arrange([grid for grid, _ in grids], read_lines(runs, page.page_number))
    filled = tuple(zip(arranged.grids, (within for _, within in grids), strict=True))
    has_pictures = shows_pictures(page, characters)
    return PageContent(
        page.page_number, float(page.height), filled, arranged.lines, len(characters), has_pictures, fonts
    )


def _require_text(pages: Sequence[PageContent], path: Path) -> None:
    if sum(page.glyphs for page in pages) < _MIN_GLYPHS_PER_PAGE * len(pages):
        raise DocumentError(
            f"PDF 文件“{path.name}”没有文字层（多半是扫描件）。", "请换用文字版，或先做文字识别（OCR）再放入。"
        )
    broken = [page for page in pages if page.fonts]
    if sum(page.glyphs for page in broken) > _UNREADABLE * sum(page.glyphs for page in pages):
        told = told_of_fonts([page.number for page in broken], (font for page in broken for font in page.fonts))
        raise DocumentError(
            f"PDF 文件“{path.name}”{told}。", "请换用 Word、Excel 或网页版，或做文字识别（OCR）后再放入。"
        )


def _gaps(pages: Sequence[PageContent]) -> Iterator[Gap]:
    if pictured := [page.number for page in pages if page.has_pictures]:
        yield Gap(told_of_pictures(pictured))
    if broken := [page for page in pages if page.fonts]:
        yield Gap(told_of_fonts([page.number for page in broken], (font for page in broken for font in page.fonts)))


def _on_common_columns(pages: Sequence[PageContent]) -> tuple[PageContent, ...]:
    """A page's first grid takes over the columns of the page before where its own are among them, and the reverse."""
    aligned: list[PageContent] = []
    for page in pages:
        before = aligned[-1] if aligned else None
        if before and before.grids and page.grids:
            last = max(range(len(before.grids)), key=lambda at: before.grids[at][0].rows[-1])
            first = min(range(len(page.grids)), key=lambda at: page.grids[at][0].rows[0])
            upper, lower = before.grids[last][0], page.grids[first][0]
            if finer := on_columns(lower, upper.columns):
                page = _with_grid(page, first, finer)
            elif finer := on_columns(upper, lower.columns):
                aligned[-1] = _with_grid(before, last, finer)
        aligned.append(page)
    return tuple(aligned)


def _with_grid(page: PageContent, at: int, grid: Grid) -> PageContent:
    grids = list(page.grids)
    grids[at] = (grid, grids[at][1])
    return replace(page, grids=tuple(grids))


def _blocks(pages: Sequence[PageContent]) -> tuple[Block, ...]:
    heights = {page.number: page.height for page in pages}
    lines = without_furniture([line for page in pages for line in page.lines], heights)
    by_page = {number: list(group) for number, group in groupby(lines, key=lambda line: line.page)}
    placed: list[Placed] = []
    prose: list[Line] = []
    before: Columns = ()
    for page in pages:
        own = by_page.get(page.number, [])
        if before and not page.grids:
            fallen = list(takewhile(partial(is_fallen_row, columns=before), own))
            own = own[len(fallen) :]
            placed += [Placed(page.number, fallen[0].baseline, RawTable(_as_rows(fallen, before)))] if fallen else []
        tables, rest, before = _tables(page, own)
        placed += tables
        prose += rest
    placed += _prose(prose, placed)
    return tuple(each.block for each in sorted(placed, key=lambda each: (each.page, each.top)))


def _tables(page: PageContent, lines: list[Line]) -> tuple[list[Placed], list[Line], Columns]:
    """The page's tables, the lines that belong to none, and the columns of the lowest table."""
    tables: list[tuple[float, Placed, Columns]] = []
    for grid, runs in page.grids:
        above, below = _fallen_rows(grid, lines)
        lines = [line for line in lines if line not in above and line not in below]
        rows = (*_as_rows(above, grid.columns), *fill(grid, runs).rows(page.number), *_as_rows(below, grid.columns))
        tables.append((grid.rows[-1], Placed(page.number, grid.top, RawTable(rows)), grid.columns))
    for table in find_line_tables(lines):
        lines = [line for line in lines if line not in table.lines]
        placed = Placed(page.number, table.lines[0].baseline, RawTable(table.rows))
        tables.append((table.lines[-1].baseline, placed, table.borders))
    lowest = max(tables, key=lambda table: table[0], default=None)
    return [placed for _, placed, _ in tables], lines, lowest[2] if lowest else ()


def _fallen_rows(grid: Grid, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines right above and right below the grid that are rows of it."""
    top, bottom = grid.rows[0], grid.rows[-1]
    above = _rows_from(top, reversed([line for line in lines if line.baseline <= top]), grid)
    below = _rows_from(bottom, (line for line in lines if line.baseline > bottom), grid)
    return above[::-1], below


def _rows_from(edge: float, lines: Iterable[Line], grid: Grid) -> list[Line]:
    """The first of ``lines``, away from an edge of the grid, that are rows of it and stand close to each other."""
    rows: list[Line] = []
    for line in lines:
        if abs(line.baseline - edge) > _NEAR_TABLE * line.size or not is_fallen_row(line, grid.columns):
            break
        rows.append(line)
        edge = line.baseline
    return rows


def _as_rows(lines: Sequence[Line], columns: Columns) -> tuple[RawRow, ...]:
    return tuple(row_of([line], columns) for line in lines)


def _prose(lines: Sequence[Line], tables: Sequence[Placed]) -> Iterator[Placed]:
    """Paragraphs of the lines; none goes on behind a table."""
    starts = sorted((table.page, table.top) for table in tables)
    margins = {page: margins_of(list(group)) for page, group in groupby(lines, key=lambda line: line.page)}
    for _, between in groupby(lines, key=lambda line: bisect_left(starts, (line.page, line.baseline))):
        for first, paragraph in paragraphs_of(list(between), margins):
            yield Placed(first.page, first.baseline, paragraph)
