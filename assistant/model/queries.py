"""From the flat form to the query algebra. Names are split and looked up; nothing is guessed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.catalog.linking import linked
from assistant.model.form import FlatAsk, FlatReading, Where
from assistant.query import (
    Ask,
    Change,
    Condition,
    Count,
    Difference,
    Each,
    Except,
    Exists,
    Filter,
    Mean,
    Name,
    Period,
    Query,
    Rank,
    Ratio,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Side,
    Sum,
)
from assistant.understand.wording import normalise, wording_rules

_BETWEEN: Final = "/"
_COUNTABLE: Final = ("value", "exists", "count", "difference", "sum", "mean")
_PICKED: Final = "#"
"""Before the number of an earlier ask: the item that it puts first."""


class QueryBroken(ValueError):
    """A form that says no query; says in Chinese what is missing."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes queries over one document; ``documents``: how many the question is about."""

    catalog: DocumentCatalog
    documents: int = 1
    words: tuple[str, ...] = ()

    def asks(self, reading: FlatReading, question: str) -> tuple[Ask, ...]:
        """All asks. Raises QueryBroken."""
        made: list[Ask] = []
        for ask in reading.asks:
            text = ask.q if ask.q and len(reading.asks) > 1 and ask.q in question else question
            query = self._query(ask, [each.query for each in made])
            made.append(Ask(query=query, text=text, wants_reason=ask.why, adds_up=ask.op == "sum"))
        return tuple(made)

    def _query(self, ask: FlatAsk, before: Sequence[Query]) -> Query:
        items = tuple(self._select(item, ask, before) for item in ask.items)
        if ask.op == "say":
            topic = tuple(name for item in items for name in item.names)
            return Say(intent=ask.intent or "anything", topic=topic, words=self.words)
        rows = self._rows(ask, before)
        if ask.op in ("list", "rank") and rows is None and len(items) == 1:
            rows, items = self._narrowed(Rows(within=items[0], kind=ask.rows or "any"), ask, before), ()
        if rows is not None and not (items and ask.op in ("value", "exists", "change", "difference", "ratio")):
            if items:
                raise QueryBroken(f"op {ask.op} 的 items 与 rows、within、where 只能写一样")
            return self._over_rows(ask, rows, before)
        if not items and ask.side:
            items = (Select(side=ask.side, period=_period(ask)),)
        if not items:
            raise QueryBroken(f"op {ask.op} 缺 items、rows 或 side")
        return self._over_items(ask, items, before)

    def _over_items(self, ask: FlatAsk, items: tuple[Select, ...], before: Sequence[Query]) -> Query:
        across = self.documents > 1 and len(items) == 1
        match ask.op:
            case "sum":
                return Sum(of=(Each(of=items[0]),) if across else items)
            case "mean":
                return Mean(of=items)
            case "difference" | "rank":
                if not across and len(items) < 2:
                    raise QueryBroken("op difference 要有两个 items")
                return Difference(of=(Each(of=items[0]),) if across else items)
            case "share":
                return Share(parts=items, whole=self._whole(ask, before))
            case "ratio":
                base = self._whole(ask, before) or (items[1] if len(items) > 1 else None)
                if base is None:
                    raise QueryBroken("op ratio 缺除数 of")
                return Ratio(part=items[0], base=base)
            case "change":
                return _one_or_several(tuple(Change(of=item) for item in items))
            case "exists":
                return _one_or_several(tuple(Exists(of=item) for item in items))
            case "count":
                return _one_or_several(tuple(i.model_copy(update={"quantity": "count"}) for i in items))
            case _:
                return _one_or_several(items)

    def _over_rows(self, ask: FlatAsk, rows: Query, before: Sequence[Query]) -> Query:
        ranked = ask.k is not None or bool(ask.places) or ask.op == "rank"
        picked = Rank(
            rows=rows, k=ask.k or 1, by=ask.by or "value", places=ask.places, descending=not ask.asc
        ) if ranked else rows  # fmt: skip
        match ask.op:
            case "sum":
                return Sum(of=(picked,))
            case "mean":
                return Mean(of=(picked,))
            case "count":
                return Count(of=picked)
            case "share":
                return Share(parts=(picked,), whole=self._whole(ask, before))
            case "list" | "rank" | "value":
                return picked
            case _:
                raise QueryBroken(f"op {ask.op} 要用 items，不能用 rows")

    def _whole(self, ask: FlatAsk, before: Sequence[Query]) -> Query | None:
        if not ask.of:
            return Select(side=ask.side, period=_period(ask)) if ask.side else None
        whole = self._select(ask.of, ask, before)
        return whole if ask.op == "share" else whole.model_copy(update=_counted(ask))

    def _rows(self, ask: FlatAsk, before: Sequence[Query]) -> Query | None:
        if not (ask.rows or ask.within or ask.where):
            return None
        within = self._select(ask.within, ask, before) if ask.within else Select(side=ask.side)
        return self._narrowed(Rows(within=within, kind=ask.rows or "any"), ask, before)

    def _narrowed(self, rows: Query, ask: FlatAsk, before: Sequence[Query]) -> Query:
        conditions = tuple(self._condition(where, ask, before) for where in ask.where)
        if conditions:
            rows = Filter(rows=rows, conditions=conditions)
        left_out = tuple(name for text in ask.except_ for name in self._names(text))
        return Except(rows=rows, items=left_out) if left_out else rows

    def _condition(self, where: Where, ask: FlatAsk, before: Sequence[Query]) -> Condition:
        than = self._select(where.than, ask, before) if where.than else None
        if not (where.value or than or where.starts or where.holds):
            raise QueryBroken("where 里要有 value、than、starts 或 holds")
        if where.value and where.cmp == "range" and len(where.value) != 2:
            raise QueryBroken("cmp 为 range 时 value 要有两个数")
        return Condition(
            comparison=where.cmp, values=where.value, unit=where.unit, than=than, starts=where.starts, holds=where.holds
        )

    def _select(self, item: str, ask: FlatAsk, before: Sequence[Query]) -> Select:
        head, _, rest = item.partition(_BETWEEN)
        winner = _picked(head, before) if head.startswith(_PICKED) else None
        if winner is None and (side := _total(item)) and normalise(item) not in self.catalog.surfaces:
            return Select(side=side, period=_period(ask))
        select = Select(names=tuple(self._names(rest if winner else item)), winner=winner, period=_period(ask))
        return select.model_copy(update=_counted(ask)) if ask.op in _COUNTABLE else select

    def _names(self, item: str) -> Iterator[Name]:
        """The names of an item: all of it where it is one, else its parts."""
        whole = normalise(item) in self.catalog.surfaces
        for text in (item,) if whole else item.split(_BETWEEN):
            if text.strip():
                yield self._name(text.strip())

    def _name(self, text: str) -> Name:
        name = Name(text=normalise(text))
        token = linked(name, self.catalog)
        links = token.links if token else ()
        best = max((link.score for link in links), default=0.0)
        roles = {link.role for link in links if link.score >= best - 0.05}
        return name.model_copy(update={"is_unit": bool(roles) and roles <= {"unit", "whole"}})


def _total(item: str) -> Side | None:
    """The side whose grand total a text names."""
    sides: tuple[Side, ...] = ("收入", "支出")
    return next((side for side in sides if normalise(item) in wording_rules()["totals"][side]), None)


def _picked(head: str, before: Sequence[Query]) -> Rank:
    number = head.removeprefix(_PICKED)
    query = before[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(before) else None
    if not isinstance(query, Rank):
        raise QueryBroken(f"{head} 要指前面一个 op 为 rank 的 ask")
    return query


def _one_or_several(queries: tuple[Query, ...]) -> Query:
    return queries[0] if len(queries) == 1 else Several(of=queries)


def _period(ask: FlatAsk) -> Period:
    return "last" if ask.last and ask.op != "change" else "this"


def _counted(ask: FlatAsk) -> dict[str, object]:
    return {"quantity": "count", "counted": ask.counted} if ask.counted else {}
