"""Two figures that a question gives, and what is asked of them: how far apart they are, or what share one is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from assistant.query import Ask, Claim, Difference, Given, Query, Share
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from index.money import YUAN_PER_UNIT

_GAP: Final = pattern("gap_of_given")
_SHARE: Final = pattern("share_of_given")
_EXACT: Final = re.compile(r"\d[\d,]*(?:\.\d+)?(?:万|亿|元|万元|亿元)?")
_FEWEST_DIGITS: Final = 4
"""Digits from which an amount is one figure's own and no round number."""

_BEFORE: Final = 14
"""Characters before a figure that say what it is of."""


def of_given(pieces: Sequence[Piece]) -> Ask | None:
    """What is asked of the two figures that a question gives; None where it gives no two, or asks nothing of them."""
    text = "".join(piece.text for piece in pieces)
    given = list(_given_in(pieces))
    if len({(each.value, each.unit) for each in given}) != 2 or len(given) != 2:
        return None
    claims = tuple(Claim(value=each.value, unit=each.unit, text=each.text) for each in given)
    query = _query(text, given)
    return Ask(query=query, text=text, claims=claims) if query else None


def is_own_figure(value: Decimal, unit: str | None, text: str) -> bool:
    """Whether an amount has so many digits that a document prints it of one thing: no round or rough number."""
    digits = value.normalize().as_tuple().digits
    return unit in YUAN_PER_UNIT and len(digits) >= _FEWEST_DIGITS and _EXACT.fullmatch(text) is not None


def _query(text: str, given: Sequence[Given]) -> Query | None:
    if _SHARE.search(text):
        part, whole = sorted(given, key=lambda each: each.value * YUAN_PER_UNIT[each.unit or ""])
        return Share(parts=(part,), whole=whole)
    return Difference(of=tuple(given)) if _GAP.search(text) else None


def _given_in(pieces: Sequence[Piece]) -> Iterator[Given]:
    text = "".join(piece.text for piece in pieces)
    start = pieces[0].start if pieces else 0
    for piece in pieces:
        if piece.value is not None and is_own_figure(piece.value, piece.unit, piece.text):
            before = text[max(0, piece.start - start - _BEFORE) : piece.start - start]
            yield Given(value=piece.value, unit=piece.unit, text=piece.text, said=before)
