"""Figures that a sentence tells in turn of what it named before (``会议费、培训费分别为 0.5 万元和 1.2 万元``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.statements.subject import clean_subject
from index.statements.tokens import Token

_IN_TURN: Final = re.compile(r"分别(?:为|是)?[:：]?\s*")
_JOINS: Final = re.compile(r"\s*(?:和|与|及|以及|、)?\s*")
_LAST: Final = re.compile("和|与|以?及")
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class InTurn:
    """The figures, each with the word that makes it a change, what they are told of, and the token behind them."""

    figures: tuple[tuple[Token, Token | None], ...]
    names: str
    basis: str | None
    share: Token | None
    end: int


def told_in_turn(tokens: Sequence[Token], number: int, label: str) -> InTurn | None:
    """What begins with token ``number`` if it says 分别 and several figures of one kind follow."""
    token = tokens[number]
    mark = _IN_TURN.search(token.text) if token.kind in ("among", "text") else None
    if mark is None or mark.end() != len(token.text):
        return None
    figures: list[tuple[Token, Token | None]] = []
    basis: str | None = None
    direction: Token | None = None
    share: Token | None = None
    end = number + 1
    for at, each in enumerate(tokens[number + 1 :], start=number + 1):
        if each.is_figure:
            figures.append((each, direction))
            end = at + 1
        elif each.kind in ("basis", "direction", "share"):
            basis = each.unit if each.kind == "basis" else basis
            direction = each if each.kind == "direction" else direction
            share = each if each.kind == "share" else share
        elif each.text != "、" and not (each.kind == "text" and _JOINS.fullmatch(each.text)):
            break
    if len(figures) < _FEWEST:
        return None
    names = label + token.text[: mark.start()] if token.kind == "text" else label
    return InTurn(tuple(figures), names, basis, share, end)


def names_in_turn(names: str, count: int) -> list[str]:
    """As many names as there are figures; none where it is open which of them are names of their own.

    >>> names_in_turn("社会保障和就业支出、卫生健康支出", 2), names_in_turn("会议费、培训费和差旅费", 3)
    (['社会保障和就业支出', '卫生健康支出'], ['会议费', '培训费', '差旅费'])
    >>> names_in_turn("会议费、培训费", 3)
    []
    """
    listed = names.split("、")
    readings = (listed, [*listed[:-1], *_LAST.split(listed[-1])])
    found = ([clean_subject(name) for name in reading] for reading in readings if len(reading) == count)
    return next((subjects for subjects in found if all(subjects)), [])
