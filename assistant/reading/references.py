"""Clauses that compute with what was named before: the former and the latter, what a total and its parts leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assistant.query import BaseOf, Change, Difference, Query, Ratio, Rest, Select, Several, Share, Sum
from assistant.reading.clauses import NUMBER, RECOMPUTES, Clause, bare_text
from assistant.reading.patterns import pattern
from assistant.reading.selects import only_linked
from assistant.reading.state import State

_FORMER: Final = pattern("former_and_latter")
_THE_GAP: Final = pattern("the_gap")
GAP_IS: Final = pattern("gap_is")
"""What asks of which money the gap between two figures is."""

_ADDS_PARTS: Final = pattern("adds_parts")
_WHERE: Final = pattern("where_gap")
_IS_TRUE: Final = pattern("is_true")
_DENOMINATOR: Final = pattern("denominator")
_BY: Final = re.compile("^(只|就|要是|如果)?(按照?|以|拿|用|除以)")
_NET: Final = pattern("net_change")
_HAS_MOVED: Final = pattern("has_moved")
_WHAT_GAP: Final = pattern("which_money")
_AGAIN: Final = pattern("each")
_APART: Final = re.compile("各|分别|每|哪")
_PAIR: Final = 2
_OF_YEARS: Final = re.compile("上年|去年|同比|往年|头年|前一年|上一年")
_TWO_THINGS: Final = re.compile("[两俩二](?:项|个|笔|块|样)")
ONE_OF_TWO: Final = pattern("one_of_two")
_AGAINST: Final = frozenset({"versus", "gap", "ratio", "which", "share", "max", "min", "top", "mean"})


def former_and_latter(clause: Clause, state: State) -> Query | None:
    """``前一笔比后一笔多多少``, ``后一个多出多少``: the two figures named last, in the order said."""
    match = _FORMER.search(clause.text)
    one = ONE_OF_TWO.search(clause.text) if clause.ops() & {"gap", "more", "less"} and not clause.of("name") else None
    spoken = _figures_before(state)
    if (match is None and one is None) or len(spoken) < _PAIR:
        return None
    pair = tuple(s.model_copy(update={"refers": True}) for s in spoken[-_PAIR:])
    is_first = match["first"] if match else one and one["former"]
    pair = pair if is_first else pair[::-1]
    return Ratio(part=pair[0], base=pair[1]) if "ratio" in clause.ops() else Difference(of=pair)


def one_against_other(clause: Clause, selects: Sequence[Select], state: State) -> Difference | None:
    """``基本、项目各多少，项目那部分高出多少``: one of two figures just asked for, against the other one."""
    before = state.context.query
    pair = [one for one in before.of if isinstance(one, Select)] if isinstance(before, Several) else []
    moves = clause.ops() & {"gap", "more", "less", "change"} and not (clause.of("period", "year", "basis"))
    if len(pair) != _PAIR or len(selects) != 1 or not moves or _OF_YEARS.search(clause.text):
        return None
    said = _named(selects[0])
    one, other = (_named(each) for each in pair)
    if not said or not (said <= one | other) or bool(said & (one - other)) == bool(said & (other - one)):
        return None
    ordered = pair if said & (one - other) else pair[::-1]
    return Difference(of=tuple(ordered))


def gap_query(clause: Clause, selects: Sequence[Select], state: State) -> Query | None:
    """``差的那三千多万放哪了``: the total named before against its parts, or two figures of one thing."""
    before = state.context.query
    if not selects and isinstance(before, Rest) and _asks_again(clause):
        return before
    if (own := _sum_against_whole(clause, selects)) is not None:
        return own
    if GAP_IS.search(clause.text) and (asked := _rest_between(before, state)) is not None:
        return asked
    if any(select.names for select in selects) or not _speaks_of_gap(clause, state):
        return None
    here = [id(select) for select in selects]
    figures = [only_linked(select) for select in _figures_before(state) if id(select) not in here]
    wholes = [select for select in figures if select.side and not select.names]
    parts = [select for select in figures if select not in wholes]
    if len(wholes) == 1 and len(parts) >= _PAIR:
        return Rest(whole=wholes[0], parts=tuple(parts))
    if len(figures) == _PAIR and not wholes and _named(figures[0]) & _named(figures[1]):
        return Rest(whole=_around_linked(figures[0]), parts=(_around_linked(figures[1]),))
    return None


def _asks_again(clause: Clause) -> bool:
    """Whether a clause asks no more of a gap than how much it is, or what money (算什么钱)."""
    text = bare_text(clause)
    return bool(_AGAIN.fullmatch(text) or _WHAT_GAP.fullmatch(text)) or _asks_only(clause)


def _rest_between(before: Query | None, state: State) -> Rest | None:
    """Two figures that were set against each other, of which it is asked what lies between them (差的这块是什么钱).

    So it is with the last two that were asked for, or named.
    """
    asked = state.queries[-_PAIR:] if isinstance(before, Select) else state.context.selects if before is None else ()
    pair = before.of if isinstance(before, Difference | Several) else tuple(asked)
    if len(pair) != _PAIR:
        return None
    sums = [one for one in pair if isinstance(one, Sum)]
    wholes = [one for one in pair if isinstance(one, Select)]
    if len(sums) == 1 and len(wholes) == 1:
        return Rest(whole=wholes[0], parts=sums[0].of)
    return Rest(whole=wholes[0], parts=(wholes[1],)) if len(wholes) == _PAIR else None


def base_of_share(clause: Clause, selects: Sequence[Select], state: State) -> Query | None:
    """``分母用成哪个数了``: of what the share is that was stated before of an item."""
    if selects or not _DENOMINATOR.search(clause.text) or not state.shares:
        return None
    part, percent = state.shares[-1]
    return BaseOf(part=part, percent=percent)


def share_of_other(clause: Clause, selects: Sequence[Select], state: State) -> Query | None:
    """``只按三公小计算应该是百分之多少``: the share stated before, of what is named now."""
    if len(selects) != 1 or not state.shares or "share" not in clause.ops() or not _BY.search(clause.text):
        return None
    part = state.shares[-1][0]
    is_other = _named(selects[0]) != _named(part) and not any(p.text.startswith("占") for p in clause.of("op"))
    return Share(parts=(part,), whole=selects[0]) if is_other else None


def share_claimed(clause: Clause, selects: Sequence[Select]) -> tuple[Select, Decimal] | None:
    """The part and the per cent of a share that a clause states (甲222.5万元占“三公”经费8.75%)."""
    mark = next((p for p in clause.of("op") if p.name == "share" and p.text.startswith("占")), None)
    percents = [p.value for p in clause.of("number") if p.unit == "%" and p.value is not None]
    if mark is None or not percents:
        return None
    parts = [s for s in selects if s.names and s.spans and s.spans[-1][1] <= mark.start]
    return (only_linked(parts[-1]), percents[-1]) if parts else None


def net_change(clause: Clause, selects: Sequence[Select], state: State) -> Query | None:
    """``两项合起来净增多少``: the changes of what is named, or was spoken of, added up with their signs."""
    before = state.context.query
    of_changes = isinstance(before, Several) and all(isinstance(each, Change) for each in before.of)
    ops = clause.ops()
    moves = bool(ops & {"change", "more", "less"} or _HAS_MOVED.search(clause.text))
    adds_changes = "sum" in ops and moves and of_changes and not selects
    is_last = any(piece.name == "last" for piece in clause.of("period"))
    of_last = {"versus", "gap"} | (set() if "占" in clause.text else {"share"})
    against = ops & _AGAINST - (of_last if is_last else set())
    of_moves = "change" in ops or (is_last and moves)
    adds_changes = adds_changes or ("sum" in ops and of_moves and not against and state.documents == 1)
    topic = tuple(selects) or state.context.selects
    goes_on = of_moves or (is_last and ops == {"versus"})  # 一共多少，跟去年比呢
    if not selects and goes_on and not against and (summed := added_before(clause, state)):
        return Sum(of=tuple(Change(of=select) for select in summed))  # 三样一共多少，比上年少花多少
    if len(topic) < _PAIR and not selects and _TWO_THINGS.search(state.whole_text):
        topic = apart([only_linked(select) for select in distinct(state.spoken)][-_PAIR:])
        adds_changes = adds_changes or (of_moves and isinstance(before, Sum))
    if len(topic) < _PAIR or not (adds_changes or _NET.search(clause.text)):
        return None
    return Sum(of=tuple(Change(of=select) for select in topic))


def added_before(clause: Clause, state: State) -> tuple[Select, ...]:
    """What was just added up, where a clause goes on about all of it together and not about each."""
    before = state.context.query
    if not isinstance(before, Sum) or len(before.of) < _PAIR or _APART.search(clause.text):
        return ()
    terms = [term.of if isinstance(term, Change) else term for term in before.of]
    figures = tuple(term for term in terms if isinstance(term, Select))
    return figures if len(figures) == len(terms) else ()


def sum_of_last_year(clause: Clause, selects: Sequence[Select], state: State) -> Query | None:
    """``三样一共多少，去年呢``: last year's figures of what was just added up, together."""
    is_last = any(piece.name == "last" for piece in clause.of("period"))
    if selects or not is_last or clause.ops() - {"sum"} or clause.of("name", "class", "total"):
        return None
    terms = tuple(each.model_copy(update={"period": "last"}) for each in added_before(clause, state))
    return Sum(of=terms) if terms else None


