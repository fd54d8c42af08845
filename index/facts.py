"""Cells and the values of statements as facts: one row each, with its coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from index.coordinates import Coordinates, Quantity, Stated, coordinates_of, coordinates_of_statement, trust_of
from index.money import YUAN_PER_UNIT, to_yuan
from index.records import DocumentRecord, FactRecord, FigureRecord, ParagraphRecord, StatementRecord, TableRecord
from index.statements.tokens import figures_of

_MONEY: Final[frozenset[Quantity]] = frozenset({"金额", "增减额", "单价"})
_PLACES: Final = 6
"""Decimals that the warehouse holds."""

_RATES: Final[frozenset[Quantity]] = frozenset({"增减率", "占比", "完成率"})


def fact_records(
    document: DocumentRecord,
    tables: Iterable[TableRecord],
    figures: Iterable[FigureRecord],
    paragraphs: Iterable[ParagraphRecord],
    statements: Iterable[StatementRecord],
) -> list[FactRecord]:
    """One row per cell, then one per value that a statement states, in each one's order."""
    table_of = {table.table_id: table for table in tables}
    paragraph_of = {paragraph.paragraph_id: paragraph for paragraph in paragraphs}
    cells = [_of_cell(figure, coordinates_of(figure, table_of[figure.table_id], document)) for figure in figures]
    return cells + [
        _of_statement(statement, stated)
        for statement in statements
        for stated in coordinates_of_statement(statement, paragraph_of[statement.paragraph_id], document)
    ]


def _of_cell(figure: FigureRecord, at: Coordinates) -> FactRecord:
    return FactRecord(
        fact_id=figure.figure_id,
        document_id=figure.document_id,
        source="表",
        figure_id=figure.figure_id,
        statement_id=None,
        row_id=figure.row_id,
        table_id=figure.table_id,
        kind=figure.kind,
        unit_name=figure.subordinate_unit,
        year=at.year,
        basis=at.basis,
        side=at.side,
        nature=at.nature,
        fund=at.fund,
        origin=at.origin,
        quantity=at.quantity,
        item=figure.row_label,
        part=at.part,
        code=figure.code,
        code_system=figure.code_system,
        value=figure.number,
        # A table's unit is not that of a rate or a head count beside its amounts.
        amount_yuan=figure.amount_yuan if at.quantity in _MONEY else None,
        value_unit=_unit(figure, at.quantity),
        printed=figure.printed,
        is_total=figure.is_total,
        is_leaf=figure.is_leaf,
        level=figure.level,
        parent_row_id=figure.parent_row_id,
        unread=at.unread,
        trust=trust_of(at),
    )


def _unit(figure: FigureRecord, quantity: Quantity) -> str | None:
    if quantity in _RATES or figure.value_type == "percent":
        return "%"
    return None if quantity not in _MONEY and figure.unit in YUAN_PER_UNIT else figure.unit


def _of_statement(statement: StatementRecord, stated: Stated) -> FactRecord:
    name, number, unit, at = stated
    printed, value, value_unit = _as_printed(statement.sentence, number, unit)
    return FactRecord(
        fact_id=f"{statement.statement_id}.{name}",
        document_id=statement.document_id,
        source="正文",
        figure_id=None,
        statement_id=statement.statement_id,
        row_id=None,
        table_id=None,
        kind=None,
        unit_name=None,
        year=at.year,
        basis=at.basis,
        side=at.side,
        nature=at.nature,
        fund=at.fund,
        origin=at.origin,
        quantity=at.quantity,
        item=statement.subject,
        part=at.part,
        code=None,
        code_system=None,
        value=value,
        amount_yuan=number if unit == "元" else None,
        value_unit=value_unit or None,
        printed=printed,
        is_total=None,
        is_leaf=None,
        level=None,
        parent_row_id=None,
        unread=at.unread,
        trust=trust_of(at),
    )


def _as_printed(sentence: str, number: Decimal, unit: str) -> tuple[str | None, Decimal, str]:
    """How the sentence prints a number: its words, the number in the printed unit, that unit."""
    for words, printed, printed_unit in _figures(sentence):
        is_money = printed_unit in YUAN_PER_UNIT
        same = to_yuan(printed, printed_unit) if is_money else printed
        if abs(same) == abs(number) and is_money == (unit == "元"):
            return words, abs(printed) if number >= 0 else -abs(printed), printed_unit
    return None, number, unit


@lru_cache(maxsize=256)
def _figures(sentence: str) -> Sequence[tuple[str, Decimal, str]]:
    """The figures that a sentence prints, each with its number and unit, those apart that can't be stored exactly."""
    return tuple(
        (token.text.strip(), token.number, token.unit)
        for token in figures_of(sentence)
        if token.number is not None and token.unit is not None and int(token.number.as_tuple().exponent) >= -_PLACES
    )
