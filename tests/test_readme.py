"""The README is true: its commands, settings and links exist, and its examples are what the program answers."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

import pytest
import typer.main

from assistant.api import create_api
from assistant.ask import Assistant
from assistant.cli import EXIT_CODES, app
from assistant.ground import numbers
from assistant.serving import Serving
from assistant.settings import Settings
from tests.conftest import ROOT

README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
ARROW: Final = " → "


class Example(NamedTuple):
    """A printed conversation: the questions before, the question, and the answer to it."""

    history: tuple[str, ...]
    question: str
    answer: str


def _examples() -> list[Example]:
    printed = re.findall(r"^\*\*问：(.+)\*\*\n\n((?:>.*\n)+)", README, re.MULTILINE)
    conversations = [(asked.split(ARROW), re.sub(r"^> ?", "", answer, flags=re.MULTILINE)) for asked, answer in printed]
    return [Example(tuple(questions[:-1]), questions[-1], answer) for questions, answer in conversations]


def test_there_are_five_examples_one_of_them_a_follow_up() -> None:
    assert len(_examples()) == 5
    assert any(example.history for example in _examples())


@pytest.mark.parametrize("example", _examples(), ids=lambda example: example.question)
def test_an_example_is_what_the_program_answers(seed_assistant: Assistant, example: Example) -> None:
    answer = seed_assistant.ask(example.question, example.history)
    figures = {Decimal(figure.value.replace(",", "")).normalize() for figure in answer.figures}
    assert figures <= numbers(example.answer) <= numbers(answer.answer)
    assert ("**" in example.answer) == bool(figures)
    assert ("⚠" in example.answer) == bool(answer.notes)
    assert ("[1]" in example.answer) != answer.refused


def test_the_commands_are_those_of_the_program() -> None:
    group = typer.main.get_command(app)
    lines = [line for line in README.splitlines() if "python -m assistant " in line]
    named = {match["command"]: match.string for line in lines if (match := _named_command(line))}
    assert named.keys() == set(group.commands)  # type: ignore[attr-defined]


def test_the_options_are_those_of_their_commands() -> None:
    group = typer.main.get_command(app)
    for line in README.splitlines():
        if match := _named_command(line):
            command = group.commands[match["command"]]  # type: ignore[attr-defined]
            known = {option for parameter in command.params for option in parameter.opts}
            assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", line)) <= known, line


def _named_command(line: str) -> re.Match[str] | None:
    return re.search(r"python -m assistant (?P<command>[a-z]+)", line)


def test_every_exit_code_is_told() -> None:
    for code in re.findall(r"\d+", EXIT_CODES):
        assert re.search(rf"(?:：|；){code} ", README), code


def test_the_settings_are_those_of_the_program() -> None:
    assert set(re.findall(r"BUDGET_[A-Z_]+", README)) == {f"BUDGET_{name.upper()}" for name in Settings.model_fields}


def test_the_defaults_are_those_of_the_program() -> None:
    for name, default in re.findall(r"^\| `BUDGET_([A-Z_]+)` \| `([^`]+)` \|", README, re.MULTILINE):
        value = Settings.model_fields[name.lower()].default
        assert default == str(value.relative_to(ROOT) if isinstance(value, Path) else value)


def test_the_endpoints_are_those_of_the_program(seed_assistant: Assistant) -> None:
    paths = create_api(Serving(seed_assistant)).openapi()["paths"]
    assert set(re.findall(r"/api/[a-z]+", README)) == set(paths)


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_files_named_in_commands_exist() -> None:
    named = re.findall(r"(?:data|tests|docs)/[\w./-]+\w", README)
    unbuilt = [path for path in named if path != "data/built" and not (ROOT / path).exists()]
    assert unbuilt == []
