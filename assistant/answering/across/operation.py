"""What is to be done with the figures of several documents: the question's own words of comparison decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.across.entries import Entry
from assistant.answering.across.wording import (
    say_comparison,
    say_each,
    say_filtered,
    say_missing,
    say_ranking,
    say_total,
)  # fmt: skip
from assistant.answering.draft import Draft
from assistant.understand.types import Understanding

_FEW: Final = 3
"""Documents of which each is listed, whether it holds the item or not."""

_COMPARING: Final = frozenset({"gap", "which", "versus", "more", "less", "ratio", "change"})
_RANKING: Final = frozenset({"max", "min", "top", "ordinal", "order", "which"})


def say_figures(draft: Draft, entries: Sequence[Entry], asked: Understanding, *, over_years: bool) -> None:
    """Says the figures in the way that the question's words ask for."""
    names = {t.name for t in asked.tokens if t.group == "operations"}
    numbered = [entry for entry in entries if entry.is_number]
    is_pair = len(numbered) == len(entries) == 2
    if asked.thresholds and numbered:
        say_filtered(draft, entries, asked)
        say_missing(draft, entries)
    elif numbered and (names & _RANKING if len(entries) > 2 or not over_years else names & {"max", "min", "which"}):
        say_ranking(draft, entries, _ranking(asked, names))
        say_missing(draft, entries)
    elif is_pair and names & _COMPARING:
        as_ratio = "ratio" in names
        say_comparison(draft, numbered[0], numbered[1], as_ratio=as_ratio, over_years=over_years)
    elif len(numbered) > 1 and names & {"sum", "mean"}:
        say_total(draft, entries, as_mean="mean" in names)
        say_missing(draft, entries)
    else:
        label = next((entry.label for entry in entries if entry.label), "")
        draft.lines += [f"{draft.named(label)}："] if label else []
        say_each(draft, numbered if len(entries) > _FEW else entries)
        if len(entries) > _FEW:
            say_missing(draft, entries)


def _ranking(asked: Understanding, names: set[str]) -> Understanding:
    """``which`` asks for the largest or, by its last word, the smallest."""
    if names & {"max", "min", "top", "ordinal"}:
        return asked
    said = next((t.text for t in asked.tokens if t.name in ("which", "order")), "")
    is_ascending = re.search(r"[小低少]到" if "到" in said else r"[小低少]$", said)
    return replace(asked, operation="max", descending=not is_ascending)
