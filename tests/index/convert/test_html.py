"""Web pages: what a reader sees, without menus; tables that only lay out the page are no tables."""

from __future__ import annotations

import codecs
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from index.convert.html import HtmlConverter
from index.document import Block, Gap, Paragraph, RawTable
from index.errors import DocumentError

_TABLE = "<table><tr><td>项目</td><td>预算数</td></tr><tr><td>收入</td><td>1.00</td></tr></table>"
_TEXTS = [("项目", "预算数"), ("收入", "1.00")]


def _read(page: str | bytes) -> tuple[Block, ...]:
    content = page if isinstance(page, bytes) else page.encode()
    assert HtmlConverter().accepts(content)
    return HtmlConverter().read(content, Path("公开.html"))


def _body(inside: str) -> list[object]:
    return _texts(_read(f"<html><body>{inside}</body></html>"))


def _texts(blocks: tuple[Block, ...]) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else [row.texts for row in block.rows] for block in blocks]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("nonsense", "gb18030"),
        ("big5", "big5"),
        ("utf-8", "utf-16"),
    ],
)
def test_bytes_count_more_than_the_declared_encoding(declared: str, encoding: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>本年收支總表</p></body></html>'
    assert _texts(_read(page.encode(encoding))) == ["本年收支總表"]


def test_a_byte_order_mark_and_a_stray_byte_do_no_harm() -> None:
    assert _texts(_read(codecs.BOM_UTF8 + "<p>收入</p>".encode())) == ["收入"]
    (paragraph,) = _read("<meta charset=gbk><p>本年收入".encode("gbk") + b"\xff\xff</p>")
    assert isinstance(paragraph, Paragraph) and paragraph.text.startswith("本年收入")


@pytest.mark.parametrize(
    "begin", ["<!DOCTYPE html><html>", "\n<!-- 公开 --><HTML>", "<?xml version='1.0'?><html>", "<table><tr><td>甲"]
)
def test_pages_are_known_by_their_first_tags(begin: str) -> None:
    assert HtmlConverter().accepts(begin.encode())


@pytest.mark.parametrize("content", [b"<workbook>", b"2024 <p>", b"%PDF-1.7 <html>", b"{\\rtf1 <html>"])
def test_other_content_is_no_page(content: bytes) -> None:
    assert not HtmlConverter().accepts(content)


@pytest.mark.parametrize(
    "menu",
    [
        "<nav><p>首页</p></nav>",
        "<script>var a = '1.00';</script><style>p{}</style>",
        '<div class="top-nav"><span>政务公开</span></div>',
        '<div id="footer">主办单位：某某政府</div>',
        '<p style="display: none">密</p>',
        "<p hidden>密</p>",
        '<ul><li><a href="/a">部门</a></li><li><a href="/b">预算</a></li><li><a href="/c">决算</a></li></ul>',
        '<div>您现在的位置：<a href="/">首页</a> &gt; 预算公开</div>',
        "<del>旧数 9.99</del>",
    ],
)
def test_what_is_no_part_of_the_text_is_left_out(menu: str) -> None:
    title = "某局2024年部门预算公开说明"
    assert _body(f"{menu}<div><p>{title}</p>{_TABLE}</div>") == [title, _TEXTS]


def test_links_inside_of_the_document_are_text() -> None:
    contents = "".join(f'<p><a href="#{name}">{name}</a></p>' for name in ("概况", "说明", "表格", "名词"))
    assert _body(f"<div>{contents}</div>") == ["概况", "说明", "表格", "名词"]


def test_lines_and_blocks_are_paragraphs() -> None:
    page = "甲<br>乙&nbsp;&nbsp;丙<div>丁<span>戊</span></div>\n己\n庚<p> </p>"
    assert _body(page) == ["甲", "乙 丙", "丁戊", "己 庚"]


def test_items_of_ordered_lists_carry_their_numbers() -> None:
    assert _body('<ol start="3"><li>收入</li><li>支出</li></ol>') == ["3. 收入", "4. 支出"]


def test_paragraphs_and_rows_know_the_line_of_the_source() -> None:
    paragraph, table = _read("<html>\n<body>\n<p>甲</p>\n<table>\n<tr><td>乙</td><td>1</td></tr>\n</table>")
    assert isinstance(paragraph, Paragraph) and paragraph.provenance.line == 3
    assert isinstance(table, RawTable) and table.rows[0].provenance.line == 5


def test_breaks_in_cells_are_blanks_and_spans_are_kept() -> None:
    page = (
        "<table><thead><tr><th rowspan=2>科目<br>名称</th><th colspan='2'>本年</th></tr>"
        "<tr><th>基本</th><th>项目</th></tr></thead>"
        "<tbody><tr><td><p>教育</p><p>支出</p></td><td>1</td><td>2</td></tr></tbody>"
    )
    (table,) = _read(page)
    assert isinstance(table, RawTable)
    texts = [("科目 名称", "本年", ""), ("", "基本", "项目"), ("教育 支出", "1", "2")]
    assert [row.texts for row in table.rows] == texts
    head = table.rows[0].cells
    assert head[0] and head[0].row_span == 2 and head[1] and head[1].column_span == 2
    assert head[2] is None and table.rows[1].cells[0] is None


def test_hidden_rows_are_not_printed() -> None:
    hidden = "<tr style='display:none'><td>密</td><td>9</td></tr>"
    assert _body(_TABLE.replace("</table>", f"{hidden}</table>")) == [_TEXTS]


def test_a_page_laid_out_by_a_table_gives_its_prose_and_its_tables() -> None:
    menu = "<td><p>栏目</p></td>"
    page = f"<table><tr><td colspan=2>某局</td></tr><tr>{menu}<td><p>说明</p>{_TABLE}</td></tr></table>"
    assert _body(page) == ["某局", "栏目", "说明", _TEXTS]


def test_prose_beside_a_margin_is_no_table() -> None:
    prose = "".join(f"<p>{'本部门收支情况说明。' * 30}</p>" for _ in range(4))
    page = f"<table><tr><td>左</td><td>上</td></tr><tr><td>中</td><td>{prose}</td></tr></table>"
    assert all(isinstance(block, Paragraph) for block in _read(page))


def test_a_caption_stands_above_its_table() -> None:
    assert _body(_TABLE.replace("<table>", "<table><caption>收支总表</caption>")) == ["收支总表", _TEXTS]


@pytest.mark.parametrize("span", ["0", "-1", "x", "99999999999999999999", "1.5", "５"])
def test_odd_spans_do_no_harm(span: str) -> None:
    page = _TABLE.replace("<td>项目", f'<td rowspan="{span}" colspan="{span}">项目')
    (table,) = _read(page)
    assert isinstance(table, RawTable) and "收入" in table.rows[1].texts


def test_spans_over_hundreds_of_columns_that_nothing_stands_in_are_one() -> None:
    (table,) = _read(_TABLE.replace("<td>", "<td colspan=500>"))
    assert isinstance(table, RawTable)
    assert [row.texts for row in table.rows] == _TEXTS


def test_a_table_of_endless_spans_is_refused() -> None:
    row = "<tr>" + "<td colspan=1000>1</td>" * 100 + "</tr>"
    with pytest.raises(DocumentError, match="过大"):
        _read("<table>" + row * 100 + "</table>")


def test_deep_nesting_is_read() -> None:
    depth = 1_000
    assert _texts(_read("<html><body>" + "<div>" * depth + "<p>收入</p>" + "</div>" * depth)) == ["收入"]
    assert _texts(_read("<table><tr><td>" * 300 + "收入")) == ["收入"]


def test_a_web_archive_gives_all_its_pages() -> None:
    archive = MIMEMultipart("related")
    for name in ("收支总表", "收入总表"):
        archive.attach(MIMEText(f"<html><body><p>{name}</p>{_TABLE}</body></html>", "html", "gb18030"))
    archive.attach(MIMEText("p { color: red }", "css"))
    assert _texts(_read(archive.as_bytes())) == ["收支总表", _TEXTS, "收入总表", _TEXTS]


def test_pages_that_word_saves() -> None:
    number = "<![if !supportLists]><span style='mso-list:Ignore'>一、<span>&nbsp;&nbsp;</span></span><![endif]>"
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=gb2312>"
        "<!--[if gte mso 9]><xml><w:Zoom>0</w:Zoom></xml><![endif]--></head><body lang=ZH-CN>"
        f"<p class=MsoNormal>{number}<b>部门<span lang=EN-US>2024</span></b>年预算<o:p></o:p></p>"
        "<p class=MsoNormal><span style='mso-hide:all'>密</span><o:p>&nbsp;</o:p></p>"
        "<ins cite='mailto:a'>新增</ins><del cite='mailto:a'>删去</del></body></html>"
    )
    assert _texts(_read(page.encode("gb18030"))) == ["一、 部门2024年预算", "新增"]


