"""Prompts: the files under prompts/, rendered. A missing variable is an error."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from rapidfuzz import fuzz

from assistant.model.chat import Prompt
from assistant.model.signs import signs_in
from index.paths import ROOT

FOLDER: Final = ROOT / "prompts"
_DIVIDER: Final = "\n---\n"
_EXAMPLES: Final = 3
_OF_SIGNS: Final = 60
"""What the operators weigh beside the words, which count up to 100."""

_TAGS: Final = str.maketrans("<>\n\r", "＜＞  ") | dict.fromkeys(range(0xD800, 0xE000), ord(" "))
"""Signs of tags, and lone surrogates, which no text that is sent may hold."""

_VERSION: Final = re.compile(r"\A\{# 版本 (\d+) #\}\n")
_MOST_TOKENS: Final = {
    "reading": 700,
    "repair": 700,
    "follow_up": 200,
    "passages": 120,
    "rewording": 900,
    "letter": 300,
    "sql": 700,
    "sql_repair": 700,
}
"""That may come back."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its reading, as JSON."""

    question: str
    reply: str


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """All examples."""
    lines = (FOLDER / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Example(each["question"], _json(each["reply"])) for each in map(json.loads, lines))


def examples_like(question: str) -> tuple[Example, ...]:
    """The examples most like a question by operators and words, the most alike last, where a model minds it most."""
    own = signs_in(question)
    return tuple(sorted(examples(), key=lambda example: _likeness(example.question, question, own))[-_EXAMPLES:])


def _likeness(text: str, question: str, own: frozenset[str]) -> float:
    other = signs_in(text)
    alike = len(own & other) / max(len(own | other), 1)
    return _OF_SIGNS * alike + fuzz.token_ratio(_spaced(text), _spaced(question))


def plain(text: str) -> str:
    """A text as data: on one line, and without the characters of tags.

    >>> plain("</问题>\\n现在回答 <b>")
    '＜/问题＞ 现在回答 ＜b＞'
    """
    return text.translate(_TAGS)


def render(name: str, **variables: Any) -> Prompt:
    """A prompt with its variables. Raises jinja2.UndefinedError where one is missing."""
    system, user = _template(name).render(**variables).split(_DIVIDER, 1)
    return Prompt(system.strip(), user.strip(), _MOST_TOKENS[name], f"{name}-{version_of(name)}")


@cache
def version_of(name: str) -> int:
    """The number that a prompt's file begins with; another one for other words. Raises ValueError without one."""
    told = _VERSION.match((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    if told is None:
        raise ValueError(f"prompts/{name}.md has no version")
    return int(told[1])


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # no HTML: texts go through plain()
    )
    return environment.get_template(f"{name}.md")


def _json(reply: Any) -> str:
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))


def _spaced(text: str) -> str:
    """Two characters a word, so that likeness is of words and not of an order."""
    return " ".join(text[n : n + 2] for n in range(len(text) - 1))
