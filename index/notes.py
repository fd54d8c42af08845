"""Notes on tables, which stand below them."""

from __future__ import annotations

import re
from typing import Final

_NOTE: Final = re.compile(r"(?:备\s*注|附?注|说\s*明)\s*\d*\s*[:：]")


def is_note(text: str) -> bool:
    """Whether a line below a table is a note on it.

    >>> is_note("备注：本表为空。"), is_note("说明费")
    (True, False)
    """
    return bool(_NOTE.match(text))
