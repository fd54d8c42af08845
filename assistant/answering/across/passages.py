"""A question for all units that sentences answer: each unit's own sentences, the nearest in meaning first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.answering.across.entries import Party
from assistant.answering.draft import Draft
from assistant.answering.route import answer_by_prose, asks_number, attempt

_MOST_QUOTED: Final = 5


def quote_everyone(draft: Draft, parties: Iterable[Party]) -> bool:
    """The sentences of the units whose prose holds the question's words; no numbers, these would not be comparable."""
    quoted = 0
    for party in parties:
        if asks_number(party.side.asked):
            return False
        if attempt(party.draft, lambda: answer_by_prose(party.draft, party.side.asked)):  # noqa: B023 (used at once)
            draft.lines += party.draft.lines
            quoted += 1
        if quoted == _MOST_QUOTED:
            break
    draft.route = "text"
    return quoted > 0
