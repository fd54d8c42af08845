"""What the objects of an OFD page draw: characters, paths and pictures, in points from the page's top left corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any, Final

from index.convert.ofd.package import OfdPage, child, descendants, name, numbers

_POINTS: Final = 72 / 25.4
"""An OFD measures in millimetres."""
_DEEPEST: Final = 12
_NARROW: Final = 0.5
_WIDEST_STEP: Final = 1.3
_OPAQUE: Final = 255.0
_BLACK: Final = (0.0, 0.0, 0.0)

Color = tuple[float, ...]
"""Grey, red, green and blue, or four inks, each from 0 to 1."""
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class DrawnCharacter:
    """One character: its origin, how far the next one is, and along which direction it is written."""

    text: str
    origin: Point
    advance: float
    size: float
    direction: Point
    color: Color
    font: str


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """Lines through points, each a part of its own; curves by their ends."""

    lines: tuple[tuple[Point, ...], ...]
    stroke: Color | None
    fill: Color | None
    width: float


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture that fills a box: left, top, right and bottom."""

    resource: str
    box: tuple[float, float, float, float]


Drawn = DrawnCharacter | DrawnPath | DrawnPicture


def draw(page: OfdPage) -> Iterator[Drawn]:
    """Everything on the page in the order of drawing. Raises ValueError where a number is none."""
    left, top, _, _ = page.area
    start: Matrix = (_POINTS, 0.0, 0.0, _POINTS, -left * _POINTS, -top * _POINTS)
    for layer in page.layers:
        yield from _drawn_in(layer, _placed(layer, start), page, 0)


def _drawn_in(container: Any, matrix: Matrix, page: OfdPage, depth: int) -> Iterator[Drawn]:
    for element in container if depth < _DEEPEST else ():
        if element.get("Visible", "true") in ("false", "0") or element.get("Alpha") == "0":
            continue
        kind = name(element)
        if kind == "TextObject":
            yield from _characters(element, _placed(element, matrix), page)
        elif kind == "PathObject":
            yield from _path(element, _placed(element, matrix), page)
        elif kind == "ImageObject":
            box = _box_of(((0, 0), (1, 0), (1, 1), (0, 1)), _placed_picture(element, matrix))
            yield DrawnPicture(element.get("ResourceID", ""), box)
        elif kind == "PageBlock":
            yield from _drawn_in(element, matrix, page, depth + 1)
        elif kind == "CompositeObject":
            unit = page.resources.elements.get(element.get("ResourceID", ""))
            content = child(unit, "Content") if unit is not None else None
            if content is not None:
                yield from _drawn_in(content, _placed(element, matrix), page, depth + 1)


def _placed(element: Any, matrix: Matrix) -> Matrix:
    """How an object's own coordinates become the page's: by its own matrix, then to where its boundary begins."""
    boundary = numbers(element.get("Boundary"))
    moved = (1.0, 0.0, 0.0, 1.0, boundary[0], boundary[1]) if len(boundary) == 4 else _SAME
    own = numbers(element.get("CTM"))
    turned = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else _SAME
    return _then(_then(turned, moved), matrix)


def _placed_picture(element: Any, matrix: Matrix) -> Matrix:
    """A picture without a matrix of its own fills its boundary."""
    boundary = numbers(element.get("Boundary"))
    if element.get("CTM") or len(boundary) != 4:
        return _placed(element, matrix)
    return _then((boundary[2], 0.0, 0.0, boundary[3], boundary[0], boundary[1]), matrix)


