"""What a question says of its scope: units, years, kinds of document, each with the stretch that says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from assistant.scope.register import UnitMention, UnitRegister
from assistant.understand.tokenize import normalised_question, years_in
from assistant.understand.wording import question_words

BUDGET: Final = "预算"
FINAL_ACCOUNT: Final = "决算"


class Stretch(NamedTuple):
    """Characters of the normalised question."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """The scope as far as a question (or the conversation up to it) names it.

    ``everyone``: the words that mean all units. ``relative``: this, last, next, before_last or every, as in
    question_words.yaml. ``level``: 部门 or 单位, where the
    kind of budget is named. ``years_inherited``: the years are the conversation's, so a unit may do without them.
    """

    units: tuple[UnitMention, ...] = ()
    years: tuple[int, ...] = ()
    relative: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    level: str | None = None
    everyone: str = ""
    years_inherited: bool = False
    units_inherited: bool = False
    time_stretches: tuple[Stretch, ...] = ()
    everyone_stretches: tuple[Stretch, ...] = ()


def named_in(question: str, register: UnitRegister) -> Named:
    """What one question names by itself."""
    text = normalised_question(question)
    units = register.mentions(text)
    years = tuple(years_in(text))
    relative = [entry for entry in _words(text, "years") if not _inside(entry[1], units)]
    everyone = [stretch for _, stretch in _words(text, "everyone") if not _inside(stretch, units)]
    types = {name for name, _ in _words(text, "document_types")}
    level = next((level for level in ("部门", "单位") if any(f"{level}{kind}" in text for kind in types)), None)
    return Named(
        units,
        tuple(dict.fromkeys(year for year, _, _ in years)),
        tuple(dict.fromkeys(name for name, _ in relative)),
        frozenset(types),
        level,
        text[everyone[0].start : everyone[0].end] if everyone and all(m.by_place for m in units) else "",
        time_stretches=(*(Stretch(start, end) for _, start, end in years), *(s for _, s in relative)),
        everyone_stretches=tuple(everyone),
    )


def _words(text: str, group: str) -> Iterator[tuple[str, Stretch]]:
    for word in question_words():
        if word.group == group:
            for match in word.pattern.finditer(text):
                if match.end() > match.start():
                    yield word.name, Stretch(match.start(), match.end())


def _inside(stretch: Stretch, mentions: Iterable[UnitMention]) -> bool:
    return any(mention.start <= stretch.start and stretch.end <= mention.end for mention in mentions)


def continued(named: Named, before: Named | None) -> Named:
    """``named`` completed from what the conversation named before."""
    if before is None:
        return named
    if before.units and named.everyone.endswith("单位"):  # of the department talked about
        named = replace(named, everyone="")
    if not named.units and not named.everyone:
        named = replace(named, units=before.units, everyone=before.everyone, units_inherited=True)
    if not named.years and not named.relative and (before.years or before.relative):
        named = replace(named, years=before.years, relative=before.relative, years_inherited=True)
    if not named.types:
        named = replace(named, types=before.types, level=named.level or before.level)
    return named
