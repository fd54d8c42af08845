"""Word files: what is printed is read, what isn't is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.convert.word import WordConverter
from index.convert.word.numbering import shown_number
from index.document import Block, Gap, Paragraph, RawTable
from index.errors import DocumentError
from tests.writers.package import docx_of, with_members


def _read(body: str, **parts: str) -> tuple[Block, ...]:
    content = docx_of(body, **parts)
    assert WordConverter().accepts(content)
    return WordConverter().read(content, Path("预算.docx"))


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(_run(text))}</w:tc>"


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _texts(blocks: tuple[Block, ...]) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else [row.texts for row in block.rows] for block in blocks]


_BODY_ROWS = (_row(_cell("项目"), _cell("预算数")), _row(_cell("收入"), _cell("1.00")))
_BODY_TEXTS = [("项目", "预算数"), ("收入", "1.00")]


@pytest.mark.parametrize(
    ("run", "printed"),
    [
        (_run("收入") + _run("735.66"), "收入735.66"),
        (_run("收") + "<w:r><w:tab/></w:r>" + _run("入"), "收 入"),
        (_run("收入") + _run("密", "<w:vanish/>"), "收入"),
        (_run("收入") + _run("公开", '<w:vanish w:val="0"/>'), "收入公开"),
        ("<w:del>" + "<w:r><w:delText>9.99</w:delText></w:r></w:del><w:ins>" + _run("8.88") + "</w:ins>", "8.88"),
        ("<w:moveFrom>" + _run("旧") + "</w:moveFrom><w:moveTo>" + _run("新") + "</w:moveTo>", "新"),
        ("<w:hyperlink>" + _run("附表") + "</w:hyperlink>", "附表"),
        ("<w:r><w:t>2024</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>", "2024-1"),
        ('<w:r><w:sym w:char="2460"/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + _run("项"), "①项"),
        (_run("607.20") + _run("1", '<w:vertAlign w:val="superscript"/>'), "607.20[1]"),
        (_run("36.00", "<w:strike/>") + _run("38.50"), "38.50"),
        (_run("36.00", "<w:dstrike/>") + _run("38.50", '<w:strike w:val="0"/>'), "38.50"),
        (_run("收入36.00万元") + _run("减少", "<w:strike/>") + _run("增加"), "收入36.00万元增加"),
        (_run("559.30") + _run("1,3", '<w:vertAlign w:val="superscript"/>'), "559.30[1,3]"),
        (
            "".join(
                _run(text, f'<w:vertAlign w:val="{how}"/>')
                for text, how in (
                    ("559.30", "baseline"),
                    ("1", "superscript"),
                    ("，", "superscript"),
                    ("3", "superscript"),
                )
            ),
            "559.30[1][3]",
        ),
        (_run("607.20") + _run("1", '<w:vertAlign w:val="subscript"/>'), "607.20[1]"),
        (_run("99", '<w:color w:val="FFFFFF"/>') + _run("38.50"), "38.50"),
        (_run("收入", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>'), "收入"),
        (_run("每m") + _run("2", '<w:vertAlign w:val="superscript"/>'), "每m2"),
        ("<w:ruby><w:rt>" + _run("yù") + "</w:rt><w:rubyBase>" + _run("预") + "</w:rubyBase></w:ruby>", "预"),
    ],
    ids=[
        "runs",
        "tab",
        "hidden",
        "shown",
        "tracked",
        "moved",
        "link",
        "hyphen",
        "symbols",
        "mark",
        "struck",
        "struck twice",
        "struck in prose",
        "marks",
        "marks in pieces",
        "lowered mark",
        "white on white",
        "white on blue",
        "power",
        "ruby",
    ],
)
def test_a_paragraph_reads_as_printed(run: str, printed: str) -> None:
    assert _texts(_read(_paragraph(run))) == [printed]


def test_fields_show_their_result_and_not_their_instruction() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = "<w:r><w:instrText>REF </w:instrText></w:r>" + _run("书签")
    field = mark("begin") + instruction + mark("separate") + _run("附表1") + mark("end")
    assert _texts(_read(_paragraph(_run("见") + field + _run("。")))) == ["见附表1。"]


def test_a_line_break_ends_the_printed_line_and_blank_ones_are_nothing() -> None:
    blocks = _read(_paragraph(_run("收支总表") + "<w:r><w:br/></w:r>" + _run("单位：万元")) + _paragraph(""))
    assert _texts(blocks) == ["收支总表", "单位：万元"]


def test_text_hidden_by_its_style_is_not_read() -> None:
    styles = (
        '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    hidden = _paragraph(_run("批注"), '<w:pStyle w:val="b"/>')
    partly = _paragraph(_run("公开") + _run("密", '<w:rStyle w:val="b"/>'))
    assert _texts(_read(hidden + partly, styles=styles)) == ["公开"]


def test_a_deleted_paragraph_mark_joins_what_it_parted() -> None:
    first = _paragraph(_run("收入"), "<w:rPr><w:del/></w:rPr>")
    assert _texts(_read(first + _paragraph(_run("735.66万元")))) == ["收入735.66万元"]


_NUMBERING = """
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>
  <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def _item(text: str, level: int, number_id: int = 1) -> str:
    return _paragraph(_run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')


def test_automatic_numbers_are_printed() -> None:
    items = [("职责", 0), ("机构", 0), ("内设", 1), ("下属", 1), ("秘书股", 2), ("要点", 3), ("编制", 0), ("行政", 1)]
    blocks = _read("".join(_item(*item) for item in items), numbering=_NUMBERING)
    assert _texts(blocks) == [
        "一、职责", "二、机构", "（一）内设", "（二）下属", "2.1 秘书股", "要点", "三、编制", "（一）行政",
    ]  # fmt: skip


def test_a_list_may_start_anew_and_a_paragraph_may_leave_its_styles_list() -> None:
    styles = '<w:style w:styleId="h"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    heading = '<w:pStyle w:val="h"/>'
    left = heading + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = _paragraph(_run("甲"), heading) + _item("乙", 0, 2) + _paragraph(_run("丙"), left)
    assert _texts(_read(body, numbering=_NUMBERING, styles=styles)) == ["一、甲", "五、乙", "丙"]


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("chineseCountingThousand", "二十一"),
        ("chineseLegalSimplified", "贰拾壹"),
        ("ideographDigital", "二一"),
        ("ideographTraditional", "甲"),
        ("ideographZodiac", "申"),
        ("lowerRoman", "xxi"),
        ("upperLetter", "U"),
        ("decimalZero", "21"),
        ("decimalEnclosedParen", "(21)"),
        ("unknown", "21"),
    ],
)
def test_numbers_in_every_usual_form(number_format: str, shown: str) -> None:
    assert shown_number(21, number_format) == shown


