"""What a page of a PDF draws, in the order of drawing: texts, paths and pictures, in the page's own coordinates.

pdfium is called straight: its wrappers would take longer than its work.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint, create_string_buffer
from dataclasses import dataclass, replace
from typing import Any, Final

import pypdfium2.raw as pdfium

_DEEPEST: Final = 12
_MOST_NAME: Final = 256
_SEEN: Final = 0.3
"""How opaque at least is what a reader sees."""

_UNDRAWN: Final = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Color = tuple[float, float, float]
SAME: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Font:
    """A font, and how wide its characters are: where the file doesn't hold it, boxes are those of another font."""

    def __init__(self, raw: Any) -> None:
        name = create_string_buffer(_MOST_NAME)
        length = pdfium.FPDFFont_GetBaseFontName(raw, name, _MOST_NAME)
        self.name = name.raw[: max(min(length, _MOST_NAME) - 1, 0)].decode("utf-8", "replace")
        self.is_in_file = pdfium.FPDFFont_GetIsEmbedded(raw) == 1
        self._raw = raw
        self._widths: dict[str, float] = {}

    def width(self, character: str) -> float:
        """How wide a character is for each point of its size; 0 where that isn't known."""
        if character not in self._widths:
            width = c_float()
            pdfium.FPDFFont_GetGlyphWidth(self._raw, ord(character), 1000.0, byref(width))
            self._widths[character] = width.value / 1000
        return self._widths[character]


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text in one font: ``key`` tells which, ``matrix`` is how its characters stand.

    ``color`` is what is seen of it on white paper. ``is_drawn`` tells text from that which only searches find.
    """

    key: int
    matrix: Matrix
    size: float
    font: Font
    color: Color | None
    is_drawn: bool = True


@dataclass(frozen=True, slots=True)
class Path:
    """Lines through points, curves by their ends. What is None isn't drawn, or drawn in no plain colour."""

    lines: tuple[tuple[Point, ...], ...]
    is_stroked: bool
    is_filled: bool
    fill: Color | None
    is_ruling: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by its corners."""

    corners: tuple[Point, ...]


Drawn = Text | Path | Picture


def drawn_on(page: Any, own: int) -> Iterator[Drawn]:
    """Everything that is drawn, also within form objects.

    Behind the page's ``own`` objects come those of fields and annotations: the frames of fields are no rules.
    """
    fonts: dict[int, Font] = {}
    raw = page.raw
    for nth in range(pdfium.FPDFPage_CountObjects(raw)):
        for each in _drawn(pdfium.FPDFPage_GetObject(raw, nth), SAME, fonts, 0):
            yield replace(each, is_ruling=False) if nth >= own and isinstance(each, Path) else each


def then(first: Matrix, second: Matrix) -> Matrix:
    """Both, one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def at(x: float, y: float, matrix: Matrix) -> Point:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def address(pointer: Any) -> int:
    """What tells one of pdfium's objects from another."""
    return addressof(pointer.contents) if pointer else 0


def _drawn(thing: Any, outer: Matrix, fonts: dict[int, Font], depth: int) -> Iterator[Drawn]:
    kind = pdfium.FPDFPageObj_GetType(thing)
    matrix = then(_matrix(thing), outer)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        yield from _text(thing, matrix, fonts)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield from _path(thing, matrix)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        yield Picture(tuple(at(x, y, matrix) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        for number in range(pdfium.FPDFFormObj_CountObjects(thing)):
            yield from _drawn(pdfium.FPDFFormObj_GetObject(thing, number), matrix, fonts, depth + 1)


def _matrix(thing: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, byref(matrix)):
        return SAME
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _text(thing: Any, matrix: Matrix, fonts: dict[int, Font]) -> Iterator[Text]:
    color, opacity = _color(thing)
    if opacity >= _SEEN:
        size = c_float()
        pdfium.FPDFTextObj_GetFontSize(thing, byref(size))
        is_drawn = pdfium.FPDFTextObj_GetTextRenderMode(thing) not in _UNDRAWN
        yield Text(address(thing), matrix, size.value, _font(thing, fonts), _on_white(color, opacity), is_drawn)


def _font(thing: Any, fonts: dict[int, Font]) -> Font:
    raw = pdfium.FPDFTextObj_GetFont(thing)
    key = address(raw)
    if key not in fonts:
        fonts[key] = Font(raw)
    return fonts[key]


def _color(thing: Any) -> tuple[Color | None, float]:
    """The colour of a text or an area, None where that is a pattern, and how opaque it is."""
    red, green, blue, opacity = c_uint(), c_uint(), c_uint(), c_uint(255)
    if not pdfium.FPDFPageObj_GetFillColor(thing, byref(red), byref(green), byref(blue), byref(opacity)):
        return None, 1.0
    return (red.value / 255, green.value / 255, blue.value / 255), opacity.value / 255


def _on_white(color: Color | None, opacity: float) -> Color | None:
    """What is seen of a colour that lets the paper through."""
    if color is None:
        return None
    red, green, blue = (1 - (1 - part) * opacity for part in color)
    return red, green, blue


def _path(thing: Any, matrix: Matrix) -> Iterator[Path]:
    how, is_stroked = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(thing, byref(how), byref(is_stroked))
    if not how.value and not is_stroked.value:
        return
    color, opacity = _color(thing) if how.value else (None, 0.0)
    is_filled = bool(how.value) and opacity >= _SEEN
    if is_filled or is_stroked.value:
        yield Path(tuple(_lines(thing, matrix)), bool(is_stroked.value), is_filled, color)


def _lines(thing: Any, matrix: Matrix) -> Iterator[tuple[Point, ...]]:
    x, y = c_float(), c_float()
    line: list[Point] = []
    for number in range(pdfium.FPDFPath_CountSegments(thing)):
        segment = pdfium.FPDFPath_GetPathSegment(thing, number)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if line and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield tuple(line)
            line = []
        line.append(at(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            line.append(line[0])
    if line:
        yield tuple(line)
