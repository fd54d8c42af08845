"""A cited cell or paragraph is shown on the page where it is printed, or the reason is told why it can't be."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image

from index.build import build
from index.convert import convert
from index.document import Place
from index.errors import PageUnavailable
from index.manifest import IndexVersion, open_version
from index.pages import CitedPage, cited_cell, cited_sentence, page_picture
from index.warehouse import Warehouse, open_warehouse
from tests.writers.pdf import PdfLayout, write_pdf


@dataclass(frozen=True)
class Built:
    """An index over one file."""

    file: Path
    version: IndexVersion
    warehouse: Warehouse

    def cells(self) -> Iterator[tuple[str, int, int, str]]:
        """Table, row and column of the figures, with what is printed there."""
        _, rows = self.warehouse.execute("SELECT table_id, row_no, column_no, printed FROM figures WHERE printed <> ''")
        yield from rows

    def paragraph(self, words: str) -> str:
        return next(each.paragraph_id for each in self.warehouse.paragraphs() if words in each.text)


def _built(file: Path, folder: Path) -> Built:
    build([file], folder, processes=1)
    version = open_version(folder)
    return Built(file, version, open_warehouse(version.warehouse))


@pytest.fixture(scope="module")
def printed(seed_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("pages")
    write_pdf(convert(seed_path).blocks, folder / "预算.pdf", PdfLayout(landscape=True))
    return _built(folder / "预算.pdf", folder / "index")


def _text_in(file: Path, place: Place) -> str:
    with pdfplumber.open(file) as pdf:
        page = pdf.pages[place.page - 1]
        middles = [
            ((each["x0"] + each["x1"]) / 2 / page.width, (each["top"] + each["bottom"]) / 2 / page.height, each["text"])
            for each in page.chars
        ]
    return "".join(text for x, y, text in middles if place.left < x < place.right and place.top < y < place.bottom)


def test_a_cited_cell_is_boxed_where_it_is_printed(printed: Built) -> None:
    cells = list(printed.cells())
    for table_id, row, column, text in cells[:: len(cells) // 12]:
        page = cited_cell(printed.warehouse, table_id, row, column)
        found = "".join(_text_in(printed.file, place) for place in page.places)
        assert text.replace(" ", "") in found.replace(" ", ""), (table_id, row, column)
        assert not page.is_recognised


def test_the_page_is_a_picture(printed: Built) -> None:
    page = _first(printed)
    picture = Image.open(io.BytesIO(page_picture(printed.version, page)))
    assert picture.format == "PNG"
    assert picture.width > picture.height > 500
    assert all(0 <= edge <= 1 for place in page.places for edge in (place.left, place.top, place.right, place.bottom))


def _first(built: Built) -> CitedPage:
    table_id, row, column, _ = next(built.cells())
    return cited_cell(built.warehouse, table_id, row, column)


def test_a_cited_paragraph_is_boxed_line_by_line(printed: Built) -> None:
    key = printed.paragraph("机关运行经费")
    page = cited_sentence(printed.warehouse, key)
    paragraph = printed.warehouse.paragraph(key)
    assert paragraph and page.page == paragraph.page
    found = "".join(_text_in(printed.file, place) for place in page.places)
    assert paragraph.text[:10] in found


def test_a_quoted_sentence_is_boxed_alone(printed: Built) -> None:
    paragraphs = [each for each in printed.warehouse.paragraphs() if each.text.count("。") > 2]
    assert paragraphs
    for paragraph in paragraphs:
        for sentence in filter(None, paragraph.text.split("。")):
            page = cited_sentence(printed.warehouse, paragraph.paragraph_id, sentence)
            found = "".join(_text_in(printed.file, place) for place in page.places)
            lines = len(printed.warehouse.places(paragraph.paragraph_id)[0][0])
            assert sentence[4:12] in found, sentence
            assert len(page.places) < lines or len(sentence) * 2 > len(paragraph.text)


def test_a_file_without_pages_says_so(seed_index: Path) -> None:
    warehouse = open_warehouse(open_version(seed_index).warehouse)
    with pytest.raises(PageUnavailable, match="没有页面图"):
        cited_cell(warehouse, warehouse.tables()[0].table_id, 1, 2)
    with pytest.raises(PageUnavailable, match="没有页面图"):
        cited_sentence(warehouse, "none")


def test_a_changed_or_missing_file_says_so(printed: Built) -> None:
    content = printed.file.read_bytes()
    try:
        printed.file.write_bytes(content + b"%")
        with pytest.raises(PageUnavailable, match="改过"):
            page_picture(printed.version, _first(printed))
        printed.file.unlink()
        with pytest.raises(PageUnavailable, match="不在原处"):
            page_picture(printed.version, _first(printed))
    finally:
        printed.file.write_bytes(content)
