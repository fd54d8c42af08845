"""Of which kinds vehicles are, or what they are for: the kinds that a sentence counts, and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from assistant.answering.assets import asset_value, vehicles_told
from assistant.answering.dated import date_of
from assistant.answering.draft import Draft
from assistant.query import Counted
from assistant.reply.types import Reply
from index.records import StatementRecord
from index.sentences import sentences

_SAYS_USE: Final = re.compile("用于|主要|其中|用车.{0,6}(?:辆|台|元)")
_GOES_ON: Final = re.compile("用车.*(?:主要|用于)")


def vehicles_reply(counted: Counted, draft: Draft) -> Reply:
    """How many vehicles there are, or are to be bought, of each kind, in the words that say it."""
    told = vehicles_told(draft, is_bought=counted.is_bought)
    if told is None or (told.statement.number and not (told.kinds or _SAYS_USE.search(told.statement.sentence))):
        return Reply(())
    quote = _quoted(told.statement, draft)
    paragraph = draft.library.paragraph(told.statement.paragraph_id)
    number = draft.cite_passage(paragraph, quote)
    date = "" if counted.is_bought else date_of(draft, told.statement)
    what = "安排购置" if counted.is_bought else f"资产占有使用情况{f'（{draft.named(date)}）' if date else ''}"
    there = [kind for kind in told.kinds if kind.number]
    kinds = "、".join(_figures(there, number, draft))
    whole = _figures([told.statement], number, draft)[0]
    return Reply(
        (
            f"{draft.heading}写明的{what}：{whole}{f'，其中{kinds}' if kinds else ''}。",
            f"正文写道：“{quote}”[{number}]",
        )
    )


def _figures(statements: Sequence[StatementRecord], number: int, draft: Draft) -> list[str]:
    names = [statement.subject.rpartition("、")[2] for statement in statements]  # kinds without a number stand before
    return [
        f"{draft.named(name)} {draft.add_figure(name, asset_value(statement), [number])}"
        for name, statement in zip(names, statements, strict=True)
    ]


def _quoted(statement: StatementRecord, draft: Draft) -> str:
    """The sentence that counts the vehicles, with those behind it that go on about their use."""
    text = draft.library.paragraph(statement.paragraph_id).text
    start = text.find(statement.sentence)
    behind = sentences(text[start + len(statement.sentence) :]) if start >= 0 else []
    goes_on = list(takewhile(_GOES_ON.search, behind))
    end = text.find(goes_on[-1], start) + len(goes_on[-1]) if goes_on else 0
    return text[start:end] if goes_on else statement.sentence
