"""Income and expenditure of something: a word right before 支出 or 收入 belongs to the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from assistant.query import Name, Select, Side
from assistant.reading.piece import Piece
from assistant.words import content_of, tagged

_SIDES: Final[tuple[Side, ...]] = ("收入", "支出")
_OF: Final = "的"
_SHORTEST: Final = 2


def with_named_sides(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with an unknown word and the bare side behind it as one unknown name (经营|支出, 还债|的|支出)."""
    position = 0
    while position < len(pieces):
        run = pieces[position : position + 3]
        side = next((n for n in (1, 2) if len(run) > n and _is_bare_side(run[n])), None)
        if side is None or not _qualifies(run[0]) or (side > 1 and run[1].text != _OF):
            yield run[0]
            position += 1
            continue
        yield Piece("word", "".join(p.text for p in run[: side + 1]), run[0].start, run[side].end)
        position += side + 1


def _is_bare_side(piece: Piece) -> bool:
    return piece.kind == "total" and piece.text in _SIDES


def _qualifies(piece: Piece) -> bool:
    """Whether a piece is an unknown word that says of what a side is."""
    if piece.kind != "word" or sum(map(len, content_of(piece.text))) < _SHORTEST:
        return False
    return any(tag[0] in "nvj" for word, tag in tagged(piece.text) if len(word) > 1)


def named_sides(names: Iterable[Name]) -> dict[Side, Name]:
    """What was named last of each side (经营收入, 经营支出)."""
    return {side: name for name in names for side in _SIDES if name.text.endswith(side)}


def meant_sides(pieces: Iterable[Piece], sides: dict[Side, Name]) -> dict[Side, Name]:
    """What both bare sides of a clause mean, where something was named of each; none where one alone is said."""
    is_both = {piece.text for piece in pieces if piece.kind == "total"} == set(_SIDES)
    return sides if is_both and len(sides) == len(_SIDES) else {}


def as_named(select: Select, sides: dict[Side, Name]) -> Select:
    """A bare side as what was named of it before (经营收入多少、经营支出多少，收入比支出多多少)."""
    if select.names or select.side is None or select.side not in sides:
        return select
    return select.model_copy(update={"names": (sides[select.side],), "side": None, "within": (), "refers": True})
