"""What is left of one figure without parts of it: 项目支出扣掉经营支出后还剩多少, 除A以外其他各类支出合计."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.query import Difference, Name, Query, Select, Share, Sum
from assistant.reading.clauses import NUMBER, Clause, bare_text
from assistant.reading.patterns import pattern
from assistant.reading.references import distinct
from assistant.reading.rows import around
from assistant.reading.selects import NATURES, excluded_queries, name_of
from assistant.reading.state import State

_LEAVES_IT_OUT: Final = pattern("leaves_it_out")
_OTHERS: Final = pattern("others")
EACH_OTHER: Final = pattern("each_other")
_OTHER_UNITS: Final = pattern("other_units")
_NOT_AMONG: Final = pattern("not_among")
_LEFT_OVER: Final = pattern("left_over")
_FUND: Final = pattern("fund_name")
_GOES_ON: Final = pattern("goes_on_without")
_BALANCE: Final = pattern("balance")
_RANKS: Final = frozenset({"max", "min", "top", "ordinal"})


def remainder(clause: Clause, topic: tuple[Select, ...], state: State) -> Difference | None:
    """A figure and what it is to be told without; None where rows are asked for instead."""
    parts = (*state.left_apart, *excluded_queries(clause))  # 扣掉A，再扣掉B还剩多少
    if EACH_OTHER.search(clause.text):
        return None  # 除了甲，剩下几项各多少: rows
    if not state.left_apart and (again := _left_out_again(clause, state)) is not None:
        return again
    says_so = "except" in clause.ops() or (bool(state.left_apart) and bool(_OTHERS.search(clause.text)))
    goes_on = state.goes_on and _GOES_ON.search(clause.text)
    if _OTHER_UNITS.search(clause.text):
        return None  # 另外两个单位合计: rows of units
    if not topic and (named := around(clause, (), state)).side:
        topic = (Select(side=named.side),)  # 收入里不靠财政拨款的
    if not says_so or not parts or clause.ops() & _RANKS or len(topic) != 1 or clause.of("class"):
        return None
    asks = NUMBER.search(clause.text) or _BALANCE.search(clause.text) or goes_on
    if ("list" in clause.ops() and "哪" in clause.text) or not asks:
        return None  # 除甲以外还有哪几笔: rows
    if (whole := _whole_around(topic[0], parts, state)) is not None:
        return without_parts(whole, topic)
    if _is_table_before(topic[0], clause):
        return None  # 几行加一起多少（甲别算进来）: of the rows just spoken of, not of all in their table
    return without_parts(topic[0], parts)


def _left_out_again(clause: Clause, state: State) -> Difference | None:
    """``其中物业费多少，刨开它还剩多少公用经费``: what was asked for last, left out of the whole that is named.

    Else of what was spoken of before it.
    """
    if not _LEAVES_IT_OUT.search(bare_text(clause)) or not NUMBER.search(clause.text):
        return None
    names = tuple(name_of(p) for p in clause.of("name"))
    own = {name.text for name in names}
    spoken = [each for each in distinct(state.spoken) if not own & {name.text for name in each.names}]
    if names and spoken:
        return without_parts(Select(names=names), spoken[-1:])
    return without_parts(spoken[-2], spoken[-1:]) if len(spoken) > 1 and not names else None


def _whole_around(part: Select, parts: Sequence[Query], state: State) -> Select | None:
    """What was spoken of before a part that is itself left out (收入多少，其中结转多少，刨掉结转还剩多少)."""
    left_out = {name.text for query in parts if isinstance(query, Select) for name in query.names}
    own = {name.text for name in part.names}
    if not own or len(parts) != 1 or not all(any(text in name for name in own) for text in left_out):
        return None
    wholes = [each for each in distinct(state.spoken) if not {name.text for name in each.names} & (own | left_out)]
    return wholes[-1].model_copy(update={"quantity": "any", "counted": None}) if wholes else None


def _is_table_before(whole: Select, clause: Clause) -> bool:
    """Whether a whole is only a table that an earlier clause names."""
    is_here = any(clause.start <= start < clause.pieces[-1].end for start, _ in whole.spans)
    return not is_here and bool(whole.names) and all(name.text.endswith("表") for name in whole.names)


def without_parts(whole: Select, parts: Sequence[Query]) -> Difference:
    """What is left of a figure without parts of it."""
    return Difference(of=(whole, *(_inside(part, whole) for part in parts)), rest=True)


def not_among(clause: Clause, selects: Sequence[Select], state: State) -> Difference | None:
    """What is left of a whole beside a part of it (其中列进采购的合计多少，没列进的还剩多少, 不在基本支出里的有多少).

    The part is what the clause says is basic or project expenditure, else what was just asked for.
    """
    if EACH_OTHER.search(clause.text):
        return None  # 剩下几项各多少: rows
    is_rest = _LEFT_OVER.search(bare_text(clause)) is not None
    if not (is_rest or _NOT_AMONG.search(clause.text)) or not NUMBER.search(clause.text):
        return None
    before = state.context.query
    whole_of = (before.whole or before.around) if is_rest and isinstance(before, Share) else None
    if isinstance(before, Share) and isinstance(whole_of, Select) and isinstance(before.parts[0], Select | Sum):
        return without_parts(whole_of, before.parts)  # A占了百分之几，余下的加起来多少
    natured = None if is_rest else next((s for s in selects if s.within and _natures(s)), None)
    part = natured or state.context.query
    if not isinstance(part, Select):
        return None
    left_out = _natures(part) if natured else part.names if part.within else _funds(part)
    if not left_out:
        return None
    whole = tuple(name for name in (*part.within, *part.names) if name not in left_out)
    are_items = any(name.is_linked and not name.is_unit for name in whole)
    return Difference(of=(Select(names=whole), part), rest=True) if are_items else None


def _funds(select: Select) -> list[Name]:
    """The kinds of money that a figure is of, named beside its item (水体这个科目财政拨款多少，剩下的又是多少)."""
    return [name for name in select.names if _FUND.fullmatch(name.text)]


def _natures(select: Select) -> list[Name]:
    return [name for name in (*select.within, *select.names) if name.text in NATURES.values()]


def _inside(part: Query, whole: Select) -> Query:
    """A part within the figure that it is left out of."""
    if not isinstance(part, Select) or part.refers:
        return part
    within = (*whole.within, *whole.names)
    return part.model_copy(update={"within": within, "is_inside": bool(within)})
