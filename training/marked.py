"""Marked questions: what a person asked, with what each stretch of it is, and what was asked.

``{f:有市民问：}{t:今年}的{i:差旅费}{a:是多少}``: spans neither nest nor overlap. The labels and the fields of a line
are described in ``training/README.md``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.tagger.features import Word
from assistant.trained.alphabet import LABELS, NONE, Operation
from assistant.understand.tokenize import normalised_as_put

DATA: Final = Path(__file__).parent / "data"
_MARK: Final = re.compile(r"\{(?P<label>[a-z]+):(?P<text>[^{}]+)\}")
_HELD_OUT: Final = 6
_NEAR: Final = 6
"""Characters within which a character of the normalised question is looked for."""

Piece = tuple[str, str]
"""A label and the text that bears it."""


class Asked(BaseModel):
    """One thing asked: the operation, what it is about, what a ranking goes by, whether such a document can tell it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    op: Operation
    args: tuple[str, ...] = ()
    by: str | None = None
    answerable: bool = True


class Marked(BaseModel):
    """One question: whose document, which voice, the questions before, the marked text, what is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    doc: str
    voice: Literal["official", "reply", "finance", "public"]
    writer: int
    history: tuple[str, ...] = ()
    marked: str
    asks: tuple[Asked, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Marked:
        """Only known labels, no mark left open, and every argument quoted from a span or a question before."""
        told = [*(text for _, text in self.spans), *self.history]
        if {label for label, _ in self.spans} - set(LABELS) or set("{}") & set(self.text):
            raise ValueError(f"{self.id}: marks")
        if lost := [arg for ask in self.asks for arg in ask.args if not any(arg in text for text in told)]:
            raise ValueError(f"{self.id}: {lost} stand in no span")
        return self

    @property
    def spans(self) -> tuple[tuple[str, str], ...]:
        """Label and text of each span, in order."""
        return tuple((match["label"], match["text"]) for match in _MARK.finditer(self.marked))

    @property
    def text(self) -> str:
        """The question as it was typed."""
        return _MARK.sub(lambda match: match["text"], self.marked)


def read_marked(folder: Path = DATA) -> Iterator[Marked]:
    """All written questions. Raises pydantic.ValidationError for a line that is none."""
    for path in sorted(folder.glob("written-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Marked.model_validate(json.loads(line))


def pieces_of(marked: str) -> Iterator[Piece]:
    """A marked question as its pieces in order; what stands in no span is labelled so."""
    last = 0
    for match in _MARK.finditer(marked):
        yield NONE, marked[last : match.start()]
        yield match["label"], match["text"]
        last = match.end()
    yield NONE, marked[last:]


def labelled(marked: str) -> tuple[str, list[str]]:
    """The question normalised as it was put, and the label of each of its characters."""
    return labelled_pieces(pieces_of(marked))


def labelled_pieces(pieces: Iterable[Piece]) -> tuple[str, list[str]]:
    """The text of pieces normalised as it was put, and the label of each of its characters."""
    characters = [(character, label) for label, text in pieces for character in text]
    plain, at = normalised_as_put("".join(character for character, _ in characters)), 0
    found: list[str] = []
    for character in plain:
        near = range(at, min(at + _NEAR, len(characters)))
        place = next((n for n in near if _is_same(characters[n][0], character)), None)
        if place is None:
            found.append(found[-1] if found else NONE)
        else:
            found.append(characters[place][1])
            at = place + 1
    return plain, found


def held_out(questions: Iterable[Marked]) -> frozenset[str]:
    """The documents whose questions are none of training: every sixth one by name."""
    return frozenset(sorted({question.doc for question in questions})[::_HELD_OUT])


def _is_same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFKC", one).lower() == other.lower()


def labels_of(words: Sequence[Word], characters: Sequence[str]) -> list[str]:
    """The label of each word: that of most of its characters."""
    return [Counter(characters[word.start : word.end]).most_common(1)[0][0] for word in words]
