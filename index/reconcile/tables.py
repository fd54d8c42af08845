"""Checks within one table, and of one table against another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from index.clean.table import CleanRow
from index.kinds import KINDS
from index.prose import Finding
from index.reconcile.compare import compare_at_most, compare_same, compare_sum
from index.reconcile.ledger import TableView, Term, amount_text
from index.reconcile.names import item_key
from index.reconcile.places import candidates_at, tables_at
from index.reconcile.rules import SameItem, SisterTables, rules

Views = Sequence[TableView]


def check_row_products(views: Views) -> Iterator[Finding]:
    """In each row, quantity times price is the amount."""
    for rule in rules().row_products:
        for view in views:
            if view.table.kind != rule.kind:
                continue
            for row in view.rows():
                product, price = view.term(row, rule.product), view.term(row, rule.price)
                number = next((cell.number for cell in view.cells(row, rule.quantity)), None)
                if product and price and number is not None:
                    amount = price.amount * number
                    times = Term(amount, price.place * abs(number), price.unit, price.name, price.cell)
                    text = f"数量 {number:f} × 单价 {amount_text(price.amount, '元')} ="
                    yield compare_sum(rule.check, product, [times], text)


def check_trees(views: Views) -> Iterator[Finding]:
    """Each parent row is the sum of its children, in each column of amounts; totals are parents of the top rows."""
    for view in views:
        children: dict[str, list[CleanRow]] = {}
        for row in view.rows():
            if row.parent is not None:
                children.setdefault(row.parent, []).append(row)
        for row in view.rows():
            below = children.get(row.key, [])
            if below and not any(rules().part_of_row_above.match(child.printed_label) for child in below):
                yield from _tree_sums(view, row, below)


def _tree_sums(view: TableView, parent: CleanRow, children: list[CleanRow]) -> Iterator[Finding]:
    amounts = [view.terms_by_column(child) for child in children]
    for column, whole in view.terms_by_column(parent).items():
        known = [terms[column] for terms in amounts if column in terms]
        if view.measure_of(column) in rules().not_additive or view.is_blank(parent, column):
            continue
        if len(known) == len(children) and any(not view.is_blank(child, column) for child in children):
            check = "合计=各行之和" if parent.is_total else "上级科目=下级之和"
            yield _unless_counted_twice(compare_sum(check, whole, known, f"下级 {len(known)} 行之和"), whole)


def _unless_counted_twice(finding: Finding, whole: Term) -> Finding:
    """Rows that add up to a multiple of their total hold sums of each other: the table does not show which."""
    if finding.difference is None or whole.amount <= 0 or finding.difference > -whole.amount * rules().counted_twice:
        return finding
    message = f"{finding.message}：表中的上下级关系不明，无从核对"
    return replace(finding, result="not_checkable", message=message)


def check_balances(views: Views) -> Iterator[Finding]:
    """The two halves of a table have one grand total; the totals of this year alone need not agree."""
    for rule in rules().balances:
        for view in views:
            if view.table.kind not in rule.kinds:
                continue
            halves = [
                [row for row in view.totals(side) if not rules().this_year.search(row.label)][:1]
                for side in ("收入", "支出")
            ]
            for left, right in zip(*halves, strict=False):
                terms = view.term(left, _default(view)), view.term(right, _default(view))
                if terms[0] and terms[1]:
                    yield compare_same(rule.check, terms[0], terms[1])


def _default(view: TableView) -> str:
    return next(measure.name for measure in KINDS[view.table.kind].measures if measure.default)


def check_same_items(views: Views) -> Iterator[Finding]:
    """One item that several tables print: the first place that is there, against each of the others."""
    for rule in rules().same_items:
        found = [
            (place, [candidates for view in tables_at(place, views) if (candidates := candidates_at(place, view))])
            for place in rule.places
        ]
        there = [tables for _, tables in found if tables]
        for tables in there[1:]:
            yield from _same_item(rule, there[0], tables)


def _same_item(rule: SameItem, ours: list[list[Term]], theirs: list[list[Term]]) -> Iterator[Finding]:
    """Agreement with one of several totals is enough; disagreement is told only where one table each is in question."""
    compare = compare_at_most if rule.at_most else compare_same
    pairs = [(left, right) for mine in ours for other in theirs for left in mine for right in other]
    found = [compare(rule.check, left, right) for left, right in pairs]
    agreeing = next((finding for finding in found if finding.result == "holds"), None)
    if agreeing:
        yield agreeing
    elif len(ours) == len(theirs) == 1 and not rule.loose:
        yield next((finding for finding in found if finding.is_rounding), found[0])
    else:
        told = f"{found[0].message}：两表的范围可能不同，无从核对"
        yield replace(found[0], result="not_checkable", message=told)


def check_sister_tables(views: Views) -> Iterator[Finding]:
    """Tables that print the same rows, row by row."""
    for rule in rules().sister_tables:
        for left in (view for view in views if view.table.kind == rule.left.kind):
            for right in (view for view in views if view.table.kind == rule.right.kind):
                yield from _sisters(rule, left, right)


def _sisters(rule: SisterTables, left: TableView, right: TableView) -> Iterator[Finding]:
    pairs = [(rule.left.measure, rule.right.measure)] if rule.left.measure else [(name, name) for name in rule.measures]
    for left_measure, right_measure in pairs:
        assert left_measure and right_measure
        total = _grand_total(left, rule.left.side, left_measure)
        if total is None or total != _grand_total(right, rule.right.side, right_measure):
            continue
        ours, theirs = _by_key(rule, left, rule.left.side), _by_key(rule, right, rule.right.side, rule.level)
        for key in (key for key in ours if key in theirs):
            terms = left.term(ours[key], left_measure), right.term(theirs[key], right_measure)
            if terms[0] and terms[1]:
                yield compare_same(rule.check, terms[0], terms[1])


def _grand_total(view: TableView, side: str | None, measure: str) -> Decimal | None:
    totals = [view.term(row, measure) for row in view.rows(side) if row.is_total and row.parent is None]
    return next((term.amount for term in totals if term), None)


def _by_key(rule: SisterTables, view: TableView, side: str | None, level: int | None = None) -> dict[str, CleanRow]:
    """Rows by code or label, without those whose key stands twice (行政运行 under several groups)."""
    found: dict[str, list[CleanRow]] = {}
    for row in view.rows(side):
        key = row.code if rule.key == "code" else item_key(row.label)
        if key and not row.is_total and (level is None or row.level == level):
            found.setdefault(key, []).append(row)
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1}
