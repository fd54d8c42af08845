"""Quotations in other words, on request: each keeps its citation, and its own words where others say anything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, Field, ValidationError

from assistant.answer import Answer
from assistant.blocks import blocks_of, marks_in
from assistant.model.bounded import Allowance, Bounded
from assistant.model.faithful import says_the_same
from assistant.model.prompts import plain, render
from assistant.model.replies import json_in
from index.errors import BudgetError

_MOST_SENTENCES: Final = 6
_LONGEST: Final = 300
_QUOTE: Final = "> "
_MARKS: Final = re.compile(r"(?:\[\d+\])+$")
_NOTE: Final = "引文由语言模型改写过，数字、名称、年份、否定逐句与原文核对相同；引用时请看原文。"


class NotReworded(BudgetError):
    """There is nothing to be reworded, or no wording that says the same."""


class _Wording(BaseModel):
    n: int
    text: str = Field(max_length=_LONGEST)


class _Wordings(BaseModel):
    sentences: list[_Wording] = Field(max_length=_MOST_SENTENCES)


@dataclass(frozen=True, slots=True)
class _Quotation:
    """One quoted line: its words, and the marks of its citations."""

    text: str
    marks: str

    @property
    def line(self) -> str:
        """As it stands in the answer."""
        return f"{_QUOTE}{self.text}{self.marks}"


def is_rewordable(answer: Answer) -> bool:
    """Whether an answer quotes anything."""
    return bool(_quotations(answer))


def reworded(answer: Answer, chat: Bounded, allowance: Allowance) -> Answer:
    """The answer with its quotations in other words. Raises NotReworded, ModelSilent."""
    quotations = _quotations(answer)
    if not quotations:
        raise NotReworded("这个回答里没有引文可以改写。")
    prompt = render("rewording", sentences=[plain(quotation.text) for quotation in quotations])
    wordings = _wordings(chat.ask(prompt, allowance), quotations)
    if not wordings:
        raise NotReworded("模型改写的话与原文对不上，没有采用。", "请看原文。")
    lines = [wordings.get(line.strip(), line) for line in answer.answer.splitlines()]
    notes = [*answer.notes, _NOTE]
    return answer.model_copy(update={"answer": "\n".join(lines), "notes": notes, "engine": "model"})


def _quotations(answer: Answer) -> list[_Quotation]:
    """The quoted lines that have citations; items below a quoted lead-in have none and stay."""
    items = (item for block in blocks_of(answer.told) if block.kind == "quote" for item in block.items)
    cited = (item.text for item in items if _MARKS.search(item.text) and marks_in(item.text))
    found = [_Quotation(_MARKS.sub("", text), "".join(_MARKS.findall(text))) for text in cited]
    return [quotation for quotation in found if len(quotation.text) <= _LONGEST][:_MOST_SENTENCES]


def _wordings(reply: str, quotations: list[_Quotation]) -> dict[str, str]:
    """The quoted lines by what takes their place: the wordings that say the same as what they are numbered for."""
    try:
        said = _Wordings.model_validate(json_in(reply, "sentences")).sentences
    except ValidationError:
        return {}
    if len({wording.n for wording in said}) < len(said):
        return {}
    found = {}
    for wording in said:
        quotation = quotations[wording.n - 1] if 0 < wording.n <= len(quotations) else None
        text = " ".join(plain(wording.text).split())
        if quotation and text and text != quotation.text and _is_inert(text) and says_the_same(text, quotation.text):
            found[quotation.line] = f"{text}{quotation.marks}"
    return found


def _is_inert(text: str) -> bool:
    """Whether a wording has none of the signs that an answer's text is made up with."""
    return not re.search(r"[\[\]*⚠>]", text)
