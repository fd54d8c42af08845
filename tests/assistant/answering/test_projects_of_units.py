"""Projects and purchases of several units: whose they are, and what the projects' forms promise."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build


def _form(project: str, unit: str, amount: str, goal: str, indicators: str) -> str:
    return (
        f"项目绩效目标表\n项目名称\t\t\t{project}\t\t\n主管部门\t\t\t临江市水务局\t实施单位\t{unit}\n"
        f"项目资金（万元）\t\t\t年度预算资金总额：\t{amount}\t\n\t\t\t其中：财政拨款\t{amount}\t\n"
        f"\t\t\t其他资金\t0.00\t\n总体目标\t{goal}\t\t\t\t\n"
        f"\t一级指标\t二级指标\t三级指标\t指标值\t\n{indicators}\n"
    )


_PUMPS = (
    "绩效指标\t成本指标\t经济成本\t泵站运行费用总额\t≤360万元\t\n\t\t\t泵站检修费用\t≤141万元\t\n"
    "\t\t\t河道清淤费用\t≤97万元\t\n绩效指标\t产出指标\t数量指标\t泵站检修数量\t34座\t\n\t\t\t河道清淤数量\t21条\t\n"
    "绩效指标\t产出指标\t时效指标\t故障响应时间\t≤2小时\t"
)
_CARS = "绩效指标\t产出指标\t数量指标\t车辆租赁次数\t≤{}次\t"

BUDGET = f"""临江市水务局 2026 年部门预算

第一部分 临江市水务局概况

一、部门主要职责

1.临江市水务局负责全市水务管理工作。

第二部分 2026 年部门预算表

表1
收入总表
部门：临江市水务局\t\t\t单位：万元
部门代码\t部门名称\t合计\t一般公共预算
\t合计\t900.00\t900.00
327\t临江市水务局\t900.00\t900.00
327001\t临江市水务局（本级）\t500.00\t500.00
327002\t临江市河道管理中心\t400.00\t400.00

表2
支出总表
部门：临江市水务局\t\t\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出\t2026年政府采购项目\t\t
\t\t\t\t\t小计\t其中：2026年政府采购项目中预留给中小企业的项目资金规模\t其中：2026年政府采购项目中预留给小型、微型企业的项目资金规模
\t合计\t900.00\t500.00\t400.00\t110.00\t27.50\t0.00
213\t农林水支出\t900.00\t500.00\t400.00\t110.00\t27.50\t0.00
21303\t水利\t900.00\t500.00\t400.00\t110.00\t27.50\t0.00
2130301\t行政运行\t500.00\t500.00\t0.00\t10.00\t5.00\t0.00
2130306\t水利工程运行与维护\t400.00\t0.00\t400.00\t100.00\t22.50\t0.00

表3
项目支出预算情况表
部门：临江市水务局\t\t单位：万元
项目名称\t项目类别\t合计
合计\t\t394.00
公车统管费\t其他运转类\t30.00
公车统管费\t其他运转类\t4.00
泵站运行\t特定目标类\t360.00

表4
政府采购支出表
部门：临江市水务局\t\t\t单位：万元
采购品目大类\t经济科目\t采购品目名称\t总计
合计\t\t\t2.61
服务\t\t\t2.61
临江市水务局（本级）\t\t\t2.00
\t会议费\t一般会议服务\t2.00
临江市河道管理中心\t\t\t0.61
\t会议费\t一般会议服务\t0.61

{_form("公车统管费", "临江市水务局", "30.00", "统管公务用车，保障出行安全。", _CARS.format(400))}
{_form("公车统管费", "临江市河道管理中心", "4.00", "统管公务用车，保障出行安全。", _CARS.format(10))}
{_form("泵站运行", "临江市河道管理中心", "360.00", "维护站点数量162个，年供水能力达到10.8万吨。", _PUMPS)}
第三部分 名词解释

