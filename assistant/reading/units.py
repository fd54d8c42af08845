"""What a clause asks of the department's own make-up, told by its words alone: offices, units, kinds of what it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.query import Counted, MadeUp, Mentioned, Office, Query, Rank, UnitsOf
from assistant.reading.forms import telling
from assistant.reading.patterns import CLAUSE_BREAK, pattern
from assistant.understand.wording import normalise
from assistant.words import content_of

OFFICES: Final = "内设机构"
"""What the offices of a department are called together, however they are asked for."""

_OFFICE: Final = pattern("which_office")
_OWN_DUTY: Final = pattern("own_duty")
_OFFICE_TALK: Final = pattern("office_talk")
_MEMBER: Final = pattern("made_up_of")
_MEMBER_NAME: Final = pattern("member_name")
_MEMBER_ASKED: Final = pattern("member_asked")
_UNITS_TOO: Final = pattern("made_up_too")
_OF_BUDGET: Final = pattern("of_the_budget")
_UNITS_OF: Final = pattern("units_of")
_KIND_COUNTED: Final = pattern("kind_counted")
_OFFICES: Final = pattern("office_kinds")
_OWN_LEFT_OUT: Final = pattern("own_left_out")
_ANY_UNITS: Final = pattern("any_units")
_BY_KIND: Final = pattern("units_by_kind")
_RELATION: Final = pattern("relation")
_IN_DUTIES: Final = pattern("in_duties")
_KIND_MOST: Final = pattern("kind_most")
_VEHICLES: Final = pattern("speaks_of_vehicles")
_VEHICLE_KINDS: Final = pattern("vehicle_kinds")
_NO_FLEET: Final = pattern("no_fleet")
_BOUGHT: Final = pattern("vehicles_bought")
_HELD: Final = pattern("vehicles_held")
_HOW_MANY: Final = re.compile("^(那|又|各?有|是|总共|到底)*(几|多少)(辆|台|部|人|名|个)(车|人)?$")
_COUNTED: Final = (("车", "车辆", "辆"), ("人员", "人员", "人"), ("编制", "编制", "名"), ("在职", "人员", "人"))


def office_asked(clause: str, question: str, history: Sequence[str]) -> Office | None:
    """Which office a clause asks for (管电力执法的是哪个处), or whether the department is in charge; else None."""
    text = normalise(clause)
    is_own = not _OFFICE.search(text)
    if is_own and not _OWN_DUTY.search(text):
        return None
    around = (
        _topic(each) for each in (text, *_told_before(text, normalise(question)), *map(normalise, reversed(history)))
    )
    return Office(texts=tuple(dict.fromkeys(filter(None, around))), is_own=is_own)


def _told_before(clause: str, question: str) -> Iterator[str]:
    """What a question says before a clause, the nearest first, without what asks for offices itself; else all of it."""
    before = question.partition(clause)[0] if clause in question else question
    told = [each for each in CLAUSE_BREAK.split(before) if each and not _OFFICE.search(each)]
    yield from reversed(told) if told else (question,)


def _topic(text: str) -> str:
    """What of a text says what the office is in charge of."""
    return telling(_OFFICE_TALK.sub("|", _OWN_DUTY.sub("|", _OFFICE.sub("|", text)))).strip("|")


def _members(question: str) -> tuple[str, ...]:
    """The organisations of which a question asks whether they are among the units of a budget."""
    names = (match["name"] for match in _MEMBER_NAME.finditer(question)) if _MEMBER_ASKED.search(question) else ()
    return tuple(dict.fromkeys(names))


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in content_of(text) if len(word) > 1))


def unit_queries(clause: str, before: Sequence[Query], question: str, history: Sequence[str]) -> Iterator[Query]:
    """What a clause may ask of the units of a budget, of their relation, of the kinds of what they have."""
    text, whole = normalise(clause), normalise(question)
    is_of_all = _BY_KIND.search(text) is None
    if is_of_all and (_MEMBER.search(text) or (_UNITS_TOO.search(text) and _OF_BUDGET.search(whole))):
        yield MadeUp(members=_members(whole))
    is_below = bool(_OWN_LEFT_OUT.search(whole))
    if kind := _UNITS_OF.search(text) or _KIND_COUNTED.search(text):
        is_of_offices = _OFFICES.fullmatch(kind["kind"]) is not None
        yield UnitsOf(kind=OFFICES if is_of_offices else kind["kind"], is_below=is_below and not is_of_offices)
    elif is_below and _ANY_UNITS.search(text):
        yield UnitsOf(kind="单位", is_below=True)
    if _RELATION.search(text):
        yield Mentioned(words=_words(_RELATION.sub(",", whole)))
    if _IN_DUTIES.search(text):
        yield Mentioned(words=_words(_IN_DUTIES.sub(",", whole)))
    if _KIND_MOST.search(text):
        about = next((c for word, *c in _COUNTED if any(word in normalise(each) for each in (whole, *history))), None)
        if about:
            yield Rank(rows=Counted(of=about[0], counted=about[1]), descending=not re.search("最少", text))
    elif (vehicles := _vehicles_asked(text, whole, [normalise(each) for each in history])) is not None:
        yield vehicles
    if before and isinstance(before[-1], Rank) and isinstance(before[-1].rows, Counted) and _HOW_MANY.search(text):
        yield before[-1]


def _vehicles_asked(text: str, question: str, history: Sequence[str]) -> Counted | None:
    """Of which kinds vehicles are or what they are for (都是什么车, 派什么用场); None where that isn't asked.

    They are those last spoken of: that are to be bought, or that there are.
    """
    spoken = any(_VEHICLES.search(each) for each in (question, *history))
    if not spoken or not _VEHICLE_KINDS.search(text) or _NO_FLEET.search(question):
        return None
    upto = question[: question.find(text) + len(text)] if text in question else question
    said = next((each for each in (upto, *reversed(history)) if _BOUGHT.search(each) or _HELD.search(each)), "")
    bought, held = (max((found.start() for found in of.finditer(said)), default=-1) for of in (_BOUGHT, _HELD))
    return Counted(of="车辆", counted="辆", is_bought=bought > held)
