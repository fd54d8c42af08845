"""Page numbers: printed on every page, meaning nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from index.document import Block, Paragraph

_PAGE_NUMBER: Final = re.compile(
    r"[-—－–·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页)?[-—－–·\s]*"
)


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number.

    >>> [is_page_number(text) for text in ("- 17 -", "— 9 —", "第 3 页 共 20 页", "12", "2024年", "20.69")]
    [True, True, True, True, False, False]
    """
    return bool(text.strip()) and bool(_PAGE_NUMBER.fullmatch(text.strip()))


MIN_REPEATS: Final = 3
REPEATED_CAPTION: Final = re.compile(
    r"表(?:[（(].*[）)])?$|^(?:公开|附|预算|部门公开)?[表件]\s*[\d一二三四五六七八九十]|[\d]\s*表$"
    r"|^\s*(?:金\s*额\s*)?(?:单\s*位|部\s*门)|[（(]?20\d\d\s*年度?[）)]?$"
)
"""Titles, numbers, units and owners of tables are repeated on each page too, and mean something there."""


def without_running_heads(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without lines that stand beside the page number of page after page, or repeat the first there."""
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    beside = [here for before, here in pairwise(texts) if is_page_number(before)]
    beside += [here for here, after in pairwise(texts) if is_page_number(after)]
    often = (text for text, count in Counter(beside).items() if count >= MIN_REPEATS and text)
    heads = {text for text in often if not REPEATED_CAPTION.search(text)}
    around = zip(["", *texts], [*texts[1:], ""], strict=False)
    again = [
        at > 0 and text == texts[0] and not REPEATED_CAPTION.search(text) and any(map(is_page_number, near))
        for at, (text, near) in enumerate(zip(texts, around, strict=False))
    ]
    told = zip(blocks, texts, again, strict=True)
    return tuple(block for block, text, is_again in told if text not in heads and not (text and is_again))
