"""Rows asked for by how far they changed against last year: which rose most, which fell, by how many per cent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

from assistant.query import Ask, Condition, Filter, Moves, Name, Query, Rank, Rows, Select, Several, Sum
from assistant.reading.clauses import WHY, Clause
from assistant.reading.disagreement import without_named
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.pieces import unread_words
from assistant.reading.rows import conditions_of, kind_of, limit_of
from assistant.reading.selects import name_of, roles_of, side_of
from assistant.understand.kinds import parts_of

Way = Literal["any", "up", "down", "same"]

_ROWS: Final = pattern("moved_rows")
_UP: Final = pattern("moved_up")
_DOWN: Final = pattern("moved_down")
_EITHER: Final = pattern("moved_either")
_END: Final = pattern("moved_end")
_DENIED: Final = pattern("denied_move")
_SAME: Final = pattern("moved_not")
_SELECTS: Final = pattern("moved_selects")
_BY_RATE: Final = pattern("by_rate")
_PAPERS: Final = pattern("funds_and_papers")
_TALK: Final = pattern("moved_talk")
_PART: Final = re.compile(r"[,，。;；?？、:：]|和(?=最|[增涨降减跌])|[与跟及]")
_OF_ITEMS: Final = frozenset({"function", "economic", "account", "income", "project"})
_OF_UNITS: Final = frozenset({"unit"})
_CLASSES: Final = pattern("moved_classes")
_NOT_BY: Final = pattern("moved_not_by")
_OWN_KIND: Final = pattern("own_kind")
_AFTER: Final = re.compile("的(?:[那这]一?[个项笔]?)?.{1,2}")
"""What may be said to be the largest, behind that word."""

_VAGUE: Final = re.compile("最(?:凶|狠|猛|厉害|快|惨|陡|明显|显著)")
"""What leaves open whether the amount or the per cent is meant: both are told."""

_COUNTS: Final = re.compile("[几多]少?[个项类款](?!百?分点)|哪[些几]|[挑列找拣选筛](出|一下)|罗列|逐[个项一]")
_BY_AMOUNT: Final = re.compile("绝对(金|数)?(额|值|量)|金额|额度")
_EXACT: Final = re.compile("正好|刚好|恰好|整|都是|统一|一律")


def moved_rows(
    pieces: Sequence[Piece],
    before: Callable[[], Sequence[Select]] = tuple,
    rows_before: Callable[[], Rows | None] = lambda: None,
) -> Ask | None:
    """What is asked of rows by their changes; None where no rows are, or those of another kind.

    ``before``: tells what was spoken of before, whose known parts are meant where nothing else is named.
    ``rows_before``: the rows whose changes were asked for before, whose other end may be asked for then.
    """
    text = "".join(piece.text for piece in pieces)
    classes = ["unit" if p.kind == "ask" else p.name for p in pieces if p.kind == "class" or _asks_unit(p)]
    is_of_rows = bool(classes or _ROWS.search(text) or any(p.kind == "level" for p in pieces))
    is_of_units = set(classes) == _OF_UNITS
    rows = _rows(pieces, classes) if is_of_rows and (is_of_units or set(classes) <= _OF_ITEMS) else None
    rows = _spoken_of(before()) if rows == Rows() else rows
    if rows is None and not any(p.kind in ("name", "total", "class", "level", "number") for p in pieces):
        rows = rows_before() if any(_ends(text)) else None  # 反过来，增得最多的呢
    query = _query(rows, pieces, text) if rows is not None else None
    if query is None:
        return None
    around = zip(pieces, (*pieces[1:], None), strict=True)
    within = tuple(
        piece.text
        for piece, after in around
        if piece.kind == "word" and after is not None and after.kind == "within" and not _TALK.fullmatch(piece.text)
    )
    unread = (*within, *unread_words(pieces, _TALK))
    return Ask(query=query, text=text, unread=unread, heads=unread, wants_reason=bool(WHY.search(text)))


def _asks_unit(piece: Piece) -> bool:
    """Whether it is asked which units (哪些单位, 哪家)."""
    return piece.kind == "ask" and piece.name == "everyone" and piece.text.endswith(("单位", "家"))


def _rows(pieces: Sequence[Piece], classes: Sequence[str]) -> Rows | None:
    """The rows; None where a unit is named, whose rows no sentence tells apart."""
    named = [p for p in pieces if p.kind == "name" and not _PAPERS.fullmatch(p.text) and not _is_own(p)]
    tell = {"row", "statement", "attribute", *(("column",) if set(classes) == _OF_UNITS else ())}
    if any(not (roles_of(p) & tell or parts_of([p.text])) for p in named):
        return None
    names: tuple[Name, ...] = tuple({name.text: name for name in map(name_of, named)}.values())
    side = next((side for p in pieces if p.kind == "total" and (side := side_of(p.name))), None)
    level = next((int(p.name) for p in pieces if p.kind == "level"), None)
    if level is None and set(classes) <= {"account", "function"} and _CLASSES.search(without_named(pieces)):
        level = 1
    kind = kind_of([name for name in classes if name != "account"])
    is_of_items = bool(names or level or set(classes) - {"income"})
    return Rows(within=Select(names=names, side=None if is_of_items else side), kind=kind, level=level)


def _is_own(piece: Piece) -> bool:
    """Whether a name stands for the document's own unit by no more than its kind (街道哪些方面的支出减了)."""
    return roles_of(piece) <= {"unit", "whole"} and _OWN_KIND.fullmatch(piece.text) is not None


