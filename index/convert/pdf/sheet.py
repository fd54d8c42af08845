"""A page of a PDF as shown: turned upright, its characters, rules, patches and pictures in points from the top left.

Of pdfium's text only single characters are taken, each with its box: what it makes of them as lines and words can't
be trusted in tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from ctypes import byref, c_double
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import hypot
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from index.convert.page.grids import Box
from index.convert.pdf.covered import without, written_over
from index.convert.pdf.lost import LostCharacters
from index.convert.pdf.objects import SAME, Drawn, Matrix, Path, Picture, Point, Text, address, at, drawn_on, then
from index.convert.pdf.visible import WHITE, Character, Patch, is_light, quarter_turns

_MOST_TURNED: Final = 0.6
_THICKEST_RULE: Final = 4.0
_STRAIGHT: Final = 0.5
_HYPHENS: Final = ("\x02", "\ufffe")
"""What pdfium gives for a hyphen at the end of a line."""
_UNKNOWN: Final = "(cid:0)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as shown. ``turn`` is by how many degrees it was turned clockwise to make its text stand upright."""

    number: int
    width: float
    height: float
    turn: int
    characters: tuple[Character, ...]
    patches: tuple[Patch, ...]
    rules: tuple[Box, ...]
    pictures: tuple[Box, ...]


def read_sheet(pdf: Any, number: int, lost: LostCharacters) -> Sheet:
    """A page, counted from 1. Raises pypdfium2.PdfiumError where it is damaged."""
    page = pdf[number - 1]
    own = pdfium.FPDFPage_CountObjects(page.raw)
    if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        # What annotations and fields show has become a part of the page.
        page = pdf[number - 1]
    drawn = list(drawn_on(page, own))
    texts = {each.key: (order, each) for order, each in enumerate(_readable(drawn)) if isinstance(each, Text)}
    signs = list(_signs(page, number, texts, written_over(texts, _patches(drawn, SAME)), lost))
    turns = int(pdfium.FPDFPage_GetRotation(page.raw))
    more = _turns(signs, texts, turns)
    left, low, right, high = page.get_bbox()
    shown = _shown((left, low, right, high), (turns + more) % 4)
    width, height = (right - left, high - low) if (turns + more) % 2 == 0 else (high - low, right - left)
    place = partial(_placed, matrix=shown)
    standing = {key: Standing(order, text, then(text.matrix, shown)) for key, (order, text) in texts.items()}
    return Sheet(
        number=number,
        width=width,
        height=height,
        turn=more * 90,
        characters=tuple(_character(sign, standing[sign.key], shown) for sign in signs),
        patches=tuple(_patches(drawn, shown)),
        rules=tuple(
            rule for path in drawn if isinstance(path, Path) and path.is_ruling for rule in _rules(path, shown)
        ),
        pictures=tuple(_bounds(place(each.corners)) for each in drawn if isinstance(each, Picture)),
    )


def _readable(drawn: Sequence[Drawn]) -> Sequence[Drawn | None]:
    """What is drawn, without text that isn't, unless it tells what a picture shows, or most of the page."""
    texts = [each for each in drawn if isinstance(each, Text)]
    if 2 * sum(each.is_drawn for each in texts) < len(texts):
        return drawn
    pictures = [_bounds(each.corners) for each in drawn if isinstance(each, Picture)]
    return [each if not isinstance(each, Text) or each.is_drawn or _lies_on(each, pictures) else None for each in drawn]


def _lies_on(text: Text, boxes: Sequence[Box]) -> bool:
    x, y = text.matrix[4:]
    return any(left <= x <= right and low <= y <= high for left, low, right, high in boxes)


class Sign(NamedTuple):
    """One character of a text, with its origin and its corners."""

    text: str
    key: int
    origin: Point
    box: Box


def _signs(
    page: Any, number: int, texts: Mapping[int, tuple[int, Text]], covered: Set[int], lost: LostCharacters
) -> Iterator[Sign]:
    """The characters but blanks, in the order of drawing."""
    found = _told_by_pdfium(page, texts)
    if covered:
        with without(page, covered):
            found |= {key: signs for key, signs in _told_by_pdfium(page, texts).items() if key not in covered}
    missing = [text for key, (_, text) in texts.items() if key not in found and not text.font.is_in_file]
    for text, told, box in lost.find(number, missing) if missing else ():
        found[text.key] = [Sign(told, text.key, (text.matrix[4], text.matrix[5]), box)]
    for key in texts:
        yield from found.get(key, ())


