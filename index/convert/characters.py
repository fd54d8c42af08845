"""Printed characters under the code points that people type: the same word must not be two.

Fonts and programs leave radicals (⼀⾏⻋), compatibility forms and full-width digits where plain characters are meant.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from index.dictionary import read_yaml

_FORMS: Final = (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0x2F800, 0x2FA1E))
"""Kangxi radicals and compatibility ideographs: each is a plain character under another code point."""
_COMMA: Final = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_POINT: Final = re.compile(r"(?<=[０-９])．(?=[０-９])")
"""Only within wide numbers: behind 1．2024年 stands no fraction."""
_HALF: Final = re.compile("[\ud800-\udfff]")
"""One of the two halves that UTF-16 makes of a rare character; PDF files give them singly, damaged ones alone."""
_POINT_OF_AMOUNT: Final = re.compile(r"(?<=\d)．(?=\d+\s*(?:[十百千]?[万亿]?元|[%％]))")


def _plain_forms() -> dict[int, str]:
    radicals: dict[str, str] = read_yaml("radicals.yaml")
    forms = {code: unicodedata.normalize("NFKC", chr(code)) for block in _FORMS for code in block}
    wide = {code: chr(code - 0xFEE0) for code in map(ord, "０１２３４５６７８９")}
    letters = {code: chr(code - 0xFEE0) for first in "Ａａ" for code in range(ord(first), ord(first) + 26)}
    signs = {ord(sign): plain for sign, plain in zip("∶﹕﹙﹚﹣﹐﹒", "：：（）-，.", strict=True)}
    return forms | wide | letters | signs | {ord(radical): plain for radical, plain in radicals.items()}


_PLAIN: Final = _plain_forms()


def plain_characters(text: str) -> str:
    """``text`` in plain characters; punctuation stays as wide as it was printed.

    >>> plain_characters("⼀般公共预算⾏政⻋辆（２０２４年）"), plain_characters("１，２３４．５６万元")
    ('一般公共预算行政车辆（2024年）', '1,234.56万元')
    """
    if text.isascii():
        return text
    if _HALF.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _POINT_OF_AMOUNT.sub(".", _POINT.sub(".", _COMMA.sub(",", text)).translate(_PLAIN))
