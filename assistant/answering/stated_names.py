"""Names that begin like an operation: ``平均得分`` and ``最高限价`` are stated by sentences, not computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.understand.asked_words import AskedWord, item_word
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise

_OPERATIONS: Final = frozenset({"mean", "max", "min", "sum"})
_HEAD: Final = re.compile(r"平均|最[高低大小多少]|合计|累计")
_ASKING: Final = re.compile(r"多少|[几是为的了有吗呢]")
_CLAUSE: Final = re.compile(r"[^,;。?!]*")
_PARTS: Final = re.compile(r"[;。]")
_LONGEST: Final = 6
_LEAST: Final = 2


def stated_names(draft: Draft, asked: Understanding) -> tuple[str, ...]:
    """The words of operations that with what follows them are a name which the document prints before a number."""
    return tuple(dict.fromkeys(_names(draft, asked)))


def _names(draft: Draft, asked: Understanding) -> Iterator[str]:
    text = normalised_question(asked.question)
    for token in asked.tokens:
        head = _HEAD.match(token.text) if token.group == "operations" and token.name in _OPERATIONS else None
        if not head:
            continue
        clause = _CLAUSE.match(text, token.start + head.end())
        rest = _ASKING.sub("", clause.group()) if clause else ""
        for length in range(min(_LONGEST, len(rest)), _LEAST - 1, -1):
            if states(draft.contents.full_text, head.group() + rest[:length]):
                yield head.group() + rest[:length]
                break


def states(text: str, name: str) -> bool:
    """Whether a normalised text prints a number right behind a name."""
    return bool(re.search(rf"{re.escape(name)}[为是约达到:]*\d", text))


def says_all(draft: Draft, asked: Understanding, names: Sequence[str]) -> bool:
    """Whether what is quoted states all of the names, each in one part of a sentence with the items asked about."""
    parts = _PARTS.split(normalise("；".join(draft.lines)))
    items = [item_word(term) for operand in asked.operands for term in operand.terms]
    return all(any(states(part, name) and all(item.is_in(part) for item in items) for part in parts) for name in names)


def as_words(names: Sequence[str]) -> list[AskedWord]:
    """The names as words that only sentences account for."""
    return [AskedWord(name, (name,), unexplained=True) for name in names]
