"""The reader: a question and what it may mean go to a model, a query comes back, checked before anything is run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from assistant.catalog import DocumentCatalog
from assistant.core import Core, Reading, asked_unit, is_out_of_bounds
from assistant.library import Library
from assistant.model.bounded import Allowance, Bounded
from assistant.model.candidates import Candidates, candidates_of
from assistant.model.chat import Prompt
from assistant.model.form import FlatReading, FormBroken, reading_of
from assistant.model.left import claims_in, unread
from assistant.model.prompts import examples_like, plain, render
from assistant.model.queries import Maker, QueryBroken
from assistant.model.replies import json_in
from assistant.model.support import Question, mapped, problems
from assistant.reading.turns import Turn, pieces_in
from assistant.scope import Target
from assistant.understand.tokenize import normalised_question
from assistant.understand.wording import normalise

_QUOTED: Final = re.compile('[“"‘「『]([^“”"‘’「」『』]+)[”"’」』]')
_MOST_PROBLEMS: Final = 4
_MOST_TURNS: Final = 3
_MOST_REPLY: Final = 600
_MOST_TITLE: Final = 40
_MOST_SHOWN: Final = 2
"""Documents named to the model; which they are is the code's."""


class Unread(Exception):
    """The model's reading can't be used: it declined, or what it wrote stands neither in question nor document."""

    def __init__(self, kind: str, problems: Sequence[str] = ()) -> None:
        super().__init__(kind)
        self.kind = kind
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What a model read, fit to be run. ``meant``: stretches of the question by the names they were taken for.

    ``open_words``: words that would change what is asked and that the reading does not account for.
    """

    reading: Reading
    asked: Question
    meant: dict[str, str]
    open_words: tuple[str, ...]
    is_prose: bool


class ModelReader:
    """Reads by a model. Safe to share between threads."""

    def __init__(self, chat: Bounded, core: Core, library: Library) -> None:
        self._chat = chat
        self._core = core
        self._library = library

    def read(self, question: str, history: Sequence[str], allowance: Allowance) -> ModelReading | None:
        """What a question asks; None where no model is to be asked. Raises ModelSilent, Unread."""
        turns, alternatives = self._core.about(question, history)
        if len(alternatives) != 1:
            return None
        targets = alternatives[0]
        asked = self.asked(turns, targets[0])
        if is_out_of_bounds(asked.pieces, targets):
            return None
        *before, text = (turn.text for turn in turns[-1 - _MOST_TURNS :])
        prompt = reading_prompt(asked.candidates, text, before, [target.document.title for target in targets])
        reply = self._chat.ask(prompt, allowance)
        made = self._made(reply, asked, turns, targets)
        if isinstance(made, ModelReading):
            return made
        again = _repair(prompt, reply, made)
        made = self._made(self._chat.ask(again, allowance), asked, turns, targets)
        if isinstance(made, ModelReading):
            return made
        raise Unread("rejected", made)

    def asked(self, turns: Sequence[Turn], target: Target) -> Question:
        """A question as the checks see it."""
        contents = self._library.contents(target.document.document_id)
        register = self._core.register
        pieces = pieces_in(turns[-1], contents.catalog, register)
        before = [p for turn in turns[-1 - _MOST_TURNS : -1] for p in pieces_in(turn, contents.catalog, register)]
        said = normalise("\n".join(normalised_question(turn.text) for turn in turns[-1 - _MOST_TURNS :]))
        quoted = tuple(map(normalise, _QUOTED.findall(turns[-1].text)))
        candidates = candidates_of(pieces, before, contents)
        return Question(pieces, candidates, said, contents.full_text, contents.catalog.year, quoted)

    def _made(
        self, reply: str, asked: Question, turns: Sequence[Turn], targets: Sequence[Target]
    ) -> ModelReading | list[str]:
        """The reading, or what is wrong with it."""
        catalog = self._library.catalog(targets[0].document.document_id)
        data = json_in(reply, "asks")
        if data is None:
            return ["没有输出带 asks 的 JSON 对象，或者没有写完"]
        try:
            flat = reading_of(data)
            if not flat.asks:
                raise Unread("declined")
            return self._checked(flat, asked, turns, targets, catalog)
        except (FormBroken, QueryBroken) as error:
            return [str(error)]
        except ValidationError as error:
            return [f"{error.title} 不合格式"]

    def _checked(
        self, flat: FlatReading, asked: Question, turns: Sequence[Turn], targets: Sequence[Target],
        catalog: DocumentCatalog,
    ) -> ModelReading | list[str]:  # fmt: skip
        meant = mapped(flat, asked)
        open_words = unread(asked, flat, tuple(meant))
        asks = Maker(catalog, len(targets), open_words).asks(flat, turns[-1].text)
        if found := problems(flat, asks, asked, catalog):
            return found
        claims = claims_in(asked, [ask.query for ask in asks])
        asks = (asks[0].model_copy(update={"claims": claims}), *asks[1:])
        reading = Reading(turns[-1].text, asks, tuple(targets), asked_unit(asked.pieces))
        return ModelReading(reading, asked, meant, open_words, all(ask.op == "say" for ask in flat.asks))


def reading_prompt(candidates: Candidates, question: str, history: Sequence[str], titles: Sequence[str]) -> Prompt:
    """What is said to the model of a question; short, whatever the documents hold."""
    near = "；".join(f"“{plain(said)}”近于 {_joined(names)}" for said, names in candidates.near.items())
    return render(
        "reading",
        examples=examples_like(question),
        document="；".join(plain(title[:_MOST_TITLE]) for title in titles[:_MOST_SHOWN]),
        names=_joined(candidates.linked),
        near=near,
        columns=_joined(candidates.columns),
        tables=_joined(candidates.tables),
        history="；".join(map(plain, history)),
        question=plain(question),
    )


def _repair(prompt: Prompt, reply: str, found: Sequence[str]) -> Prompt:
    """The same again, with what was wrong."""
    told = "；".join(dict.fromkeys(found[:_MOST_PROBLEMS]))
    return render(
        "repair", system=prompt.system, user=prompt.user, reply=plain(reply[:_MOST_REPLY]), problems=plain(told)
    )


def _joined(names: Sequence[str]) -> str:
    return "、".join(map(plain, names))
