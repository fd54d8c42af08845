"""Lines above a table that were drawn in pieces: the end of a title, unit or owner's name put behind its beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.naming import name_in_owner_line

UNIT_WORD: Final = (
    r"(?:[上本]\s*表\s*|以\s*上\s*)?(?:(?:金\s*额|计\s*量|货\s*币|数\s*据)\s*)?单\s*位\s*(?:为\s*)?[:：]\s*"
)
_UNIT_BEGUN: Final = re.compile(rf".*{UNIT_WORD}(?:人民币)?[十百千]*万?")
_UNIT_END: Final = re.compile(r"[十百千万亿]*元[）)]?")
_TITLE_BEGUN: Final = re.compile(r".{0,40}(?:预算|决算|收入|支出|收支|经费|采购|基金|资金|绩效|目标).{0,20}")
_TITLE_END: Final = re.compile(
    r"(?:收入|支出|收支|预算|决算|公开|明细|情况|汇总|总|目标|指标|申报|自评|绩效)*表(?:[（(][^）)]{1,30}[）)])*"
)
_TITLE: Final = re.compile(r".{2,60}表")
_REST_OF_LIST: Final = re.compile(r".{2,40}表(?:[（(][^）)]{1,30}[）)])*")
"""What a title goes on with behind a mark of enumeration at a line's end."""
_BRACKETED: Final = re.compile(r"[（(](?!20\d\d|续)[^（()）:：]{2,30}[）)]")
_SENTENCE: Final = re.compile(r"[。；，：:]|^[（(]?\s*20\d\d\s*年?度?\s*[）)]?$|表$")
_MAX_END: Final = 6
_MAX_BETWEEN: Final = 2
"""Between the pieces of a unit or a name others may be drawn."""


def whole_lines(lines: Sequence[str]) -> list[str]:
    """The lines with each piece at the end of the line that it completes.

    >>> whole_lines(["单位：万", "部门名称：某市人民法", "元", "院"])
    ['单位：万元', '部门名称：某市人民法院']
    >>> whole_lines(["表9", "“三公”经费支出预算", "表", "支出明细表", "（按经济分类）"])
    ['表9', '“三公”经费支出预算表', '支出明细表（按经济分类）']
    >>> whole_lines(["2026年部门预算“三公”经费、", "会议费、培训费表（不含上年结转）"])
    ['2026年部门预算“三公”经费、会议费、培训费表（不含上年结转）']
    """
    whole: list[str] = []
    for line in lines:
        begun = next((at for at, text in _before(whole) if _completes(text, line.strip(), at == len(whole) - 1)), None)
        if begun is None:
            whole.append(line)
        else:
            whole[begun] = whole[begun].rstrip() + line.strip()
    return whole


def _before(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The last lines, the nearest first."""
    return [*enumerate(lines)][: -_MAX_BETWEEN - 2 : -1]


def _completes(text: str, end: str, is_next: bool) -> bool:
    if len(end) <= _MAX_END and (_completes_unit(text, end) or _completes_name(text, end)):
        return True
    completes = (_completes_title, _explains_title, _goes_on_with_list)
    return is_next and any(each(text.strip(), end) for each in completes)


def _completes_unit(text: str, end: str) -> bool:
    return bool(_UNIT_BEGUN.fullmatch(text.strip()) and _UNIT_END.fullmatch(end))


def _completes_name(text: str, end: str) -> bool:
    return name_in_owner_line(text) is None and name_in_owner_line(text + end) is not None


def _completes_title(text: str, end: str) -> bool:
    return bool(_TITLE_END.fullmatch(end) and _TITLE_BEGUN.fullmatch(text) and not _SENTENCE.search(text))


def _goes_on_with_list(text: str, end: str) -> bool:
    """``…“三公”经费、`` and ``会议费、培训费表`` below it are one title."""
    is_begun = text.endswith("、") and _TITLE_BEGUN.fullmatch(text) and not _SENTENCE.search(text)
    return bool(is_begun and _REST_OF_LIST.fullmatch(end) and not _SENTENCE.search(end.removesuffix("表")))


def _explains_title(text: str, end: str) -> bool:
    return bool(_BRACKETED.fullmatch(end) and _TITLE.fullmatch(text) and not _SENTENCE.search(text[:-1]))
