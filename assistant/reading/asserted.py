"""Changes that a question asserts or asks what made them: 一下少了七百万，是不是修完了; 多出来的那部分从哪来."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.query import Ask, Change, Claim, Exists, Query, Say, Select, Several, names_of, nodes_of
from assistant.reading.clauses import NUMBER, OF_CHANGE, RECOMPUTES, WHY, Clause
from assistant.reading.moves import way_of
from assistant.reading.patterns import pattern
from assistant.reading.said import Said
from assistant.reading.state import State

_MOVING: Final = frozenset({"change", "more", "less", "exists"})
_SUSPECTS: Final = pattern("suspects")
_OF_LAST: Final = pattern("of_last_year")


def change_asked(said: Said) -> Query | None:
    """``多出来的那部分从哪来的``, ``涨在哪几块``, ``为啥少的``: how far the one thing spoken of changed, and why.

    Of two things that were set against each other it is no change.
    """
    topic, before = _of_change(said), said.state.context.query
    if len(topic) != 1 or topic[0].winner is not None or not isinstance(before, Select | Change | Say | None):
        return None
    if said.ops & {"max", "min", "top"}:
        return None  # 最少的是谁
    moved = isinstance(before, Change) or said.ops & {"change", "more", "less"}
    is_why = said.intent == "why" or WHY.search(said.text) is not None
    beside_parts = bool(said.state.moved) and bool(said.selects)  # 接待在压，那怎么总数还往上走
    is_bare_why = (
        is_why and bool(moved) and (beside_parts or not topic[0].names)
    )  # no sentence is of a side by its name
    is_of_last = said.state.goes_on or _OF_LAST.search(said.text) is not None
    if not (OF_CHANGE.search(said.text) or is_bare_why) or (said.selects and not is_of_last):
        return None
    return Change(of=topic[0].model_copy(update={"quantity": "any", "counted": None, "period": "this"}))


def _of_change(said: Said) -> tuple[Select, ...]:
    """What a change is of: all that the question before asked for, where parts of it are only said to have moved."""
    told, _, _ = said.state.whole_text.partition(said.text)
    is_other_way = {way_of(told), way_of(said.text)} == {"up", "down"}  # 出国反而涨了，那少的四万少在哪
    names_none = not said.selects and len(said.state.earlier) == 1 and OF_CHANGE.search(said.text)
    return said.state.earlier if names_none and (said.state.moved or is_other_way) else said.topic


def is_suspected(said: Said) -> bool:
    """Whether a clause only says what may have made a change that was asserted (是把接待加上去了吧)."""
    return bool(said.state.moved) and _SUSPECTS.search(said.text) is not None


def with_asserted_change(asks: Sequence[Ask], state: State) -> list[Ask]:
    """The asks, with how what is said to have moved did, and why, where they only say what it may come from.

    机关运行经费翻了一倍，是不是大手大脚: the figures and the reason are what an office can reply. What is suspected
    is told by its own change where it names an item (是把接待砍了吧), and by the reason where it names none.
    """
    moved = state.moved
    if not moved or any(NUMBER.search(ask.text) for ask in asks):
        return list(asks)
    if not all(_is_opinion(ask) or _is_suspicion(ask) for ask in asks):
        return list(asks)
    suspected = [_as_changes(ask) for ask in asks if _is_suspicion(ask)]
    claims = tuple(claim for ask in asks for claim in ask.claims) if suspected else ()
    own = {name for ask in suspected for name in _measured(ask.query)}
    whole = [each for each in moved if not own & {name.text for name in each.names}]
    changes = [_change_of(each, claims) for each in whole]
    if not changes:
        return list(asks)
    told = [ask for ask in suspected if not ask.heads]
    return [*changes, *told, *(ask for ask in asks if _is_opinion(ask))]


def claimed_change(clause: Clause, selects: Sequence[Select], state: State) -> Change | None:
    """The change of a figure, where all that is said of it is that it moved by a number (出国费砍了15万？)."""
    moved = selects or state.context.selects
    is_all = clause.ops() <= _MOVING and not clause.of("class", "level") and not NUMBER.search(clause.text)
    if RECOMPUTES.search(state.whole_text):
        return None
    if not selects and clause.of("word"):
        return None  # 是不是太抠门: what somebody thinks of it
    claims = (*state.claims, *(claim for said in state.asserted[-1:] for claim in said.claims))
    if len(moved) != 1 or not is_all or not any(claim.way for claim in claims):
        return None
    (figure,) = moved
    is_figure = figure.winner is None and not figure.counted and not figure.described
    return Change(of=figure) if is_figure and (figure.names or figure.side) else None


def asserted_figure(clause: Clause, selects: Sequence[Select], claims: Sequence[Claim]) -> Ask | None:
    """The one figure that a clause which asks nothing says something to be, or to have moved by (去年出国52万)."""
    if len(selects) != 1 or len(claims) != 1 or claims[0].is_bound or not selects[0].names or selects[0].counted:
        return None
    query = Change(of=selects[0]) if claims[0].way else selects[0]
    return Ask(query=query, text=clause.text, claims=tuple(claims), is_asserted=True)


def with_assertions(asks: Sequence[Ask], state: State) -> list[Ask]:
    """The asks, with what is asserted beside them of something else; of the same thing it is a claim about that."""
    asked = {name for ask in asks for name in _measured(ask.query)}
    made: list[Ask] = list(asks)
    for asserted in state.asserted:
        if asked.isdisjoint(_measured(asserted.query)):
            made += [asserted] if asks else []
        else:
            made = [_with_claims(ask, asserted) for ask in made]
    return made


def _with_claims(ask: Ask, asserted: Ask) -> Ask:
    is_of_it = not _measured(ask.query).isdisjoint(_measured(asserted.query))
    return ask.model_copy(update={"claims": (*ask.claims, *asserted.claims)}) if is_of_it else ask


def _measured(query: Query) -> set[str]:
    """The names of all figures that a query takes, not of what they are within."""
    return {name.text for node in nodes_of(query) if isinstance(node, Select) for name in node.names}


def whole_claimed(clause: Clause, claims: Sequence[Claim], state: State) -> tuple[Select, ...]:
    """All that a budget spends, where that is said to have moved by a number (今年预算多了四个亿)."""
    names_none = not clause.of("name", "word", "class", "level", "total") and not state.context.selects
    is_budget = names_none and any("预算" in piece.text for piece in clause.pieces)
    return (Select(side="支出"),) if is_budget and any(claim.way for claim in claims) else ()


def _is_opinion(ask: Ask) -> bool:
    return isinstance(ask.query, Say) and ask.query.intent == "anything"


def _is_suspicion(ask: Ask) -> bool:
    """Whether an ask only says what may have made a change."""
    figures = ask.query.of if isinstance(ask.query, Several) else (ask.query,)
    if _SUSPECTS.search(ask.text):
        return all(isinstance(figure, Select | Exists | Change) for figure in figures)
    return all(isinstance(f, Select) and f.names and f.period == "this" and not f.counted for f in figures)


def _as_changes(ask: Ask) -> Ask:
    figures = ask.query.of if isinstance(ask.query, Several) else (ask.query,)
    changes = tuple(f if isinstance(f, Change) else Change(of=f.of if isinstance(f, Exists) else f) for f in figures)
    query = changes[0] if len(changes) == 1 else Several(of=changes)
    return ask.model_copy(update={"query": query, "claims": ()})


def _change_of(moved: Select, claims: tuple[Claim, ...] = ()) -> Ask:
    return Ask(query=Change(of=moved), text=_how_it_moved(moved), claims=claims, wants_reason=True)


def with_claimed_part(asks: Sequence[Ask], state: State) -> list[Ask]:
    """The asks, with the change of what is said to have moved beside the change that is asked (说是接待费拉上去的)."""
    asked = [node.of for ask in asks for node in nodes_of(ask.query) if isinstance(node, Change)]
    told = {name.text for query in asked for name in names_of(query) if isinstance(query, Select)}
    own = {name.text for query in asked if isinstance(query, Select) for name in query.names}
    moved = [each for each in state.moved if each.names and not own & {name.text for name in each.names}]
    if not asked or not moved or not told:
        return list(asks)
    return [*asks, *map(_change_of, moved)]


def _how_it_moved(moved: Select) -> str:
    told = "".join(name.text for name in moved.names) or f"{moved.side or ''}总额"
    return f"{told}比上年增减多少，为什么"
