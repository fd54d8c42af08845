"""What the trained reader reads and what it says: the text laid out, labels of characters, operations, roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, get_args

BETWEEN: Final = "\n"
"""Stands behind each earlier question."""

MOST_CHARACTERS: Final = 160
MOST_BEFORE: Final = 80
"""Characters of earlier questions that are looked at, the last ones."""

MOST_ASKS: Final = 4

NONE: Final = "x"
"""The label of what stands in no span."""

LABELS: Final = ("u", "t", "b", "i", "s", "o", "nb", "nc", "c", "k", "a", "f", "r", "w")
SPANS: Final = (NONE, *(f"{part}-{label}" for label in LABELS for part in "BI"))
"""What a character is: of no span, the first of one, or within one."""

Operation = Literal[
    "value", "count", "sum", "difference", "share", "ratio", "mean", "change", "rank", "filter", "list", "exists",
    "check", "why", "what", "purpose", "who", "when", "goal", "text", "opinion", "instruction",
]  # fmt: skip
OPERATIONS: Final[tuple[str, ...]] = ("none", *get_args(Operation))

ROLES: Final = ("none", "B-first", "I-first", "B-second", "I-second")
"""What a character is to an ask: of no argument, or of one that comes first or second in the operation."""

_LAST_IS_SECOND: Final = ("share", "ratio")
_REST_IS_SECOND: Final = ("difference",)


def runs_in(names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each run of labels that begins with a ``B-`` and goes on with the ``I-`` of its kind."""
    at = 0
    while at < len(names):
        start, kind = at, names[at].partition("-")[2]
        at += 1
        while kind and at < len(names) and names[at] == f"I-{kind}":
            at += 1
        if kind:
            yield start, at, kind


def role_of(operation: str, number: int, count: int) -> int:
    """The role in which an argument's first character stands."""
    is_second = operation in _LAST_IS_SECOND and number and number == count - 1
    return ROLES.index("B-second" if is_second or (operation in _REST_IS_SECOND and number) else "B-first")


def laid_out(history: Sequence[str], question: str) -> tuple[str, int]:
    """The characters that are looked at, and where the question begins. Both texts are normalised."""
    before = "".join(text + BETWEEN for text in history)[-MOST_BEFORE:]
    return (before + question)[:MOST_CHARACTERS], len(before)
