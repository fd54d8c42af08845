"""Subordinate units: official names from the 收入总表, cut-off unit labels completed, each row's unit named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.clean.codes import system_of
from index.clean.draft import Draft, Drafts
from index.clean.table import CleanRow
from index.clean.wording import fold, glue, is_total_label

_UNIT_TABLES = ("收入总表", "支出总表")
_MIN_PREFIX = 3


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The document's units: official names by code."""

    by_code: Mapping[str, str]

    def is_subordinate(self, code: str) -> bool:
        """Whether no other unit's code begins with ``code``: departments stand above their units."""
        return len(self.by_code) > 1 and not any(other != code and other.startswith(code) for other in self.by_code)

    def official(self, name: str) -> str | None:
        """The one official name that ``name`` spells, in other brackets or cut off."""
        names = dict.fromkeys(self.by_code.values())
        same = [official for official in names if fold(official) == fold(name)]
        begun = [official for official in names if len(name) >= _MIN_PREFIX and fold(official).startswith(fold(name))]
        return next(iter(same or begun), None) if same or len(begun) == 1 else None

    def subordinate_named(self, name: str) -> str | None:
        """The official name of the subordinate unit that ``name`` spells."""
        official = self.official(name)
        code = next((code for code, known in self.by_code.items() if known == official), None)
        return official if code is not None and self.is_subordinate(code) else None


def name_units(drafts: Drafts) -> Drafts:
    """Give each row the full official name of the unit it belongs to; rows of the whole department have none."""
    units = UnitNames(_units(drafts))
    return tuple(
        replace(draft, body=tuple(_named(row, units, _lists_units(draft)) for row in draft.body)) for draft in drafts
    )


def _units(drafts: Drafts) -> dict[str, str]:
    return {
        row.code: row.label
        for draft in drafts
        if _lists_units(draft)
        for row in draft.body
        if row.code and not row.is_total
    }


def _lists_units(draft: Draft) -> bool:
    """Whether the rows are units: no code is one of an official classification."""
    codes = [row.code for row in draft.body if row.code]
    return draft.kind in _UNIT_TABLES and bool(codes) and not any(system_of(code) for code in codes)


def _named(row: CleanRow, units: UnitNames, is_unit_list: bool) -> CleanRow:
    printed_unit = row.subordinate_unit
    label = units.by_code.get(row.code or "")
    if row.code and label and (is_unit_list or _spells(row, label)):
        own = label if units.is_subordinate(row.code) else None
        return replace(row, label=label, code_system="单位", subordinate_unit=own)
    if printed_unit is None or is_total_label(printed_unit):
        return replace(row, subordinate_unit=None)
    if fold(printed_unit) == fold(row.label):
        return replace(row, code_system="单位", subordinate_unit=units.subordinate_named(printed_unit))
    return replace(row, subordinate_unit=units.official(printed_unit) or glue(printed_unit))


def _spells(row: CleanRow, official: str) -> bool:
    return fold(official).startswith(fold(row.label)) and row.subordinate_unit in (None, row.label)
