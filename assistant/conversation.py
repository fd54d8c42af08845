"""Follow-up questions: what one leaves out it takes from the conversation."""

from __future__ import annotations

from dataclasses import replace

from assistant.understand.operands import role_of, roles_of
from assistant.understand.types import Operand, Understanding
from assistant.understand.wording import wording_rules


def inherit(asked: Understanding, previous: Understanding | None) -> Understanding:
    """``asked`` completed from the question before it; unchanged where it stands alone.

    What was not understood before (another unit's name) still isn't when a follow-up rests on it.
    """
    completed = _completed(asked, previous)
    if previous is None or not previous.leftover or not (completed != asked or _continues(asked)):
        return completed
    names_unit = any("unit" in roles_of(operand) for operand in asked.operands)
    return completed if names_unit else replace(completed, leftover=(*previous.leftover, *completed.leftover))


def _completed(asked: Understanding, previous: Understanding | None) -> Understanding:
    if previous is None or (not previous.operands and not previous.classes and previous.intent == "figure"):
        return asked
    if asked.wants_sum and not asked.operands and len(previous.operands) > 1:
        return replace(asked, operation="sum", operands=previous.operands)
    if asked.operation == "share" and not asked.operands:
        return replace(asked, operands=previous.operands)
    if not asked.operands and not asked.classes:
        return _same_items(asked, previous)
    roles = set().union(*(roles_of(o) for o in asked.operands)) if asked.operands else set()
    if asked.operands and roles == {"unit"} and not any(o.total for o in asked.operands):
        return _other_unit(asked, previous)
    if roles == {"column"} and any(roles_of(o) >= {"row"} for o in previous.operands) and _continues_row(asked):
        rows = tuple(t for t in previous.operands[-1].terms if role_of(t) & {"row", "unit"})
        return replace(asked, operands=tuple(o.with_terms(rows) for o in asked.operands))
    return _same_operation(asked, previous) if _continues(asked) else asked


def _continues(asked: Understanding) -> bool:
    """``那…呢``, ``其中…``: the words of a follow-up."""
    text = asked.question.strip()
    return text.startswith(("那", "其中", "里面", "它", "这")) or text.rstrip("？?。 ").endswith("呢")


def _continues_row(asked: Understanding) -> bool:
    """Whether columns alone say something of the row before: ``人员经费呢``, ``单价是多少``."""
    row_only = set(wording_rules()["row_only"])
    names = {link.name for o in asked.operands for t in o.terms for link in t.links if link.role == "column"}
    return _continues(asked) or bool(names and names <= row_only)


def _same_items(asked: Understanding, previous: Understanding) -> Understanding:
    """Only an operation or an intent is new: ``为什么？``, ``比去年呢？``, ``最高的呢？``"""
    has_content = asked.leftover and not _continues(asked) and asked.intent == "figure" and asked.operation == "lookup"
    if has_content:
        return asked
    operation = asked.operation
    if asked.relative_year == "last" and operation in ("lookup", "difference"):
        operation = "change"
    if asked.wants_sum and previous.classes:
        operation = "sum"
    return replace(
        asked, operation=operation, operands=previous.operands, classes=previous.classes,
        thresholds=asked.thresholds or previous.thresholds, base=asked.base or previous.base,
        level=asked.level or previous.level,
    )  # fmt: skip


def _other_unit(asked: Understanding, previous: Understanding) -> Understanding:
    """Only a unit is new: ``通信中心呢？``"""
    units = asked.operands[0].terms
    operands = tuple(
        Operand((*units, *(t for t in o.terms if role_of(t) != {"unit"})), o.total) for o in previous.operands
    ) or (Operand(units),)
    taken = previous.operation if asked.operation == "lookup" else asked.operation
    return replace(
        asked, operation=taken, operands=operands, classes=asked.classes or previous.classes,
        thresholds=asked.thresholds or previous.thresholds, limit=asked.limit or previous.limit, base=previous.base,
    )  # fmt: skip


def _same_operation(asked: Understanding, previous: Understanding) -> Understanding:
    """Only an item is new: ``那培训费呢？`` asks of it what was asked before, for the same unit."""
    units = tuple(t for o in previous.operands[:1] for t in o.terms if role_of(t) == {"unit"})
    has_unit = any("unit" in roles_of(o) for o in asked.operands)
    operands = asked.operands if has_unit or not units else tuple(o.with_terms(units) for o in asked.operands)
    if asked.operation != "lookup" or asked.intent != "figure":
        return replace(asked, operands=operands)
    taken = previous.operation if previous.operation in ("change", "share", "exists", "lookup") else "lookup"
    return replace(
        asked, operation=taken, operands=operands, base=previous.base, relative_year=previous.relative_year,
        intent=previous.intent if previous.intent in ("reason", "definition", "duty") else asked.intent,
    )  # fmt: skip


def standalone(asked: Understanding, own: Understanding, previous: Understanding | None) -> str:
    """The question with what it inherited written out, in the words of the one before where these fit."""
    if asked == own or previous is None:
        return asked.question
    named, before = "、".join(o.text for o in own.operands), "、".join(o.text for o in previous.operands)
    if named and before and before in previous.question and asked.operation == previous.operation:
        return previous.question.replace(before, named)
    inherited = [o.text for o in asked.operands] + [t.text for t in previous.tokens if t.group == "classes"]
    texts = [text for text in dict.fromkeys(inherited) if text and text not in asked.question]
    return f"{'、'.join(texts)}：{asked.question}" if texts else asked.question
