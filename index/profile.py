"""What a document says it is: whose budget, which year, budget or final account. The file name is not asked."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, Literal

from index.clean.table import CleanRow, CleanTable
from index.document import Document
from index.errors import DocumentError
from index.naming import department_of, title_of
from index.prose import DocumentProfile, OutlinedParagraph

_CHINESE_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR: Final = re.compile(r"(20\d\d)\s*年")
_CHINESE_YEAR: Final = re.compile(r"(二[〇○零][〇○零一二三四五六七八九]{2})年")
_REGION: Final = re.compile(
    r"(?:[\u4e00-\u9fa5]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fa5]{2,8}?(?:市|自治州|地区|盟))?"
    r"(?:[\u4e00-\u9fa5]{1,7}?(?:新区|开发区|区|县|旗|市))?"
)
_PARTY: Final = re.compile(r"^(?:中共|中国共产党)")
_BUDGET_WORDS: Final = re.compile(r"预算|决算")
_MIN_BUDGET_WORDS: Final = 5


def profile(
    document: Document, paragraphs: tuple[OutlinedParagraph, ...], tables: tuple[CleanTable, ...]
) -> DocumentProfile:
    """Read the title first, then the tables and the prose for what the title leaves out."""
    title = title_of(paragraphs) or document.file.rsplit(".", 1)[0]
    unit = department_of(paragraphs) or next((row.label for row in _unit_rows(tables)), title)
    document_type: Literal["预算", "决算"] = "决算" if _says(title, paragraphs, "决算") else "预算"
    return DocumentProfile(
        title=title,
        unit_name=unit,
        unit_code=_unit_code(tables),
        region=_region(unit),
        year=_year(title, paragraphs),
        document_type=document_type,
        unit_level="单位" if re.search(r"单位(?:预|决)算", title) else "部门",
    )


def require_budget(paragraphs: tuple[OutlinedParagraph, ...], tables: tuple[CleanTable, ...], file: str = "") -> None:
    """Raise DocumentError for a document without any budget table and with next to no word of a budget."""
    if any(table.kind != "其他表" for table in tables):
        return
    if sum(len(_BUDGET_WORDS.findall(paragraph.text)) for paragraph in paragraphs) < _MIN_BUDGET_WORDS:
        name = f"“{file}”" if file else "这份文件"
        raise DocumentError(f"{name}不像部门预算或决算：没有预算表，正文也几乎不提预算。", "请换成公开的部门预算文件。")


def _unit_code(tables: tuple[CleanTable, ...]) -> str | None:
    """The code of the line that holds the whole department: the first unit line of the 收入总表."""
    return next((row.code for row in _unit_rows(tables) if row.level == 1), None)


def _unit_rows(tables: tuple[CleanTable, ...]) -> list[CleanRow]:
    return [row for table in tables if table.kind == "收入总表" for row in table.rows if row.code_system == "单位"]


def _region(unit: str) -> str | None:
    match = _REGION.match(_PARTY.sub("", unit))
    return (match.group() or None) if match else None


def _year(title: str, paragraphs: tuple[OutlinedParagraph, ...]) -> int | None:
    """The title's year, else the year that the document names most."""
    for text in (title, *(paragraph.text for paragraph in paragraphs if paragraph.role == "heading")):
        years = _years(text)
        if years:
            return years[0]
    counted = Counter(year for paragraph in paragraphs for year in _years(paragraph.text))
    return counted.most_common(1)[0][0] if counted else None


def _years(text: str) -> list[int]:
    arabic = [int(year) for year in _YEAR.findall(text)]
    chinese = [int(found.translate(_CHINESE_DIGITS)) for found in _CHINESE_YEAR.findall(text)]
    return arabic + chinese


def _says(title: str, paragraphs: tuple[OutlinedParagraph, ...], word: str) -> bool:
    if _BUDGET_WORDS.search(title):
        return word in title
    headings = Counter(found for paragraph in paragraphs for found in _BUDGET_WORDS.findall(paragraph.text))
    return bool(headings) and headings.most_common(1)[0][0] == word
