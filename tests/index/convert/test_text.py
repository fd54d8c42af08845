"""Text files: lines become paragraphs and tables, each with its line number."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.convert.text import TextConverter
from index.document import Block, Gap, Paragraph, RawTable


def _read(text: str) -> tuple[Block, ...]:
    return tuple(block for block in _read_all(text) if not isinstance(block, Gap))


def _read_all(text: str) -> tuple[Block | Gap, ...]:
    return TextConverter().read(text.encode(), Path("文件.txt"))


def _texts(block: Block) -> list[tuple[str, ...]]:
    assert isinstance(block, RawTable)
    return [row.texts for row in block.rows]


def test_a_blank_line_ends_a_table() -> None:
    first, second = _read("a\tb\n\nc\td\n")
    assert _texts(first) == [("a", "b")]
    assert _texts(second) == [("c", "d")]


def test_each_line_of_prose_is_a_paragraph_with_its_line_number() -> None:
    blocks = _read("\n一、概况\n正文。\r\n\n二、说明")
    assert [(block.text, block.provenance.line) for block in blocks if isinstance(block, Paragraph)] == [
        ("一、概况", 2),
        ("正文。", 3),
        ("二、说明", 5),
    ]


@pytest.mark.parametrize("sign", [" / ", "；", "，", "｜", ";"])
def test_other_signs_may_part_the_cells(sign: str) -> None:
    rows = [("科目名称", "合计", "项目支出"), ("教育", "1.00", ""), ("卫生", "2.00", "2.00")]
    lines = "\n".join(sign.join(row) for row in rows)
    heading, table, end = _read(f"甲，乙，丙\n{lines}\n完。")
    assert _texts(table) == rows and isinstance(heading, Paragraph) and isinstance(end, Paragraph)


def test_single_blanks_part_cells_of_which_none_is_blank() -> None:
    rows = ["编码 名称 合计 项目支出", "201 教育 1.00 —", "202 卫生 2.00 2.00"]
    assert _one_table("支出表\n" + "\n".join(rows)) == [tuple(row.split(" ")) for row in rows]
    assert all(isinstance(block, Paragraph) for block in _read("\n".join([*rows[:2], "202 卫生 2.00"])))


def test_several_tabs_may_only_align_the_columns() -> None:
    rows = ["编码\t名称\t\t合计\t项目支出", "201\t社会保障和就业支出\t1.00\t1.00", "202\t卫生\t\t2.00\t2.00"]
    assert _one_table("\n".join(rows))[1:] == [
        ("201", "社会保障和就业支出", "1.00", "1.00"),
        ("202", "卫生", "2.00", "2.00"),
    ]
    blocks = _read_all("\n".join([*rows, "203\t其他\t\t\t3.00"]))
    assert any(isinstance(block, Gap) for block in blocks)
    assert not any(isinstance(block, RawTable) for block in blocks)


def test_marks_within_cells_of_markdown() -> None:
    (table,) = _read(
        "| 项目 | 合计 |\n|---|---|\n| **教育**<sup>1</sup> | ~~1.00~~ `2.00`[^2] |\n| &nbsp;卫生 | \\- |\n"
    )
    assert _texts(table)[1:] == [("教育[1]", "2.00[2]"), ("卫生", "-")]


def test_a_line_that_ends_within_a_figure_goes_on() -> None:
    blocks = _read("支出500.00\n万元，其中基本支出300.\n00万元，增长5\n%。\n共3\n4月公开")
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert texts == ["支出500.00万元，其中基本支出300.00万元，增长5%。", "共3", "4月公开"]


def test_rows_know_their_lines_and_keep_blank_cells() -> None:
    (table,) = _read("前\t\t后\n\t中\t")
    assert isinstance(table, RawTable)
    assert [row.provenance.line for row in table.rows] == [1, 2]
    assert _texts(table) == [("前", "", "后"), ("", "中", "")]


def test_markdown_tables_and_marks_are_read() -> None:
    heading, item, table = _read(
        "## 一、**收入**情况\n- 二、支出\n| 项目 | 预算数 |\n| --- | ---: |\n| 收入 | 1.00 |\n"
    )
    assert isinstance(heading, Paragraph) and heading.text == "一、收入情况"
    assert isinstance(item, Paragraph) and item.text == "二、支出"
    assert _texts(table) == [("项目", "预算数"), ("收入", "1.00")]


def test_rows_may_have_no_bar_at_their_ends() -> None:
    """Markdown needs none; a menu of two words is no table without a rule."""
    (table,) = _read("编码 | 名称 | 合计\n--- | --- | ---\n201 | 教育 | 1.00\n | 合计 | 1.00\n")
    assert _texts(table) == [("编码", "名称", "合计"), ("201", "教育", "1.00"), ("", "合计", "1.00")]
    (pair,) = _read("项目 | 合计\n:-|-:\n教育 | 1.00\n")
    assert _texts(pair) == [("项目", "合计"), ("教育", "1.00")]
    assert all(isinstance(block, Paragraph) for block in _read("首页 | 公开\n机构 | 动态\n预算 | 甲 | 乙\n"))


def test_tables_of_a_page_within_the_text_are_read() -> None:
    rows = "<tr>\n<td>项目</td><td>合计</td></tr><tr><td>教育</td><td>1.00</td></tr>"
    heading, table, end = _read(f"# 支出表\n\n<table>{rows}</table>\n完")
    assert _texts(table) == [("项目", "合计"), ("教育", "1.00")]
    assert isinstance(heading, Paragraph) and isinstance(end, Paragraph) and isinstance(table, RawTable)
    assert (heading.provenance.line, table.rows[0].provenance.line, end.provenance.line) == (1, 3, 5)


def test_a_page_number_within_aligned_rows_is_no_part_of_them() -> None:
    head = "科目编码  科目名称                  合计\n201       教育支出                  5.00\n"
    rest = "          缴费支出                  3.00\n208       社会保障支出              2.00\n"
    text = f"{head}20805     机关事业单位养老保险\n\f          — 2 —\n\n{rest}"
    assert _one_table(text)[2:] == [("20805", "机关事业单位养老保险缴费支出", "3.00"), ("208", "社会保障支出", "2.00")]


def test_the_dash_of_a_page_number_is_no_list_mark() -> None:
    (number,) = _read("- 17 -\n")
    assert isinstance(number, Paragraph) and number.text == "- 17 -"


def test_lines_of_tabs_alone_are_no_table() -> None:
    assert _read("\t\t\n\n正文\n") == (_read("正文\n")[0].__class__("正文", _read("\n\n正文\n")[0].provenance),)


def test_a_title_that_runs_over_the_pages_is_dropped() -> None:
    pages = "\n\n".join(f"某局2024年部门预算公开\n\n第{n}段。\n\n- {n} -" for n in range(1, 5))
    texts = [block.text for block in _read(pages) if isinstance(block, Paragraph)]
    assert "某局2024年部门预算公开" not in texts and "第3段。" in texts


def test_titles_of_tables_stay_on_each_page() -> None:
    pages = "\n\n".join(f"收支总表\n\na\tb\n\n- {n} -" for n in range(1, 5))
    texts = [block.text for block in _read(pages) if isinstance(block, Paragraph)]
    assert texts.count("收支总表") == 4


def _one_table(text: str) -> list[tuple[str, ...]]:
    (table,) = (block for block in _read(text) if isinstance(block, RawTable))
    return _texts(table)


def _gaps(text: str) -> list[str]:
    return [block.text for block in _read_all(text) if isinstance(block, Gap)]


def test_columns_aligned_by_blanks_are_told_by_the_header() -> None:
    text = """
                      一般公共预算支出表
                                                   单位：万元
