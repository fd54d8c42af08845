"""What the PDF writer prints, as a PDF library reads it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pdfplumber
import pytest
from pdfplumber.utils.exceptions import PdfminerException

from index.document import Block, Cell, Paragraph, Provenance, RawRow, RawTable
from tests.writers.pdf import PdfLayout, write_pdf, write_scanned_pdf

_LABEL: Final = "机关事业单位职业年金缴费支出（补缴以前年度）及“其他”各项支出"
_HEADER: Final = (
    RawRow((Cell("科目", 1, 2), None, Cell("支出", 1, 2), None), Provenance()),
    RawRow((Cell("编码"), Cell("名称"), Cell("基本支出"), Cell("项目支出")), Provenance()),
)
_TABLE: Final = RawTable(
    (
        *_HEADER,
        RawRow((Cell("合计", 1, 2), None, Cell("1,234.50"), Cell("")), Provenance()),
        *(
            RawRow((Cell(f"20805{at:02}"), Cell(_LABEL), Cell(f"{at},000.00"), Cell("0.00")), Provenance())
            for at in range(60)
        ),
    )
)
_BLOCKS: Final[tuple[Block, ...]] = (Paragraph("表2：收入 & 支出总表", Provenance()), _TABLE)


def _pages(path: Path, layout: PdfLayout) -> list[Any]:
    write_pdf(_BLOCKS, path, layout)
    with pdfplumber.open(path) as pdf:
        return [(page.extract_text(), page.extract_tables()) for page in pdf.pages]


def test_cells_come_back_with_spans_and_wrapped_words(tmp_path: Path) -> None:
    (text, (table,)), *_ = _pages(tmp_path / "a.pdf", PdfLayout())
    assert text.splitlines()[0] == "表2：收入 & 支出总表"
    assert text.splitlines()[-1] == "- 1 -"
    assert table[:3] == [
        ["科目", None, "支出", None],
        ["编码", "名称", "基本支出", "项目支出"],
        ["合计", None, "1,234.50", ""],
    ]
    assert table[3][0] == "2080500" and table[3][1].replace("\n", "") == _LABEL and "\n" in table[3][1]


@pytest.mark.parametrize("repeated", [0, 2])
def test_the_header_is_repeated_where_it_should_be(tmp_path: Path, repeated: int) -> None:
    pages = _pages(tmp_path / "a.pdf", PdfLayout(header_rows=lambda table: repeated))
    codes = [row[0] for _, (table,) in pages for row in table if row[0] and row[0].startswith("208")]
    assert codes == [f"20805{at:02}" for at in range(60)]
    assert [table[0][0] == "科目" for _, (table,) in pages] == [True] + [repeated > 0] * (len(pages) - 1)


def test_without_rules_no_line_is_drawn(tmp_path: Path) -> None:
    write_pdf(_BLOCKS, tmp_path / "a.pdf", PdfLayout(rules="none"))
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert not any(page.lines or page.rects for page in pdf.pages)
        assert "2080500" in pdf.pages[0].extract_text()


def test_horizontal_rules_make_no_cells(tmp_path: Path) -> None:
    write_pdf(_BLOCKS, tmp_path / "a.pdf", PdfLayout(rules="horizontal"))
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        lines = [line for page in pdf.pages for line in page.lines]
        assert lines and all(line["top"] == line["bottom"] for line in lines)


def test_a_row_is_split_across_the_page_break(tmp_path: Path) -> None:
    first, second = _pages(tmp_path / "a.pdf", PdfLayout(split_rows=True))[:2]
    begun, ended = first[1][0][-1], second[1][0][0]
    assert begun[0] and begun[1] and ended[0] == "" and ended[2] == ""
    assert begun[1] + ended[1].replace("\n", "") == _LABEL


def test_a_row_falls_out_of_the_ruling(tmp_path: Path) -> None:
    first, (text, (table,)) = _pages(tmp_path / "a.pdf", PdfLayout(fallen_rows=True, page_number=""))[:2]
    last, following = int(first[1][0][-1][0][5:]), int(table[0][0][5:])
    assert following == last + 2
    assert f"20805{last + 1:02}" in text


def test_texts_run_over_into_the_next_cell(tmp_path: Path) -> None:
    (_, (table,)), *_ = _pages(tmp_path / "a.pdf", PdfLayout(overlap=True))
    row = next(row for row in table if row[0] == "2080510")
    assert not _LABEL.startswith(row[2]) and set(row[2]) & set(_LABEL)


def test_furniture_stands_on_every_page(tmp_path: Path) -> None:
    pages = _pages(tmp_path / "a.pdf", PdfLayout(running_head="某局部门预算公开", page_number="第 {} 页"))
    for number, (text, _) in enumerate(pages, start=1):
        lines = text.splitlines()
        assert (lines[0], lines[-1]) == ("某局部门预算公开", f"第 {number} 页")


def test_a_later_page_in_the_provenance_starts_a_new_page(tmp_path: Path) -> None:
    blocks = [Paragraph("一", Provenance(page=1)), Paragraph("二", Provenance(page=2)), Paragraph("三", Provenance())]
    write_pdf(blocks, tmp_path / "a.pdf", PdfLayout(page_number=""))
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert [page.extract_text() for page in pdf.pages] == ["一", "二\n三"]


def test_a_password_locks_the_file(tmp_path: Path) -> None:
    write_pdf(_BLOCKS, tmp_path / "a.pdf", PdfLayout(password="秘密"))
    with pytest.raises(PdfminerException):
        pdfplumber.open(tmp_path / "a.pdf")


def test_a_scan_has_pictures_and_no_text(tmp_path: Path) -> None:
    write_scanned_pdf(tmp_path / "a.pdf", pages=2)
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert [(page.extract_text(), len(page.images)) for page in pdf.pages] == [("", 1), ("", 1)]


def test_the_same_blocks_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        write_pdf(_BLOCKS, tmp_path / name, replace(PdfLayout(), landscape=True))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