def test_pages_that_excel_saves() -> None:
    page = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table border=0 width=400><col width=72>"
        "<tr height=18><td colspan=2 class=xl65>收支总表</td></tr>"
        "<tr><td>项目</td><td>预算数</td></tr><tr><td>收入</td><td align=right x:num='735.66'>735.66</td></tr>"
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td><td></td></tr><![endif]>"
        "</table></body></html>"
    )
    assert _body(page) == [[("收支总表", ""), ("项目", "预算数"), ("收入", "735.66")]]


def test_tags_left_open_lose_nothing() -> None:
    assert _body("<table><tr><td>项目<td>预算数<tr><td>收入<td>1.00</table>完") == [_TEXTS, "完"]


@pytest.mark.parametrize(
    "shown",
    ['<iframe src="/files/2024%E9%A2%84%E7%AE%97.pdf?id=1"></iframe>', '<embed src="2024预算.pdf">',
     '<object data="2024预算.pdf"></object>', '<p>附件：<a href="attach/1.PDF">2024预算.pdf</a></p>'],
)  # fmt: skip
def test_a_page_that_only_shows_an_attachment_says_so(shown: str) -> None:
    *_, gap = _read(f"<html><body><h1>某局2024年部门预算</h1>{shown}</body></html>")
    assert gap == Gap("附件“2024预算.pdf”在网页之外（请打开附件，下载后放入）")