------------------------------------------------------------
科目编码  科目名称                   合计   基本支出   项目支出
------------------------------------------------------------
2010101   行政运行               1,688.20   1,688.20
2010102   一般行政管理事务         150.00                150.00
2080505   机关事业单位基本养老      72.30      72.30
          保险缴费支出
          合　　计               1,910.50   1,760.50     150.00
------------------------------------------------------------
注：含上年结转。
"""
    assert _one_table(text) == [
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("2010101", "行政运行", "1,688.20", "1,688.20", ""),
        ("2010102", "一般行政管理事务", "150.00", "", "150.00"),
        ("2080505", "机关事业单位基本养老保险缴费支出", "72.30", "72.30", ""),
        ("", "合计", "1,910.50", "1,760.50", "150.00"),
    ]
    words = [block.text for block in _read(text) if isinstance(block, Paragraph)]
    assert words == ["一般公共预算支出表", "单位：万元", "注：含上年结转。"]


def test_wide_blanks_part_columns_too() -> None:
    text = "项目　　　　　预算数\n公务接待费　　　　６．１０\n培训费　　　　　　　２．００\n"
    assert _one_table(text) == [("项目", "预算数"), ("公务接待费", "６．１０"), ("培训费", "２．００")]


def test_a_header_of_two_lines_over_aligned_columns() -> None:
    text = """
