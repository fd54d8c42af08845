"""Statements of prose that an operand names."""

from __future__ import annotations

from typing import Final

from assistant.understand.types import Operand

_SCOPES: Final = ("unit", "whole", "table")
"""Roles of names that say where to look, not what for."""


def statements_of(operand: Operand) -> dict[str, float]:
    """The ids of the statements whose subject every name of the operand points at, with how well (0 to 1)."""
    found: dict[str, float] | None = None
    for term in operand.terms:
        best = max((link.score for link in term.links), default=0.0)
        if len(operand.terms) > 1 and any(link.role in _SCOPES and link.score == best for link in term.links):
            continue
        named = {link.key: link.score for link in term.links if link.role == "statement"}
        found = named if found is None else {k: min(s, named[k]) for k, s in found.items() if k in named}
    return found or {}
