"""Raised digits behind a number lead to a footnote: they must not become digits of the number."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = re.compile(r"\s*[(（]?\s*(?P<number>\d{1,2}(?:[,，、]\d{1,2})*)\s*[)）]?\s*")


def raised(text: str, before: str) -> str:
    """Raised text in plain characters; ``before`` is what stands in front of it on the line.

    >>> raised("1", "607.20"), raised("2", "平方m"), raised("①", "607.20"), raised("1)", "607.20")
    ('[1]', '2', '①', '[1]')
    """
    mark = _MARK.fullmatch(text) if before.rstrip()[-1:].isdigit() else None
    return f"[{mark['number']}]" if mark else text
