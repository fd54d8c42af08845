"""``ask --batch``: JSON lines in, one answer line each out, in the same order, whatever is wrong with a line."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import from_json

from assistant.answer import Answer
from assistant.cli.console import err, progress_bar
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.ask import Assistant

EXIT_BAD_LINES: Final = 2
EXIT_INTERNAL: Final = 1


class _Identified(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str = ""


class BatchQuestion(BaseModel):
    """One line of a batch; other fields are somebody else's and stay out of the way."""

    question: str
    history: list[str] = Field(default_factory=list)

    @field_validator("history", mode="before")
    @classmethod
    def _no_history(cls, value: Any) -> Any:
        return [] if value is None else value


class BatchFileError(BudgetError):
    """The batch can't be read at all."""

    exit_code = 2


def read_lines(path: Path) -> list[tuple[int, bytes]]:
    """The non-empty lines with their numbers; ``-`` is standard input. Raises BatchFileError."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise BatchFileError(f"读不了文件 {path}：{error.strerror}") from error
    # not decoded as a whole: a damaged byte spoils its own line only
    lines = data.removeprefix(BOM_UTF8).split(b"\n")
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def answer_batch(assistant: Assistant, lines: Sequence[tuple[int, bytes]]) -> int:
    """Answer every line and print the answers to stdout. Returns the exit code."""
    codes = {0}
    with progress_bar() as progress:
        for number, line in progress.track(lines, description="回答"):
            answer, code = _answer_line(assistant, number, line)
            typer.echo(answer.model_dump_json())
            codes.add(code)
    return EXIT_INTERNAL if EXIT_INTERNAL in codes else max(codes)


def _answer_line(assistant: Assistant, number: int, line: bytes) -> tuple[Answer, int]:
    answer_id, question = f"line-{number}", ""
    try:
        content = from_json(line)
        answer_id = _identifier(content) or answer_id
        asked = BatchQuestion.model_validate(content)
        question = asked.question
        return assistant.ask(question, asked.history, answer_id), 0
    except ValidationError as error:
        text, code = f"这一行不合格式：{_reason(error)}", EXIT_BAD_LINES
    except BudgetError as error:
        text, code = str(error), EXIT_BAD_LINES
    except ValueError as error:
        text, code = f"这一行不是有效的 JSON：{error}", EXIT_BAD_LINES
    except Exception as error:  # one question's defect must not cost the others their answers; it is shown and counted
        text, code = f"内部错误（{type(error).__name__}：{error}）", EXIT_INTERNAL
    err.print(f"第 {number} 行：{text}", style="red", markup=False, soft_wrap=True)
    return Answer(
        id=answer_id, question=question, standalone_question=question, route="refuse", refused=True, answer=text
    ), code


def _identifier(content: Any) -> str:
    try:
        return _Identified.model_validate(content).id
    except ValidationError:
        return ""


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc'])) or '整行'} 缺少或类型不对"
