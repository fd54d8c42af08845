"""An answer as plain text: without its marks, or with them and what they stand for."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.blocks import separated
from assistant.citations import MARK
from assistant.papers.places import SourceNames


def text_of(answer: Answer) -> str:
    """The answer without marks, to be copied."""
    return "\n".join(separated(MARK.sub("", _without_signs(line))) for line in answer.told.splitlines()).strip()


def text_with_sources(answer: Answer, names: SourceNames) -> str:
    """The answer with its marks and the list of what they stand for."""
    return "\n".join([*marked_lines(answer), "", "出处：", *source_lines(answer, names)]).strip()


def marked_lines(answer: Answer) -> list[str]:
    """The answer's lines with their marks, and what is to be told beside it."""
    lines = [separated(_without_signs(line)) for line in answer.told.splitlines()]
    return lines + [f"注意：{note}" for note in answer.notes if note not in answer.told]


def source_lines(answer: Answer, names: SourceNames) -> list[str]:
    """What each mark stands for."""
    return [f"[{each.n}] {names.line(each)}" for each in answer.sources]


def _without_signs(line: str) -> str:
    return line.replace("**", "").removeprefix("> ").replace("⚠ ", "注意：")
