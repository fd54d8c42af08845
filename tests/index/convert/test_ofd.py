"""OFD files: the same page gives the same blocks as it does in a PDF, and only what a reader sees is read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.clean import clean_tables
from index.clean.table import CleanTable
from index.convert import convert
from index.document import Block, Cell, Paragraph, Provenance, RawRow, RawTable
from index.errors import DocumentError
from index.outline import outline
from tests.writers.ofd import OfdLayout, ofd_of, text_object, write_ofd
from tests.writers.pdf import PdfLayout, write_pdf

_LAYOUTS = {
    "plain": OfdLayout(), "rules in templates": OfdLayout(template=True), "other measure": OfdLayout(scaled=True),
    "on its side": OfdLayout(turned=True), "several documents": OfdLayout(documents=3),
}  # fmt: skip
_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MOST_COLUMNS = 12
_PAGE = Provenance(page=1)
_BLOCKS: tuple[Block, ...] = (
    Paragraph("某某市统计局2024年部门预算", _PAGE),
    RawTable(
        tuple(
            RawRow(tuple(map(Cell, texts)), _PAGE)
            for texts in (
                ("科目编码", "科目名称", "预算数"),
                ("201", "一般公共服务支出", "1,234.50"),
                ("", "合计", "1,234.50"),
            )
        )
    ),
)


@pytest.fixture(scope="module")
def printed(seed_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ofd") / "预算.pdf"
    write_pdf(convert(seed_path).blocks, path)
    return path


@pytest.mark.parametrize("layout", _LAYOUTS.values(), ids=_LAYOUTS)
def test_the_same_pages_are_read_as_from_a_pdf(printed: Path, tmp_path: Path, layout: OfdLayout) -> None:
    path = tmp_path / "预算.ofd"
    path.write_bytes(ofd_of(printed.read_bytes(), layout))
    read = convert(path)
    assert read.blocks == convert(printed).blocks
    assert read.gaps == ()


def test_each_table_of_the_seed_has_the_figures_of_its_text(seed_path: Path, tmp_path: Path) -> None:
    document = convert(seed_path)
    tables = [table for table in clean_tables(document, outline(document)) if table.table_no and _fits(table)]
    assert len(tables) == 7
    for table in tables:
        (tmp_path / table.title).mkdir(exist_ok=True)
        path = tmp_path / table.title / "表.ofd"
        write_ofd(_printed(table), path, OfdLayout(printed=PdfLayout(landscape=True)))
        read = convert(path)
        assert [_figures(each) for each in clean_tables(read, outline(read))] == [_figures(table)], table.title


def _fits(table: CleanTable) -> bool:
    """Whether no cell must be wrapped in the middle of a code to print the table on one page."""
    return len(table.grid[0]) <= _MOST_COLUMNS and table.subject is None


def _printed(table: CleanTable) -> tuple[Block, ...]:
    """The table as it is printed, under its number, title and unit."""
    unit = (Paragraph(f"单位：{table.unit}", _PAGE),) if table.unit else ()
    rows = tuple(RawRow(tuple(map(Cell, texts)), _PAGE) for texts in table.grid)
    return Paragraph(table.table_no or "", _PAGE), Paragraph(table.title, _PAGE), *unit, RawTable(rows)


def _figures(table: CleanTable) -> tuple[object, ...]:
    rows = [(row.code, row.label, row.level, [cell.number for cell in row.cells]) for row in table.rows]
    return table.kind, table.unit, table.state, rows


def _texts(path: Path, more: str = "", parts: Mapping[str, str] | None = None, common: str = "") -> str:
    """All that is read of a small budget to which objects or parts were added."""
    write_ofd(_BLOCKS, path, OfdLayout(more=more, parts=parts or {}, common=common))
    return _all_text(path)


def _all_text(path: Path) -> str:
    blocks = convert(path).blocks
    return "\n".join(
        block.text if isinstance(block, Paragraph) else "\n".join("|".join(row.texts) for row in block.rows)
        for block in blocks
    )


def _object(inside: str) -> str:
    return f'<ofd:TextObject ID="1" Boundary="30 200 90 9" Size="4">{inside}</ofd:TextObject>'


def _code(text: str, attributes: str) -> str:
    return f"<ofd:TextCode {attributes}>{text}</ofd:TextCode>"


def _transform(position: int) -> str:
    glyphs = f"<ofd:Glyphs>{position + 7}</ofd:Glyphs>"
    return f'<ofd:CGTransform CodePosition="{position}" CodeCount="1" GlyphCount="1">{glyphs}</ofd:CGTransform>'


_COLOR = '<ofd:FillColor Value="{}"/>'
_WHITE = _COLOR.format("255 255 255")
_BOX = (
    '<ofd:PathObject ID="3" Boundary="20 200 60 10" Stroke="false" Fill="true">{}'
    "<ofd:AbbreviatedData>M 0 0 L 60 0 L 60 10 L 0 10 C</ofd:AbbreviatedData></ofd:PathObject>"
)
_LINE = (
    '<ofd:PathObject ID="3" Boundary="30 205.5 11 1">'
    "<ofd:AbbreviatedData>M 0 0 L 10.5 0</ofd:AbbreviatedData></ofd:PathObject>"
)
_UNSEEN = {
    "hidden": text_object("看不见", 30, 207, attributes='Visible="false"'),
    "transparent": text_object("看不见", 30, 207, attributes='Alpha="0"'),
    "white on white": text_object("看不见", 30, 207, inside=_WHITE),
    "under a white box": text_object("看不见", 30, 207) + _BOX.format(_WHITE),
    "off the page": text_object("看不见", 300, 207) + text_object("看不见", 30, 400),
    "slanted": text_object("看不见", 30, 207, attributes='CTM="0.7 0.7 -0.7 0.7 0 0"'),
    "struck out": text_object("看不见", 30, 207) + _LINE,
    "pale and large": text_object("看不见", 30, 207, 20, inside=_COLOR.format("220 220 220")),
}
_SEEN = {
    "plain": text_object("看得见", 30, 207),
    "white on dark": _BOX.format(_COLOR.format("0 0 80")) + text_object("看得见", 30, 207, inside=_WHITE),
    "on a white box": _BOX.format(_WHITE) + text_object("看得见", 30, 207),
    "in a block": f"<ofd:PageBlock>{text_object('看得见', 30, 207)}</ofd:PageBlock>",
    "drawn twice": text_object("看得见", 30, 207) + text_object("看得见", 30.02, 207),
    "without steps": _object(_code("看得见", 'X="0" Y="4"')),
    "in two codes": _object(_code("看得", 'X="0" Y="4" DeltaX="4"') + _code("见", 'X="8"')),
    "with glyphs told": _object(_transform(0) + _transform(1) + _code("看得见", 'X="0" Y="4" DeltaX="g 2 4"')),
}


@pytest.mark.parametrize("drawn", _UNSEEN.values(), ids=_UNSEEN)
def test_what_no_reader_sees_is_not_read(tmp_path: Path, drawn: str) -> None:
    read = _texts(tmp_path / "预算.ofd", drawn)
    assert "1,234.50" in read
    assert "看" not in read


@pytest.mark.parametrize("drawn", _SEEN.values(), ids=_SEEN)
def test_what_a_reader_sees_is_read_once(tmp_path: Path, drawn: str) -> None:
    assert _texts(tmp_path / "预算.ofd", drawn).count("看得见") == 1


def test_colours_that_are_said_by_reference_count(tmp_path: Path) -> None:
    """One parameter may only say what another one does."""
    parameters = f'<ofd:DrawParam ID="60" Relative="61"/><ofd:DrawParam ID="61">{_WHITE}</ofd:DrawParam>'
    resources = f"<ofd:Res {_XMLNS}><ofd:DrawParams>{parameters}</ofd:DrawParams></ofd:Res>"
    drawn = text_object("看不见", 30, 207, attributes='DrawParam="60"')
    common = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    assert "看" not in _texts(tmp_path / "预算.ofd", drawn, {"Doc_0/DocumentRes.xml": resources}, common)


def test_text_that_only_glyphs_tell_is_told_with_its_font(tmp_path: Path) -> None:
    fonts = f'<ofd:Res {_XMLNS}><ofd:Fonts><ofd:Font ID="1" FontName="某某宋体"/></ofd:Fonts></ofd:Res>'
    drawn = "".join(text_object("¤" * 20, 30, 100 + 10 * line) for line in range(9))
    parts = {"Doc_0/PublicRes.xml": fonts}
    with pytest.raises(DocumentError, match="字体“某某宋体”没有可用的文字编码"):
        _texts(tmp_path / "预算.ofd", drawn, parts, "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>")


def test_leading_blanks_keep_their_steps(tmp_path: Path) -> None:
    code = _code("\u3000\u3000本级12", 'X="0" Y="4" DeltaX="4 4 4 30"')
    assert "本级\n12" in _texts(tmp_path / "预算.ofd", _object(code))


def test_composed_objects_are_read(tmp_path: Path) -> None:
    content = f"<ofd:Content>{text_object('看得见', 10, 10)}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="77">{content}</ofd:CompositeGraphicUnit>'
    resources = f"<ofd:Res {_XMLNS}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    used = '<ofd:CompositeObject ID="8" ResourceID="77" Boundary="20 197 100 20"/>'
    read = _texts(tmp_path / "预算.ofd", used, {"Doc_0/R.xml": resources}, "<ofd:PublicRes>R.xml</ofd:PublicRes>")
    assert read.count("看得见") == 1


def test_attached_files_are_told(tmp_path: Path) -> None:
    write_ofd(_BLOCKS, tmp_path / "预算.ofd")
    attachments = '<A xmlns="x"><Attachment Name="预算表.xlsx"><FileLoc>1.xlsx</FileLoc></Attachment></A>'
    document = _part(tmp_path / "预算.ofd", "Doc_0/Document.xml").replace(
        "</ofd:Document>", "<ofd:Attachments>Attachs/A.xml</ofd:Attachments></ofd:Document>"
    )
    parts = {"Doc_0/Document.xml": document, "Doc_0/Attachs/A.xml": attachments}
    write_ofd(_BLOCKS, tmp_path / "预算.ofd", OfdLayout(parts=parts))
    assert [gap.text for gap in convert(tmp_path / "预算.ofd").gaps] == [
        "附在文件里的另外 1 个文件没有读入：预算表.xlsx"
    ]


def test_filled_fields_are_read_and_printed_watermarks_are_not(tmp_path: Path) -> None:
    write_ofd(_BLOCKS, tmp_path / "预算.ofd")
    document = _part(tmp_path / "预算.ofd", "Doc_0/Document.xml").replace(
        "</ofd:Document>", "<ofd:Annotations>A.xml</ofd:Annotations></ofd:Document>"
    )
    noted = "".join(
        f'<ofd:Annot ID="{kind}" Type="{kind}"><ofd:Appearance Boundary="0 0 200 290">{text_object(text, 30, 207)}'
        "</ofd:Appearance></ofd:Annot>"
        for kind, text in (("Path", "画"), ("Watermark", "水印"), ("Widget", "填写看得见"))
    )
    page = '<ofd:Page PageID="1"><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page>'
    parts = {
        "Doc_0/Document.xml": document,
        "Doc_0/A.xml": f"<ofd:Annotations {_XMLNS}>{page}</ofd:Annotations>",
        "Doc_0/P.xml": f"<ofd:PageAnnot {_XMLNS}>{noted}</ofd:PageAnnot>",
    }
    write_ofd(_BLOCKS, tmp_path / "预算.ofd", OfdLayout(parts=parts))
    read = _all_text(tmp_path / "预算.ofd")
    assert "填写看得见" in read
    assert "水印" not in read and "画" not in read


def _part(path: Path, part: str) -> str:
    return zipfile.ZipFile(path).read(part).decode()


_PICTURE = '<ofd:ImageObject ID="4" Boundary="10 150 180 120" ResourceID="6"/>'


def test_pictures_as_large_as_a_table_are_told(tmp_path: Path) -> None:
    write_ofd(_BLOCKS, tmp_path / "预算.ofd", OfdLayout(more=_PICTURE))
    assert [gap.text for gap in convert(tmp_path / "预算.ofd").gaps] == [
        "第 1 页有整块的图片（可能是扫描或截图的表），图片里的内容没有读入"
    ]


_DOCUMENT, _CONTENT = "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"


def _page(inside: str) -> str:
    return f"<ofd:Page {_XMLNS}><ofd:Content><ofd:Layer>{inside}</ofd:Layer></ofd:Content></ofd:Page>"


_BROKEN = {
    "no document": ({"OFD.xml": f"<ofd:OFD {_XMLNS}/>"}, "已损坏"),
    "document missing": ({"OFD.xml": f"<ofd:OFD {_XMLNS}><ofd:DocRoot>x.xml</ofd:DocRoot></ofd:OFD>"}, "已损坏"),
    "no XML": ({_DOCUMENT: "收入"}, "已损坏"),
    "torn page": ({_CONTENT: "<ofd:Page"}, "已损坏"),
    "entities": ({_DOCUMENT: '<!DOCTYPE x [<!ENTITY a "b">]><ofd:Document xmlns:ofd="x">&a;</ofd:Document>'}, "已损坏"),
    "encrypted": ({"OFD.xml": f"<ofd:OFD {_XMLNS}><ofd:Encryptions>e.xml</ofd:Encryptions></ofd:OFD>"}, "密码"),
    "a bomb": ({_CONTENT: "0" * (5 << 20)}, "过大"),
    "no numbers": ({_CONTENT: _page('<ofd:TextObject Boundary="a b c d" Size="nan"/>')}, "已损坏"),
    "no path": (
        {_CONTENT: _page("<ofd:PathObject><ofd:AbbreviatedData>Z 1</ofd:AbbreviatedData></ofd:PathObject>")},
        "已损坏",
    ),
    "only a picture": ({_CONTENT: _page(_PICTURE)}, "没有文字层"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "told"), _BROKEN.values(), ids=_BROKEN)
def test_unusable_files_are_refused_with_a_reason(tmp_path: Path, parts: dict[str, str], told: str) -> None:
    write_ofd(_BLOCKS, tmp_path / "预算.ofd", OfdLayout(parts=parts))
    with pytest.raises(DocumentError, match=told):
        convert(tmp_path / "预算.ofd")


def test_endless_repeats_end(tmp_path: Path) -> None:
    code = _code("看得见", 'X="0" Y="4" DeltaX="g 999999999999 4"')
    assert "看得见" in _texts(tmp_path / "预算.ofd", _object(code))
