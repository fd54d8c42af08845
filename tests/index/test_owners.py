"""Files that hold tables of several units, and numbers that can't be read: neither passes unsaid."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from index.parse import parse
from index.parsed import ParsedDocument
from index.summarise import summarise

_TABLE = (
    "一般公共预算支出表\n单位：万元\n部门：{owner}\n"
    "科目编码\t科目名称\t合计\n201\t一般公共服务支出\t{amount}\n\t合计\t{amount}\n"
)


def _parsed(folder: Path, text: str) -> ParsedDocument:
    file = folder / "预算.txt"
    file.write_text(text, encoding="utf-8")
    parsed = parse(file)
    assert isinstance(parsed, ParsedDocument), parsed.message
    return parsed


def test_tables_of_another_unit_are_not_joined_and_name_it(tmp_path: Path) -> None:
    tables = "\n".join(
        _TABLE.format(owner=f"云岭市{name}局", amount=amount) for name, amount in (("财政", 5), ("审计", 7))
    )
    parsed = _parsed(tmp_path, f"云岭市2024年部门预算公开汇编\n{tables}")
    assert parsed.profile.unit_name == "云岭市财政局"
    assert [{row.subordinate_unit for row in table.rows} for table in parsed.tables] == [{None}, {"云岭市审计局"}]
    assert summarise(parsed).other_owners == ("云岭市审计局",)


def test_tables_under_headings_of_several_units_are_theirs(tmp_path: Path) -> None:
    """What stands between them ends a unit's part; a list of units above one table heads nothing."""
    table = _TABLE.replace("部门：{owner}\n", "")
    parts = [f"{mark}、云岭市{name}\n{table.format(amount=3)}" for mark, name in (("一", "图书馆"), ("二", "展览馆"))]
    titled = [f"{table.format(amount=3).replace('表', f'表（云岭市{name}）', 1)}" for name in ("图书馆", "展览馆")]
    in_titles = _parsed(tmp_path, "云岭市文化局2024年部门预算\n" + "\n".join(titled))
    joint = f"三、有关说明\n下表为汇总。\n{table.format(amount=6)}"
    parsed = _parsed(tmp_path, "云岭市文化局2024年所属单位预算汇编\n" + "\n".join([*parts, joint]))
    assert parsed.profile.unit_name == "云岭市文化局"
    owners = [{row.subordinate_unit for row in each.rows} for each in parsed.tables]
    assert owners == [{"云岭市图书馆"}, {"云岭市展览馆"}, {None}]
    assert [{row.subordinate_unit for row in each.rows} for each in in_titles.tables] == owners[:2]
    listed = _parsed(tmp_path, f"云岭市文化局2024年部门预算\n1.云岭市图书馆\n2.云岭市展览馆\n{table.format(amount=6)}")
    assert {row.subordinate_unit for row in listed.tables[0].rows} == {None}


