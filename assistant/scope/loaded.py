"""The units whose budgets are loaded, or that their tables name, and the places where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.scope.surroundings import is_same_place
from assistant.understand.unit_names import home_of, names_of, place_stem
from assistant.understand.units import unit_rules
from assistant.understand.wording import normalise
from index.naming import one_name
from index.records import DocumentRecord

_RANKS: Final = {"国": 0, "省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "区": 3, "县": 3, "旗": 3, "镇": 4, "乡": 4}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the documents that print its figures, newest first; ``is_part``: as one of a department's units."""

    name: str
    region: str | None
    documents: tuple[DocumentRecord, ...] = field(repr=False)
    is_part: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """Where it lies, the largest place first."""
        return home_of(self.name, self.region)


def unit_key(unit_name: str) -> str:
    """What all official names of one unit have in common."""
    return one_name(normalise(unit_name))


def publishers(documents: Iterable[DocumentRecord]) -> Iterator[Unit]:
    """One unit for all documents that bear its name, or another official one of it (中共江苏省委办公厅)."""
    of_unit: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document in documents:
        of_unit[unit_key(document.unit_name)].append(document)
    for group in of_unit.values():
        newest_first = sorted(group, key=lambda document: -(document.year or 0))
        yield Unit(newest_first[0].unit_name, newest_first[0].region, tuple(newest_first))


def parts_of(units: Sequence[Unit], parts: Mapping[str, Sequence[str]]) -> Iterator[Unit]:
    """The subordinate units that tables name, unless they publish documents of their own."""
    known = {normalise(unit.name) for unit in units}
    documents = {document.document_id: document for unit in units for document in unit.documents}
    of_part: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document_id, names in parts.items():
        for name in _without_items(names):
            if document_id in documents and normalise(name) not in known:
                of_part[name].append(documents[document_id])
    for name, group in of_part.items():
        newest_first = sorted(group, key=lambda document: -(document.year or 0))
        yield Unit(name, newest_first[0].region, tuple(newest_first), is_part=True)


def _without_items(names: Sequence[str]) -> Iterator[str]:
    """The names without those that are an item of a unit, named behind it (物业管理费（第一人民医院）)."""
    plain = {normalise(name) for name in names}
    for name in names:
        item, _, unit = normalise(name).partition("(")
        if not (item and unit.rstrip(")") in plain):
            yield name


def by_place(units: Sequence[Unit]) -> dict[str, tuple[Unit, ...]]:
    """Every place of a region, with and without its rank, and the units that lie in it."""
    found: dict[str, dict[str, Unit]] = defaultdict(dict)
    for unit in units:
        for place in unit.places:
            for form in (place, place_stem(place)):
                found[form][unit.name] = unit
    return {place: tuple(by_name.values()) for place, by_name in found.items()}


def lies_in(unit: Unit, places: Sequence[str], *, is_nearest: bool) -> bool:
    """Whether places, the nearest first, are those of a unit: each one of its own, or larger than all of them.

    ``is_nearest``: nothing of the unit's own place is said beside them, so the first must be it (随州市 + 委办公室).
    """
    own = unit.places
    if is_nearest and own and not unit_is_within(unit) and not is_same_place(places[0], own[-1:]):
        return False
    return all(is_same_place(place, own) or (own and _rank(place) < _rank(own[0])) for place in places)


def unit_is_within(unit: Unit) -> bool:
    """Whether a unit lies within a district and is named without it (街道)."""
    return any(name.is_within for name in names_of(unit.name, unit.region))


def _rank(place: str) -> int:
    """The rank of a place, 1 for a province; without its rank it is a province's name or one of a city.

    >>> _rank("白鹭区"), _rank("湖北"), _rank("南京")
    (3, 1, 2)
    """
    unranked = _RANKS["省" if place in unit_rules()["provinces"] else "市"]
    return next((rank for suffix, rank in _RANKS.items() if place.endswith(suffix)), unranked)


def is_of_level(unit: Unit, level: str) -> bool:
    """Whether a unit is a province's, a city's, a district's or a county's."""
    own = unit.places
    return bool(own) and own[-1].endswith(("省", "自治区") if level == "省" else level)
