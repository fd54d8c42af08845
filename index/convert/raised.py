"""Raised digits behind a number lead to a footnote: they must not become digits of the number."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = re.compile(r"\s*\d{1,2}(?:[,，、]\d{1,2})*\s*")


def raised(text: str, before: str) -> str:
    """Raised text in plain characters; ``before`` is what stands in front of it on the line.

    >>> raised("1", "607.20"), raised("2", "平方m"), raised("①", "607.20")
    ('[1]', '2', '①')
    """
    return f"[{text.strip()}]" if before.rstrip()[-1:].isdigit() and _MARK.fullmatch(text) else text