def test_beside_a_table_an_attachment_is_the_same_once_more() -> None:
    blocks = _read(f"<html><body><h1>某局</h1>{_TABLE}<a href='1.pdf'>下载</a></body></html>")
    assert not [block for block in blocks if isinstance(block, Gap)]


def test_a_raised_digit_behind_a_number_is_a_mark() -> None:
    assert _body("<p>607.20<sup>1</sup>万元，每m<sup>2</sup></p>") == ["607.20[1]万元，每m2"]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>window.open('/files/部门预算.pdf?v=1')</script>", "附件“部门预算.pdf”"),
        ("<img src='t.png' width='800' height='1000'><img src='logo.png' width='40' height='40'>", "1 张图片"),
    ],
)
def test_what_only_scripts_and_pictures_show_is_told(inside: str, told: str) -> None:
    blocks = HtmlConverter().read(
        f"<html><body><p>某局2024年部门预算</p>{inside}</body></html>".encode(), Path("页.html")
    )
    assert [told in block.text for block in blocks if isinstance(block, Gap)] == [True]


@pytest.mark.parametrize(
    "old", ["<s>86.00</s>", "<strike>86.00</strike>", '<i style="text-decoration: line-through">86.00</i>']
)
def test_what_is_struck_out_is_not_read(old: str) -> None:
    assert _body(f"<p>{old}&nbsp;92.00</p>") == ["92.00"]


@pytest.mark.parametrize(
    "old",
    [
        "<i class='old'>86.00</i>",
        "<i class='gone'>86.00</i>",
        "<i style='font-size:0'>86.00</i>",
        "<i style='opacity: 0'>86.00</i>",
        "<i style='position:absolute; left:-9999px'>86.00</i>",
        "<span style='color:#FFF'>86.00</span>",
        "<div class='in'><b>86.00</b></div>",
    ],
)
def test_what_style_sheets_hide_is_not_read(old: str) -> None:
    sheet = ".old{text-decoration: line-through} i.gone, .in b {DISPLAY : none} /* p{display:none} */"
    assert _body(f"<style>{sheet}</style><p>{old} 92.00</p>") == ["92.00"]


@pytest.mark.parametrize(
    "columns",
    [
        '<col><col style="visibility:collapse"><col>',
        '<col><colgroup style="visibility: collapse"><col></colgroup><col>',
        '<colgroup span="1"></colgroup><col class="old">',
    ],
)
def test_collapsed_columns_are_not_read(columns: str) -> None:
    rows = "<tr><th>项目</th><th>上年</th><th>本年</th></tr><tr><td>收入</td><td>1.00</td><td>2.00</td></tr>"
    style = "<style>.old {visibility: collapse}</style>"
    assert _body(f"{style}<table>{columns}{rows}</table>") == [[("项目", "本年"), ("收入", "2.00")]]


