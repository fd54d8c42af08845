"""How a document's title names its department: ``某某市某某局 2024 年部门预算``, ``2024年某某局单位预算``."""

from __future__ import annotations

import re
from typing import Final

TITLE: Final = re.compile(
    r"(?:关于)?(?:(?P<early_year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年(?:度)?)?"
    r"(?P<name>[^\d，。：:；“”二]{3,40}?)"
    r"(?:[（(](?:本级|机关|汇总|部门)[）)])?"
    r"(?:(?P<year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年(?:度)?)?"
    r"(?:部门|单位|综合|财政|部门综合)?(?P<type>预算|决算)"
)
"""Matched against a title without blanks; the title may go on (``…部门预算公开说明``)."""
