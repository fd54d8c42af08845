"""A letter's opening and closing in a model's words: polite, about what was asked, without figures and promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field, ValidationError

from assistant.model.bounded import Allowance, Bounded
from assistant.model.faithful import is_courteous
from assistant.model.prompts import plain, render
from assistant.model.replies import json_in
from index.errors import BudgetError

_MOST_LETTER: Final = 600
_MOST_ASKED: Final = 300
_ENDS: Final = ("：", ":")


class NotWorded(BudgetError):
    """No opening and closing that may stand in a letter."""


class Frame(BaseModel):
    """What a letter begins and ends with."""

    opening: str = Field(min_length=6, max_length=120)
    closing: str = Field(min_length=4, max_length=100)


def worded_frame(incoming: str, asked: Sequence[str], chat: Bounded, allowance: Allowance) -> Frame:
    """An opening and a closing for a letter. Raises NotWorded, ModelSilent."""
    questions = "；".join(asked)[:_MOST_ASKED]
    prompt = render("letter", incoming=plain(incoming[:_MOST_LETTER]), asked=plain(questions))
    try:
        frame = Frame.model_validate(json_in(chat.ask(prompt, allowance), "opening"))
    except ValidationError as error:
        raise NotWorded("模型没有拟出开头和结尾。", "仍用原来的。") from error
    texts = (frame.opening.strip(), frame.closing.strip())
    is_one_line = not any("\n" in text for text in texts)
    if not (is_one_line and texts[0].endswith(_ENDS) and all(is_courteous(text, questions) for text in texts)):
        raise NotWorded("模型拟的开头结尾里有信里没有的内容，没有采用。", "仍用原来的。")
    return Frame(opening=texts[0], closing=texts[1])