（一）基本支出：指为保障机构正常运转而发生的人员支出和公用支出。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("projects_of_units")
    (folder / "预算.txt").write_text(BUDGET, encoding="utf-8")
    build([folder], folder / "index")
    return Assistant(folder / "index", Settings())


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("河道管理中心2026年采购一般会议服务多少钱？", ["0.61"]),
        ("局本级2026年政府采购的会议费是多少？", ["2.00"]),
        ("2026年采购的一般会议服务一共多少？", ["2.61", "2.00", "0.61"]),
        ("2026年政府采购项目里预留给中小企业的资金有多少？", ["27.50"]),
        ("2026年行政运行的政府采购项目里，预留给中小企业的是多少？", ["5.00"]),
        ("2026年预留中小企业的采购占政府采购的比重是多少？", ["25 %"]),
        ("河道管理中心2026年公车统管费多少钱？", ["4.00"]),
        ("河道管理中心2026年公车统管费和泵站运行两个项目合计多少？", ["364.00", "4.00", "360.00"]),
        ("2026年哪个单位的项目资金合计最多？", ["364.00", "30.00"]),
        ("2026年各单位的项目资金合计分别是多少？", ["364.00", "30.00"]),
        ("2026年哪家下属单位的项目资金合计最少？", ["364.00"]),
        ("2026年除局机关外，哪个下属单位的项目资金合计最多？", ["364.00"]),
        ("2026年项目支出绩效目标表里，资金总额最大的是哪个项目？", ["360.00"]),
        ("2026年泵站运行项目，泵站检修要做多少座，费用上限多少？", ["34座", "≤141万元"]),
        ("2026年泵站运行里泵站检修和河道清淤的数量分别是多少？", ["34座", "21条"]),
        ("2026年泵站运行项目故障多长时间内响应？要维护多少个站点？", ["≤2小时", "162个"]),
        ("2026年泵站运行的目标里，年供水能力要达到多少万吨，项目预算多少钱？", ["10.8万吨", "360.00"]),
        ("河道管理中心2026年公车统管费的车辆租赁次数上限是多少次？", ["≤10次"]),
        ("2026年泵站运行的成本指标里，哪一项费用上限最高？占总额的百分之多少？", ["泵站检修费用", "39.17 %"]),
        ("2026年泵站运行成本指标中费用最低的是哪项？", ["河道清淤费用", "≤ **97.00 万元**"]),
        ("2026年泵站运行项目的绩效目标写了哪些内容？", ["维护站点数量162个，年供水能力达到10.8万吨"]),
    ],
)
def test_whose_and_how_much(assistant: Assistant, question: str, values: list[str]) -> None:
    answer = assistant.ask(question)
    assert answer.route != "refuse", answer.answer
    for value in values:
        assert value in answer.answer, answer.answer


def test_the_indicator_whose_name_is_asked_for_stands_alone(assistant: Assistant) -> None:
    answer = assistant.ask("2026年泵站运行项目，泵站检修数量的指标值是多少？")
    assert [figure.value for figure in answer.figures] == ["34座"]


def test_a_share_of_its_own_purchases_is_of_the_line_named(assistant: Assistant) -> None:
    answer = assistant.ask("2026年行政运行预留给中小企业的占其采购的比重是多少？")
    assert "50 %" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "河道管理中心2026年会议费预算多少？",
        "2026年泵站运行要补贴多少家单位？",
        "局本级2026年泵站运行项目，泵站检修要做多少座？",
        "河道管理中心2026年采购复印纸多少钱？",
        "局机关2026年泵站运行多少钱？",
        "2026年泵站运行项目，泵站更新要做多少座？",
        "2026年泵站运行项目第三季度泵站检修要做多少座？",
        "2026年泵站运行项目泵站检修费用下限多少？",
        "2026年预留给大型企业的采购资金是多少？",
        "2026年泵站运行项目去年检修了多少座？",
        "2025年泵站运行项目，泵站检修要做多少座？",
    ],
)
def test_what_is_of_another_or_not_there_is_not_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.route in ("refuse", "clarify"), answer.answer


def test_a_share_of_an_amount_that_is_not_there_is_left_open(assistant: Assistant) -> None:
    answer = assistant.ask("2026年泵站运行的成本指标里，哪一项费用上限最高？占300万总额的百分之多少？")
    assert answer.route in ("refuse", "clarify") or "300万" in "".join(answer.unanswered)