项目                     合计             基本支出             项目支出
                                     人员经费   公用经费
行政运行               688.20          600.00      88.20
专项业务               150.00                                     150.00
"""
    header, leaves, *rows = _one_table(text)
    assert (header, leaves) == (("项目", "合计", "基本支出", "", "项目支出"), ("", "", "人员经费", "公用经费", ""))
    assert rows == [("行政运行", "688.20", "600.00", "88.20", ""), ("专项业务", "150.00", "", "", "150.00")]


def test_aligned_halves_have_a_header_each() -> None:
    text = """
     人员经费                          公用经费
编码     名称          金额     编码     名称          金额
301      工资      1,862.40     302      商品        214.60
303      补助         36.00     30201    办公费       58.00
"""
    header, *_, last = _one_table(text)
    assert header == ("人员经费", "", "", "公用经费", "", "")
    assert last == ("303", "补助", "36.00", "30201", "办公费", "58.00")


@pytest.mark.parametrize(
    "text",
    [
        "行政运行             688.20    600.00\n专项业务             150.00    150.00\n",
        "项目        合计  基本支出\n行政运行    1,688,200.00  600.00\n专项业务    1,150,000.00\n",
        "科目     预算数\n行政运行     688.20     600.00\n专项业务     150.00     150.00\n",
    ],
    ids=["no header", "two headers over one column", "a column without a header"],
)
def test_aligned_amounts_of_uncertain_columns_stay_text_and_are_told(text: str) -> None:
    assert not any(isinstance(block, RawTable) for block in _read(text))
    (told,) = _gaps(text)
    assert "没有作为表读入" in told


def test_prose_with_blanks_is_no_table() -> None:
    text = "一、收入  2026年预算  1,200.50万元。\n二、支出  比上年增加  20.00万元。\n"
    assert all(isinstance(block, Paragraph) for block in _read_all(text))


def test_badly_aligned_columns_are_told_by_their_order_where_no_cell_is_blank() -> None:
    text = (
        "项目  2025年预算数  2026年预算数\n公务用车购置及运行费    12.00    10.00\n其中：公务用车运行费   2.00   1.00\n"
    )
    assert _one_table(text) == [
        ("项目", "2025年预算数", "2026年预算数"),
        ("公务用车购置及运行费", "12.00", "10.00"),
        ("其中：公务用车运行费", "2.00", "1.00"),
    ]


@pytest.mark.parametrize("side", ["│", "┃", "┆", "║"])
def test_tables_drawn_with_box_characters(side: str) -> None:
    text = """
