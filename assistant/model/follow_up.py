"""A follow-up completed to a question that stands alone, for the rules to read: words that were said, no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, ValidationError

from assistant.model.bounded import Allowance, Bounded
from assistant.model.faithful import completes
from assistant.model.prompts import plain, render
from assistant.model.replies import json_in

_MOST_TURNS: Final = 3
_LONGEST: Final = 200


class _Whole(BaseModel):
    question: str


def whole_question(question: str, history: Sequence[str], chat: Bounded, allowance: Allowance) -> str | None:
    """The question with what it leaves out; None where the model's wording drops or adds anything.

    Raises ModelSilent.
    """
    before = history[-_MOST_TURNS:]
    prompt = render("follow_up", history="；".join(map(plain, before)), question=plain(question))
    try:
        whole = _Whole.model_validate(json_in(chat.ask(prompt, allowance), "question")).question.strip()
    except ValidationError:
        return None
    is_new = bool(whole) and whole != question and len(whole) <= _LONGEST
    return whole if is_new and completes(whole, question, before) else None
