"""From pieces to asks: each clause that asks becomes a query over what it and the clauses before it name.

A clause is what stands between commas. One that only names narrows those behind it; one that only asks is about what
was named last. Operators compose: rows are filtered, then left out, then ranked, then added, counted or compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from assistant.query import (
    Ask,
    Change,
    Claim,
    Count,
    Difference,
    Each,
    Except,
    Filter,
    Fixed,
    Mean,
    Moves,
    Name,
    Query,
    Rank,
    Ratio,
    Rest,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Shares,
    Staffing,
    Sum,
    mapped,
    names_of,
    nodes_of,
    rows_within,
)
from assistant.reading.asserted import (
    asserted_figure,
    claimed_change,
    whole_claimed,
    with_asserted_change,
    with_assertions,
    with_claimed_part,
)
from assistant.reading.clauses import (
    ACTUAL_SAID,
    ENDS,
    HOLDS,
    NUMBER,
    OF_CHANGE,
    PER,
    RATE_ASKED,
    RECOMPUTES,
    SAYS,
    STARTS,
    WHY,
    Clause,
    bare_text,
    before_count,
    changing_words,
    clauses_of,
    head_words,
    is_besides,
    joins_by_adding,
    unread_words,
    with_labels,
)
from assistant.reading.computed import TIMES_MORE
from assistant.reading.described import described_in
from assistant.reading.everyone import HAS_NONE
from assistant.reading.filled import bounded_columns, read_of_columns, with_bounds
from assistant.reading.foreign import foreign_phrases
from assistant.reading.fractions import is_fraction
from assistant.reading.further import (
    BOTH_CHANGES,
    IT_LEFT_OUT,
    REST_APART,
    apart_from,
    counted_few,
    few_of_all,
    it_is_left_out,
    left_out_before,
    the_few,
)
from assistant.reading.patterns import pattern
from assistant.reading.per import BY_NUMBER, EACH_MONTH, GIVEN, divisor_in, given_numbers, of_money, said_per
from assistant.reading.piece import Piece
from assistant.reading.places import places_apart
from assistant.reading.readers import OVER, asks_of_found, is_of_people, query_in
from assistant.reading.references import share_claimed
from assistant.reading.remainders import EACH_OTHER, without_parts
from assistant.reading.rows import (
    ALL_ROWS,
    around,
    by_label,
    class_kind,
    in_order,
    of_all_funds,
    put_in_order,
    rows_query,
    without_items,
)
from assistant.reading.said import say
from assistant.reading.selects import (
    codes_apart,
    completed,
    denied_names,
    excluded_names,
    excluded_queries,
    in_each_table,
    is_column,
    merged,
    name_of,
    names_item,
    only_leaves_out,
    only_linked,
    roles_of,
    selects_in,
    without_names,
)
from assistant.reading.settled import ADDS_TOO, DIVIDED_BY, WHICH_PARTY, settled
from assistant.reading.sides import meant_sides, named_sides
from assistant.reading.spending import of_fund_table
from assistant.reading.state import Context, Over, State
from assistant.reading.terms_of_years import of_one_item
from assistant.reading.winners import beside_first_place, ranges_units, unclear_unit, winner_of
from assistant.understand.kinds import parts_called
from assistant.understand.tokenize import chinese_number
from assistant.words import content_of
from index.money import YUAN_PER_UNIT


def asks_of(
    pieces: Sequence[Piece], context: Context, *, documents: int = 1, year: int | None = None, over: Over = "documents",
    asserts: bool = False, ranks: bool = False,
) -> tuple[tuple[Ask, ...], Context]:  # fmt: skip
    """All asks of a question, and what was spoken of at its end.

    ``documents``: how many it is about; ``over``: one unit's years, all units that are loaded, or any documents.
    ``asserts``: it asks nothing, so what it asserts of something is to be checked. ``ranks``: it asks nothing, so
    what it ranks is wanted (按类汇总取最大值).
    """
    state = State(
        context,
        earlier=context.selects,
        within=list(context.within),
        documents=documents,
        over_years=over == "years",
        of_everyone=over == "units",
        year=year,
        goes_on=bool(context.selects),
        spoken=[*context.spoken],
        queries=[*context.queries],
        whole_text="".join(piece.text for piece in pieces),
        asserts=asserts,
        ranks=ranks,
    )
    asks: list[Ask] = []
    reported: list[Ask] = []
    clauses = settled([with_labels(clause) for clause in clauses_of(pieces)])
    if (apart := places_apart(clauses)) is not None:
        return (_of_places(apart, clauses),), state.context
    clauses = [_without_bounds(clause) for clause in clauses] if asserts else clauses
    state.given += [given for clause in clauses for given in _given_in(clause, state)]
    state.divisor = next((by for clause in clauses if not clause.asks and (by := divisor_in(clause))), None)
    for clause in clauses:
        if _BY_LEVEL.search(clause.text):
            _classify(clause, state)  # 最大的是哪项，按类级科目看
    begins = {after.start for before, after in pairwise(pieces) if "?" in before.text and before.kind == "break"}
    names_unit = any(piece.kind == "scope" for piece in pieces)
    for number, clause in enumerate(clauses):
        state.afresh = clause.start in begins or (names_unit and state.context is context)
        is_last = number == len(clauses) - 1
        if is_last and asks and (within := _all_within(clause)):
            asks = [_narrowed(ask, within) for ask in asks]
            continue
        made = _ask(clause, state, is_only=(is_last and not asks) or (asserts and bool(clause.of("number"))))
        bounds = bounded_columns(clause) if made is None and asks else ()
        if bounds and (bounded := with_bounds(asks[-1].query, bounds)) is not None:
            asks[-1] = asks[-1].model_copy(update={"query": bounded})
        elif made is None and asks and "order" in clause.ops():
            asks[-1] = _in_order(asks[-1], clause)
        elif is_last and made is None and asks:
            left_out = state.left_out
            asks[-1] = _without(asks[-1], state) if left_out else _with_rest(asks[-1], foreign_phrases(clause))
            asks[:-1] = [_as_last(ask, asks[-1], left_out) for ask in asks[:-1]]
        asks = _taken_in(made, asks) if made is not None else asks
        reported += [made] if made is not None and asks[-1] is made and _is_reported(clause, made) else []
    asks = [ask for ask in asks if ask not in reported] or asks
    if not asks and not (asserts or ranks) and any(clause.ops() & _RANKING for clause in clauses):
        return asks_of(pieces, context, documents=documents, year=year, over=over, ranks=True)
    if not asks and not asserts and (state.asserted or any(claim.unit for claim in state.claims)):
        return asks_of(pieces, context, documents=documents, year=year, over=over, asserts=True)
    if not asks and isinstance(asserted := state.context.query, Share):
        asks = [
            Ask(query=asserted, text=state.whole_text, claims=tuple(state.claims))
        ]  # 三公经费里七成都是出国，对不对
    asks = with_assertions(with_claimed_part(with_asserted_change(asks, state), state), state)
    asks = [_to_places(each, state.whole_text) for ask in asks for each in _use_apart(ask)]
    if _WANTS_CODE.search(state.whole_text):
        asks = [ask.model_copy(update={"wants_code": True}) for ask in asks]
    if not state.context.selects and not state.context.rows and _is_of_whole_budget(pieces):
        total = Select(side="支出")  # 今年预算多少: all that it spends
        state.context, state.queries = replace(state.context, selects=(total,)), [*state.queries, total]
    follows = replace(
        state.context,
        within=tuple(state.within),
        spoken=tuple(state.spoken[-_KEPT:]),
        queries=tuple(state.queries[-_KEPT:]),
    )
    return tuple(asks), follows


def _taken_in(made: Ask, asks: list[Ask]) -> list[Ask]:
    """The asks with one more, which may add to the one before it, only say it again, or take its place."""
    if not asks:
        return [made]
    *others, last = asks
    if _adds_why(made, last):
        return [*others, last.model_copy(update={"wants_reason": True})]
    if _asks_rate_too(made, last):
        return [*others, last.model_copy(update={"text": f"{last.text}，{made.text}"})]
    if _is_again(made, last):
        return asks
    takes_place = _is_narrower(made.query, last.query) or _lists_contents(made, last) or _holds(made.query, last.query)
    return [*(others if takes_place else asks), made]


def _is_of_whole_budget(pieces: Sequence[Piece]) -> bool:
    """Whether nothing is named but a unit's budget (今年预算总共多少)."""
    names_more = any(piece.kind in ("name", "word", "class", "number", "intent", "level") for piece in pieces)
    return not names_more and any("预算" in piece.text for piece in pieces)


