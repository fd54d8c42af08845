"""What the trained reader reads and what it says: the text laid out, labels of characters, operations, roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BETWEEN: Final = "\n"
"""Stands behind each earlier question."""

MOST_CHARACTERS: Final = 160
MOST_BEFORE: Final = 80
"""Characters of earlier questions that are looked at, the last ones."""

MOST_ASKS: Final = 4

LABELS: Final = ("u", "t", "b", "i", "s", "o", "nb", "nc", "c", "k", "a", "f", "r", "w")
SPANS: Final = ("x", *(f"{part}-{label}" for label in LABELS for part in "BI"))
"""What a character is: of no span, the first of one, or within one."""

OPERATIONS: Final = (
    "none", "value", "count", "sum", "difference", "share", "ratio", "mean", "change", "rank", "filter", "list",
    "exists", "check", "why", "what", "purpose", "who", "when", "goal", "text", "opinion", "instruction",
)  # fmt: skip

ROLES: Final = ("none", "B-first", "I-first", "B-second", "I-second")
"""What a character is to an ask: of no argument, or of one that comes first or second in the operation."""

_LAST_IS_SECOND: Final = ("share", "ratio")
_REST_IS_SECOND: Final = ("difference",)


def role_of(operation: str, number: int, count: int) -> int:
    """The role in which an argument's first character stands."""
    is_second = operation in _LAST_IS_SECOND and number and number == count - 1
    return ROLES.index("B-second" if is_second or (operation in _REST_IS_SECOND and number) else "B-first")


def laid_out(history: Sequence[str], question: str) -> tuple[str, int]:
    """The characters that are looked at, and where the question begins. Both texts are normalised."""
    before = "".join(text + BETWEEN for text in history)[-MOST_BEFORE:]
    return (before + question)[:MOST_CHARACTERS], len(before)