def test_entries_of_a_table_of_contents_keep_the_leader_to_their_page() -> None:
    styles = '<w:style w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    entry = _paragraph(_run("一、职责") + "<w:r><w:tab/></w:r>" + _run("3"), '<w:pStyle w:val="10"/>')
    assert _texts(_read(entry, styles=styles)) == ["一、职责………3"]


def test_merged_cells_become_spans() -> None:
    rows = [
        _row(_cell("科目", '<w:vMerge w:val="restart"/>'), _cell("本年支出", '<w:gridSpan w:val="2"/>')),
        _row(_cell("", "<w:vMerge/>"), _cell("基本"), _cell("项目")),
        _row(_cell("教育"), _cell("1.00"), _cell("2.00")),
    ]
    (table,) = _read(_table(*rows))
    assert isinstance(table, RawTable)
    head = table.rows[0].cells
    assert head[0] and (head[0].row_span, head[0].column_span) == (2, 1)
    assert head[1] and (head[1].row_span, head[1].column_span) == (1, 2)
    assert head[2] is None and table.rows[1].cells[0] is None
    assert [row.texts for row in table.rows[1:]] == [("", "基本", "项目"), ("教育", "1.00", "2.00")]


def test_columns_that_only_shape_other_rows_are_no_columns() -> None:
    """A table drawn by hand has more grid columns than it prints."""
    wide = '<w:gridSpan w:val="3"/>'
    rows = [_row(_cell(first, wide), _cell(second, wide)) for first, second in (("项目", "预算数"), ("收入", "1.00"))]
    (table,) = _read(_table(*rows))
    assert isinstance(table, RawTable)
    assert [row.texts for row in table.rows] == _BODY_TEXTS
    assert all(cell and cell.column_span == 1 for row in table.rows for cell in row.cells)


def test_deleted_and_hidden_rows_are_not_printed() -> None:
    gone = [_row(_cell("旧"), _cell("9"), properties=mark) for mark in ("<w:del/>", "<w:hidden/>")]
    assert _texts(_read(_table(*_BODY_ROWS, *gone))) == [_BODY_TEXTS]


