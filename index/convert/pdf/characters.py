"""The visible characters of a page, each as a glyph on its baseline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from index.convert.page.glyphs import Glyph, drawn_once


def read_glyphs(characters: Iterable[dict[str, Any]]) -> tuple[Glyph, ...]:
    """The visible characters in the order of drawing; what is drawn twice, for boldness or by mistake, counts once."""
    return drawn_once(glyph for character in characters if (glyph := _glyph(character)))


def _glyph(character: dict[str, Any]) -> Glyph | None:
    text = character["text"].replace("\x00", "").strip()
    size = character["size"]
    if not text or size <= 0:
        return None
    x0, x1 = character["x0"], character["x1"]
    # Some fonts declare every digit as wide as a Chinese character: its box then covers its neighbours.
    if len(text) == 1 and text.isascii() and x1 - x0 > 0.8 * size:
        x1 = x0 + 0.5 * size
    return Glyph(text, x0, x1, character["baseline"], size)
