"""Years that are parts of an item's name and not the scope's: ``2024年专项资金`` as a document of 2026 prints it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from assistant.scope.named import Named
from assistant.scope.register import UnitRegister
from assistant.scope.resolve import Scope, resolve
from assistant.understand.tokenize import normalised_question

Surfaces = Callable[[str], Collection[str]]
"""The normalised names that a document prints, by its id."""


def without_years_of_names(
    questions: Sequence[str], named: Named, register: UnitRegister, surfaces: Surfaces
) -> Scope | None:
    """The one document meant, where all years but the first, or all of them, are parts of names that it prints.

    ``questions``: the last one, and those before it from which it may have its years. For a scope that can't be served
    as it stands; None where it still can't, or several documents fit.
    """
    if not named.years:
        return None
    text = "\n".join(map(normalised_question, questions))
    for kept in dict.fromkeys((named.years[:1], ())):
        scope = resolve(replace(named, years=kept, pairs=()), register)
        if kept == named.years or not isinstance(scope, Scope) or len(scope.targets) != 1:
            continue
        names = surfaces(scope.targets[0].document.document_id)
        others = [str(year) for year in named.years if year not in kept]
        if all(any(year in name and name in text for name in names) for year in others):
            return scope
    return None
