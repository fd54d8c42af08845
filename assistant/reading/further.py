"""What an earlier question or clause came to, taken further: more added to it, it left out, it set against another."""

from __future__ import annotations

import re
from typing import Final

from assistant.query import (
    Change,
    Count,
    Difference,
    Except,
    Exists,
    Filter,
    Name,
    Query,
    Rank,
    Ratio,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Sum,
    mapped,
    names_of,
    rows_within,
    unplaced,
)
from assistant.reading.clauses import NUMBER, Clause, bare_text
from assistant.reading.patterns import pattern
from assistant.reading.said import Said
from assistant.reading.selects import NATURES, PLAIN, in_each_table, is_table
from assistant.reading.state import State
from assistant.reading.winners import ranges_units
from assistant.understand.kinds import is_part, is_same, parts_of

IT_LEFT_OUT: Final = pattern("it_left_out")
"""What says that what was spoken of is to be left out."""

_OF_ITS_OWN: Final = re.compile("[一-鿿](?<![里中内头间把将就再先也都的要请])$")
"""The end of what a clause names itself, before the words for leaving it out."""

_SET_AGAINST_IT: Final = pattern("set_against_it")
_JUST_BEFORE: Final = re.compile("刚[才刚]|上一")
_YEAR_BEFORE: Final = pattern("worked_back")
_THESE_UNITS: Final = pattern("these_units")
_BELOW: Final = pattern("below_department")
_BOTH: Final = pattern("both")
_NOT_OF_FUND: Final = pattern("not_of_fund")
_TWO_OF: Final = pattern("the_two")
_FUND: Final = pattern("fund_name")
_APART: Final = re.compile("各|分别")
BOTH_CHANGES: Final = pattern("both_changes")
"""What asks how far each of the two figures spoken of moved."""

_ALL_OTHERS: Final = pattern("others")
REST_APART: Final = pattern("rest_apart")
"""What asks for the parts that were not left out."""

