"""Rows by the columns that they fill or leave empty: 哪些科目没有基本支出、全靠项目支出, 哪些两样都有."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from assistant.query import Comparison, Condition, Except, Filter, Name, Query, Rank, Rows, Select
from assistant.reading.clauses import Clause
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.selects import is_of_item, name_of, roles_of
from assistant.reading.unit_words import is_unit

_FILLED_BEFORE: Final = pattern("filled_before")
_FILLED_BEHIND: Final = pattern("filled_behind")
_EMPTY_BEFORE: Final = pattern("empty_before")
_EMPTY_BEHIND: Final = pattern("empty_behind")
_NOT_THERE_BEFORE: Final = pattern("not_there_before")
_NOT_THERE_BEHIND: Final = pattern("not_there_behind")
_SHOWS: Final = pattern("shows_there")
_WITHIN: Final = re.compile("里|中|当中|上")
_WHETHER: Final = re.compile("没(有|得)")
_JOINT: Final = pattern("column_joint")
_FUND: Final = pattern("fund_name")
_ONLY: Final = pattern("only_this")
_ASKS_UNITS: Final = re.compile("谁|[哪几多]|家|单位")
_ASKS_ROWS: Final = re.compile("[哪谁几列些各家]|单位|的(?:[呢都也又就是有,?]|$)")
_OF_NOTHING: Final = ("zero", "nonzero")
_OTHER_NATURE: Final = {"项目支出": "基本支出", "基本支出": "项目支出"}


@dataclass(frozen=True, slots=True)
class _Said:
    """A column with what stands before and behind it, up to the columns beside it."""

    name: Name
    before: str
    behind: str

    @property
    def comparison(self) -> Comparison | None:
        """Whether it is said to hold nothing or something; None where neither is, or it is asked (有…没有)."""
        if self.before.endswith("有") and _WHETHER.match(self.behind):
            return None
        if _EMPTY_BEFORE.search(self.before) or _EMPTY_BEHIND.search(self.behind):
            return "eq"
        return "ne" if _FILLED_BEFORE.search(self.before) or _FILLED_BEHIND.search(self.behind) else None


def bounded_columns(clause: Clause) -> tuple[Condition, ...]:
    """Which columns a clause says that rows fill or leave empty; of one alone it has to say that there is no other.

    A column that holds so much (…而项目支出超过50万元) is filled.
    """
    if not (clause.of("class") or _ASKS_ROWS.search(clause.text)):
        return ()  # 没安排政府性基金预算支出吧: whether there is any
    said = _joined(_columns(clause))
    is_measured = any(piece.name not in _OF_NOTHING for piece in clause.of("bound"))
    bounds = [(each, bound or ("ne" if is_measured else None)) for each, bound in said]
    conditions = tuple(
        Condition(comparison=bound, values=(Decimal(0),), column=each.name) for each, bound in bounds if bound
    )
    if len(conditions) < len(said) or not any(bound for _, bound in said):
        return ()
    (each, bound), condition = bounds[0], conditions[0]
    if len(said) > 1 or bound == "eq":
        return conditions
    if not _ONLY.search(each.before):
        return ()
    if (other := _OTHER_NATURE.get(each.name.text)) is not None:
        return (condition, condition.model_copy(update={"comparison": "eq", "column": Name(text=other)}))
    return (condition, Condition(comparison="eq", than=Select()))  # all that the row has


def lacked_by_units(clause: Clause) -> tuple[Condition, ...]:
    """What a clause that asks for units says that they have none of, whatever it is: an item, a table that lists them.

    What it is within (基本支出里没列…) is none of that.
    """
    if "except" in clause.ops() or not _ASKS_UNITS.search(clause.text):
        return ()
    runs = [(key, list(run)) for key, run in groupby(clause.pieces, key=_is_item)]
    texts = ["", *("".join(piece.text for piece in run) for _, run in runs), ""]
    lacked = [
        name_of(run[-1])
        for place, (is_item, run) in enumerate(runs)
        if is_item and _is_lacked(texts[place], texts[place + 2], is_table="table" in roles_of(run[-1]))
    ]
    return tuple(Condition(comparison="eq", values=(Decimal(0),), column=name) for name in lacked[-1:])


def _is_item(piece: Piece) -> bool:
    return piece.kind == "name" and not is_unit(piece)


def _is_lacked(before: str, behind: str, *, is_table: bool) -> bool:
    """Whether what stands around a name says that there is none of it, or that units stand in no such table."""
    if _NOT_THERE_BEFORE.search(before) or (is_table and _NOT_THERE_BEHIND.search(behind)):
        return True
    return bool(_EMPTY_BEFORE.search(before) or _EMPTY_BEHIND.search(behind)) and not _WITHIN.match(behind)


def _columns(clause: Clause, is_meant: Callable[[Piece], bool] | None = None) -> list[_Said]:
    """The columns of a clause, or other names that are meant, with the words around them."""
    runs = [(key, list(run)) for key, run in groupby(clause.pieces, key=is_meant or _is_column)]
    texts = ["".join(piece.text for piece in run) for _, run in runs]
    around = ["", *texts, ""]
    return [
        _Said(name_of(run[-1]), around[place], _behind(around[place + 2], is_last=place + 2 >= len(runs)))
        for place, (is_column, run) in enumerate(runs)
        if is_column
    ]


def _behind(text: str, *, is_last: bool) -> str:
    """What stands behind a column, without what belongs to the next one (基本支出|没有项目支出)."""
    return text if is_last else _FILLED_BEFORE.sub("", _EMPTY_BEFORE.sub("", text))


def _is_column(piece: Piece) -> bool:
    return piece.kind == "name" and (is_of_item(piece) or bool(_FUND.fullmatch(piece.text)))


def _joined(columns: list[_Said]) -> list[tuple[_Said, Comparison | None]]:
    """The columns with what is said of each; of those that are only joined the same is said (A和B都有)."""
    told: list[tuple[_Said, Comparison | None]] = []
    for each in columns:
        bound = each.comparison
        is_joined = bool(told) and bool(_JOINT.fullmatch(each.before))
        if is_joined and bound is None:
            bound = told[-1][1]
        elif is_joined and told[-1][1] is None:
            told = [(before, bound if own is None else own) for before, own in told]
        told.append((each, bound))
    return told


def read_of_columns(clause: Clause) -> str:
    """The words of a clause that say which columns rows fill or leave empty."""
    around = [text for each in _columns(clause, _is_item) for text in (each.before, each.behind)]
    said = (_FILLED_BEFORE, _FILLED_BEHIND, _EMPTY_BEFORE, _EMPTY_BEHIND, _NOT_THERE_BEFORE, _NOT_THERE_BEHIND, _SHOWS)
    return "".join(match.group() for pattern in said for text in around if (match := pattern.search(text)))


def by_columns(rows: Query, bounds: tuple[Condition, ...]) -> Filter:
    """Rows by what they fill and leave empty; the figures told are those of a column that they fill, if any."""
    columns = tuple(bound.column for bound in bounds if bound.column)
    told = {column.text for column in columns}
    filled = next((b.column for b in bounds if b.comparison == "ne" and b.column), None)

    def narrowed(query: Query) -> Query:
        if isinstance(query, Except | Filter | Rank):
            return query.model_copy(update={"rows": narrowed(query.rows)})
        if not isinstance(query, Rows):
            return query
        kept = (name for name in query.within.names if name.is_linked and name.text not in told)
        names = (*kept, *((filled,) if filled else ()))
        within = query.within.model_copy(update={"names": names})
        return query.model_copy(update={"within": within, "columns": columns})

    return Filter(rows=narrowed(rows), conditions=bounds)


def with_bounds(query: Query, bounds: tuple[Condition, ...]) -> Query | None:
    """Rows asked for just before, bounded by columns of theirs too; None of what are no rows."""
    if not isinstance(query, Filter) or not bounds:
        return None
    return by_columns(query.rows, (*query.conditions, *bounds)) if query.columns else None
