"""How printed words are compared and joined: blanks, brackets and quotation marks vary, the words do not."""

from __future__ import annotations

import re
from typing import Final

from index.money import REFERENCE

_BLANKS: Final = re.compile(r"\s+")
_BLANK_BETWEEN_WORDS: Final = re.compile(r"(?<=[A-Za-z]) (?=[A-Za-z])")
_FOLD: Final = str.maketrans("（）［］【】：；，“”‘’＂／－—–＝＞＜％", '()[][]:;,""\'\'"/---=><%')
_MARKS: Final = re.compile(rf"\s*{REFERENCE}+$")
_TOTAL: Final = re.compile(
    r"(?:本年|上年|本期)?(?:收入|(?:基本|项目)?支出|收支|拨款|金额|资金|(?:人员|公用|[“\"]?三公[”\"]?)经费)*(?:预算)?"
    r"(?:合计|总计|总合计|小计)(?:数|额)?"
)


def squeeze(text: str) -> str:
    """Without any blanks: ``收 入 总 计`` → ``收入总计``."""
    return _BLANKS.sub("", text)


def glue(text: str) -> str:
    """Without the blanks that line breaks and letter-spacing left, keeping those between Latin words.

    >>> glue("LRA 证书注册系 统建设经费"), glue("Oracle RAC 扩容")
    ('LRA证书注册系统建设经费', 'Oracle RAC扩容')
    """
    single = _BLANKS.sub(" ", text.strip())
    return _BLANK_BETWEEN_WORDS.sub("\0", single).replace(" ", "").replace("\0", " ")


def without_marks(text: str) -> str:
    """Without the marks behind it that lead to footnotes.

    >>> [without_marks(text) for text in ("行政运行*", "培训费①", "差旅费[注2]", "资本性支出（一）", "**")]
    ['行政运行', '培训费', '差旅费', '资本性支出（一）', '**']
    """
    return _MARKS.sub("", text) or text


def fold(text: str) -> str:
    """For comparison: without blanks, punctuation in its narrow form.

    >>> fold("维修（护）费") == fold("维修(护) 费")
    True
    """
    return squeeze(text).translate(_FOLD)


def is_total_label(label: str) -> bool:
    """Whether a row's label says that the row is a total.

    >>> [is_total_label(label) for label in ("合 计", "收 入 总 计", "本年支出合计", "在职人员合计")]
    [True, True, True, False]
    """
    return bool(_TOTAL.fullmatch(squeeze(label)))
