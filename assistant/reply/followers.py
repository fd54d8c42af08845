"""What is said behind the unit that a ranking puts first: who comes next, and where the department itself stands."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.plan.rows import is_own
from assistant.query import Query, Rank, Rows, nodes_of
from assistant.reply.lines import figure_text, sentence_of
from assistant.run.evaluate import evaluate
from assistant.run.operators import ranked

_NEXT: Final = 2
"""Units that are told behind the first one."""


def followers(query: Query, draft: Draft, text: str) -> list[str]:
    """The units next to the first one of a ranking; the department's own level, where only units below it count."""
    rows = next((node for node in nodes_of(query) if isinstance(node, Rows)), None)
    if not isinstance(query, Rank) or query.k != 1 or query.places or rows is None or rows.kind != "unit":
        return []
    if query.by == "change":
        return []
    lines: list[str] = []
    order = ranked(evaluate(query.rows, draft, text).quantities, descending=query.descending)
    if behind := order[1 : 1 + _NEXT]:
        told = "，".join(f"{draft.named(q.name)} {figure_text(q, draft)}" for q in behind)
        lines.append(f"其后依次是：{told}。")
    for added in (q for q in order[: 1 + _NEXT] if len(q.parts) > 1):
        terms = "、".join(sentence_of(part, draft) for part in added.parts)
        lines.append(f"{draft.named(added.name)}的合计由以下各项相加：{terms}。")
    everyone = rows.model_copy(update={"is_below": False})
    own = [q for q in evaluate(everyone, draft, text).quantities if is_own(q, draft)] if rows.is_below else []
    return lines + [f"本级不算在下属单位里：{sentence_of(q, draft)}。" for q in own[:1] if own[0] not in order]