def _given_in(clause: Clause, state: State) -> list[Fixed]:
    """The numbers that a clause gives to divide by; of one of several units it is none for the others."""
    is_of_one = state.documents > 1 and bool(clause.of("scope"))
    return [] if is_of_one else given_numbers(clause, state)


def _without_bounds(clause: Clause) -> Clause:
    """A clause that asserts how much something is: 超过 and 不到 bound no rows there."""
    return clause.muted(lambda piece: piece.kind == "bound")


def _all_within(clause: Clause) -> tuple[Name, ...]:
    """What a clause behind all others says that they are within (只看一般公共预算基本支出就行)."""
    if clause.asks or not _ONLY_WITHIN.search(clause.text) or clause.of("class", "total", "number"):
        return ()
    if divisor_in(clause) is not None:
        return ()  # 人均多少，按实有的算
    names = clause.of("name")
    is_basis = bool(names) and all(roles_of(piece) & {"table", "column"} for piece in names)
    return tuple(map(name_of, names)) if is_basis and not clause.ops() else ()


def _narrowed(ask: Ask, within: tuple[Name, ...]) -> Ask:
    """An ask with all of its figures within something."""

    def change(query: Query) -> Query:
        if not isinstance(query, Select) or {name.text for name in within} & {name.text for name in query.names}:
            return query
        return query.model_copy(update={"within": (*query.within, *within), "is_inside": True, "refers": True})

    return ask.model_copy(update={"query": mapped(ask.query, change)})


def _to_places(ask: Ask, text: str) -> Ask:
    """An ask with its quotients to as many decimals as the question says (保留两位小数)."""
    match = _PLACES.search(text)
    if match is None:
        return ask
    places = int(match["k"]) if match["k"].isdigit() else int(chinese_number(match["k"]) or 0)

    def change(query: Query) -> Query:
        return query.model_copy(update={"places": places}) if isinstance(query, Ratio) else query

    return ask.model_copy(update={"query": mapped(ask.query, change)})


def _is_again(ask: Ask, before: Ask) -> bool:
    """Whether a clause asks what the one before it did, and says nothing else (涨了还是跌了，差多少)."""
    adds_nothing = not (ask.unread or ask.claims) and ask.wants_reason <= before.wants_reason
    adds_nothing = adds_nothing and ask.adds_up <= before.adds_up
    if isinstance(ask.query, Rank) and _USE.search(ask.text):
        return False  # 最大的是哪项，干什么用的
    asks_more = NUMBER.search(ask.text) and not NUMBER.search(before.text) and isinstance(ask.query, Select | Several)
    return not asks_more and ask.query == before.query and adds_nothing and not isinstance(ask.query, Say)


def _asks_rate_too(ask: Ask, before: Ask) -> bool:
    """Whether a clause asks by how many per cent what the one before it asked for moved (减少多少，降幅是多少)."""
    is_of_same = isinstance(ask.query, Change) and ask.query == before.query and not (ask.unread or ask.claims)
    return is_of_same and bool(RATE_ASKED.search(ask.text))


def _adds_why(ask: Ask, before: Ask) -> bool:
    """Whether a clause asks no more than why what the one before it asked for is so (少了多少，咋回事)."""
    return ask.wants_reason and ask.query == before.query and not (ask.unread or ask.claims)


def _use_apart(ask: Ask) -> list[Ask]:
    """An ask for a row that is found, and one for what it is for where that is asked too (第二大的那笔是干什么用的)."""
    use = _USE.search(ask.text) if isinstance(ask.query, Rank) else None
    if use is None:
        return [ask]
    only = ask.model_copy(update={"text": _FOR_WHAT, "unread": (), "heads": (), "claims": ()})
    rest = ask.text.replace(use.group(), "")
    return [*([ask.model_copy(update={"text": rest})] if rest else []), only]


def _is_narrower(query: Query, before: Query) -> bool:
    """Whether a ranking is over the rows that were ranked just before (花在哪几块，前三名)."""
    if not (isinstance(query, Rank) and isinstance(before, Rank)):
        return False
    return (query.rows, query.by, query.descending) == (before.rows, before.by, before.descending)


def _holds(query: Query, before: Query) -> bool:
    """Whether two changes side by side hold the one that was just asked for (B也涨了吗，两个涨幅摆一块)."""
    changes = query.of if isinstance(query, Several) and all(isinstance(each, Change) for each in query.of) else ()
    own = [{name.text for name in names_of(change)} for change in changes]
    return isinstance(before, Change) and {name.text for name in names_of(before)} in own


def _lists_contents(ask: Ask, before: Ask) -> bool:
    """Whether the parts of something are asked for, each with its figure, of which it was asked what it contains."""
    return isinstance(ask.query, Rows) and isinstance(before.query, Say) and _is_contents_of(ask.query, before.query)


def _is_contents_of(rows: Rows, say: Say) -> bool:
    return say.intent == "what_is" and bool(say.topic) and rows.within.names == say.topic


def _of_places(query: Difference | Rest, clauses: Sequence[Clause]) -> Ask:
    """One figure in two places, with the figures that the question asserts."""
    claims = tuple(claim for clause in clauses for claim in _claims(clause))
    text = "，".join(clause.text for clause in clauses)
    return Ask(query=query, text=text, claims=claims)


def _is_reported(clause: Clause, ask: Ask) -> bool:
    """Whether an ask only tells what others wonder about, and names nothing (市民老问钱去哪了)."""
    is_told = any(SAYS.search(piece.text) for piece in clause.of("framing"))
    asks_more = clause.of("name", "class", "intent") or clause.ops() - {"exists"}
    return is_told and isinstance(ask.query, Say) and not asks_more


def _with_rest(ask: Ask, foreign: tuple[str, ...]) -> Ask:
    """An ask with what a clause behind it names that no item bears."""
    return ask.model_copy(update={"unread": (*ask.unread, *foreign), "heads": (*ask.heads, *foreign)})


