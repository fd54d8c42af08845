"""Settled clauses: words whose meaning hangs on what else the question says (还剩, 公车)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.reading.clauses import Clause
from assistant.reading.fractions import with_share_said
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece

_LEFT: Final = re.compile("(还)?剩(下|余)?(的)?")
_TAKES_AWAY: Final = pattern("takes_away")
_BUYS_VEHICLES: Final = pattern("buys_vehicles")
_VEHICLES: Final = frozenset({"公车", "公务用车", "车辆", "车", "小汽车", "新车", "公务车", "汽车"})
DIVIDED_BY: Final = "除以"
_OF_BOUGHT: Final = "公务用车购置费"


def settled(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, with what is still there as no operator where nothing is taken away (还剩几个项目).

    Vehicles that are to be bought are named as the money for them.
    """
    told, kept = "", []
    buys = bool(_BUYS_VEHICLES.search("，".join(clause.text for clause in clauses)))
    for clause in clauses:
        told += clause.text
        takes = bool(_TAKES_AWAY.search(told))
        pieces = tuple(_settled(piece, takes=takes, buys=buys) for piece in _divided_whole(clause.pieces))
        kept.append(replace(clause, pieces=with_share_said(pieces)))
    return kept


def _divided_whole(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces of a clause; behind 除以 nothing is within what stands before it (A除以名下车辆数)."""
    sign = next((p.start for p in pieces if p.text.startswith(DIVIDED_BY)), None)
    if sign is None:
        return pieces
    return [replace(p, kind="filler") if p.kind == "within" and p.start > sign else p for p in pieces]


def _settled(piece: Piece, *, takes: bool, buys: bool) -> Piece:
    if piece.kind == "op" and piece.name == "except" and not takes and _LEFT.fullmatch(piece.text):
        return replace(piece, kind="filler", name="")
    if buys and piece.text in _VEHICLES and piece.kind in ("name", "word"):
        return replace(piece, kind="name", text=_OF_BOUGHT, token=None)
    return piece
