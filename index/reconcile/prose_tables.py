"""Prose against tables: a figure that a sentence states, and the cell that prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from index.clean.table import CleanRow
from index.kinds import KINDS
from index.prose import Finding, Statement
from index.reconcile.compare import compare_same, rounded
from index.reconcile.ledger import TableView, Term, statement_term
from index.reconcile.names import item_key, other_keys
from index.reconcile.places import terms_at
from index.reconcile.rules import Place, ProseItem, rules

CHECK: Final = "正文与表一致"
_CODE_BEHIND: Final = r"[\s（(]*(?P<code>\d{3,7})[）)]"

Views = Sequence[TableView]


def check_prose_against_tables(views: Views, statements: tuple[Statement, ...]) -> Iterator[Finding]:
    """Each amount of prose whose subject is a row or a total of a table."""
    for index, statement in enumerate(statements):
        item = prose_item(statement.subject)
        if item:
            yield from _against_item(views, statements, index, item)
        else:
            yield from _against_rows(views, statements, index)


def prose_item(subject: str) -> ProseItem | None:
    """The fixed item that a subject of prose stands for."""
    return next((item for item in rules().prose_items if item.subject.fullmatch(subject)), None)


def _against_item(views: Views, statements: tuple[Statement, ...], index: int, item: ProseItem) -> Iterator[Finding]:
    statement = statements[index]
    figures: tuple[tuple[str, Decimal | None, tuple[Place, ...]], ...] = (
        ("", statement.amount, item.places),
        ("上年数", statement.earlier, item.earlier),
        ("增减额", statement.change, item.change),
    )
    for what, amount, places in figures:
        found = [(place.kind, term) for place in places for term in terms_at(place, views)]
        terms = [term for _, term in found]
        if amount is not None and terms:
            stated = statement_term(statement, index, amount, what)
            partly = _may_be_part(stated, terms, [kind for kind, _ in found])
            yield from _judge(stated, terms, terms, only_holds=item.loose or partly or is_vague(statement))


def _against_rows(views: Views, statements: tuple[Statement, ...], index: int) -> Iterator[Finding]:
    statement = statements[index]
    kinds = rules().kinds_of_classification[statement.classification or "无"]
    rows = [(view, row) for view in views if view.table.kind in kinds for row in _rows_of(statement, view)]
    expected = [term for view, row in rows if (term := _main_term(view, row))]
    if statement.amount is not None and expected:
        stated = statement_term(statement, index, statement.amount)
        every = [term for view, row in rows for term in view.terms(row)]
        kinds_found = [view.table.kind for view, _ in rows]
        ambiguous = len({term.amount for term in expected}) > 1 or _may_be_part(stated, expected, kinds_found)
        vague = is_vague(statement) or _is_example(statement)
        yield from _judge(stated, expected, every, only_holds=ambiguous or vague)


def is_vague(statement: Statement) -> bool:
    """Whether the sentence leaves open which figure of an item is meant."""
    return statement.explains_change or bool(rules().other_basis.search(statement.sentence))


def _is_example(statement: Statement) -> bool:
    """Whether the figure is told as what something else is mainly made of."""
    named = re.finditer(rf"{re.escape(statement.subject)}(?P<between>[^，,；;。\d]*)(?=\d)", statement.sentence)
    nearest = min(named, key=lambda found: len(found["between"]), default=None)
    return bool(nearest and rules().examples.search(statement.sentence[: nearest.start()]))


def _judge(stated: Term, expected: list[Term], every: list[Term], *, only_holds: bool) -> Iterator[Finding]:
    """Agreement with any candidate holds; disagreement is told only where it is clear which cell was meant.

    It names every table that prints the other figure, as an answer may rest on any of them.
    """
    agreeing = next((term for term in [*expected, *every] if _agree(stated, term)), None)
    if agreeing:
        yield compare_same(CHECK, stated, agreeing)
    elif not only_holds:
        finding = compare_same(CHECK, stated, expected[0])
        cells = tuple(term.cell for term in expected if term.cell and term.amount == expected[0].amount)
        yield replace(finding, cells=cells)


def _may_be_part(stated: Term, expected: list[Term], kinds: list[str]) -> bool:
    """Whether prose may mean more than the tables found: they print only a part of the item."""
    partial = all(kind in rules().partial_kinds for kind in kinds)
    named = rules().general_budget.search(stated.name)
    return partial and not named and stated.amount > expected[0].amount


def _agree(left: Term, right: Term) -> bool:
    place = max(left.place, right.place)
    return rounded(left.amount, place) == rounded(right.amount, place)


def _rows_of(statement: Statement, view: TableView) -> list[CleanRow]:
    """The rows that the subject names: by the code behind it, by its label, else by another name of it."""
    rows = _of_group(statement, [row for row in view.rows() if row.is_own and not row.is_total and row.side != "收入"])
    code = re.search(re.escape(statement.subject) + _CODE_BEHIND, statement.sentence)
    if code:
        return [row for row in rows if row.code == code["code"]]
    key = item_key(statement.subject)
    named = [row for row in rows if item_key(row.label) == key]
    others = other_keys(statement.subject)
    return named or [row for row in rows if item_key(row.label) in others]


def _of_group(statement: Statement, rows: list[CleanRow]) -> list[CleanRow]:
    """Where a sentence names the group of its item, the rows of that group: items of several groups have one name."""
    named = {item_key(found["group"]) for found in rules().group_before.finditer(statement.sentence)}
    parents = {row.parent for row in rows}
    groups = {row.key: item_key(row.label) for row in rows if row.key in parents}
    if len(named) != 1 or not groups:
        return rows
    return [row for row in rows if groups.get(row.key) in named or groups.get(row.parent or "") in named]


def _main_term(view: TableView, row: CleanRow) -> Term | None:
    measure = next((measure.name for measure in KINDS[view.table.kind].measures if measure.default), None)
    return view.term(row, measure) if measure else None
