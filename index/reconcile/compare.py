"""Two sides of a check become a finding: do they hold, by how much do they differ, can it be rounding."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext
from typing import Final, Literal

from index.prose import CellReference, Finding
from index.reconcile.ledger import Term, amount_text, total_of

_TAIL: Final = Decimal("0.1")
"""Less than this, in 元, is the tail of a sum or of a number kept to so many digits, however many are printed."""


def compare_sum(check: str, whole: Term, parts: Sequence[Term], parts_name: str) -> Finding:
    """``whole`` against the sum of ``parts``, which ``parts_name`` describes to the reader."""
    total = total_of(parts)
    difference = whole.amount - total
    sum_text = amount_text(total, whole.unit)
    if difference == 0:
        message = f"{whole.name} {whole.text}，与{parts_name} {sum_text} 相符"
    else:
        message = f"{whole.name} {whole.text}，{parts_name} {sum_text}，相差 {amount_text(abs(difference), whole.unit)}"
    tolerance = sum((term.place for term in (whole, *parts) if term.amount), Decimal(0)) / 2
    return _finding(check, difference, tolerance, message, (whole, *parts))


def compare_same(check: str, left: Term, right: Term) -> Finding:
    """One item printed in two places. A figure that is the other one rounded to its own places holds."""
    difference = left.amount - right.amount
    coarser, finer = (left, right) if left.place >= right.place else (right, left)
    if rounded(finer.amount, coarser.place) == coarser.amount:
        message = f"{left.name} {left.text}，与{right.name} {right.text} 相符"
        return _finding(check, Decimal(0), Decimal(0), message, (left, right))
    message = f"{left.name}写 {left.text}，{right.name}写 {right.text}，相差 {amount_text(abs(difference), left.unit)}"
    is_cut_off = cut_off(finer.amount, coarser.place) == coarser.amount
    tolerance = coarser.place if is_cut_off else (left.place + right.place) / 2
    return _finding(check, difference, tolerance, message, (left, right))


def compare_at_most(check: str, whole: Term, part: Term) -> Finding:
    """``part`` may be smaller than ``whole``, as the rest may stand elsewhere; it can't be larger."""
    if part.amount >= whole.amount:
        return compare_same(check, whole, part)
    message = f"{whole.name} {whole.text}，{part.name} {part.text}，其余可能在其他表中，无从核对"
    return Finding(check, "not_checkable", message, cells=_cells((whole, part)), statements=_statements((whole, part)))


def rounded(amount: Decimal, place: Decimal) -> Decimal:
    """``amount`` rounded half up to multiples of ``place``.

    >>> rounded(Decimal("1.005"), Decimal("0.01")), rounded(Decimal("7.5"), Decimal("1E-448"))
    (Decimal('1.01'), Decimal('7.5'))
    """
    return _multiple(amount, place, ROUND_HALF_UP)


def cut_off(amount: Decimal, place: Decimal) -> Decimal:
    """``amount`` in multiples of ``place``, the digits behind left out: some documents don't round."""
    return _multiple(amount, place, ROUND_DOWN)


def _multiple(amount: Decimal, place: Decimal, rounding: str) -> Decimal:
    """The amount itself where there are more places than can be counted: it has no digits behind them."""
    count = amount / place
    if count.adjusted() >= getcontext().prec:
        return amount
    return count.quantize(Decimal(1), rounding) * place


def finding_about(
    check: str, terms: Sequence[Term], message: str, difference: Decimal, *, is_rounding: bool = False
) -> Finding:
    """A finding whose difference was worked out by the check itself; zero holds."""
    result: Literal["holds", "differs"] = "holds" if difference == 0 else "differs"
    return Finding(check, result, message, difference, is_rounding, _cells(terms), _statements(terms))


def _finding(check: str, difference: Decimal, tolerance: Decimal, message: str, terms: Sequence[Term]) -> Finding:
    is_rounding = difference != 0 and abs(difference) <= max(tolerance, _TAIL)
    if is_rounding:
        message += "（在四舍五入范围内）"
    return finding_about(check, terms, message, difference, is_rounding=is_rounding)


def _cells(terms: Sequence[Term]) -> tuple[CellReference, ...]:
    return tuple(dict.fromkeys(term.cell for term in terms if term.cell))


def _statements(terms: Sequence[Term]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(term.statement for term in terms if term.statement is not None))
