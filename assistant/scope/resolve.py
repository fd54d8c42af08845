"""Which documents a question is about: what it names, or its conversation, or the only one there is; else ask back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.scope.loaded import Unit
from assistant.scope.named import BUDGET, FINAL_ACCOUNT, Named
from assistant.scope.register import UnitMention, UnitRegister
from index.records import DocumentRecord

_MOST_NAMED: Final = 8
_ANCHORED: Final = frozenset({"this", "last", "next", "before_last"})


@dataclass(frozen=True, slots=True)
class Target:
    """A document, and the year of it that is asked for: its own, or the one before, which its prose may state."""

    document: DocumentRecord
    year: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents a question is about, in the order named.

    ``everyone``: the words that mean all units; ``left_out``: how many units have none of the year and kind.
    """

    targets: tuple[Target, ...]
    everyone: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Several documents fit: which one is meant?"""

    documents: tuple[DocumentRecord, ...]


@dataclass(frozen=True, slots=True)
class ScopeProblem:
    """A scope that can't be served: what was asked for, and what there is; ``unit``: the one that isn't loaded."""

    missing: str
    present: str
    unit: str = ""


Outcome = Scope | Choice | ScopeProblem


def document_name(document: DocumentRecord) -> str:
    """A document as a question names it: 上海市审计局2026年单位预算."""
    year = f"{document.year}年" if document.year else ""
    return f"{document.unit_name}{year}{document.unit_level}{document.document_type}"


def resolve(named: Named, register: UnitRegister) -> Outcome:
    """The documents meant, the ones to choose from, or what is missing."""
    named = _without_wider(named)
    unknown = next((mention for mention in named.units if not mention.units), None)
    if unknown:
        return ScopeProblem(f"“{unknown.text}”的文件", _listed_units(register.units), unknown.text)
    if named.everyone and len(register.units) > 1:
        return _everyone(named, register)
    if named.pairs and len(register.units) > 1:
        each = [replace(named, units=(unit,), years=years, pairs=()) for unit, years in named.pairs]
        return _together(resolve(one, register) for one in each)
    groups = _groups(named, register)
    return _together(_of_group(units, named) for units in groups) if groups else _open(named, register)


def _without_wider(named: Named) -> Named:
    """Without the mentions that another one tells more closely (宣传部, where 烟台市委宣传部 is named too)."""
    if any(mention.by_place for mention in named.units):
        return named
    said = [frozenset(unit.name for unit in mention.units) for mention in named.units if mention.units]

    def is_closest(mention: UnitMention) -> bool:
        own = frozenset(unit.name for unit in mention.units)
        return not any(other < own for other in said)

    pairs = tuple((mention, years) for mention, years in named.pairs if is_closest(mention))
    return replace(named, units=tuple(filter(is_closest, named.units)), pairs=pairs if len(pairs) > 1 else ())


def _together(outcomes: Iterable[Outcome]) -> Outcome:
    """All documents of several units; what one of them lacks or leaves open stands for all."""
    found: list[Target] = []
    for outcome in outcomes:
        if not isinstance(outcome, Scope):
            return outcome
        found += outcome.targets
    return Scope(tuple(dict.fromkeys(found)))


def _groups(named: Named, register: UnitRegister) -> list[tuple[Unit, ...]]:
    """One group of units for each unit named; a subordinate unit and a place count only on their own."""
    if len(register.units) == 1:
        return [register.units]
    places = [mention.units for mention in named.units if mention.by_place]
    whole = [
        group
        for m in named.units if not m.by_place and (own := tuple(u for u in m.units if not u.is_part))
        for group in _by_place(own, places)
    ]  # fmt: skip
    parts = [m.units for m in named.units if not m.by_place and all(unit.is_part for unit in m.units)]
    return list(dict.fromkeys(whole or _documents_once(parts) or places))


def _by_place(units: tuple[Unit, ...], places: Sequence[tuple[Unit, ...]]) -> list[tuple[Unit, ...]]:
    """A short name that fits several units, told apart by the places beside it (西安和长沙两个信访局)."""
    names = {unit.name for unit in units}
    told = [tuple(u for u in place if u.name in names) for place in places]
    return [group for group in told if group] if len(units) > 1 and any(told) else [units]


def _documents_once(groups: Iterable[tuple[Unit, ...]]) -> list[tuple[Unit, ...]]:
    """Units of one department lead to its documents only once."""
    seen: dict[tuple[DocumentRecord, ...], tuple[Unit, ...]] = {}
    for units in groups:
        seen.setdefault(tuple(document for unit in units for document in unit.documents), units)
    return list(seen.values())


def _of_group(units: tuple[Unit, ...], named: Named) -> Outcome:
    """The documents of a unit; where a short name fits several units, of the only one that has what is asked for."""
    outcomes = list(dict.fromkeys(_of_unit(unit, named) for unit in units))
    if len(outcomes) == 1:
        return outcomes[0]
    served = [outcome for outcome in outcomes if not isinstance(outcome, ScopeProblem)]
    if len(served) == 1:
        return served[0]
    if len({outcome.targets for outcome in served if isinstance(outcome, Scope)}) == 1 and len(served) == len(outcomes):
        return served[0]
    documents = [document for unit in units for document in _of_type(unit.documents, named)]
    return Choice(tuple(d for d in documents if d.year in named.years) or tuple(documents))


def _of_unit(unit: Unit, named: Named) -> Outcome:
    documents = _of_type(unit.documents, named)
    named = _with_year_compared(named, documents)
    if named.years:
        outcome = _of_years(unit, documents, named)
        is_own_year = isinstance(outcome, Scope) and all(t.year == t.document.year for t in outcome.targets)
        if is_own_year or named.units_inherited or not named.years_inherited:
            return outcome
    if "every" in named.relative:
        return Scope(tuple(Target(document, document.year) for document in reversed(documents)))
    newest = documents[0].year
    if {"this", "last"} <= set(named.relative) and newest:
        before = [Target(d, d.year) for d in documents if d.year == newest - 1]
        current = [Target(d, d.year) for d in documents if d.year == newest]
        if len(before) == len(current) == 1:
            return Scope((*current, *before))
    if _ANCHORED & set(named.relative):
        documents = [document for document in documents if document.year == newest]
    return Scope((Target(documents[0], documents[0].year),)) if len(documents) == 1 else Choice(tuple(documents))


def _with_year_compared(named: Named, documents: Sequence[DocumentRecord]) -> Named:
    """``比2024年少多少`` compares the year after it."""
    following = max(named.years, default=0) + 1
    is_only = bool(named.compared) and named.compared == named.years
    if not is_only or all(document.year != following for document in documents):
        return named
    return replace(named, years=(following, *named.years))


def _of_years(unit: Unit, documents: Sequence[DocumentRecord], named: Named) -> Outcome:
    """A document for each year named; a budget also stands for the year before, which its prose may state.

    A final account does where the year before is only compared with.
    """
    targets = []
    for year in named.years:
        exact = [document for document in documents if document.year in (year, None)]
        is_compared = year in named.compared
        after = [d for d in documents if d.year == year + 1 and (d.document_type == BUDGET or is_compared)]
        fitting = exact or ([] if named.final_account and not is_compared else after)
        if not fitting:
            kind = FINAL_ACCOUNT if FINAL_ACCOUNT in named.types else "预决算"
            return ScopeProblem(f"{unit.name}{year}年的{kind}文件", _listed(unit.documents))
        if len(fitting) > 1 and not _one_a_type(fitting, named):
            return Choice(tuple(fitting))
        targets += [Target(document, year) for document in fitting]
    return Scope(_one_a_document(targets))


def _one_a_document(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Two years that one document answers for are one question to it."""
    own = {target.document.document_id: target for target in targets if target.year == target.document.year}
    return tuple(dict.fromkeys(own.get(target.document.document_id, target) for target in targets))


