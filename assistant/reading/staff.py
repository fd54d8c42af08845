"""People against posts: who asks whether there are more or fewer people than posts, of which kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.query import Ask
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.pieces import unread_words
from assistant.reading.readers import staff_against_posts
from assistant.reading.selects import roles_of

_TALK: Final = pattern("staff_talk")
_KIND: Final = re.compile("行政(?!事业)|(?<!行政)事业(?!单位)|工勤")
_OF_STAFF: Final = re.compile(".*[编超缺空].*|.*人员?|实有.*|系统|多出来|公开|单位|部门")


def staff_asked(pieces: Sequence[Piece]) -> tuple[Ask, ...]:
    """An ask for each kind of people that is named, one for all where none is; none where a unit is named."""
    text = "".join(piece.text for piece in pieces)
    named = [p for p in pieces if p.kind == "name" and "unit" in roles_of(p)]
    if not _TALK.search(text) or named or any(p.name == "unit" for p in pieces if p.kind == "class"):
        return ()
    unread = unread_words(pieces, _OF_STAFF)
    kinds = tuple(dict.fromkeys(_KIND.findall(text))) or ("",)
    return tuple(Ask(query=staff_against_posts(kind, ()), text=text, unread=unread, heads=unread) for kind in kinds)
