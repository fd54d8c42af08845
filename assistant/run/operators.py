"""Operators: pure functions over quantities. Units have to agree; what fails says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Final

from assistant.answering.values import Value, mean, percentage
from assistant.plan.quantity import Quantity
from assistant.query import Condition
from assistant.understand.kinds import alike, is_part
from assistant.understand.wording import normalise
from index.money import YUAN_PER_UNIT, to_yuan

_TESTS: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    "gt": gt, "ge": ge, "lt": lt, "le": le, "eq": eq, "ne": ne,
}  # fmt: skip


class Unsound(Exception):
    """A computation that would mean nothing: 人 added to 万元, a share over 100 %, a division by zero."""


def numbered(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Those that have a number."""
    return [q for q in quantities if q.exact is not None]


def same_unit(quantities: Sequence[Quantity]) -> None:
    """Raises Unsound where amounts, counts and per cents are mixed, or counts of different things."""
    kinds = {q.value.kind for q in quantities}
    counted = {q.value.unit for q in quantities if q.value.kind == "quantity"}
    if len(kinds) > 1 or not counted <= alike(next(iter(counted), "")):
        raise Unsound("单位不同，不能放在一起算")


def added(quantities: Sequence[Quantity], name: str) -> Quantity:
    """The sum. Raises Unsound."""
    parts = numbered(quantities)
    if not parts:
        raise Unsound("没有数可加")
    same_unit(parts)
    _no_nesting(parts)
    total = sum((q.exact for q in parts if q.exact is not None), Decimal(0))
    return _made(name, replace(parts[0].value, exact=total), parts)


def _no_nesting(parts: Sequence[Quantity]) -> None:
    """Raises Unsound where one row is counted twice."""
    rows = [(q.row_id, tuple(c.figure_id for c in q.cells)) for q in parts if q.row_id]
    if len(set(rows)) < len(rows):
        raise Unsound("同一行不能加两次")
    if any(is_part(one.name, other.name) or _lists(other, one) for one in parts for other in parts):
        raise Unsound("部分不能和它的整体加在一起")


def _lists(whole: Quantity, part: Quantity) -> bool:
    """Whether the sentence that states one figure lists another as a part of it (离退休人员78人，其中离休3人)."""
    own = {s.statement_id for s in whole.statements}
    return any(s.whole_id in own for s in part.statements)


