"""The indicator whose target allows most, or least, money within one project, with its share of the whole."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import cell_reading, find
from assistant.answering.values import percentage
from assistant.citations import marks
from assistant.resolve.indicator_ranks import Target, ranked_targets
from assistant.understand.types import Understanding

_MOST_NEXT: Final = 2


def rank_indicators(draft: Draft, asked: Understanding) -> bool:
    """False where the question doesn't rank the indicators of one project."""
    ranked = ranked_targets(asked, draft.catalog, draft.library.figures)
    if ranked is None:
        return False
    draft.used += [t.name for t in asked.tokens if t.name in ("max", "min", "top")]
    limit = asked.limit or 1
    shown = [*ranked.targets[: limit + _MOST_NEXT], *([ranked.whole] if ranked.whole else [])]
    find(draft, [[cell_reading(target.row, target.cell, draft.catalog)] for target in shown])
    first = ranked.targets[0]
    subject = draft.named(draft.catalog.tables[first.row.table_id].subject or "")
    word = "最低" if any(t.name == "min" for t in asked.tokens) else "最高"
    without = f"（不计{_said(draft, ranked.whole)}）" if ranked.whole and not ranked.asks_share else ""
    lead = f"{draft.heading}，{subject}的{ranked.group or '指标'}{without}中金额{word}的"
    if limit > 1:
        draft.lines.append(f"{lead} {draft.named(str(limit))} 项：")
        draft.lines += [f"- {_said(draft, target)}" for target in ranked.targets[:limit]]
    else:
        draft.lines.append(f"{lead}是 {_said(draft, first)}。")
        draft.lines.append(
            f"其后依次是：{'，'.join(_said(draft, each) for each in ranked.targets[1 : 1 + _MOST_NEXT])}。"
        )
    if ranked.whole and ranked.asks_share:
        cited = draft.cite([first.cell, ranked.whole.cell])
        share = draft.add_figure(f"{first.row.label}占比", percentage(first.amount, ranked.whole.amount), cited)
        draft.lines.append(f"{draft.named(first.row.label)}占{_said(draft, ranked.whole)}的 {share}。")
    return True


def _said(draft: Draft, target: Target) -> str:
    name = draft.named(target.row.label)
    return f"**{name}**（{target.cell.printed}）{marks(draft.cite([target.cell]))}"
