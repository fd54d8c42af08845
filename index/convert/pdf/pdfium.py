"""Documents opened in pdfium, which one thread at a time may call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import pypdfium2

_PDFIUM = RLock()


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """The document, with what is filled into its forms. Raises pypdfium2.PdfiumError for damaged and locked files."""
    with _PDFIUM, pypdfium2.PdfDocument(content) as pdf:
        # Fields that bring no appearance of their own are given one.
        pdf.init_forms()
        yield pdf


def page_of(pdf: Any, page: int) -> Any:
    """A page, counted from 1. Raises IndexError where there is none."""
    if not 1 <= page <= len(pdf):
        raise IndexError(page)
    return pdf[page - 1]
