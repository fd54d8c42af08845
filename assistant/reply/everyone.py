"""All units that are loaded, printed: whose figure is the largest, of whom it meets a bound, how it adds up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.values import Value
from assistant.plan.quantity import Quantity
from assistant.query import Change, Count, Each, Filter, Mean, Query, Rank, Several, Sum, nodes_of
from assistant.reply.lines import cited_by, figure_text, rows_beside
from assistant.reply.types import Reply
from assistant.run.everyone import OfAll, is_change, of_all, size_of
from assistant.run.operators import added, averaged

_MOST_LISTED: Final = 60
_MOST_NAMED: Final = 8


def asks_everyone(query: Query) -> bool:
    """Whether a query is over all units that are loaded."""
    return any(isinstance(node, Each) and node.over == "units" for node in nodes_of(query))


def compares_named(query: Query) -> bool:
    """Whether units that are named are ranked or bounded by something."""
    return isinstance(query, Rank | Filter) and isinstance(query.rows, Each) and not asks_everyone(query)


def everyone_lines(query: Query, drafts: Sequence[Draft], text: str) -> Reply:
    """What a query over all units, or those named, comes to. Raises Unsound.

    No lines where most of them have no such figure; of those named that are ranked, where any has none.
    """
    queries = query.of if isinstance(query, Several) else (query,)
    lines: list[str] = []
    for one in queries:
        inner = one.of[0] if isinstance(one, Sum | Mean) else one.of if isinstance(one, Count) else one
        found = of_all(inner, drafts, text)
        is_of_named = compares_named(one)
        if found is None or (is_of_named and isinstance(one, Rank) and found.without):
            return Reply((), ("",))
        if not lines and (found.without or not is_of_named):
            lines.append(_extent(found, drafts))
        lines += _told(one, found, drafts[0])
    return Reply(tuple(lines))


def _extent(found: OfAll, drafts: Sequence[Draft]) -> str:
    """Of how many documents the figures are, and which have none."""
    first = drafts[0]
    years = "、".join(f"{year}年" for year in dict.fromkeys(d.catalog.year for d in drafts))
    names = "、".join(first.named(_who(d)) for d in found.without[:_MOST_NAMED])
    more = "等" if len(found.without) > _MOST_NAMED else ""
    lacks = "没有写明增减的" if any(is_change(q) for _, q in found.figures) else "没有这一项的"
    without = f"；{lacks}：{names}{more}" if names else ""
    return first.named(f"{years}的 {len(drafts)} 份文件中 {found.has_all} 份有这一项{without}。")


def _who(draft: Draft) -> str:
    return draft.catalog.unit_name


def _told(query: Query, found: OfAll, first: Draft) -> list[str]:
    if isinstance(query, Count):
        return [f"符合条件的有 **{first.named(str(len(found.figures)))} 个**。", *_list(found)]
    way = _way(query)
    if not found.figures:
        return [f"没有{way}的单位。"]
    if isinstance(query, Sum | Mean):
        return _added(query, found, first)
    if isinstance(query, Rank) and not query.places:
        return _ranked(query, found, first)
    if isinstance(query, Filter):
        return [f"{way}的有 {first.named(str(len(found.figures)))} 个：", *_list(found)]
    return _list(found)


def _way(query: Query) -> str:
    """What the units that are meant have in common, in words."""
    bounds = [c for c in query.conditions if c.values == (Decimal(0),)] if isinstance(query, Filter) else []
    if len(bounds) != 1 or not any(isinstance(node, Change) for node in nodes_of(query)):
        return "符合条件"
    return {"gt": "比上年增加", "lt": "比上年减少"}.get(bounds[0].comparison, "符合条件")


def _ranked(query: Rank, found: OfAll, first: Draft) -> list[str]:
    changes = any(isinstance(node, Change) for node in nodes_of(query))
    way = "增加" if query.descending else "减少"
    word = f"{way}最多" if changes else "最高" if query.descending else "最低"
    if query.k > 1:
        return [f"{word}的 {first.named(str(min(query.k, len(found.figures))))} 个：", *_list(found, query.k)]
    best = [(d, q) for d, q in found.figures if q.exact == found.figures[0][1].exact]
    names = "、".join(d.named(_who(d)) for d, _ in best[:_MOST_NAMED])
    shown = _figure(*best[0], found.kind)
    told = _list(found, is_numbered=not compares_named(query)) if len(found.figures) > 1 else []
    if changes and (best[0][1].exact or 0) * (1 if query.descending else -1) <= 0:
        return [f"没有比上年{way}的。", *told]
    return [f"{word}的是 **{names}**，{shown}。", *(_by_rate(query, found, way) if changes else []), *told]


def _by_rate(query: Rank, found: OfAll, way: str) -> list[str]:
    """Whose change is the largest in per cent, where that is another one's than the largest amount."""
    rates = [(q.rate, d) for d, q in found.figures if q.rate is not None]
    if len(rates) < len(found.figures):
        return []
    _, first = (max if query.descending else min)(rates, key=lambda pair: pair[0])
    is_other = first is not found.figures[0][0]
    return [f"按百分比算，{way}最多的是 **{first.named(_who(first))}**。"] if is_other else []


def _added(query: Sum | Mean, found: OfAll, first: Draft) -> list[str]:
    quantities = [q for _, q in found.figures]
    total = added(quantities, "合计") if isinstance(query, Sum) else averaged(quantities, "平均")
    return [f"{total.name}为 {figure_text(total, first)}：", *_list(found)]


def _list(found: OfAll, k: int = _MOST_LISTED, *, is_numbered: bool = True) -> list[str]:
    told = (f"{d.named(_who(d))}：{_figure(d, q, found.kind)}" for d, q in found.figures[:k])
    return [f"{f'{n}.' if is_numbered else '-'} {line}" for n, line in enumerate(told, start=1)]


def _figure(draft: Draft, quantity: Quantity, kind: str) -> str:
    """A figure with the name that its document gives it; where it is of another kind of table than most, of which."""
    name, told = draft.named(quantity.name), quantity.cells[0].kind if quantity.cells else ""
    value = size_of(quantity) if is_change(quantity) else quantity.value
    numbers = list(dict.fromkeys(cited_by(quantity, draft)))
    figure = draft.add_figure(f"{draft.named(_who(draft))}的{name}", value, numbers)
    if is_change(quantity) and quantity.rate and quantity.exact:
        rate = draft.add_figure(f"{name}的幅度", Value("percent", abs(quantity.rate), unit="%"), numbers)
        figure += f"，{'增长' if quantity.exact > 0 else '下降'} {rate}"
    figure += rows_beside(quantity, draft)
    return f"{name} {figure}" + (f"（按{draft.named(quantity.basis)}）" if told != kind and quantity.basis else "")