┌────┬──────┬─────┐
│编码  │名称        │合计      │
├────┼──────┼─────┤
│201   │一般公共服务│18,650    │
│      │支出        │          │
├────┼──────┼─────┤
│      │合计        │18,650    │
└────┴──────┴─────┘
""".replace("│", side)
    assert _one_table(text) == [("编码", "名称", "合计"), ("201", "一般公共服务支出", "18,650"), ("", "合计", "18,650")]


def test_a_drawn_table_may_be_open_at_its_sides() -> None:
    text = "编码┆名称┆合计┆项目支出\n────┼────┼────\n201┆行政运行┆1.00┆\n────────\n   ┆合计┆1.00┆1.00\n"
    assert _one_table(text) == [
        ("编码", "名称", "合计", "项目支出"), ("201", "行政运行", "1.00", ""), ("", "合计", "1.00", "1.00"),
    ]  # fmt: skip


def test_tables_drawn_with_plus_and_minus() -> None:
    text = "+------+------+\n| 项目 | 金额 |\n+------+------+\n| 收入 | 1.00 |\n| 支出 | 2.00 |\n+------+------+\n"
    assert _one_table(text) == [("项目", "金额"), ("收入", "1.00"), ("支出", "2.00")]


def test_cells_over_several_drawn_columns() -> None:
    text = "│项目│  本年支出 │\n│    │基本 │项目 │\n├──┼──┼──┤\n│合计│ 1.00│ 2.00│\n"
    (table,) = _read(text)
    assert isinstance(table, RawTable)
    assert [cell and cell.column_span for cell in table.rows[0].cells] == [1, 2, None]
    assert _texts(table)[1:] == [("", "基本", "项目"), ("合计", "1.00", "2.00")]


def test_a_drawn_header_of_two_levels() -> None:
    text = """
┌──┬───────┐
│    │   本年支出   │
│项目├───┬───┤
│    │ 基本 │ 项目 │
├──┼───┼───┤
│收入│  1.00│  2.00│
│合计│  1.00│  2.00│
└──┴───┴───┘
"""
    (table,) = _read(text)
    assert isinstance(table, RawTable)
    assert _texts(table) == [
        ("项目", "本年支出", ""),
        ("", "基本", "项目"),
        ("收入", "1.00", "2.00"),
        ("合计", "1.00", "2.00"),
    ]
    spans = [cell and (cell.row_span, cell.column_span) for row in table.rows[:2] for cell in row.cells]
    assert spans == [(2, 1), (1, 2), None, None, (1, 1), (1, 1)]


def test_a_drawn_table_whose_sides_stand_anywhere_stays_text_and_is_told() -> None:
    text = "│项目│基本支出│项目支出│\n├──┼────┼────┤\n│合计1.00     │ 2.00│\n│项目├──┤\n"
    assert not any(isinstance(block, RawTable) for block in _read(text))
    (told,) = _gaps(text)
    assert "没有作为表读入" in told


def test_dots_lead_to_amounts() -> None:
    text = "一、工资福利支出……………312.40\n　　基本工资..........128.60\n合　计……………312.40\n"
    assert _one_table(text) == [
        ("项目", "数额"), ("一、工资福利支出", "312.40"), ("基本工资", "128.60"), ("合　计", "312.40"),
    ]  # fmt: skip


def test_the_header_of_a_list_may_have_dots_too() -> None:
    rows = [("项目", "预算数（万元）"), ("办公费", "11.20"), ("差旅费", "18.00")]
    assert _one_table("".join(f"{name}…………{amount}\n" for name, amount in rows)) == rows


def test_dots_that_lead_to_pages_make_no_table() -> None:
    text = "第一部分 概况……………1\n一、职能……………2\n第二部分 预算表……………12\n"
    assert all(isinstance(block, Paragraph) for block in _read_all(text))


def test_the_title_above_the_second_page_of_a_list_is_dropped() -> None:
    rows = "工资……………312.40\n奖金……………87.50\n"
    texts = [block.text for block in _read(f"某局2026年部门预算\n\n{rows}\n— 7 —\n某局2026年部门预算\n\n{rows}")
             if isinstance(block, Paragraph)]  # fmt: skip
    assert texts == ["某局2026年部门预算", "— 7 —"]
