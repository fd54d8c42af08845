"""What a unit that the words before it speak of has to do with a part of a question that names none itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.compose import Outcome
from assistant.reading.patterns import pattern
from assistant.scope import UnitRegister, named_in, scope_spans
from assistant.understand.tokenize import normalised_question

_SENTENCE: Final = re.compile("[^？?。！!；;]+[？?。！!；;]*")
_MARKS: Final = "？?。！!；; "
_OF_SCOPE: Final = pattern("only_scope")
_UNDER_WHOM: Final = pattern("under_whom")
_ITS_ABOVE: Final = pattern("its_above")
_BODY_BELOW: Final = pattern("body_below")
_POINTED: Final = pattern("unit_pointed")
_SCHOOL: Final = pattern("school")


def with_unit_meant(question: str) -> str:
    """The question, with an institution's name for the pronoun behind what says under whom it is.

    >>> with_unit_meant("市疾控中心归卫健委管吗，它自己的预算总额是多少")
    '市疾控中心预算总额是多少'
    """
    return _UNDER_WHOM.sub(r"\g<unit>", question)


def with_unit_pointed_at(question: str, history: Sequence[str], register: UnitRegister) -> str:
    """The question, with the name of the institution below a department that it points at (该校, 这家医院).

    It is the only one of that kind that was named last.
    """
    found = _POINTED.search(question)
    if found is None:
        return question
    kind = next(filter(None, found.groupdict().values()))
    for text in reversed(history):
        mentions = register.mentions(normalised_question(text))
        below = {m.text for m in mentions if m.units and all(unit.is_part for unit in m.units)}
        fitting = {name for name in below if name.endswith(kind) or ("校" in kind and _SCHOOL.search(name))}
        if fitting:
            (name, *others) = fitting
            return question if others else f"{question[: found.start()]}{name}{question[found.end() :]}"
    return question


def with_scope_first(question: str, register: UnitRegister) -> str:
    """The question, with a last sentence that only says whose budget is meant put first (会议费多少？某局2026年的).

    Where an earlier sentence says that too, the last one is left where it stands.
    """
    *before, last = _SENTENCE.findall(question) or [question]
    rest = "".join(before)
    if not before or named_in(normalised_question(rest), register).units:
        return question
    said = normalised_question(last)
    spans = scope_spans(last, register)
    left = "".join(char for at, char in enumerate(said) if not any(start <= at < end for start, end in spans))
    units = named_in(said, register).units
    stem = _OF_SCOPE.sub("", left)
    is_scope = not stem or any(stem in unit.name for mention in units if mention.by_place for unit in mention.units)
    return f"{last.rstrip(_MARKS).removesuffix('的')}，{rest}" if units and is_scope else question


def with_bodies_below(question: str, register: UnitRegister) -> str:
    """The question, with what documents print for the bodies of a lower level that it means (区审计局: 区级审计机关).

    Only of a department that is loaded itself, and where no such body is.
    """
    for mention in register.mentions(normalised_question(question)):
        below = _BODY_BELOW.search(mention.text) if not mention.units else None
        if below is None:
            continue
        printed = f"{below['level']}级{below['field']}机关"
        place = mention.text[: below.start()].removesuffix("的")
        fields = {"".join(unit.places) for unit in register.units if below["field"] in unit.name}
        is_of_one = any(places.removesuffix("市").startswith(place.removesuffix("市")) for places in fields)
        if is_of_one and register.is_printed(printed):
            question = question.replace(below.group(), printed)
    return question


def of_unit_before(outcome: Outcome, earlier: Sequence[Outcome], register: UnitRegister) -> Outcome:
    """A part's outcome; that nothing of its unit is loaded, where it names none and the part before it speaks of such.

    ``earlier``: the parts' outcomes, the first one first. The unit above is none that a part names (它归城管局管).
    """
    before = earlier[-1].problem if earlier else None
    if outcome.problem or before is None or not before.unit:
        return outcome
    named = named_in(_ITS_ABOVE.sub("", normalised_question(outcome.part.question)), register)
    return outcome if named.units or named.everyone else replace(outcome, draft=None, problem=before)
