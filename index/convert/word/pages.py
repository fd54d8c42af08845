"""Which page a place of a Word file was printed on, as far as the file tells: it stores text, not pages."""

from __future__ import annotations

from typing import Any, Final

from index.convert.word.names import flag, value, w

_SAME_PAGE: Final = ("continuous", "nextColumn")


class Pages:
    """Counts pages: by the breaks that Word noted when it last laid the document out, else by those the author set.

    Without either the page stays unknown.
    """

    def __init__(self, body: Any) -> None:
        self._is_rendered = next(body.iter(w("lastRenderedPageBreak")), None) is not None
        self._sections = [value(section, "type") or "nextPage" for section in body.iter(w("sectPr"))]
        self._section = 0
        self.current: int | None = 1 if self._is_rendered or self._has_set_breaks(body) else None

    def rendered_break(self) -> None:
        """Word noted a page break here."""
        if self.current is not None:
            self.current += 1

    def set_break(self) -> None:
        """The author set a page break here; where Word noted its own, this one is among them."""
        if self.current is not None and not self._is_rendered:
            self.current += 1

    def section_break(self) -> None:
        """A section ends here; the next one tells how it begins."""
        self._section += 1
        following = self._sections[self._section] if self._section < len(self._sections) else _SAME_PAGE[0]
        if following not in _SAME_PAGE:
            self.set_break()

    def _has_set_breaks(self, body: Any) -> bool:
        breaks = any(element.get(w("type")) == "page" for element in body.iter(w("br")))
        before = any(flag(properties, "pageBreakBefore") for properties in body.iter(w("pPr")))
        return breaks or before or any(section not in _SAME_PAGE for section in self._sections[1:])
