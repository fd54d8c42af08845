"""Words for several units of a department: those of one kind (三所监狱), or all, its own level with those below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.catalog import DocumentCatalog, Link
from assistant.catalog.linking import units_ending
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.understand.types import Token

_OF_SEVERAL: Final = pattern("of_several_units")
_ALL_TOGETHER: Final = pattern("own_and_below")
_ALL: Final = "各单位"
_NEAR: Final = 10
_SURE: Final = 0.9
_LONG: Final = 4
_INSTITUTION: Final = re.compile("学院|学校|大学|医院|研究院|研究所|中心|协会|学会|基金会|博物馆|纪念馆|图书馆")
"""How the names of institutions end."""

_POINTS_AT: Final = re.compile("该|此|[这那](个|家|所)?")
_KIND_ALONE: Final = re.compile("中心|[院校馆站所队场社]|学院|学校|医院|单位")
"""What a unit is called by its kind alone."""

_OF_NAMES: Final = ("name", "word")


def with_unit_kinds(pieces: Sequence[Piece], catalog: DocumentCatalog) -> Iterator[Piece]:
    """The pieces; a word that several units' names end in names these, where it says that several are meant."""
    for place, piece in enumerate(pieces):
        before = "".join(p.text for p in pieces[:place])[-_NEAR:]
        is_meant = piece.kind in _OF_NAMES and (_is_of_units(piece) or _OF_SEVERAL.search(before))
        units = units_ending(piece.text, catalog) if is_meant else []
        if len(units) < 2:
            yield piece
            continue
        links = tuple(Link("unit", unit, match="alias", name=unit) for unit in units)
        token = Token("term", "", piece.text, piece.start, piece.end, links)
        yield replace(piece, kind="name", name="", token=token)


def with_units_pointed_at(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; the bare word for a kind of unit that 该 points at is the unit so called that was named last."""
    kept: list[Piece] = []
    for piece in pieces:
        points = kept and _POINTS_AT.fullmatch(kept[-1].text) and _KIND_ALONE.fullmatch(piece.text)
        unit = next((p for p in reversed(kept) if points and is_unit(p) and p.text.endswith(piece.text)), None)
        kept.append(replace(piece, kind="name", name="", text=unit.text, token=unit.token) if unit else piece)
    return kept


def without_parts_of_institutions(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; what only begins the name of an institution that is no unit is no item (法官培训学院: 培训)."""
    behind = (*pieces[1:], None)[: len(pieces)]
    return [
        replace(piece, kind="word", token=None) if after and _begins_institution(piece, after) else piece
        for piece, after in zip(pieces, behind, strict=True)
    ]


def _begins_institution(piece: Piece, after: Piece) -> bool:
    is_short = piece.kind == "name" and len(piece.text) < _LONG and not names_units(piece) and not is_unit(piece)
    return is_short and after.kind == "word" and piece.end == after.start and _INSTITUTION.match(after.text) is not None


def _is_of_units(piece: Piece) -> bool:
    """Whether a word names units, and no item bears it."""
    links = piece.token.links if piece.token else ()
    return not any(link.role != "unit" and link.score > _SURE for link in links)


def is_unit(piece: Piece) -> bool:
    """Whether a piece names units and nothing else."""
    links = piece.token.links if piece.token else ()
    return piece.kind == "name" and bool(links) and all(link.role == "unit" for link in links)


def names_units(piece: Piece) -> bool:
    """Whether a piece names several units by their kind."""
    links = piece.token.links if piece.token else ()
    return len(links) > 1 and all(link.role == "unit" and link.score > _SURE for link in links)


def with_all_units(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; the own level named together with those below it (局机关加下属几家) is all units, one by one."""
    text = "".join(piece.text for piece in pieces)
    kept = list(pieces)
    at = pieces[0].start if pieces else 0
    for match in _ALL_TOGETHER.finditer(text):
        inside = [n for n, p in enumerate(kept) if match.start() <= p.start - at and p.end - at <= match.end()]
        before = text[match.start() : kept[inside[0]].start - at] if inside else ""
        if not inside or len(before) > 1 or kept[inside[-1]].end - at != match.end():
            continue  # 卫生局|机关加下属几家: a department's own name ends before
        whole = Piece("class", _ALL, kept[inside[0]].start, kept[inside[-1]].end, "unit")
        kept[inside[0] : inside[-1] + 1] = [whole]
    return kept
