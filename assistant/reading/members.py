"""Members of a list said by everyday words: each as the part of the whole that is spoken of (出国、车、接待)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.query import Name
from assistant.reading.piece import Piece
from assistant.understand.kinds import is_part, parts_called, parts_of

_NATURES: Final = ("基本支出", "项目支出")


def as_members(groups: Sequence[list[Piece]], around: Iterable[Name]) -> list[list[Piece]]:
    """The groups, with everyday words for parts of a whole as these parts, where the whole or another part is named.

    A word for a part is left as it is where the list names that part, or a part of it, by itself.
    """
    named = [piece.text for group in groups for piece in group if piece.kind == "name"]
    called = [whole for group in groups if len(group) == 1 for whole, _ in parts_called(group[0].text)]
    wholes = [*(name.text for name in around), *(whole for whole in called if called.count(whole) > 1)]
    return [list(_members(group, wholes, [text for text in named if text not in _texts(group)])) for group in groups]


def _members(group: Sequence[Piece], wholes: Sequence[str], named: Sequence[str]) -> Iterator[Piece]:
    for piece in group:
        part = _part_meant(piece, wholes, named) if len(group) == 1 else None
        yield replace(piece, kind="name", text=part, token=None) if part else piece


def _part_meant(piece: Piece, wholes: Sequence[str], named: Sequence[str]) -> str | None:
    """The part that a word is an everyday one for."""
    for whole, part in parts_called(piece.text):
        is_told = any(is_part(text, part) or is_part(part, text) for text in named)
        is_spoken_of = bool(parts_of([whole])) and any(parts_of([each]) == parts_of([whole]) for each in wholes)
        if not is_told and (is_spoken_of or any(is_part(text, whole) for text in named)):
            return part
    return None


def natures_apart(groups: Sequence[list[Piece]]) -> Iterator[list[Piece]]:
    """The groups, with both kinds of expenditure side by side as a figure each (差旅费基本支出项目支出合起来)."""
    for group in groups:
        natures = [piece for piece in group if piece.text in _NATURES]
        if len({piece.text for piece in natures}) < len(_NATURES):
            yield group
            continue
        rest = [piece for piece in group if piece not in natures]
        yield from ([*rest, nature] for nature in natures)


def _texts(group: Sequence[Piece]) -> set[str]:
    return {piece.text for piece in group}
