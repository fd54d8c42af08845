"""Scanned pages, of whatever file: straightened, recognised, and read through the same passes as PDF.

Needs the extra ``ocr``. Ask ``can_recognise`` before anything else of this package is imported.
"""

from index.convert.scan.available import can_recognise

__all__ = ["can_recognise"]
