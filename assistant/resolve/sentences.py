"""Statements of prose that an operand names."""

from __future__ import annotations

from assistant.understand.types import Operand


def statements_of(operand: Operand) -> dict[str, float]:
    """The ids of the statements whose subject every name of the operand points at, with how well (0 to 1)."""
    found: dict[str, float] | None = None
    for term in operand.terms:
        if len(operand.terms) > 1 and any(link.role in ("unit", "whole", "table") for link in term.links):
            continue
        named = {link.key: link.score for link in term.links if link.role == "statement"}
        found = named if found is None else {k: min(s, named[k]) for k, s in found.items() if k in named}
    return found or {}
