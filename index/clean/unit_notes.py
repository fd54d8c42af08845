"""The unit of a table that prints none above it: in a note below, within its cells, or said once for all tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from index.clean.captions import caption_lines, is_caption_line, unit_said
from index.clean.columns import prints_units
from index.clean.draft import Draft, Drafts, is_foot_line
from index.clean.table import Column
from index.clean.wording import squeeze
from index.dictionary import read_yaml
from index.document import RawRow
from index.kinds import KINDS
from index.money import YUAN_PER_UNIT, money_in, parse_number, plain_unit, unit_in
from index.notes import is_note
from index.prose import OutlinedParagraph

_FOOT_ROWS: Final = 3
_FOR_ALL: Final = re.compile(read_yaml("columns.yaml")["unit_for_all_tables"])


def units_from_notes(drafts: Drafts, paragraphs: tuple[OutlinedParagraph, ...]) -> Drafts:
    """What is nearest to the table counts most."""
    found = tuple(
        _from_cells(_from_rows(_from_below(_from_foot(_from_names(draft)), after)))
        for draft, after in zip_longest(drafts, drafts[1:])
    )
    said = set(_said_for_all(drafts, paragraphs))
    if len(said) != 1:
        return found
    return tuple(_with_unit(draft, next(iter(said))) for draft in found)


def _with_unit(draft: Draft, unit: str | None) -> Draft:
    return draft if draft.unit else replace(draft, unit=unit)


def _from_names(draft: Draft) -> Draft:
    """The header of the names may print it (``科目名称（单位：千元）``), or the name of the sheet."""
    units = {unit_said(column.path) for column in draft.columns if column.role in ("label", "code")} - {None}
    sheet = draft.rows[0].provenance.sheet if draft.rows else None
    return _with_unit(draft, units.pop() if len(units) == 1 else unit_said(sheet or ""))


def _from_foot(draft: Draft) -> Draft:
    """A line below the table may stand in its last cells; one that says nothing but the unit is no row."""
    foot = {row: texts for row in draft.body_rows[-_FOOT_ROWS:] if (texts := _below(row))}
    units = [unit for texts in foot.values() for text in texts if (unit := unit_said(text))]
    named = [row for row, texts in foot.items() if all(map(_is_beside_table, texts)) and any(map(unit_said, texts))]
    rows = tuple(row for row in draft.rows if row not in named)
    return _with_unit(replace(draft, rows=rows), units[-1] if units else None)


def _below(row: RawRow) -> list[str]:
    """What a row prints that belongs below the table: one text, or several on whose it is, in what unit and by whom."""
    texts = [text for text in row.texts if text.strip()]
    return texts if len(texts) == 1 or all(map(_is_beside_table, texts)) else []


def _is_beside_table(text: str) -> bool:
    return is_caption_line(text) or is_foot_line(text)


def _from_below(draft: Draft, after: Draft | None) -> Draft:
    """A line below a table may as well be the first above the next one, unless it is a note."""
    is_next = after is not None and draft.below in after.above and draft.below in caption_lines(after)
    is_own = is_note(draft.below) or not is_next
    return _with_unit(draft, unit_said(draft.below) if is_own else None)


def _from_rows(draft: Draft) -> Draft:
    """Where each line names the unit of its amounts: that of most of them, to which the others are converted."""
    columns = [column.number - 1 for column in draft.columns if prints_units(draft, column)]
    units = Counter(plain_unit(row.texts[at]) for row in draft.body_rows for at in columns if at < len(row.texts))
    return _with_unit(draft, next((unit for unit, _ in units.most_common() if unit in YUAN_PER_UNIT), None))


def _from_cells(draft: Draft) -> Draft:
    """Where each amount prints its unit: that of most of them, to which the others are converted.

    Where some print no more than a sign of currency, 元.
    """
    kind = {measure.name for measure in KINDS[draft.kind].measures if measure.type == "amount"}
    free = [column for column in draft.columns if column.role == "measure" and column.unit is None]
    amounts = [_numbers(draft, column) for column in free if column.measure in kind]
    amounts += [
        texts for column in free if column.measure is None and all(map(unit_in, texts := _numbers(draft, column)))
    ]
    units = Counter(unit_in(text) for texts in amounts for text in texts)
    if not units or None in units:
        return draft
    bare = any(money_in(text) is None for texts in amounts for text in texts)
    return _with_unit(draft, "元" if bare else units.most_common(1)[0][0])


def _numbers(draft: Draft, column: Column) -> list[str]:
    """What the cells of a column print as numbers, with a unit or without."""
    texts = (row.texts[column.number - 1] for row in draft.body_rows if column.number <= len(row.texts))
    return [text for text in texts if unit_in(text) or parse_number(text)]


def _said_for_all(drafts: Drafts, paragraphs: tuple[OutlinedParagraph, ...]) -> Iterator[str]:
    """The units that the cover names, or a sentence for all tables."""
    first = drafts[0] if drafts else None
    cover = first.above[: len(first.above) - len(caption_lines(first))] if first else ()
    texts = [
        *(text for text in cover if len(squeeze(text)) <= _MAX_LINE),
        *(p.text for p in paragraphs if _FOR_ALL.search(squeeze(p.text))),
    ]
    return (unit for text in texts if (unit := unit_said(text)))


_MAX_LINE: Final = 20
"""A line of a cover that names the unit names nothing else."""
