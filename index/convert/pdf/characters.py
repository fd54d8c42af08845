"""The characters that pdfplumber finds on a page, each as a glyph on its baseline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from index.convert.page.glyphs import Glyph

_BOLD_BY_OVERPRINT: Final = 0.1


def read_glyphs(characters: Iterable[dict[str, Any]]) -> tuple[Glyph, ...]:
    """The visible characters in the order of drawing; what is drawn twice, for boldness or by mistake, counts once."""
    glyphs: list[Glyph] = []
    drawn: set[tuple[str, int, int]] = set()
    for character in characters:
        glyph = _glyph(character)
        if glyph is None or (glyphs and _is_overprint(glyphs[-1], glyph)):
            continue
        place = (glyph.text, round(glyph.x0), round(glyph.baseline))
        if place not in drawn:
            glyphs.append(glyph)
        drawn.add(place)
    return tuple(glyphs)


def _glyph(character: dict[str, Any]) -> Glyph | None:
    text = character["text"].replace("\x00", "").strip()
    size = character["size"]
    if not text or size <= 0:
        return None
    a, b, _, _, _, f = character["matrix"]
    straight = character["upright"] and abs(b) < abs(a)
    baseline = character["top"] + character["y1"] - f if straight else character["bottom"]
    x0, x1 = character["x0"], character["x1"]
    # Some fonts declare every digit as wide as a Chinese character: its box then covers its neighbours.
    if len(text) == 1 and text.isascii() and x1 - x0 > 0.8 * size:
        x1 = x0 + 0.5 * size
    return Glyph(text, x0, x1, baseline, size)


def _is_overprint(before: Glyph, glyph: Glyph) -> bool:
    near = _BOLD_BY_OVERPRINT * glyph.size
    return (
        before.text == glyph.text and abs(before.x0 - glyph.x0) < near and abs(before.baseline - glyph.baseline) < near
    )
