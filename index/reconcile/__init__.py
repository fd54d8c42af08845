"""Reconciliation (勾稽): what must agree in a budget, checked cell by cell and sentence by sentence."""

from __future__ import annotations

from index.clean.table import CleanTable
from index.prose import Finding, Statement
from index.reconcile.ledger import TableView
from index.reconcile.prose import (
    check_breakdowns,
    check_changes,
    check_conflicts,
    check_percents,
    check_prose_equal,
    check_prose_sums,
    check_shares,
)
from index.reconcile.prose_tables import check_prose_against_tables
from index.reconcile.reasons import check_reasons
from index.reconcile.sums import check_row_sums
from index.reconcile.tables import (
    check_balances,
    check_row_products,
    check_same_items,
    check_sister_tables,
    check_trees,
)

_TABLE_CHECKS = (
    check_balances,
    check_trees,
    check_row_sums,
    check_row_products,
    check_same_items,
    check_sister_tables,
)
_PROSE_CHECKS = (
    check_changes,
    check_percents,
    check_shares,
    check_breakdowns,
    check_reasons,
    check_prose_equal,
    check_prose_sums,
    check_conflicts,
)


def reconcile(tables: tuple[CleanTable, ...], statements: tuple[Statement, ...]) -> tuple[Finding, ...]:
    """The result of every check that the document gives something to check for."""
    views = [TableView(table) for table in tables]
    findings = [finding for check in _TABLE_CHECKS for finding in check(views)]
    findings += check_prose_against_tables(views, statements)
    findings += [finding for check in _PROSE_CHECKS for finding in check(statements)]
    return tuple(findings)
