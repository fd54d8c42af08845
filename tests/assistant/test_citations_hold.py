"""Every citation of every answer, opened in the published file; every figure against the cell it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import combinations
from pathlib import Path

import pytest

from assistant.answer import Answer, Figure, TableCitation, TextCitation
from assistant.evaluate import Score
from tests.conftest import CORPUS
from tests.printed import PrintedDocument
from tests.printed_pdf import PrintedFiles

MARK = re.compile(r"\[(\d{1,3})\]")
"""Longer numbers in brackets are codes that tables print (``[30201]办公费``)."""

YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
NUMBER = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(亿元|万元|元)?")
COMPUTED_FROM_ONE_SENTENCE = ("（上年）", "（推算）", "合计", "相差", "差额", "个数")


@pytest.fixture(scope="module")
def seed_answers(seed_scores: dict[str, Score]) -> list[Answer]:
    """The answers to all questions over the seed."""
    return _answers(seed_scores)


@pytest.fixture(scope="module")
def corpus_answers(corpus_scores: dict[str, Score]) -> list[Answer]:
    """The answers to all questions over the corpus."""
    return _answers(corpus_scores)


@pytest.fixture(scope="module", params=["seed", "corpus"])
def answers(request: pytest.FixtureRequest) -> list[Answer]:
    """The answers to all questions of all sets over one index."""
    found: list[Answer] = request.getfixturevalue(f"{request.param}_answers")
    return found


@pytest.fixture(scope="module")
def source(seed_path: Path) -> PrintedDocument:
    """The published text file."""
    return PrintedDocument(seed_path)


@pytest.fixture(scope="module")
def files() -> PrintedFiles:
    """The published PDF files."""
    return PrintedFiles(CORPUS)


def test_there_is_something_to_check(seed_answers: list[Answer]) -> None:
    assert len(seed_answers) >= 400
    assert len(_cells(seed_answers)) > 200
    assert len(_passages(seed_answers)) > 50


def test_there_is_something_to_check_in_the_corpus(corpus_answers: list[Answer]) -> None:
    assert len(_cells(corpus_answers)) > 150
    assert len(_passages(corpus_answers)) > 15


def test_every_cited_cell_is_printed_in_the_source(seed_answers: list[Answer], source: PrintedDocument) -> None:
    missing = [f"{asked}: {c!r}" for asked, c in _cells(seed_answers) if not source.prints(c)]
    assert not missing, "\n".join(missing)


def test_every_cited_cell_is_printed_on_its_page(corpus_answers: list[Answer], files: PrintedFiles) -> None:
    missing = [f"{asked}: {c!r}" for asked, c in _cells(corpus_answers) if not files.prints(c)]
    assert not missing, "\n".join(missing)


def test_every_quote_stands_in_the_source(seed_answers: list[Answer], source: PrintedDocument) -> None:
    missing = [f"{asked}: {c.quote}" for asked, c in _passages(seed_answers) if not source.holds(c.quote)]
    assert not missing, "\n".join(missing)


def test_every_quote_stands_on_its_page(corpus_answers: list[Answer], files: PrintedFiles) -> None:
    missing = [f"{asked}: {c.quote}" for asked, c in _passages(corpus_answers) if not files.holds(c)]
    assert not missing, "\n".join(missing)


def test_the_source_check_finds_what_is_not_there(seed_answers: list[Answer], source: PrintedDocument) -> None:
    cells = [c for _, c in _cells(seed_answers) if re.fullmatch(r"[1-9]\d*\.\d\d", c.value)]
    assert len(cells) > 100
    assert not any(source.prints(c.model_copy(update={"value": c.value + "1"})) for c in cells)
    in_grids = [c for c in cells if "部门整体" not in c.table_title]
    assert not any(source.prints(c.model_copy(update={"column_no": 40})) for c in in_grids)
    in_rows = [c for c in in_grids if "三公" not in c.table_title and c.row_label != "合计"]
    assert not any(source.prints(c.model_copy(update={"row_label": "无此行", "code": None})) for c in in_rows)
    assert not source.holds("本部门为全区教师发放取暖费")


def test_the_page_check_finds_what_is_not_there(corpus_answers: list[Answer], files: PrintedFiles) -> None:
    cells = [c for _, c in _cells(corpus_answers) if re.fullmatch(r"[1-9][\d,]*\.\d+|[1-9][\d,]{3,}", c.value)]
    assert len(cells) > 100
    assert not any(files.prints(c.model_copy(update={"value": c.value + "1"})) for c in cells)
    in_rows = [c for c in cells if "三公" not in c.table_title and not c.row_label.endswith("计")]
    # a line of numbers alone, whose name is wrapped above and below it, tells no row
    elsewhere = [c for c in in_rows if files.prints(c.model_copy(update={"row_label": "无此行", "code": None}))]
    assert len(elsewhere) <= len(in_rows) / 20
    quotes = [c.model_copy(update={"quote": c.quote + "另发放取暖费"}) for _, c in _passages(corpus_answers)]
    assert not any(files.holds(c) for c in quotes)


def test_every_mark_has_its_citation(answers: list[Answer]) -> None:
    loose = [
        f"{answer.id}: [{mark}] {text}"
        for answer in answers
        for text in (answer.answer, *answer.notes)
        for mark in MARK.findall(text)
        if int(mark) not in {c.n for c in answer.citations}
    ]
    assert not loose, "\n".join(loose)


def test_citations_are_numbered_from_one_in_order(answers: list[Answer]) -> None:
    assert [a.id for a in answers if [c.n for c in a.citations] != list(range(1, len(a.citations) + 1))] == []


def test_every_answer_cites_and_every_figure_is_said(answers: list[Answer]) -> None:
    given = [a for a in answers if a.route in ("sql", "text", "both")]
    assert [a.id for a in given if not a.citations or not MARK.search(a.answer)] == []
    assert [a.id for a in given for f in a.figures if not f.citations] == []
    assert [a.id for a in given for f in a.figures if not set(f.citations) <= {c.n for c in a.citations}] == []
    assert [f"{a.id}: {f}" for a in given for f in a.figures if f.value not in a.answer] == []


def test_single_cell_figures_equal_the_cell(answers: list[Answer]) -> None:
    problems = [
        f"{answer.id} {answer.question}: {figure} ≠ {citation.value} {citation.unit}"
        for answer, figure, citation in _single(answers)
        if isinstance(citation, TableCitation) and figure.label != "个数" and not _equals_cell(figure, citation)
    ]
    assert not problems, "\n".join(problems)


def test_single_sentence_figures_stand_in_the_sentence(answers: list[Answer]) -> None:
    problems = [
        f"{answer.id} {answer.question}: {figure} not in {citation.quote}"
        for answer, figure, citation in _single(answers)
        if isinstance(citation, TextCitation)
        and not figure.label.endswith(COMPUTED_FROM_ONE_SENTENCE)
        and not _stands_in(figure, citation.quote)
        and not _follows_from(figure, citation.quote)
    ]
    assert not problems, "\n".join(problems)


def test_figures_of_agreeing_cells_equal_one_of_them_or_are_computed(answers: list[Answer]) -> None:
    """A figure that cites several cells is one of them, or else it is named as computed or the rows are listed."""
    for answer in answers:
        by_number = {c.n: c for c in answer.citations}
        for figure in answer.figures:
            cells = [c for n in figure.citations if isinstance(c := by_number[n], TableCitation)]
            if len(cells) < 2 or figure.unit not in YUAN or any(_equals_cell(figure, c) for c in cells):
                continue
            terms = {n for other in answer.figures if other is not figure for n in other.citations}
            assert {c.n for c in cells} <= terms, f"{answer.id} {answer.question}: {figure}"


def test_refused_is_the_route_refuse(answers: list[Answer]) -> None:
    assert [a.id for a in answers if a.refused != (a.route == "refuse")] == []
    assert [a.id for a in answers if (a.clarify is not None) != (a.route == "clarify")] == []


def test_what_is_refused_or_asked_back_claims_nothing(answers: list[Answer]) -> None:
    declined = [a for a in answers if a.route in ("refuse", "clarify")]
    assert len(declined) > 10
    assert [a.id for a in declined if a.figures or a.citations or a.sql or a.rows] == []
    assert [a.id for a in declined if not a.answer.strip()] == []


def test_answers_through_sql_show_their_sql(answers: list[Answer]) -> None:
    silent = [f"{a.id} {a.question}" for a in answers if a.route == "sql" and not a.sql]
    assert not silent, "\n".join(silent)


def test_figures_come_the_way_the_route_says(answers: list[Answer]) -> None:
    kinds = {"sql": {"table"}, "text": {"text"}, "both": {"table", "text"}}
    given = [a for a in answers if a.route in kinds and a.figures]
    wrong = [f"{a.id} {a.question}: {a.route}" for a in given if {c.kind for c in a.sources} != kinds[a.route]]
    assert not wrong, "\n".join(wrong)


def _answers(scores: dict[str, Score]) -> list[Answer]:
    return [judgement.answer for score in scores.values() for judgement in score.judgements]


def _cells(answers: list[Answer]) -> list[tuple[str, TableCitation]]:
    """Every cited cell once, with an answer that cites it."""
    citations = [(answer.id, c) for answer in answers for c in answer.sources if isinstance(c, TableCitation)]
    return list({(c.table_id, c.row, c.column_no): (asked, c) for asked, c in citations}.values())


def _passages(answers: list[Answer]) -> list[tuple[str, TextCitation]]:
    """Every quote once, with an answer that cites it."""
    citations = [(answer.id, c) for answer in answers for c in answer.sources if isinstance(c, TextCitation)]
    return list({(c.paragraph_id, c.quote): (asked, c) for asked, c in citations}.values())


def _single(answers: list[Answer]) -> Iterator[tuple[Answer, Figure, TableCitation | TextCitation]]:
    """Figures that rest on one citation."""
    for answer in answers:
        by_number = {c.n: c for c in answer.citations}
        for figure in answer.figures:
            if len(figure.citations) == 1:
                yield answer, figure, by_number[figure.citations[0]]


def _equals_cell(figure: Figure, citation: TableCitation) -> bool:
    if figure.unit in YUAN and citation.unit in YUAN:
        printed, said = _number(citation.value), _number(figure.value)
        return None not in (printed, said) and said * YUAN[figure.unit] == printed * YUAN[citation.unit]  # type: ignore[operator]
    # Printed codes in square brackets get full-width ones, so as not to look like citation marks.
    if citation.value in (figure.value.translate(str.maketrans("［］", "[]")), f"{figure.value}{figure.unit}"):
        return True
    printed = _number(citation.value)
    return printed is not None and printed == _number(figure.value)


def _stands_in(figure: Figure, quote: str) -> bool:
    said = _number(figure.value)
    if said is None:
        return figure.value in quote
    scale = YUAN.get(figure.unit, Decimal(1))
    return any(
        Decimal(digits) * YUAN.get(unit, Decimal(1)) == abs(said) * scale
        for digits, unit in NUMBER.findall(quote.replace(",", ""))
    )


def _follows_from(figure: Figure, quote: str) -> bool:
    """Whether a share, rate or difference is that of two numbers of the sentence, or a sum that of four of them."""
    numbers = [Decimal(digits) for digits, _ in NUMBER.findall(quote.replace(",", ""))]
    said = _number(figure.value)
    pairs = [(a, b) for a in numbers for b in numbers if b]
    results = {a - b for a, b in pairs}
    if figure.unit == "%":
        bases = [(a, base) for a, b in pairs for base in (b, b - a, b + a) if base]
        results = {round(a * 100 / base, 2) for a, base in bases}
    return said in results or said in {sum(four) for four in combinations(numbers, 4)}


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