def apart(selects: Sequence[Select]) -> tuple[Select, ...]:
    """Things named in clauses one after the other, none within another of them."""
    items = {name.text for select in selects for name in select.names}
    return tuple(
        select.model_copy(update={"within": tuple(name for name in select.within if name.text not in items)})
        for select in selects
    )


def recomputed_change(clause: Clause, selects: Sequence[Select], state: State) -> Query | None:
    """``按今年数减增加额当基数再核一遍``: the change of what was spoken of, with the rate worked out."""
    topic = tuple(selects) or state.context.selects
    of_change = "change" in clause.ops() or isinstance(state.context.query, Change)
    recomputes = RECOMPUTES.search(clause.text) is not None
    if not selects and len(state.moved) == 1 and "占" not in clause.text and (recomputes or "share" in clause.ops()):
        return Change(of=state.moved[0], recomputed=recomputes)  # 说少了一千万，写的是百分之几
    if len(topic) != 1 or not of_change or not recomputes:
        return None
    return Change(of=topic[0], recomputed=True)


def asserted_figure(clause: Clause, selects: Sequence[Select], state: State) -> Query | None:
    """``真有这事吗``: what was said to have moved as it did, else the figure that was given a number, on each basis."""
    names_more = clause.of("name", "class", "total") or clause.ops() - {"exists"}
    if selects or names_more or not _IS_TRUE.search(clause.text):
        return None
    if state.moved:
        changes = tuple(Change(of=each) for each in state.moved)
        return changes[0] if len(changes) == 1 else Several(of=changes)
    spoken = state.context.selects
    return spoken[0] if len(spoken) == 1 and state.claims and (spoken[0].names or spoken[0].side) else None


