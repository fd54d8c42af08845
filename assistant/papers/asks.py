"""What a citizen's letter asks: the letter is cut into sentences, those that ask are its questions.

What ends as a question, requests, wants to know, or is a numbered point that the writer says nothing of himself in;
where there is none, what has a word that asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.understand.operands import ASKING

_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]*")
_ENDS_ASKING: Final = re.compile(r"[?？]\s*$")
_NUMBER: Final = r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}(?:[）)、]|[.．](?!\d))|第[一二三四五六七八九十]+[，,、])"
_NUMBERED: Final = re.compile(rf"^{_NUMBER}\s*")
_POINT: Final = re.compile(f"(?<=[：:，,])(?={_NUMBER})")
_WANTED: Final = re.compile(r"(?:请|希望|恳请|盼)[^，。]{0,6}(?:公开|告知|说明|提供|列出|解释|公布)")
_WISHED: Final = re.compile(
    r"[想愿盼][^，,。]{0,4}(?:知道|了解|知晓|明白|弄清|搞清|核实|问|请教|咨询)(?:一?下)?"
    r"(?!(?:[一几两三四五六七八九]|以下|下面|下列|如下|这|有关|相关)[^，,。：:]{0,4}(?:问题|事|情况))"
    r"(?=[，,]?[^，,。：:；;\s]{3})"
)
"""Wants to know something that is said: not 想请教几个问题, 想咨询一下：."""

_OWN: Final = re.compile("我(?!市|省|县|区|国|们?[单部])")
MOST_ASKS: Final = 20


@dataclass(frozen=True, slots=True)
class Asks:
    """The questions of a letter, and how many more there were than are taken up."""

    questions: tuple[str, ...]
    left_out: int = 0


def asks_of(letter: str) -> Asks:
    """The questions in their order, without numbers before them.

    >>> asks_of("您好！我住万里街道。1、公务接待费多少？2、为什么比去年少？谢谢。").questions
    ('公务接待费多少？', '为什么比去年少？')
    """
    printed = [sentence.strip() for sentence in _SENTENCE.findall(_POINT.sub("\n", letter))]
    sentences = [(_NUMBERED.sub("", sentence).strip(), bool(_NUMBERED.match(sentence))) for sentence in printed]
    asking = [text for text, is_point in sentences if _asks(text) or (is_point and text and not _OWN.search(text))]
    asking = asking or [text for text, _ in sentences if ASKING.search(text)]
    return Asks(tuple(asking[:MOST_ASKS]), max(0, len(asking) - MOST_ASKS))


def _asks(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern in (_ENDS_ASKING, _WANTED, _WISHED))
