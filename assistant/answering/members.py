"""The rows of a set with their exact values, filtered and in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from assistant.answering.draft import Draft
from assistant.answering.found import run_query, value_of
from assistant.answering.thresholds import passes_all
from assistant.answering.values import Value
from assistant.catalog import Row
from assistant.resolve import RowSet
from assistant.sql import parts_query, rows_query
from assistant.understand.types import Operand, Understanding
from index.records import FigureRecord

ONE_A_PROJECT: Final = ("绩效指标表", "绩效目标表")
"""Kinds that a document has a table of for each project."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What shares are of: its name, its exact value and the citations of its cells."""

    name: str
    value: Value
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One row of a set with its value; ``share``: how many per cent of the whole it is, where that is asked.

    ``whole``: the row's own total, where its share is of that, and ranked by.
    """

    label: str
    value: Value
    cell: FigureRecord
    row: Row
    share: Value | None = None
    whole: Whole | None = None

    @property
    def ranked_by(self) -> Decimal | None:
        """What it is ranked by: its value, or its share of its own total."""
        return self.share.exact if self.share and self.whole else self.value.exact


def rows_meant(asked: Understanding) -> Operand:
    """All names of a question over rows, as one operand."""
    terms = tuple(t for operand in asked.operands for t in operand.within_context.terms)
    side: Literal["收入", "支出"] | None = asked.operands[0].total if asked.operands else None
    return Operand(tuple(dict.fromkeys(terms)), side)


def alike(sets: Sequence[RowSet]) -> Sequence[RowSet]:
    """The best set; of performance forms, which are one table a project, all."""
    if sets[0].table.kind not in ONE_A_PROJECT:
        return sets[:1]
    return [s for s in sets if s.table.kind == sets[0].table.kind]


def members_of(draft: Draft, row_set: RowSet, asked: Understanding) -> list[Member]:
    """The set's rows that pass the filters, by value where the question ranks or filters, else as printed."""
    descending = asked.descending if asked.ranks or asked.thresholds else None
    plain = [threshold for threshold in asked.thresholds if not threshold.is_nested]
    if row_set.parts:
        query = parts_query(row_set, draft.catalog, descending)
    else:
        query = rows_query(row_set, draft.catalog, plain, descending)
    members = [
        Member(
            str(label) or label_above(draft.catalog.rows[cell.row_id], draft),
            value_of(cell),
            cell,
            draft.catalog.rows[cell.row_id],
        )
        for (label, *_), cell in run_query(draft, query)
    ]
    if row_set.parts:
        unit = row_set.column.unit
        members = [m for m in members if passes_all(m.value, plain, unit)]
    return _in_order(members, descending)


def label_above(row: Row, draft: Draft) -> str:
    """What a line without a label of its own stands below."""
    above = (draft.catalog.rows[row_id].label for row_id in row.ancestors if row_id in draft.catalog.rows)
    return next(filter(None, above), "")


def _in_order(members: Sequence[Member], descending: bool | None) -> list[Member]:
    """As printed, or by number and those of one number as printed: the query leaves open which of them comes first."""
    printed = sorted(members, key=lambda m: (m.row.number, m.cell.column_no))
    if descending is None:
        return printed
    return [*ranked(printed, descending=descending), *(m for m in members if m.ranked_by is None)]


def without_excluded(draft: Draft, members: Iterable[Member], asked: Understanding) -> list[Member]:
    """The rows but for those that ``除…外`` names."""
    draft.used += ["except"] if asked.excluded else []
    links = [link for operand in asked.excluded for term in operand.terms for link in term.links]
    named = {link.key for link in links if link.role == "row"}
    return [m for m in members if m.row.row_id not in named and not named & set(m.row.ancestors)]


def ranked(members: Iterable[Member], *, descending: bool) -> list[Member]:
    """The members that have a number, by it."""
    numbered = [m for m in members if m.ranked_by is not None]
    return sorted(numbered, key=lambda m: m.ranked_by or 0, reverse=descending)
