"""Indicators of one project by the money that their targets allow, without those that only add the others up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.catalog import DocumentCatalog, Row
from assistant.resolve.projects import forms_named
from assistant.resolve.promises import Figures, group_of, is_of_group, target_of
from assistant.resolve.wishes import wishes_of
from assistant.understand.types import Understanding
from assistant.understand.wording import wording_rules
from index.money import YUAN_PER_UNIT, parse_number, to_yuan
from index.records import FigureRecord

_MONEY: Final = re.compile(r"(?:[≤≥=＝<>]|不超过|不高于)*(\d[\d,.]*)(亿元|万元|元)")
_SAID: Final = re.compile(r"(\d[\d,.]*)(亿元?|万元?|元)")
_TOTAL: Final = re.compile(r"总(?:额|成本|费用|经费|支出|投入|量)|合计|全年项目预算")
_ENDS: Final = ("max", "min", "top")


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator with the amount that its target names, in 元."""

    row: Row
    cell: FigureRecord
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RankedTargets:
    """The indicators asked for, in the order asked for, without the ``whole`` that only adds them up."""

    targets: tuple[Target, ...]
    group: str
    whole: Target | None = None
    asks_share: bool = False


def ranked_targets(asked: Understanding, catalog: DocumentCatalog, figures: Figures) -> RankedTargets | None:
    """``成本指标里哪一项费用上限最高，占总额的百分之多少``; None where something else is asked."""
    ends = {t.name for t in asked.tokens if t.group == "operations" and t.name in _ENDS}
    is_of_year = all(year == catalog.year for year in asked.years)
    if len(ends) != 1 or asked.relative_year or asked.excluded or asked.thresholds or not is_of_year:
        return None
    forms = forms_named(asked, catalog)
    if forms is None or len({catalog.tables[row.table_id].form for row in forms.indicators}) != 1:
        return None
    allowed = set(wording_rules()["promises"]["ranking"])
    wishes = wishes_of(asked, forms.names, forms.titles)
    words = {word for wish in wishes for word in wish.words if not parse_number(word)} - allowed
    group = group_of(asked)
    names_money = any(word in asked.question for word in wording_rules()["promises"]["amounts"])
    if words or not (names_money or "成本" in group):
        return None
    targets = list(_targets(forms.indicators, group, figures))
    totals = _totals(targets)
    parts = [target for target in targets if target not in totals]
    if len(parts) < 2 or len({target.row.unit for target in parts}) > 1:
        return None
    descending = ends != {"min"}
    parts.sort(key=lambda target: target.amount, reverse=descending)
    whole = totals[0] if totals else None
    if not any(t.name == "share" for t in asked.tokens):
        return None if _SAID.search(asked.question) else RankedTargets(tuple(parts), group, whole)
    said = [to_yuan(Decimal(n.replace(",", "")), _unit(unit)) for n, unit in _SAID.findall(asked.question)]
    is_said = whole is not None and all(amount == whole.amount for amount in said)
    return RankedTargets(tuple(parts), group, whole, asks_share=True) if is_said else None


def _totals(targets: Sequence[Target]) -> list[Target]:
    """The target that all others add up to, else the only one that is called a total and is the largest."""
    everything = sum((target.amount for target in targets), Decimal(0))
    sums = [target for target in targets if target.amount * 2 == everything]
    called = [target for target in targets if _TOTAL.search(target.row.label)]
    is_largest = len(called) == 1 and called[0].amount == max(target.amount for target in targets)
    return sums[:1] or (called if is_largest else [])


def _unit(said: str) -> str:
    return said if said in YUAN_PER_UNIT else f"{said}元"


def _targets(rows: Sequence[Row], group: str, figures: Figures) -> list[Target]:
    """The indicators of a group whose target is one amount and nothing more (no ``元/天``)."""
    cells = figures({row.row_id for row in rows})
    found = []
    for row in rows:
        cell = target_of(cells[row.row_id])
        amount = _MONEY.fullmatch(re.sub(r"\s", "", cell.printed))
        if amount and is_of_group(cells[row.row_id], group):
            found.append(Target(row, cell, to_yuan(Decimal(amount[1].replace(",", "")), amount[2])))
    return found
