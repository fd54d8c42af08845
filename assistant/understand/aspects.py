"""What of a change is asked for in a list, without a word that asks: 今年数、减少额、倒算出的上年数和原因."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict

from index.dictionary import read_yaml

_LEAST: Final = 2
"""Kinds of which a list is made; one by itself is read where it stands."""


class _Kind(BaseModel):
    """How one kind is asked for, how it is said anywhere, and how in short among others that are said in full."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asks: str
    said: str
    short: str | None = None


class AspectRules(BaseModel):
    """aspects.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    joint: str
    lead: str
    begins: str
    ends: str
    behind: str
    not_list: str
    kinds: dict[str, _Kind]


@lru_cache(maxsize=1)
def aspect_rules() -> AspectRules:
    """The validated rules. Raises pydantic.ValidationError for a malformed file."""
    return AspectRules.model_validate(read_yaml("aspects.yaml"))


def asked_singly(text: str) -> str:
    """A normalised question with each list of what is asked of a change as one question after the other.

    >>> asked_singly("培训费要写今年数、减少额和原因")
    '培训费要写,今年多少,比上年增减多少,为什么,'
    """
    parts, end = [], 0
    for match in _list_pattern().finditer(text):
        asked = _asked(match["run"])
        if len(asked) < _LEAST or _not_list().match(text, match.end()):
            continue
        parts += [text[end : match.start()], ",", ",".join(asked), ","]
        end = match.end()
    return "".join((*parts, text[end:]))


def _asked(run: str) -> tuple[str, ...]:
    """The questions for the kinds that a run lists; none where only years are told apart."""
    kinds = aspect_rules().kinds
    told = [name for each in _joint().split(run) if (name := _kind_of(each))]
    of_change = {"change", "rate"} & {*told} or {"last", "reason"} <= {*told}
    return tuple(kind.asks for name, kind in kinds.items() if name in told) if of_change else ()


def _kind_of(said: str) -> str | None:
    return next((name for name, pattern in _single() if pattern.fullmatch(said)), None)


@lru_cache(maxsize=1)
def _single() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(_whole(said))) for name, said in _forms())


def _forms() -> Iterator[tuple[str, str]]:
    for name, kind in aspect_rules().kinds.items():
        yield name, kind.said
        if kind.short is not None:
            yield name, f"{aspect_rules().begins}(?:{kind.short}){aspect_rules().ends}"


def _whole(said: str) -> str:
    return f"{aspect_rules().lead}(?:{said})"


@lru_cache(maxsize=1)
def _joint() -> re.Pattern[str]:
    return re.compile(aspect_rules().joint)


@lru_cache(maxsize=1)
def _not_list() -> re.Pattern[str]:
    return re.compile(aspect_rules().not_list)


@lru_cache(maxsize=1)
def _list_pattern() -> re.Pattern[str]:
    one = "|".join(_whole(said) for _, said in _forms())
    rules = aspect_rules()
    return re.compile(f"(?P<run>(?:{one})(?:(?:{rules.joint})(?:{one}))+){rules.behind}")