_OF_REST: Final = pattern("of_rest")
_WITH_FIRST: Final = re.compile("(跟|和|与|同|加上?|连)(那个|那家)?(第一|头一?名|头一个|榜首|最[高大多]的?)")
_THE_FEW: Final = pattern("the_few")
_POINTED_FEW: Final = re.compile("[这那](?P<k>[俩两二三四五])(?:个|家|项|笔|条|样|块|类)?")
FEW: Final = {"俩": 2, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_PAIR: Final = 2


def taken_further(said: Said) -> Query | None:
    """What was asked for before, as a part of what a clause computes; None where it names all that it is about."""
    readers = (
        _of_units_listed,
        _ranked_together,
        _worked_back,
        _both_changes,
        _whole_of_natures,
        _without_first,
        _without_it,
        _of_the_rest,
        _without_fund,
        _rest_apart,
        _against_it,
        _sum_against,
    )
    return next((query for read in readers if (query := read(said)) is not None), None)


def figure_before(state: State) -> Query | None:
    """The figure that was asked for last, or named last where nothing was asked."""
    before, spoken = state.context.query, state.context.selects
    figure = _figure(before) if before is not None else spoken[0] if len(spoken) == 1 else None
    return mapped(figure, _pointed_at) if figure is not None else None


def _pointed_at(query: Query) -> Query:
    return query.model_copy(update={"refers": True}) if isinstance(query, Select) else query


def _figures_before(state: State) -> list[Query]:
    """All that was asked for so far and came to one figure, in order."""
    return [mapped(figure, _pointed_at) for query in state.queries if (figure := _figure(query)) is not None]


def left_out_before(clause: Clause, state: State) -> Query | None:
    """The figure before, where a clause says that it is to be left out (全部项目支出里把这笔去掉)."""
    return figure_before(state) if it_is_left_out(clause.text) else None


def it_is_left_out(text: str) -> bool:
    """Whether a clause leaves out what was spoken of before, and nothing that it names itself (维修养护那个不算)."""
    match = IT_LEFT_OUT.search(text)
    return match is not None and _OF_ITS_OWN.search(text[: match.start()]) is None


def apart_from(whole: Select, part: Query) -> Select:
    """A whole, not within the part of it that is to be left out."""
    gone = {name.text for name in names_of(part)}
    names, within = (tuple(name for name in each if name.text not in gone) for each in (whole.names, whole.within))
    return whole.model_copy(update={"names": names, "within": within}) if names or whole.side else whole


def _figure(query: Query) -> Query | None:
    """What a query comes to, where that is one figure."""
    match query:
        case Exists() | Change():
            return _figure(query.of)
        case Share(parts=(part,)):
            return _figure(part)
        case Count(of=Filter() | Rank() as rows):
            return Sum(of=(rows,))
        case Rank() if query.k == 1 and len(query.places) < _PAIR:
            return query
        case Select() | Sum() | Difference(rest=True):
            return query
        case _:
            return None


def _of_units_listed(said: Said) -> Query | None:
    """``下属单位是哪两家`` → ``它俩的项目支出谁大谁小，差几万``: an item of the units that were asked for before."""
    before, ops = said.state.context.query, said.ops
    if _is_of_both(before) and not said.selects and ops == {"gap"} and not said.clause.of("class"):
        return before
    listed = isinstance(before, Say) and before.intent == "which_units"
    match = _THESE_UNITS.search(said.text)
    if not listed or match is None or len(said.selects) != 1 or said.clause.of("class") or "share" in ops:
        return None
    only = said.selects[0]
    if any(name.is_unit for name in only.names) or ops & {"sum", "mean", "change", "except"}:
        return None
    is_below = _BELOW.search(said.state.context.text) is not None
    rows = Rows(within=only.model_copy(update={"refers": True}), kind="unit", is_below=is_below)
    if ops & {"which", "gap", "more", "less"}:
        ends = (Rank(rows=rows), Rank(rows=rows, descending=False))
        return Difference(of=ends) if match["k"] in ("俩", "两") else None
    ends_asked = ops & {"max", "min"}
    return Rank(rows=rows, descending="min" not in ops) if len(ends_asked) == 1 else None if ops - {"list"} else rows


def _ranked_together(said: Said) -> Query | None:
    """``最大的是哪个`` → ``第二多的呢，两个加起来多少``, ``跟第一的差多少``: of the rows found so far."""
    before, ops = said.state.context.query, said.ops
    if not isinstance(before, Rank) or said.selects or said.clause.of("class", "total"):
        return None
    match, with_first = _THE_FEW.search(said.text), _WITH_FIRST.search(said.text)
    found = [query for query in said.state.queries if isinstance(query, Rank) and _same_rows(query, before)]
    count = FEW[match["k"]] if match else _PAIR if with_first else 0
    told = {rank.places[0] if rank.places else 1 for rank in found} | ({1} if with_first else set())
    are_single = all(rank.k == 1 and len(rank.places) < _PAIR for rank in found)
    if not count or len(told) != count or not are_single or ops & {"share", "ratio"}:
        return None
    each = [before.model_copy(update={"k": 1, "places": (place,) if place > 1 else ()}) for place in sorted(told)]
    if ops & {"gap", "more", "less"} and not ops & {"sum"}:
        return Difference(of=tuple(each)) if count == _PAIR else None
    return Sum(of=(before.model_copy(update={"k": 1, "places": tuple(sorted(told))}),)) if "sum" in ops else None


def counted_few(clause: Clause, query: Query) -> Query:
    """A query whose sums of rows are of as many as the clause points at (这俩摞一块)."""
    match = _POINTED_FEW.search(clause.text)
    if match is None:
        return query

    def change(node: Query) -> Query:
        of_rows = isinstance(node, Sum) and len(node.of) == 1 and isinstance(node.of[0], Rows | Filter | Except)
        return node.model_copy(update={"k": FEW[match["k"]]}) if of_rows else node

    return mapped(query, change)


def few_of_all(clause: Clause, query: Query, state: State) -> tuple[str, ...]:
    """How many rows a clause says it adds up, where one of them was found before and all are added up."""
    match = _THE_FEW.search(clause.text)
    of_all = isinstance(query, Sum) and len(query.of) == 1 and isinstance(query.of[0], Rows | Filter | Except)
    return (match.group(),) if match and of_all and isinstance(state.context.query, Rank) else ()


def _same_rows(one: Rank, other: Rank) -> bool:
    return (one.rows, one.by, one.descending) == (other.rows, other.by, other.descending)


def _is_of_both(query: Query | None) -> bool:
    """Whether the two ends of a list of units were set against each other."""
    ends = query.of if isinstance(query, Difference) else ()
    return bool(ends) and all(isinstance(end, Rank) and ranges_units(end) for end in ends)


def _worked_back(said: Said) -> Query | None:
    """``去年年初的盘子倒推回去是多少``, ``上年那个原数还原出来``: last year's figure of what was asked for before."""
    names = [piece.text for piece in said.clause.of("name", "total", "class")]
    before = figure_before(said.state)
    if not _YEAR_BEFORE.search(said.text) or not isinstance(before, Select) or set(names) - PLAIN - {"数", "原数"}:
        return None
    return before.model_copy(update={"period": "last"})


def _both_changes(said: Said) -> Query | None:
    """``A多少`` → ``B也涨这么多吗，两个涨幅摆一块看``: how far each of the last two things that were named moved."""
    if not BOTH_CHANGES.search(said.text) or said.state.documents > 1 or len(said.selects) > 1:
        return None
    figures = [*_figures_before(said.state), *said.selects]
    items = list(dict.fromkeys(_alone(figure) for figure in figures if isinstance(figure, Select)))[-_PAIR:]
    return Several(of=tuple(Change(of=item) for item in items)) if len(items) == _PAIR else None


def _alone(select: Select) -> Select:
    """This year's figure of an item by its own names, wherever they stand."""
    within = tuple(name for name in select.within if name.is_unit)
    return Select(names=unplaced(select.names), within=within, side=select.side, refers=True)


def _whole_of_natures(said: Said) -> Select | None:
    """``A基本支出多少、项目支出多少，去年总共多少``: last year's figure of the item of which both were asked for."""
    natures = said.state.figures[-_PAIR:]
    is_last = any(piece.name == "last" for piece in said.clause.of("period"))
    items = {figure.within for figure in natures}
    told = {name.text for figure in natures for name in figure.names}
    if said.selects or not is_last or said.ops != {"sum"} or told != {*NATURES.values()} or len(items) != 1:
        return None
    (item,) = items
    return Select(names=item, period="last", refers=True) if item else None


def _without_first(said: Said) -> Query | None:
    """``最大的一块是什么？拿掉它，别的加一起多少``: all of the rows, without the one that was found first."""
    first = said.state.left_apart[0] if len(said.state.left_apart) == 1 else None
    is_of_rest = "sum" in said.ops or _ALL_OTHERS.search(said.text)
    if not isinstance(first, Rank) or said.selects or not is_of_rest or not NUMBER.search(said.text):
        return None
    return Difference(of=(_all_around(first, said.state), first), rest=True)


def _all_around(first: Rank, state: State) -> Query:
    """What the rows are parts of of which one was found first, as it was asked for before; else what they come to."""
    rows = rows_within(first)
    names = [name.text for name in rows.within.names] if isinstance(rows, Rows) else []
    wholes = [figure for figure in _figures_before(state) if isinstance(figure, Select)]
    asked = [whole for whole in wholes if names and [name.text for name in whole.names] == names]
    return asked[-1] if asked else Sum(of=(first.rows,))


def _without_it(said: Said) -> Query | None:
    """``总支出去掉它还剩多少``, ``把它去掉还剩多少``: a whole that is named, or was asked for before, without it."""
    if not IT_LEFT_OUT.search(said.text) or not NUMBER.search(said.text) or len(said.selects) > 1:
        return None
    left_out = figure_before(said.state)
    whole = said.selects[0] if said.selects else _whole_around(said.state)
    if isinstance(left_out, Rank) and not said.selects:
        whole = _all_around(left_out, said.state)
    if left_out is None or whole is None or whole == left_out:
        return None
    whole = apart_from(whole, left_out) if isinstance(whole, Select) else whole
    return Difference(of=(whole, left_out), rest=True)


def _of_the_rest(said: Said) -> Query | None:
    """``剩下的里头项目支出有多少``: an item of a whole, without the item of what was left out of it just before."""
    before = said.state.context.query
    if not isinstance(before, Difference) or not before.rest or not _OF_REST.search(said.text):
        return None
    items = said.selects[0].names if len(said.selects) == 1 else ()
    if not items or said.ops - {"except", "share"} or not all(isinstance(term, Select) for term in before.of):
        return None
    whole, *gone = (term for term in before.of if isinstance(term, Select))
    own = whole.model_copy(update={"names": items, "within": whole.names, "side": None})
    parts = (term.model_copy(update={"names": items, "within": term.names, "is_inside": True}) for term in gone)
    rest = Difference(of=(own, *parts), rest=True)
    return Share(parts=(rest,), whole=before) if "share" in said.ops else rest


def _whole_around(state: State) -> Query | None:
    """What the last figure was asked for as a part of."""
    before = state.context.query
    if isinstance(before, Share):
        return before.whole or before.around
    last = figure_before(state)
    earlier = [figure for figure in _figures_before(state) if figure != last]
    is_part = isinstance(last, Rank) or (isinstance(last, Select) and (last.is_inside or last.within))
    return earlier[-1] if earlier and is_part else None


def _without_fund(said: Said) -> Query | None:
    """``里头不属于财政拨款的有多少``: what was asked for before, without what one kind of money pays of it."""
    before, match = figure_before(said.state), _NOT_OF_FUND.search(said.text)
    funds = [select for select in said.selects if select.names and all(_FUND.fullmatch(n.text) for n in select.names)]
    if match is None or not isinstance(before, Select) or len(funds) != 1 or len(said.selects) > 1:
        return None
    names = (*before.within, *before.names)
    if any(_FUND.fullmatch(name.text) for name in names):
        return None
    item = tuple(name for name in names if not name.text.endswith("表"))  # what pays it may stand in another table
    part = funds[0].model_copy(update={"within": item, "is_inside": True})
    return Difference(of=(before, part), rest=True)


def _rest_apart(said: Said) -> Query | None:
    """``剩下的分别是什么``: the parts of a whole that were not left out of it just before."""
    before = said.state.context.query
    if not isinstance(before, Difference) or not before.rest or not REST_APART.search(bare_text(said.clause)):
        return None
    whole, *left_out = before.of
    gone = [name.text for each in left_out if isinstance(each, Select) for name in each.names]
    if said.selects or not isinstance(whole, Select) or not gone:
        return None
    known = parts_of(name.text for name in whole.names)
    parts = [part for part in known if not any(is_part(part, name) or is_same(part, name) for name in gone)]
    if not parts or len(known) - len(parts) != len(gone):
        return None
    return Several(of=tuple(whole.model_copy(update={"names": (Name(text=part),), "refers": True}) for part in parts))


def _against_it(said: Said) -> Query | None:
    """``B跟它比多出多少``, ``B是它的几倍``: what is named, or was asked for last, against what was before that."""
    if not _SET_AGAINST_IT.search(said.text) or not said.ops & {"gap", "more", "less", "ratio", "which", "versus"}:
        return None
    if said.state.documents > 1 or len(said.selects) > 1 or any(p.name == "last" for p in said.clause.of("period")):
        return None
    figures = [*_figures_before(said.state), *_told_since(said.state)]
    pair = [*figures, *said.selects][-_PAIR:]
    is_open = not said.selects and len(figures) > _PAIR and not _JUST_BEFORE.search(said.text)
    if len(pair) < _PAIR or pair[0] == pair[1] or is_open:
        return None
    first, second = pair[1], pair[0]
    if isinstance(first, Select) and isinstance(second, Select):
        second, first = in_each_table((second, first))
    if isinstance(first, Select) and said.selects and not any(map(is_table, first.within)):
        first = first.model_copy(update={"within": tuple(name for name in first.within if name.is_unit)})
    return Ratio(part=first, base=second) if "ratio" in said.ops else Difference(of=(first, second))


def _told_since(state: State) -> list[Query]:
    """What a clause that asks nothing named, where nothing was asked since (那张表里A才36.5，这张表比它多多少)."""
    spoken = state.context.selects
    is_told = not state.asked and len(spoken) == 1 and spoken != state.earlier and spoken[0].names
    return [mapped(spoken[0], _pointed_at)] if is_told else []


def _sum_against(said: Said) -> Query | None:
    """``这两样合起来，跟C比差多少``: the last two figures together against what is named."""
    figures = _figures_before(said.state)
    if not _TWO_OF.search(said.text) or "sum" not in said.ops or _APART.search(said.text) or len(figures) < _PAIR:
        return None
    both = Sum(of=tuple(figures[-_PAIR:]))
    if not said.selects:
        return None if _BOTH.search(said.text) or said.ops & {"gap", "share", "ratio", "more", "less"} else both
    if len(said.selects) > 1 or not said.ops & {"gap", "more", "less"}:
        return None
    return Difference(of=(both, said.selects[0].model_copy(update={"within": ()})))


def the_few(clause: Clause, selects: tuple[Select, ...], state: State) -> tuple[Select, ...]:
    """What a clause names; ``这两笔``, ``两个分校``: as many of the things named last as it says, which it calls so."""
    match = _THE_FEW.search(clause.text)
    heads = {name.text for select in selects for name in select.names}
    if match is None or len(heads) > 1 or not (heads or match["points"]):
        return selects
    count, head = FEW[match["k"]], next(iter(heads), "")
    spoken = _named_last(state)[-count:]
    bear = all(any(head in name.text and head != name.text for name in select.names) for select in spoken)
    is_called_so = bear and match["head"] == head if head else len(state.context.selects) != count
    is_meant = len(spoken) == count and is_called_so
    spans = tuple(span for select in selects for span in select.spans)
    return tuple(select.model_copy(update={"spans": spans}) for select in spoken) if is_meant else selects


def _named_last(state: State) -> list[Select]:
    """All that was named, each thing where it was named first."""
    named = {frozenset(name.text for name in select.names): select for select in reversed(state.spoken) if select.names}
    return [select for select in reversed(named.values()) if all(name.is_linked for name in select.names)]
