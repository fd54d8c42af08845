"""How a document names its department: in its title, over one or several lines of its cover, or in an owner's line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.prose import OutlinedParagraph

_YEAR: Final = r"(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})?年(?:度)?"
_TITLE: Final = re.compile(
    rf"(?:关于)?(?:{_YEAR})?(?P<name>(?!年|度|部门|单位|二[〇○零])[^\d，。：:；“”]{{3,40}}?)(?:部门|单位)?(?:[（(](?:本级|机关|汇总|部门)[）)])?"
    rf"(?:{_YEAR})?(?:部门|单位|综合|财政|[市区县]级)*(?P<type>预算|决算)"
)
_OWNER: Final = re.compile(r"(?:预算)?(?:主管)?(?:部门|单位)(?:名称)?[:：](?P<name>[^\d，。：:；]{3,40})")
_COVER_LINES: Final = 6


def cover_lines(paragraphs: Sequence[OutlinedParagraph]) -> list[str]:
    """The lines before the table of contents or the first section, without blanks."""
    lines: list[str] = []
    for paragraph in paragraphs[:_COVER_LINES]:
        if paragraph.role == "contents" or paragraph.section or re.match(r"第.部分|[一二]、", paragraph.text):
            break
        lines.append(re.sub(r"\s+", "", paragraph.text))
    return lines


def title_of(paragraphs: Sequence[OutlinedParagraph]) -> str | None:
    """The document's title: the cover's lines up to the one that says 预算 or 决算."""
    title = ""
    for line in cover_lines(paragraphs):
        whole = title + line
        if _TITLE.match(line) and re.search(r"\d{4}|二[〇○零]", line):
            return line
        if _TITLE.match(whole):
            return whole
        title = whole
    return None


def department_of(paragraphs: Sequence[OutlinedParagraph]) -> str | None:
    """Who the document belongs to: the cover's own line for it, else the name in the title."""
    owner = next((match for line in cover_lines(paragraphs) if (match := _OWNER.fullmatch(line))), None)
    title = title_of(paragraphs)
    found = owner or (_TITLE.match(title) if title else None)
    return found.group("name") if found else None


def same_unit(left: tuple[str, str | None], right: tuple[str, str | None]) -> bool:
    """Whether two names, each with its region, mean one unit: one of them may leave out where it is.

    >>> same_unit(("随州市曾都区财政局", "随州市曾都区"), ("曾都区财政局(汇总)", "曾都区"))
    True
    >>> same_unit(("随县财政局", "随县"), ("财政局", None))
    True
    >>> same_unit(("随县财政局", "随县"), ("曾都区财政局", "曾都区"))
    False
    """
    (ours, here), (theirs, there) = (_bare(*left), _bare(*right))
    return ours == theirs and (here.endswith(there) or there.endswith(here))


def _bare(name: str, region: str | None) -> tuple[str, str]:
    """The name without its region and without what says only how the document was made up."""
    plain = re.sub(r"\s|[（(](?:汇总|部门|全口径)[）)]", "", name)
    return (plain.removeprefix(region) if region else plain), region or ""
