"""The rows that a question asks for, with their values: filters, bounds and shares applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.bounds import (
    above_mean,
    looked_up,
    whole_of,
    with_own_shares,
    with_shares,
    worded,
)
from assistant.answering.draft import Draft
from assistant.answering.members import (
    Member,
    Whole,
    alike,
    members_of,
    ranked,
    without_excluded,
)
from assistant.resolve import RowSet
from assistant.understand.types import Understanding


@dataclass(frozen=True, slots=True)
class Group:
    """A set of rows with their values, in the printed order or by value.

    ``whole``: what their shares are of, where shares are asked for. ``filters``: the filters in words.
    ``scope``: what they are of, where it isn't one table.
    """

    row_set: RowSet
    members: tuple[Member, ...]
    whole: Whole | None = None
    filters: str = ""
    scope: str = ""

    def ranked(self, *, descending: bool) -> list[Member]:
        """The members that have a number, by it."""
        return ranked(self.members, descending=descending)


def group_of(draft: Draft, sets: Sequence[RowSet], asked: Understanding) -> Group | None:
    """The rows of the best set that pass all filters; None where a bound or a whole can't be found."""
    bounds = looked_up(draft, asked, sets[0])
    if bounds is None:
        return None
    filters = [t for t in asked.thresholds if not (asked.share_of is not None and t.unit == "%")]
    plain = replace(asked, thresholds=(*filters, *(bound.threshold for bound in bounds)))
    found = [m for row_set in alike(sets) for m in members_of(draft, row_set, plain)]
    if asked.ranks and not _are_comparable(draft, found):
        return None
    members, mean_bounds = above_mean(draft, asked, without_excluded(draft, found, asked))
    whole = None
    if asked.share_of is not None:
        if (whole := whole_of(draft, asked, sets[0], members)) is None:
            return None
        members = with_shares(members, whole, asked.thresholds)
    if asked.of_own_line and not (members := with_own_shares(draft, sets[0], members)):
        return None
    told = worded(draft, asked.thresholds, [*bounds, *mean_bounds], of_shares=asked.share_of is not None)
    return Group(sets[0], tuple(members), whole, told)


def _are_comparable(draft: Draft, members: Sequence[Member]) -> bool:
    """Whether targets of indicators that are ranked are of one unit (no 件 beside %)."""
    targets = {member.row.row_id for member in members if member.cell.kind == "绩效指标表"}
    cells = draft.library.figures(targets)
    units = {cell.printed for row in cells.values() for cell in row if cell.measure == "计量单位"}
    return len(units) < 2
