"""Tables that are printed as lists: names, colons and amounts below a line with the unit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.figures import figure_records
from index.parse import parse
from index.parsed import ParsedDocument

_LIST = "公务接待费{colon}3.50\n其中：外宾接待费{colon}1.00\n公务用车保有量（辆）{colon}4\n合计{colon}15.50\n"


def _amounts(folder: Path, text: str, name: str = "预算.txt") -> dict[str, Decimal | None]:
    file = folder / name
    file.write_text(f"云岭市财政局2026年部门预算\n\n{text}", encoding="utf-8")
    parsed = parse(file)
    assert isinstance(parsed, ParsedDocument), parsed.message
    return {record.row_label: record.amount_yuan for record in figure_records("", parsed.tables)}


@pytest.mark.parametrize("colon", ["：", ": ", " = ", "——", " -> ", "…………………"])
def test_a_list_below_its_unit_is_a_table(tmp_path: Path, colon: str) -> None:
    amounts = _amounts(tmp_path, f"“三公”经费支出表\n单位：万元\n{_LIST.format(colon=colon)}")
    assert amounts == {"公务接待费": 35000, "外宾接待费": 10000, "公务用车保有量（辆）": None, "合计": 155000}


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("支出预算（万元）：\n- 基本支出：280\n- 项目支出：46\n", {"基本支出": 2800000, "项目支出": 460000}),
        (
            "单位：元\n基本支出\n2,800.50\n项目支出\n464.90\n",
            {"基本支出": Decimal("2800.5"), "项目支出": Decimal("464.9")},
        ),
        ("基本支出：280.5万\n项目支出：46万\n", {"基本支出": 2805000, "项目支出": 460000}),
        ("资金总额（万元）：1,280.00\n本年度资金（元）：4,600\n", {"资金总额": 12800000, "本年度资金": 4600}),
    ],
    ids=["whole numbers of money", "a line for each name and each amount", "元 left out", "units behind names"],
)
def test_lists_of_few_or_whole_amounts(tmp_path: Path, text: str, amounts: dict[str, Decimal]) -> None:
    assert _amounts(tmp_path, text + "部门预算公开，预算、预算、预算、预算。") == amounts


def test_a_list_of_another_year_says_so_in_its_header(tmp_path: Path) -> None:
    file = tmp_path / "预算.txt"
    file.write_text(
        "云岭市财政局2026年部门预算\n\n2025年决算（万元）：\n基本支出：280.00\n项目支出：46.00\n", encoding="utf-8"
    )
    parsed = parse(file)
    assert isinstance(parsed, ParsedDocument), parsed.message
    assert [column.path for column in parsed.tables[0].columns] == ["项目", "2025年决算数"]


@pytest.mark.parametrize(
    "text",
    [
        f"“三公”经费情况\n{_LIST.format(colon='：')}",
        "“三公”经费（单位：万元）\n公务接待费：3.50\n",
        "基本情况（单位：万元）\n机构数：3\n在职人数：35\n公务用车：4\n",
    ],
    ids=["no unit", "too few", "no amounts"],
)
def test_other_lines_with_colons_stay_text(tmp_path: Path, text: str) -> None:
    assert _amounts(tmp_path, f"{text}部门预算公开，预算、预算、预算、预算。") == {}


def test_records_of_the_same_fields_are_a_table(tmp_path: Path) -> None:
    record = "项目名称：{}\n项目单位：云岭市财政局\n金额：{}\n\n"
    text = "项目支出表（单位：万元）\n" + record.format("普查", "80.00") + record.format("宣传", "20万元")
    assert _amounts(tmp_path, text) == {"普查": 800000, "宣传": 200000}
    assert _amounts(tmp_path, "项目支出表（单位：万元）\n" + record.format("普查", "80.00") + "预算" * 5) == {}
