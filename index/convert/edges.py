"""What stands at the top and the foot of each page: of it only what it says of the tables is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from index.document import Paragraph, Provenance
from index.money import UNIT

EDGES: Final = {"header": "页眉", "footer": "页脚"}
_TELLING: Final = re.compile(
    rf"单\s*位.{{0,8}}(?:{UNIT})|[（(](?:{UNIT})[）)]|20\d\d年.*[预决]算|(?:单位|部门)(?:名称)?[:：]"
)
"""Their unit, whose they are and of which year."""


def told_at_edges(texts: Iterable[tuple[str, str]]) -> Iterator[Paragraph]:
    """A paragraph for each text that tells anything, once for all pages; each comes with its edge."""
    for edge, text in dict.fromkeys(texts):
        if _TELLING.search(text):
            yield Paragraph(f"{EDGES[edge]}：{text}", Provenance())