def averaged(quantities: Sequence[Quantity], name: str) -> Quantity:
    """The mean, to two decimals of the unit. Raises Unsound."""
    parts = numbered(quantities)
    total = added(parts, name)
    assert total.exact is not None
    if total.value.kind == "amount":
        return _made(name, mean(total.exact, len(parts), total.value.unit or "万元"), parts)
    value = (total.exact / len(parts)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return _made(name, replace(total.value, exact=value), parts)


def subtracted(first: Quantity, second: Quantity, name: str) -> Quantity:
    """The absolute gap. Raises Unsound."""
    same_unit((first, second))
    if first.exact is None or second.exact is None:
        raise Unsound("有一项没有数")
    unit = "个百分点" if first.value.kind == "percent" else first.value.unit
    return _made(name, replace(first.value, exact=abs(first.exact - second.exact), unit=unit), (first, second))


def gap_rate(first: Quantity, second: Quantity, name: str) -> Quantity:
    """How far the first is from the second in per cent of that. Raises Unsound."""
    gap = subtracted(first, second, name)
    if gap.exact is None or not second.exact:
        raise Unsound("作基数的数为零或没有")
    return _made(name, percentage(gap.exact, second.exact), (first, second))


def share(part: Quantity, whole: Quantity, name: str) -> Quantity:
    """The part in per cent of the whole. Raises Unsound."""
    same_unit((part, whole))
    if part.exact is None or not whole.exact:
        raise Unsound("没有可比的合计")
    is_same = part.exact == whole.exact and part.name == whole.name and not (part.parts or whole.parts)
    if (is_same and part.cells) or (part.cells and part.cells == whole.cells):
        raise Unsound("部分就是整体")
    if abs(part.exact) > abs(whole.exact):
        raise Unsound("部分大于整体")
    return _made(name, percentage(part.exact, whole.exact), (part, whole))


_LEAST_SHOWN: Final = Decimal("0.01")
"""Below it a quotient of money is told in 元: four decimals would round too much of it away."""


def divided(part: Quantity, base: Quantity, name: str, places: int | None = None) -> Quantity:
    """Times, or an amount for each thing where the base is a count; to two decimals, or ``places``. Raises Unsound."""
    if part.exact is None or not base.exact:
        raise Unsound("除数为零或没有")
    if part.value.kind == base.value.kind:
        value = (part.exact / base.exact).quantize(_last_place(places, Decimal("0.01")), ROUND_HALF_UP)
        return _made(name, Value("quantity", value, unit="倍"), (part, base))
    if part.value.kind != "amount" or base.value.kind != "quantity":
        raise Unsound("不能相除")
    unit = part.value.unit or "万元"
    each = _unrounded(part) / base.exact / YUAN_PER_UNIT[unit]
    if places is None and abs(each) < _LEAST_SHOWN:
        unit, each = "元", each * YUAN_PER_UNIT[unit]
    usual = Decimal("0.01") if abs(each) >= 1 else Decimal("0.0001")
    each = each.quantize(_last_place(places, usual), ROUND_HALF_UP)
    return _made(name, Value("amount", to_yuan(each, unit), unit=unit), (part, base))


def _last_place(places: int | None, usual: Decimal) -> Decimal:
    return usual if places is None else Decimal(1).scaleb(-places)


def _unrounded(quantity: Quantity) -> Decimal:
    """A figure as it is; a quotient before it was rounded, so that dividing it again rounds but once."""
    kinds = [part.value.kind for part in quantity.parts]
    if kinds == ["amount", "quantity"] and quantity.parts[1].exact:
        return _unrounded(quantity.parts[0]) / quantity.parts[1].exact
    return quantity.exact or Decimal(0)


def _made(name: str, value: Value, parts: Sequence[Quantity]) -> Quantity:
    return Quantity(name, value, parts[0].document_id, parts=tuple(parts))


def ranked(quantities: Sequence[Quantity], *, descending: bool) -> list[Quantity]:
    """Those that have a number, by it; equals keep their order."""
    return sorted(numbered(quantities), key=lambda q: q.exact or Decimal(0), reverse=descending)


def passes(quantity: Quantity, condition: Condition, bound: Decimal | None = None) -> bool:
    """Whether a row meets a condition; ``bound`` is what a nested one came to (in 元)."""
    label = normalise(label_of(quantity))
    if condition.starts is not None:
        return label.startswith(normalise(condition.starts)) != condition.is_negated
    if condition.ends is not None:
        return label.endswith(normalise(condition.ends)) != condition.is_negated
    if condition.holds is not None:
        return (normalise(condition.holds) in label) != condition.is_negated
    if quantity.exact is None or (condition.unit == "%" and quantity.rate is None):
        return False
    if condition.unit == "%" and quantity.rate is not None:
        quantity = replace(quantity, value=Value("percent", abs(quantity.rate), unit="%"))
    bounds = [bound] if bound is not None else [_bound(quantity, value, condition.unit) for value in condition.values]
    if condition.comparison == "range":
        return bounds[0] <= (quantity.exact or Decimal(0)) <= bounds[-1]
    return _TESTS[condition.comparison](quantity.exact or Decimal(0), bounds[0])


def label_of(quantity: Quantity) -> str:
    """A row's own label, without the unit that its name says whose row it is."""
    label = quantity.cells[0].row_label if quantity.row_id and quantity.cells else ""
    return label if label and quantity.name.startswith(label) else quantity.name


def _bound(quantity: Quantity, value: Decimal, unit: str | None) -> Decimal:
    if quantity.value.kind != "amount":
        return value
    return to_yuan(value, unit if unit in YUAN_PER_UNIT else quantity.value.unit or "万元")
