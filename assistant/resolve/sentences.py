"""Statements of prose that an operand names."""

from __future__ import annotations

from typing import Final

from assistant.understand.types import Operand

_SAME: Final = 0.02


def statements_of(operand: Operand) -> tuple[tuple[str, ...], float]:
    """The ids of the statements whose subject every name of the operand points at, and how well (0 to 1)."""
    found: dict[str, float] | None = None
    for term in operand.terms:
        if len(operand.terms) > 1 and any(link.role in ("unit", "whole", "table") for link in term.links):
            continue
        named = {link.key: link.score for link in term.links if link.role == "statement"}
        found = named if found is None else {k: min(s, named[k]) for k, s in found.items() if k in named}
    best = max(found.values(), default=0.0) if found else 0.0
    return tuple(k for k, s in (found or {}).items() if s >= best - _SAME), best