def _then(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _at(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _box_of(points: Sequence[Point], matrix: Matrix) -> tuple[float, float, float, float]:
    placed = [_at(point, matrix) for point in points]
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    return min(xs), min(ys), max(xs), max(ys)


def _characters(element: Any, matrix: Matrix, page: OfdPage) -> Iterator[DrawnCharacter]:
    a, b, c, d, _, _ = matrix
    along, size = hypot(a, b), float(element.get("Size", 0)) * hypot(c, d)
    color = _color(element, "FillColor", page) or _BLACK
    if element.get("Fill") == "false":
        color = _color(element, "StrokeColor", page) or _BLACK
    font, narrowed = _font(element, page), float(element.get("HScale", 1))
    x = y = 0.0
    for code in (each for each in element if name(each) == "TextCode"):
        x, y = float(code.get("X", x)), float(code.get("Y", y))
        printed = (code.text or "").strip("\r\n\t")
        for sign, at, step in _steps(printed, (x, y), code, float(element.get("Size", 0)) * narrowed):
            origin, direction = _at(at, matrix), (a / (along or 1), b / (along or 1))
            yield DrawnCharacter(sign, origin, step * along, size, direction, color, font)


def _steps(printed: str, start: Point, code: Any, size: float) -> Iterator[tuple[str, Point, float]]:
    """Each character with where it stands and how wide it is: as far as the next one, unless that is far off."""
    right, down = _deltas(code.get("DeltaX"), len(printed)), _deltas(code.get("DeltaY"), len(printed))
    x, y = start
    for at, sign in enumerate(printed):
        usual = size * (_NARROW if sign.isascii() else 1.0)
        step = right[at] if at < len(right) else 0.0 if down else usual
        yield sign, (x, y), step if 0 < step < _WIDEST_STEP * usual else usual
        x, y = x + step, y + (down[at] if at < len(down) else 0.0)


def _deltas(value: str | None, most: int) -> list[float]:
    """Steps from one character to the next; ``g n v`` says that the step v comes n times.

    >>> _deltas("3 g 2 1.5 4", 9)
    [3.0, 1.5, 1.5, 4.0]
    """
    steps: list[float] = []
    words = iter((value or "").split())
    for word in words:
        if word == "g":
            count, step = int(next(words, "0")), next(words, "0")
            steps += numbers(step) * min(count, most)
        else:
            steps += numbers(word)
    return steps


def _path(element: Any, matrix: Matrix, page: OfdPage) -> Iterator[DrawnPath]:
    data = next(descendants(element, "AbbreviatedData"), None)
    lines = tuple(_lines((data.text or "").split() if data is not None else [], matrix))
    stroke = _color(element, "StrokeColor", page) or _BLACK if element.get("Stroke") != "false" else None
    fill = _color(element, "FillColor", page) or _BLACK if element.get("Fill") == "true" else None
    scale = hypot(matrix[2], matrix[3])
    yield DrawnPath(lines, stroke, fill, float(element.get("LineWidth", 0.353)) * scale)


_OPERANDS: Final[dict[str, int]] = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def _lines(words: Sequence[str], matrix: Matrix) -> Iterator[tuple[Point, ...]]:
    line: list[Point] = []
    at = 0
    while at < len(words):
        operator = words[at]
        count = _OPERANDS[operator]
        operands = numbers(" ".join(words[at + 1 : at + 1 + count]))
        at += 1 + count
        if operator in ("S", "M"):
            if len(line) > 1:
                yield tuple(line)
            line = []
        if operator == "C" and line:
            line.append(line[0])
        elif operator != "C":
            line.append(_at((operands[-2], operands[-1]), matrix))
    if len(line) > 1:
        yield tuple(line)


def _font(element: Any, page: OfdPage) -> str:
    """The name of a text's font, else its id."""
    named = element.get("Font", "")
    font = page.resources.elements.get(named)
    return named if font is None else str(font.get("FontName", named))


def _parameters(element: Any, page: OfdPage) -> Iterator[Any]:
    """What an object, or the layer around it, says by reference of how it is drawn, the closest first."""
    named = element.get("DrawParam") or element.getparent().get("DrawParam", "")
    for _ in range(_DEEPEST):
        parameter = page.resources.elements.get(named)
        if parameter is None:
            break
        yield parameter
        named = parameter.get("Relative", "")


def _color(element: Any, wanted: str, page: OfdPage) -> Color | None:
    """The colour as it looks on white paper, where it is partly transparent; None where there is none, or a pattern."""
    said = (child(each, wanted) for each in (element, *_parameters(element, page)))
    found = next((color for color in said if color is not None), None)
    value = "" if found is None else found.get("Value", "")
    if found is None or not value:
        return None
    parts = tuple(int(part[1:], 16) if part.startswith("#") else float(part) for part in value.split())
    opaque = float(found.get("Alpha", _OPAQUE)) / _OPAQUE * float(element.get("Alpha", _OPAQUE)) / _OPAQUE
    if len(parts) == 4:
        return tuple(opaque * part / _OPAQUE for part in parts)
    return tuple(1 - opaque * (1 - part / _OPAQUE) for part in parts)
