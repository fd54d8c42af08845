"""What the documents say nearest to a question beside its answer: passages and rows, shown for the reader to judge.

Nearness proves nothing, so these lines answer nothing: they hold no figure of the answer, and close no clause of the
question that was left open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from assistant.answer import RELATED, Answer
from assistant.answering.draft import Draft
from assistant.catalog import Row
from assistant.citations import document_id_of
from assistant.pairs import Near, pairs_in
from assistant.reply.quote import quoted_lines
from assistant.reply.shown_rows import cells_of, row_line
from assistant.reply.wanted import clauses_in
from assistant.retrieve import Passage
from assistant.told import Told
from index.records import FigureRecord

_MANY: Final = 3
"""Clauses from which something is shown beside an answer that leaves nothing open."""

_PASSAGES: Final = 2
_SENTENCES: Final = 3
_ROWS: Final = 2
_TRIED: Final = 8
"""As measured over questions that were written without sight of this program: more adds little."""

_LEAST: Final = 8.0
_SHARE: Final = 0.15
"""What a row or a sentence has to share with a question by weight, and which share of what any row does."""

_LIST: Final = 3
"""Rows of one table that an answer tells from which it is a list of them."""

_CELLS: Final = 8
_LONGEST: Final = 60
_MOST_DOCUMENTS: Final = 3
_DIGIT: Final = re.compile(r"\d")


def with_related(answer: Answer, draft: Draft, questions: Sequence[str]) -> Answer:
    """An answer with what is nearest to the last of the questions, and those before it, and not told yet.

    Nothing is added to the whole answer to a short question, or one of rows that were chosen from a table, and where
    many documents are meant.
    """
    chosen_from = _tables_chosen_from(answer)
    if not answer.unanswered and (chosen_from or len(clauses_in(questions[-1])) < _MANY):
        return answer
    documents = list(dict.fromkeys(map(document_id_of, answer.citations))) or [draft.catalog.document_id]
    if len(documents) > _MOST_DOCUMENTS:
        return answer
    asked = "，".join(questions)
    passages: list[tuple[Passage, Draft]] = []
    near: list[tuple[Near, Draft]] = []
    for beside in (draft.beside(draft.library.catalog(document)) for document in documents):
        said = _words_of(asked, beside)
        passages += _passages(asked, said, beside)
        near += _near(said, beside)
    passages.sort(key=lambda found: -found[0].score)
    near.sort(key=lambda found: -found[0].score)
    quotes = list(_quotes(passages, answer))
    rows = [(row, draft) for row, draft in _rows_of(near) if row.table_id not in chosen_from]
    lines = [*quotes, *_sentences(near, "\n".join((answer.answer, *quotes))), *_row_lines(rows)]
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


def _words_of(asked: str, draft: Draft) -> frozenset[str]:
    """What a question says besides whose document it is about, in pairs of characters."""
    return pairs_in(asked) - pairs_in(draft.catalog.unit_name)


def _passages(asked: str, said: frozenset[str], draft: Draft) -> list[tuple[Passage, Draft]]:
    """The passages of one document that fit a question; not those that only name the unit."""
    found = draft.contents.retriever.search(asked)
    return [(passage, draft) for passage in found if said & pairs_in(passage.text)]


def _near(said: frozenset[str], draft: Draft) -> list[tuple[Near, Draft]]:
    """The sentences and rows of one document that are near enough to what a question says."""
    weights = draft.contents.pairs.weights(said)
    least = max(_LEAST, _SHARE * sum(weights.values()))
    return [(near, draft) for near in draft.contents.pairs.search(weights) if near.weight >= least]


def _quotes(found: Sequence[tuple[Passage, Draft]], answer: Answer) -> Iterator[str]:
    """The first few passages that hold anything that the answer doesn't quote yet."""
    untold = ((passage, draft, _untold(passage, answer)) for passage, draft in found)
    for passage, draft, lines in islice((each for each in untold if each[2]), _PASSAGES):
        for id, line in zip(passage.paragraph_ids, passage.text.split("\n"), strict=False):
            if line in lines:
                yield f"> {line}[{draft.cite_passage(draft.contents.paragraphs[id], line)}]"


def _untold(passage: Passage, answer: Answer) -> list[str]:
    return [line for line in passage.text.split("\n") if line.strip() and line not in answer.answer]


def _sentences(found: Sequence[tuple[Near, Draft]], told_yet: str) -> Iterator[str]:
    """The sentences that are not told yet."""
    told = ((near.source, draft) for near, draft in found if isinstance(near.source, Told))
    untold = ((source, draft) for source, draft in told if source.text not in told_yet)
    for source, draft in islice(untold, _SENTENCES):
        yield from quoted_lines([source], draft)


def _tables_chosen_from(answer: Answer) -> set[str]:
    """The tables of which an answer tells a list of rows: the others were not meant."""
    told = {n for figure in answer.figures for n in figure.citations}
    rows = {(each.table_id, each.row) for each in answer.citations if each.kind == "table" and each.n in told}
    counted = Counter(table for table, _ in rows)
    return {table for table, count in counted.items() if count >= _LIST}


def _rows_of(found: Sequence[tuple[Near, Draft]]) -> Iterator[tuple[Row, Draft]]:
    return ((near.source, draft) for near, draft in found if isinstance(near.source, Row))


def _row_lines(rows: Sequence[tuple[Row, Draft]]) -> Iterator[str]:
    """The first few rows with a cell that the answer doesn't cite yet."""
    lines = (_row_line(row, draft) for row, draft in rows[:_TRIED])
    yield from islice(filter(None, lines), _ROWS)


def _row_line(row: Row, draft: Draft) -> str:
    """A row with its cells that hold a number; empty where the answer cites them all."""
    own = draft.citations.state()
    line = row_line(row, [cell for cell in cells_of(row, draft) if _holds_number(cell)][:_CELLS], draft)
    return line if draft.citations.state() > own else ""


def _holds_number(cell: FigureRecord) -> bool:
    """Whether a cell holds a number other than 0, by itself or in words (≥98%)."""
    return bool(_DIGIT.search(cell.printed)) and cell.number != 0 and len(cell.printed) <= _LONGEST
