"""The figure that an answer is about, large for a meeting: never a change or a gap without its direction."""

from __future__ import annotations

import re
from typing import Final

from assistant.answer import Answer, Figure
from assistant.blocks import DIRECTION, first_mark, separated
from assistant.papers.places import place_of
from assistant.ui.html import escape

_NEEDS_DIRECTION: Final = re.compile("增减|变化|变动|−")


def key_figure(answer: Answer) -> str:
    """The figure's name, value and source; nothing where the answer has none, or a change of unknown direction."""
    first = first_mark(answer)
    source = next((each for each in answer.citations if each.n == first), None)
    found = _first_printed(answer, first)
    if found is None or source is None:
        return ""
    figure, direction = found
    if _NEEDS_DIRECTION.search(figure.label) and not direction and not _is_nought(figure):
        return ""
    more = f" 等 {len(figure.citations)} 处" if len(figure.citations) > 1 else ""
    value = escape(separated(f"{figure.value} {figure.unit}".strip()))
    said = f"<em>{direction}</em> " if direction else ""
    return (
        f'<div class="key"><span>{escape(figure.label)}</span><b>{said}{value}</b>'
        f"<small>{escape(source.unit_name)}{source.year or ''} · {escape(place_of(source))}{more}</small></div>"
    )


def _first_printed(answer: Answer, mark: int) -> tuple[Figure, str] | None:
    """Of the figures that rest on a citation the one that the text gives first, with the direction said before it."""
    resting = [figure for figure in answer.figures if mark in figure.citations]
    printed = [(match, figure) for figure in resting if (match := _printed(figure, answer.told))]
    if not printed:
        return (resting[0], "") if resting else None
    match, figure = min(printed, key=lambda each: each[0].start())
    said = DIRECTION.search(answer.told[: match.start()])
    return figure, said[1] if said else ""


def _printed(figure: Figure, text: str) -> re.Match[str] | None:
    """Where an answer's text gives a figure, in bold as all are."""
    return re.search(rf"\*\*{re.escape(figure.value)} ?{re.escape(figure.unit)}(?=\*\*|（)", text)


def _is_nought(figure: Figure) -> bool:
    return not figure.value.strip("0.-")
