"""Bytes to characters: what a file declares about its encoding is often wrong, its bytes are not."""

from __future__ import annotations

import codecs
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
"""Encodings that files declare while they use characters of a wider one."""


def decode(content: bytes, declared: str = "") -> str | None:
    """The text of ``content``, None where no usual encoding fits.

    Bytes that are UTF-8 by chance hardly exist, so that it comes before what the file declares.
    """
    marked = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None)
    candidates = (marked,) if marked else ("utf-8", _WIDER.get(declared.lower(), declared), "gb18030")
    for encoding in filter(None, candidates):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return None
