"""Direct questions about contradictions: what the reconciliation found about the items named."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.lookup import look_up
from assistant.answering.notes import sources_of
from assistant.answering.statements import statements_about
from assistant.citations import marks
from assistant.resolve import readings_of
from assistant.understand.types import Understanding
from index.records import FindingRecord

_MOST: Final = 8


def answer_conflict(draft: Draft, asked: Understanding) -> bool:
    """``对得上吗``: the checks on the items named, those that don't hold first; without items all that don't hold."""
    findings = (
        _about(draft, asked) if asked.operands else draft.contents.contradictions
    )
    differing = [f for f in findings if f.result == "differs"]
    exact = [f for f in differing if not f.is_rounding]
    shown = (exact or differing or [f for f in findings if f.result == "holds"])[:_MOST]
    if not shown:
        return look_up(draft, asked)
    if not exact and asked.operands and look_up(draft, asked):
        draft.lines.append("勾稽没有发现不符（四舍五入的差别除外）：不同的表按不同口径编列，数额可以不同。")
        return True
    verdict = "不一致" if exact else "只有四舍五入的差别" if differing else "一致"
    draft.route = "text"
    draft.lines.append(f"{draft.heading}的勾稽结果：{verdict}。")
    draft.lines += [f"- {draft.named(finding.message)}{marks(sources_of(draft, finding))}" for finding in shown]
    return True


def _about(draft: Draft, asked: Understanding) -> list[FindingRecord]:
    rows, statements = set[str](), set[str]()
    for operand in asked.operands:
        rows |= {row.row_id for r in readings_of(operand, draft.catalog, asked) for row in r.rows}
        statements |= {s.statement_id for s in statements_about(operand, draft, 0.4)}
    return [
        f for f in draft.contents.findings
        if statements & set(f.statement_ids) or any(i.rsplit(".c", 1)[0] in rows for i in f.figure_ids)
    ]  # fmt: skip
