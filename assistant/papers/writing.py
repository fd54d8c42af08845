"""What files may hold: no control characters, and nothing that a spreadsheet would run."""

from __future__ import annotations

import re
from typing import Final

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff￾￿]")
_FORMULA: Final = tuple("=+-@＝＋－＠\t\r\n")


def writable(text: str) -> str:
    """The text without what XML can't hold."""
    return _UNWRITABLE.sub("", text)


def inert(text: str) -> str:
    """A text for a CSV file that no spreadsheet takes for a formula.

    >>> inert("=1+1"), inert("＝1+1"), inert("差旅费")
    ("'=1+1", "'＝1+1", '差旅费')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
