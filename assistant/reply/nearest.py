"""What a document says nearest to clauses that have no answer: sentences and rows, shown beside, never instead.

Nearness is by words, each as much as it tells the document's texts apart, and proves nothing: the clauses stay named
as not answered, and what is shown says that it is only near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.draft import Draft
from assistant.catalog import Row
from assistant.keywords import is_stop_word
from assistant.reply.quote import number_of, quoted_lines
from assistant.reply.shown_rows import cells_of, row_line
from assistant.reply.together import best_together, share_held
from assistant.reply.untold import ASKS_MONEY
from assistant.told import Told
from assistant.understand.asked_words import printed_forms
from assistant.understand.wording import generic_words, normalise
from assistant.words import tagged

_ENOUGH: Final = 0.55
"""Which share of a clause's words, by weight, has to be near."""

_ADDS: Final = 0.12
_MOST: Final = 3
_MOST_CELLS: Final = 6
_AROUND: Final = 0.45
"""What a word of another clause counts for beside one of the clause itself."""

_ABOVE: Final = 0.7
_CONTENT: Final = ("n", "v", "j", "l", "i", "s", "b", "a", "eng", "z")
_TELLING: Final = 1.6
_COUNTED: Final = re.compile(r"(?:多少|几)(?P<unit>[个名人项家辆台套条种次处所户件批期场门类篇份张宗起位株吨])")


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that is looked for, with the forms in which it may stand, and what it counts for."""

    text: str
    forms: tuple[str, ...]
    weight: float

    def is_in(self, plain: str) -> bool:
        """Whether a normalised text holds it."""
        return any(form in plain for form in self.forms)


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence or a row with what it holds of each word; ``place`` orders them as the document does."""

    held: dict[str, float]
    place: int
    told: Told | None = None
    row: Row | None = None


def add_nearest(draft: Draft, clauses: Sequence[str], question: str) -> bool:
    """Adds the lines nearest to each clause, those that the draft doesn't have yet; False where there are none."""
    near: list[str] = []
    figures = len(draft.figures)
    for clause in clauses:
        near += [line for line in nearest_lines(clause, question, draft) if line not in (*near, *draft.lines)]
    del draft.figures[figures:]  # they are near, and answer nothing
    if near:
        draft.lines += [f"{draft.heading}里与没有答到的最相近的内容：", *near]
    return bool(near)


def nearest_lines(clause: str, question: str, draft: Draft) -> list[str]:
    """The lines nearest to a clause of a question; none where nothing holds enough of it."""
    words = _words(clause, question, draft)
    if not any(word.weight >= _TELLING for word in words):
        return []
    found = [*_sentences(clause, words, draft), *_rows(words, draft)]
    chosen, have = best_together(found, words, _MOST, _ADDS, _ADDS)
    if share_held(have, words) < _ENOUGH:
        return []
    rows = [near.row for near in chosen if near.row]
    sentences = [near.told for near in chosen if near.told]
    return [*quoted_lines(sentences, draft), *filter(None, (_row_line(row, draft) for row in rows))]


def _words(clause: str, question: str, draft: Draft) -> list[Asked]:
    own = dict.fromkeys(_content(clause))
    around = (word for word in _content(question) if word not in own)
    asked = [*((word, 1.0) for word in own), *((word, _AROUND) for word in around)]
    return [made for word, counts in asked if (made := _asked(word, counts, draft))]


def _asked(word: str, counts: float, draft: Draft) -> Asked | None:
    """A word with its forms; None where the document holds none of them."""
    forms = tuple(normalise(form) for form in printed_forms(normalise(word)))
    known = tuple(form for form in forms if form in draft.contents.full_text)
    if not known:
        return None
    rarity = min(draft.contents.retriever.rarity(form) for form in known)
    return Asked(word, known, counts * rarity)


def _content(text: str) -> Iterator[str]:
    """The words of a text that are about something."""
    for word, tag in tagged(normalise(text)):
        if len(word) > 1 and tag.startswith(_CONTENT) and not is_stop_word(word) and word not in generic_words():
            yield word


def _sentences(clause: str, words: Sequence[Asked], draft: Draft) -> Iterator[Near]:
    number = _number(clause)
    for told in draft.contents.told:
        if number is None or number.search(told.plain):
            held = {w.text: near for w in words if (near := _nearness(w, told))}
            if 1.0 in held.values():
                yield Near(held, told.position, told=told)


def _number(clause: str) -> re.Pattern[str] | None:
    """What number a sentence has to hold for a clause that asks for one."""
    if ASKS_MONEY.search(clause):
        return number_of("元")
    counted = _COUNTED.search(clause)
    return number_of(counted["unit"]) if counted else number_of("") if "多少" in clause else None


def _nearness(word: Asked, told: Told) -> float:
    return 1.0 if word.is_in(told.plain) else _ABOVE if word.is_in(told.whole) or word.is_in(told.above) else 0.0


def _rows(words: Sequence[Asked], draft: Draft) -> Iterator[Near]:
    for place, row in enumerate(draft.catalog.rows.values()):
        label = normalise(row.label)
        own = {w.text: 1.0 for w in words if w.is_in(label)}
        if own:
            table = draft.catalog.tables[row.table_id]
            above = normalise(f"{table.title}{table.subject or ''}{row.unit or ''}")
            held = own | {w.text: _ABOVE for w in words if w.text not in own and w.is_in(above)}
            yield Near(held, place, row=row)


def _row_line(row: Row, draft: Draft) -> str:
    """A row with its cells that hold anything; empty where none does."""
    held = [cell for cell in cells_of(row, draft) if cell.printed.strip() and cell.number != 0]
    return row_line(row, held[:_MOST_CELLS], draft)
