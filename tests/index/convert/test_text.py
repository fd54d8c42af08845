"""Text files: lines become paragraphs and tables, each with its line number."""

from __future__ import annotations

from pathlib import Path

from index.convert.text import TextConverter
from index.document import Block, Paragraph, RawTable


def _read(text: str) -> tuple[Block, ...]:
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