def test_cells_that_a_rule_hides_by_their_place_are_not_read() -> None:
    rows = "<tr><td>项目</td><td>旧</td><td>预算数</td></tr><tr><td>收入</td><td>9.00</td><td>1.00</td></tr>"
    assert _body(f"<style>td:nth-child(2) {{display: none}}</style><table>{rows}</table>") == [_TEXTS]


def test_what_is_shown_in_spite_of_a_rule_is_read() -> None:
    """A later or closer rule counts more; tables that only a rule hides are shown on a click."""
    sheet = ".tab{display:none} .tab.on{display:block} @media print{p{display:none}} b{color:#fff}"
    table = "<table><tr><td>办公费</td><td>1.00</td></tr><tr><td>差旅费</td><td>2.00</td></tr></table>"
    body = f"<p class='tab on'>甲</p><p style='background:#1f4e79'><b>乙</b>丙</p><div class='tab'>{table}</div>"
    assert _body(f"<style>{sheet}</style>{body}") == ["甲", "乙丙", [("办公费", "1.00"), ("差旅费", "2.00")]]


@pytest.mark.parametrize("mark", ["<sub>2</sub>", "<span style='vertical-align: super'>2</span>"])
def test_what_stands_beside_the_line_is_no_digit(mark: str) -> None:
    assert _body(f"<p>92.00{mark}</p>") == ["92.00[2]"]


def test_parts_that_are_laid_out_as_a_table_are_one() -> None:
    rows = [("项目", "金额"), ("办公费", "1.00"), ("差旅费", "2.00")]
    by_style = "".join(f"<div class='r'><p class='c'>{a}</p><p class='c'>{b}</p></div>" for a, b in rows)
    by_role = "".join(f"<div role='row'><i role='cell'>{a}</i><i role='cell'>{b}</i></div>" for a, b in rows)
    sheet = ".t{display:table} .r{display:table-row} .c{display:table-cell}"
    assert _body(f"<style>{sheet}</style><div class='t'>{by_style}</div>") == [rows]
    assert _body(f"<div role='table'>{by_role}</div>") == [rows]


def test_fields_of_a_table_say_what_is_filled_in() -> None:
    cells = "<td>办公费</td><td><input value='1.00'></td><td><input type='hidden' value='7'><input></td>"
    header = "<td>项目</td><td>金额</td><td>备注</td>"
    page = f"<input value='搜索'><table><tr>{header}</tr><tr>{cells}</tr></table>"
    assert _body(page) == [[("项目", "金额", "备注"), ("办公费", "1.00", "")]]


def test_longer_fields_and_what_is_chosen_are_read_too() -> None:
    chosen = "<select><option>0.50</option><option selected>1.00</option></select>"
    assert _body(_TABLE.replace("1.00", "<textarea>1.00</textarea>")) == [_TEXTS]
    assert _body(_TABLE.replace("1.00", chosen)) == [_TEXTS]


def test_a_description_stands_behind_its_term() -> None:
    inside = "<dl><dt>收入</dt><dd>1.00万元</dd><dt>支出：</dt><dd><b>2.00</b>万元</dd><dd>见说明</dd></dl>"
    assert _body(inside) == ["收入：1.00万元", "支出：2.00万元", "见说明"]


def test_text_that_keeps_its_blanks_has_tables_as_plain_text_has_them() -> None:
    text = (
        "单位：万元\n编码  名称          合计   项目支出\n201   行政运行    688.20\n202   专项业务    150.00     150.00"
    )
    table = [
        ("编码", "名称", "合计", "项目支出"),
        ("201", "行政运行", "688.20", ""),
        ("202", "专项业务", "150.00", "150.00"),
    ]
    assert _body(f"<p>某局</p><pre>\n{text}\n</pre><p>完</p>") == ["某局", "单位：万元", table, "完"]
    assert _body(f"<pre>{text.replace(chr(10), '<br>')}</pre>") == ["单位：万元", table]


def test_text_that_keeps_its_blanks_and_is_no_table_is_told() -> None:
    page = "<html><body><pre>行政运行    688.20   1.00\n专项业务    150.00   2.00\n</pre></body></html>"
    *words, told = HtmlConverter().read(page.encode(), Path("公开.html"))
    assert all(isinstance(block, Paragraph) for block in words)
    assert isinstance(told, Gap) and "没有作为表读入" in told.text


def test_a_link_in_raised_digits_leads_to_a_note_too() -> None:
    assert _body('<p>559.30<sup><a href="#1">1</a>,<a href="#3">3</a></sup></p>') == ["559.30[1][3]"]