def _spoken_of(selects: Sequence[Select]) -> Rows:
    """The known parts of what was spoken of, the sources of all income; any rows where it has none."""
    names = tuple(dict.fromkeys(name for select in selects for name in select.names))
    if not names and {select.side for select in selects} == {"收入"}:
        return Rows(within=Select(side="收入"), kind="income")
    return Rows(within=Select(names=names)) if parts_of(name.text for name in names) else Rows()


def _query(rows: Rows, pieces: Sequence[Piece], text: str) -> Query | None:
    measured = _NOT_BY.sub("", text)
    by_rate = bool(_BY_RATE.search(measured)) and not (measured != text and _BY_AMOUNT.search(measured))
    whole_said = without_named(pieces)
    said = _DENIED.sub("", whole_said)
    whole = Clause(text, tuple(pieces))
    ends = tuple(_ends(said))
    if ends:
        is_open = _VAGUE.search(text) and not by_rate and not _BY_AMOUNT.search(text)
        measures = (False, True) if is_open else (by_rate,)
        ranks = tuple(
            Rank(rows=Moves(rows=rows, way=way, by_rate=measure), k=limit_of(whole) or 1, descending=descending)
            for way, descending in ends
            for measure in measures
        )
        told = (*((Moves(rows=rows, way=counted),) if (counted := _counted_way(said)) else ()), *ranks)
        return told[0] if len(told) == 1 else Several(of=told)
    way = _listed_way(said) or ("same" if _SAME.search(said) else None)
    way = way or (way_of(said) if said != whole_said else None)  # 既没涨也没持平，也就是减了的
    if "最" in said:
        return None
    adds = any(p.kind == "op" and p.name == "sum" for p in pieces)
    if way is None or (adds and way == "any"):
        return None
    query: Query = Moves(rows=rows, way=way, by_rate=by_rate)
    if way != "same" and (conditions := tuple(_bounds(whole, text))):
        query = Filter(rows=query, conditions=conditions)
    return Sum(of=(query,)) if adds else query


def _ends(text: str) -> Iterator[tuple[Way, bool]]:
    """Which ends of which changes are asked for: 增幅最高和降幅最大的, 增量最大的和最小的."""
    before: Way | None = None
    for match in _END.finditer(text):
        start = max((m.end() for m in _PART.finditer(text, 0, match.start())), default=0)
        after = _AFTER.match(text, match.end())
        way = way_of(text[start : match.start()]) or (way_of(after.group()) if after else None) or before
        if way is None:
            return
        before = way
        yield way, match["most"] is not None


def way_of(text: str) -> Way | None:
    """The way that a stretch speaks of last."""
    up, down = (max((m.start() for m in p.finditer(text)), default=-1) for p in (_UP, _DOWN))
    if up == down or (min(up, down) >= 0 and _EITHER.search(text)):
        return "any" if _EITHER.search(text) else None
    return "up" if up > down else "down"


def _listed_way(text: str) -> Way | None:
    """The way of the rows that a clause asks to be told (有没有反而下降的细项)."""
    clauses = re.split("[,，。;；?？、]", text)
    selecting = (clause for clause in clauses if _SELECTS.search(clause))
    ways = [way for clause in selecting if (way := way_of(clause))]
    return "any" if {"up", "down"} <= {*ways} else next(iter(ways), None)  # 哪块加了、哪块减了


def _counted_way(text: str) -> Way | None:
    """The way of the rows that are counted or listed before one is asked for (减少的有几个？减得最多的是哪个)."""
    counting = (clause for clause in re.split("[,，。;；?？]", text) if _COUNTS.search(clause) and "最" not in clause)
    return next((way for clause in counting if (way := way_of(clause))), None)


def _bounds(clause: Clause, text: str) -> Iterator[Condition]:
    """The bounds on the changes; a per cent without a bound is the very one that is asked for."""
    conditions = tuple(conditions_of(clause))
    yield from conditions
    percents = [p for p in clause.of("number") if p.unit == "%" and p.value is not None]
    if not conditions and len(percents) == 1 and percents[0].value is not None and _EXACT.search(text):
        yield Condition(comparison="eq", values=(percents[0].value,), unit="%")
