"""Comma-separated files: told from prose by records of one length."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.convert.csv import CsvConverter
from index.document import Paragraph, RawTable

_EXPORT = '收支总表,,\n单位：万元,,\n项目,"说明, 依据",预算数\n收入,"两行\n说明","1,234.50"\n\n支出,,2\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_exported_sheet_is_read_like_the_sheet(encoding: str) -> None:
    content = _EXPORT.encode(encoding)
    assert CsvConverter().accepts(content)
    title, unit, table = CsvConverter().read(content, Path("预算.csv"))
    assert isinstance(title, Paragraph) and isinstance(unit, Paragraph) and not isinstance(table, Paragraph)
    assert [title.text, unit.text] == ["收支总表", "单位：万元"]
    assert [row.texts for row in table.rows] == [
        ("项目", "说明, 依据", "预算数"),
        ("收入", "两行 说明", "1,234.50"),
        ("支出", "", "2"),
    ]


def test_titles_and_notes_of_one_field_stand_around_the_table() -> None:
    table = '编码,名称,合计\n211,环保,"1,165.00"\n合计,,1165\n'
    content = f"某局2024年部门预算\n支出总表\n,,单位：万元\n{table}注：含结转\n".encode()
    assert CsvConverter().accepts(content)
    blocks = CsvConverter().read(content, Path("预算.csv"))
    texts = [block.text if isinstance(block, Paragraph) else [row.texts for row in block.rows] for block in blocks]
    assert texts == [
        "某局2024年部门预算", "支出总表", "单位：万元",
        [("编码", "名称", "合计"), ("211", "环保", "1,165.00"), ("合计", "", "1165")],
        "注：含结转",
    ]  # fmt: skip


def test_a_second_title_with_its_unit_may_stand_between() -> None:
    rows = "编码,名称,合计\n211,环保,1165\n合计,,1165\n"
    content = f"收支总表\n部门：某局,单位：万元\n{rows}\n政府性基金预算支出表\n单位：元\n{rows}".encode()
    assert CsvConverter().accepts(content)
    owner, *_ = [block for block in CsvConverter().read(content, Path("预算.csv")) if isinstance(block, RawTable)]
    texts = [tuple(filter(None, row.texts)) for row in owner.rows]
    assert ("政府性基金预算支出表",) in texts and ("单位：元",) in texts


def test_fields_may_be_parted_by_semicolons() -> None:
    content = "支出总表;;\n编码;名称;合计\n201;公共服务;1,165.00\n合计;;1165\n".encode()
    assert CsvConverter().accepts(content)
    title, table = CsvConverter().read(content, Path("预算.csv"))
    assert isinstance(title, Paragraph) and not isinstance(table, Paragraph)
    assert [row.texts for row in table.rows][1] == ("201", "公共服务", "1,165.00")


def test_tables_of_different_widths_with_lines_of_one_field() -> None:
    first = "编码,名称,合计,基本支出\n201,公共服务,1165,1165\n20101,人大事务,1165,1165\n合计,,1165,1165\n"
    second = "项目,2025年,2026年\n公务接待费,0.86,0.80\n合计,0.86,0.80\n"
    content = f"附表3\n支出总表\n{first}单位：元\n附表7\n三公经费支出表\n{second}单位：万元\n".encode()
    assert CsvConverter().accepts(content)


@pytest.mark.parametrize("code", ['="2150805"', '"=""2150805"""', "'2150805", '"2150805\t"', "2150805\t"])
def test_codes_kept_from_becoming_numbers(code: str) -> None:
    content = f'编码,名称,合计\n{code},专项,="1,165.00"\n合计,,1165\n'.encode()
    assert CsvConverter().accepts(content)
    (table,) = CsvConverter().read(content, Path("预算.csv"))
    assert isinstance(table, RawTable)
    assert table.rows[1].texts == ("2150805", "专项", "1,165.00")


def test_text_with_tabs_as_excel_saves_it() -> None:
    lines = [
        "某校2026年预算\t\t",
        "支出总表\t\t单位：万元",
        "编码\t名称\t合计",
        '="205"\t教育\t"3,860.40"',
        '\t合计\t"3,860.40"',
    ]
    content = "\r\n".join([*lines, ""]).encode("utf-16")
    assert CsvConverter().accepts(content)
    *_, table = CsvConverter().read(content, Path("预算.csv"))
    assert isinstance(table, RawTable)
    assert [row.texts for row in table.rows][-3:] == [
        ("编码", "名称", "合计"), ("205", "教育", "3,860.40"), ("", "合计", "3,860.40"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "收入1,234.50万元。\n支出1,234.50万元。\n完。\n",
        "a,b\nc,d\n",
        "a\tb,c\nd\te,f\ng\th,i\n",
        "一\n二\n三\n",
        "收入1,234.50万元。\n支出情况如下。\n支出1,234.50万元。\n",
        "完。\n收入1,234.50万元，支出2,000.00万元。\n完。\n",
        "收支情况\n收入1,234.50万元，支出2,000.00万元。\n其中财政拨款1,000.00万元，其他2,000.00万元。\n",
        "支出表\n" + "".join(f"{code}  教育支出    8,640.50    8,312.00  △328.50\n" for code in (201, 202, 203)),
    ],
    ids=[
        "prose",
        "two lines",
        "tabs",
        "one field",
        "prose of many lines",
        "prose with numbers",
        "prose of two each",
        "aligned",
    ],
)
def test_prose_and_other_tables_are_not_comma_separated(text: str) -> None:
    assert not CsvConverter().accepts(text.encode())
