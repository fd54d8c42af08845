"""Years that are parts of an item's name and not the scope's: ``2024年专项资金`` as a document of 2026 prints it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from assistant.catalog import dated_names
from assistant.scope.named import Named
from assistant.scope.register import UnitRegister
from assistant.scope.resolve import Outcome, Scope, ScopeProblem, resolve
from assistant.understand.tokenize import normalised_question

Surfaces = Callable[[str], Collection[str]]
"""The normalised names that a document prints, by its id."""


def resolved(questions: Sequence[str], named: Named, register: UnitRegister, surfaces: Surfaces) -> Outcome:
    """The documents meant; a year that none of them is of may be part of a name that one prints."""
    scope = resolve(named, register)
    is_of_other = isinstance(scope, Scope) and any(t.year != t.document.year for t in scope.targets)
    if not is_of_other and not isinstance(scope, ScopeProblem):
        return scope
    return without_years_of_names(questions, named, register, surfaces) or scope


def without_years_of_names(
    questions: Sequence[str], named: Named, register: UnitRegister, surfaces: Surfaces
) -> Scope | None:
    """The one document meant, where all years but one, or all of them, are parts of names that it prints.

    ``questions``: the last one, and those before it from which it may have its years. For a scope that can't be served
    as it stands, or only by what a document states of the year before; None where none does, or several documents fit.
    """
    if not named.years:
        return None
    text = "\n".join(map(normalised_question, questions))
    for kept in (*((year,) for year in named.years), ()):
        scope = resolve(replace(named, years=kept, pairs=()), register)
        if kept == named.years or not isinstance(scope, Scope) or len(scope.targets) != 1:
            continue
        names = surfaces(scope.targets[0].document.document_id)
        said = [text[start:end] for start, end, _ in dated_names(text, names)]
        said += [name for name in names if name in text]
        others = (str(year) for year in named.years if year not in kept)
        if all(any(year in name for name in said) for year in others):
            return scope
    return None
