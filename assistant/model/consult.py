"""Whether a model is asked, and whether its reading's answer is given: instead of the rules', beside it, or not."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from assistant.answer import Answer
from assistant.answering.draft import Draft
from assistant.answering.notes import WARNING
from assistant.choose import leaves_open, verified
from assistant.compose import joined_drafts
from assistant.core import Core
from assistant.ground import numbers
from assistant.library import Library
from assistant.model.bounded import Allowance, Bounded
from assistant.model.chat import Chat, Metered, ModelSilent, Spent
from assistant.model.follow_up import whole_question
from assistant.model.frame import Frame, worded_frame
from assistant.model.left import lacks_reason, unused_names, unused_words
from assistant.model.passages import quoted_by_choice
from assistant.model.reader import ModelReader, ModelReading, Unread
from assistant.model.reword import reworded
from assistant.model.sql.reader import SqlWriter
from assistant.query import Ask, Say, Select
from assistant.reply.coverage import (
    lacks_computation,
    lacks_number,
    tells_left_out,
    tells_of_others,
    untold_names,
)
from assistant.reply.untold import untold_words
from assistant.settings import Settings
from index.errors import BudgetError

Part = Literal["used", "completed", "beside", "agreed", "sql"]
"""What became of what a model said: its reading's answer is given, or the rules' to the question that it completed,
or both readings' side by side, or both are the same; or the answer by SQL that it wrote.
"""

_UNREAD: Final = ("declined", "rejected", "unanswered")
"""How it ends where a model's reading answers nothing."""

_BOTH: Final = "这个问题有两种读法，得到的数不同，都列出来，请按要问的意思取用。"
_BY_RULES: Final = "按规则的读法："
_BY_MODEL: Final = "按语言模型的读法："


@dataclass(frozen=True, slots=True)
class Consulted:
    """The answer with a model's part in it. ``draft`` is None where the rules' answer stands."""

    draft: Draft | None
    part: Part


class ModelUnheard(BudgetError):
    """What a model was to word on request, it did not word in time."""


