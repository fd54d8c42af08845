"""Where the gap between a whole and its named parts sits: other columns of the row, or what is printed as just that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.phrases import title_of_table
from assistant.answering.statements import statement_value
from assistant.answering.values import Value
from assistant.plan.bind import of_statement
from assistant.plan.quantity import Quantity
from assistant.understand.wording import generic_words, normalise
from index.records import FigureRecord

_MOST_CELLS: Final = 8
_MOST_TOGETHER: Final = 3
_MOST_NAMED: Final = 3
_MOST_LINES: Final = 24
_MOST_OF_LINES: Final = 4
"""Lines of a table that are taken together, and of how many: more come to any amount by chance."""

_DIGITS: Final = 4
"""Digits of a gap from which a figure that is just as large is hardly so by chance."""

_SHARED: Final = 2


def explained(whole: Quantity, parts: Sequence[Quantity], gap: Decimal, draft: Draft) -> tuple[Quantity, ...]:
    """The figures that make up a gap (in 元): of the same row, rows of the whole, else those just as large, if any."""
    return _in_row(whole, parts, gap, draft) or _of_rows(whole, gap, draft) or _as_large(whole, parts, gap, draft)


def _of_rows(whole: Quantity, gap: Decimal, draft: Draft) -> tuple[Quantity, ...]:
    """The only few lines of the table whose total the whole is that come to the gap; none where others do too."""
    total = draft.catalog.rows.get(whole.row_id)
    if total is None or not total.is_total or not whole.cells:
        return ()
    lines = [row.row_id for row in draft.catalog.tables[total.table_id].rows if row.is_leaf and not row.is_total]
    cells = draft.library.figures(set(lines))
    column = whole.cells[0].column_no
    filled = [(c, c.amount_yuan) for line in lines for c in cells[line] if c.column_no == column and c.amount_yuan]
    if len(filled) > _MOST_LINES:
        return ()
    together = (each for count in range(1, _MOST_OF_LINES + 1) for each in combinations(filled, count))
    found = [each for each in together if sum(amount for _, amount in each) == gap]
    return tuple(_of_line(cell, draft) for cell, _ in found[0]) if len(found) == 1 else ()


def _of_line(cell: FigureRecord, draft: Draft) -> Quantity:
    """A cell under the name of its row."""
    return replace(_of_column(cell, draft), name=cell.row_label)


def _in_row(whole: Quantity, parts: Sequence[Quantity], gap: Decimal, draft: Draft) -> tuple[Quantity, ...]:
    """Columns beside the parts in a row of the item that holds the whole and each of its parts."""
    label = normalise(whole.cells[0].row_label if whole.cells else whole.name)
    rows = {row.row_id for row in draft.catalog.rows.values() if normalise(row.label) == label}
    for cells in draft.library.figures(rows).values():
        filled = [(cell, value_of(cell).exact) for cell in cells if value_of(cell).exact]
        if any(not any(_agree(exact, figure) for _, exact in filled) for figure in (whole, *parts)):
            continue
        others = [(cell, exact) for cell, exact in filled if not any(_agree(exact, f) for f in (whole, *parts))]
        rounding = sum(map(_rounding, (whole, *parts)), Decimal(0))
        for count in range(min(len(others), _MOST_TOGETHER), 0, -1):
            for chosen in combinations(others[:_MOST_CELLS], count):
                if abs(sum(exact or 0 for _, exact in chosen) - gap) <= rounding:
                    return tuple(_of_column(cell, draft) for cell, _ in chosen)
    return ()


def _agree(exact: Decimal | None, figure: Quantity) -> bool:
    """Whether a cell's amount is a figure, as far as this is rounded."""
    return exact is not None and figure.exact is not None and abs(exact - figure.exact) <= _rounding(figure)


def _rounding(figure: Quantity) -> Decimal:
    """By how much (in 元) a figure may be rounded: what a sentence states by half of its last place, a cell by none."""
    if not figure.statements or not figure.exact:
        return Decimal(0)
    return Decimal(1).scaleb(int(figure.exact.normalize().as_tuple().exponent)) / 2


def _as_large(whole: Quantity, parts: Sequence[Quantity], gap: Decimal, draft: Draft) -> tuple[Quantity, ...]:
    """What the document prints as just as large, those that share a word with the item first."""
    own = {normalise(quantity.name) for quantity in (whole, *parts)}
    found = [q for q in (*_stated(gap, draft), *_printed(gap, draft)) if normalise(q.name) not in own]
    named = list({normalise(q.name): q for q in reversed(found)}.values())[::-1]
    if alike := [q for q in named if _shares_word(q.name, whole.name)]:
        return tuple(alike[:1])
    return tuple(named[:_MOST_NAMED]) if len(gap.normalize().as_tuple().digits) >= _DIGITS else ()


def _stated(amount: Decimal, draft: Draft) -> Iterator[Quantity]:
    for statement in draft.contents.statements.values():
        value = statement_value(statement)
        if value is not None and value.kind == "amount" and value.exact == amount:
            yield of_statement(statement, value, draft)


def _printed(amount: Decimal, draft: Draft) -> Iterator[Quantity]:
    units = {normalise(unit) for unit in (*draft.catalog.units, draft.catalog.unit_name)}
    rows = [r for r, row in draft.catalog.rows.items() if not row.is_total and normalise(row.label) not in units]
    figures = draft.library.figures(set(rows))
    for row_id in rows:
        cell = next(
            (c for c in figures.get(row_id, ()) if (v := value_of(c)).kind == "amount" and v.exact == amount), None
        )
        if cell is not None:
            row = draft.catalog.rows[row_id]
            basis = title_of_table(draft.catalog.tables[row.table_id])
            yield Quantity(row.label, value_of(cell), draft.catalog.document_id, (cell,), (), basis, row_id=row_id)


def _of_column(cell: FigureRecord, draft: Draft) -> Quantity:
    """A cell under the name of its column."""
    value: Value = value_of(cell)
    basis = title_of_table(draft.catalog.tables[draft.catalog.rows[cell.row_id].table_id])
    name = cell.column_path.rsplit("/", 1)[-1]
    return Quantity(name, value, draft.catalog.document_id, (cell,), (), basis, row_id=cell.row_id)


def _shares_word(name: str, item: str) -> bool:
    plain, other = normalise(name), normalise(item)
    pairs = (plain[at : at + _SHARED] for at in range(len(plain) - _SHARED + 1))
    return any(pair in other and pair not in generic_words() for pair in pairs)
