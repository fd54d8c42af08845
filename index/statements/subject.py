"""What a figure is about, out of the words before it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from index.statements.words import WORDS, any_of

_HEADS: Final = re.compile(f"^(?:{any_of('subject_heads')})")
_TAILS: Final = re.compile(f"(?:{any_of('subject_tails')})$")
_CHANGE_TAILS: Final = re.compile(f"(?:{any_of('change_tails')})$")
_CUTS: Final = re.compile(f"^.*(?:{any_of('subject_cuts')})(?=.)")
_VERB_AT_END: Final = re.compile(f"(?:{any_of('verbs_before_noun')})$")
_PURPOSE: Final = re.compile(any_of("purpose"))
_SPENT_ON: Final = re.compile("^(?:主要)?用于")
_UNIT_NAME: Final = re.compile(WORDS["unit_name"])
_QUOTED: Final = re.compile("^“([^“”]+)”$")
_CODE: Final = re.compile(r"[（(]\s*\d{3,9}\s*[）)]")
_YEAR_WITHIN: Final = re.compile(r"(?<=[^\d年]的)\d{4}年度?(?=项目)")
"""A year within a name (绩效自评的2024年度项目)."""

_LEVEL_MARK: Final = re.compile("[（(][类款项][）)]")
_EARLIER: Final = re.compile(
    rf"^(?P<basis>(?:{any_of('basis_times')})(?:{any_of('basis_words')})*)(?P<rest>.*?)(?:为|是)?$"
)
_MEANS_EARLIER: Final = re.compile("上年|去年|上一年|执行|决算")
_LONGEST: Final = 45


@lru_cache(maxsize=4096)
def clean_subject(raw: str) -> str:
    """The subject in ``raw``, "" where there is none.

    >>> clean_subject("（一）2024年“三公”经费年初预算安排"), clean_subject("本部门 2024 年度机关运行经费支出")
    ('“三公”经费', '机关运行经费')
    >>> clean_subject("一般公共服务支出（类）统计信息事务（款）专项普查活动（项）"), clean_subject("同比")
    ('专项普查活动', '')
    """
    text = _lowest_level(_YEAR_WITHIN.sub("", _CODE.sub("", re.sub(r"\s", "", raw))))
    before = None
    while text != before:
        before = text
        text = _UNIT_NAME.sub("", _CUTS.sub("", _stripped(text)))
    return text if re.search(r"[^\W\d_]", text) and len(text) <= _LONGEST else ""


def is_purpose(raw: str) -> bool:
    """Whether the words tell what money is for, or what there is not, rather than what a figure is about."""
    return bool(_PURPOSE.match(raw.strip()))


def purpose_of(raw: str) -> str:
    """What money is for, in the words that say so.

    >>> purpose_of("主要包括用于场馆开放奖补"), purpose_of("未安排支出的专户资金")
    ('场馆开放奖补', '未安排支出的专户资金')
    """
    named = raw.strip() if _PURPOSE.match(raw.strip()) else clean_subject(raw)
    return clean_subject(_SPENT_ON.sub("", named))


@lru_cache(maxsize=1024)
def subject_of_change(raw: str) -> str:
    """The subject in the words before a reason, without what it did (``项目支出增加的`` → ``项目支出``)."""
    text = re.sub(r"\s", "", raw)
    before = None
    while text != before:
        before = text
        text = _CHANGE_TAILS.sub("", text)
    return clean_subject(text)


def counted_noun(before: str, noun: str) -> str:
    """What a count counts, where the words before it only end in a verb, else "".

    >>> counted_noun("曾都区委办公室设", "内设机构"), counted_noun("新增了", "项目"), counted_noun("行政编制", "核定")
    ('内设机构', '新增项目', '')
    """
    match = _VERB_AT_END.search(re.sub(r"\s", "", before))
    if not match or not noun:
        return ""
    return next((verb for verb in WORDS["verbs_kept"] if match.group().startswith(verb)), "") + noun


def earlier_basis(raw: str, subject: str) -> str | None:
    """The earlier period that ``raw`` names, where it names nothing else or the same ``subject`` again.

    >>> earlier_basis("上年收入总计", "收入总计"), earlier_basis("2023年当年预算执行数为", "城管执法")
    ('上年', '2023年当年预算执行数')
    >>> earlier_basis("2024年预算安排", "城管执法") is None
    True
    """
    text = re.sub(r"\s", "", raw)
    match = _EARLIER.match(text)
    if not match or not _MEANS_EARLIER.search(match["basis"]):
        return None
    rest = clean_subject(match["rest"])
    return match["basis"] if rest in ("", subject) else None


def _stripped(text: str) -> str:
    before = None
    while text != before:
        before = text
        text = _QUOTED.sub(r"\1", _TAILS.sub("", _HEADS.sub("", text)))
    return text


def _lowest_level(text: str) -> str:
    """The item alone, where the text names the class and the group above it too."""
    parts = _LEVEL_MARK.split(text.strip("“”"))
    if len(parts) == 1:
        return text
    return parts[-2] + parts[-1] if parts[-1] in ("", "支出") else parts[-1]
