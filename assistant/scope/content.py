"""Which of several documents is meant, where only one of them prints what the question names."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

from assistant.scope.resolve import Choice, Scope, Target
from assistant.understand.tokenize import normalised_question
from assistant.understand.wording import generic_words
from assistant.words import known_words, tagged
from index.records import DocumentRecord

_RUN: Final = re.compile(r"[一-鿿a-zA-Z]+")
_LEAST, _MOST = 4, 14
"""Characters of a phrase that tells documents apart."""

_TELLING: Final = 3
"""Characters of a word that tells them apart by itself."""

Holders = Callable[[Sequence[str]], Sequence[frozenset[str]]]
_NAMING: Final = ("n", "vn", "v", "j", "l", "s", "eng", "x", "b", "a")


def narrowed(questions: Iterable[str], choice: Choice, holders: Holders) -> Scope | Choice:
    """The document that the words of the first of several questions that does so tell, else the choice."""
    told = (document_telling(question, choice.documents, holders) for question in questions)
    document = next(filter(None, told), None)
    return Scope((Target(document, document.year),)) if document else choice


def document_telling(question: str, documents: Sequence[DocumentRecord], holders: Holders) -> DocumentRecord | None:
    """The only document that prints phrases of a question with words that no other one prints; None if several do.

    Where none prints such a phrase, the only one whose words these are. ``holders``: for each of several texts the ids
    of the documents that print it.
    """
    candidates = {document.document_id: document for document in documents}
    if len({document.unit_name for document in documents}) != len(documents):
        return None
    runs = [known_words(run) for run in _RUN.findall(normalised_question(question))]
    words = [word for run in runs for word in dict.fromkeys(run) if len(word) > 1 and word not in generic_words()]
    rare = _in_one(words, candidates, holders)
    phrases = [phrase for run in runs for phrase in _phrases(run, set(rare))]
    found = set(_in_one(phrases, candidates, holders).values())
    if not found:
        found = {held for word, held in rare.items() if len(word) >= _TELLING and _names(word)}
        found = found if found == set(rare.values()) else set()
    return candidates[found.pop()] if len(found) == 1 else None


def _in_one(texts: Sequence[str], among: Collection[str], holders: Holders) -> dict[str, str]:
    """The texts that only one of the documents prints, and which."""
    held = zip(texts, (one & frozenset(among) for one in holders(texts)), strict=True)
    return {text: next(iter(one)) for text, one in held if len(one) == 1}


def _phrases(words: Sequence[str], rare: set[str]) -> Iterator[str]:
    """The phrases with a rare word that begin and end with words that name something."""
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            phrase = words[first:last]
            if rare.intersection(phrase) and all(map(_names, (phrase[0], phrase[-1]))):
                text = "".join(phrase)
                if _LEAST <= len(text) <= _MOST:
                    yield text


def _names(word: str) -> bool:
    return len(word) > 1 and tagged(word)[0][1].startswith(_NAMING)