def test_lines_of_a_cell_are_folded_and_content_controls_are_read() -> None:
    lines = f"<w:tc>{_paragraph(_run('缴费'))}{_paragraph(_run('支出') + '<w:r><w:br/></w:r>' + _run('（款）'))}</w:tc>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{_cell('1.00')}</w:sdtContent></w:sdt>"
    table = _table(_BODY_ROWS[0], _row(lines, control))
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{table}</w:sdtContent></w:sdt>"
    unfilled = f"<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{_paragraph(_run('单击输入'))}</w:sdtContent>"
    placeholder = f"<w:sdt>{unfilled}</w:sdt>"
    assert _texts(_read(body + placeholder)) == [[("项目", "预算数"), ("缴费 支出 （款）", "1.00")]]


def test_a_note_over_the_full_width_stands_below_the_table() -> None:
    """What stands over the full width above may be a title or the header of all columns: it stays."""
    wide = '<w:gridSpan w:val="2"/>'
    rows = [_row(_cell("收支总表", wide)), *_BODY_ROWS, _row(_cell("注：本表公开。", wide))]
    assert _texts(_read(_table(*rows))) == [[("收支总表", ""), *_BODY_TEXTS], "注：本表公开。"]


def test_a_table_inside_of_a_layout_table_is_the_table() -> None:
    layout = f"<w:tc>{_paragraph(_run('部门：某局'))}{_table(*_BODY_ROWS)}</w:tc>"
    assert _texts(_read(_table(_row(layout)))) == ["部门：某局", _BODY_TEXTS]


def test_a_table_inside_of_a_table_with_figures_follows_it() -> None:
    inner = f"<w:tc>{_paragraph(_run('明细'))}{_table(*_BODY_ROWS)}</w:tc>"
    outer = _table(*_BODY_ROWS, _row(inner, _cell("3.00")))
    assert _texts(_read(outer)) == [[*_BODY_TEXTS, ("明细", "3.00")], _BODY_TEXTS]


def test_two_cells_side_by_side_are_no_table() -> None:
    assert _texts(_read(_table(_row(_cell("部门：某局"), _cell("单位：万元"))))) == ["部门：某局", "单位：万元"]


def test_text_boxes_are_read_once_and_notes_are_not_lost() -> None:
    box = f"<w:pict><w:txbxContent>{_paragraph(_run('单位：万元'))}</w:txbxContent></w:pict>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    choice = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{_paragraph(_run("含上年结转。"))}</w:footnote>'
    noted = _row(_cell("收入"), f"<w:tc>{_paragraph(_run('1.00') + reference)}</w:tc>")
    body = _paragraph(_run("收支总表") + choice) + _table(_BODY_ROWS[0], noted) + _paragraph(_run("完"))
    assert _texts(_read(body, footnotes=notes)) == ["收支总表", "单位：万元", _BODY_TEXTS, "含上年结转。", "完"]


def _pages(blocks: tuple[Block, ...]) -> list[object]:
    return [
        block.provenance.page if isinstance(block, Paragraph) else [row.provenance.page for row in block.rows]
        for block in blocks
    ]


def test_pages_are_those_that_word_noted() -> None:
    """An author's own break is among those that Word noted; a row's break stands in each of its cells."""
    noted = "<w:r><w:lastRenderedPageBreak/></w:r>"
    cells = [f"<w:tc>{_paragraph(noted + _run(text))}</w:tc>" for text in ("支出", "2.00")]
    body = (
        _paragraph(_run("一"))
        + _paragraph('<w:r><w:br w:type="page"/></w:r>')
        + _paragraph(noted + _run("二"))
        + _table(*_BODY_ROWS, _row(*cells))
        + _paragraph(_run("三"))
    )
    assert _pages(_read(body)) == [1, 2, [2, 2, 3], 3]


def test_without_noted_pages_the_authors_breaks_count_and_else_the_page_is_unknown() -> None:
    page = _paragraph('<w:r><w:br w:type="page"/></w:r>')
    section = _paragraph("", "<w:sectPr/>")
    last = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    before = _paragraph(_run("丁"), "<w:pageBreakBefore/>")
    body = _paragraph(_run("甲")) + page + _paragraph(_run("乙")) + section + _paragraph(_run("丙")) + before
    assert _pages(_read(body + last)) == [1, 2, 2, 3]
    assert _pages(_read(body + "<w:sectPr/>")) == [1, 2, 3, 4]
    assert _pages(_read(_paragraph(_run("甲")))) == [None]


def test_a_document_of_pictures_is_refused() -> None:
    content = with_members(docx_of(_paragraph("")), {"word/media/image1.png": b"\x89PNG"})
    with pytest.raises(DocumentError, match="只有图片"):
        WordConverter().read(content, Path("扫描.docx"))


