"""One unit's years against each other, printed: a figure of each year, and rows by how far they changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.values import percentage
from assistant.plan.quantity import Quantity
from assistant.query import Ask, Moves, Query, Rank, Select, Several, Sum, nodes_of
from assistant.reply.lines import MOST_ROWS, cited_by, figure_text
from assistant.reply.types import Reply
from assistant.run.operators import Unsound, same_unit
from assistant.run.years import YearlyChange, changed_rows, figures_of_years, newest_first

_WAYS: Final = {"up": "增加", "down": "减少", "any": "有增减", "same": "没有增减"}
_MOST_NAMED: Final = 5


def year_lines(query: Select | Sum, drafts: Sequence[Draft], text: str) -> Reply:
    """A figure of each year, and how far the newest is from each other one. Raises Unsound."""
    ordered = newest_first(drafts)
    figures, missing = figures_of_years(query, ordered, text)
    if not figures:
        return Reply((), missing or ("",))
    first, draft = figures[0], ordered[0]
    lines = [f"- {d.heading}：{d.named(q.name)}为 {figure_text(q, d)}" for q, d in zip(figures, ordered, strict=True)]
    for other, its in zip(figures[1:], ordered[1:], strict=True):
        lines.append(f"{draft.heading}的{first.name}{_against(first, other, draft)}（与{its.heading}相比）。")
    return Reply(tuple(lines), missing)


def _against(newer: Quantity, older: Quantity, draft: Draft) -> str:
    """How far one year's figure is above or below another's, also in per cent. Raises Unsound."""
    same_unit((newer, older))
    if newer.exact is None or older.exact is None:
        raise Unsound("有一年没有这个数")
    gap = newer.exact - older.exact
    cited = [*cited_by(newer, draft), *cited_by(older, draft)]
    if not gap:
        return f"相同，相差 {draft.add_figure('差额', replace(newer.value, exact=gap), cited)}"
    told = draft.add_figure("差额", replace(newer.value, exact=abs(gap)), cited)
    words = ("增加", "增长") if gap > 0 else ("减少", "下降")
    if newer.value.kind == "quantity" or older.exact <= 0:
        return f"{words[0]} {told}"
    rate = draft.add_figure("增减率", percentage(abs(gap), older.exact), cited)
    return f"{words[0]} {told}，{words[1]} {rate}"


def moved_over_years(ask: Ask, drafts: Sequence[Draft]) -> Reply:
    """Rows by how far they changed between the two newest years; no lines where the tables can't be compared."""
    newer, older = newest_first(drafts)[:2]
    lines: list[str] = []
    for query in ask.query.of if isinstance(ask.query, Several) else (ask.query,):
        found = changed_rows(query, newer, older, ask.text)
        if found is None or not found.changes:
            return Reply((), ("",))
        first = found.changes[0].newer
        lead = f"{older.heading}与{newer.heading}相比（{newer.named(first.basis)}），{_order_of(query)}"
        if isinstance(query, Rank) and len(found.changes) == 1:
            lines.append(f"{lead}是：{_change_line(found.changes[0], newer)}。")
        else:
            lines.append(f"{lead}有 {newer.named(str(len(found.changes)))} 项：")
            lines += [f"{n}. {_change_line(c, newer)}" for n, c in enumerate(found.changes[:MOST_ROWS], start=1)]
        if found.alone:
            alone = list(dict.fromkeys(q.name for q in found.alone))
            names = "、".join(map(newer.named, alone[:_MOST_NAMED]))
            more = "等" if len(alone) > _MOST_NAMED else ""
            lines.append(f"只有一年列了、没有算进去的：{names}{more}。")
    return Reply(tuple(lines))


def _order_of(query: Query) -> str:
    moves = next(node for node in nodes_of(query) if isinstance(node, Moves))
    if not isinstance(query, Rank):
        return f"{_WAYS[moves.way]}的"
    measure = "幅度" if moves.by_rate else "额"
    return f"{_WAYS[moves.way].removeprefix('有')}{measure}最{'大' if query.descending else '小'}的"


def _change_line(pair: YearlyChange, draft: Draft) -> str:
    """One row: both years' figures and the change."""
    newer, older = pair.newer, pair.older
    cells = newer.cells or older.cells
    code = f"（{draft.named(cells[0].code)}）" if cells and cells[0].code else ""
    name = f"{draft.named(newer.name)}{code}"
    if not pair.change.exact:
        return f"{name}两年都是 {figure_text(newer, draft)}"
    return f"{name}由{_shown(older, draft)}变为{_shown(newer, draft)}，{_against(newer, older, draft)}"


def _shown(quantity: Quantity, draft: Draft) -> str:
    """A year's figure; what its table doesn't print is nothing."""
    return f" {figure_text(quantity, draft)} " if quantity.cells or quantity.statements else "没有列"
