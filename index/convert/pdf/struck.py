"""Text that a line is drawn through: it holds no more, and the line is no rule of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.convert.page.grids import Box
from index.convert.pdf.visible import Character

_LOWEST, _HIGHEST = 0.12, 0.55
"""How far above the baseline such a line runs, in sizes of the text."""
_BEYOND: Final = 0.6
"""How far it begins and ends from where the text does: rules of tables reach over their cells."""
_THICKEST: Final = 0.2
_ROW: Final = 12.0


def without_struck(characters: Sequence[Character], rules: Sequence[Box]) -> tuple[list[Character], list[Box]]:
    """The characters that no line runs through, and the other rules."""
    rows: dict[int, list[Character]] = {}
    for character in characters:
        rows.setdefault(int(character["baseline"] // _ROW), []).append(character)
    through = {rule: struck for rule in rules if (struck := _struck(rule, rows))}
    gone = {id(character) for struck in through.values() for character in struck}
    return [each for each in characters if id(each) not in gone], [rule for rule in rules if rule not in through]


def _struck(rule: Box, rows: dict[int, list[Character]]) -> list[Character]:
    """The text that a rule runs through from end to end."""
    left, _, right, bottom = rule
    row = int(bottom // _ROW)
    near = [each for at in (row, row + 1) for each in rows.get(at, ()) if _runs_through(rule, each)]
    if not near:
        return []
    beyond = _BEYOND * max(each["size"] for each in near)
    first, last = min(each["x0"] for each in near), max(each["x1"] for each in near)
    return near if abs(first - left) <= beyond and abs(last - right) <= beyond else []


def _runs_through(rule: Box, character: Character) -> bool:
    left, top, right, bottom = rule
    size, middle = character["size"], (character["x0"] + character["x1"]) / 2
    above = character["baseline"] - (top + bottom) / 2
    is_thin = bottom - top <= _THICKEST * size
    return bool(is_thin and left <= middle <= right and _LOWEST * size <= above <= _HIGHEST * size)
