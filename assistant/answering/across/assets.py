"""The state of assets of several documents side by side: ``两家的公车哪家多，各多少辆``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.across.entries import Entry, Party
from assistant.answering.across.operation import say_figures
from assistant.answering.assets.answer import asset_value, assets_told
from assistant.answering.assets.asked import KINDS
from assistant.answering.dated import date_of
from assistant.answering.draft import Draft


def answer_assets_across(draft: Draft, parties: Sequence[Party], *, over_years: bool) -> bool:
    """Each asset asked about of every document; False where one of them doesn't tell of it."""
    if any(threshold.is_nested for threshold in parties[0].side.asked.thresholds):
        return False
    told = [assets_told(party.draft, party.side.asked, compared=True) for party in parties]
    keys = [[each.asked.key for each in of_one] for of_one in told]
    if not keys[0] or any(key != keys[0] for key in keys) or any(each.asked.asset == KINDS for each in told[0]):
        return False
    for number in range(len(keys[0])):
        entries = []
        for party, of_one in zip(parties, told, strict=True):
            statement = of_one[number].statement
            date = "" if of_one[number].asked.is_bought else date_of(party.draft, statement)
            heading = f"{party.heading}{f'（{draft.named(date)}）' if date else ''}"
            cited = (party.draft.cite_statement(statement),)
            entries.append(Entry(heading, statement.subject, asset_value(statement), cited))
        say_figures(draft, entries, parties[0].side.asked, over_years=over_years)
    draft.route = "text"
    return True
