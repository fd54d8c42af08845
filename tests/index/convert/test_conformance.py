"""What every converter keeps to, whichever format it reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.convert import CONVERTERS, convert
from index.convert.converter import Converter
from index.convert.image import ImageConverter
from index.convert.office import OfficeConverter
from index.document import Block, Cell, Paragraph, Provenance, RawRow, RawTable
from index.errors import DocumentError
from tests.writers.excel import write_xls, write_xlsx, write_xml2003
from tests.writers.html import write_html
from tests.writers.ofd import write_ofd
from tests.writers.pdf import write_pdf
from tests.writers.text import write_text
from tests.writers.word import write_docx

_FIRST, _SECOND = Provenance(page=1), Provenance(page=2)


def _table(*rows: Sequence[Cell | str | None]) -> RawTable:
    return RawTable(
        tuple(RawRow(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in row), _SECOND) for row in rows)
    )


_BLOCKS: tuple[Block, ...] = (
    Paragraph("某某市统计局2024年部门预算", _FIRST),
    Paragraph("一、收支总体情况。本年收入1,234.50万元，比上年增加34.50万元。", _FIRST),
    _table(
        [Cell("科目编码", row_span=2), Cell("科目名称", row_span=2), Cell("本年支出", column_span=3), None, None],
        [None, None, "合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", "1,234.50", "1,200.00", "34.50"],
        ["20105", "统计信息事务", "1,234.50", "1,200.00", "34.50"],
        ["", "合计", "1,234.50", "1,200.00", "34.50"],
    ),
    Paragraph("本部门无政府性基金预算。", _SECOND),
)


def _write_csv(blocks: Sequence[Block], path: Path) -> None:
    rows = [row.texts for block in blocks if isinstance(block, RawTable) for row in block.rows]
    path.write_text("\n".join(",".join(f'"{text}"' for text in row) for row in rows), encoding="utf-8")


_WRITERS: dict[str, Callable[[Sequence[Block], Path], None]] = {
    "TextConverter": write_text, "HtmlConverter": write_html, "WordConverter": write_docx, "CsvConverter": _write_csv,
    "ExcelConverter": write_xlsx, "OldExcelConverter": write_xls, "ExcelXmlConverter": write_xml2003,
    "PdfConverter": write_pdf, "OfdConverter": write_ofd,
}  # fmt: skip
_PLACES = {
    "TextConverter": ("line",), "HtmlConverter": ("line",), "WordConverter": ("page",), "CsvConverter": ("line",),
    "ExcelConverter": ("sheet", "line"), "OldExcelConverter": ("sheet", "line"),
    "ExcelXmlConverter": ("sheet", "line"), "PdfConverter": ("page",),
    "OfdConverter": ("page",),
}  # fmt: skip
"""What each format tells about where a piece of it stands."""


_EXACT = [converter for converter in CONVERTERS if not isinstance(converter, ImageConverter | OfficeConverter)]
"""All that read what is written themselves, and don't recognise it."""


@pytest.fixture(scope="module", params=_EXACT, ids=lambda converter: type(converter).__name__)
def converter(request: pytest.FixtureRequest) -> Converter:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def content(converter: Converter, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file of the converter's format."""
    path = tmp_path_factory.mktemp("format") / "预算"
    _WRITERS[type(converter).__name__](_BLOCKS, path)
    return path.read_bytes()


class TestEveryConverter:
    def test_is_the_first_to_accept_its_own_format(self, converter: Converter, content: bytes) -> None:
        assert next(other for other in CONVERTERS if other.accepts(content)) is converter
        assert not converter.accepts(b"\x00\x01\x02\x03")

    def test_the_content_decides_and_not_the_name(self, converter: Converter, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / "名不副实.docx"
        path.write_bytes(content)
        assert convert(path).blocks == converter.read(content, path)

    def test_says_where_each_row_and_paragraph_stands(self, converter: Converter, content: bytes) -> None:
        blocks = converter.read(content, Path("预算"))
        pieces = [piece for block in blocks for piece in ([block] if isinstance(block, Paragraph) else block.rows)]
        for place in _PLACES[type(converter).__name__]:
            places = [getattr(piece.provenance, place) for piece in pieces]
            assert None not in places and len(set(places)) > 1
            assert place == "sheet" or len({piece.provenance.sheet for piece in pieces}) > 1 or places == sorted(places)

    def test_has_no_blank_paragraphs_and_one_line_cells(self, converter: Converter, content: bytes) -> None:
        for block in converter.read(content, Path("预算")):
            texts = [block.text] if isinstance(block, Paragraph) else [t for row in block.rows for t in row.texts]
            assert all(text == text.strip() and "\n" not in text for text in texts)
            assert isinstance(block, RawTable) or block.text

    def test_reads_the_amounts_as_printed(self, converter: Converter, content: bytes) -> None:
        (table,) = [block for block in converter.read(content, Path("预算")) if isinstance(block, RawTable)]
        assert [row.texts for row in table.rows[2:]] == [
            ("201", "一般公共服务支出", "1,234.50", "1,200.00", "34.50"),
            ("20105", "统计信息事务", "1,234.50", "1,200.00", "34.50"),
            ("", "合计", "1,234.50", "1,200.00", "34.50"),
        ]

    def test_spans_cover_exactly_the_positions_that_hold_no_cell(self, converter: Converter, content: bytes) -> None:
        for block in converter.read(content, Path("预算")):
            if isinstance(block, RawTable):
                assert_spans(block)

    @given(data=st.data())
    def test_damaged_files_are_told_so(self, converter: Converter, content: bytes, data: st.DataObject) -> None:
        """Cut off, holed or overwritten anywhere, a file is read as far as it can be or refused in words."""
        start = data.draw(st.integers(0, len(content) - 1))
        end = data.draw(st.integers(start, len(content)))
        damaged = content[:start] + data.draw(st.binary(max_size=8)) + content[end:]
        for known in CONVERTERS:
            if known.accepts(damaged):
                try:
                    known.read(damaged, Path("预算"))
                except DocumentError as error:
                    assert "预算" in error.problem and error.remedy
                break


def assert_spans(table: RawTable) -> None:
    """Each position without a cell is covered by one cell's span, each covered position is without a cell."""
    covered = [
        (r + down, c + right)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
        if cell
        for down in range(cell.row_span)
        for right in range(cell.column_span)
        if down or right
    ]
    empty = {(r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row.cells) if cell is None}
    assert len(covered) == len(set(covered))
    assert set(covered) == empty
