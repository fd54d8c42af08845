"""Notes: a contradiction is told exactly where the answer rests on a cell or sentence that it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from assistant.answer import Answer, TableCitation
from assistant.ask import Assistant
from assistant.evaluate import Score
from assistant.library import Library
from index.records import FindingRecord

MARK = re.compile(r"\[(\d{1,3})\]")
MOST_NOTES = 3
WARNING = "⚠"


@dataclass(frozen=True)
class Contradictions:
    """The seed's contradictions, and which cells and sentences there are to touch."""

    findings: tuple[FindingRecord, ...]
    figure_ids: dict[tuple[str, int, int], set[str]]
    library: Library

    def touched_by(self, answer: Answer) -> list[FindingRecord]:
        """The contradictions about what the answer itself rests on; sources of its notes don't count."""
        own = "\n".join(line for line in answer.told.split("\n") if not line.startswith(WARNING))
        cited = {int(n) for n in MARK.findall(own)} | {n for figure in answer.figures for n in figure.citations}
        cells, statements = set[str](), set[str]()
        for citation in answer.citations:
            if citation.n not in cited:
                continue
            if isinstance(citation, TableCitation):
                cells |= self.figure_ids.get((citation.table_id, citation.row, citation.column_no), set())
            else:
                statements |= {
                    s.statement_id
                    for s in self.library.warehouse.statements()
                    if s.paragraph_id == citation.paragraph_id and s.sentence in citation.quote
                }
        return [f for f in self.findings if cells & set(f.figure_ids) or statements & set(f.statement_ids)]


@pytest.fixture(scope="module")
def contradictions(seed_library: Library) -> Contradictions:
    """What the reconciliation found, roundings apart."""
    figure_ids: dict[tuple[str, int, int], set[str]] = {}
    _, rows = seed_library.warehouse.execute("SELECT figure_id, table_id, row_no, column_no FROM figures")
    for figure_id, table_id, row, column in rows:
        figure_ids.setdefault((table_id, row, column), set()).add(figure_id)
    findings = tuple(f for f in seed_library.warehouse.findings() if f.result == "differs" and not f.is_rounding)
    assert len(findings) >= 3
    return Contradictions(findings, figure_ids, seed_library)


@pytest.fixture(scope="module")
def given(seed_scores: dict[str, Score]) -> list[Answer]:
    """All answers that give something."""
    answers = [judgement.answer for score in seed_scores.values() for judgement in score.judgements]
    return [a for a in answers if a.route in ("sql", "text", "both")]


def test_each_note_is_about_something_the_answer_rests_on(given: list[Answer], contradictions: Contradictions) -> None:
    noted = [a for a in given if a.notes]
    assert len(noted) > 5
    loose = [
        f"{answer.id} {answer.question}: {note}"
        for answer in noted
        for note in answer.notes
        if not any(note.startswith(finding.message) for finding in contradictions.touched_by(answer))
    ]
    assert not loose, "\n".join(loose)


def test_each_contradiction_touched_is_told(given: list[Answer], contradictions: Contradictions) -> None:
    untold = [
        f"{answer.id} {answer.question}: {finding.message}"
        for answer in given
        for finding in contradictions.touched_by(answer)
        if finding.message not in answer.told and len(answer.notes) < MOST_NOTES
    ]
    assert not untold, "\n".join(untold)


def test_notes_stand_in_the_answer_with_their_sources(given: list[Answer]) -> None:
    for answer in given:
        for note in answer.notes:
            assert f"{WARNING} 文件前后不一致：{note}" in answer.answer
            assert MARK.search(note), answer.question


def test_the_seed_prints_two_figures_for_housing(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("住房保障支出是多少？")
    (note,) = answer.notes
    assert "38.52 万元" in note and "38.82 万元" in note
    sources = [next(c for c in answer.citations if c.n == int(n)) for n in MARK.findall(note)]
    assert {source.kind for source in sources} == {"table", "text"}
    assert any("38.52" in source.model_dump_json() for source in sources)


def test_a_figure_without_contradiction_has_no_note(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("培训费是多少？")
    assert answer.notes == []
    assert WARNING not in answer.told
