"""Invented documents as files of each format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.invented.document import Form, InventedDocument, torn
from tests.writers.excel import write_xlsx
from tests.writers.html import write_html
from tests.writers.pdf import PdfLayout, write_pdf
from tests.writers.text import write_text
from tests.writers.word import write_docx

Write = Callable[[InventedDocument, Form, Path], None]


def pdf_layout(document: InventedDocument, form: Form, layout: PdfLayout | None = None) -> PdfLayout:
    """The form's habits on top of a layout."""
    layout = layout or PdfLayout()
    return replace(
        layout,
        header_rows=lambda table: document.header_rows[table] if form.repeat_header else 0,
        landscape=form.landscape,
        split_rows=layout.split_rows or form.split_rows,
        captions=document.captions,
        running_head=layout.running_head or document.running_head,
    )


FORMATS: Final[dict[str, Write]] = {
    "txt": lambda document, form, path: write_text(torn(document, form), path),
    "docx": lambda document, form, path: write_docx(document.blocks, path),
    "xlsx": lambda document, form, path: write_xlsx(document.blocks, path),
    "html": lambda document, form, path: write_html(document.blocks, path),
    "pdf": lambda document, form, path: write_pdf(document.blocks, path, pdf_layout(document, form)),
}
"""How each format is written. Text is torn at page breaks by us, PDF by its layout; the others have no pages."""
