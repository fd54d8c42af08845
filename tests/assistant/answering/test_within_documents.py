"""Questions as people ask them of one published budget: within what, of which unit, of which year, from the prose."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build

HARBOUR = """青湾市港航局 2025 年部门预算

第一部分 青湾市港航局概况

一、部门主要职责

1.青湾市港航局负责全市港口和航道的规划、建设与管理工作。

第二部分 青湾市港航局 2025 年部门预算情况说明

一、收入预算情况

本年事业收入 50.00 万元。与 2024 年相比，事业收入减少 5.00 万元。

二、“三公”经费情况

公务接待费 2.00 万元，比 2024 年预算减少 1.00 万元。

主要原因是严格控制接待标准。

国内公务接待 12 批次、86 人次，主要用于航道建设协调。

航道养护任务完成比例为 93.5%，主要是汛期施工延后。

截至 2024 年底，共有车辆 7 辆，单位价值 100 万元以上的设备 3 台（套）。

第三部分 青湾市港航局 2025 年部门预算表

表1
收入总表
部门/单位：青湾市港航局\t\t\t单位：万元
单位编码\t单位名称\t合计\t一般公共预算\t事业收入
\t合计\t900.00\t850.00\t50.00
301\t青湾市港航局\t900.00\t850.00\t50.00
301001\t青湾市港航局（本级）\t600.00\t600.00\t0.00
301002\t青湾市航道养护中心\t300.00\t250.00\t50.00

表2
支出总表
部门/单位：青湾市港航局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t900.00\t560.00\t340.00
214\t交通运输支出\t840.00\t500.00\t340.00
21401\t公路水路运输\t840.00\t500.00\t340.00
2140101\t行政运行\t500.00\t500.00\t0.00
2140123\t航道养护\t240.00\t0.00\t240.00
2140127\t港口设施\t100.00\t0.00\t100.00
221\t住房保障支出\t60.00\t60.00\t0.00
22102\t住房改革支出\t60.00\t60.00\t0.00
2210201\t住房公积金\t60.00\t60.00\t0.00

表3
一般公共预算基本支出表
部门/单位：青湾市港航局\t\t\t单位：万元
科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t510.00\t470.00\t40.00
301\t工资福利支出\t460.00\t460.00\t0.00
30101\t基本工资\t400.00\t400.00\t0.00
30113\t住房公积金\t60.00\t60.00\t0.00
302\t商品和服务支出\t50.00\t10.00\t40.00
30207\t邮电费\t12.00\t0.00\t12.00
30228\t工会经费\t38.00\t10.00\t28.00

表4
一般公共预算“三公”经费支出表
部门/单位：青湾市港航局\t\t\t\t\t\t\t\t单位：万元
单位名称\t上年预算数\t\t\t2025年预算数\t\t
\t“三公”经费合计\t因公出国（境）费\t公务接待费\t“三公”经费合计\t因公出国（境）费\t公务接待费
合计\t3.00\t0.00\t3.00\t2.00\t0.00\t2.00

表5
政府采购预算表
部门/单位：青湾市港航局\t\t\t\t单位：元
采购项目\t采购目录\t采购数量\t采购金额
合计\t\t4\t910000.00
航标更新\tC05040300保安服务\t1\t250000.00
航道测量\tC14010000测绘服务\t2\t600000.00
码头值守\tC05040300保安服务\t1\t60000.00
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the invented budget alone."""
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "预算.txt").write_text(HARBOUR, encoding="utf-8")
    build([folder / "预算.txt"], folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))


def values(answer: Answer) -> list[str]:
    """The figures in the order of the answer."""
    return [figure.value for figure in answer.figures]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("工会经费里，人员经费和公用经费各是多少？", ["10.00", "28.00"]),
        ("港航局航道养护，基本支出和项目支出分别是多少万元？", ["0.00", "240.00"]),
        ("三公经费中，公务接待费是多少？", ["2.00"]),
        ("住房保障支出是多少，其中基本支出多少？", ["60.00", "60.00"]),
        ("经济科目30113和功能科目2210201各是多少？", ["60.00", "60.00"]),
        ("功能科目2140127是什么，安排了多少？", ["100.00"]),
    ],
)
def test_a_clause_says_within_what(harbour: Assistant, question: str, expected: list[str]) -> None:
    assert values(harbour.ask(question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("公路水路运输下除行政运行以外的项级科目合计多少？", "340.00"),
        ("航道养护中心的收入是多少？", "300.00"),
        ("本级的收入预算比航道养护中心多多少？", "300.00"),
        ("本级和航道养护中心收入合计多少？", "900.00"),
        ("政府采购里，保安服务一共多少万元？", "31.00"),
        ("项目支出最多的项级科目是哪个？", "240.00"),
        ("哪个类级科目支出最多？", "840.00"),
    ],
)
def test_units_levels_and_purchases(harbour: Assistant, question: str, expected: str) -> None:
    answer = harbour.ask(question)
    assert expected in values(answer), answer.answer


def test_units_of_a_department_are_compared(harbour: Assistant) -> None:
    answer = harbour.ask("本级和下属单位里，哪家收入最少？")
    assert "航道养护中心" in answer.answer.split("\n")[0] and values(answer)[0] == "300.00"


def test_this_years_column_is_meant_and_last_years_found_by_the_year(harbour: Assistant) -> None:
    assert values(harbour.ask("公务接待费是多少？")) == ["2.00"]
    assert "3.00" in values(harbour.ask("2024年的公务接待费是多少？"))


def test_of_two_years_the_one_not_stated_is_said_to_be_missing(harbour: Assistant) -> None:
    answer = harbour.ask("2024年和2025年的航道养护分别是多少？")
    assert values(answer) == ["240.00"] and "没有写明上年的数" in answer.answer


def test_last_years_figure_follows_from_two_sentences(harbour: Assistant) -> None:
    answer = harbour.ask("2024年的事业收入是多少？")
    assert "55.00" in values(answer) and "推算" in answer.answer


def test_a_reason_may_stand_below_the_change(harbour: Assistant) -> None:
    assert "严格控制接待标准" in harbour.ask("公务接待费为什么比2024年减少？").answer


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("国内公务接待了多少批次、多少人次？", ("12", "86")),
        ("截至2024年底有几辆车？", ("7",)),
        ("单价100万元以上的设备有多少台（套）？", ("3",)),
        ("航道养护任务的完成比例是百分之几？", ("93.5",)),
    ],
)
def test_numbers_that_only_the_prose_states(harbour: Assistant, question: str, parts: tuple[str, ...]) -> None:
    answer = harbour.ask(question)
    assert not answer.refused and all(part in answer.answer for part in parts), answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "电费是多少？",  # 邮电费 is another item
        "一共有多少名公务员？",
        "截至2020年底有几辆车？",
        "武汉的公务接待费是多少？",
        "2022年的公务接待费是多少？",
    ],
)
def test_what_it_does_not_say_is_not_answered(harbour: Assistant, question: str) -> None:
    answer = harbour.ask(question)
    assert answer.refused or not answer.figures, answer.answer
