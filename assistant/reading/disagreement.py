"""One thing stated in two places: what somebody asks about who says that a document's figures don't agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Final

from assistant.query import Ask, Change, Claim, Name, Places, Query, Rest, Select, Several
from assistant.reading.clauses import clauses_of
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.pieces import unread_words
from assistant.reading.selects import COUNT, MONEY, name_of, roles_of, side_of
from index.money import YUAN_PER_UNIT

_DISAGREES: Final = pattern("disagrees")
_OF_CHANGES: Final = pattern("of_changes")
_WHEREABOUTS: Final = pattern("whereabouts")
_OWN_PARTS: Final = pattern("own_parts")
_PART_WORDS: Final = pattern("part_words")
_PART_COUNT: Final = pattern("part_count")
_COUNTS: Final = dict(zip("两二三四五六七八九", (2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_PASSAGE: Final = re.compile("[的那这]?(情况)?(说明|部分|地方|段落|章节|一节|一段)")
"""What makes of the name before it a place where something stands (三公说明, 国有资产那部分)."""

_WHERE: Final = frozenset({"table", "column", "passage"})
"""What a name may lead to that likelier says where to look than what is stated there."""


def disagreements(pieces: Sequence[Piece]) -> Iterator[Ask]:
    """What may be meant to be stated in two places, the likeliest first; nothing where no such thing is said."""
    text = "".join(piece.text for piece in pieces)
    if not _DISAGREES.search(without_named(pieces)) or _are_two_things(pieces):
        return
    about = [p for c in clauses_of(pieces) if c.of("name", "total") for p in c.pieces]  # elsewhere they only colour
    unread = unread_words(about, _WHEREABOUTS)
    of_changes = bool(_OF_CHANGES.search(text))
    for topic in _topics(pieces, text):
        query = _changes(topic) if of_changes else topic
        yield Ask(query=Places(of=query), text=text, claims=tuple(_claimed(pieces)), unread=unread, heads=unread)


def _claimed(pieces: Sequence[Piece]) -> Iterator[Claim]:
    """The amounts that are said to be stated."""
    for piece in pieces:
        if piece.kind == "number" and piece.value is not None and piece.unit in YUAN_PER_UNIT:
            yield Claim(value=piece.value, unit=piece.unit, text=piece.text)


def own_parts(pieces: Sequence[Piece]) -> Ask | None:
    """What somebody asks about who added up the parts of a figure; None where nobody did."""
    text = "".join(piece.text for piece in pieces)
    if not _OWN_PARTS.search(text):
        return None
    heads = (takewhile(lambda p: p.kind != "joint", clause.pieces) for clause in clauses_of(pieces))
    items = ([p for p in head if p.kind == "name" and _is_whole(p)] for head in heads)
    named = next(filter(None, items), [])
    side = next((side for p in pieces if p.kind == "total" and (side := side_of(p.name))), None)
    if not named and side is None:
        return None
    count = _PART_COUNT.search(text)
    whole = Select(names=tuple(map(name_of, named)), side=None if named else side)
    return Ask(query=Rest(whole=whole, count=_COUNTS[count["count"]] if count else None), text=text)


def _is_whole(piece: Piece) -> bool:
    return _is_item(piece) and not _PART_WORDS.fullmatch(piece.text)


def without_named(pieces: Sequence[Piece]) -> str:
    """A question's text with names blanked out but those of tables: their words say nothing (矛盾纠纷化解经费)."""
    return "".join("□" * len(p.text) if _is_named(p) else p.text for p in pieces)


def _is_named(piece: Piece) -> bool:
    return piece.kind == "scope" or (piece.kind == "name" and not _is_whereabouts(piece))


def _are_two_things(pieces: Sequence[Piece]) -> bool:
    """Whether two items are named side by side: it is these that are compared, not two statements of one."""
    behind = ("".join(p.text for p in pieces[n:]) for n, _ in enumerate(pieces, start=1))
    told = [p for p, rest in zip(pieces, behind, strict=True) if not _PASSAGE.match(rest)]
    said = [p for p in told if p.kind in ("name", "joint", "break", "total") and not _is_whereabouts(p)]
    said = [
        p for p, after in pairwise((*said, None)) if p and not (p.kind == "break" and after and after.kind != "name")
    ]
    triples = zip(said, said[1:], said[2:], strict=False)
    return any(a.kind == "name" and b.kind == "joint" and c.kind == "name" and _is_item(a) and _is_item(c)
               for a, b, c in triples)  # fmt: skip


def _is_item(piece: Piece) -> bool:
    return not _is_whereabouts(piece) and not (roles_of(piece) or {"row"}) <= {"unit", "whole"}


def _changes(topic: Query) -> Query:
    return Several(of=tuple(map(_changes, topic.of))) if isinstance(topic, Several) else Change(of=topic)


def _topics(pieces: Sequence[Piece], text: str) -> Iterator[Query]:
    """Each item that is named, those of rows first; the totals of the sides that are where none is."""
    units = tuple(name_of(p) for p in pieces if p.kind == "name" and roles_of(p) <= {"unit", "whole"})
    around = {p.end for p, after in pairwise(pieces) if p.kind == "name" and after.kind == "within"}
    named = [p for p in pieces if p.kind == "name" and _is_item(p)]
    items = sorted([p for p in named if p.end not in around] or named, key=lambda p: roles_of(p) <= _WHERE)
    counted = None if MONEY.search(text) else next((m["unit"] for m in COUNT.finditer(text) if m["unit"]), None)
    for name in dict.fromkeys(map(name_of, items)):
        yield _select(name, units, counted)
    sides = sorted({side for p in pieces if p.kind == "total" and (side := side_of(p.name))})
    if not items and sides:
        totals = tuple(Select(side=side) for side in sides)
        yield totals[0] if len(totals) == 1 else Several(of=totals)


def _select(name: Name, units: tuple[Name, ...], counted: str | None) -> Select:
    return Select(names=(name,), within=units, quantity="count" if counted else "any", counted=counted)


def _is_whereabouts(piece: Piece) -> bool:
    """Whether a name says where in the document something stands (三公表, 总体目标)."""
    return bool(_WHEREABOUTS.fullmatch(piece.text)) or piece.text.endswith("表")
