"""Subordinate units: official names from the 收入总表, cut-off unit labels completed, each row's unit named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from index.clean.codes import system_of
from index.clean.draft import Draft, Drafts
from index.clean.table import CleanRow
from index.clean.wording import fold, glue, is_total_label
from index.dictionary import read_yaml
from index.naming import unit_headed

_UNIT_TABLES: Final = ("收入总表", "支出总表")
_UNIT_HEADERS: Final[list[str]] = read_yaml("columns.yaml")["unit_name"]
_MIN_PREFIX: Final = 3
_FEWEST_BANDS: Final = 2
"""Names of units alone on their lines that head the lines below them."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a list: the department as a whole stands above the others."""

    code: str | None
    name: str
    is_subordinate: bool


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The document's units under their official names."""

    units: tuple[Unit, ...]

    def coded(self, code: str | None) -> Unit | None:
        """The unit with this code."""
        return next((unit for unit in self.units if code and unit.code == code), None)

    def called(self, name: str) -> Unit | None:
        """The unit of exactly this name, in whatever brackets; the department before a unit that is called like it."""
        return next((unit for unit in self.units if fold(unit.name) == fold(name)), None)

    def official(self, name: str) -> Unit | None:
        """The one unit that ``name`` spells, in other brackets or cut off."""
        begun = [unit for unit in self.units if len(name) >= _MIN_PREFIX and fold(unit.name).startswith(fold(name))]
        return self.called(name) or (begun[0] if len({unit.name for unit in begun}) == 1 else None)


def name_units(drafts: Drafts) -> Drafts:
    """Give each row the full official name of the unit it belongs to; rows of the whole department have none."""
    units = UnitNames(tuple(unit for draft in drafts for unit in _listed(draft)))
    return tuple(_with_units(draft, units) for draft in drafts)


def _with_units(draft: Draft, units: UnitNames) -> Draft:
    listed = {row.key: unit for row, unit in zip(_unit_rows(draft), _listed(draft), strict=True)}
    carried = _carried(draft.body)
    return replace(draft, body=tuple(_named(row, units, listed.get(row.key)) for row in carried))


def _listed(draft: Draft) -> list[Unit]:
    """The units that a table lists: a department's code begins those of its units, or its line is the sum of theirs."""
    rows = _unit_rows(draft)
    codes = [row.code for row in rows]
    if all(codes):
        return [Unit(row.code, row.label, len(rows) > 1 and not _heads(row.code or "", codes)) for row in rows]
    return [Unit(None, row.label, len(rows) > 1 and not (n == 0 and _is_sum(rows))) for n, row in enumerate(rows)]


def _heads(code: str, codes: Sequence[str | None]) -> bool:
    return any(other and other != code and other.startswith(code) for other in codes)


def _is_sum(rows: Sequence[CleanRow]) -> bool:
    """Whether the first row's first amount is what the others add up to."""
    first, *others = [next((cell.number for cell in row.cells if cell.number), Decimal(0)) for row in rows]
    return len(others) > 1 and first == sum(others)


def _unit_rows(draft: Draft) -> list[CleanRow]:
    """The rows of a table of units: with codes that are of no official classification, or under a header of units."""
    if draft.kind not in _UNIT_TABLES:
        return []
    rows = [row for row in draft.body if not row.is_total]
    codes = [row.code for row in rows if row.code]
    labels = [column for column in draft.columns if column.role == "label"]
    is_headed = any(re.search(pattern, column.path) for column in labels for pattern in _UNIT_HEADERS)
    of_items = sum(system_of(code) is not None for code in codes)
    if codes:  # a unit's short code may look like an item's (327)
        return [] if of_items * 2 > len(codes) or (of_items and not is_headed) else [row for row in rows if row.code]
    return rows if is_headed else []


def _carried(rows: Sequence[CleanRow]) -> Iterator[CleanRow]:
    """Where only lines of units name their unit, or each unit is named once, the lines below belong to it."""
    named = [row.subordinate_unit for row in rows if row.subordinate_unit]
    first = next((row for row in rows if not row.is_total), None)
    once = len(named) == len(set(named)) >= _FEWEST_BANDS and first is not None and bool(first.subordinate_unit)
    sparse = all(_is_unit_line(row) for row in rows if row.subordinate_unit)
    bands = {row.key for row in rows if _is_band(row)}
    heads = len({row.label for row in rows if row.key in bands}) >= _FEWEST_BANDS
    unit: str | None = None
    for row in rows:
        if row.subordinate_unit:
            unit = row.subordinate_unit
        elif heads and row.key in bands:
            unit = row.label
        elif ((sparse and (row.code or heads)) or once) and not row.is_total:
            row = replace(row, subordinate_unit=unit)
        yield row


def _is_band(row: CleanRow) -> bool:
    """Whether a line prints a unit's name and nothing else."""
    return row.code is None and not any(cell.printed.strip() for cell in row.cells) and bool(unit_headed(row.label))


def _is_unit_line(row: CleanRow) -> bool:
    return row.code is None and fold(row.subordinate_unit or "") == fold(row.label)


def _named(row: CleanRow, units: UnitNames, listed: Unit | None) -> CleanRow:
    printed = row.subordinate_unit
    unit = listed or units.coded(row.code)
    if unit and (listed or _spells(row, unit.name)):
        return _of_unit(replace(row, label=unit.name), unit)
    if printed is None or is_total_label(printed):
        unit = None if row.code or row.is_total else units.called(row.label)
        return _of_unit(row, unit) if unit else replace(row, subordinate_unit=None)
    official = units.official(printed)
    if fold(printed) == fold(row.label):
        # A name that the document's list of units lacks is a group of them.
        return _of_unit(row, official or Unit(None, glue(printed), is_subordinate=not units.units))
    return replace(row, subordinate_unit=official.name if official else glue(printed))


def _of_unit(row: CleanRow, unit: Unit) -> CleanRow:
    """The line of a unit itself."""
    return replace(row, code_system="单位", subordinate_unit=unit.name if unit.is_subordinate else None)


def _spells(row: CleanRow, official: str) -> bool:
    return fold(official).startswith(fold(row.label)) and row.subordinate_unit in (None, row.label)
