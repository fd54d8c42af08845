"""What Word's styles say that changes which words are read: hidden or struck text, numbers, tables of contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from index.convert.word.names import VAL, count, flag, value, w

UNREAD_EFFECTS: Final = ("vanish", "strike", "dstrike")
"""What text has that is not to be read: it is hidden, or a line or two go through it."""


WHITE: Final = "FFFFFF"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A place in a list: which one, and how deep. List 0 is no list."""

    number_id: str
    level: int


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    effects: Mapping[str, bool]
    numbered: Numbered | None
    is_shaded: bool


class Styles:
    """The document's styles, each with what it takes over from those it is based on."""

    def __init__(self, tree: Any | None) -> None:
        elements = tree.iterfind(w("style")) if tree is not None else ()
        self._styles: Mapping[str, _Style] = {element.get(w("styleId"), ""): _read(element) for element in elements}

    def has(self, style: str | None, effect: str) -> bool:
        """Whether text of ``style`` has one of the effects by which it is not read."""
        return next((known.effects[effect] for known in self._line(style) if effect in known.effects), False)

    def numbered(self, style: str | None) -> Numbered | None:
        """The list that paragraphs of ``style`` belong to."""
        return next((known.numbered for known in self._line(style) if known.numbered), None)

    def is_shaded(self, style: str | None) -> bool:
        """Whether ``style`` draws a ground behind any of its text."""
        return any(known.is_shaded for known in self._line(style))

    def is_contents(self, style: str | None) -> bool:
        """Whether ``style`` is an entry's of a table of contents."""
        return any(known.name.lower().startswith("toc ") for known in self._line(style))

    def _line(self, style: str | None) -> Iterator[_Style]:
        """The style and its ancestors."""
        seen: set[str] = set()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on


def numbered_by(properties: Any | None) -> Numbered | None:
    """The place in a list that paragraph properties give."""
    number_id = value(properties, "numPr/numId")
    return Numbered(number_id, count(properties, "numPr/ilvl", 0)) if number_id is not None else None


def _read(element: Any) -> _Style:
    name = element.find(w("name"))
    return _Style(
        name.get(VAL, "") if name is not None else "",
        value(element, "basedOn"),
        {effect: is_on for effect in UNREAD_EFFECTS if (is_on := flag(element, f"rPr/{effect}")) is not None},
        numbered_by(element.find(w("pPr"))),
        any(is_ground(shading) for shading in element.iter(w("shd"))),
    )


def is_ground(shading: Any | None) -> bool:
    """Whether a shading is another ground than that of the paper."""
    return shading is not None and shading.get(w("fill"), "auto").upper() not in ("AUTO", WHITE)
