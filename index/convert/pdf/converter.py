"""PDF files as a whole: their pages one after the other, and what of them can't be read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from index.convert.page import PageContent, blocks_of, read_page
from index.convert.page.unread import recognised_pages, require_text, told_gaps
from index.convert.pdf.characters import read_glyphs
from index.convert.pdf.fields import field_glyphs
from index.convert.pdf.picture import draw_scan
from index.convert.pdf.ruling import find_grids
from index.convert.pdf.unreadable import shows_pictures, without_unreadable
from index.convert.pdf.visible import upright, visible_characters
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
    left, top, right, bottom = page.cropbox
    content = read_page(page.page_number, (left, top, right, bottom), glyphs, find_grids(page))
    return replace(
        content,
        height=float(page.height),
        glyphs=len(characters),
        has_pictures=shows_pictures(page, characters),
        fonts=fonts,
    )
