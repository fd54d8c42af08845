"""The report: what each check read stands in it, and the page needs nothing beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.checking.page import render_page
from assistant.checking.report import DocumentReport, held_percent, report
from index.parsed import ParsedDocument
from index.prose import CellReference, Finding, Statement
from index.warehouse import open_warehouse, write_warehouse
from tests.doubles import SENTENCE, small_document

NOW = datetime(2026, 1, 2, 3, 4)
EXTERNAL = ("src", "href", "action", "poster", "data", "srcset")


def _document() -> ParsedDocument:
    small = small_document()
    cells = tuple(CellReference(1, row, column) for row, column in (("1", 3), ("1", 4), ("2", 3)))
    findings = (
        Finding("收入=支出", "holds", "收入总计等于支出总计。"),
        Finding("合计=各行之和", "differs", "差 0.01 万元。", Decimal(100), is_rounding=True, cells=cells[:1]),
        Finding("合计=各行之和", "holds", "相符。", Decimal(0), cells=cells[:1]),
        Finding("合计=各行之和", "differs", "<script>差</script> 1.00 万元。", Decimal(10000), cells=cells),
        Finding("正文与表一致", "not_checkable", "无从核对。", statements=(0, 0)),
    )
    statement = Statement(7, "公务接待费", SENTENCE, Decimal(6900))
    return replace(small, findings=findings, statements=(statement,))


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> DocumentReport:
    path = tmp_path_factory.mktemp("report") / "w.duckdb"
    write_warehouse(path, [_document()])
    warehouse = open_warehouse(path)
    try:
        (found,) = report(warehouse, warehouse.documents())
    finally:
        warehouse.close()
    return found


def test_checks_with_contradictions_come_first(reported: DocumentReport) -> None:
    assert [check.check for check in reported.checks] == ["合计=各行之和", "收入=支出", "正文与表一致"]
    assert [finding.outcome for finding in reported.checks[0].findings] == ["differs", "rounding", "holds"]


def test_counts_by_outcome(reported: DocumentReport) -> None:
    assert reported.counts == Counter(holds=2, differs=1, rounding=1, not_checkable=1)
    assert reported.row_checks == Counter(holds=1, differs=1, rounding=1)
    assert held_percent(reported.row_checks) == Decimal("66.7")
    assert held_percent(Counter(not_checkable=3)) is None


def test_each_finding_names_the_cells_it_read(reported: DocumentReport) -> None:
    cells = reported.checks[0].findings[0].cells
    assert [(cell.table, cell.row, cell.column, cell.value) for cell in cells] == [
        ("附表4-6 一般公共预算基本支出表", "第1项费用", "合计", "1.69 万元"),
        ("附表4-6 一般公共预算基本支出表", "第1项费用", "基本支出/人员经费", "0.00 万元"),
        ("附表4-6 一般公共预算基本支出表", "第2项费用", "合计", "2.69 万元"),
    ]
    assert [cell.value for cell in reported.checks[0].findings[0].telling_cells] == ["1.69 万元", "2.69 万元"]


def test_a_finding_about_prose_quotes_each_sentence_once(reported: DocumentReport) -> None:
    assert [sentence.text for sentence in reported.checks[-1].findings[0].sentences] == [SENTENCE]


class _Page(HTMLParser):
    """Collects a page's text and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", [], Counter[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.links += [value or "" for name, value in attrs if name in EXTERNAL]

    def handle_data(self, data: str) -> None:
        self.text += data


def _page(reports: list[DocumentReport], *, with_holding: bool = False) -> _Page:
    page = _Page()
    page.feed(render_page(reports, with_holding=with_holding, now=NOW))
    return page


def test_the_page_is_one_file_that_runs_nothing(reported: DocumentReport) -> None:
    page = _page([reported, reported])
    assert all(link.startswith("#") for link in page.links)
    assert page.tags["script"] == page.tags["link"] == page.tags["img"] == 0
    assert "<script>差</script> 1.00 万元" in page.text
    assert "url(" not in page.text and "@import" not in page.text


def test_the_page_tells_what_each_check_read(reported: DocumentReport) -> None:
    text = _page([reported]).text
    for expected in ("2026-01-02 03:04", "某某区委办公室", "第2项费用", "2.69", "另有 1 格为零或空白", SENTENCE):
        assert expected in text
    assert "收入总计等于支出总计。" not in text
    assert "收入总计等于支出总计。" in _page([reported], with_holding=True).text


def test_a_document_without_checks_is_told(reported: DocumentReport) -> None:
    assert "没有可核对的内容" in _page([replace(reported, checks=())]).text


def test_the_template_is_packaged() -> None:
    import assistant.checking

    assert list(Path(assistant.checking.__file__).parent.glob("*.jinja"))


def test_the_parts_of_a_document_are_told_apart(tmp_path: Path) -> None:
    document = _document()
    parts = replace(
        document,
        document=replace(document.document, file="说明.docx、附表.xlsx"),
        tables=tuple(replace(table, file="附表.xlsx") for table in document.tables),
        paragraphs=tuple(replace(paragraph, file="说明.docx") for paragraph in document.paragraphs),
    )
    write_warehouse(tmp_path / "w.duckdb", [parts])
    warehouse = open_warehouse(tmp_path / "w.duckdb")
    (found,) = report(warehouse, warehouse.documents())
    warehouse.close()
    assert found.checks[0].findings[0].cells[0].table == "附表4-6 一般公共预算基本支出表 （附表.xlsx）"
    assert found.checks[-1].findings[0].sentences[0].place.startswith("说明.docx › 第二部分")
