"""What the documents say nearest to a question beside its answer: sentences and rows, shown for the reader to judge.

Nearness proves nothing, so these lines answer nothing: they hold no figure of the answer, and close no clause of the
question that was left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from assistant.answer import RELATED, Answer, Citation
from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.phrases import title_of_table, unit_name
from assistant.catalog import Row
from assistant.pairs import Shared, pairs_in
from assistant.reply.quote import quoted_lines
from assistant.reply.wanted import clauses_in
from assistant.told import Told
from index.records import FigureRecord, document_of

_MANY: Final = 3
"""Clauses from which something is shown beside an answer that leaves nothing open."""

_LEAST: Final = 8.0
_SHARE: Final = 0.15
_SENTENCES: Final = 4
_ROWS: Final = 2
_TRIED: Final = 8
_CELLS: Final = 8
_LONGEST: Final = 60
_MOST_DOCUMENTS: Final = 3
_DIGIT: Final = re.compile(r"\d")


def with_related(answer: Answer, draft: Draft, questions: Sequence[str]) -> Answer:
    """An answer with the lines nearest to the last of the questions, and those before it, that it doesn't tell yet.

    None where a short question is answered whole, and where the answer is about many documents.
    """
    if not answer.unanswered and len(clauses_in(questions[-1])) < _MANY:
        return answer
    documents = list(dict.fromkeys(map(_document, answer.citations))) or [draft.catalog.document_id]
    if len(documents) > _MOST_DOCUMENTS:
        return answer
    near = [
        (each, beside)
        for beside in (draft.beside(draft.library.catalog(document)) for document in documents)
        for each in _near(questions, beside)
    ]
    near.sort(key=lambda found: -found[0].score)
    lines = [*_quotes(near, answer), *_rows(near)]
    if not lines:
        return answer
    own = len(answer.citations)
    return answer.model_copy(
        update={
            "answer": "\n\n".join((answer.answer, RELATED, "\n".join(lines))),
            "related": lines,
            "related_citations": [citation.n for citation in draft.citations.listed[own:]],
            "citations": draft.citations.listed,
        }
    )


def _document(citation: Citation) -> str:
    return document_of(citation.table_id if citation.kind == "table" else citation.paragraph_id)


def _near(questions: Sequence[str], beside: Draft) -> list[Shared]:
    """What of the draft's document is near enough to the questions, without what only names whose document it is."""
    index, owner = beside.contents.pairs, pairs_in(beside.catalog.unit_name)
    weights = {pair: weight for pair, weight in index.weights("，".join(questions)).items() if pair not in owner}
    least = max(_LEAST, _SHARE * sum(weights.values()))
    return [found for found in index.search(weights) if found.weight >= least]


def _quotes(near: Sequence[tuple[Shared, Draft]], answer: Answer) -> Iterator[str]:
    """The sentences that the answer doesn't quote yet."""
    found = ((each.source, beside) for each, beside in near if isinstance(each.source, Told))
    new = ((told, beside) for told, beside in found if told.text not in answer.answer)
    for told, beside in islice(new, _SENTENCES):
        yield from quoted_lines([told], beside)


def _rows(near: Sequence[tuple[Shared, Draft]]) -> Iterator[str]:
    """The rows with a cell that the answer doesn't cite yet."""
    found = ((each.source, beside) for each, beside in near if isinstance(each.source, Row))
    lines = (_row_line(row, beside) for row, beside in islice(found, _TRIED))
    yield from islice(filter(None, lines), _ROWS)


def _row_line(row: Row, draft: Draft) -> str:
    """A row with its cells that hold anything; empty where the answer cites them all."""
    table, own = draft.catalog.tables[row.table_id], draft.citations.state()
    cells = [c for c in draft.library.figures({row.row_id})[row.row_id] if _holds(c)]
    unit = f"（{unit_name(row.unit, draft.catalog)}）" if row.unit and len(draft.catalog.units) > 1 else ""
    told = "；".join(_cell_text(cell, draft) for cell in cells[:_CELLS])
    is_new = draft.citations.state() > own
    return f"- {title_of_table(table)}，{row.label}{unit}：{told}" if is_new else ""


def _holds(cell: FigureRecord) -> bool:
    """Whether a cell holds a number that is none of nothing, by itself or in a few words (≥98%)."""
    return bool(_DIGIT.search(cell.printed)) and cell.number != 0 and len(cell.printed) <= _LONGEST


def _cell_text(cell: FigureRecord, draft: Draft) -> str:
    name = cell.column_path.rsplit("/", 1)[-1]
    return f"{name} {draft.add_figure(f'{cell.row_label} {name}', value_of(cell), draft.cite([cell]))}"
