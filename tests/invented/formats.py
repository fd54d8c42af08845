"""Invented documents as files of each format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.invented.document import Form, InventedDocument, torn
from tests.writers.excel import write_xlsx
from tests.writers.html import write_html
from tests.writers.pdf import PdfLayout, write_pdf
from tests.writers.text import write_text
from tests.writers.word import write_docx

Write = Callable[[InventedDocument, Form, Path], None]


def _write_pdf(document: InventedDocument, form: Form, path: Path) -> None:
    layout = PdfLayout(
        header_rows=lambda table: document.header_rows[table] if form.repeat_header else 0,
        landscape=form.landscape,
        split_rows=form.split_rows,
        captions=document.captions,
        running_head=document.running_head,
    )
    write_pdf(document.blocks, path, layout)


FORMATS: Final[dict[str, Write]] = {
    "txt": lambda document, form, path: write_text(torn(document, form), path),
    "docx": lambda document, form, path: write_docx(document.blocks, path),
    "xlsx": lambda document, form, path: write_xlsx(document.blocks, path),
    "html": lambda document, form, path: write_html(document.blocks, path),
    "pdf": _write_pdf,
}
"""How each format is written. Text is torn at page breaks by us, PDF by its layout; the others have no pages."""
