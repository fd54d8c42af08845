"""其他 by itself as the item that a document prints beside an item's named parts (其他工资福利支出 of 工资福利支出)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.catalog import DocumentCatalog, Link
from assistant.reading.piece import Piece
from assistant.understand.types import Token
from assistant.understand.wording import normalise

_OTHER: Final = "其他"
_OF_KINDS: Final = frozenset({"name", "word", "class", "level", "total", "number"})
"""Pieces that 其他 says of what it is of, where they stand right behind it."""


def with_residual_items(pieces: Sequence[Piece], catalog: DocumentCatalog) -> Iterator[Piece]:
    """The pieces, 其他 as the residual item of what was named last, else first; none where something is left out."""
    leaves_out = any(piece.name == "except" for piece in pieces)
    named: Piece | None = None
    for place, piece in enumerate(pieces):
        behind = pieces[place + 1] if place + 1 < len(pieces) else None
        if not leaves_out and piece.text == _OTHER and piece.kind == "word" and _is_by_itself(behind):
            of = named or next((p for p in pieces[place:] if p.kind == "name"), None)
            piece = _residual(piece, of, catalog) or piece
        named = piece if piece.kind == "name" else named
        yield piece


def _is_by_itself(behind: Piece | None) -> bool:
    """Whether what stands behind 其他 neither says of what it is nor adds it up or counts it."""
    if behind is None:
        return True
    return behind.kind not in _OF_KINDS and behind.name not in ("sum", "count", "list") and behind.text[0] not in "各几"


def _residual(piece: Piece, of: Piece | None, catalog: DocumentCatalog) -> Piece | None:
    """其他 as the name of the residual item of what a name is of, where the document prints one."""
    names = (normalise(f"{_OTHER}{link.name}") for link in (of.token.links if of and of.token else ()))
    name = next((name for name in names if name in catalog.surfaces), None)
    links: tuple[Link, ...] = catalog.surfaces[name] if name else ()
    token = Token("term", "", name or "", piece.start, piece.end, links)
    return replace(piece, kind="name", text=name, token=token) if name else None
