"""What a reason lists against the change that it explains."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from index.prose import Finding, Statement
from index.reconcile.ledger import quoted
from index.reconcile.prose import change_text, groups, in_wan, list_finding
from index.reconcile.rules import rules

Statements = tuple[Statement, ...]


def check_reasons(statements: Statements) -> Iterator[Finding]:
    """The amounts that a reason lists add up to the change that it explains, if it means to be complete."""
    for whole, parts in groups(statements, explains_change=True).items():
        head = statements[whole]
        values = _with_subtotals_folded([(part, _weight(statements[part])) for part in parts])
        if head.change is None or len(values) < 2:
            continue
        total = sum((value for _, value in values), Decimal(0))
        message = f"正文{quoted(head.subject)}{change_text(head.change)}，原因中列出的各项合计 {in_wan(total)}"
        read = (whole, *parts)
        if total == head.change or _means_to_be_complete(head, [statements[part] for part in parts]):
            yield from list_finding("增减原因=各项之和", statements, read, message, head.change, total)


def _means_to_be_complete(head: Statement, parts: list[Statement]) -> bool:
    """Whether every part has an amount, and nothing is said to be left out, or to make up for others."""
    amounts = [_weight(part) for part in parts]
    return None not in amounts and not rules().incomplete_reason.search(head.reason or "")


def _weight(statement: Statement) -> Decimal | None:
    return statement.amount if statement.amount is not None else statement.change


def _with_subtotals_folded(values: list[tuple[int, Decimal | None]]) -> list[tuple[int, Decimal]]:
    """The amounts without those that repeat the sum of the ones right before them (…，合计 77.14 万元)."""
    kept: list[tuple[int, Decimal]] = []
    for index, value in values:
        if value is None:
            continue
        for start in range(len(kept) - 1):
            if sum((amount for _, amount in kept[start:]), Decimal(0)) == value:
                del kept[start:]
                break
        kept.append((index, value))
    return kept