def _around_linked(select: Select) -> Select:
    """A figure within what the document names; words around it tell nothing apart here."""
    return select.model_copy(update={"within": tuple(name for name in select.within if name.is_linked)})


def _sum_against_whole(clause: Clause, selects: Sequence[Select]) -> Query | None:
    """``甲和乙加起来跟总支出差多少``: the parts, then the whole behind the word that adds them."""
    sums = [piece.end for piece in clause.of("op") if piece.name == "sum"]
    if len(selects) <= _PAIR or not sums or "gap" not in clause.ops() or not all(select.spans for select in selects):
        return None
    *parts, whole = selects
    if parts[-1].spans[-1][1] > sums[0] or whole.spans[0][0] < sums[0]:
        return None
    return Rest(whole=whole, parts=tuple(parts))


def _speaks_of_gap(clause: Clause, state: State) -> bool:
    """Whether a clause is about what a total and its parts, or two figures of one thing, differ by."""
    if _THE_GAP.search(clause.text) and (NUMBER.search(clause.text) or _WHERE.search(clause.text) or clause.asks):
        return True
    return "gap" in clause.ops() and bool(_ADDS_PARTS.search(state.whole_text))


def _asks_only(clause: Clause) -> bool:
    """Whether nothing is said but what asks for a number (具体多少)."""
    said = [piece for piece in clause.pieces if piece.kind not in ("framing", "filler", "break")]
    return bool(NUMBER.search(clause.text)) and all(p.kind == "ask" or p.name == "list" for p in said)


def _figures_before(state: State) -> list[Select]:
    """The figures named so far, each once, in order; where a sum was asked for last, its terms."""
    before = state.context.query
    if isinstance(before, Sum) and len(before.of) > 1 and all(isinstance(each, Select) for each in before.of):
        return [each for each in before.of if isinstance(each, Select)]
    return distinct(state.spoken)


def distinct(selects: Sequence[Select]) -> list[Select]:
    """Each figure that is named, once, in order."""
    found: dict[tuple[object, ...], Select] = {}
    for select in selects:
        said = (select.side, *sorted(name.text for name in select.names))
        if select.side is not None or any(n.is_linked and not n.is_unit for n in select.names):
            found.setdefault(said, select)
    return list(found.values())


def _named(select: Select) -> set[str]:
    """Words of the names, so that an item and its own longer form share one (教育支出, 教育支出科目)."""
    return {name.text[:2] for name in (*select.names, *select.within)}
