"""Ranks by share: which of several rows, or of the units spoken of, has the largest part of something.

占比最高的是哪项 is the largest row and its share; 项目支出占本类支出比重最高的是哪一类 ranks each row's own shares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.query import Query, Rank, Rows, Select, Several, Share, Shares, nodes_of
from assistant.reading.clauses import Clause
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.rows import around, as_classified, below_only, class_kind, rank_of
from assistant.reading.selects import is_of_units, merged, selects_in
from assistant.reading.state import State

_OWN_LINE: Final = pattern("own_line")
_MOST: Final = re.compile("[得的了]*(最|大头)")
_RANKS: Final = frozenset({"max", "min", "top", "ordinal"})


def is_ranked_share(query: Query) -> bool:
    """Whether a query asks what is first by its share."""
    nodes = list(nodes_of(query))
    return any(isinstance(node, Share | Shares) for node in nodes) and any(isinstance(node, Rank) for node in nodes)


def ranked_share(clause: Clause, state: State) -> Query | None:
    """What is first by its share; None where no share is ranked."""
    shares_said = [p.start for p in clause.of("op") if p.name == "share"]
    ranks_said = [p.start for p in clause.of("op") if p.name in _RANKS]
    if not shares_said or not ranks_said or ranks_said[-1] < shares_said[0]:
        return None  # 前三名占多少 asks for the share of the first rows
    mark = next((p for p in clause.pieces if p.name == "share" and p.text.startswith("占") and p.text != "占比"), None)
    part = _named(clause.pieces, clause, state, until=mark.start) if mark else None
    is_most = bool(mark and _MOST.match(clause.behind(mark.end)))  # 三公占得最多: the largest
    is_own = bool(mark and (_OWN_LINE.search(clause.text) or (part and part.names and not is_most)))
    if mark is None or part is None or not is_own:
        return _largest(clause, mark, state)
    base = _named(clause.pieces, clause, state, after=mark.end)
    units = tuple(select for select in state.context.selects if is_of_units(select))
    if len(units) > 1 and base is not None and base.names:
        shares: Query = Several(of=tuple(_of_unit(part, base, unit) for unit in units))
    else:
        shares = Shares(rows=_rows(clause, state), part=part, whole=base if base and base.names else None)
    return rank_of(clause, shares, by_value=True)


def _largest(clause: Clause, mark: Piece | None, state: State) -> Query | None:
    """The largest of the rows within something, as a share of it."""
    selects = tuple(selects_in(clause, State(state.context, documents=state.documents, year=state.year)))
    named = around(clause, selects, state)
    if mark is None and not named.names and not named.side and not clause.of("class", "level"):
        return None
    rows = below_only(as_classified(Rows(within=named, kind=class_kind(clause), level=_level(clause)), state), clause)
    named = rows.within
    whole = named if named.names else Select(side=named.side or "支出")
    ranked = rank_of(clause, rows, by_value=True)
    return Share(parts=(ranked,), whole=whole)


def _rows(clause: Clause, state: State) -> Rows:
    """The rows whose shares are ranked: of the class and level that is said, within what was spoken of."""
    within = merged(state.context.selects)
    rows = Rows(within=Select(names=within.names, side=within.side), kind=class_kind(clause), level=_level(clause))
    return as_classified(rows, state)


def _level(clause: Clause) -> int | None:
    return next((int(p.name) for p in clause.of("level")), None)


def _of_unit(part: Select, base: Select, unit: Select) -> Share:
    names = tuple(name for name in unit.names if name.is_unit)
    return Share(parts=(Select(names=(*names, *part.names)),), whole=Select(names=(*names, *base.names)))


def _named(
    pieces: Sequence[Piece], clause: Clause, state: State, *, after: int = 0, until: int | None = None
) -> Select | None:
    """What a stretch of a clause names."""
    told = tuple(p for p in pieces if p.start >= after and (until is None or p.end <= until))
    part = Clause("".join(p.text for p in told), told)
    found = tuple(selects_in(part, State(state.context, documents=state.documents, year=state.year))) if told else ()
    return next((select for select in found if select.names), None)