def test_sheets_may_be_called_like_units(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name in ("云岭市文化局", "云岭市图书馆"):
        sheet = workbook.create_sheet(name)
        for row in (["2024年一般公共预算支出表"], ["单位：万元"], ["科目编码", "科目名称", "合计"], [207, "文化", 3]):
            sheet.append(row)
    workbook.save(tmp_path / "预算.xlsx")
    parsed = parse(tmp_path / "预算.xlsx")
    assert isinstance(parsed, ParsedDocument), parsed.message
    assert parsed.profile.unit_name == "云岭市文化局"
    assert [{row.subordinate_unit for row in each.rows} for each in parsed.tables] == [{None}, {"云岭市图书馆"}]


def test_other_names_of_the_owner_are_no_other_unit(tmp_path: Path) -> None:
    owners = ("中共云岭市委办公室（汇总）", "中国共产党云岭市委员会办公室", "云岭市委办公室")
    tables = "\n".join(_TABLE.format(owner=owner, amount=5) for owner in owners)
    parsed = _parsed(tmp_path, f"中共云岭市委办公室2024年部门预算\n{tables}")
    assert summarise(parsed).other_owners == ()


def test_numbers_that_can_not_be_read_are_told(tmp_path: Path) -> None:
    parsed = _parsed(tmp_path, f"云岭市财政局2024年部门预算\n{_TABLE.format(owner='云岭市财政局', amount='1,2345.00')}")
    assert [gap.text for gap in parsed.document.gaps] == ["“一般公共预算支出表”里 2 个数看不懂（如“1,2345.00”）"]


def test_numbers_that_can_not_be_read_are_told_in_columns_of_whatever_name(tmp_path: Path) -> None:
    rows = "项目\t甲方案\t乙方案\n馆藏\t426.80 436.80\t5.00\n展览\t8.00\t6.00\n"
    parsed = _parsed(tmp_path, f"云岭市财政局2024年部门预算\n公开01表\n附列资料表\n单位：元\n\n{rows}")
    assert ["1 个数看不懂（如“426.80 436.80”）" in gap.text for gap in parsed.document.gaps] == [True]


def test_numbers_without_a_header_are_told(tmp_path: Path) -> None:
    rows = "事业收入\t1,860.00\t1,900.00\n其他收入\t60.00\t75.00\n"
    parsed = _parsed(tmp_path, f"云岭市财政局2024年部门预算\n公开01表\n收支总表\n单位：元\n\n{rows}")
    (gap,) = parsed.document.gaps
    assert "没有认出表头，里面的 4 个数没有读入（如“1,860.00”）" in gap.text


_PROSE = "2026年收入预算{income}万元，公务接待费预算{meals}万元。\n"
_FIRST, _SECOND = _PROSE.format(income="506.20", meals="2.10"), _PROSE.format(income="188.45", meals="0.80")


@pytest.mark.parametrize(
    "prose",
    [
        f"一、云岭市民政局\n{_FIRST}二、云岭市殡仪馆\n{_SECOND}三、其他说明\n机关运行经费预算3.00万元。\n",
        f"单位名称：云岭市民政局\n{_FIRST}单位名称：云岭市殡仪馆\n{_SECOND}其他说明\n机关运行经费预算3.00万元。\n",
        f"云岭市民政局{_FIRST}云岭市殡仪馆{_SECOND}机关运行经费预算3.00万元。\n",
    ],
    ids=["headings", "owner's lines", "sentences"],
)
def test_figures_of_prose_below_another_units_name_say_whose_they_are(tmp_path: Path, prose: str) -> None:
    parsed = _parsed(tmp_path, f"云岭市民政局及所属单位2026年部门预算\n{prose}")
    subjects = [(statement.subject, statement.amount) for statement in parsed.statements[:4]]
    assert parsed.profile.unit_name == "云岭市民政局"
    assert subjects == [
        ("收入", 5062000), ("公务接待费", 21000), ("云岭市殡仪馆收入", 1884500), ("云岭市殡仪馆公务接待费", 8000),
    ]  # fmt: skip
    assert not parsed.findings


def test_what_follows_a_list_of_units_is_not_the_last_ones(tmp_path: Path) -> None:
    listed = "云岭市民政局2026年部门预算\n一、云岭市民政局（本级）\n二、云岭市殡仪馆\n本部门预算编制范围的单位共2家。\n"
    parsed = _parsed(tmp_path, listed)
    assert parsed.statements and not any("殡仪馆" in statement.subject for statement in parsed.statements)


def test_a_table_whose_unit_nothing_tells_is_told(tmp_path: Path) -> None:
    table = "项目\t2026年预算数\n基本支出\t280.00\n项目支出\t46.00\n"
    parsed = _parsed(tmp_path, f"云岭市财政局2026年部门预算\n\n{table}")
    assert [gap.text for gap in parsed.document.gaps] == [
        "“没有标题的表”没有写明金额的单位，里面的 2 个数不知道是多少钱（如“280.00”）"
    ]
    assert not _parsed(tmp_path, f"云岭市财政局2026年部门预算\n\n单位：万元\n{table}").document.gaps


def test_a_heading_that_leaves_the_place_out_is_the_unit_itself(tmp_path: Path) -> None:
    """What a page break tore off stays with its table: 省检察院 is no other unit than 云岭省人民检察院."""
    head = "<tr><th>科目编码</th><th>科目名称</th><th>合计</th></tr>"
    first = "<tr><td>204</td><td>公共安全支出</td><td>12.00</td></tr>"
    rest = "<tr><td>208</td><td>社会保障和就业支出</td><td>3.00</td></tr><tr><td></td><td>合计</td><td>15.00</td></tr>"
    file = tmp_path / "预算.html"
    file.write_text(
        "<h1>2026年省检察院部门预算</h1><h2>第二部分 省检察院2026年度部门预算表</h2><h3>一、一般公共预算支出表</h3>"
        f"<p>部门：</p><p>云岭省人民检察院</p><p>单位：万元</p><table>{head}{first}</table><table>{rest}</table>",
        encoding="utf-8",
    )
    parsed = parse(file)
    assert isinstance(parsed, ParsedDocument), parsed.message
    labels = [[row.label for row in table.rows] for table in parsed.tables]
    assert labels == [["公共安全支出", "社会保障和就业支出", "合计"]]
