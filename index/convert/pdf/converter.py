"""PDF files as a whole: their pages one after the other, and what of them can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import pypdfium2

from index.convert.page import PageContent, blocks_of, read_page
from index.convert.page.rulings import grids_between
from index.convert.page.unread import recognised_pages, require_text, told_gaps
from index.convert.pdf.characters import read_glyphs
from index.convert.pdf.lost import LostCharacters
from index.convert.pdf.pdfium import opened
from index.convert.pdf.picture import draw_scan
from index.convert.pdf.sheet import Sheet, read_sheet
from index.convert.pdf.struck import without_struck
from index.convert.pdf.unreadable import shows_pictures, without_unreadable
from index.convert.pdf.visible import visible_characters
from index.convert.problems import damaged, locked
from index.convert.scan.replace import with_scans
from index.document import Block, Gap, Recognised
from index.errors import DocumentError

_SIGNATURE: Final = b"%PDF-"
_HEAD: Final = 1024
_SAVE_ANEW: Final = "请重新下载，或另存为一份新的 PDF。"


class PdfConverter:
    """Reads PDF files that hold text, with or without rules around their tables."""

    def accepts(self, content: bytes) -> bool:
        """The signature may stand behind a few stray bytes."""
        return _SIGNATURE in content[:_HEAD]

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap | Recognised, ...]:
        """Raises DocumentError for encrypted, damaged and scanned files."""
        pages = with_scans(tuple(_pages(content, path)), partial(draw_scan, content))
        require_text(pages, f"PDF 文件“{path.name}”")
        return (*blocks_of(pages), *told_gaps(pages), *recognised_pages(pages))


def _pages(content: bytes, path: Path) -> Iterator[PageContent]:
    try:
        lost = LostCharacters(content)
        with opened(content) as pdf:
            for number in range(1, len(pdf) + 1):
                yield _read_page(read_sheet(pdf, number, lost))
    except pypdfium2.PdfiumError as error:
        raise _problem(error, path) from error


def _problem(error: pypdfium2.PdfiumError, path: Path) -> DocumentError:
    if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
        return locked(path.name)
    return damaged(path.name, _SAVE_ANEW)


def _read_page(sheet: Sheet) -> PageContent:
    characters, rules = without_struck(visible_characters(sheet), sheet.rules)
    readable, fonts = without_unreadable(characters)
    window = (0.0, 0.0, sheet.width, sheet.height)
    content = read_page(sheet.number, window, read_glyphs(readable), grids_between(rules))
    return replace(
        content,
        glyphs=len(characters),
        has_pictures=shows_pictures(sheet, characters),
        fonts=fonts,
    )