def _as_last(ask: Ask, last: Ask, items: tuple[Name, ...]) -> Ask:
    """An ask about the same rows as the last one, with what is left out of those left out."""
    query = without_items(ask.query, items) if items else ask.query
    is_of_same = query != ask.query and rows_within(query) == rows_within(last.query)
    return ask.model_copy(update={"query": query}) if is_of_same else ask


def _in_order(ask: Ask, clause: Clause) -> Ask:
    """An ask for rows, in the order that a clause behind it says (从大到小排)."""
    counted = isinstance(ask.query, Count)
    rows = ask.query.of if isinstance(ask.query, Count) else ask.query
    if not isinstance(rows, Rows | Filter | Except):
        return ask
    ordered = in_order(rows, clause)
    return ask.model_copy(update={"query": Count(of=ordered) if counted else ordered})


def _without(ask: Ask, state: State) -> Ask:
    """An ask with what is left out, said behind it: rows, or parts of its figure; of anything else it stays unread."""
    items = state.left_out
    if _adds_others(ask.query, items):
        return ask
    query = without_items(ask.query, items)
    if isinstance(query, Select) and _is_money(query) and state.left_apart:
        query = without_parts(query, state.left_apart)
    if query != ask.query:
        return ask.model_copy(update={"query": query})
    told = tuple(name.text for name in items)
    return ask.model_copy(update={"unread": (*ask.unread, *told), "heads": (*ask.heads, *told)})


def _is_money(select: Select) -> bool:
    """Whether one figure of money is selected, by names or as a side's total."""
    return select.quantity != "count" and select.winner is None and bool(select.names or select.side)


def _adds_others(query: Query, items: Sequence[Name]) -> bool:
    """Whether things named one by one are added, none of which is what is left out (A和B合计，C不算)."""
    terms = query.of if isinstance(query, Sum) and len(query.of) > 1 else ()
    named = {name.text for term in terms if isinstance(term, Select) for name in (*term.within, *term.names)}
    return bool(named) and not any(item.text in text or text in item.text for item in items for text in named)


def _are_moneys(names: Iterable[Name]) -> bool:
    """Whether kinds of money are all that is named: none of them holds another one (除财政拨款，A加B合计)."""
    return all(name.is_unit or _MONEY.search(name.text) for name in names)


def _ask(clause: Clause, state: State, *, is_only: bool) -> Ask | None:
    state.meant_sides = meant_sides(clause.pieces, state.sides)
    state.changing = [] if by_label(clause) else state.changing  # its rows are those that are called so
    selects = codes_apart(completed(tuple(selects_in(clause, state)), clause, state), clause)
    if (described := described_in(clause, selects)) is not None:
        selects = (described,)
    clause = beside_first_place(clause) if any(select.winner for select in selects) else clause
    claims = _claims(clause)
    selects = the_few(clause, selects, state) or whole_claimed(clause, claims, state)
    selects = in_each_table(selects) if clause.ops() & _SETTING_AGAINST else selects
    state.spoken += [select for select in selects if select not in state.spoken[-len(selects) :]]
    state.sides |= named_sides(name_of(piece) for piece in clause.of("name", "word"))
    state.shares += [claimed] if (claimed := share_claimed(clause, selects)) else []
    divisor = divisor_in(clause)
    state.divisor = divisor or state.divisor
    given = given_numbers(clause, state)
    said = any(
        p.kind not in ("framing", "filler", "scope", "year", "period", "basis", "joint", "ask") for p in clause.pieces
    )
    if divisor is not None and not clause.asks:
        _divides(divisor, clause, selects, state)
        return None
    if given and not clause.asks and not of_money(selects, given):
        return None  # 离休4个人、退休66个人
    if not _is_ask(clause, selects, state, is_only=is_only):
        ordered = put_in_order(clause, selects, state)
        _narrow(clause, selects, state)
        state.context = replace(state.context, query=ordered) if ordered else state.context
        return None
    if not said and not selects and not state.context.selects:
        return _of_others(clause)
    if not selects and (named := _names_of_counted(clause, state)) is not None:
        return named
    only_says = is_only and not (clause.asks or clause.ops() or clause.of("bound", "class"))
    confirms = state.asserts or only_says or _CONFIRMS.search(clause.text) or any(claim.way for claim in claims)
    state.claims += claims if confirms else _claims(clause, fractions_only=True)
    query = claimed_change(clause, selects, state) or query_in(clause, selects, state)
    if query is None and clause.ops() & _COMPUTING:
        query = say("anything", clause, selects, state)
    if query is None:
        _narrow(clause, selects, state)
        return None if selects else _of_others(clause)
    query = _of_people_too(of_fund_table(of_one_item(query, state.context.selects)), clause, state)
    query = counted_few(clause, query)
    is_whole = not selects and isinstance(query, Select) and _is_money(query)
    if state.left_apart and is_whole and isinstance(query, Select) and not EACH_OTHER.search(clause.text):
        query = without_parts(query, state.left_apart)  # 把结转的抠掉，真正安排的有多少
    foreign = tuple(phrase for phrase in foreign_phrases(clause) if not ACTUAL_SAID.fullmatch(phrase))
    if _hangs_on(clause, selects):
        foreign = (*state.foreign, *foreign)
    state.foreign = foreign
    is_of_found = asks_of_found(clause, query)
    unused = () if query is state.context.query and is_of_found else (
        *unclear_unit(clause, state), *(others := _ranked_by_others(clause, query)), *_unused(clause, query),
        *_asked_twice(clause, query, state), *_not_left_out(query, state), *_untaken(query, state),
        *_years_untold(clause, query, state), *_changing(clause, query), *state.changing, *foreign,
        *_beside_topic(query, selects, state), *_undivided(clause, query, state), *_unbounded(clause, query, state),
        *_undenied(clause, query), *few_of_all(clause, query, state), *_gone(clause, query),
    )  # fmt: skip
    unread = () if is_of_found else _unread(clause, query, unused)
    ask = Ask(
        query=query,
        text=clause.text,
        claims=tuple(state.claims),
        unread=unread,
        heads=(*(head for head in head_words(clause) if head in unread), *unused),
        keywords=tuple(p.text for p in clause.of("class") if len(p.text) > 2),
        wants_reason=bool(WHY.search(clause.text) or (isinstance(query, Change) and OF_CHANGE.search(clause.text))),
        adds_up=_adds_up(clause, query, state),
    )
    state.claims, state.asked, state.adds = [], True, False
    state.summed = ask.adds_up and isinstance(query, Select)
    state.figures += [query] if isinstance(query, Select) else []
    state.queries += [query] if query not in state.queries[-1:] else []
    _remember(query, selects, clause, state)
    if others:  # which unit comes first is not known
        state.context = replace(state.context, winner=None)
    return ask


def _of_people_too(query: Query, clause: Clause, state: State) -> Query:
    """A figure of people, where people were counted just before and no money is said (离退休又有多少)."""
    before = state.context.query
    counts = isinstance(before, Staffing) or (isinstance(before, Select) and before.counted == "人")
    is_bare = isinstance(query, Select) and query.counted is None and query.quantity == "any" and not query.side
    if not (counts and is_bare) or _OF_MONEY.search(clause.text) or not _OF_PEOPLE.search(clause.text):
        return query
    return query.model_copy(update={"quantity": "count", "counted": "人"})


