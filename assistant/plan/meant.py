"""The project that a question speaks of without its name: by the rare characters that its form shares with it.

People say what a project is for (储备的盐够吃多久) where its form prints what it sets (应急物资储备项目: 食盐库存数量).
A character tells as much as it is rare among the forms of the document.
"""

from __future__ import annotations

from collections import Counter
from math import log
from typing import Final

from assistant.answering.draft import Draft
from assistant.catalog.project_forms import WHOLE, ProjectForm
from assistant.understand.plain_words import plain_stretches, tagged_words
from assistant.understand.wording import normalise

_CONTENT: Final = ("n", "v", "j", "l", "i", "s", "a", "b", "t")
_ENOUGH: Final = 10.0
"""Weight from which what is shared is no chance: about three characters that no other form holds."""

_AHEAD: Final = 1.4
"""How far a form has to be ahead of the next."""


def form_meant(text: str, draft: Draft) -> ProjectForm | None:
    """The form of the one project that a question speaks of; None where none, or more than one, may be meant.

    ``text``: the question without the words for its scope.
    """
    forms = {form.name: form for form in draft.contents.forms if form.name != WHOLE}
    printed = {name: frozenset(_text_of(form)) for name, form in forms.items()}
    held = Counter(character for text in printed.values() for character in text)
    weights = {c: log((len(forms) + 1) / held[c]) for c in _characters(text) if c in held}
    scores = {name: sum(weights[c] for c in weights if c in text) for name, text in printed.items()}
    best, *rest = sorted(scores, key=lambda name: -scores[name]) or [""]
    after = scores[rest[0]] if rest else 0.0
    return forms[best] if best and scores[best] >= max(_ENOUGH, _AHEAD * after) else None


def _text_of(form: ProjectForm) -> str:
    return normalise("".join((*form.names, *(row.label for row in form.indicators))))


def _characters(text: str) -> frozenset[str]:
    """The Chinese characters of the words of a text that are about something."""
    plain = {place for start, end in plain_stretches(text) for place in range(start, end)}
    words = ((start, word) for start, _, word, tag in tagged_words(text) if tag.startswith(_CONTENT))
    told = (c for start, word in words for place, c in enumerate(word, start) if place not in plain)
    return frozenset(character for character in told if "一" <= character <= "鿿")
