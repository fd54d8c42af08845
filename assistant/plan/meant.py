"""The project that a question speaks of without its name: by what its form, or its goal, shares with it.

People say what a project is for (储备的盐够吃多久) where its form prints what it sets (应急物资储备项目: 食盐库存数量),
and describe it by what its goal says (给献血者发纪念品的那个项目). What is shared tells as much as it is rare among the
document's projects: characters of forms, pairs of them of goals, which are longer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from math import log
from typing import Final

from assistant.answering.draft import Draft
from assistant.catalog import DocumentCatalog
from assistant.catalog.linking import item_words
from assistant.catalog.project_forms import WHOLE, ProjectForm
from assistant.pairs import pairs_in
from assistant.resolve.projects import ProjectForms, forms_of, lines_of_projects
from assistant.understand.plain_words import plain_stretches, tagged_words
from assistant.understand.wording import generic_words, normalise
from index.records import FigureRecord

_CONTENT: Final = ("n", "v", "j", "l", "i", "s", "a", "b", "t")
_ENOUGH: Final = 10.0
"""Weight from which shared characters are no chance: about three that no other form holds."""

_NAME: Final = 4
_LONGEST: Final = 20
"""Characters of the names of items that are left out."""

_AHEAD: Final = 1.4
"""How far a form has to be ahead of the next."""

_CALLED: Final = re.compile("(?P<name>[一-鿿]{2,12})(?:这个|那个|的)?(?:项目|专项|[里中](?=,))")
"""What a question calls a project."""

_ENOUGH_PAIRS: Final = 12.0
_AHEAD_PAIRS: Final = 1.5
"""The same for pairs of characters of goals: about two that no other text of the document holds."""


def forms_meant(text: str, draft: Draft) -> ProjectForms | None:
    """What the one project that a question speaks of promises; None where none, or more than one, may be meant.

    ``text``: the question without the words for its scope; what budgets print for its words is said too.
    """
    text = "|".join((text, *(form for word, printed in item_words().items() if word in text for form in printed)))
    forms = {form.name: form for form in draft.contents.forms if form.name != WHOLE}
    if (form := forms.get(_by_characters(_telling(_without_items(text, draft.catalog)), forms))) is not None:
        return ProjectForms(form.indicators, form.goals, (), form.name)
    name, rows = _by_pairs(_telling(text), draft), lines_of_projects(draft.catalog)
    return forms_of(rows[name], name, draft.catalog) if name else None


def calls_another(text: str, meant: Collection[ProjectForms], draft: Draft) -> bool:
    """Whether a question calls a project by a name whose characters none of the forms mostly holds (潜水艇项目)."""
    printed = [_printed(forms, draft) for forms in meant]
    called = [_telling(match["name"]).replace("|", "") for match in _CALLED.finditer(text)]
    return any(not any(sum(c in form for c in name) * 2 >= len(name) for form in printed) for name in called)


def _printed(forms: ProjectForms, draft: Draft) -> str:
    goals = {row.row_id for row in forms.goals}
    told = (text for row_id, text in _told_in_cells(draft) if row_id in goals)
    return normalise("".join((forms.titles, *(row.label for row in forms.indicators), *told)))


def _told_in_cells(draft: Draft) -> Iterator[tuple[str, str]]:
    """The texts that cells of tables print, each with the id of its row."""
    sources = ((told.source, told.text) for told in draft.contents.told)
    yield from ((source.row_id, text) for source, text in sources if isinstance(source, FigureRecord))


def _by_characters(text: str, forms: Mapping[str, ProjectForm]) -> str:
    """The name of the form that holds most of the rare characters; empty where none does."""
    printed = {name: frozenset(_text_of(form)) for name, form in forms.items()}
    held = Counter(character for own in printed.values() for character in own - {"|"})
    weights = {c: log((len(forms) + 1) / held[c]) for c in set(text) if c in held}
    return _first(weights, printed, _ENOUGH, _AHEAD)


def _by_pairs(text: str, draft: Draft) -> str:
    """The name of the project whose goals hold most of the rare pairs of characters; empty where none does."""
    of_rows = {row.row_id: name for name, rows in lines_of_projects(draft.catalog).items() for row in rows}
    printed = {name: set(pairs_in(name)) for name in of_rows.values()}
    for row_id, text_told in _told_in_cells(draft):
        if name := of_rows.get(row_id):
            printed[name] |= pairs_in(text_told)
    return _first(draft.contents.pairs.weights(pairs_in(text)), printed, _ENOUGH_PAIRS, _AHEAD_PAIRS)


def _first(weights: Mapping[str, float], printed: Mapping[str, Iterable[str]], enough: float, ahead: float) -> str:
    """The name of what holds most by weight, where that is enough and ahead of all others."""
    scores = {name: sum(weights[each] for each in sorted(weights) if each in own) for name, own in printed.items()}
    best, *rest = sorted(scores, key=lambda name: -scores[name]) or [""]
    after = scores[rest[0]] if rest else 0.0
    return best if best and scores[best] >= max(enough, ahead * after) else ""


def _text_of(form: ProjectForm) -> str:
    return normalise("".join((*form.names, *(row.label for row in form.indicators))))


def _without_items(text: str, catalog: DocumentCatalog) -> str:
    """A text without the names of items in full: what is said of them tells no project."""
    for start, end in combinations(range(len(text) + 1), 2):
        links = catalog.surfaces.get(text[start:end], ()) if _NAME <= end - start <= _LONGEST else ()
        if any(link.match != "partial" for link in links):
            text = f"{text[:start]}{'|' * (end - start)}{text[end:]}"
    return text


def _telling(text: str) -> str:
    """A text with a mark for all but the Chinese words that are about something particular."""
    plain = {place for start, end in plain_stretches(text) for place in range(start, end)}
    told = ["|"] * len(text)
    for start, end, word, tag in tagged_words(text):
        if tag.startswith(_CONTENT) and word not in generic_words():
            told[start:end] = [
                "|" if at in plain or not "一" <= text[at] <= "鿿" else text[at] for at in range(start, end)
            ]
    return "".join(told)
