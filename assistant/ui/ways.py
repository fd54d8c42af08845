"""Ways on: replies to what asks nothing of a budget, and questions that what is loaded answers."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer
from assistant.scope import document_name
from assistant.sources import loaded_documents
from index.errors import BudgetError
from index.paths import ROOT

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.serving import Serving

EXAMPLES: Final = ROOT / "data" / "examples.yaml"
REPLIES: Final = ROOT / "data" / "replies.yaml"
MOST: Final = 3
_MOST_TRIED: Final = 1_000
"""Questions of which it is kept whether they are answered: what one refusal offers, the next one often does too."""

_AROUND: Final = re.compile(r"[\s，,。！!？?~～、.]+|^(?:请问?|那)|(?:[啊呀吧呢吗哦啦]|一下)$")


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    said: str
    reply: str = ""
    several: bool = False


class _Examples(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    one: tuple[str, ...]
    several: tuple[str, ...]


@lru_cache(maxsize=1)
def _replies() -> tuple[_Reply, ...]:
    return tuple(map(_Reply.model_validate, yaml.safe_load(REPLIES.read_text(encoding="utf-8"))))


def examples() -> _Examples:
    """The questions offered on an empty page, as they are kept."""
    return _Examples.model_validate(yaml.safe_load(EXAMPLES.read_text(encoding="utf-8")))


def reply_to(assistant: Assistant, text: str, last: Answer | None) -> Answer | None:
    """The reply to a greeting, a word of thanks, a question about the page itself; None for a question.

    ``last``: the answer given before, to be said again.
    """
    bare = text.strip().lower()
    while (shorter := _AROUND.sub("", bare)) != bare:
        bare = shorter
    said = next((each for each in _replies() if re.fullmatch(each.said, bare)), None)
    if said and said.several and len(assistant.warehouse.documents()) == 1:
        return None
    if said is None or (said.name == "again" and last is None):
        return None
    if said.name == "again" and last is not None:
        return last.model_copy(update={"question": text})
    told = _documents_told(assistant) if said.name == "documents" else said.reply
    return Answer(id="", question=text, standalone_question=text, route="text", refused=False, answer=told)


def _documents_told(assistant: Assistant) -> str:
    documents = loaded_documents(assistant.warehouse)
    lines = [
        f"{number}. {document_name(each.record)}（{each.tables} 张表）" for number, each in enumerate(documents, 1)
    ]
    return "\n".join([f"现在载入了 {len(lines)} 份文件，点输入框上面的“问”可以选：", "", *lines])


class Ways:
    """Questions that are known to be answered over what is loaded."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._fitting: tuple[str, ...] | None = None
        self._is_answered = lru_cache(maxsize=_MOST_TRIED)(self._is_answered_by)

    def prepare(self) -> None:
        """Tries the examples in the background, anew for each index; until that is done they are offered untried."""
        self._fitting = None
        threading.Thread(target=self._try_examples, daemon=True).start()

    def examples(self) -> Sequence[str]:
        """What to offer on an empty page."""
        return tuple(self._candidates()) if self._fitting is None else self._fitting

    def _try_examples(self) -> None:
        version = self._serving.engine.version
        self._fitting = tuple(question for question in self._candidates() if self._is_answered(question, version))

    def _candidates(self) -> Iterator[str]:
        records = [each.record for each in loaded_documents(self._serving.engine.warehouse)]
        if len(records) == 1:
            yield from examples().one
            return
        for number, question in enumerate(examples().several):
            yield question.format(unit=document_name(records[number % len(records)]))

    def instead_of(self, refused: Answer, scope: Sequence[str]) -> list[str]:
        """Up to three questions that are answered, for one that isn't: about what is near, else the examples.

        ``scope``: the names of the documents asked about.
        """
        lead = f"{scope[0]}：" if scope else ""
        own = (f"{lead}{question}" for question in examples().one)
        found: list[str] = []
        for question in (*refused.follow_ups, *(own if lead or not refused.follow_ups else ())):
            if len(found) < MOST and self._is_answered(question, self._serving.engine.version):
                found.append(question)
        return found or list(self.examples())[:MOST]

    def _is_answered_by(self, question: str, version: str) -> bool:
        """Whether a question is answered over a version of the index, the one that serves."""
        try:
            return self._serving.engine.ask(question).route in ("sql", "text", "both")
        except BudgetError:
            return False