class Consultant:
    """Asks a model and judges what comes of it. Safe to share between threads.

    ``by_rules``: the rules' whole answer to a question that stands alone, None where they have none.
    """

    def __init__(
        self, chat: Chat, core: Core, library: Library, options: Settings, by_rules: Callable[[str], Draft | None]
    ) -> None:
        self._by_rules = by_rules
        self.spent = chat.spent if isinstance(chat, Metered) else Spent()
        self._chat = Bounded(chat, options.model_call_seconds)
        self._core = core
        self._library = library
        self._options = options
        self._reader = ModelReader(self._chat, core, library)
        self._writer = SqlWriter(self._chat, core, library, self._reader)
        self._lock = threading.Lock()
        self.tally: Counter[str] = Counter()

    @property
    def name(self) -> str:
        """What the model is called; one whose replies come from files may have no name."""
        return self._options.model or "batch"

    def is_needed(self, question: str, history: Sequence[str], rules: Draft | None, *, is_open: bool) -> bool:
        """Whether a model is asked: always, or where the rules refuse, ask back or leave something open.

        ``is_open``: whether they have no answer, or said themselves that it leaves something open.
        """
        if self._options.model_use == "always" or is_open or rules is None:
            return self._options.model_use != "never"
        readings = self._core.read(question, history)
        return self._options.model_use == "needed" and len(readings) == 1 and leaves_open(readings[0], rules)

    def consult(
        self, question: str, history: Sequence[str], rules: Draft | None, *, is_open: bool = False
    ) -> Consulted | None:
        """What a model makes of a question; None where the rules' outcome stands. ``rules``: their answer, if any.

        ``is_open``: whether they leave anything open. Only where the model's reading does so too is SQL written.
        """
        allowance = self._allowance()
        consulted, outcome = self._tried(lambda: self._read(question, history, rules, allowance))
        if consulted is None and (rules is None or is_open) and outcome in _UNREAD:
            consulted, by_sql = self._tried(lambda: self._by_sql(question, history, allowance))
            outcome = by_sql if consulted else outcome
        with self._lock:
            self.tally[outcome] += 1
        return consulted

    def _tried(self, attempt: Callable[[], tuple[Consulted | None, str]]) -> tuple[Consulted | None, str]:
        """What came of an attempt, and how it ended."""
        try:
            return attempt()
        except ModelSilent as silent:
            return None, f"silent:{silent.reason}"
        except Unread as unread:
            return None, unread.kind

    def _read(
        self, question: str, history: Sequence[str], rules: Draft | None, allowance: Allowance
    ) -> tuple[Consulted | None, str]:
        consulted = self._completed(question, history, allowance) if history and rules is None else None
        found = None if consulted else self._reader.read(question, history, allowance)
        consulted = self._judged(found, history, rules, allowance) if found else consulted
        return consulted, consulted.part if consulted else "unanswered" if found else "not_asked"

    def _by_sql(self, question: str, history: Sequence[str], allowance: Allowance) -> tuple[Consulted | None, str]:
        """The answer by SQL that a model wrote, which answers the whole question."""
        written = self._writer.answer(question, history, allowance)
        checked = verified(written.draft, question) if written else None
        if written is None or checked is None:
            return None, "not_asked"
        if checked.route == "refuse":
            return None, "sql_unused"
        checked.notes += written.notes
        return Consulted(checked, "sql"), "sql"

    def reworded(self, answer: Answer) -> Answer:
        """An answer with its quotations in other words. Raises BudgetError where there are none that say the same."""
        try:
            return reworded(answer, self._chat, self._allowance())
        except ModelSilent as silent:
            raise _unheard() from silent

    def letter_frame(self, incoming: str, asked: Sequence[str]) -> Frame:
        """The opening and closing of a letter. Raises BudgetError where the model has none that may stand."""
        try:
            return worded_frame(incoming, asked, self._chat, self._allowance())
        except ModelSilent as silent:
            raise _unheard() from silent

    def _allowance(self) -> Allowance:
        return Allowance(self._options.model_seconds)

    def _completed(self, question: str, history: Sequence[str], allowance: Allowance) -> Consulted | None:
        """The rules' answer to a follow-up that a model completed; None where it is no such, or they have none."""
        whole = whole_question(question, history, self._chat, allowance)
        draft = self._by_rules(whole) if whole else None
        if draft is None:
            return None
        draft.notes.append(f"语言模型把这一问补成“{whole}”，请核对。")
        return Consulted(draft, "completed")

    def _judged(
        self, found: ModelReading, history: Sequence[str], rules: Draft | None, allowance: Allowance
    ) -> Consulted | None:
        draft = self._by_choice(found, history, allowance) if found.is_prose else None
        draft = draft or self._answered(found)
        checked = verified(draft, found.reading.question) if draft else None
        if checked is None or checked.route == "refuse":
            return None
        if rules and (_figures(checked) <= _numbers(rules) or _is_whole(rules, checked, found)):
            return Consulted(None, "agreed")
        if rules is None or _figures(rules) <= _numbers(checked):
            return Consulted(_noted(checked, found), "used")
        both = self._beside(rules, found)
        return Consulted(_noted(verified(both, found.reading.question), found), "beside") if both else None

    def _answered(self, found: ModelReading) -> Draft | None:
        """The whole answer to a reading, which tells all that the question names."""
        answer = self._core.answer([found.reading])
        if answer is None or not answer.is_whole or not _tells_all(found, answer.draft):
            return None
        return answer.draft

    def _by_choice(self, found: ModelReading, history: Sequence[str], allowance: Allowance) -> Draft | None:
        """The sentences that a model chooses; None where it chooses none, or they don't tell what is named."""
        if len(found.reading.targets) != 1:
            return None
        catalog = self._library.catalog(found.reading.targets[0].document.document_id)
        draft = Draft(self._library, catalog, route="text")
        wants_reason = any(isinstance(a.query, Say) and a.query.intent == "why" for a in found.reading.asks)
        draft.lines += quoted_by_choice(
            found.reading.question, history, draft, self._chat, allowance, wants_reason=wants_reason
        )
        return draft if draft.lines and _tells_all(found, draft) else None

    def _beside(self, rules: Draft, found: ModelReading) -> Draft | None:
        """Both answers, each under its name."""
        other = self._core.beside(rules, found.reading)
        if other is None:
            return None
        told = [line for line in rules.lines if not line.startswith(WARNING)]  # they are made anew for both
        first = replace(rules, lines=[_BOTH, _BY_RULES, *told], notes=[])
        return joined_drafts([first, replace(other, lines=[_BY_MODEL, *other.lines])])


def _unheard() -> ModelUnheard:
    return ModelUnheard("语言模型没有及时回复。", "请稍后再试；原来的回答不受影响。")


def _is_whole(rules: Draft, other: Draft, found: ModelReading) -> bool:
    """Whether the rules' answer leaves nothing of a reading open, and the other one only gives figures beside it."""
    return _figures(rules) <= _numbers(other) and not leaves_open(found.reading, rules)


def _tells_all(found: ModelReading, draft: Draft) -> bool:
    """Whether an answer tells what the question restricts it to and its query does not say, and uses all operators."""
    asks = found.reading.asks
    queries = [ask.query for ask in asks]
    left = Ask(query=Select(names=unused_names(found.asked, queries, draft.catalog)))
    if untold_words(found.open_words, draft.lines, [draft]) or untold_names([left], draft):
        return False
    if lacks_reason(found.asked, asks):
        return False
    return found.is_prose or not (unused_words(found.asked, queries) or _lacks(asks, draft))


def _lacks(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether an answer lacks the computation or the number asked for, or tells of what was not asked for."""
    lacks = lacks_computation(asks, draft) or lacks_number(asks, draft)
    return lacks or tells_left_out(asks, draft) or tells_of_others(asks, draft)


def _numbers(draft: Draft) -> set[Decimal]:
    """The numbers that an answer's lines print."""
    return numbers("\n".join(draft.lines))


def _figures(draft: Draft) -> set[Decimal]:
    """The numbers that an answer gives: its figures, where it has none all that it quotes."""
    return {each for figure in draft.figures for each in numbers(figure.value)} or _numbers(draft)


def _noted(draft: Draft, found: ModelReading) -> Draft:
    """The answer with what the model took words of the question for."""
    for said, name in found.meant.items():
        draft.notes.append(f"语言模型把问题里的“{said}”按“{name}”理解，请核对。")
    return draft
