"""Ledger forms that print one digit a cell under ``百 十 万 千 百 十 元 角 分``: each amount as one number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.clean.draft import Draft
from index.clean.grid import padded, row_of
from index.clean.headers import spread

_PLACES: Final = "千百十亿千百十万千百十元角分"
_PLAIN: Final = str.maketrans("仟佰拾億萬圆圓", "千百十亿万元元")
_YUAN: Final = "元"
_FEWEST: Final = 4
_MAX_HEADER_ROWS: Final = 4
_DIGITS: Final = re.compile(r"\s*[¥￥]?\s*(?P<sign>[-－−△]?)(?P<digits>\d+)(?P<none>[-－—–]*)")
"""Blanks only in front; dashes behind, where zeros would be."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Columns, first and end, that are the places of one number, so many of them behind 元."""

    first: int
    end: int
    decimals: int


def join_digits(draft: Draft) -> Draft:
    """Each run of such columns as one in 元; digits that make no number stay apart: nobody may take them for one."""
    for at, row in enumerate(draft.rows[:_MAX_HEADER_ROWS]):
        if runs := [*_runs([_place(text) for text in spread(row, draft.width)])]:
            header = [_joined(spread(each, draft.width), runs, _first) for each in draft.rows[:at]]
            leaves = _joined(spread(row, draft.width), runs, lambda texts, run: _YUAN)
            body = [_joined(padded(each, draft.width), runs, _number) for each in draft.rows[at + 1 :]]
            lines = zip((*header, leaves, *body), draft.rows, strict=True)
            rows = tuple(row_of(texts, printed.provenance) for texts, printed in lines)
            return replace(draft, rows=rows, header_rows=at + 1)
    return draft


def _place(text: str) -> str:
    """What a header says of its place: ``百万`` is as much as ``百`` in front of ``万``."""
    plain = text.translate(_PLAIN)
    return plain[0] if len(plain) == 2 and plain[1] in "万亿" else plain


def _runs(places: Sequence[str]) -> Iterator[_Run]:
    start = 0
    while start < len(places):
        end = start
        while end < len(places) and len(places[end]) == 1 and "".join(places[start : end + 1]) in _PLACES:
            end += 1
        if end - start >= _FEWEST and _YUAN in places[start:end]:
            yield _Run(start, end, end - 1 - places.index(_YUAN, start))
        start = max(end, start + 1)


def _joined(texts: Sequence[str], runs: Sequence[_Run], join: Callable[[Sequence[str], _Run], str]) -> list[str]:
    joined: list[str] = []
    done = 0
    for run in runs:
        joined += [*texts[done : run.first], join(texts[run.first : run.end], run)]
        done = run.end
    return [*joined, *texts[done:]]


def _first(texts: Sequence[str], run: _Run) -> str:
    return texts[0]


def _number(texts: Sequence[str], run: _Run) -> str:
    """The digits as one number; what is drawn behind them instead of zeros counts as such."""
    cells = [text.strip() for text in texts]
    filled = [text for text in cells if text]
    if len(filled) < 2 and not cells[-1]:
        # Nothing, or a whole amount in one of the cells.
        return filled[0] if filled and len(filled[0]) > 1 else " / ".join([*filled, *filled])
    found = _DIGITS.fullmatch("".join(text or " " for text in cells))
    if found is None or any(sum(map(str.isdigit, text)) > 1 for text in cells):
        return " / ".join(filled)
    digits = found["digits"] + "0" * len(found["none"])
    whole = digits[: len(digits) - run.decimals].lstrip("0") or "0"
    places = digits[len(digits) - run.decimals :].rjust(run.decimals, "0") if run.decimals else ""
    return f"{'-' if found['sign'] else ''}{whole}{'.' if places else ''}{places}"
