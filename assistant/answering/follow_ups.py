"""Suggestions for the next question, each known to be answerable."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.statements import statements_about
from assistant.understand.types import Operand, Understanding

_MOST: Final = 3


def follow_ups(draft: Draft, asked: Understanding) -> list[str]:
    """Up to three questions about the same items: change and reason where prose states them, the share, the parts."""
    if draft.route in ("refuse", "clarify") or asked.intent != "figure" or not draft.figures:
        return []
    found: list[str] = []
    for operand in asked.operands[:1]:
        found += _about(operand, draft, asked)
    return found[:_MOST]


def _about(operand: Operand, draft: Draft, asked: Understanding) -> list[str]:
    name = operand.text
    statements = statements_about(operand, draft) if operand.terms else []
    questions = []
    if asked.operation != "change" and any(s.change_yuan is not None for s in statements):
        questions.append(f"{name}比上年增减多少？")
    if any(s.reason for s in statements):
        questions.append(f"{name}为什么变化？")
    if asked.operation == "lookup" and draft.figures[0].unit in ("万元", "元") and operand.terms:
        questions.append(f"{name}占总支出的比例是多少？")
    return questions
