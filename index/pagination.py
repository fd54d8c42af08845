"""Page numbers: printed on every page, meaning nothing."""

from __future__ import annotations

import re
from typing import Final

_PAGE_NUMBER: Final = re.compile(
    r"[-—－–·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页)?[-—－–·\s]*"
)


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number.

    >>> [is_page_number(text) for text in ("- 17 -", "— 9 —", "第 3 页 共 20 页", "12", "2024年", "20.69")]
    [True, True, True, True, False, False]
    """
    return bool(text.strip()) and bool(_PAGE_NUMBER.fullmatch(text.strip()))