def _adds_up(clause: Clause, query: Query, state: State) -> bool:
    """Whether a sum is asked for, by a word for it or by what comes to what was named before."""
    return (
        "sum" in clause.ops()
        or _ADDS.search(clause.text) is not None
        or (isinstance(query, Sum) and (state.adds or ADDS_TOO.search(clause.text) is not None))
    )


def _undenied(clause: Clause, query: Query) -> Iterator[str]:
    """What is said not to be so, where the query leaves out no rows of which it is."""
    left_out = {name.text for node in nodes_of(query) if isinstance(node, Except) for name in node.items}
    yield from (name.text for name in denied_names(clause) if name.text not in left_out)


def _beside_topic(query: Query, selects: Sequence[Select], state: State) -> Iterator[str]:
    """What is asked about the definition that was asked for before: it has to speak of it."""
    if isinstance(query, Say) and query.intent == "what_is" and query == state.context.query:
        topic = {name.text for name in query.topic}
        yield from (name.text for select in selects for name in select.names if name.text not in topic)


def _unread(clause: Clause, query: Query, unused: Sequence[str]) -> tuple[str, ...]:
    """The words of a clause that its query doesn't carry out, with those that are said and not used."""
    read = (
        f"{_divided_by(clause, query)}{_descriptions(query)}{_alternatives(clause)}",
        *_read_as_parts(clause, query),
    )
    words = (word for word in (*unread_words(clause), *unused) if not any(word in text for text in read))
    return tuple(dict.fromkeys(words))


def _names_of_counted(clause: Clause, state: State) -> Ask | None:
    """What is called what was counted just before (几个事业单位、几个派出机构，名字报一下)."""
    counted = [select for select in state.figures if select.quantity == "count"]
    if not counted or not _NAMES_WANTED.search(bare_text(clause)):
        return None
    topic = tuple(dict.fromkeys(name for select in counted for name in select.names))
    return Ask(query=Say(intent="which_units", topic=topic), text=clause.text, unread=("名称",), heads=("名称",))


def _undivided(clause: Clause, query: Query, state: State) -> list[str]:
    """What there is to be money for each of, where the question says by how many, and nothing is divided."""
    divides = state.divisor is not None or BY_NUMBER.search(state.whole_text)
    is_divided = any(isinstance(node, Ratio | Mean) for node in nodes_of(query))
    other = _OTHER_MEASURE.search(clause.text) if is_divided and PER.search(clause.text) else None
    if other is not None:
        return [other.group()]  # 每条多少兆: no money
    return [m.group() for m in PER.finditer(clause.text)] if divides and not is_divided else []


def _gone(clause: Clause, query: Query) -> list[str]:
    """What asks which part there is no more, where one figure is all that is read (是哪块没了)."""
    match = _GONE.search(bare_text(clause)) if isinstance(query, Select) else None
    return [match.group()] if match else []


def _changing(clause: Clause, query: Query) -> list[str]:
    """The words that change what is asked; what money is divided by is carried out where it is (每名)."""
    read = _divided_by(clause, query)
    moved = any(isinstance(n, Change | Moves) or (isinstance(n, Each) and n.over == "years") for n in nodes_of(query))
    denies = denied_names(clause) and not list(_undenied(clause, query))
    words = (word for word in changing_words(clause) if word not in read and not (denies and word in _DENYING))
    return [word for word in words if not (moved and _CHANGING_BY.fullmatch(word))]


def _years_untold(clause: Clause, query: Query, state: State) -> list[str]:
    """The years beside the document's own that a clause asks for, where one year's figures are all that is read."""
    years = {p.name: p.text for p in clause.of("year")}
    compares = any(isinstance(node, Change | Difference | Rank | Filter | Share) for node in nodes_of(query))
    is_past = any(isinstance(node, Select) and node.period == "last" for node in nodes_of(query))
    if len(years) < 2 or compares or is_past or isinstance(query, Say) or state.documents > 1:
        return []
    return [text for name, text in years.items() if name != str(state.year)]


def _divided_by(clause: Clause, query: Query) -> str:
    """What a clause says that money is divided by, where the query divides it, and that there is none of something.

    So is what columns are said to hold, where rows are bounded by them.
    """
    divides = any(isinstance(node, Ratio) for node in nodes_of(query))
    given = any(isinstance(node, Ratio) and isinstance(node.base, Fixed) for node in nodes_of(query))
    told = (*said_per(clause), *EACH_MONTH.finditer(clause.text)) if divides else ()
    told = (*told, *GIVEN.finditer(clause.text)) if given else told
    if divides and any(isinstance(node, Each) for node in nodes_of(query)):
        told = (*told, *WHICH_PARTY.finditer(clause.text))
    filters = [node for node in nodes_of(query) if isinstance(node, Filter)]
    if filters:
        told = (*told, *HAS_NONE.finditer(clause.text))
    by_columns = any(node.columns for node in filters)
    return "".join((*(match.group() for match in told), read_of_columns(clause) if by_columns else ""))


def _alternatives(clause: Clause) -> str:
    """The unknown word of two of which an answer tells one (本金还是利息), the other being an item's."""
    around = zip(clause.pieces, clause.pieces[1:], clause.pieces[2:], strict=False)
    pairs = ((first, second) for first, between, second in around if between.text == "还是")
    return "".join(p.text for pair in pairs if {p.kind for p in pair} == {"name", "word"} for p in pair)


def _descriptions(query: Query) -> str:
    """The words by which a query describes what it is about."""
    return "".join(node.described or "" for node in nodes_of(query) if isinstance(node, Select))


def _read_as_parts(clause: Clause, query: Query) -> list[str]:
    """The everyday words of a clause that the query takes as parts of a whole (车 in 出国、车、接待)."""
    taken = {name.text for name in names_of(query)}
    return [p.text for p in clause.of("word") if any(part in taken for _, part in parts_called(p.text))]


def _divides(divisor: Select, clause: Clause, selects: tuple[Select, ...], state: State) -> None:
    """A clause that only says what is to be divided by what: what it names before 除以 is what is spoken of."""
    sign = next((p.start for p in clause.pieces if p.text.startswith(DIVIDED_BY)), None)
    left_out = {
        name.text
        for name in (*divisor.names, *(name for select in selects for name in select.names))
        if _is_of_divisor(name, divisor) or (sign is not None and name.spans and name.spans[0][0] > sign)
    }
    linked_only = [only_linked(select) for select in selects]
    money = [
        without_names(select, left_out).model_copy(update={"quantity": "any", "counted": None})
        for select in linked_only
        if select.quantity != "count" or (divisor.counted and any(name.text in left_out for name in select.names))
    ]
    if named := tuple(select for select in money if select.names):
        state.context = replace(state.context, selects=named, rows=None, query=None)


def _is_of_divisor(name: Name, divisor: Select) -> bool:
    """Whether a name is one of what an amount is divided by, or of its kind (行政政法|编制)."""
    return any(
        name.text == by.text or (by.text.endswith("编制") and (name.text in by.text or by.text in name.text))
        for by in divisor.names
    )