def _of_type(documents: Sequence[DocumentRecord], named: Named) -> list[DocumentRecord]:
    """The documents of the kinds named, all where none is of them (a final account also prints the budget)."""
    of_type = [d for d in documents if not named.types or d.document_type in named.types] or list(documents)
    return [d for d in of_type if named.level in (None, d.unit_level)] or of_type


def _one_a_type(documents: Sequence[DocumentRecord], named: Named) -> bool:
    """Whether 预算 and 决算 are both named and each is there once."""
    types = [document.document_type for document in documents]
    return len(set(types)) == len(types) and set(types) <= named.types


def _everyone(named: Named, register: UnitRegister) -> Outcome:
    """One document a unit, all of one year and kind: without a year the one that most units have."""
    units = tuple(dict.fromkeys(unit for mention in named.units for unit in mention.units)) or register.units
    wanted = FINAL_ACCOUNT if FINAL_ACCOUNT in named.types else BUDGET
    left_out_documents = {d for mention in named.excluded for unit in mention.units for d in unit.documents}
    documents = [
        d for unit in units for d in unit.documents if d.document_type == wanted and d not in left_out_documents
    ]
    counted = Counter(d.year for d in documents)
    years = named.years or _most_common_years(counted)
    if "every" in named.relative:
        years = tuple(year for year in counted if year)
    chosen = {(d.unit_name, d.year): d for d in sorted(documents, key=lambda d: d.unit_level) if d.year in years}
    if not chosen:
        return ScopeProblem(f"{'、'.join(map(str, years))}年的{wanted}文件", _listed_units(register.units))
    targets = tuple(Target(document, document.year) for document in chosen.values())
    excluded = {unit.name for mention in named.excluded for unit in mention.units}
    left_out = len({unit.name for unit in units} - {document.unit_name for document in chosen.values()} - excluded)
    return Scope(targets, everyone=named.everyone, left_out=left_out)


def _most_common_years(counted: Counter[int | None]) -> tuple[int, ...]:
    """The year that most documents have, of several the newest."""
    years = sorted((year for year in counted if year), key=lambda year: (-counted[year], -year))
    return tuple(years[:1])


def _open(named: Named, register: UnitRegister) -> Outcome:
    """No unit is named: the only document of the year and kind, else a choice."""
    documents = _of_type([document for unit in register.units for document in unit.documents], named)
    of_year = [document for document in documents if document.year in named.years]
    stated = of_year or named.years_inherited or any(d.year == year + 1 for d in documents for year in named.years)
    if named.years and not stated:
        return ScopeProblem(f"{named.years[0]}年的文件", _listed_units(register.units))
    fitting = of_year or documents
    return Scope((Target(fitting[0], fitting[0].year),)) if len(fitting) == 1 else Choice(tuple(fitting))


def _listed(documents: Sequence[DocumentRecord]) -> str:
    return "、".join(document_name(document) for document in documents[:_MOST_NAMED])


def _listed_units(units: Sequence[Unit]) -> str:
    newest = [unit.documents[0] for unit in units]
    more = f"等{len(newest)}个单位的文件" if len(newest) > _MOST_NAMED else ""
    return _listed(newest) + more
