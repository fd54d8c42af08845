"""A question over several documents: which of their figures are wanted, and what is to be done with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.across.assets import answer_assets_across
from assistant.answering.across.changes import answer_item_changes
from assistant.answering.across.entries import Party, entries_of, named_in_full
from assistant.answering.across.operation import say_figures
from assistant.answering.across.own_items import with_own_items
from assistant.answering.across.wording import in_one_unit
from assistant.answering.changed_items import asks_items, asks_unchanged
from assistant.answering.draft import Draft
from assistant.answering.route import answer_one, asks_rows_of_each
from assistant.understand.types import Operand, Understanding

_FIGURES: Final = ("lookup", "sum", "mean", "max", "min", "top", "difference", "ratio", "change", "list", "exists")
_ASKS_UNITS: Final = re.compile(r"[哪几].*(?:家|单位|部门|局)")


def answer_across(draft: Draft, parties: Sequence[Party]) -> bool:
    """Sets the documents' figures side by side, or gives each document's own answer where that isn't possible."""
    if len({party.side.asked.base is None for party in parties}) > 1:
        return False  # one of the items compared is nothing to one of the documents
    if _asks_units_by_items(parties[0].side.asked):
        return False  # of each document its own figures would be compared, and rows named for units
    parties = with_own_items(parties)
    asked = parties[0].side.asked
    over_years = len({party.side.target.document.unit_name for party in parties}) == 1
    if over_years:
        parties = sorted(parties, key=lambda party: -(party.side.target.year or 0))
    if answer_assets_across(draft, parties, over_years=over_years):
        return True
    asks_rows = asks_items(asked) and not asked.leftover and (asked.intent == "figure" or asks_unchanged(asked))
    if over_years and len(parties) == 2 and asks_rows:
        return answer_item_changes(draft, parties[1], parties[0])
    if over_years and asked.intent != "figure":  # a text about two years stands in the newer document
        return _answer_each(draft, parties[:1])
    if over_years and asked.operation == "share" and any(t.name == "change" for t in asked.tokens):
        parties = [_as_change(party) for party in parties]  # 增长百分之几
        asked = parties[0].side.asked
    if _asks_rows_of_each(asked, len(parties)):
        return _answer_each(draft, parties)
    if asked.intent == "figure" and asked.operation in _FIGURES and not _is_nested(asked):
        return _answer_figures(draft, parties, over_years=over_years) or _answer_each(draft, parties)
    return _answer_each(draft, parties)


def _asks_rows_of_each(asked: Understanding, parties: int) -> bool:
    """Whether each document is asked for rows of its own, not the documents for their places."""
    ranks = asked.intent == "figure" and (asked.ranks or asked.operation in ("count", "list"))
    return asks_rows_of_each(asked) or (ranks and (bool(asked.classes) or (asked.limit or 0) > parties))


def _asks_units_by_items(asked: Understanding) -> bool:
    """Whether units are asked for of which one item is above another (``公务接待费比培训费高的有哪几家``)."""
    said = (t.text for t in asked.tokens if t.group in ("operations", "filler", "classes"))
    return any(t.than for t in asked.thresholds) and any(_ASKS_UNITS.search(text) for text in said)


def _is_nested(asked: Understanding) -> bool:
    """Whether figures of one document have to be computed with before documents can be compared."""
    picks = any(operand.picked or operand.added for operand in asked.operands)
    bounded = any(threshold.is_nested for threshold in asked.thresholds)
    return bool(asked.base or asked.excluded or picks or bounded) or asked.share_of is not None or asked.of_each_unit


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
    entries = named_in_full(parties, in_one_unit(entries_of(parties, number)))
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
