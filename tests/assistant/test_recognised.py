"""Figures that were recognised in a picture are given as such, with what the document's checks say of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ask import Assistant
from index.build import build
from index.manifest import open_version
from index.pages import cited_cell
from index.recognition import can_recognise
from index.warehouse import open_warehouse
from tests.index.convert.scan.invented import PAGE
from tests.questions.sets import open_index

pytestmark = pytest.mark.skipif(not can_recognise(), reason="the extra ocr is not installed")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recognised") / "index"
    manifest = build([PAGE], folder, processes=1)
    assert "1 页是扫描页" in (manifest.files[0].told or "")
    return folder


@pytest.fixture(scope="module")
def assistant(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    yield open_index(index, tmp_path_factory.mktemp("recognised_talks"))


def test_a_figure_that_checks_confirm_is_said_to_be(assistant: Assistant) -> None:
    answer = assistant.ask("卫生健康支出是多少？")
    assert [figure.value for figure in answer.figures] == ["61.08"]
    assert "第 1 页是扫描页，文字为识别所得；所引的数与文件内的勾稽关系（合计与分项、表与表）相符" in answer.answer
    assert answer.notes[-1] in answer.answer


def test_a_figure_that_no_check_reads_is_to_be_compared(assistant: Assistant) -> None:
    answer = assistant.ask("本年收入预算比上年增长百分之几？")
    assert answer.citations
    assert "识别所得，请核对原件" in answer.answer


def test_a_refusal_says_nothing_of_pages(assistant: Assistant) -> None:
    answer = assistant.ask("公务接待费是多少？")
    assert answer.refused
    assert "识别所得" not in answer.told


def test_a_cited_cell_is_shown_on_the_straightened_page(index: Path) -> None:
    warehouse = open_warehouse(open_version(index).warehouse)
    ((table_id, row, column),) = warehouse.execute(
        "SELECT table_id, row_no, column_no FROM figures WHERE printed = '936.48' LIMIT 1"
    )[1]
    page = cited_cell(warehouse, table_id, row, column)
    assert page.is_recognised
    (place,) = page.places
    assert 0.3 < place.top < place.bottom < 0.7
    assert 0.5 < place.left < place.right < 0.9
