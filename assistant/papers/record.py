"""A whole conversation, to be filed: each question with its answer and the answer's sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.papers.places import SourceNames
from assistant.papers.text import marked_lines, source_lines
from assistant.talks import Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, the lines told to it, and what their marks stand for."""

    question: str
    told: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A conversation under its name; ``about`` says what this is and from when."""

    title: str
    about: str
    exchanges: tuple[Exchange, ...]


def record_of(title: str, turns: Sequence[Turn], names: SourceNames, today: date) -> Record:
    """The record of a conversation's turns."""
    made = f"{today.year}年{today.month}月{today.day}日"
    about = f"“预算问答”的对话记录，共 {len(turns)} 问，{made}导出。方括号里的数是出处的编号，每一问各自编号。"
    return Record(title, about, tuple(_exchange(turn, names) for turn in turns))


def _exchange(turn: Turn, names: SourceNames) -> Exchange:
    if turn.answer is None:
        return Exchange(turn.question, (turn.problem,))
    told = tuple(filter(str.strip, (*_beside(turn), *marked_lines(turn.answer))))
    return Exchange(turn.question, told, tuple(source_lines(turn.answer, names)))


def _beside(turn: Turn) -> Iterator[str]:
    """How the question was taken where that isn't what was typed, and who took part."""
    if turn.answer and turn.answer.standalone_question not in (turn.question, ""):
        yield f"（理解为：{turn.answer.standalone_question}）"
    if turn.answer and turn.answer.engine == "model":
        yield "（语言模型参与）"
