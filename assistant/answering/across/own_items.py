"""Units that are each asked for an item of their own: ``审计局的公务接待费和街道的办公费相差多少``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.across.entries import Party
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Operand, Token

_PARTS: Final = re.compile("[,;。?!比较]")
"""What may not stand between a unit or year and an item of its own (跟2017年比，出国费)."""


def with_own_items(parties: Sequence[Party]) -> Sequence[Party]:
    """Each party with the item behind its unit as its only one, where every unit's name goes before an item."""
    items = [_items(party) for party in parties]
    if len(parties) < 2 or any(len(own) != len(parties) for own in items):
        return parties
    if not all(_begin_with_scope(party, own) for party, own in zip(parties, items, strict=True)):
        return parties
    return [_with_item(party, own[place]) for place, (party, own) in enumerate(zip(parties, items, strict=True))]


def _items(party: Party) -> list[Operand]:
    asked = party.side.asked
    return [operand for operand in (*asked.operands, asked.base) if operand and operand.terms]


def _begin_with_scope(party: Party, items: Sequence[Operand]) -> bool:
    """Whether words of the scope go right before each item, behind the one before: no clause, no 比 stands between."""
    asked = party.side.asked
    text, end = normalised_question(asked.question), 0
    for item in items:
        start = item.terms[0].start
        scopes = [t.end for t in _between(asked.tokens, end, start) if t.group == "scope"]
        if not scopes or _PARTS.search(text[scopes[-1] : start]):
            return False
        end = item.terms[-1].end
    return True


def _between(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    return [token for token in tokens if start <= token.start and token.end <= end]


def _with_item(party: Party, item: Operand) -> Party:
    asked = replace(party.side.asked, operands=(item,), base=None)
    return replace(party, side=replace(party.side, asked=asked))
