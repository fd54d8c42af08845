"""Sentences inside the cells of tables: goals of projects and the figures that they promise (``站点维护数量162个``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import cell_reading, find
from assistant.catalog import Row
from assistant.understand.asked_words import AskedWord, asked_words
from assistant.understand.ranking import counted_units
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise
from index.records import FigureRecord

_LEAST: Final = 15
"""Characters from which a cell holds sentences rather than a name."""

_GOALS: Final = re.compile("绩效目标$|总体目标$|项目(?:内容|概况|简介)$")
"""Headers of the cells in which a list of projects says what each is for."""

_MEASURES: Final = ("平方米", "亩", "公里", "吨", "小时", "辆")
_MOST: Final = 2
_END: Final = re.compile(r"(?<=[。；;！!])|\n(?=\d)")
_NUMBER: Final = re.compile(r"\d|[一二两三四五六七八九十百千万]+[个名次项]")


@dataclass(frozen=True, slots=True)
class CellSentence:
    """One sentence of a cell, as printed but for the blanks that line breaks left."""

    text: str
    row: Row
    cell: FigureRecord


def answer_from_cells(draft: Draft, asked: Understanding, *, needs_number: bool) -> bool:
    """The sentences of cells that hold all that the question names, in the rows named where there are any."""
    rows = _rows_named(draft, asked)
    about = {normalise(row.label) for row in rows}
    words = [w for w in asked_words(asked) if w.names and not any(w.is_in(label) for label in about)]
    if not words or (not rows and len(words) < _MOST):
        return False
    number = _number_asked(asked)
    sentences = [s for s in _sentences(draft, rows) if not needs_number or number.search(normalise(s.text))]
    found = _holding(sentences, words, {t.table_id: t.subject or "" for t in draft.catalog.tables.values()})
    if not found:
        return False
    find(draft, [[cell_reading(s.row, s.cell, draft.catalog)] for s in found])
    for sentence in found:
        column = sentence.cell.column_path.rsplit("/", 1)[-1]
        name = draft.named(f"{sentence.row.label}的{column}" if sentence.row.label else column)
        draft.lines.append(f"{draft.heading}，{name}写道：“{sentence.text}”[{draft.cite([sentence.cell])[0]}]")
    return True


def answer_row_goals(draft: Draft, asked: Understanding) -> bool:
    """What each project named is for, as its own row says; False where one of them has no such cell."""
    rows = _rows_named(draft, asked)
    figures = draft.library.figures({row.row_id for row in rows})
    told = [(row, cell) for row in rows for cell in figures[row.row_id] if _tells_goal(cell)]
    if not told or {row.label for row in rows} != {row.label for row, _ in told}:
        return False
    texts = {(row.label, _joined(cell.printed)): (row, cell) for row, cell in reversed(told)}
    find(draft, [[cell_reading(row, cell, draft.catalog)] for row, cell in texts.values()])
    for (label, text), (_, cell) in reversed(texts.items()):
        name = draft.named(f"{label}的{cell.column_path.rsplit('/', 1)[-1]}")
        draft.lines.append(f"{draft.heading}，{name}写道：“{text}”[{draft.cite([cell])[0]}]")
    return True


def _tells_goal(cell: FigureRecord) -> bool:
    return cell.value_type == "text" and bool(cell.printed.strip()) and bool(_GOALS.search(cell.column_path))


def _number_asked(asked: Understanding) -> re.Pattern[str]:
    """A number of what is counted; any number where nothing is."""
    units = [re.escape(unit) for unit in counted_units(asked.tokens) if unit in _MEASURES]
    return re.compile(rf"\d\s*(?:{'|'.join(units)})") if units else _NUMBER


def _rows_named(draft: Draft, asked: Understanding) -> list[Row]:
    """The rows that the question names in full."""
    links = [link for o in asked.operands for t in o.within_context.terms for link in t.links]
    keys = {link.key for link in links if link.role == "row" and link.match in ("exact", "near")}
    return [row for key, row in draft.catalog.rows.items() if key in keys]


def _sentences(draft: Draft, rows: Sequence[Row]) -> Iterator[CellSentence]:
    wordy = {
        t.table_id for t in draft.catalog.tables.values() if any(c.value_type == "text" for c in t.columns)
    }  # fmt: skip
    chosen = [row for row in rows or draft.catalog.rows.values() if row.table_id in wordy]
    figures = draft.library.figures({row.row_id for row in chosen})
    for row in chosen:
        for cell in figures[row.row_id]:
            if cell.value_type == "text" and len(cell.printed) >= _LEAST:
                for text in filter(None, map(_joined, _END.split(cell.printed))):
                    yield CellSentence(text, row, cell)


def _joined(text: str) -> str:
    """A sentence without the blanks that line breaks left between characters."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|(?<=\d)\s+(?=[^\x00-\x7f])", "", text).strip()


def _holding(
    sentences: Sequence[CellSentence], words: Sequence[AskedWord], subjects: Mapping[str, str]
) -> list[CellSentence]:
    """The shortest sentence that holds all words; else two of one row that hold them together.

    Names that the budget prints may stand in the row's label or in what the table is about, but not all of them.
    """
    plain = {word.text for word in words if word.unexplained}
    held = []
    for sentence in sentences:
        text = normalise(sentence.text)
        about = normalise(f"{sentence.row.label}\n{subjects[sentence.row.table_id]}")
        own = {word.text for word in words if word.is_in(text)}
        named = {word.text for word in words if word.is_in(about)} if own and own >= plain else set()
        held.append((sentence, frozenset(own | named)))
    everything = {word.text for word in words}
    whole = [s for s, found in held if found == everything]
    if whole:
        return [min(whole, key=lambda s: len(s.text))]
    for sentence, found in held:
        for other, more in held:
            if found and more and sentence.cell.row_id == other.cell.row_id and found | more == everything:
                return [sentence, other]
    return []
