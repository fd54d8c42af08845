"""What is asked of a project's form, piece by piece: ``事前评估要做多少个，费用上限多少`` are two things."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, Literal

from assistant.keywords import is_stop_word, without_asking
from assistant.understand.asked_words import printed_forms, telling_parts
from assistant.understand.operands import ASKING
from assistant.understand.plain_words import tagged_words
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Token, Understanding
from assistant.understand.wording import generic_words, wording_rules

Sort = Literal["money", "percent", "time", "count", "number"]
"""Kinds of numbers; ``number``: any."""

_CONTENT: Final = ("term", "other", "number", "compare")
_SPLITTING: Final = re.compile(r"[,;。?!:、()]")
_SILENT: Final = ("scope", "year", "years", "everyone", "document_types", "whole", "own")
_CLASSES: Final = ("goal", "indicator")
_SHARE: Final = "占"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing asked for: every one of ``words`` has to be printed, ``general`` ones tell lines that hold them apart.

    ``sort`` and ``unit`` are those of the number that is asked for; ``bound`` is the sign that it has to have;
    ``group`` is the class of indicators. ``is_funds``: what the project itself costs is asked for.
    """

    text: str
    words: tuple[str, ...]
    general: tuple[str, ...] = ()
    sort: Sort | None = None
    unit: str = ""
    bound: str = ""
    group: str = ""
    is_funds: bool = False


@dataclass(slots=True)
class _Piece:
    """A stretch of the question, with what it asks by; ``goes_on``: it stands behind a word for 和."""

    text: str
    start: int
    goes_on: bool = False
    sort: Sort | None = None
    unit: str = ""
    bound: str = ""
    words: list[str] = field(default_factory=list)
    general: list[str] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Whether it asks for a number."""
        return self.sort is not None or bool(self.bound)


def wishes_of(asked: Understanding, names: Collection[Token], titles: str) -> list[Wish]:
    """The things asked for in their order.

    ``names`` are those of the projects, which are not looked for; nor are words of the ``titles`` of their forms that
    only say where to look.
    """
    text = normalised_question(asked.question)
    group = next(iter(re.findall(_rules()["groups"], text)), "")
    silent = [t for t in asked.tokens if _is_silent(t, names)]
    words = {(start, end) for start, end, _, _ in tagged_words(text)}  # no mark within a word (及 of 及时率)
    marks = {t.start for t in asked.tokens if t.group == "conjunctions" and (t.start, t.end) in words}
    pieces = list(_pieces(_blanked(text, silent, group), marks))
    for piece in pieces:
        _read_asking(piece)
        _read_words(piece, asked.tokens)
    pieces = [piece for piece in _with_rest(pieces) if piece.asks or not all(word in titles for word in piece.words)]
    return [_wish(piece, group) for piece in _without_repeats(_with_common_end(pieces))]


def _is_silent(token: Token, names: Collection[Token]) -> bool:
    is_unit = any(link.role in ("unit", "whole") for link in token.links)
    is_class = token.group == "classes" and token.name in _CLASSES
    is_asking = ASKING.search(token.text) is not None  # 多少家单位
    return token in names or is_unit or is_class or (token.group in _SILENT and not is_asking)


def _blanked(text: str, silent: Sequence[Token], group: str) -> str:
    for token in silent:
        text = f"{text[: token.start]}{' ' * (token.end - token.start)}{text[token.end :]}"
    for word in (group, *wording_rules()["row_only"], *_rules()["silent"]):
        text = text.replace(word, " " * len(word)) if word else text
    return text


def _pieces(text: str, marks: Collection[int]) -> Iterator[_Piece]:
    start = 0
    for at, character in enumerate(f"{text}。"):
        if at in marks or _SPLITTING.match(character):
            if text[start:at].strip():
                yield _Piece(text[start:at], start, goes_on=start in marks)
            start = at + (0 if at in marks else 1)


def _read_asking(piece: _Piece) -> None:
    """What kind of number is asked for; the words that ask are taken out."""
    for sort, pattern in _rules()["sorts"].items():
        if found := re.search(pattern, piece.text):
            piece.unit = (found.groupdict().get("unit") or "").strip()
            piece.sort = "number" if sort == "count" and not piece.unit else sort
            piece.text = _without(piece.text, found)
            break
    if found := re.search(_rules()["share"], piece.text):
        piece.sort = "percent" if piece.sort in (None, "number") else piece.sort
        piece.text = _without(piece.text, found)
        piece.words.append(_SHARE)
    for sign, pattern in _rules()["bounds"].items():
        while found := re.search(pattern, piece.text):
            piece.bound = sign
            piece.text = _without(piece.text, found)


def _without(text: str, found: re.Match[str]) -> str:
    """A text with blanks for what was found, so that the rest keeps its place."""
    return text[: found.start()] + " " * len(found.group()) + text[found.end() :]


def _read_words(piece: _Piece, tokens: Sequence[Token]) -> None:
    for start, end, cut, _ in tagged_words(piece.text):
        word = without_asking(cut.strip())
        at, to = piece.start + start, piece.start + end
        is_content = any(t.group in _CONTENT and t.start < to and at < t.end for t in tokens)
        if not word or is_stop_word(word) or word in _rules()["asking"]:
            continue
        if word in generic_words():
            piece.general.append(word)
        elif is_content:
            piece.words.append(word)


def _with_rest(pieces: Sequence[_Piece]) -> list[_Piece]:
    """``多少台线路及设备``: behind what has asked the rest of an enumeration goes with it."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and piece.goes_on and joined[-1].asks and not piece.asks:
            joined[-1].words += piece.words
            joined[-1].general += piece.general
        else:
            joined.append(piece)
    return joined


def _with_common_end(pieces: list[_Piece]) -> list[_Piece]:
    """``A和B的数量分别是多少个``: what the last asks by goes for those before that ask by nothing."""
    for before, piece in reversed(list(pairwise(pieces))):
        if not before.asks:
            before.sort, before.unit, before.bound = piece.sort, piece.unit, piece.bound
            before.general += [word for word in piece.general if word not in before.general]
    return pieces


def _without_repeats(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """``是几人？两种各几人``: what names nothing and asks by the same asks for nothing more."""
    before: _Piece | None = None
    for piece in pieces:
        repeats = before and not piece.words and not piece.general and piece.sort in ("number", before.sort)
        if not repeats or piece.bound:
            yield piece
        before = piece


def _wish(piece: _Piece, group: str) -> Wish:
    said = {*piece.words, *piece.general}
    is_money = piece.sort == "money" or (piece.sort == "number" and bool(said))
    is_funds = is_money and not piece.bound and said <= set(_rules()["funds"])
    return Wish(
        piece.text.strip(), tuple(piece.words), tuple(piece.general), piece.sort, piece.unit, piece.bound, group,
        is_funds,
    )  # fmt: skip


def holds(text: str, word: str) -> bool:
    """Whether a normalised text holds a word in one of the forms in which budgets print it."""
    parts = telling_parts(word)
    return any(form in text for form in printed_forms(word)) or (len(parts) > 1 and all(p in text for p in parts))


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = wording_rules()["promises"]
    return rules
