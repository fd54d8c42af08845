"""Codes that a table leaves out but its labels imply: official names printed in the order of their classification."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Final

from index.clean.table import CleanRow, CodeSystem
from index.clean.wording import fold
from index.dictionary import code_names

_SYSTEMS: Final[tuple[CodeSystem, ...]] = ("功能分类", "部门经济分类")
_MIN_SHARE: Final = 0.6
_MIN_ROWS: Final = 3


def implied_codes(rows: Sequence[CleanRow]) -> tuple[CodeSystem, dict[str, str]] | None:
    """The classification whose names most rows bear, and the code of each row that bears one, by row key.

    None where most labels are no official names, or where no row stands below another: the codes then say nothing.
    """
    named = [row for row in rows if not row.is_total]
    for system in _SYSTEMS:
        codes = _codes(named, system)
        depths = {len(code) for code in codes.values()}
        if len(codes) >= max(_MIN_ROWS, _MIN_SHARE * len(named)) and len(depths) > 1:
            return system, codes
    return None


def _codes(rows: Sequence[CleanRow], system: CodeSystem) -> dict[str, str]:
    found: dict[str, str] = {}
    current = ""
    for row in rows:
        code = _next_code(fold(row.label), current, system)
        if code:
            found[row.key] = current = code
    return found


def _next_code(name: str, current: str, system: CodeSystem) -> str | None:
    """The code of this name that follows ``current`` in print: as deep as it fits below it, else the next group."""
    candidates = [code for code in _by_name(system).get(name, ()) if code != current]
    for length in range(len(current), 2, -2):
        below = [code for code in candidates if code.startswith(current[:length]) and len(code) == length + 2]
        if below:
            return min(below)
    return next((code for code in sorted(candidates) if len(code) == 3), None)


@cache
def _by_name(system: CodeSystem) -> dict[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for code, name in code_names(system).items():
        codes[fold(name)].append(code)
    return {name: tuple(found) for name, found in codes.items()}
