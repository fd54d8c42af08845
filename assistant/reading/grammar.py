"""From pieces to asks: each clause that asks becomes a query over what it and the clauses before it name.

A clause is what stands between commas. One that only names narrows those behind it; one that only asks is about what
was named last. Operators compose: rows are filtered, then left out, then ranked, then added, counted or compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from assistant.query import (
    ACTUAL,
    Ask,
    Change,
    Claim,
    Difference,
    Each,
    Except,
    Exists,
    Filter,
    Intent,
    Mean,
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
    nodes_of,
    rows_within,
)
from assistant.reading.clauses import (
    NUMBER,
    PER,
    POSTS,
    Clause,
    bare_text,
    changing_words,
    clauses_of,
    head_words,
    is_besides,
    text_of,
    unread_words,
)
from assistant.reading.computed import (
    POINTS,
    is_change,
    one_of_query,
    parts_of_select,
    per_query,
    several,
    share_query,
    versus_query,
)
from assistant.reading.patterns import pattern
from assistant.reading.pieces import Piece
from assistant.reading.rows import FELL, ROSE, kind_of, limit_of, rows_query, without_items
from assistant.reading.selects import (
    COUNT,
    POST_NAMES,
    STAFF,
    completed,
    counted_unit,
    counting,
    excluded_names,
    merged,
    only_linked,
    quantity_of,
    selects_in,
)
from assistant.reading.state import Context, State
from assistant.words import content_of

_NUMBER_OR_GAP: Final = pattern("number_or_gap")
_PERCENT: Final = pattern("percent")
_WHY: Final = pattern("why")
_USE: Final = pattern("use")
_WHAT_MONEY: Final = pattern("what_money")
_INCLUDES: Final = pattern("includes")
_NAMES_ASKED: Final = pattern("names_asked")
_WHICH_UNITS: Final = pattern("which_units")
_INTENT_OF: Final[dict[str, Intent]] = {"reason": "why", "definition": "what_is", "duty": "duty", "who": "who"}
_BOTH: Final = pattern("both")


def asks_of(
    pieces: Sequence[Piece], context: Context, *, documents: int = 1, year: int | None = None
) -> tuple[tuple[Ask, ...], Context]:
    """All asks of a question, and what was spoken of at its end; ``documents``: how many it is about."""
    state = State(
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
            asks[-1] = _without(asks[-1], state.left_out)
        if made is not None:
            asks.append(made)
    follows = replace(state.context, within=tuple(state.within), spoken=tuple(state.spoken[-8:]))
    return tuple(asks), follows


def _without(ask: Ask, items: tuple[Name, ...]) -> Ask:
    """An ask with rows left out, said behind it; what is no list of rows leaves them unread."""
    query = without_items(ask.query, items)
    if query != ask.query:
        return ask.model_copy(update={"query": query})
    told = tuple(name.text for name in items)
    return ask.model_copy(update={"unread": (*ask.unread, *told), "heads": (*ask.heads, *told)})


def _ask(clause: Clause, state: State, *, is_only: bool) -> Ask | None:
    selects = completed(tuple(selects_in(clause, state)), clause, state)
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
    unused = (*_unused(clause, query), *_not_left_out(query, state), *changing_words(clause), *state.changing)
    unread = tuple(dict.fromkeys((*unread_words(clause), *unused)))
    ask = Ask(
        query=query,
        text=clause.text,
        claims=tuple(state.claims),
        unread=unread,
        heads=(*(head for head in head_words(clause) if head in unread), *unused),
        keywords=tuple(p.text for p in clause.of("class") if len(p.text) > 2),
        wants_reason=bool(_WHY.search(clause.text)),
        adds_up="sum" in clause.ops(),
    )
    state.claims, state.asked = [], True
    _remember(query, selects, state)
    return ask


_COMPUTING: Final = frozenset({"share", "ratio", "gap", "mean", "count"})
"""Operators that ask by themselves: a clause with one that nothing could be made of stays open."""


def _is_ask(clause: Clause, selects: tuple[Select, ...], state: State, *, is_only: bool) -> bool:
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


def _narrow(clause: Clause, selects: tuple[Select, ...], state: State) -> None:
    """A clause that asks nothing: its names narrow what follows, its figures are claims."""
    state.claims += _claims(clause)
    state.told += unread_words(clause)
    state.changing += [
        *changing_words(clause),
        *(p.text for p in clause.of("word") if p.text.isascii() and len(p.text) > 3),
    ]
    if "except" in clause.ops() and (left_out := excluded_names(clause)):
        state.left_out = left_out
        return
    if clause.of("class") and (clause.of("bound") or clause.of("level") or clause.pieces[-1].kind == "within"):
        rows = rows_query(clause, selects, state) or Rows(
            within=merged(selects), kind=kind_of([p.name for p in clause.of("class")])
        )
        state.context = replace(state.context, selects=(), rows=rows, query=None)
        return
    if not any(name for select in selects for name in select.names if name.is_linked):
        return
    selects = tuple(only_linked(select) for select in selects)
    state.context = replace(state.context, selects=selects, rows=None, query=None)
    state.head = state.head or selects[0]
    if clause.pieces[-1].kind == "within" or len(selects) == 1:
        state.within = [*selects[0].within, *selects[0].names]


def _remember(query: Query, selects: tuple[Select, ...], state: State) -> None:
    kept = selects or state.context.selects
    state.head = state.head or (kept[0] if kept else None)
    rows = rows_within(query) or (state.context.rows if not selects else None)
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
    for piece in (piece for piece in clause.of("op") if not is_besides(piece)):
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


def _not_left_out(query: Query, state: State) -> tuple[str, ...]:
    """What was to be left out (除了…) and is not; an ask takes it."""
    names, state.left_out = state.left_out, ()
    return () if any(isinstance(node, Except) for node in nodes_of(query)) else tuple(name.text for name in names)


def _is_stated_share(query: Query) -> bool:
    """Whether what is asked is itself printed in per cent (目标值是百分之几)."""
    return isinstance(query, Select)


def _claims(clause: Clause) -> list[Claim]:
    """The figures that a clause asserts."""
    return [
        Claim(value=piece.value, unit=piece.unit, text=piece.text, spans=((piece.start, piece.end),))
        for piece in clause.of("number")
        if piece.value is not None and piece.unit
    ]


_OVER: Final = pattern("over")


def _query(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """What a clause asks; None where it only names, or speaks of a contradiction without saying of what."""
    if (again := _asked_again(clause, selects, state)) is not None:
        return again
    said = _said(clause, selects, state)
    if said.has_intent("conflict") and not _NUMBER_OR_GAP.search(said.text) and len(said.selects) < 2:
        return None
    return next((query for read in _READERS if (query := read(said)) is not None), None)


@dataclass(frozen=True, slots=True)
class _Said:
    """One clause with what it names; ``topic``: that, or what was spoken of before."""

    clause: Clause
    state: State
    selects: tuple[Select, ...]
    topic: tuple[Select, ...]

    @property
    def text(self) -> str:
        return self.clause.text

    @property
    def ops(self) -> set[str]:
        return self.clause.ops()

    @property
    def ranks(self) -> bool:
        return bool(self.ops & _RANKS)

    @property
    def intent(self) -> Intent | None:
        return next((_INTENT_OF[p.name] for p in self.clause.of("intent") if p.name in _INTENT_OF), None)

    def has_intent(self, name: str) -> bool:
        return any(piece.name == name for piece in self.clause.of("intent"))

    def has_class(self, name: str) -> bool:
        return any(piece.name == name for piece in self.clause.of("class"))

    def say(self, intent: Intent, *words: str) -> Say:
        """The prose about the topic; ``words``: what else it has to hold, instead of the clause's own words."""
        said = _say(intent, self.clause, self.topic, self.state)
        return said.model_copy(update={"words": words}) if words else said


