"""From pieces to asks: each clause that asks becomes a query over what it and the clauses before it name.

A clause is what stands between commas. One that only names narrows those behind it; one that only asks is about what
was named last. Operators compose: rows are filtered, then left out, then ranked, then added, counted or compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile
from typing import Final

from assistant.query import (
    ACTUAL,
    Ask,
    Change,
    Claim,
    Comparison,
    Condition,
    Count,
    Difference,
    Each,
    Except,
    Exists,
    Filter,
    Intent,
    Mean,
    Name,
    Period,
    Quantity,
    Query,
    Rank,
    Ratio,
    RowKind,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Side,
    Sum,
)
from assistant.reading.patterns import pattern
from assistant.reading.pieces import PART_OF_YEAR, Piece
from assistant.understand.wording import aliases, normalise, wording_rules
from assistant.words import content_of

_NUMBER: Final = pattern("number")
_NUMBER_OR_GAP: Final = pattern("number_or_gap")
_PEOPLE: Final = pattern("people")
_WHICH: Final = pattern("which")
_MADE_UP: Final = pattern("made_up")
_KINDS: Final = pattern("kinds")
_LEAST: Final = pattern("least")
_AMOUNT: Final = pattern("amount")
_MONEY: Final = pattern("money")
_COUNT: Final = pattern("count")
_PERCENT: Final = pattern("percent")
_ASKS: Final = pattern("asks")
_WHY: Final = pattern("why")
_USE: Final = pattern("use")
_WHAT_MONEY: Final = pattern("what_money")
_INCLUDES: Final = pattern("includes")
_NAMES_ASKED: Final = pattern("names_asked")
_WHICH_UNITS: Final = pattern("which_units")
_ASK_WORD: Final = pattern("ask_word")
_PER: Final = pattern("per")
_INTENT_OF: Final[dict[str, Intent]] = {"reason": "why", "definition": "what_is", "duty": "duty", "who": "who"}
_CLASS_OF: Final[dict[str, RowKind]] = {
    "function": "function", "economic": "economic", "account": "account", "project": "project",
    "purchase": "purchase", "unit": "unit", "indicator": "indicator", "income": "income", "goal": "goal",
}  # fmt: skip
_COMPARISONS: Final[dict[str, Comparison]] = {
    "gt": "gt", "ge": "ge", "lt": "lt", "le": "le", "eq": "eq", "ge_after": "ge", "gt_after": "gt", "lt_after": "lt",
    "le_after": "le", "range": "range", "range_after": "range",
}  # fmt: skip
_WHICH_UNIT: Final = pattern("which_unit")
_FELL: Final = pattern("fell")
_ROSE: Final = pattern("rose")
_BOTH: Final = pattern("both")
_PLAIN: Final = frozenset({"预算", "金额", "资金", "总额", "盘子"})
_STARTS: Final = pattern("starts")
_HOLDS: Final = pattern("holds")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its pieces, and what they come to."""

    text: str
    pieces: tuple[Piece, ...]

    def of(self, *kinds: str) -> list[Piece]:
        """The pieces of these kinds."""
        return [piece for piece in self.pieces if piece.kind in kinds]

    def ops(self) -> set[str]:
        """The operators said; 还有 by itself leaves nothing out, 合计 before a joint is only a column."""
        return {
            p.name
            for p in self.pieces
            if p.kind == "op" and not _is_besides(p) and not (p.name == "sum" and _before_joint(p, self))
        }

    @property
    def asks(self) -> bool:
        """Whether it asks anything."""
        said = "".join(p.text for p in self.pieces if p.kind not in ("framing", "name", "scope"))
        named = "".join(p.text for p in self.pieces if p.kind == "name")
        return bool(_ASKS.search(said) or _NUMBER.search(named)) or any(p.kind == "intent" for p in self.pieces)


def _is_besides(piece: Piece) -> bool:
    return piece.name == "except" and piece.text.startswith("还有")


@dataclass(frozen=True, slots=True)
class Context:
    """What was spoken of last: the figures, the rows they were among, and the query asked."""

    selects: tuple[Select, ...] = ()
    rows: Query | None = None
    query: Query | None = None
    winner: Name | None = None
    within: tuple[Name, ...] = ()
    spoken: tuple[Select, ...] = ()


@dataclass(slots=True)
class _State:
    context: Context
    within: list[Name] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    documents: int = 1
    year: int | None = None
    head: Select | None = None
    goes_on: bool = False
    asked: bool = False
    is_inside: bool = False
    left_out: tuple[Name, ...] = ()
    spoken: list[Select] = field(default_factory=list)


def clauses_of(pieces: Sequence[Piece]) -> Iterator[Clause]:
    """The clauses of a question in order."""
    run: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.kind == "break" or (
            piece.text == "、" and _asks_by_itself(run) and _asks_by_itself(_until_break(pieces[place + 1 :]))
        ):
            if run:
                yield Clause("".join(p.text for p in run), tuple(run))
            run = []
        else:
            run.append(piece)
    if run:
        yield Clause("".join(p.text for p in run), tuple(run))


def _without_items(query: Query, items: tuple[Name, ...]) -> Query:
    """A query over rows with some of them left out, said behind it (局本级不算)."""
    match query:
        case Rank() | Filter():
            return query.model_copy(update={"rows": _without_items(query.rows, items)})
        case Rows():
            return Except(rows=query, items=items)
        case _:
            return query


