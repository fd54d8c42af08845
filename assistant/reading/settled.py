"""Settled clauses: words whose meaning hangs on what else the question says (还剩, 公车)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.query import BOUGHT_VEHICLES
from assistant.reading.clauses import PER, Clause
from assistant.reading.fractions import with_share_said
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece

ADDS_TOO: Final = pattern("adds_too")
"""What says that something named comes to what was asked for before."""

_ADDED: Final = re.compile("连|(算|加|带|计|包|并|合|归|纳|放|捎|拢)?(上|进去|进来|在内|进|入)")
_ONE_OF: Final = re.compile("[一每][辆台人名位套]")
"""So much for each of something, which names nothing."""

_LEFT: Final = re.compile("(还)?剩(下|余)?(的)?")
_TAKES_AWAY: Final = pattern("takes_away")
_BUYS_VEHICLES: Final = pattern("buys_vehicles")
_VEHICLES: Final = frozenset({"公车", "公务用车", "车辆", "车", "小汽车", "新车", "公务车", "汽车"})
_RANKS: Final = frozenset({"max", "min", "top"})
_WHICH: Final = _RANKS | {"which", "more", "less", "list"}
_PARTIES: Final = ("scope", "joint")
WHICH_PARTY: Final = pattern("which_party")
_OF_VEHICLES: Final = re.compile("公车|公务用?车|[每一]辆|[辆台]车|养车")
_VEHICLE_COSTS: Final = frozenset({"运行维护费", "运维费", "运行费", "维护费", "运行维护", "运维", "养护费"})
_WHERE_ADDED: Final = {("加", "在"), ("加上", "去"), ("上", "还是")}
"""What says where money was added, with what stands behind it."""

DIVIDED_BY: Final = "除以"


def settled(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, with what is still there as no operator where nothing is taken away (还剩几个项目).

    Vehicles that are to be bought are named as the money for them.
    """
    told, kept = "", list[Clause]()
    whole = "，".join(clause.text for clause in clauses)
    buys, of_vehicles = bool(_BUYS_VEHICLES.search(whole)), bool(_OF_VEHICLES.search(whole))
    for clause in clauses:
        told += clause.text
        takes = bool(_TAKES_AWAY.search(told))
        pieces = _added_on(_divided_whole(clause.pieces))
        pieces = _without_owners(_without_verbs(pieces))
        pieces = tuple(_settled(piece, takes=takes, buys=buys, of_vehicles=of_vehicles) for piece in pieces)
        settled_one = replace(clause, pieces=with_share_said(pieces))
        kept = _joined_to(kept, settled_one) or [*kept, settled_one]
    return kept


def _joined_to(before: Sequence[Clause], clause: Clause) -> list[Clause] | None:
    """The clauses with one that is no question by itself joined to what it asks about, which asks nothing either.

    So is 各多少 in 钱最多的三个项目点出来，各多少, and 哪家最高 in 按运行维护费摊到每辆车，哪家最高.
    """
    last = before[-1] if before else None
    if last is None or not clause.asks:
        return None
    said = [p for p in clause.pieces if p.kind not in ("filler", "framing", "break", "ask")]
    lists = all(p.kind == "op" and p.name == "list" for p in said)
    ranked = lists and not last.asks and last.of("class") and last.ops() & _RANKS
    of_which = all(p.kind in _PARTIES or (p.kind == "op" and p.name in _WHICH) for p in said)
    which = said and of_which and WHICH_PARTY.search(clause.text)
    of_parties = last.of("name") and PER.search(last.text) and (which if not last.asks else lists and _asks_which(last))
    if not ranked and not of_parties:
        return None
    joined = Clause(f"{last.text}，{clause.text}", (*last.pieces, *clause.pieces))
    return [*before[:-1], joined]


def _asks_which(clause: Clause) -> bool:
    """Whether it is asked which party comes first, so that how much it has is told with it."""
    return WHICH_PARTY.search(clause.text) is not None and bool(clause.ops() & _WHICH)


def _divided_whole(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces of a clause; behind 除以 nothing is within what stands before it (A除以名下车辆数)."""
    sign = next((p.start for p in pieces if p.text.startswith(DIVIDED_BY)), None)
    if sign is None:
        return pieces
    return [replace(p, kind="filler") if p.kind == "within" and p.start > sign else p for p in pieces]


def _added_on(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces of a clause; 连 names nothing, and 上 puts nothing within anything (连B也算上)."""
    if not ADDS_TOO.search("".join(p.text for p in pieces)):
        return pieces
    behind = (*(p.text for p in pieces[1:]), "")
    said = ((p, f"{p.text}{after}" if p.kind == "joint" else p.text) for p, after in zip(pieces, behind, strict=True))
    return [replace(p, kind="filler", name="") if _ADDED.fullmatch(text) else p for p, text in said]


def _without_verbs(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces; what says where money was added joins and holds nothing (加上去了, 加在买车上还是出国上)."""
    which = any(p.text == "还是" for p in pieces)
    behind = (*(p.text for p in pieces[1:]), "还是" if which else "")
    said = zip(pieces, behind, strict=True)
    return [replace(p, kind="filler") if (p.text, after) in _WHERE_ADDED else p for p, after in said]


def _without_owners(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces; right before what is more or less, 谁的 asks whose figure it is and not who somebody is."""
    behind = (*pieces[1:], None)
    return [
        replace(p, kind="ask", name="") if p.text == "谁的" and after is not None and after.name in _WHICH else p
        for p, after in zip(pieces, behind, strict=True)
    ]


def _settled(piece: Piece, *, takes: bool, buys: bool, of_vehicles: bool) -> Piece:
    if piece.kind == "name" and _ONE_OF.fullmatch(piece.text):
        return replace(piece, kind="filler", token=None)
    if piece.kind == "op" and piece.name == "except" and not takes and _LEFT.fullmatch(piece.text):
        return replace(piece, kind="filler", name="")
    if of_vehicles and piece.kind in ("name", "word") and piece.text in _VEHICLE_COSTS:
        return replace(piece, kind="name", text="公务用车运行维护费", token=None)
    if buys and piece.text in _VEHICLES and piece.kind in ("name", "word"):
        return replace(piece, kind="name", text=BOUGHT_VEHICLES, token=None)
    return piece
