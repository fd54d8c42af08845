"""What happens when somebody asks on the page: scope, history, answer, what is kept of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from assistant.answer import Answer
from assistant.citations import document_id_of
from assistant.journal.events import Objected
from assistant.scope import document_name
from assistant.talks import Talk, Talks, Turn, history_of
from assistant.ui.ways import Ways, reply_to
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.serving import Serving

log = logging.getLogger(__name__)

MOST_SCOPED: Final = 8
"""Documents that a question can be narrowed to; beyond that it has to compare all."""

_LOCKS: Final = 64
"""Conversations that share a lock wait for each other; one conversation's turns always do."""


Way = Literal["rules", "reworded"]
"""How an answer is wanted once more: without the model, or with its quotations in other words."""


class GoneTalk(BudgetError):
    """A conversation or an answer that isn't there (any more), or is another visitor's."""

    def __init__(self) -> None:
        super().__init__("没有这个对话或回答（可能已经删除）。", "请刷新页面再试。")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it comes from the page.

    ``scope``: ids of the documents chosen. ``fresh``: not to be read as continuing the conversation.
    """

    question: str
    scope: tuple[str, ...] = ()
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks, and in which conversation."""

    owner: str
    talk: str


class Desk:
    """Asks the engine on behalf of a page and keeps what came of it. Safe to share between threads."""

    def __init__(self, serving: Serving, talks: Talks) -> None:
        self._serving = serving
        self.talks = talks
        self.ways = Ways(serving)
        self._locks = tuple(threading.Lock() for _ in range(_LOCKS))

    @property
    def assistant(self) -> Assistant:
        """The engine as it is now: another one after each new index."""
        return self._serving.engine

    def ask(self, owner: str, talk: str, asked: Asked) -> tuple[str, Turn]:
        """The conversation's id and its new turn; a conversation that this owner has not begun is begun anew."""
        found, turns = self.asked(owner, talk, asked)
        return found.id, turns[-1]

    def asked(self, owner: str, talk: str, asked: Asked) -> tuple[Talk, list[Turn]]:
        """The conversation with the turns before the new one too."""
        question = asked.question.strip()
        begun = self.talks.find(owner, talk) if talk else None
        found = begun or self.talks.begin(owner, question)
        with self._locks[hash(found.id) % _LOCKS]:
            turns = self.talks.turns(found.id) if begun else []
            turns.append(self.talks.add(found.id, self._turn(_Asker(owner, found.id), question, asked, turns)))
        return found, turns

    def again(self, owner: str, talk: str, number: int, way: Way) -> tuple[Talk, list[Turn]]:
        """A turn of a conversation once more, as its new last one. Raises BudgetError where that can't be had."""
        with self._locks[hash(talk) % _LOCKS]:
            found = self.talks.find(owner, talk)
            turns = self.talks.turns(talk) if found else []
            before = [turn for turn in turns if turn.number <= number]
            if found is None or not before or before[-1].number != number or before[-1].answer is None:
                raise GoneTalk
            made = replace(before[-1], number=len(turns) + 1, answer=self._otherwise(_Asker(owner, talk), before, way))
            turn = self.talks.add(talk, made)
        return found, [*turns, turn]

    def object(self, owner: str, talk: str, number: int, comment: str) -> None:
        """Keeps what somebody says is wrong with an answer."""
        self.talks.object(talk, number, comment)
        self._serving.tell(Objected(owner, talk, number, comment))

    def _otherwise(self, asker: _Asker, turns: Sequence[Turn], way: Way) -> Answer:
        """What the last of some turns is answered without the model, or its answer with quotations in other words."""
        last = turns[-1]
        if way == "reworded" and last.answer:
            if self.assistant.model is None:
                raise BudgetError("没有设语言模型。")
            return self.assistant.model.reworded(last.answer)
        made = self._ask(asker, last.asked, history_of(turns), by_rules=True)
        return self._leading_on(made.model_copy(update={"question": last.question}), last.scope)

    def _turn(self, asker: _Asker, question: str, asked: Asked, before: Sequence[Turn]) -> Turn:
        number = len(before) + 1
        last = before[-1].answer if before else None
        if reply := reply_to(self.assistant, question, last):
            return Turn(number, question, "", asked.scope, False, reply)
        try:
            history: Sequence[str] = history_of([*before, Turn(number, question, "", fresh=asked.fresh)])
            narrowed = self.narrowed(question, asked.scope)
            answer, history = self._answer(asker, narrowed, history)
        except BudgetError as error:
            return Turn(number, question, "", asked.scope, asked.fresh, problem=f"{error.problem}{error.remedy}")
        except Exception:  # the visitor needs a message; the log has the traceback
            log.exception("unexpected error while answering")
            problem = "回答时出了内部错误。请换个问法再试；详情已记入服务日志。"
            return Turn(number, question, "", asked.scope, asked.fresh, problem=problem)
        is_fresh = asked.fresh or (bool(before) and not history)
        answer = answer.model_copy(update={"question": question})
        return Turn(number, question, narrowed, asked.scope, is_fresh, self._leading_on(answer, asked.scope))

    def _answer(self, asker: _Asker, question: str, history: Sequence[str]) -> tuple[Answer, Sequence[str]]:
        """The answer, and the history it was given with: a question for all units needs none, whatever was before."""
        answer = self._ask(asker, question, history)
        if not history or answer.route not in ("refuse", "clarify"):
            return answer, history
        alone = self._ask(asker, question)
        if len({document_id_of(each) for each in alone.citations}) > 1:
            return alone, ()
        return answer, history

    def _ask(self, asker: _Asker, question: str, history: Sequence[str] = (), *, by_rules: bool = False) -> Answer:
        return self._serving.ask(question, history, by_rules=by_rules, way="page", who=asker.owner, talk=asker.talk)

    def narrowed(self, question: str, scope: Sequence[str]) -> str:
        """The question with the chosen documents named, unless it names some itself. Raises BudgetError."""
        if not scope or self.assistant.names_scope(question):
            return question
        names = self.names(scope)
        if len(names) > MOST_SCOPED:
            raise BudgetError(
                f"选了 {len(names)} 份文件，一次最多问 {MOST_SCOPED} 份。", "请少选几份，或者不选（问全部）。"
            )
        return f"{'、'.join(names)}：{question}" if names else question

    def names(self, scope: Sequence[str]) -> list[str]:
        """The documents by name; those no longer loaded are left out."""
        return [document_name(each) for each in self.assistant.warehouse.documents() if each.document_id in scope]

    def _leading_on(self, answer: Answer, scope: Sequence[str]) -> Answer:
        """A refusal with what can be asked instead."""
        if not answer.refused:
            return answer
        return answer.model_copy(update={"follow_ups": self.ways.instead_of(answer, self.names(scope))})