def _asked_again(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """A clause that asks what was asked before, of something else or with the figures beside."""
    before = state.context.query
    if state.goes_on and selects and not clause.ops() and (same := _same_question(clause, selects, state)) is not None:
        return same
    if POSTS.search(clause.text) or (_OVER.search(clause.text) and _speaks_of_people(state)):
        return _posts_and_people(selects or state.context.selects)
    if not selects and isinstance(before, Rows | Filter | Except | Rank) and _EACH.fullmatch(bare_text(clause)):
        return before
    return None


def _speaks_of_people(state: State) -> bool:
    return any(name.text == ACTUAL for select in state.spoken for name in select.names)


def _posts_and_people(selects: tuple[Select, ...]) -> Difference:
    """How many posts there are against how many people, of the kind that is named (行政, 事业)."""
    left_out = (*STAFF, *POST_NAMES)
    of = tuple(n for select in selects for n in select.names if n.is_linked and n.text not in left_out)
    kind = next((name.text for name in of if name.text in ("行政", "事业", "工勤")), "")
    units = tuple(name for name in of if name.text != kind)
    posts = Select(names=(*units, Name(text=f"{kind}编制")), quantity="count", counted="人")
    return Difference(of=(posts, posts.model_copy(update={"names": (Name(text=ACTUAL), *of)})))


def _said(clause: Clause, selects: tuple[Select, ...], state: State) -> _Said:
    """A clause with its topic: what it names, what it points at (这笔, 它) or what was spoken of."""
    topic = selects or tuple(counting(s, clause, state) for s in state.context.selects)
    before, points = state.context.query, POINTS.search(clause.text)
    if not selects and isinstance(before, Rank) and before.k == 1 and (points or state.asked):
        topic = (Select(winner=before),)
    elif points and not selects and state.head is not None:
        topic = (state.head,)
    if len(topic) == 1 and _PARTS.search(clause.text) and (parts := parts_of_select(topic[0])):
        return _Said(clause, state, parts, parts)
    return _Said(clause, state, selects, topic)


def _prose(said: _Said) -> Query | None:
    """What sentences are asked for: a reason, a definition, a duty, a purpose, a goal, the units, names."""
    text, clause = said.text, said.clause
    if _WHY.search(text) and "share" not in said.ops and not NUMBER.search(text):
        return said.say("why")
    if said.ranks:
        return said.say("anything") if said.has_intent("prose") else None
    if said.intent in ("what_is", "who", "duty") and not NUMBER.search(text_of(clause)):
        return said.say(said.intent)
    if (_WHAT_MONEY.search(text) or _INCLUDES.search(text)) and len(said.topic) == 1 and _is_contents(clause):
        return said.say("what_is")
    if _USE.search(text):
        return said.say("goal")
    if said.topic and not clause.of("bound") and said.has_class("goal") and not COUNT.search(text):
        return said.say("goal", "绩效目标")
    if _names_units(said) and not clause.of("bound") and _WHICH_UNITS.search(text):
        return said.say("which_units", "单位")
    return said.say("anything") if said.has_intent("prose") or _NAMES_ASKED.search(text) else None


def _names_units(said: _Said) -> bool:
    return said.has_class("unit") or any(p.name == "everyone" and "单位" in p.text for p in said.clause.pieces)


def _conflict(said: _Said) -> Query | None:
    """Whether two figures agree: their difference, or how each changed."""
    if not said.has_intent("conflict") or _NUMBER_OR_GAP.search(said.text):
        return None
    return several(tuple(Change(of=s) for s in said.selects)) if "change" in said.ops else Difference(of=said.selects)


def _against_before(said: _Said) -> Query | None:
    """``和A差多少``: what was spoken of against what is named."""
    if not said.ops & {"gap", "more", "less"} or len(said.selects) != 1 or said.clause.pieces[0].kind != "joint":
        return None
    context = said.state.context
    earlier = context.query if isinstance(context.query, Sum | Rank) else None
    first = earlier or (context.selects[0] if context.selects else None)
    return Difference(of=(first, said.selects[0].model_copy(update={"within": ()}))) if first is not None else None


def _named_sum(said: _Said) -> Query | None:
    """``A加B``, ``A和B合计``."""
    if len(said.selects) < 2 or said.ops & {"share", "gap"}:
        return None
    adds = any(p.text.startswith(("加", "+")) for p in said.clause.of("joint"))
    return Sum(of=said.selects) if adds or ("sum" in said.ops and not said.ops & {"more", "less"}) else None


def _stated_share(said: _Said) -> Query | None:
    return share_query(said.clause, said.selects, said.state) if "share" in said.ops and "占" in said.text else None


def _versus(said: _Said) -> Query | None:
    return versus_query(said.clause, said.state)


def _one_of(said: _Said) -> Query | None:
    return one_of_query(said.clause, said.selects, said.state)


def _rows(said: _Said) -> Query | None:
    return rows_query(said.clause, said.selects, said.state)


def _spoken_sum(said: _Said) -> Query | None:
    """``这两项合计``: of what was named last."""
    count = _BOTH.search(said.text)
    if said.selects or "sum" not in said.ops or count is None or len(said.state.spoken) < 2:
        return None
    return Sum(of=tuple(said.state.spoken[-_FEW[count["k"]] :]))


def _changed(said: _Said) -> Query | None:
    if not said.topic or "占" in said.text or not is_change(said.clause, said.selects, said.state):
        return None
    return several(tuple(Change(of=select) for select in said.topic))


def _share_of(said: _Said) -> Query | None:
    return share_query(said.clause, said.selects, said.state) if "share" in said.ops else None


def _per(said: _Said) -> Query | None:
    return per_query(said.clause, said.selects, said.state) if PER.search(said.text) and said.topic else None


def _across(said: _Said) -> Query | None:
    """One item of several documents, compared or added."""
    if said.state.documents < 2 or not said.topic:
        return None
    each, is_one = Each(of=said.topic[0]), len(said.topic) == 1
    if is_one and "ratio" in said.ops:
        return Ratio(part=each, base=each)
    if said.ops & {"gap", "which"} or (is_one and (said.ops & {"more", "less"} or _GAP.search(said.text))):
        return Difference(of=(each,))
    return Sum(of=(each,)) if is_one and "sum" in said.ops else None


def _over_topic(said: _Said) -> Query | None:
    """Several things named or spoken of, compared, averaged, ranked or added."""
    ops, topic, text = said.ops, said.topic, said.text
    if len(topic) < 2:
        return None
    if "ratio" in ops:
        return Ratio(part=topic[0], base=topic[1])
    if ops & {"gap", "which", "more", "less", "versus"}:
        return Difference(of=topic)
    if "mean" in ops and (said.clause.of("joint") or not said.selects):
        return Mean(of=topic)
    if ops & {"max", "min", "top"}:
        moved = bool(FELL.search(text) or ROSE.search(text))
        falling = bool(FELL.search(text)) if moved else "min" in ops
        by: Literal["value", "change"] = "change" if moved else "value"
        return Rank(rows=Several(of=topic), k=limit_of(said.clause) or 1, by=by, descending=not falling)
    return Sum(of=topic) if "sum" in ops else None


def _both_years(said: _Said) -> Query | None:
    """``今年和上年各多少``."""
    if not said.topic or not {"this", "last"} <= {p.name for p in said.clause.of("period")}:
        return None
    both = (s.model_copy(update={"period": period}) for s in said.topic for period in ("this", "last"))
    return several(tuple(both))


def _looked_up(said: _Said) -> Query | None:
    """What is named or was spoken of; where unknown words are all that is named, what the prose says of them."""
    words = said.clause.of("word")
    if "exists" in said.ops and len(said.selects) == 1:
        return Exists(of=said.selects[0])
    if (years := _both_years(said)) is not None:
        return years
    if not said.selects and not said.ops & {"list", "sum", "order"} and any(content_of(p.text) for p in words):
        return said.say("anything")
    if said.topic:
        return several(said.topic)
    return said.say(said.intent or "anything") if said.intent or words else None


_RANKS: Final = frozenset({"max", "min", "top", "ordinal"})
_FEW: Final = {"两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5}
_READERS: Final[tuple[Callable[[_Said], Query | None], ...]] = (
    _prose, _conflict, _against_before, _named_sum, _stated_share, _versus, _one_of, _rows, _spoken_sum, _changed,
    _share_of, _per, _across, _over_topic, _looked_up,
)  # fmt: skip
"""How a clause may be read, by precedence: the wording that says more goes first."""


_EACH: Final = pattern("each")
"""All that is left of a clause that asks for the figures of the rows just listed."""


_GAP: Final = pattern("gap")
_PARTS: Final = pattern("parts")


def _same_question(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """``那X呢``: of X what was asked before."""
    if not clause.text.rstrip("?").endswith("呢"):
        return None
    match state.context.query:
        case Share() as before:
            return Share(parts=selects, whole=before.whole, around=before.around)
        case Change():
            return several(tuple(Change(of=select) for select in selects))
        case Say() as before if before.intent != "anything":
            return before.model_copy(update={"topic": tuple(n for s in selects for n in s.names)})
        case _:
            return None


def _is_contents(clause: Clause) -> bool:
    """Whether no class of rows is named but 开支, 费用 and the like, which everything is made of."""
    return all(p.text in ("开支", "费用", "支出项", "明细", "项目") for p in clause.of("class"))


def _say(intent: Intent, clause: Clause, topic: tuple[Select, ...], state: State | None = None) -> Say:
    names = tuple(name for select in topic for name in (*select.names, *select.within))
    words = tuple(dict.fromkeys(word for p in clause.pieces if p.kind == "word" for word in content_of(p.text)))
    around = tuple(word for word in state.told if word not in words) if state else ()
    return Say(
        intent=intent, topic=names, words=words, around=around, counted=counted_unit(clause, quantity_of(clause))
    )