def _of_others(clause: Clause) -> Ask | None:
    """What is asked of the units above or beside the one that is spoken of (是哪个委办局底下的): it stays open."""
    units = tuple(p.text for p in clause.of("ask") if p.name == "everyone")
    return Ask(query=Say(words=units), text=clause.text, unread=units, heads=units) if units else None


def _hangs_on(clause: Clause, selects: tuple[Select, ...]) -> bool:
    """Whether a clause asks about what the one before it named: it names nothing of its own, or something within."""
    return not selects or clause.pieces[0].kind == "within" or all(is_column(p) for p in clause.of("name"))


_DENYING: Final = frozenset({"不", "不是", "非", "并非", "不属于"})
"""What says, before a word that cells hold, that those rows are meant that don't have it."""

_PAIR: Final = 2
_KEPT: Final = 8
"""Things that were named, and asked for, that a later question may go on about."""

_OF_PEOPLE: Final = re.compile("离退休|离休|退休|在职|在编|编外|聘用|临聘|遗属|学生")
_OF_MONEY: Final = re.compile("钱|[费款金]|支出|经费|[万亿]|元")
_SURE: Final = 0.75
"""Score from which an item bears a name."""


_IS: Final = ("是", "属于", "作为", "算", "算是")

_COMPUTING: Final = frozenset({"share", "ratio", "gap", "mean", "count"})
_SETTING_AGAINST: Final = frozenset({"gap", "more", "less", "versus", "ratio"})
"""Operators that ask by themselves: a clause with one that nothing could be made of stays open."""


def _is_ask(clause: Clause, selects: tuple[Select, ...], state: State, *, is_only: bool) -> bool:
    """Whether a clause asks: by its words, by an operator over what is spoken of, or by being all that is said."""
    if (_NOT_TOLD.search(clause.text) and not clause.asks) or only_leaves_out(clause):
        return False
    if not clause.asks and _share_asserted(clause, selects) is not None:
        return False  # 三公经费里七成是出国
    if _RECKONS.search(clause.text) or (_TELLS_ONLY.search(clause.text) and not HOLDS.search(clause.text)):
        return False  # 我怎么除都不是这个数; 说明里只写了各项比上年减多少
    if selects and (_IS_LARGEST.search(clause.text) or (not is_only and _IS_MOSTLY.search(clause.text))):
        return False  # 考试那块占大头吧，多少钱: what somebody thinks of it
    if state.figures and _NAMES_WANTED.search(bare_text(clause)):
        return True
    if OVER.search(clause.text) and is_of_people(state.context.query):
        return True  # 事业编空着几个？行政那边反倒超了
    if is_only and clause.of("class") and (clause.of("bound") or clause.ops() & _RANKING):
        return True  # 300万元以上的项目
    if selects and state.context.selects and ADDS_TOO.search(clause.text):
        return True
    if clause.asks or (is_only and selects) or (selects and _CONFIRMS.search(clause.text)):
        return True
    if state.asked and _WANTS_TOO.search(clause.text) and (selects or unread_words(clause)):
        return True
    if selects and any(_LISTED.search(p.text) for p in clause.of("framing", "filler", "op")):
        return True
    spoken = bool(selects or state.context.selects or state.context.rows)
    if _asks_place(clause, state) or (spoken and BOTH_CHANGES.search(clause.text)):
        return True
    if state.ranks and clause.ops() & _RANKING:
        return True
    if state.of_everyone and spoken and (clause.of("bound") or clause.ops() & _RANKING):
        return True  # 差旅费大于40万元的部门，有哪几个
    if state.asked and not clause.asks and PER.search(clause.text) and _RECKONED.search(clause.text):
        return True  # 安排了多少、发多少人，折成人均给我
    if spoken and _POINTS.search(clause.text) and any(_LISTED.search(p.text) for p in clause.of("framing")):
        return True
    if spoken and clause.pieces[-1].kind == "op" and clause.pieces[-1].name in ("mean", "ratio"):
        return True  # A、B、C的均值
    changes = clause.ops() & {"more", "less", "change"} and not clause.of("number")
    is_told = _ONE_MORE.search(clause.text) is not None
    recomputes = RECOMPUTES.search(clause.text)
    return spoken and bool(clause.ops() & _ASKING_OPS or (changes and not is_told) or recomputes)


def _asks_place(clause: Clause, state: State) -> bool:
    """Whether a clause says which place in a ranking is meant (钱第二多的项目，给了谁; 老二？), and not 第二 alone."""
    goes_on = isinstance(state.context.query, Rank)
    places = [p for p in clause.of("op") if p.name == "ordinal" and _PLACE.fullmatch(p.text) is None]
    is_alone = goes_on and _PLACE_ALONE.fullmatch(bare_text(clause)) is not None
    is_of_rows = goes_on or clause.of("class") or any(p.text.endswith("表") for p in clause.of("name"))
    return is_alone or (bool(places) and bool(is_of_rows))


_PLACE_ALONE: Final = re.compile("[那要问看说再是就排]*第[一二三四五六七八九十\\d]+[个名位项笔家号]?的?呢?")
_CHANGING_BY: Final = pattern("changing_by")
_PLACE: Final = re.compile("第[一二三四五六七八九十\\d]+的?")
_BOUND_BEFORE: Final = pattern("bound_before")
_BOUND_BEHIND: Final = pattern("bound_behind")
_MOVED_BY: Final = pattern("moved_by")
_RECKONED_RIGHT: Final = re.compile("算[得对错]|准不准")
_IS_WITHIN: Final = re.compile("(?:[里中内]|当中|里[面头边])[,，、]?$")
_MOVE_OF: Final = pattern("move_of")
_IS_MOSTLY: Final = re.compile("^(这|那)?(里面?|里头)?(几乎|基本上?|差不多)(都|全|就)*是[^多几哪什]+$")
_WANTS_CODE: Final = pattern("wants_code")
_COUNTED_IN: Final = re.compile("(都|也|全)算(上|进去|进来|在内)?$")
_IS_LARGEST: Final = re.compile("(占|是|算)(了|着|最)?大头(吧|对吧|是吧)?$")
_CONFIRMS: Final = pattern("confirms")
_LISTED: Final = pattern("listed")
_WANTS_TOO: Final = pattern("wants_too")
_ADDS: Final = pattern("adds_a_bit")
_ONLY_WITHIN: Final = pattern("only_within")
_PLACES: Final = re.compile("(?P<k>[一二两三四1234])位小数")
_RANKED_BY: Final = pattern("ranked_by")
_HAS_MOVED: Final = pattern("has_moved")
_OTHER_MEASURE: Final = pattern("other_measure")
_USE: Final = pattern("for_what")
_FOR_WHAT: Final = "干什么用"
_NAMES_WANTED: Final = pattern("names_wanted")
_TENTHS: Final = pattern("tenths")
_FOR_EACH: Final = pattern("for_each")
_SORTS: Final = pattern("sorts")
_BY_LEVEL: Final = pattern("by_level")
_SPLITS: Final = pattern("splits")
_IS_PART: Final = pattern("is_part")
_NOT_TOLD: Final = pattern("not_told")
_RANKING: Final = frozenset({"max", "min", "top", "ordinal"})
_WHOLE_BY_AMOUNT: Final = pattern("whole_by_amount")
_POINTS: Final = re.compile("^[这那它]|以上|上述")
_ONE_MORE: Final = pattern("one_more")
_RECKONED: Final = re.compile(
    "^(再|也|还|请|帮我|给我|顺便|并|然后|最后)*(算|折|换算|摊|除|求|给|报|说|写)(出|成|到|个|一?下|来)*"
)
_GONE: Final = re.compile("哪一?(块|项|笔|个|类|部分)(的)?(钱|资金)?(给)?(没有?|取消|砍|停|压|减|少|不见)掉?了")
_POINTED: Final = re.compile("[这那](一)?[块笔项摊个]")
_LEFT_OVER: Final = pattern("left_over")
_RECKONS: Final = pattern("reckons")
_TELLS_ONLY: Final = pattern("tells_only")
_POINTS_INSIDE: Final = pattern("points_inside")
_ASKING_OPS: Final = frozenset({"sum", "gap", "which", "list", "count", "share", "max", "min", "top"})


