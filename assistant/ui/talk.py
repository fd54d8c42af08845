"""One visitor's conversation as the page keeps it, and how a question moves it on."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.ui.messages import answer_message, problem_message, working_message
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.ask import Assistant

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Turn:
    """A question and what the chat shows for it; ``answer`` once there is one."""

    question: str
    message: str
    answer: Answer | None = None


@dataclass(slots=True)
class Talk:
    """A conversation; ``conversation`` is the engine's name for it."""

    turns: list[Turn] = field(default_factory=list)
    conversation: str = ""

    def answer_of(self, turn: int) -> Answer | None:
        """The answer of a turn counted from 1, None where there is none (any more)."""
        return self.turns[turn - 1].answer if 0 < turn <= len(self.turns) else None

    def ask(self, assistant: Assistant, question: str) -> Iterator[Turn]:
        """Ask; yields the new turn each time what it shows has changed."""
        self.conversation = self.conversation or uuid.uuid4().hex
        steps = ["理解问题…"]
        turn = Turn(question, working_message(steps))
        self.turns.append(turn)
        yield turn
        try:
            for event in assistant.stream(question, self.conversation):
                if isinstance(event, Answer):
                    turn.answer, turn.message = event, answer_message(event, len(self.turns))
                elif event.text != steps[-1]:
                    steps.append(event.text)
                    turn.message = working_message(steps)
                yield turn
        except BudgetError as error:
            turn.message = problem_message(error)
            yield turn
        except Exception:  # the visitor needs a message instead of a page that hangs; the log has the traceback
            log.exception("unexpected error while answering")
            turn.message = problem_message(BudgetError("回答时出了内部错误。", "请换个问法再试；详情已记入服务日志。"))
            yield turn
