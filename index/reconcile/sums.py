"""In each line, one figure is the sum of others (合计 = 基本支出 + 项目支出)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from index.prose import Finding
from index.reconcile.compare import compare_sum
from index.reconcile.ledger import TableView, Term
from index.reconcile.lines import Line, lines_of
from index.reconcile.rules import RowSum, rules

_MOST_READINGS = 16

Reading = tuple[Term, ...]


def check_row_sums(views: Sequence[TableView]) -> Iterator[Finding]:
    """Every sum that a line of a table must obey."""
    for view in views:
        rows = [rule for rule in rules().row_sums if view.table.kind in rule.kinds]
        for line in lines_of(view) if rows else ():
            for rule in rows:
                yield from _row_sum(rule, line)


def _row_sum(rule: RowSum, line: Line) -> Iterator[Finding]:
    """Where a line can be read in several ways, one that holds is enough, and none that holds proves nothing."""
    wholes = line.terms.get(rule.whole, ())
    parts = _printed_parts(rule, line)
    if len(wholes) != 1 or rule.whole not in line.printed or not parts or not line.printed & {*parts}:
        return
    name = f"{'、'.join(parts)}之和"
    found = [compare_sum(rule.check, wholes[0], reading, name) for reading in _readings(rule, line, parts)]
    found.sort(key=lambda finding: (finding.result != "holds", not finding.is_rounding))
    if found[0].result == "holds" or found[0].is_rounding or len(found) == 1:
        yield found[0]
    else:
        message = f"{found[0].message}：有的列不知是否计入，无从核对"
        yield replace(found[0], result="not_checkable", message=message)


def _printed_parts(rule: RowSum, line: Line) -> list[str]:
    """The measures to be added; for one that is not printed, those that make it up. Empty where a needed one is not."""
    found: list[str] = []
    for part in rule.parts:
        printed = _expanded(part, line)
        if part in rule.needs and not printed:
            return []
        found += printed
    return list(dict.fromkeys(found))


def _expanded(part: str, line: Line) -> list[str]:
    if part in line.terms:
        return [part]
    return [each for inner in rules().parts_of.get(part, ()) for each in _expanded(inner, line)]


def _readings(rule: RowSum, line: Line, parts: Sequence[str]) -> list[Reading]:
    """Each way to add up: a measure in several columns means the first or all; some amounts may not belong."""
    choices: list[list[Reading]] = [_choices(line.terms[part]) for part in parts]
    extra = tuple(term for part in rule.optional for term in line.terms.get(part, ()) if term.amount)
    choices += [[(), more] for more in (extra, line.unknown) if more]
    combined = islice(product(*choices), _MOST_READINGS)
    return [tuple(term for group in groups for term in group) for groups in combined]


def _choices(terms: Reading) -> list[Reading]:
    return [terms] if len(terms) == 1 else [terms[:1], terms]
