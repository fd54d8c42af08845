"""PDF files: characters and rules on a page to tables and paragraphs, page by page."""

from index.convert.pdf.converter import PdfConverter

__all__ = ["PdfConverter"]