def _drawing(wide: int, high: int) -> str:
    names = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    )
    extent = f'<wp:extent cx="{wide * 360_000}" cy="{high * 360_000}"/>'
    return f"<w:r><w:drawing><wp:inline {names}>{extent}<pic:pic/></wp:inline></w:drawing></w:r>"


def test_a_picture_that_may_be_a_table_is_told_with_the_words_before_it() -> None:
    *texts, gap = _read(_paragraph(_run("一般公共预算支出表")) + _paragraph(_drawing(14, 8)))
    assert _texts(tuple(texts)) == ["一般公共预算支出表"]
    assert gap == Gap("“一般公共预算支出表”后面的图片（可能是表）没有读入")


def test_a_small_picture_is_no_table() -> None:
    assert _texts(_read(_paragraph(_run("某局") + _drawing(2, 2)))) == ["某局"]


_CHUNK = (
    "<html><body><table><tr><td>项目</td><td>预算数</td></tr><tr><td>收入</td><td>1.00</td></tr></table></body></html>"
)


@pytest.mark.parametrize("content", [_CHUNK, docx_of(_table(*_BODY_ROWS)), ""], ids=["page", "document", "empty"])
def test_an_embedded_file_is_read_or_told(content: str | bytes) -> None:
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = f'{_paragraph(_run("收支总表"))}<w:altChunk xmlns:r="{relationships}" r:id="chunk"/>{_paragraph(_run("完"))}'
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="chunk" Type="{relationships}/aFChunk" Target="part.html"/></Relationships>'
    )
    members = {"word/part.html": content, "word/_rels/document.xml.rels": related}
    blocks = WordConverter().read(with_members(docx_of(body), members), Path("预算.docx"))
    gaps = [block.text for block in blocks if isinstance(block, Gap)]
    shown = _texts(tuple(block for block in blocks if not isinstance(block, Gap)))
    assert shown == ["收支总表", _BODY_TEXTS, "完"] if content else ["收支总表", "完"]
    assert bool(gaps) == (not content)


def test_a_style_may_strike_through() -> None:
    styles = (
        '<w:style w:styleId="old"><w:name w:val="旧"/><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:styleId="older"><w:name w:val="更旧"/><w:basedOn w:val="old"/></w:style>'
    )
    struck = _run("36.00", '<w:rStyle w:val="older"/>') + _run("38.50")
    back = _run("36.00", '<w:rStyle w:val="older"/><w:strike w:val="false"/>')
    assert _texts(_read(_paragraph(struck) + _paragraph(back), styles=styles)) == ["38.50", "36.00"]


def test_a_row_that_is_struck_through_says_nothing() -> None:
    gone = _row(*(f"<w:tc>{_paragraph(_run(text, '<w:strike/>'))}</w:tc>" for text in ("旧项", "9.00")))
    assert _texts(_read(_table(*_BODY_ROWS, gone))) == [[*_BODY_TEXTS, ("", "")]]


@pytest.mark.parametrize(("part", "called"), [("header", "页眉"), ("footer", "页脚")])
def test_of_headers_and_footers_the_unit_is_read(part: str, called: str) -> None:
    edge = _paragraph(_run("某所2026年单位预算　　金额单位：千元")) + _paragraph(_run("第 1 页"))
    blocks = _read(_table(*_BODY_ROWS), **{part: edge})
    assert _texts(blocks) == [_BODY_TEXTS, f"{called}：某所2026年单位预算 金额单位：千元"]
    owner = _read(_table(*_BODY_ROWS), **{part: _paragraph(_run("编制单位：某所"))})
    assert _texts(owner) == [_BODY_TEXTS, f"{called}：编制单位：某所"]


def _line(*texts: str) -> str:
    return _paragraph("<w:r><w:tab/></w:r>".join(map(_run, texts)))


def test_lines_that_tabs_part_are_a_table_if_they_have_as_many_cells() -> None:
    table = _line("项目", "预算数") + _line("收入", "1.00") + _line("支出", "2.00")
    assert _texts(_read(_line("部门：某局", "单位：万元") + _paragraph(_run("收支表")) + table)) == [
        "部门：某局 单位：万元", "收支表", [("项目", "预算数"), ("收入", "1.00"), ("支出", "2.00")],
    ]  # fmt: skip
    assert _texts(_read(_line("一、概况", "3") + _line("二、预算", "12"))) == ["一、概况 3", "二、预算 12"]
    assert _texts(_read(table + _line("合计", "", "3.00", "4")))[1:] == ["合计 3.00 4"]
