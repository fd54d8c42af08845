"""Text files, Markdown among them: plain text, and the tables that stand in it as a web page's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from index.convert.encoding import decode
from index.convert.html import HtmlConverter
from index.convert.text_blocks import blocks_of_text
from index.document import Block, Gap
from index.errors import DocumentError
from index.pagination import without_running_heads

_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_OTHER_SOURCE: Final = re.compile(r"\s*(?:<[!?a-zA-Z]|\{\\rtf|%PDF-)")
"""How HTML, XML, RTF and PDF begin: readable characters, but not text to be read as it stands."""
_TABLE: Final = re.compile(r"(<table\b.*?</table\s*>)", re.IGNORECASE | re.DOTALL)


class TextConverter:
    """Reads .txt and .md, in UTF-8 or GB18030, with or without a byte order mark."""

    def accepts(self, content: bytes) -> bool:
        """Text is what decodes without control characters and is not another format's source."""
        text = decode(content)
        return text is not None and not _CONTROL.search(text) and not _OTHER_SOURCE.match(text)

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """A blank line ends a table: joining what a page break split is left to cleaning."""
        text = decode(content)
        if text is None:
            raise DocumentError(f"“{path.name}”的文字编码无法识别。", "请另存为 UTF-8 编码。")
        read = [*_read(text, path)]
        blocks = without_running_heads([block for block in read if not isinstance(block, Gap)])
        return (*blocks, *(gap for gap in read if isinstance(gap, Gap)))


def _read(text: str, path: Path) -> Iterator[Block | Gap]:
    """The blocks of a text; each part is told on which line it begins."""
    line = 1
    for at, part in enumerate(_TABLE.split(text)):
        if at % 2:
            yield from HtmlConverter().read(("\n" * (line - 1) + part).encode(), path)
        elif part:
            yield from blocks_of_text(part, line)
        line += part.count("\n")
