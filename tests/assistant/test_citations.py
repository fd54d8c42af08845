"""Numbers of citations: one for each cell or quote, in order of first use."""

from __future__ import annotations

import pytest

from assistant.answer import TableCitation, TextCitation
from assistant.citations import Citations, marks
from assistant.library import Library
from index.records import DocumentRecord, FigureRecord, ParagraphRecord, TableRecord


@pytest.fixture
def cell(seed_library: Library) -> tuple[DocumentRecord, TableRecord, FigureRecord]:
    """公务接待费 in the table of the three expenses."""
    (document,) = seed_library.documents.values()
    tables = seed_library.contents(document.document_id).tables.values()
    table = next(table for table in tables if table.kind == "三公经费支出表")
    figures = seed_library.figures([f"{table.table_id}.r1"])[f"{table.table_id}.r1"]
    return document, table, next(figure for figure in figures if figure.measure == "公务接待费")


@pytest.fixture
def paragraph(seed_library: Library) -> ParagraphRecord:
    (document_id,) = seed_library.documents
    return next(p for p in seed_library.contents(document_id).paragraphs.values() if "公务接待费预算 0.69" in p.text)


def test_a_cell_is_cited_as_it_is_printed(cell: tuple[DocumentRecord, TableRecord, FigureRecord]) -> None:
    citations = Citations()
    assert citations.cell(*cell) == 1
    (cited,) = citations.listed
    assert isinstance(cited, TableCitation)
    assert (cited.n, cited.table_no, cited.column, cited.value, cited.unit) == (
        1,
        "附表4-7",
        "公务接待费",
        "0.69",
        "万元",
    )
    assert (cited.row, cited.year, cited.document) == (1, 2024, cell[0].file)


def test_numbers_count_what_differs_in_order_of_first_use(
    cell: tuple[DocumentRecord, TableRecord, FigureRecord], paragraph: ParagraphRecord
) -> None:
    document, table, _ = cell
    citations = Citations()
    given = [
        citations.passage(document, paragraph, "公务接待费预算 0.69 万元"),
        citations.cell(*cell),
        citations.passage(document, paragraph, "公务接待费预算 0.69 万元"),
        citations.passage(document, paragraph, "比上年减少 0.09 万元"),
        citations.declared(document, table),
        citations.cell(*cell),
    ]
    assert given == [1, 2, 1, 3, 4, 2]
    assert [cited.n for cited in citations.listed] == [1, 2, 3, 4]


def test_a_quote_keeps_its_paragraph_and_headings(
    cell: tuple[DocumentRecord, TableRecord, FigureRecord], paragraph: ParagraphRecord
) -> None:
    citations = Citations()
    citations.passage(cell[0], paragraph, "公务接待费预算 0.69 万元")
    (cited,) = citations.listed
    assert isinstance(cited, TextCitation)
    assert (cited.quote, cited.paragraph, cited.section) == (
        "公务接待费预算 0.69 万元", paragraph.position, list(paragraph.section),
    )  # fmt: skip
    assert cited.section


def test_an_empty_table_is_cited_with_its_own_words(seed_library: Library) -> None:
    (document,) = seed_library.documents.values()
    tables = seed_library.contents(document.document_id).tables.values()
    table = next(table for table in tables if table.state == "declared_empty")
    citations = Citations()
    citations.declared(document, table)
    (cited,) = citations.listed
    assert isinstance(cited, TableCitation)
    assert cited.value == "本部门本年度无政府性基金预算支出"


@pytest.mark.parametrize(
    ("numbers", "written"),
    [([], ""), ([1], "[1]"), ([2, 1, 2], "[2][1]"), (range(1, 10), "[1][2][3][4][5][6]")],
)
def test_marks(numbers: list[int], written: str) -> None:
    assert marks(numbers) == written
