"""Prose against itself: changes, per cents, shares, lists and reasons must add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from index.prose import Finding, Statement
from index.reconcile.compare import compare_same, cut_off, finding_about
from index.reconcile.ledger import Term, amount_text, printed_place, quoted, statement_term
from index.reconcile.names import item_key
from index.reconcile.prose_tables import is_vague, prose_item
from index.reconcile.rules import ProseSum, rules

Statements = tuple[Statement, ...]

_UNIT: Final = "万元"
_HUNDRED: Final = Decimal(100)
_SPENT: Final = re.compile("执行|决算|完成")


def check_changes(statements: Statements) -> Iterator[Finding]:
    """Amount less earlier amount is the change."""
    for index, statement in enumerate(statements):
        amount, earlier, change = statement.amount, statement.earlier, statement.change
        if amount is None or earlier is None or change is None:
            continue
        difference = change - (amount - earlier)
        told = (
            f"正文{quoted(statement.subject)}{in_wan(amount)}，{statement.earlier_basis or '上年'} {in_wan(earlier)}，"
            f"应{change_text(amount - earlier)}，写{change_text(change)}"
        )
        tolerance = printed_place(statement) * 3 / 2
        yield _finding("正文增减额=本年-上年", statements, (index,), told, difference, tolerance)


def check_percents(statements: Statements) -> Iterator[Finding]:
    """The printed per cent of change is the change over the earlier amount."""
    for index, statement in enumerate(statements):
        basis = _percent_basis(statements, index)
        if statement.percent is None or basis is None:
            continue
        if basis.whole == 0:
            if basis.part:
                yield Finding(
                    "正文增减率",
                    "not_checkable",
                    f"正文{quoted(statement.subject)}上年为零，增减率无从计算",
                    statements=basis.read,
                )
            continue
        yield _check_ratio("正文增减率", statements, statement.percent, basis, "增减率")


def check_shares(statements: Statements) -> Iterator[Finding]:
    """The printed share is the part over the whole that it names, or that the part is listed under."""
    for index, statement in enumerate(statements):
        whole = _share_whole(statements, index)
        if statement.share is None or statement.amount is None or whole is None:
            continue
        amount = statements[whole].amount
        if amount:
            place = max(printed_place(statement), printed_place(statements[whole]))
            ratio = _Ratio(statement.amount, amount, place, (index, whole))
            yield _check_ratio("正文占比", statements, statement.share, ratio, "占比")


@dataclass(frozen=True, slots=True)
class _Ratio:
    """``part`` over ``whole``, both printed to ``place``, and the statements they were read from."""

    part: Decimal
    whole: Decimal
    place: Decimal
    read: tuple[int, ...]

    @property
    def percent(self) -> Decimal:
        return self.part / self.whole * _HUNDRED

    def may_be(self, percent: Decimal) -> bool:
        """Whether amounts that print as these can have a ratio that prints as ``percent``."""
        half = self.place / 2
        wholes = [whole for whole in (self.whole - half, self.whole + half) if whole]
        ratios = [part / whole * _HUNDRED for part in (self.part - half, self.part + half) for whole in wholes]
        return _printed_like(percent, min(ratios)) <= percent <= _printed_like(percent, max(ratios))


def _check_ratio(check: str, statements: Statements, printed: Decimal, ratio: _Ratio, word: str) -> Finding:
    subject = statements[ratio.read[0]].subject
    computed = _printed_like(printed, ratio.percent)
    formula = f"{in_wan(ratio.part)} ÷ {in_wan(ratio.whole)} = {ratio.percent:.2f}%"
    if ratio.may_be(printed):
        message = f"正文{quoted(subject)}的{word}写{_percent_text(printed, word)}，与推算（{formula}）相符"
        return _finding(check, statements, ratio.read, message, Decimal(0), Decimal(0))
    message = (
        f"正文{quoted(subject)}的{word}写{_percent_text(printed, word)}，"
        f"按金额推算应为{_percent_text(computed, word)}（{formula}）"
    )
    difference = printed - computed
    is_cut_off = cut_off(ratio.percent, _last_place(printed)) == printed
    return _finding(check, statements, ratio.read, message, difference, abs(difference) if is_cut_off else Decimal(0))


def _percent_basis(statements: Statements, index: int) -> _Ratio | None:
    """Change and earlier amount of a statement, from another sentence on the same subject where its own lacks one."""
    statement = statements[index]
    for other in (index, *_same_subject(statements, index)):
        amount, earlier = statements[other].amount, statements[other].earlier
        change = statement.change
        if change is None and amount is not None and earlier is not None and other == index:
            change = amount - earlier
        if change is None or (other != index and statements[other].change not in (None, change)):
            continue
        if earlier is None and amount is not None:
            earlier = amount - change
        if earlier is not None:
            place = min(printed_place(statement), printed_place(statements[other]))
            return _Ratio(change, earlier, place, tuple(dict.fromkeys((index, other))))
    return None


def _same_subject(statements: Statements, index: int) -> Iterator[int]:
    key = item_key(statements[index].subject)
    for other, candidate in enumerate(statements):
        if other != index and not candidate.explains_change and item_key(candidate.subject) == key:
            yield other


def _share_whole(statements: Statements, index: int) -> int | None:
    statement = statements[index]
    if statement.share_of is None:
        return statement.whole
    key = item_key(statement.share_of)
    before = (
        other for other in range(index, -1, -1)
        if statements[other].amount is not None and item_key(statements[other].subject) == key
    )  # fmt: skip
    return next(before, None)


def check_breakdowns(statements: Statements) -> Iterator[Finding]:
    """What a sentence lists as parts of a figure is no larger than the figure, and a full list adds up to it."""
    for whole, parts in groups(statements, explains_change=False).items():
        for field, word in (("amount", ""), ("earlier", "上年数"), ("change", "增减额")):
            head = getattr(statements[whole], field)
            found = [part for part in parts if getattr(statements[part], field) is not None]
            if head is not None and found and (field == "amount" or _against_one(statements, (whole, *found))):
                values = [getattr(statements[part], field) for part in found]
                yield from _breakdown(statements, whole, found, head, values, word)


def _against_one(statements: Statements, read: tuple[int, ...]) -> bool:
    """Whether all are set against what had been budgeted, or all against what was spent."""
    return len({bool(_SPENT.search(statements[index].earlier_basis or "")) for index in read}) == 1


def _breakdown(
    statements: Statements, whole: int, parts: list[int], head: Decimal, values: list[Decimal], word: str
) -> Iterator[Finding]:
    subject = statements[whole].subject
    place = max(printed_place(statements[index]) for index in (whole, *parts))
    largest = max(range(len(parts)), key=lambda position: values[position])
    if not word and 0 <= head < values[largest] - place:
        if _larger_before(statements, whole, values[largest]):
            return
        name = statements[parts[largest]].subject
        message = f"正文{quoted(subject)}{in_wan(head)}，其中{quoted(name)}{in_wan(values[largest])}，部分大于整体"
        yield _finding(
            "正文部分不大于整体", statements, (whole, parts[largest]), message, head - values[largest], Decimal(0)
        )
    elif len(parts) > 1:
        total = sum(values, Decimal(0))
        message = f"正文{quoted(subject)}{word}{in_wan(head)}，列出的 {len(parts)} 项合计 {in_wan(total)}"
        yield from list_finding("正文总额=各项之和", statements, (whole, *parts), message, head, total)


def _larger_before(statements: Statements, whole: int, amount: Decimal) -> bool:
    """Whether the part may belong to a figure named before (总额 9 万元：货物 4 万元；其中 5 万元).

    Then the list below the last figure is not its own.
    """
    head = statements[whole]
    earlier = (s for s in statements[:whole] if (s.paragraph, s.sentence) == (head.paragraph, head.sentence))
    return any(s.amount is not None and s.amount >= amount for s in earlier)


def groups(statements: Statements, *, explains_change: bool) -> dict[int, list[int]]:
    """The statements that are parts of another one, or that explain its change, by that one."""
    groups: dict[int, list[int]] = {}
    for index, statement in enumerate(statements):
        if statement.whole is not None and statement.explains_change is explains_change:
            groups.setdefault(statement.whole, []).append(index)
    return groups


def list_finding(
    check: str, statements: Statements, read: tuple[int, ...], message: str, head: Decimal, total: Decimal
) -> Iterator[Finding]:
    """A list that falls far short of its total was never meant to be complete: nothing is said of it.

    Nor of one that leaves out what its paragraph states elsewhere (the same money on the side of income).
    """
    difference = head - total
    place = max(printed_place(statements[index]) for index in read)
    short = difference * (1 if head >= 0 else -1) > 0
    beside = (s.amount for s in statements if s.paragraph == statements[read[0]].paragraph)
    if short and any(amount == difference for amount in beside):
        return
    if difference == 0:
        yield _finding(check, statements, read, f"{message}，相符", difference, Decimal(0))
    elif not short or abs(difference) <= rules().near * abs(head):
        told = f"{message}，相差 {in_wan(abs(difference))}"
        yield _finding(check, statements, read, told, difference, place * len(read) / 2)


def check_prose_equal(statements: Statements) -> Iterator[Finding]:
    """Two subjects that must have one amount."""
    for rule in rules().prose_equal:
        sides = [
            next((i for i, s in enumerate(statements) if s.amount is not None and pattern.fullmatch(s.subject)), None)
            for pattern in (rule.left, rule.right)
        ]
        terms = [_term(statements, index) for index in sides if index is not None]
        if len(terms) == 2:
            yield compare_same(rule.check, *terms)


def check_prose_sums(statements: Statements) -> Iterator[Finding]:
    """A subject that is the sum of others, told in paragraphs of their own."""
    for rule in rules().prose_sums:
        for index, statement in enumerate(statements):
            if statement.amount is not None and rule.whole.fullmatch(statement.subject):
                yield from _prose_sum(rule, statements, index)
                break


def _prose_sum(rule: ProseSum, statements: Statements, whole: int) -> Iterator[Finding]:
    parts: dict[str, int] = {}
    for index in range(whole + 1, len(statements)):
        statement = statements[index]
        if statement.amount is not None and any(pattern.fullmatch(statement.subject) for pattern in rule.parts):
            parts.setdefault(item_key(statement.subject), index)
    if not all(any(pattern.fullmatch(statements[index].subject) for index in parts.values()) for pattern in rule.parts):
        return
    read = tuple(parts.values())
    total = sum((amount for index in read if (amount := statements[index].amount) is not None), Decimal(0))
    head = statements[whole].amount
    assert head is not None
    message = f"正文{quoted(statements[whole].subject)}{in_wan(head)}，各分项合计 {in_wan(total)}"
    yield from list_finding(rule.check, statements, (whole, *read), message, head, total)


def check_conflicts(statements: Statements) -> Iterator[Finding]:
    """Two sentences on one of the fixed items state one amount."""
    first: dict[str, int] = {}
    for index, statement in enumerate(statements):
        item = prose_item(statement.subject)
        vague = is_vague(statement) or rules().of_an_item.search(statement.sentence)
        if item is None or item.loose or statement.amount is None or vague:
            continue
        before = first.setdefault(item.subject.pattern, index)
        if before != index and statements[before].sentence != statement.sentence:
            yield compare_same("正文前后一致", _term(statements, before), _term(statements, index))


def _term(statements: Statements, index: int) -> Term:
    amount = statements[index].amount
    assert amount is not None
    return statement_term(statements[index], index, amount)


def _finding(
    check: str, statements: Statements, read: tuple[int, ...], message: str, difference: Decimal, tolerance: Decimal
) -> Finding:
    terms = [Term(Decimal(0), Decimal(1), _UNIT, statements[index].subject, statement=index) for index in read]
    is_rounding = difference != 0 and abs(difference) <= tolerance
    return finding_about(check, terms, message, difference, is_rounding=is_rounding)


def in_wan(amount: Decimal) -> str:
    """An amount as prose prints it."""
    return amount_text(amount, _UNIT)


def change_text(change: Decimal) -> str:
    """A change in words."""
    return f"{'减少' if change < 0 else '增加'} {in_wan(abs(change))}"


def _percent_text(percent: Decimal, word: str) -> str:
    direction = {-1: "减少", 0: "", 1: "增加"}[(percent > 0) - (percent < 0)] if word == "增减率" else ""
    return f"{direction} {abs(percent):f}%"


def _printed_like(printed: Decimal, percent: Decimal) -> Decimal:
    """``percent`` rounded to the places that ``printed`` has."""
    return percent.quantize(_last_place(printed), ROUND_HALF_UP)


def _last_place(printed: Decimal) -> Decimal:
    """One of the last place that a number prints."""
    return Decimal(1).scaleb(int(printed.as_tuple().exponent))
