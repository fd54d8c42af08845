"""Whose a table is where the units of one file follow each other, each under a heading or on a sheet of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from index.clean.captions import stands_in_caption
from index.clean.draft import Draft, Drafts
from index.naming import stands_in_order, unit_headed

_BRACKETED: Final = re.compile(r"表[（(]([^（()）]+)[）)]$")
_WITHOUT_PLACE: Final = re.compile("[省市县区州]")
_FEWEST: Final = 2
_NEAREST: Final = 4
"""Lines above a table: the unit's, and the table's title, number and unit."""


def owners_from_headings(drafts: Drafts) -> Drafts:
    """Each table with the unit that it stands under; one name alone may be anybody's, as in a list of units."""
    named = [*_named(drafts)]
    known = {name for name in (*named, *(draft.owner for draft in drafts)) if name}
    named = [name if name and not any(_is_short_for(name, each) for each in known) else None for name in named]
    if len(set(filter(None, named))) < _FEWEST:
        return drafts
    return tuple(
        replace(draft, owner=draft.owner or name) if name else draft for draft, name in zip(drafts, named, strict=True)
    )


def _is_short_for(name: str, full: str) -> bool:
    """Whether a name without its place (省检察院) is a unit's whose full name is known (江苏省人民检察院)."""
    is_longer = len(name) < len(full) and full[-2:] == name[-2:]
    return bool(_WITHOUT_PLACE.match(name)) and is_longer and stands_in_order(name, full)


def _named(drafts: Drafts) -> Iterator[str | None]:
    """The name over each table; it holds as long as nothing but captions stands between the tables."""
    before: str | None = None
    for draft in drafts:
        own = _heading(draft) or _sheet(draft)
        goes_on = all(map(stands_in_caption, draft.above))
        before = own or (before if goes_on else None)
        yield before


def _heading(draft: Draft) -> str | None:
    """The nearest heading that is but a unit's name, or the end of the table's title; a list of units is none."""
    bracketed = _BRACKETED.search(draft.title)
    lines = [name for line in draft.above[-_NEAREST:] if (name := unit_headed(line))]
    nearest = (unit_headed(bracketed[1]) if bracketed else None, lines[0] if len(lines) == 1 else None)
    return next(filter(None, (*nearest, *map(unit_headed, reversed(draft.section)))), None)


def _sheet(draft: Draft) -> str | None:
    sheet = draft.rows[0].provenance.sheet if draft.rows else None
    return unit_headed(sheet) if sheet else None
