"""Which items of a budget grew or shrank between two years' documents."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.across.entries import Party
from assistant.answering.changed_items import items_meant, joined, say_changes
from assistant.answering.draft import Draft
from assistant.answering.members import rows_meant
from assistant.answering.phrases import title_of_table
from assistant.resolve import RowSet, row_sets_of


def answer_item_changes(draft: Draft, older: Party, newer: Party) -> bool:
    """``哪个科目增加的最多``, ``哪些减少了``; False where the two documents have no table in common."""
    pair = _comparable_sets(_sets(older), _sets(newer))
    asked = newer.side.asked
    if pair is None or any(threshold.is_nested for threshold in asked.thresholds):
        return False
    changes = joined((older.draft, pair[0]), (newer.draft, pair[1]), asked)
    lead = f"{older.heading}与{newer.heading}相比（{title_of_table(pair[1].table)}）"
    say_changes(draft, changes, lead, (_year(older), _year(newer)), asked)
    return True


def _sets(party: Party) -> tuple[RowSet, ...]:
    asked = items_meant(party.side.asked)
    return row_sets_of(rows_meant(asked), party.draft.catalog, asked)


def _comparable_sets(first: Sequence[RowSet], second: Sequence[RowSet]) -> tuple[RowSet, RowSet] | None:
    pairs = ((a, b) for a in first for b in second if _basis(a) == _basis(b) and not a.parts)
    return next(pairs, None)


def _basis(row_set: RowSet) -> tuple[str, str | None]:
    return row_set.table.kind, row_set.column.measure


def _year(party: Party) -> str:
    return f"{party.side.target.year}年{party.side.target.document.document_type}"
