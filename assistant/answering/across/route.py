"""A question over several documents: which of their figures are wanted, and what is to be done with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.across.changes import answer_item_changes
from assistant.answering.across.entries import Party, entries_of
from assistant.answering.across.operation import say_figures
from assistant.answering.across.wording import in_one_unit
from assistant.answering.draft import Draft
from assistant.answering.route import answer_one
from assistant.understand.types import Operand, Understanding

_SELECTS: Final = re.compile(r"哪|什么|啥")
"""What a list's word holds where rows are sought (有哪些), not figures of items that are named (各是多少)."""

_FIGURES: Final = ("lookup", "sum", "mean", "max", "min", "top", "difference", "ratio", "change", "list", "exists")


def answer_across(draft: Draft, parties: Sequence[Party]) -> bool:
    """Sets the documents' figures side by side, or gives each document's own answer where that isn't possible."""
    asked = parties[0].side.asked
    over_years = len({party.side.target.document.unit_name for party in parties}) == 1
    if over_years:
        parties = sorted(parties, key=lambda party: -(party.side.target.year or 0))
    if over_years and asked.intent != "figure":  # a text about two years stands in the newer document
        return _answer_each(draft, parties[:1])
    if over_years and len(parties) == 2 and _asks_items(asked):
        return answer_item_changes(draft, parties[1], parties[0])
    if over_years and asked.operation == "share" and any(t.name == "change" for t in asked.tokens):
        parties = [_as_change(party) for party in parties]  # 增长百分之几
        asked = parties[0].side.asked
    if asked.intent == "figure" and asked.operation in _FIGURES and asked.base is None and not asked.excluded:
        return _answer_figures(draft, parties, over_years=over_years) or _answer_each(draft, parties)
    return _answer_each(draft, parties)


def _asks_items(asked: Understanding) -> bool:
    """Whether rows are asked for that changed, not one item's change."""
    names = {t.name for t in asked.tokens if t.group == "operations"}
    lists_rows = any(t.name == "list" and _SELECTS.search(t.text) for t in asked.tokens)
    of_rows = bool(asked.classes) or asked.level is not None or lists_rows
    return of_rows and bool(names & {"change", "more", "less"})


def _as_change(party: Party) -> Party:
    asked = replace(party.side.asked, operation="change", base=None)
    return replace(party, side=replace(party.side, asked=asked))


def _answer_figures(draft: Draft, parties: Sequence[Party], *, over_years: bool) -> bool:
    parties = [_with_total(party) for party in parties]
    count = max(len(party.side.asked.operands) for party in parties)
    said = [_say_item(draft, parties, number, over_years=over_years) for number in range(count)]
    return bool(said) and all(said)


def _with_total(party: Party) -> Party:
    """A question without any item that speaks of the budget means its total (``A和B哪个预算多``)."""
    asked = party.side.asked
    if asked.operands or not asked.mentions_budget or asked.leftover or asked.classes:
        return party
    return replace(party, side=replace(party.side, asked=replace(asked, operands=(Operand(total="支出"),))))


def _say_item(draft: Draft, parties: Sequence[Party], number: int, *, over_years: bool) -> bool:
    entries = in_one_unit(entries_of(parties, number))
    known = [entry for entry in entries if entry.value is not None]
    numbered = [entry for entry in entries if entry.is_number]
    if not known or len({entry.value.kind for entry in numbered if entry.value}) > 1:
        return False
    say_figures(draft, entries, parties[0].side.asked, over_years=over_years)
    return True


def _answer_each(draft: Draft, parties: Sequence[Party]) -> bool:
    """Each document's own answer, one after the other; all of them, or none."""
    for party in parties:
        own = party.draft.beside(party.draft.catalog)
        asked = party.side.asked
        if asked.intent == "reason" and asked.operation == "change":
            asked = replace(asked, operation="lookup", relative_year="last")
        if not answer_one(own, asked) or own.clarify:
            return False
        draft.lines += own.lines
        draft.route = own.route if draft.route != "sql" or party is parties[0] else "sql"
    return True