def _told_by_pdfium(page: Any, texts: Mapping[int, tuple[int, Text]]) -> dict[int, list[Sign]]:
    """The characters of each text; of some only blanks."""
    textpage = page.get_textpage()
    found: dict[int, list[Sign]] = {}
    x, y, box = c_double(), c_double(), pdfium.FS_RECTF()
    x_at, y_at, box_at = byref(x), byref(y), byref(box)
    raw = textpage.raw
    for nth in range(pdfium.FPDFText_CountChars(raw)):
        key = address(pdfium.FPDFText_GetTextObject(raw, nth))
        if key not in texts:
            continue
        signs = found.setdefault(key, [])
        if text := _told(raw, nth):
            pdfium.FPDFText_GetCharOrigin(raw, nth, x_at, y_at)
            pdfium.FPDFText_GetLooseCharBox(raw, nth, box_at)
            signs.append(Sign(text, key, (x.value, y.value), (box.left, box.bottom, box.right, box.top)))
    textpage.close()
    return found


def _told(textpage: Any, number: int) -> str:
    """The character, nothing for blanks and for those that pdfium adds."""
    text = chr(pdfium.FPDFText_GetUnicode(textpage, number))
    if text in _HYPHENS:
        return "-"
    if pdfium.FPDFText_IsGenerated(textpage, number) == 1:
        return ""
    if text == "\0" or pdfium.FPDFText_HasUnicodeMapError(textpage, number) == 1:
        return _UNKNOWN
    return text.strip()


def _turns(signs: Sequence[Sign], texts: Mapping[int, tuple[int, Text]], before: int) -> int:
    """By how many quarters more most of the text must be turned clockwise to stand upright."""
    turns: Counter[int | None] = Counter()
    for key, count in Counter(sign.key for sign in signs).items():
        turn = quarter_turns(texts[key][1].matrix)
        turns[None if turn is None else (turn - before) % 4] += count
    return next((turn for turn, count in turns.items() if turn and count > _MOST_TURNED * len(signs)), 0)


def _shown(window: Box, turns: int) -> Matrix:
    """How the page's own coordinates become those of what is shown, after so many quarter turns clockwise."""
    left, low, right, high = window
    return (
        (1.0, 0.0, 0.0, -1.0, -left, high),
        (0.0, 1.0, 1.0, 0.0, -low, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -low),
        (0.0, -1.0, -1.0, 0.0, high, right),
    )[turns]


class Standing:
    """What all characters of a text on the page have in common."""

    def __init__(self, order: int, text: Text, matrix: Matrix) -> None:
        a, b, c, d, _, _ = matrix
        self.font = text.font
        self.is_straight = a > 0 and abs(b) < abs(a)
        self.wide = text.size * a if self.is_straight and not text.font.is_in_file else 0.0
        self.told = {
            "size": text.size * hypot(c, d), "fontname": text.font.name, "non_stroking_color": text.color,
            "matrix": (a, -b), "order": order,
        }  # fmt: skip


def _character(sign: Sign, standing: Standing, shown: Matrix) -> Character:
    left, low, right, high = sign.box
    (x0, y0), (x1, y1) = at(left, low, shown), at(right, high, shown)
    if x1 < x0:
        x0, x1 = x1, x0
    top, bottom = (y1, y0) if y1 < y0 else (y0, y1)
    x, y = at(*sign.origin, shown)
    if standing.wide and len(sign.text) == 1 and (width := standing.font.width(sign.text)):
        x0, x1 = x, x + width * standing.wide
    baseline = y if standing.is_straight else bottom
    return {"text": sign.text, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "baseline": baseline, **standing.told}


def _patches(drawn: Sequence[Drawn], shown: Matrix) -> Iterator[Patch]:
    for order, each in enumerate(drawn):
        if isinstance(each, Path) and each.is_filled:
            for line in each.lines:
                if _is_box(placed := _placed(line, shown)):
                    yield Patch(order, _bounds(placed), each.fill is not None and is_light(each.fill, WHITE))
        elif isinstance(each, Picture):
            yield Patch(order, _bounds(_placed(each.corners, shown)), False)


def _rules(path: Path, shown: Matrix) -> Iterator[Box]:
    """Straight lines and thin areas; a box that is only filled is a background (a highlighted word), not a rule."""
    for line in path.lines:
        placed = _placed(line, shown)
        bounds = _bounds(placed)
        if len(placed) > 2 and _thickness(bounds) <= _THICKEST_RULE:
            yield bounds
        elif path.is_stroked:
            yield from _sides(placed)


def _sides(line: Sequence[Point]) -> Iterator[Box]:
    for (x0, y0), (x1, y1) in pairwise(line):
        if min(abs(x1 - x0), abs(y1 - y0)) <= _STRAIGHT:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_box(line: Sequence[Point]) -> bool:
    return len(line) >= 4 and all(min(abs(x1 - x0), abs(y1 - y0)) <= _STRAIGHT for (x0, y0), (x1, y1) in pairwise(line))


def _thickness(box: Box) -> float:
    return min(box[2] - box[0], box[3] - box[1])


def _placed(points: Sequence[Point], matrix: Matrix) -> tuple[Point, ...]:
    return tuple(at(x, y, matrix) for x, y in points)


def _bounds(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
