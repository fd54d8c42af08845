"""Fractions said in words (七成, 一半, 三分之一): how large a share is said to be, and of what it is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.understand.tokenize import chinese_number
from assistant.understand.types import Token

FRACTION: Final = pattern("fraction")
_REACHES: Final = pattern("reaches_fraction")
_BEHIND: Final = pattern("behind_fraction")
_HUNDRED: Final = Decimal(100)
_NAMES: Final = ("name", "total", "word")
_LIGHT: Final = ("filler", "framing", "within")


def fractions(text: str) -> Iterator[Token]:
    """The fractions of a normalised question that are said in words, as per cents.

    >>> [(t.text, str(t.value)) for t in fractions("有没有占到三成半，还是一半、三分之一")]
    [('三成半', '35'), ('一半', '50'), ('三分之一', '33.33')]
    """
    for match in FRACTION.finditer(text):
        value = _per_cent(match["tenths"], match["more"], match["whole"], match["part"])
        yield Token("number", "", match.group(), match.start(), match.end(), value=value, unit="%")


def _per_cent(tenths: str | None, more: str | None, whole: str | None, part: str | None) -> Decimal:
    if tenths:
        return (chinese_number(tenths) or Decimal(0)) * 10 + (5 if more else 0)
    parts, of = chinese_number(part or ""), chinese_number(whole or "")
    if parts is None or not of:
        return _HUNDRED / 2
    return (parts * _HUNDRED / of).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()


def is_fraction(piece: Piece) -> bool:
    return piece.kind == "number" and piece.unit == "%" and bool(FRACTION.fullmatch(piece.text))


def with_share_said(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a clause, with what says that a fraction is reached as 占 (A超过B的一半, 连B的一成都不到)."""
    place = next((n for n, piece in enumerate(pieces) if is_fraction(piece)), None)
    if place is None:
        return tuple(pieces)
    if any(piece.kind == "op" and piece.name == "share" for piece in pieces):
        return (*pieces[: place + 1], *_quiet(pieces[place + 1 :]))  # 占了一半还多
    reaching = next((n for n in range(place - 1, -1, -1) if _reaches(pieces[n])), None)
    between = pieces[reaching + 1 : place] if reaching is not None else ()
    if reaching is None or any(piece.kind not in (*_NAMES, *_LIGHT) for piece in between):
        return tuple(pieces)
    mark = replace(pieces[reaching], kind="op", name="share", text="占", token=None)
    return (*pieces[:reaching], mark, *between, pieces[place], *_quiet(pieces[place + 1 :]))


def _quiet(behind: Sequence[Piece]) -> Iterator[Piece]:
    """What stands behind a fraction, where it only says by how much that is missed as no operator."""
    for piece in behind:
        yield replace(piece, kind="filler", name="") if _BEHIND.fullmatch(piece.text) else piece


def _reaches(piece: Piece) -> bool:
    return piece.kind not in ("name", "total") and bool(_REACHES.fullmatch(piece.text))
