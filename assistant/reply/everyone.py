"""All units that are loaded, printed: whose figure is the largest, of whom it meets a bound, how it adds up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.plan.quantity import Quantity
from assistant.query import Change, Count, Each, Filter, Mean, Query, Rank, Several, Sum, nodes_of
from assistant.reply.lines import cited_by, figure_text
from assistant.reply.types import Reply
from assistant.run.everyone import OfAll, is_change, of_all, size_of
from assistant.run.operators import added, averaged

_MOST_LISTED: Final = 60
_MOST_NAMED: Final = 8


def asks_everyone(query: Query) -> bool:
    """Whether a query is over all units that are loaded."""
    return any(isinstance(node, Each) and node.over == "units" for node in nodes_of(query))


def everyone_lines(query: Query, drafts: Sequence[Draft], text: str) -> Reply:
    """What a query over all units comes to; no lines where most of them have no such figure. Raises Unsound."""
    queries = query.of if isinstance(query, Several) else (query,)
    lines: list[str] = []
    for one in queries:
        inner = one.of[0] if isinstance(one, Sum | Mean) else one.of if isinstance(one, Count) else one
        found = of_all(inner, drafts, text)
        if found is None:
            return Reply((), ("",))
        if not lines:
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
    if not found.figures:
        return ["没有符合条件的单位。"]
    if isinstance(query, Sum | Mean):
        return _added(query, found, first)
    if isinstance(query, Rank) and not query.places:
        return _ranked(query, found, first)
    if isinstance(query, Filter):
        return [f"符合条件的有 {first.named(str(len(found.figures)))} 个：", *_list(found)]
    return _list(found)


def _ranked(query: Rank, found: OfAll, first: Draft) -> list[str]:
    word = "最高" if query.descending else "最低"
    if any(isinstance(node, Change) for node in nodes_of(query)):
        word = "增加最多" if query.descending else "减少最多"
    if query.k > 1:
        return [f"{word}的 {first.named(str(min(query.k, len(found.figures))))} 个：", *_list(found, query.k)]
    best = [(d, q) for d, q in found.figures if q.exact == found.figures[0][1].exact]
    names = "、".join(d.named(_who(d)) for d, _ in best[:_MOST_NAMED])
    shown = _figure(*best[0], found.kind)
    return [f"{word}的是 **{names}**，{shown}。", *(_list(found) if len(found.figures) > 1 else [])]


def _added(query: Sum | Mean, found: OfAll, first: Draft) -> list[str]:
    quantities = [q for _, q in found.figures]
    total = added(quantities, "合计") if isinstance(query, Sum) else averaged(quantities, "平均")
    return [f"{total.name}为 {figure_text(total, first)}：", *_list(found)]


def _list(found: OfAll, k: int = _MOST_LISTED) -> list[str]:
    figures = enumerate(found.figures[:k], start=1)
    return [f"{n}. {d.named(_who(d))}：{_figure(d, q, found.kind)}" for n, (d, q) in figures]


def _figure(draft: Draft, quantity: Quantity, kind: str) -> str:
    """A figure with the name that its document gives it; where it is of another kind of table than most, of which."""
    name, told = draft.named(quantity.name), quantity.cells[0].kind if quantity.cells else ""
    value = size_of(quantity) if is_change(quantity) else quantity.value
    numbers = list(dict.fromkeys(cited_by(quantity, draft)))
    figure = draft.add_figure(f"{draft.named(_who(draft))}的{name}", value, numbers)
    return f"{name} {figure}" + (f"（按{draft.named(quantity.basis)}）" if told != kind and quantity.basis else "")
