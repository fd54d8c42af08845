"""Printed lines to paragraphs: a line that fills its page's width goes on in the next one that is not indented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.convert.page.lines import Line
from index.document import Paragraph, Provenance
from index.ordinals import rank
from index.pagination import MIN_REPEATS, REPEATED_CAPTION, is_page_number

_FULL: Final = 2.2
"""How many characters a line may fall short of the right margin and still go on: punctuation may not begin a line."""
_INDENT: Final = 1.2
_MIN_LENGTH: Final = 12
_SAME_SIZE: Final = 0.12
_MAX_LEADING: Final = 3.2
_ENDS: Final = re.compile(r"[。！？：:；;]$")
_EDGE_ZONE: Final = 0.12


@dataclass(frozen=True, slots=True)
class Margins:
    """Where a page's running text begins and ends."""

    left: float
    right: float


def without_furniture(lines: Sequence[Line], heights: dict[int, float]) -> tuple[Line, ...]:
    """Lines without page numbers and without titles that run over the pages, the first of which stays."""
    edge = [line for line in lines if _at_edge(line, heights)]
    counted = Counter(line.text for line in edge)
    seen: set[str] = set()
    kept: list[Line] = []
    for line in lines:
        at_edge = _at_edge(line, heights)
        repeated = at_edge and counted[line.text] >= MIN_REPEATS and not REPEATED_CAPTION.search(line.text)
        if (at_edge and is_page_number(line.text.replace(" ", ""))) or (repeated and line.text in seen):
            continue
        seen.add(line.text)
        kept.append(line)
    return tuple(kept)


def _at_edge(line: Line, heights: dict[int, float]) -> bool:
    height = heights[line.page]
    return not _EDGE_ZONE * height < line.baseline < (1 - _EDGE_ZONE) * height


def margins_of(lines: Sequence[Line]) -> Margins | None:
    """The margins that long lines show; None where there are none."""
    long = [line for line in lines if len(line.pieces) == 1 and len(line.text) >= _MIN_LENGTH]
    if len(long) < 2:
        return None
    return Margins(min(line.x0 for line in long), max(line.x1 for line in long))


def paragraphs_of(lines: Sequence[Line], margins: dict[int, Margins | None]) -> Iterator[tuple[Line, Paragraph]]:
    """The paragraphs in reading order, each with its first line."""
    group: list[Line] = []
    for line in lines:
        if group and _goes_on(group[-1], line, margins[group[-1].page], margins[line.page]):
            group.append(line)
            continue
        yield from _paragraphs(group)
        group = [line]
    yield from _paragraphs(group)


def _goes_on(before: Line, line: Line, before_margins: Margins | None, margins: Margins | None) -> bool:
    if before_margins is None or len(before.pieces) > 1 or len(line.pieces) > 1:
        return False
    if abs(before.size - line.size) > _SAME_SIZE * line.size or len(before.text) < _MIN_LENGTH:
        return False
    if before.page == line.page and line.baseline - before.baseline > _MAX_LEADING * line.size:
        return False
    is_full = before.x1 > before_margins.right - _FULL * before.size
    left = (margins or before_margins).left
    is_indented = line.x0 > left + _INDENT * line.size
    is_next_item = rank(before.text) is not None and abs(before.x0 - line.x0) < before.size
    begins_anew = rank(line.text) is not None and (is_indented or is_next_item or bool(_ENDS.search(before.text)))
    return is_full and not is_indented and not begins_anew


def _paragraphs(group: Sequence[Line]) -> Iterator[tuple[Line, Paragraph]]:
    if not group:
        return
    first = group[0]
    if len(group) == 1:
        for piece in first.pieces:
            yield first, Paragraph(piece.text, Provenance(page=first.page, places=(first.place([piece]),)))
        return
    text = first.text
    for line in group[1:]:
        is_latin = text[-1].isascii() and text[-1].isalpha() and line.text[0].isascii() and line.text[0].isalpha()
        text += (" " if is_latin else "") + line.text
    places = tuple(line.place(line.pieces) for line in group)
    yield first, Paragraph(text, Provenance(page=first.page, places=places))
