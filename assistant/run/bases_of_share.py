"""What a stated share is of: the figures of a document of which a part is that many per cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.phrases import title_of_table
from assistant.answering.statements import statement_value
from assistant.plan.bind import of_statement
from assistant.plan.quantity import Quantity

_MOST: Final = 3
_HUNDRED: Final = Decimal(100)


def bases_of_share(part: Quantity, percent: Decimal, draft: Draft) -> tuple[Quantity, ...]:
    """The figures of which a part is a percentage as it is rounded, each amount once, those of tables first."""
    found: dict[Decimal, Quantity] = {}
    for figure in (*_cells(draft), *_statements(draft)):
        if figure.exact and part.exact and figure.exact != part.exact and _is_share(part.exact, figure.exact, percent):
            found.setdefault(figure.exact, figure)
    return tuple(found.values())[:_MOST]


def _is_share(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
    place = Decimal(1).scaleb(int(percent.as_tuple().exponent))
    return (part / whole * _HUNDRED).quantize(place, ROUND_HALF_UP) == percent


def _cells(draft: Draft) -> Iterator[Quantity]:
    for row_id, cells in draft.library.figures(set(draft.catalog.rows)).items():
        row = draft.catalog.rows[row_id]
        basis = title_of_table(draft.catalog.tables[row.table_id])
        for cell in cells:
            value = value_of(cell)
            if value.kind == "amount":
                name = f"{row.label}的{cell.column_path.rsplit('/', 1)[-1]}"
                yield Quantity(name, value, draft.catalog.document_id, (cell,), (), basis, row_id=row_id)


def _statements(draft: Draft) -> Iterator[Quantity]:
    for statement in draft.contents.statements.values():
        value = statement_value(statement)
        if value is not None and value.kind == "amount":
            yield of_statement(statement, value, draft)
