"""Rows that hold a name within their own: ``名字里带“中介服务费”的项目``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.catalog import Row
from assistant.understand.tokenize import chinese_number
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import normalise, wording_rules


def bearing_name(operand: Operand, asked: Understanding) -> str | None:
    """The name that all rows meant hold within their own; None where rows of that very name are meant."""
    return next((term.text for term in operand.terms if _is_held(term, asked)), None)


def counted_bearing(name: str, operand: Operand, asked: Understanding) -> int | None:
    """How many rows are said to hold the name (``两个农业普查项目``); None where no number is said."""
    term = next(term for term in operand.terms if term.text == name)
    if not (found := _counted(*_around(term, asked))) or found["k"] == "几":
        return None
    k = found["k"]
    return int(k) if k.isdigit() else int(chinese_number(k) or 0)


def rows_bearing(name: str, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows whose label holds the name, none below another; none where rows stand below one of that very name."""
    pool = [row for row in rows if not row.is_total]
    held = {row.row_id: row for row in pool if name in normalise(row.label)}
    classes = {row.row_id for row in held.values() if normalise(row.label) == name}
    if any(classes & set(row.ancestors) and row.row_id not in held for row in pool):
        return ()
    return tuple(row for row in held.values() if not held.keys() & set(row.ancestors))


def _is_held(term: Token, asked: Understanding) -> bool:
    rules: dict[str, str] = wording_rules()["bearing"]
    before, after = _around(term, asked)
    is_said = bool(re.search(f"(?:{rules['before']})$", before) or re.match(rules["after"], after))
    return is_said or _counted(before, after) is not None


def _counted(before: str, after: str) -> re.Match[str] | None:
    """``两个……项目`` around a name."""
    rules: dict[str, str] = wording_rules()["bearing"]
    return re.search(rules["counted"], before) if re.match(rules["counted_after"], after) else None


def _around(term: Token, asked: Understanding) -> tuple[str, str]:
    """What stands before and behind a name."""
    before = (t.text for t in asked.tokens if t.end <= term.start)
    after = (t.text for t in asked.tokens if t.start >= term.end)
    return "".join(before), "".join(after)
