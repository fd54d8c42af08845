"""Whether the figures of a result lie within what its statement names: under the named rows, of the named units.

A name that stands in a statement without restricting what is computed would answer another question than it seems to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from assistant.catalog import DocumentCatalog, Row
from assistant.model.sql.errors import Unproved
from assistant.model.sql.proof import Line

_UNIT: Final = "所属单位"
_SIDE: Final = "方向"


def check_within(query: exp.Query, lines: Sequence[Line], catalog: DocumentCatalog) -> None:
    """Raises Unproved where a figure rests on a row that no name of the statement leads to, or a name leads to none."""
    texts = [each for each in query.find_all(exp.Literal) if each.is_string and not _is_bound(each)]
    named = {text: column for each in texts if (column := _compared(each)) for text in [each.this.strip("%")]}
    ids = dict.fromkeys(cell.row_id for line in lines for number in line.numbers for cell in number.cells)
    rows = [catalog.rows[row_id] for row_id in ids]
    for text, column in named.items():
        if column in (_UNIT, _SIDE) and any((row.stored_unit if column == _UNIT else row.side) != text for row in rows):
            raise Unproved(f"结果里有不属于“{text}”的行。")
    names = [text for text, column in named.items() if column not in (_UNIT, _SIDE)]
    if not names:
        return
    hits = [[row for row in rows if _is_under(row, text, catalog)] for text in names]
    if lost := next((text for text, found in zip(names, hits, strict=True) if not found), None):
        raise Unproved(f"结果和“{lost}”没有关系。", "请用它限定所取的行。")
    inside = {row.row_id for found in hits for row in found}
    wholes = {above for row_id in inside for above in catalog.rows[row_id].ancestors}
    if other := next((row for row in rows if row.row_id not in inside | wholes), None):
        raise Unproved(f"结果里的“{other.label}”不在所说的名目之下。", "请用名目限定所取的行。")


def _compared(text: exp.Literal) -> str:
    """The column that a text is compared with, "" where it is left out (<>, NOT) or compared with none."""
    test = text.find_ancestor(exp.EQ, exp.In, exp.Like, exp.StartsWith, exp.EndsWith, exp.Contains)
    if test is None or test.args.get("negate") or test.find_ancestor(exp.Not):
        return ""
    column = test.find(exp.Column)
    return column.name if column is not None else ""


def _is_bound(text: exp.Literal) -> bool:
    """Whether a text stands in a subquery of a condition: it says what is compared with, not what is taken."""
    subquery = text.find_ancestor(exp.Subquery)
    while subquery is not None:
        if subquery.find_ancestor(exp.Where, exp.Having, exp.Qualify):
            return True
        subquery = subquery.find_ancestor(exp.Subquery)
    return False


def _is_under(row: Row, text: str, catalog: DocumentCatalog) -> bool:
    """Whether a row, or one above it, is called so, holds this text in its name or has such a code."""
    above = (catalog.rows[each] for each in row.ancestors if each in catalog.rows)
    return any(text in each.label or (each.code or "").startswith(text) for each in (row, *above))
