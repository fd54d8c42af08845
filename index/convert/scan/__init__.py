"""Scanned pages, of whatever file: straightened, recognised, and read through the same passes as PDF.

Needs the extra ``ocr``: ask ``index.recognition.can_recognise`` before anything of this package but ``replace`` is
imported.
"""
