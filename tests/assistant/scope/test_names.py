"""Which units a wording means among invented ones: their short names, and traps that are other units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.scope import Choice, Scope, ScopeProblem, UnitMention, UnitRegister, named_in, resolve
from tests.assistant.scope.records import document

GROUPS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))
_TRAPS = ("unknown", "nothing")


def register_of(group: Mapping[str, Any]) -> UnitRegister:
    """The units of a group, each with one budget."""
    documents = {name: document(name, 2026, region=region) for name, region in group["register"].items()}
    parts = {documents[owner].document_id: names for owner, names in group.get("parts", {}).items()}
    return UnitRegister(documents.values(), parts)


REGISTERS = [register_of(group) for group in GROUPS]


def cases(kind: str) -> Iterator[Any]:
    """The wordings of a kind, each with its register and the units meant."""
    for group, register in zip(GROUPS, REGISTERS, strict=True):
        for wording in group.get(kind, ()):
            units = [] if kind in _TRAPS else group[kind][wording]
            yield pytest.param(wording, units, register, id=f"{kind}: {wording}")


def own_mentions(wording: str, register: UnitRegister) -> list[UnitMention]:
    """The units named, but for places that stand alone."""
    return [mention for mention in named_in(wording, register).units if not mention.by_place]


def test_half_of_the_wordings_are_traps() -> None:
    counted = {kind: len(list(cases(kind))) for kind in ("means", "several", *_TRAPS)}
    assert sum(counted.values()) >= 120
    assert counted["unknown"] + counted["nothing"] >= counted["means"] * 0.8


@pytest.mark.parametrize(("wording", "units", "register"), cases("means"))
def test_a_short_name_means_its_unit(wording: str, units: list[str], register: UnitRegister) -> None:
    assert [[unit.name for unit in m.units] for m in own_mentions(wording, register)] == [[unit] for unit in units]
    assert isinstance(resolve(named_in(wording, register), register), Scope)


@pytest.mark.parametrize(("wording", "units", "register"), cases("several"))
def test_a_name_of_several_is_asked_back_unless_places_tell(
    wording: str, units: list[str], register: UnitRegister
) -> None:
    (mention,) = own_mentions(wording, register)
    assert sorted(unit.name for unit in mention.units) == sorted(units)
    outcome = resolve(named_in(wording, register), register)
    if any(m.by_place for m in named_in(wording, register).units):
        assert isinstance(outcome, Scope)
        assert sorted(target.document.unit_name for target in outcome.targets) == sorted(units)
    else:
        assert isinstance(outcome, Choice)


@pytest.mark.parametrize(("wording", "units", "register"), cases("unknown"))
def test_another_unit_is_no_loaded_one(wording: str, units: list[str], register: UnitRegister) -> None:
    assert isinstance(resolve(named_in(wording, register), register), ScopeProblem)


@pytest.mark.parametrize(("wording", "units", "register"), cases("nothing"))
def test_words_of_a_name_are_no_unit(wording: str, units: list[str], register: UnitRegister) -> None:
    assert named_in(wording, register).units == ()