def _narrow(clause: Clause, selects: tuple[Select, ...], state: State) -> None:
    """A clause that asks nothing: its names narrow what follows, its figures are claims."""
    claims = _claims(clause)
    said = None if _IS_WITHIN.search(clause.text) else asserted_figure(clause, selects, claims)
    state.asserted += [said] if said else []
    state.claims += [] if said else claims
    state.told += unread_words(clause)
    if len(state.earlier) == 1 and _IS_LARGEST.search(clause.text):
        inside = {"within": state.earlier[0].names, "is_inside": True}
        selects = tuple(select.model_copy(update=inside) for select in selects)
    if isinstance(state.context.query, Several) and any(is_fraction(p) for p in clause.of("number")):
        return  # A和B各多少？感觉大半都交了房租: what is thought of what was asked for
    if _WHOLE_BY_AMOUNT.search(bare_text(clause)):
        state.context, state.within = Context(), []  # of all, and not of what others say something of
        return
    described = "".join(select.described or "" for select in selects)
    points = _POINTS_INSIDE.search(bare_text(clause)) or _gives_amount(clause)
    if not selects and state.context.selects and points:
        first = state.context.selects[0]
        state.within, state.is_inside = [*first.within, *first.names], True
        return
    if _COUNTED_IN.search(clause.text) and isinstance(state.context.rows, Filter):
        includes = tuple(name for select in selects for name in select.names)
        told = state.context.rows.model_copy(update={"includes": includes})
        state.context = replace(state.context, rows=told)
        return  # 带…字样的几条，甲、乙都算
    state.changing += _changing_behind(clause, described)
    if _ONE_MORE.search(clause.text):
        state.left_out = ()  # 除了A和B，还多出一个C: beside them
    it = left_out_before(clause, state)
    if it is None and it_is_left_out(clause.text) and (unclear := IT_LEFT_OUT.search(clause.text)):
        state.changing.append(unclear.group())
    if it is not None and len(selects) < _PAIR:
        is_first = isinstance(it, Rank)  # what is found first bears none of the names of what it is found in
        state.left_out, state.left_apart = () if is_first else tuple(names_of(it)), (it,)
        if selects := tuple(apart_from(select, it) for select in selects):
            state.context = replace(state.context, selects=selects, rows=None, query=None)
        return
    if "except" in clause.ops() and not _RECKONS.search(clause.text) and (left_out := excluded_names(clause)):
        state.left_out = (*state.left_out, *left_out)  # 扣掉A，再扣掉B
        state.left_apart = (*state.left_apart, *excluded_queries(clause))
        if any(select.side or select.names for select in selects):
            state.context = replace(state.context, selects=selects, rows=None, query=None)
        return
    if (asserted := _share_asserted(clause, selects)) is not None:
        part, whole = asserted
        state.context = replace(state.context, selects=(part,), rows=None, query=Share(parts=(part,), whole=whole))
        return
    spoken = selects or state.context.selects
    if _HAS_MOVED.search(clause.text):
        state.moved = tuple(only_linked(each) for each in spoken[:2] if any(name.is_linked for name in each.names))
    _classify(clause, state)
    if not clause.of("class"):
        state.changing += [m["text"] for said in (STARTS, ENDS, HOLDS) for m in said.finditer(clause.text)]
    if _opens_rows(clause, selects, state):
        return
    vague = {after.text for piece, after in pairwise(clause.pieces) if piece.text in _IS and not _is_sure(after)}
    selects = tuple(_narrowing(select, vague, clause) for select in selects)
    if not selects and (rows := _rows_named(clause, ())) is not None:
        if clause.of("within") and isinstance(rows, Rows):
            rows = rows.model_copy(update={"within": around(clause, (), state)})  # A下面的几个专项，…
        state.context = replace(state.context, rows=rows, query=None)
    if not any(select.side or select.names or select.described for select in selects):
        return
    if state.context.selects and clause.pieces[0].kind == "joint" and _sets_against(clause):
        _side_by_side(selects, state)
        return
    state.context = replace(state.context, selects=selects, rows=_rows_named(clause, selects), query=None)
    state.head = state.head or selects[0]
    state.adds = len(selects) > 1 and joins_by_adding(clause)
    if len(selects) > 1:
        state.topics = tuple(name.text for select in selects for name in select.names if not name.is_unit)
    state.inside = selects[0].names if clause.pieces[-1].kind == "within" and len(selects) == 1 else ()
    if clause.pieces[-1].kind == "within" or (len(selects) == 1 and not _asserts_amount(clause)):
        state.within = [*selects[0].within, *selects[0].names]


def _asserts_amount(clause: Clause) -> bool:
    """Whether a clause says how much something is or moved by, and so nothing of what is asked behind it."""
    is_said = any(piece.unit == "%" or piece.unit in YUAN_PER_UNIT for piece in clause.of("number"))
    return is_said and not _IS_WITHIN.search(clause.text)


def _gives_amount(clause: Clause) -> bool:
    """Whether a clause points at what was spoken of and says no more than how much it is (今年这块五个多亿)."""
    amounts = [piece for piece in clause.of("number") if piece.unit in YUAN_PER_UNIT]
    said = {piece.kind for piece in clause.pieces} - {"framing", "filler", "scope", "period", "year", "number", "break"}
    return bool(amounts) and not said and _POINTED.search(clause.text) is not None


def _sets_against(clause: Clause) -> bool:
    """Whether a clause sets what it names against something else (跟B对不上)."""
    return bool(clause.ops() & {"gap", "versus"}) or any(p.name == "conflict" for p in clause.of("intent"))


def _side_by_side(selects: tuple[Select, ...], state: State) -> None:
    """A clause that sets what it names against what was named before: neither is within the other."""
    plain = tuple(select.model_copy(update={"within": ()}) for select in selects)
    state.spoken[len(state.spoken) - len(selects) :] = plain
    state.context = replace(state.context, selects=(*state.context.selects[-1:], *plain), rows=None, query=None)
    state.within = []


def _changing_behind(clause: Clause, described: str) -> list[str]:
    """What of a clause that asks nothing changes what a later one asks, but for what describes an item."""
    per = (m.group() for m in PER.finditer(clause.text) if m.group()[0] in "人每平")
    return [
        *changing_words(clause),
        *(phrase for phrase in foreign_phrases(clause) if phrase not in described),
        *(() if clause.of("framing", "number") else per),
        *(p.text for p in clause.of("word") if p.text.isascii() and len(p.text) > 3),
    ]


