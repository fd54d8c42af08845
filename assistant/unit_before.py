"""The institution that the parts before speak of, where no budget of it is loaded: what follows is about it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.compose import Outcome
from assistant.reader import ReadQuestion
from assistant.reading.patterns import pattern
from assistant.scope import ScopeProblem, UnitRegister, named_in, not_loaded
from assistant.scope.surroundings import is_department
from assistant.understand.tokenize import normalised_question

_UNDER_WHOM: Final = pattern("under_whom")
_ITS_OWN: Final = pattern("its_own")
_ITS_ABOVE: Final = pattern("its_above")


def of_unit_before(outcome: Outcome, earlier: Sequence[Outcome], register: UnitRegister) -> Outcome:
    """A part's outcome; that nothing of its unit is loaded, where it names none and the parts before it speak of such.

    ``earlier``: the parts' outcomes, the first one first. The unit above is none that a part names (它归城管局管).
    """
    text = normalised_question(outcome.part.question)
    named = named_in(_ITS_ABOVE.sub("", text), register)
    if outcome.problem or named.units or named.everyone:
        return outcome
    before = earlier[-1].problem if earlier else None
    problem = before if before and before.unit else _of_another(earlier, register) if _ITS_OWN.search(text) else None
    return replace(outcome, draft=None, problem=problem) if problem else outcome


def _of_another(earlier: Sequence[Outcome], register: UnitRegister) -> ScopeProblem | None:
    """That an institution isn't loaded, of which a part says under whom it is (市疾控中心归卫健委管)."""
    for part in reversed(earlier):
        said = _UNDER_WHOM.search(normalised_question(part.part.question).rstrip(",。?"))
        if said and _is_unknown(said["unit"], part, register):
            return not_loaded(said["unit"], register)
    return None


def _is_unknown(name: str, told: Outcome, register: UnitRegister) -> bool:
    """Whether a name is an institution's that is neither loaded nor a unit of the document's tables."""
    if is_department(name) is None or any(mention.units for mention in named_in(name, register).units):
        return False
    reading = told.part.reading
    tokens = reading.asked.tokens if isinstance(reading, ReadQuestion) else ()
    return not any(token.text in name and any(link.role == "unit" for link in token.links) for token in tokens)