def _until_break(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces up to the next break or 、."""
    return list(takewhile(lambda p: p.kind != "break" and p.text != "、", pieces))


def _asks_by_itself(run: Sequence[Piece]) -> bool:
    """Whether pieces hold a word that asks (少了多少、为什么)."""
    return any(_ASK_WORD.search(p.text) or p.kind == "intent" for p in run if p.kind not in ("name", "scope"))


def asks_of(
    pieces: Sequence[Piece], context: Context, *, documents: int = 1, year: int | None = None
) -> tuple[tuple[Ask, ...], Context]:
    """All asks of a question, and what was spoken of at its end; ``documents``: how many it is about."""
    state = _State(
        context,
        within=list(context.within),
        documents=documents,
        year=year,
        goes_on=bool(context.selects),
        spoken=[*context.spoken],
    )
    asks: list[Ask] = []
    clauses = list(clauses_of(pieces))
    for number, clause in enumerate(clauses):
        is_last = number == len(clauses) - 1
        made = _ask(clause, state, is_only=is_last and not asks)
        if is_last and made is None and asks and state.left_out:
            asks[-1] = asks[-1].model_copy(update={"query": _without_items(asks[-1].query, state.left_out)})
        if made is not None:
            asks.append(made)
    follows = replace(state.context, within=tuple(state.within), spoken=tuple(state.spoken[-8:]))
    return tuple(asks), follows


def _ask(clause: Clause, state: _State, *, is_only: bool) -> Ask | None:
    selects = _completed(tuple(_selects(clause, state)), clause, state)
    state.spoken += selects
    said = any(
        p.kind not in ("framing", "filler", "scope", "year", "period", "basis", "joint", "ask") for p in clause.pieces
    )
    if not _is_ask(clause, selects, state, is_only=is_only):
        _narrow(clause, selects, state)
        return None
    if not said and not selects and not state.context.selects:
        return None
    if _CONFIRMS.search(clause.text):
        state.claims += _claims(clause)
    query = _query(clause, selects, state)
    if query is None and clause.ops() & _COMPUTING:
        query = _say("anything", clause, selects, state)
    if query is None:
        _narrow(clause, selects, state)
        return None
    unused = (*_unused(clause, query), *_not_left_out(query, state))
    unread = tuple(dict.fromkeys((*state.unread, *_unread(clause), *unused)))
    ask = Ask(
        query=query, text=clause.text, claims=tuple(state.claims), unread=unread, heads=(*(h for h in _heads(clause) if h in unread), *unused),
        keywords=tuple(p.text for p in clause.of("class") if len(p.text) > 2), wants_reason=bool(_WHY.search(clause.text)), adds_up="sum" in clause.ops(),
    )  # fmt: skip
    state.claims, state.unread, state.asked = [], [], True
    _remember(query, selects, state)
    return ask


_COMPUTING: Final = frozenset({"share", "ratio", "gap", "mean", "count"})
"""Operators that ask by themselves: a clause with one that nothing could be made of stays open."""


def _only_linked(select: Select) -> Select:
    """What is told around an ask: only names that items bear narrow it."""
    return select.model_copy(update={"names": tuple(name for name in select.names if name.is_linked)})


def _completed(selects: tuple[Select, ...], clause: Clause, state: _State) -> tuple[Select, ...]:
    """What a follow-up leaves out taken from what was spoken of: a unit's item, a column's row."""
    before = state.context.selects
    if (
        before
        and len(selects) == 1
        and all(_is_of_units(s) for s in before)
        and not any(n.is_unit for n in selects[0].names)
    ):
        return tuple(selects[0].model_copy(update={"names": (*s.names, *selects[0].names)}) for s in before)
    if len(selects) != 1 or len(before) != 1 or not (state.goes_on or selects[0].quantity == "count"):
        return selects
    pieces = [p for p in clause.of("name")]
    if pieces and all(_roles(p) <= {"unit", "whole"} for p in pieces) and not clause.of("class", "total"):
        items = tuple(n for n in before[0].names if not n.is_unit)
        return (before[0].model_copy(update={"names": (*selects[0].names, *items), "spans": selects[0].spans}),)
    if pieces and all(_roles(p) == {"column"} for p in pieces):
        own = {n.text for n in selects[0].names}
        return (selects[0].model_copy(update={"within": tuple(n for n in _all_names(before[0]) if n.text not in own)}),)
    return selects


def _is_of_units(select: Select) -> bool:
    return bool(select.names) and all(name.is_unit for name in select.names)


def _all_names(select: Select) -> tuple[Name, ...]:
    return (*select.within, *select.names)


def _is_ask(clause: Clause, selects: tuple[Select, ...], state: _State, *, is_only: bool) -> bool:
    """Whether a clause asks: by its words, by an operator over what is spoken of, or by being all that is said."""
    if clause.asks or (is_only and selects) or (selects and _CONFIRMS.search(clause.text)):
        return True
    if selects and any(_LISTED.search(p.text) for p in clause.of("framing", "filler", "op")):
        return True
    spoken = bool(selects or state.context.selects)
    changes = clause.ops() & {"more", "less", "change"} and not clause.of("number")
    return spoken and bool(clause.ops() & _ASKING_OPS or changes)


_CONFIRMS: Final = pattern("confirms")
_LISTED: Final = pattern("listed")
_ASKING_OPS: Final = frozenset({"sum", "gap", "which", "list", "count", "share", "max", "min", "top"})


def _narrow(clause: Clause, selects: tuple[Select, ...], state: _State) -> None:
    """A clause that asks nothing: its names narrow what follows, its figures are claims."""
    state.claims += _claims(clause)
    state.told += _unread(clause)
    if "except" in clause.ops() and (left_out := _excluded(clause)):
        state.left_out = left_out
        return
    if clause.of("class") and (clause.of("bound") or clause.of("level") or clause.pieces[-1].kind == "within"):
        rows = _rows_query(clause, selects, state) or Rows(
            within=_merged(selects), kind=_kind([p.name for p in clause.of("class")])
        )
        state.context = replace(state.context, selects=(), rows=rows, query=None)
        return
    if not any(name for select in selects for name in select.names if name.is_linked):
        return
    selects = tuple(_only_linked(select) for select in selects)
    state.context = replace(state.context, selects=selects, rows=None, query=None, winner=None)
    state.head = state.head or selects[0]
    if clause.pieces[-1].kind == "within" or len(selects) == 1:
        state.within = [*selects[0].within, *selects[0].names]


_POINTS: Final = pattern("points")


def _remember(query: Query, selects: tuple[Select, ...], state: _State) -> None:
    kept = selects or state.context.selects
    state.head = state.head or (kept[0] if kept else None)
    rows = _rows_within(query) or (state.context.rows if not selects else None)
    state.context = Context(kept, rows, query)
    if selects and not isinstance(query, Say):
        inside = selects[0].is_inside and not any(name.is_unit for name in selects[0].names)
        state.within = [*selects[0].within, *(() if inside else selects[0].names)]


_USES: Final[dict[str, tuple[type, ...]]] = {
    "max": (Rank,), "min": (Rank,), "top": (Rank,), "ordinal": (Rank,), "mean": (Mean, Ratio), "except": (Except,),
    "share": (Share, Change, Ratio), "ratio": (Ratio, Change), "gap": (Difference, Change),
    "more": (Difference, Change, Rank, Filter), "less": (Difference, Change, Rank, Filter),
    "which": (Difference, Rank), "change": (Change, Say), "rate": (), "full": (), "under": (), "over": (),
}  # fmt: skip
"""The nodes of which one has to be there where an operator is said."""


def _unused(clause: Clause, query: Query) -> Iterator[str]:
    """Operators that were said and that nothing of the query carries out."""
    if isinstance(query, Say):
        return
    kinds = {type(node) for node in nodes_of(query)}
    for piece in (piece for piece in clause.of("op") if not _is_besides(piece)):
        needed = _USES.get(piece.name)
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


def _not_left_out(query: Query, state: _State) -> tuple[str, ...]:
    """What was to be left out (除了…) and is not; an ask takes it."""
    names, state.left_out = state.left_out, ()
    return () if any(isinstance(node, Except) for node in nodes_of(query)) else tuple(name.text for name in names)


def _is_stated_share(query: Query) -> bool:
    """Whether what is asked is itself printed in per cent (目标值是百分之几)."""
    return isinstance(query, Select)


def nodes_of(query: Query) -> Iterator[Query]:
    """The query and all queries within it."""
    yield query
    match query:
        case Filter() | Except() | Rank():
            yield from nodes_of(query.rows)
        case Count() | Change() | Each() | Exists():
            yield from nodes_of(query.of)
        case Sum() | Mean() | Difference() | Several():
            for one in query.of:
                yield from nodes_of(one)
        case Share():
            for one in (*query.parts, *((query.whole,) if query.whole else ())):
                yield from nodes_of(one)
        case Ratio():
            yield from nodes_of(query.part)
            yield from nodes_of(query.base)
        case _:
            return


def _rows_within(query: Query) -> Query | None:
    """The row set that a query ranges over."""
    match query:
        case Rows():
            return query
        case Filter() | Except() | Rank():
            return _rows_within(query.rows)
        case Count():
            return _rows_within(query.of)
        case Sum() | Mean() if len(query.of) == 1:
            return _rows_within(query.of[0])
        case _:
            return None


def _claims(clause: Clause) -> list[Claim]:
    """The figures that a clause asserts."""
    return [
        Claim(value=piece.value, unit=piece.unit, text=piece.text, spans=((piece.start, piece.end),))
        for piece in clause.of("number")
        if piece.value is not None and piece.unit
    ]


def _heads(clause: Clause) -> tuple[str, ...]:
    """Unknown words right behind a name and before what asks: they are what is asked of it (支出|进度|是多少)."""
    told = [p for p in clause.pieces if p.kind not in ("framing", "filler")]
    return tuple(
        piece.text
        for before, piece, after in zip(told, told[1:], [*told[2:], None], strict=False)
        if piece.kind == "word" and len(piece.text) > 1 and before.kind in ("name", "total")
        and (after is None or after.kind == "ask")
    )  # fmt: skip


def _unread(clause: Clause) -> list[str]:
    read = "".join(m.group() for pattern in (_STARTS, _HOLDS, _PER) for m in pattern.finditer(clause.text))
    words = [
        word for piece in clause.of("word") if piece.text not in read
        for word in content_of(piece.text) if len(word) > 1
    ]  # fmt: skip
    heads = (head for head in _heads(clause) if head not in words and head not in read)
    words = [word for word in words if word not in ("前者", "后者")]
    words = [word for word in words if not (_ACTUAL.fullmatch(word) or (_POSTS.search(clause.text) and "编" in word))]
    return [*words, *heads, *PART_OF_YEAR.findall(clause.text)]


# Names


def _selects(clause: Clause, state: _State) -> Iterator[Select]:
    """The figures that a clause names, in order: names side by side belong together, joints part them."""
    first = clause.pieces[0]
    heads = first.kind == "within" or (first.text in ("那", "这", "它") and bool(clause.of("within")))
    if heads:
        state.within, state.is_inside = [*_merged(state.context.selects[:1]).names], True
    prefix, groups = _groups(clause)
    quantity = _quantity(clause)
    before = tuple(_name(p) for p in prefix if p.kind in ("name", "word"))
    side_before = next((p.name for p in prefix if p.kind == "total"), None)
    groups = _with_rows(_distributed(groups)) or ([prefix] if prefix and not _has_rows(clause) else [])
    for group in groups:
        side = next((p.name for p in group if p.kind == "total"), None)
        is_actual = any(_is_actual(p, clause, state) for p in group)
        names = tuple(_name(p) for p in group if p.kind in ("name", "word") and not _is_actual(p, clause, state))
        if is_actual:
            names, quantity = (Name(text=ACTUAL), *(name for name in names if name.text not in _STAFF)), "count"
        if side and not all(_roles(p) <= {"unit", "whole"} for p in group if p.kind == "name" and p.text not in _PLAIN):
            side = None
        elif side:
            names = tuple(name for name in names if name.text not in _PLAIN)
        if any(name.text in _POST_NAMES for name in names):
            quantity = "count"
        within = before if group is not prefix else ()
        if not side and names and all(name.text in _PLAIN for name in names):
            continue
        if any(name.is_linked for name in names) or side:
            yield Select(
                names=names, side=_side(side or (side_before if not names else None)), quantity=quantity,
                within=_within(names, within, state), period=_period(clause, state), is_inside=bool(within) or heads,
                counted="人" if any(name.text in _POST_NAMES for name in names) else _counted_unit(clause, quantity),
                spans=tuple((p.start, p.end) for p in group),
            )  # fmt: skip


def _with_rows(groups: list[list[Piece]]) -> list[list[Piece]]:
    """Columns named behind a row are columns of that row (差旅费合计、基本支出、项目支出各多少)."""
    if len(groups) < 2 or not groups[0]:
        return groups
    ending = [p for p in groups[-1] if _roles(p) == {"column"}]
    if (
        ending
        and len(ending) < len(groups[-1])
        and all(p not in ending and "column" not in _roles(p) for g in groups[:-1] for p in g)
    ):
        return [*([*group, *ending] for group in groups[:-1]), groups[-1]]
    if len(groups[-1]) > 1 and all(len(g) == 1 and _share_row(g[0], groups[-1][-1]) for g in groups[:-1]):
        return [*([*group, groups[-1][-1]] for group in groups[:-1]), groups[-1]]
    rows = [p for p in groups[0] if "row" in _roles(p)]
    if not rows or any(_roles(p) - {"column", "statement", "table"} for group in groups[1:] for p in group):
        return groups
    return [groups[0], *([*rows, *group] for group in groups[1:])] if rows else groups


def _share_row(one: Piece, other: Piece) -> bool:
    """Whether one row bears both names (拱北海关, 春节慰问金)."""
    return bool(_row_keys(one) & _row_keys(other))


def _row_keys(piece: Piece) -> set[str]:
    return {link.key for link in (piece.token.links if piece.token else ()) if link.role == "row"}


def _counting(select: Select, clause: Clause, state: _State) -> Select:
    """What was spoken of, in the quantity that is asked for now."""
    quantity = _quantity(clause)
    changes: dict[str, object] = {"quantity": quantity, "counted": _counted_unit(clause, quantity)}
    if clause.of("period", "year"):
        changes["period"] = _period(clause, state)
    return select.model_copy(update=changes)


def _quantity(clause: Clause) -> Quantity:
    """Whether a number of things is asked for, or money."""
    match = _COUNT.search(clause.text)
    if match is None or _MONEY.search(clause.text):
        return "any"
    return "count" if match["unit"] or not _AMOUNT.search(clause.text) else "any"


def _counted_unit(clause: Clause, quantity: Quantity) -> str | None:
    """The counting word of what is asked for (几辆, 多少批次)."""
    match = _COUNT.search(clause.text) if quantity == "count" else None
    return match["unit"] if match else None


def _has_rows(clause: Clause) -> bool:
    """Whether a class of rows is named."""
    return bool(clause.of("class"))


def _side(text: str | None) -> Side | None:
    return "收入" if text == "收入" else "支出" if text == "支出" else None


_ACTUAL: Final = pattern("actual")
_POST_NAMES: Final = frozenset({"编制", "行政编制", "事业编制", "人员编制", "工勤编制"})
_STAFF: Final = frozenset({ACTUAL, "编制", "人员", "人数", "人"})
_OVER: Final = pattern("over")
_POSTS: Final = pattern("posts")


def _is_actual(piece: Piece, clause: Clause, state: _State) -> bool:
    """Whether a piece asks for the people that are there: by a counting word, or beside 编制."""
    if piece.kind not in ("word", "op") or not _ACTUAL.fullmatch(piece.text):
        return False
    spoken = any("编制" in name.text for select in (*state.spoken, *state.context.selects) for name in select.names)
    return spoken or bool(_PEOPLE.search(clause.text))


def _name(piece: Piece) -> Name:
    meant = piece.token.text if piece.token and piece.token.name else None
    return Name(
        text=meant or piece.text, meant=piece.token.name if meant and piece.token else None,
        is_linked=piece.kind == "name", is_unit=bool(_roles(piece)) and _roles(piece) <= {"unit", "whole"}, spans=((piece.start, piece.end),),
    )  # fmt: skip


def _within(names: tuple[Name, ...], before: tuple[Name, ...], state: _State) -> tuple[Name, ...]:
    own = {name.text for name in names}
    inherited = () if state.goes_on and not state.is_inside else state.within
    return tuple(name for name in (before or inherited) if name.text not in own)


def _period(clause: Clause, state: _State) -> Period:
    """Last year's figure, where a year before the document's is named and nothing is compared with it."""
    periods = {p.name for p in clause.of("period")}
    years = {int(p.name) for p in clause.of("year")}
    before = state.year is not None and years == {state.year - 1}
    is_last = periods == {"last"} or (before and "this" not in periods)
    return "last" if is_last and not clause.ops() & {"versus", "change", "more", "less", "gap"} else "this"


def _groups(clause: Clause) -> tuple[list[Piece], list[list[Piece]]]:
    """The names that the rest of the clause is within (before 里, 中), and the names side by side in between joints."""
    prefix: list[Piece] = []
    groups: list[list[Piece]] = [[]]
    inside = 0
    told = [
        (clause.pieces[0].start + m.start(), clause.pieces[0].start + m.end())
        for pattern in (_STARTS, _HOLDS) for m in pattern.finditer(clause.text)
    ]  # fmt: skip
    left_out = _excluded_span(clause)
    for piece in clause.pieces:
        if left_out[0] <= piece.start < left_out[1]:
            continue
        if piece.text == "在" and groups[-1]:
            groups.append([])
            inside = len(groups) - 1
        elif piece.kind == "within" and inside and inside < len(groups):
            inner, outer = groups[inside:], [p for group in groups[:inside] for p in group]
            if len(inner) > 1 and all("table" in _roles(p) for group in inner for p in group):
                groups = [*([*outer, *group] for group in inner), []]
            else:
                prefix += [p for group in inner for p in group]
                groups = [*groups[:inside], []]
            inside = 0
        elif piece.kind == "within" and any(groups) and not _is_joined(groups, clause):
            prefix += [p for group in groups for p in group]
            groups = [[]]
        elif piece.kind == "op" and piece.name == "sum" and groups[-1] and _before_joint(piece, clause):
            continue
        elif piece.kind == "op" and piece.name == "count" and (actual := _ACTUAL.match(piece.text)):
            groups[-1].append(Piece("word", actual.group(), piece.start, piece.end))
        elif piece.kind == "op" and piece.name == "count" and (noun := _NOUN.search(piece.text)):
            if groups[-1]:
                groups.append([])
            groups[-1].append(_counted_noun(noun["noun"], piece, clause))
        elif piece.kind in _PARTING or piece.text == "还是":
            if groups[-1]:
                groups.append([])
        elif any(start <= piece.start < end for start, end in told):
            continue
        elif piece.kind in ("name", "total") or (piece.kind == "word" and content_of(piece.text)):
            groups[-1].append(piece)
    return prefix, [group for group in groups if group]


_BUYS: Final = pattern("buys")


def _counted_noun(noun: str, piece: Piece, clause: Clause) -> Piece:
    """What is counted, as the name that the documents give it (几辆车 -> 车辆); not where some are bought."""
    is_vehicle = noun.endswith("车") and not _BUYS.search(clause.text)
    return Piece("name" if is_vehicle else "word", "车辆" if is_vehicle else noun, piece.end - len(noun), piece.end)


def _before_joint(piece: Piece, clause: Clause) -> bool:
    """Whether a word for a sum is only the header of a column (差旅费合计、基本支出…)."""
    return any(p.kind == "joint" and p.start == piece.end for p in clause.pieces)


_NOUN: Final = pattern("noun")
_PARTING: Final = frozenset({"joint", "op", "bound", "intent", "ask", "number"})


def _is_joined(groups: list[list[Piece]], clause: Clause) -> bool:
    """Whether several things are named before 里 (甲和乙里): then they are not what the rest is within."""
    return len([group for group in groups if group]) > 1


_LEFT_BEHIND: Final = pattern("left_behind")
_LEFT_OUT: Final = pattern("left_out")


def _excluded_span(clause: Clause) -> tuple[int, int]:
    """The stretch that is left out (除…外, 不含…)."""
    match = _LEFT_OUT.search(clause.text) or _LEFT_BEHIND.search(clause.text)
    if "except" not in clause.ops() or match is None:
        return (0, 0)
    offset = clause.pieces[0].start
    return (offset + match.start(), offset + match.end())


def _is_unit(group: Sequence[Piece]) -> bool:
    return all(p.kind == "name" and _roles(p) and _roles(p) <= {"unit", "whole"} for p in group)


def _roles(piece: Piece) -> set[str]:
    links = piece.token.links if piece.token else ()
    best = max((link.score for link in links), default=0.0)
    return {str(link.role) for link in links if link.score >= best - 0.05}


def _distributed(groups: list[list[Piece]]) -> list[list[Piece]]:
    """Units named side by side go with the item behind the last of them (甲和乙的公务接待费)."""
    tables = [group for group in groups[1:] if all("table" in _roles(p) for p in group)]
    if len(groups) > 2 and len(tables) == len(groups) - 1 and not any("table" in _roles(p) for p in groups[0]):
        return [[*groups[0], *table] for table in tables]
    if (
        len(groups) > 1
        and len(groups[0]) > 1
        and _is_unit(groups[0][:1])
        and not any(_is_unit([p]) for g in groups[1:] for p in g)
    ):
        return [groups[0], *([groups[0][0], *group] for group in groups[1:])]
    units = [group for group in groups if _is_unit(group)]
    mixed = [group for group in groups if not _is_unit(group)]
    if not units or not mixed:
        return groups
    lead = [p for p in mixed[0] if p.kind == "name" and _roles(p) <= {"unit", "whole"}]
    heads = [*units, *([lead] if lead else [])]
    items = [[p for p in group if p not in lead] for group in mixed]
    return [[*unit, *item] for unit in heads for item in items if item]


# Queries


def _query(clause: Clause, selects: tuple[Select, ...], state: _State) -> Query | None:
    ops, text = clause.ops(), clause.text
    if state.goes_on and selects and not ops and (same := _same_question(clause, selects, state)) is not None:
        return same
    topic = selects or tuple(_counting(s, clause, state) for s in state.context.selects)
    before = state.context.query
    if _POSTS.search(text) or (_OVER.search(text) and any(n.text == ACTUAL for s in state.spoken for n in s.names)):
        of = tuple(
            n
            for select in selects or state.context.selects
            for n in select.names
            if n.is_linked and n.text not in (*_STAFF, *_POST_NAMES)
        )
        kind = next((n.text for n in of if n.text in ("行政", "事业", "工勤")), "")
        units = tuple(n for n in of if n.text != kind)
        posts = Select(names=(*units, Name(text=f"{kind}编制")), quantity="count", counted="人")
        there = posts.model_copy(update={"names": (Name(text=ACTUAL), *of)})
        return Difference(of=(posts, there))
    if not selects and isinstance(before, Rows | Filter | Except | Rank) and _EACH.fullmatch(_bare(clause)):
        return before
    if not selects and isinstance(before, Rank) and before.k == 1 and (_POINTS.search(text) or state.asked):
        topic = (Select(winner=before),)
    elif _POINTS.search(text) and not selects and state.head is not None:
        topic = (state.head,)
    if len(topic) == 1 and _PARTS.search(text) and (parts := _parts_of(topic[0])):
        topic, selects = parts, parts
    intent = next((_INTENT_OF[p.name] for p in clause.of("intent") if p.name in _INTENT_OF), None)
    if _WHY.search(text) and not ops & {"share"} and not _NUMBER.search(text):
        return _say("why", clause, topic, state)
    ranks = bool(ops & {"max", "min", "top", "ordinal"})
    if intent in ("what_is", "who", "duty") and not ranks and not _NUMBER.search(text_of(clause)):
        return _say(intent, clause, topic, state)
    if (_WHAT_MONEY.search(text) or _INCLUDES.search(text)) and len(topic) == 1 and not ranks and _is_contents(clause):
        return _say("what_is", clause, topic, state)
    if _USE.search(text) and not ranks:
        return _say("goal", clause, topic, state)
    if (
        topic
        and not ranks
        and not clause.of("bound")
        and any(p.name == "goal" for p in clause.of("class"))
        and not _COUNT.search(text)
    ):
        return _say("goal", clause, topic, state).model_copy(update={"words": ("绩效目标",)})
    if (
        (
            any(p.name == "unit" for p in clause.of("class"))
            or any(p.name == "everyone" and "单位" in p.text for p in clause.pieces)
        )
        and not ranks
        and not clause.of("bound")
        and _WHICH_UNITS.search(text)
    ):
        return _say("which_units", clause, topic, state).model_copy(update={"words": ("单位",)})
    if any(p.name == "prose" for p in clause.of("intent")) or (_NAMES_ASKED.search(text) and not ranks):
        return _say("anything", clause, topic, state)
    if any(p.name == "conflict" for p in clause.of("intent")) and not _NUMBER_OR_GAP.search(text):
        if len(selects) < 2:
            return None
        return _several(tuple(Change(of=s) for s in selects)) if "change" in ops else Difference(of=selects)
    if ops & {"gap", "more", "less"} and len(selects) == 1 and clause.pieces[0].kind == "joint":
        earlier = state.context.query if isinstance(state.context.query, Sum | Rank) else None
        first = earlier or (state.context.selects[0] if state.context.selects else None)
        if first is not None:
            return Difference(of=(first, selects[0].model_copy(update={"within": ()})))
    if (
        len(selects) >= 2
        and any(p.text.startswith(("加", "+")) for p in clause.of("joint"))
        and not ops & {"share", "gap"}
    ):
        return Sum(of=selects)
    if len(selects) >= 2 and "sum" in ops and not ops & {"share", "gap", "more", "less"}:
        return Sum(of=selects)
    if "share" in ops and "占" in text and (share := _share(clause, selects, state)) is not None:
        return share
    if (versus := _versus(clause, state)) is not None:
        return versus
    if (ranked := _one_of(clause, selects, state)) is not None:
        return ranked
    if (rows := _rows_query(clause, selects, state)) is not None:
        return rows
    if not selects and "sum" in ops and (count := _BOTH.search(text)) and len(state.spoken) >= 2:
        number = {"两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5}[count["k"]]
        return Sum(of=tuple(state.spoken[-number:]))
    if topic and _is_change(clause, selects, state) and "占" not in text:
        return _several(tuple(Change(of=select) for select in topic))
    if "share" in ops and (share := _share(clause, selects, state)) is not None:
        return share
    if _PER.search(text) and topic and (per := _per(clause, selects, state)) is not None:
        return per
    if state.documents > 1 and len(topic) == 1 and ops & {"gap", "which", "more", "less", "ratio"}:
        each = Each(of=topic[0])
        return Ratio(part=each, base=each) if "ratio" in ops else Difference(of=(each,))
    if state.documents > 1 and len(topic) == 1 and _GAP.search(text):
        return Difference(of=(Each(of=topic[0]),))
    if "ratio" in ops and len(topic) >= 2:
        return Ratio(part=topic[0], base=topic[1])
    if state.documents > 1 and len(topic) == 1 and "sum" in ops:
        return Sum(of=(Each(of=topic[0]),))
    if state.documents > 1 and topic and ops & {"gap", "which"}:
        return Difference(of=(Each(of=topic[0]),))
    if ops & {"gap", "which", "more", "less", "versus"} and len(topic) >= 2:
        return Difference(of=topic)
    if "mean" in ops and len(topic) >= 2 and (clause.of("joint") or not selects):
        return Mean(of=topic)
    if ops & {"max", "min", "top"} and len(selects or topic) >= 2:
        moved = bool(_FELL.search(text) or _ROSE.search(text))
        descending = not _FELL.search(text) if moved else "min" not in ops
        return Rank(
            rows=Several(of=topic), k=_limit(clause) or 1, by="change" if moved else "value", descending=descending
        )
    if "sum" in ops and len(topic) >= 2:
        return Sum(of=topic)
    if "exists" in ops and len(selects) == 1:
        return Exists(of=selects[0])
    if topic and {"this", "last"} <= {p.name for p in clause.of("period")}:
        both = (s.model_copy(update={"period": period}) for s in topic for period in ("this", "last"))
        return _several(tuple(both))
    if not selects and not ops & {"list", "sum", "order"} and any(content_of(p.text) for p in clause.of("word")):
        return _say("anything", clause, topic, state)
    if topic:
        return _several(topic)
    if intent or clause.of("word"):
        return _say(intent or "anything", clause, topic, state)
    return None


_EACH: Final = pattern("each")
"""All that is left of a clause that asks for the figures of the rows just listed."""


def _bare(clause: Clause) -> str:
    """A clause without framing and scope."""
    return "".join(p.text for p in clause.pieces if p.kind not in ("framing", "scope", "break"))


def _one_of(clause: Clause, selects: tuple[Select, ...], state: _State) -> Query | None:
    """``甲、乙、丙，这三家里哪家最高``: a rank among the units named before."""
    units = tuple(s for s in state.context.selects if _is_of_units(s))
    ranks = clause.ops() & {"max", "min", "top"}
    if len(units) < 2 or not ranks or not _THESE.search(clause.text) or clause.of("class"):
        return None
    items = tuple(
        name for s in selects for name in s.names if not name.is_unit and name.is_linked and name.text not in _PLAIN
    )
    side = next((s.side for s in selects if s.side), None)
    ranged = tuple(
        unit.model_copy(update={"names": (*unit.names, *items), "side": side or (None if items else "支出")})
        for unit in units
    )
    return Rank(rows=Several(of=ranged), k=_limit(clause) or 1, descending="min" not in ranks)


_THESE: Final = pattern("these")
_GAP: Final = pattern("gap")
_PARTS: Final = pattern("parts")


def _parts_of(select: Select) -> tuple[Select, ...]:
    """The parts that everybody knows an item to have (三公经费), each selected like the item itself."""
    said = {normalise(name.text) for name in select.names}
    for whole, parts in wording_rules()["parts"].items():
        if said & {normalise(whole), *aliases().get(normalise(whole), ())}:
            inner = [part for part in parts if part not in wording_rules()["parts"]]
            names = [
                part for part in parts if not any(part in wording_rules()["parts"].get(p, ()) for p in parts)
            ] or inner
            return tuple(select.model_copy(update={"names": (Name(text=part),)}) for part in names)
    return ()


def _same_question(clause: Clause, selects: tuple[Select, ...], state: _State) -> Query | None:
    """``那X呢``: of X what was asked before."""
    if not clause.text.rstrip("?").endswith("呢"):
        return None
    match state.context.query:
        case Share() as before:
            return Share(parts=selects, whole=before.whole, around=before.around)
        case Change():
            return _several(tuple(Change(of=select) for select in selects))
        case Say() as before if before.intent != "anything":
            return before.model_copy(update={"topic": tuple(n for s in selects for n in s.names)})
        case _:
            return None


def _is_contents(clause: Clause) -> bool:
    """Whether no class of rows is named but 开支, 费用 and the like, which everything is made of."""
    return all(p.text in ("开支", "费用", "支出项", "明细", "项目") for p in clause.of("class"))


def _several(queries: tuple[Query, ...]) -> Query:
    return queries[0] if len(queries) == 1 else Several(of=queries)


def _say(intent: Intent, clause: Clause, topic: tuple[Select, ...], state: _State | None = None) -> Say:
    names = tuple(name for select in topic for name in (*select.names, *select.within))
    words = tuple(dict.fromkeys(word for p in clause.pieces if p.kind == "word" for word in content_of(p.text)))
    around = tuple(word for word in state.told if word not in words) if state else ()
    return Say(intent=intent, topic=names, words=words, around=around, counted=_counted_unit(clause, _quantity(clause)))


_MOVED: Final = pattern("moved")
"""How much something moved: against last year, where nothing else is named beside it."""


def _is_change(clause: Clause, selects: tuple[Select, ...], state: _State) -> bool:
    ops = clause.ops()
    last = (
        any(p.name == "last" for p in clause.of("period"))
        or len(clause.of("year")) > 1
        or (bool(clause.of("year")) and "versus" in ops)
    )
    if ops & {"change"} or (
        _MOVED.search(clause.text) and not ops & {"versus", "gap", "ratio"} and state.documents == 1
    ):
        return True
    return last and bool(ops & {"versus", "more", "less", "gap", "share"})


_LATTER: Final = pattern("latter")
_OF_ALL: Final = pattern("of_all")


def _of_same_unit(whole: Select, part: Query) -> Select:
    """The whole of a part of a unit is that unit's (里面…占它基本支出的)."""
    if not isinstance(part, Select) or any(name.is_unit for name in whole.names):
        return whole
    units = tuple(name for name in (*part.within, *part.names) if name.is_unit)
    return whole.model_copy(update={"names": (*units, *whole.names)})


def _share(clause: Clause, selects: tuple[Select, ...], state: _State) -> Query | None:
    """``A占B的百分之几``, ``B里A占几成``, ``A占比``: the whole is named behind 占, or before 里, or spoken of before."""
    if (order := _LATTER.search(clause.text)) and len(state.spoken) >= 2:
        first, second = state.spoken[-2:]
        part, whole = (second, first) if order["part"] == "后" else (first, second)
        return Share(parts=(part,), whole=whole.model_copy(update={"within": ()}))
    mark = next((p for p in clause.pieces if p.kind == "op" and p.name == "share" and p.text.startswith("占")), None)
    before = _part_query(clause, state, until=mark.start) if mark else _several_or_none(selects)
    if (
        mark
        and state.head
        and (points := _POINTS.search(clause.text))
        and clause.pieces[0].start + points.start() < mark.start
        and not any(p.kind == "name" and p.start < mark.start for p in clause.pieces)
    ):
        before = state.head
    whole = _part_query(clause, state, after=mark.end, alone=True) if mark else None
    earlier = (
        state.context.query if isinstance(state.context.query, Sum | Rank) else _several_or_none(state.context.selects)
    )
    part = before or earlier
    if part is None:
        return None
    parts = part.of if isinstance(part, Several) else (part,)
    if mark and isinstance(whole, Select) and not _OF_ALL.search(clause.text[mark.start - clause.pieces[0].start :]):
        whole = _of_same_unit(whole, parts[0])
    if whole is None and isinstance(parts[0], Select) and parts[0].is_inside:
        whole = Select(names=parts[0].within)
    around = None if whole else _whole_meant(parts[0], state)
    if isinstance(around, Select) and any(p.name == "this" for p in clause.of("period")):
        around = around.model_copy(update={"period": "this"})
    return Share(parts=parts, whole=whole, around=around)


def _versus(clause: Clause, state: _State) -> Query | None:
    """``A比B多多少``: two sides, each of which may be computed (前三名, 之和)."""
    mark = next((p for p in clause.pieces if p.kind == "op" and p.name == "versus" and p.text in ("比", "较")), None)
    if mark is None or not clause.ops() & {"more", "less", "gap", "which", "ratio"} or clause.of("bound"):
        return None
    second = _part_query(clause, state, after=mark.end, alone=True)
    first = _part_query(clause, state, until=mark.start) or (
        state.context.query if isinstance(state.context.query, Sum | Rank) else _several_or_none(state.context.selects)
    )
    if isinstance(first, Rank) and isinstance(second, Rank):
        second = first.model_copy(update={"descending": second.descending, "k": second.k})
    if isinstance(second, Select) and _is_of_units(second):
        first, second = _with_item_of(first, second, state)
    if first is None or second is None or isinstance(first, Several) or isinstance(second, Several):
        return None
    return Difference(of=(first, second))


def _with_item_of(first: Query | None, second: Select, state: _State) -> tuple[Query | None, Query]:
    """A unit compared with another has the item that the other has, or that was spoken of (A的公积金比B多多少)."""
    if not isinstance(first, Select):
        return first, second
    source = (
        first if not _is_of_units(first) else next((s for s in state.context.selects if not _is_of_units(s)), first)
    )
    items = tuple(name for name in source.names if not name.is_unit)
    whole = first if source is first else first.model_copy(update={"names": (*first.names, *items)})
    return whole, second.model_copy(update={"names": (*second.names, *items), "side": source.side})


def _whole_meant(first: Query, state: _State) -> Query | None:
    """What a share of nothing named is of: what the part is said to be within, or the whole spoken of before."""
    if isinstance(state.context.query, Share):
        return state.context.query.whole or state.context.query.around
    if isinstance(first, Select) and first.within:
        return Select(names=first.within)
    before = state.context.query
    if isinstance(before, Select) and isinstance(first, Select) and before.names != first.names:
        return before
    return None


def _several_or_none(selects: tuple[Select, ...]) -> Query | None:
    return _several(selects) if selects else None


def _part_query(
    clause: Clause, state: _State, *, after: int = 0, until: int | None = None, alone: bool = False
) -> Query | None:
    """What a stretch of a clause names, as a query of its own; ``alone``: nothing said before narrows it."""
    pieces = tuple(p for p in clause.pieces if p.start >= after and (until is None or p.end <= until))
    if not pieces:
        return None
    part = Clause("".join(p.text for p in pieces), pieces)
    inner = replace(state, within=[], unread=[], claims=[]) if alone else state
    selects = tuple(_selects(part, inner))
    if part.of("class") and _COUNT.search(clause.text) and not _MONEY.search(clause.text):
        return Count(of=Rows(within=_merged(selects), kind=_kind([p.name for p in part.of("class")])))
    has_rows = part.of("class") and not (selects and not part.ops())
    if (has_rows or part.ops() & {"max", "min", "top"}) and (rows := _rows_query(part, selects, inner)) is not None:
        return rows
    if len(selects) > 1 and "sum" in part.ops():
        return Sum(of=selects)
    return _several_or_none(selects)


def _per(clause: Clause, selects: tuple[Select, ...], state: _State) -> Query | None:
    """``平均每辆车的运行维护费``, ``人均``: money over how many there are."""
    things = {"辆": "车辆", "台": "车辆", "人": "人员", "名": "人员"}
    match = _PER.search(clause.text)
    if match is None:
        return None
    thing = next((noun for mark, noun in things.items() if mark in match.group()), "")
    things_said = {"车", "车辆", "公车", "一辆", "一辆车", "每辆车", "每辆", "车辆总数", "人", "每人", "人均"}
    named = tuple(_without(s, things_said) for s in selects)
    money = tuple(s for s in named if s.names) or tuple(
        s for s in map(lambda s: _without(s, things_said), state.spoken) if s.names
    )
    if not money or not thing or any("购置" in name.text for name in money[0].names):  # not all that there are
        return None
    base = Select(names=(Name(text=thing),), quantity="count")
    return Ratio(part=money[0].model_copy(update={"quantity": "amount"}), base=base)


def _without(select: Select, texts: set[str]) -> Select:
    return select.model_copy(update={"names": tuple(name for name in select.names if name.text not in texts)})


_MOST: Final = pattern("most")
_NUMBERS: Final = dict(zip("两二三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


def _limit(clause: Clause) -> int | None:
    """How many rows of a ranking are asked for (前三, 最多的三家)."""
    if most := _MOST.search(clause.text):
        return _NUMBERS[most["k"]]
    return next(
        (int(p.value) for p in clause.of("op") if p.name in ("top", "max", "min") and p.value is not None), None
    )


# Rows


def _rows_query(clause: Clause, selects: tuple[Select, ...], state: _State) -> Query | None:
    """A query over rows, where a class of rows is named, or rows are ranked, filtered or listed below one item."""
    ops, text = clause.ops(), clause.text
    classes = [p.name for p in clause.of("class") if p.name in _CLASS_OF]
    if (
        not classes
        and _WHICH_UNIT.search(text)
        and ops & {"max", "min", "top", "list", "count"} | set(p.name for p in clause.of("bound"))
    ):
        classes = ["unit"]
    ranks = ops & {"max", "min", "top", "ordinal"}
    moved = bool(_FELL.search(text) or _ROSE.search(text))
    bounds = tuple(_conditions(clause))
    which = bool(_WHICH.search(text_of(clause)))
    asks_rows = bool(ranks or moved or bounds or ops & {"list", "count"} or (classes and which)) and (
        bool(classes) or len(selects) <= 1
    )
    lists = "list" in ops and bool(_MADE_UP.search(text)) and len(selects or state.context.selects) == 1
    follows = (
        not selects
        and not classes
        and state.context.rows is not None
        and bool(ranks or moved or bounds or ops & {"sum", "mean", "count"})
    )
    if follows:
        base: Query = state.context.rows  # type: ignore[assignment]
    elif (asks_rows and (classes or ranks or moved or bounds)) or lists:
        prefix = [p for p in _groups(clause)[0] if p.kind == "name"]
        inner = Select(
            names=tuple(map(_name, prefix)),
            side=_side(next((p.name for p in _groups(clause)[0] if p.kind == "total"), None)),
        )
        within = _merged(selects) if selects else inner if prefix or inner.side else _merged(state.context.selects)
        base = Rows(within=_not_compared(within, bounds), kind=_kind(classes), level=_level(clause))
    elif classes and selects and ops & {"sum", "mean", "count", "list"}:
        base = Rows(within=selects[0], kind=_kind(classes))
    else:
        return None
    query = base
    if bounds:
        query = Filter(rows=query, conditions=bounds)
    elif (
        not ranks
        and "count" not in ops
        and which
        and classes
        and any(s.names for s in selects or state.context.selects)
    ):
        query = Filter(rows=query, conditions=(Condition(comparison="ne", values=(Decimal(0),)),))
    if excluded := _excluded(clause) or state.left_out:
        query = Except(rows=query, items=excluded)
    if ranks or moved:
        places = tuple(int(p.value) for p in clause.of("op") if p.name == "ordinal" and p.value is not None)
        top = [p for p in clause.of("op") if p.name in ranks]
        changes = bool(ops & {"change"} or moved)
        query = Rank(
            rows=query, k=_limit(clause) or 1, places=places, by="change" if changes else "value",
            descending=not (bool(_FELL.search(text)) if changes and moved else _ascends(top)),
        )  # fmt: skip
    if "count" in ops and not ranks:
        return Count(of=query)
    if "sum" in ops and not ("list" in ops and not ranks):
        return Sum(of=(query,))
    return Mean(of=(query,)) if "mean" in ops else query


def _not_compared(within: Select, bounds: tuple[Condition, ...]) -> Select:
    """What rows are within, without what they are compared with (哪家项目支出超过基本支出)."""
    compared = {name.text for bound in bounds if bound.than is not None for name in bound.than.names}
    return within.model_copy(update={"names": tuple(name for name in within.names if name.text not in compared)})


def text_of(clause: Clause) -> str:
    """The words of a clause without names, scope and framing."""
    return "".join(p.text for p in clause.pieces if p.kind not in ("framing", "name", "scope"))


def _merged(selects: tuple[Select, ...]) -> Select:
    """All names of several selections as one."""
    if not selects:
        return Select()
    names = tuple(dict.fromkeys(name for s in selects for name in (*s.within, *s.names)))
    return Select(names=names, side=next((s.side for s in selects if s.side), None))


def _level(clause: Clause) -> int | None:
    """The level of the items that are asked for (项级, 哪几大类)."""
    named = next((int(p.name) for p in clause.of("level")), None)
    return 1 if named is None and _KINDS.search(clause.text) else named


def _kind(classes: Sequence[str]) -> RowKind:
    return _CLASS_OF[classes[-1]] if classes else "any"


def _ascends(pieces: Sequence[Piece]) -> bool:
    return any(p.name == "min" or _LEAST.search(p.text) for p in pieces)


def _excluded(clause: Clause) -> tuple[Name, ...]:
    """The names between 除 and 外."""
    start, end = _excluded_span(clause)
    return tuple(_name(p) for p in clause.of("name", "word") if start <= p.start < end)


def _conditions(clause: Clause) -> Iterator[Condition]:
    pieces = clause.pieces
    if match := _STARTS.search(clause.text):
        yield Condition(starts=match["text"])
    if match := _HOLDS.search(clause.text):
        yield Condition(holds=match["text"])
    for place, piece in enumerate(pieces):
        if piece.text in ("过", "破") and (
            past := next((p for p in pieces[place + 1 : place + 2] if p.kind == "number"), None)
        ):
            yield Condition(comparison="gt", values=(past.value or Decimal(0),), unit=past.unit)
        if piece.kind != "bound":
            continue
        if piece.name == "nonzero":
            yield Condition(comparison="ne", values=(Decimal(0),))
        elif piece.name == "zero":
            yield Condition(comparison="eq", values=(Decimal(0),))
        elif piece.name in _COMPARISONS:
            after = piece.name.endswith("_after")
            near = pieces[place - 1 : place] if after else pieces[place + 1 : place + 2]
            number = next((p for p in near if p.kind == "number"), None)
            than = tuple(_name(p) for p in pieces[place + 1 :] if p.kind == "name") if not after else ()
            if number is None and than and not piece.name.startswith("range"):
                yield Condition(comparison=_COMPARISONS[piece.name], than=Select(names=than))
            if number is not None and number.value is not None:
                yield Condition(comparison=_COMPARISONS[piece.name], values=(number.value,), unit=number.unit)