def _counts_rows(clause: Clause) -> bool:
    """Whether a clause tells how many rows of a class there are (今年13个项目)."""
    counted = (re.escape(piece.text) for piece in clause.of("class"))
    return re.search(rf"[0-9一二两三四五六七八九十百][个项类笔家条](?:{'|'.join(counted)})", clause.text) is not None


def _opens_rows(clause: Clause, selects: tuple[Select, ...], state: State) -> bool:
    """Whether a clause that asks nothing says of which rows the next one does; the context tells them then."""
    has_class, ends_within = bool(clause.of("class")), clause.pieces[-1].kind == "within"
    names_part = any(said.search(clause.text) for said in (STARTS, ENDS, HOLDS))
    if has_class and (clause.of("bound", "level") or ends_within or "versus" in clause.ops() or names_part):
        rows = rows_query(clause, selects, state) or of_all_funds(
            Rows(within=around(clause, selects, state), kind=class_kind(clause), level=state.level)
        )
        rows = rows.rows if isinstance(rows, Rank) and rows.k == ALL_ROWS else rows  # 按类级排，第二高的
        state.context = replace(state.context, selects=(), rows=rows, query=None)
        state.opened = rows if isinstance(rows, Rows) and ends_within else None
        return True
    parted = selects or state.context.selects
    if _SPLITS.search(clause.text) and (len(parted) == 1 or (has_class and not parted)):
        rows = Rows(within=merged(parted), kind=class_kind(clause))
        state.context = Context(parted, rows, rows)
        if len(selects) == 1:  # 是拆成三条报的，把三个目录写全: its lines' columns are asked for
            state.within = [*selects[0].within, *selects[0].names]
        return True
    is_of_rows = has_class and (_SORTS.search(clause.text) or (not selects and _counts_rows(clause)))
    if is_of_rows and not state.context.selects:
        rows = Rows(within=merged(selects), kind=class_kind(clause))
        state.context = replace(state.context, rows=rows, query=None)
        return True
    return False


def _narrowing(select: Select, vague: set[str], clause: Clause) -> Select:
    """What a clause that asks nothing narrows to: an unknown word that says which expenditure is none of the total."""
    said = {p.text for p, of, total in zip(clause.pieces, clause.pieces[1:], clause.pieces[2:], strict=False)
            if p.kind == "word" and of.text == "的" and total.kind == "total"}  # fmt: skip
    if select.side and (words := tuple(name for name in select.names if name.text in said)):
        units = tuple(name for name in select.names if name.is_unit)
        return select.model_copy(update={"names": (*units, *words), "side": None})
    return without_names(only_linked(select), vague)


def _classify(clause: Clause, state: State) -> None:
    """A clause that says by which classification, or of which level, rows are meant (按功能分类(类级))."""
    kind = class_kind(clause)
    state.classified = kind if kind in ("function", "economic") else state.classified
    state.level = next((int(p.name) for p in clause.of("level")), state.level)


def _rows_named(clause: Clause, selects: tuple[Select, ...]) -> Rows | None:
    """The rows that a clause is no more than the name of, of units too (部本级的项目，单个一千万以上的有几个).

    So are those of which it asks what all come to (全部项目加起来多少).
    """
    said = [p for p in clause.pieces if p.kind != "framing"]
    is_named = len(said) > 1 and said[-1].kind == "class" and said[-2].text == "的"
    kind = class_kind(clause)
    is_named = is_named or ("sum" in clause.ops() and not clause.of("name", "bound"))
    return Rows(within=merged(selects), kind=kind) if is_named and kind == "project" else None


def _share_asserted(clause: Clause, selects: tuple[Select, ...]) -> tuple[Select, Select] | None:
    """Part and whole of the share that a clause asserts: 人员经费三成是退休费."""
    match = _TENTHS.search(clause.text)
    if match is None or not selects or not _IS_PART.search(clause.text, match.end()):
        return None
    at = clause.start + match.start()
    every = dict.fromkeys(name for select in selects for name in (*select.within, *select.names))
    names = [name for name in every if name.is_linked and name.spans]
    whole, part = (tuple(n for n in names if (n.spans[0][0] < at) == is_before) for is_before in (True, False))
    return (Select(names=part), Select(names=whole)) if whole and part else None


def _is_sure(piece: Piece) -> bool:
    """Whether an item bears a name as it is said, and not only as a part of its own (虽说是事业单位)."""
    links = piece.token.links if piece.token else ()
    return not links or max(link.score for link in links) >= _SURE


def _remember(query: Query, selects: tuple[Select, ...], clause: Clause, state: State) -> None:
    added = tuple(one for one in query.of if isinstance(one, Select)) if isinstance(query, Sum) else ()
    kept = added if len(added) > len(selects) > 0 else _of_one_unit(selects, query) or state.context.selects
    state.has_item = names_item(clause) if selects and not any(s.within for s in selects) else state.has_item
    state.head = state.head or (kept[0] if kept else None)
    rows = rows_within(query) or (state.context.rows if not selects else None)
    names_unit = any(name.is_unit for select in selects for name in (*select.within, *select.names))
    winner = winner_of(query) or (None if names_unit or _ranks_anew(query) else state.context.winner)
    state.context = Context(kept, rows, _with_other_end(query, state.context.query), winner=winner, text=clause.text)
    if selects and not isinstance(query, Say):
        start = clause.start
        kept_on = (n for n in selects[0].names if n.is_unit or all(end <= start for _, end in n.spans or ((1, 0),)))
        state.within = [*selects[0].within, *kept_on]


def _of_one_unit(selects: tuple[Select, ...], query: Query) -> tuple[Select, ...]:
    """What a clause names, as the one unit's of which it was asked (某中心的项目支出… → 剩下走一般公共预算的)."""
    units = tuple(dict.fromkeys(name for name in names_of(query) if name.is_unit))
    if len(units) != 1 or len(selects) != 1 or selects[0].winner or units[0] in (*selects[0].within, *selects[0].names):
        return selects
    return (selects[0].model_copy(update={"names": (*units, *selects[0].names)}),)


def _with_other_end(query: Query, before: Query | None) -> Query:
    """A ranking beside the one of the same rows the other way round that was asked for just before."""
    if not isinstance(query, Rank) or not isinstance(before, Rank) or query.descending == before.descending:
        return query
    is_of_same = query.rows == before.rows and rows_within(query) is not None
    return Several(of=(before, query)) if is_of_same else query


def _ranked_by_others(clause: Clause, query: Query) -> tuple[str, ...]:
    """What units are ranked by that is no item (哪家单位人最多): it is not their money."""
    match = _RANKED_BY.search(clause.text)
    if match is None or not any(isinstance(node, Rank) and ranges_units(node) for node in nodes_of(query)):
        return ()
    start = clause.start + match.start("what")
    named = any(p.start <= start < p.end for p in clause.of("name", "class", "total"))
    return () if named else (match["what"],)


def _ranks_anew(query: Query) -> bool:
    """Whether rows are ranged over, so that what was found first among others is no longer spoken of."""
    return any(isinstance(node, Rows) for node in nodes_of(query))


