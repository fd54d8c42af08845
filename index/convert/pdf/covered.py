"""Texts that others are written over: of equal characters at one place pdfium tells the first, seen or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from typing import Any, Final

import pypdfium2.raw as pdfium

from index.convert.pdf.objects import Text, address
from index.convert.pdf.visible import WHITE, Patch, is_light

_ROW, _MOST_ROWS = 12.0, 20
"""How high a row of text is about, and over how many of them what covers text reaches at most."""
_DEEPEST: Final = 12


def written_over(texts: Mapping[int, tuple[int, Text]], patches: Iterable[Patch]) -> set[int]:
    """The keys of texts that begin under a box or picture on which another one begins, and of those in white."""
    rows: dict[int, list[int]] = {}
    for key, (_, text) in texts.items():
        rows.setdefault(int(text.matrix[5] // _ROW), []).append(key)
    found = {key for key, (_, text) in texts.items() if is_light(text.color, WHITE)}
    for patch in patches:
        first, last = int(patch.box[1] // _ROW), int(patch.box[3] // _ROW)
        if last - first > _MOST_ROWS:
            continue
        near = (key for row in range(first, last + 1) for key in rows.get(row, ()))
        within = [key for key in near if patch.covers(*texts[key][1].matrix[4:])]
        below = [key for key in within if texts[key][0] < patch.order]
        if len(below) < len(within):
            found.update(below)
    return found


@contextmanager
def without(page: Any, keys: Set[int]) -> Iterator[None]:
    """The page as it is without these texts; afterwards they are its own again, in no order."""
    taken = [*_take_away(page.raw, keys)]
    try:
        yield
    finally:
        for thing in taken:
            pdfium.FPDFPage_InsertObject(page.raw, thing)


def _take_away(page: Any, keys: Set[int]) -> Iterator[Any]:
    things = [pdfium.FPDFPage_GetObject(page, nth) for nth in range(pdfium.FPDFPage_CountObjects(page))]
    for thing in things:
        if address(thing) in keys:
            pdfium.FPDFPage_RemoveObject(page, thing)
            yield thing
        elif pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _take_from_form(thing, keys, 0)


def _take_from_form(form: Any, keys: Set[int], depth: int) -> Iterator[Any]:
    things = [pdfium.FPDFFormObj_GetObject(form, nth) for nth in range(pdfium.FPDFFormObj_CountObjects(form))]
    for thing in things:
        if address(thing) in keys:
            pdfium.FPDFFormObj_RemoveObject(form, thing)
            yield thing
        elif pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _take_from_form(thing, keys, depth + 1)