OPERATORS: Final[dict[str, tuple[type, ...]]] = {
    "max": (Rank,), "min": (Rank,), "top": (Rank,), "ordinal": (Rank,), "mean": (Mean, Ratio),
    "except": (Except, Difference, Rest),
    "share": (Share, Shares, Change, Ratio), "ratio": (Ratio, Change), "gap": (Difference, Rest, Change),
    "more": (Difference, Rest, Change, Rank, Filter), "less": (Difference, Rest, Change, Rank, Filter),
    "which": (Difference, Rank), "change": (Change, Say), "rate": (), "full": (), "under": (), "over": (),
}  # fmt: skip
"""The nodes of which one has to be there where an operator is said."""


_MONEY: Final = pattern("kind_of_money")
_ORDER: Final = ("top", "ordinal")
"""Operators that say which of the figures named before is meant (前一笔), where they are pointed at."""


def _unused(clause: Clause, query: Query) -> Iterator[str]:
    """Operators that were said and that nothing of the query carries out."""
    if isinstance(query, Say):
        if query.intent == "anything":  # 够不够市一中的五分之一: no sentence tells that
            yield from (piece.text for piece in clause.of("number") if is_fraction(piece))
        return
    for piece, after in pairwise(clause.pieces):
        if piece.kind == "period" and piece.name == "last" and after.kind == "bound":
            yield f"{piece.text}{after.text}"  # rows are bounded by this year's figures
    kinds = {type(node) for node in nodes_of(query)}
    points_back = any(isinstance(node, Select) and node.refers for node in nodes_of(query))
    if not kinds & {Change, Moves, Each, Difference, Filter, Ratio, Rank} and Rows in kinds:
        yield from _set_against_last_year(clause)
    if any(isinstance(node, Each) and node.over == "years" for node in nodes_of(query)):
        return  # both years, how far they are apart and by how many per cent are told
    if (each := _FOR_EACH.search(clause.text)) and not kinds & {Ratio, Mean}:
        yield each.group()
    for piece in clause.of("op"):
        if is_besides(piece) or (piece.name == "share" and (before_count(piece, clause) or _tells_rate(query))):
            continue
        is_of_rest = piece.name == "except" and REST_APART.search(bare_text(clause))
        needed = None if points_back and (piece.name in _ORDER or is_of_rest) else OPERATORS.get(piece.name)
        if piece.name in ("more", "less") and Ratio in kinds and TIMES_MORE.search(clause.text):
            continue  # 多出倍数
        if piece.name in ("max", "min") and {Each, Ratio, Difference} <= kinds:
            continue  # each party's quotient is told, the largest first
        if piece.name in ("change", "more", "less") and any(
            isinstance(n, Rank) and n.by == "change" for n in nodes_of(query)
        ):
            continue
        if (
            needed is not None
            and not kinds & set(needed)
            and not (piece.name == "share" and "占" not in clause.text and _is_stated_share(query))
        ):
            yield piece.text


def _set_against_last_year(clause: Clause) -> Iterator[str]:
    """The words by which rows are those that moved against last year (哪家单位的会议费比上年多了)."""
    says_year = any(piece.name == "last" for piece in clause.of("period")) or clause.of("year")
    if says_year and "versus" in clause.ops():
        yield from (piece.text for piece in clause.of("op") if piece.name in ("more", "less", "change"))


def _unbounded(clause: Clause, query: Query, state: State) -> Iterator[str]:
    """Bounds that were said of rows (超过100万元的各项) and that nothing of the query holds to; a claim is checked."""
    is_bounded = any(getattr(node, "conditions", ()) for node in nodes_of(query))
    if is_bounded or state.claims or isinstance(query, Say | Several):
        return
    for before, after in pairwise(clause.pieces):
        if {before.kind, after.kind} == {"bound", "number"}:
            yield f"{before.text}{after.text}"


def _tells_rate(query: Query) -> bool:
    """Whether a gap is told in per cent, or how many times a figure is another one."""
    return any(isinstance(n, Ratio) or (isinstance(n, Difference) and n.in_per_cent) for n in nodes_of(query))


def _not_left_out(query: Query, state: State) -> tuple[str, ...]:
    """What was to be left out (除了…) and is not; an ask takes it."""
    names, state.left_out, state.left_apart = state.left_out, (), ()
    is_used = any(isinstance(node, Except | Difference) for node in nodes_of(query))
    is_used = is_used or (_adds_others(query, names) and _are_moneys((*names_of(query), *names)))
    return () if is_used else tuple(name.text for name in names)


def _untaken(query: Query, state: State) -> tuple[str, ...]:
    """The things that a clause before named side by side, where the ask takes up none of them."""
    topics, state.topics = state.topics, ()
    if any(
        isinstance(node, Filter) and any(condition.is_of_label for condition in node.conditions)
        for node in nodes_of(query)
    ):
        return ()  # which rows are meant is said by their labels
    changes = state.moved if isinstance(query, Change) else ()  # what is said to have moved is told beside it
    taken = {name.text for each in (query, *changes) for name in names_of(each)}
    return () if taken & set(topics) else topics


def _asked_twice(clause: Clause, query: Query, state: State) -> tuple[str, ...]:
    """The classes and words of a clause that came to the figure asked for just before: nothing of them was taken.

    So is the clause itself where it asks for what is left of something.
    """
    if not isinstance(query, Select) or _said_of(query) not in map(_said_of, state.figures):
        return ()
    left = _LEFT_OVER.search(bare_text(clause))
    return (*(p.text for p in clause.of("class", "word") if content_of(p.text)), *((left.group(),) if left else ()))


def _said_of(select: Select) -> tuple[object, ...]:
    """What a selection selects, wherever in the question it stands."""
    names = tuple(name.text for name in select.names), tuple(name.text for name in select.within)
    return (*names, select.side, select.period, select.quantity, select.place)


def _is_stated_share(query: Query) -> bool:
    """Whether what is asked is itself printed in per cent (目标值是百分之几)."""
    return isinstance(query, Select)


def _claims(clause: Clause, *, fractions_only: bool = False) -> list[Claim]:
    """The figures that a clause asserts."""
    return [
        Claim(
            value=piece.value,
            unit=piece.unit,
            text=piece.text,
            spans=((piece.start, piece.end),),
            is_bound=_is_bound(piece, clause),
            way=_way_claimed(piece, clause),
        )
        for piece in clause.of("number")
        if piece.value is not None and piece.unit and (is_fraction(piece) or not fractions_only)
    ]


def _is_bound(piece: Piece, clause: Clause) -> bool:
    """Whether a figure is said to be more or less than a number (不到1%, 超过95%, 20万以内)."""
    before, behind = clause.before(piece.start), clause.behind(piece.end)
    return bool(_BOUND_BEFORE.search(before) or _BOUND_BEHIND.match(behind))


def _way_claimed(piece: Piece, clause: Clause) -> Literal["up", "down"] | None:
    """The way that a figure is said to have moved by a number (砍了15万, 15万的增长), not to it (降到15万).

    None where it is asked whether the document reckoned right, which is for its checks to say.
    """
    if _RECKONED_RIGHT.search(clause.text):
        return None
    before, behind = clause.before(piece.start), clause.behind(piece.end)
    moved = _MOVED_BY.search(before) or _MOVE_OF.match(behind)
    return None if moved is None else "up" if moved["up"] else "down"
