"""The state of assets: what is held on which date, of which kinds, what is to be bought; also side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import AUDIT_2025, EDUCATION_2025, FOREST_2025, assistant_over_text, whole_reply

FOREST = (
    "五、国有资产占有使用情况",
    "截至2025年1月31日，本部门固定资产金额1,088.40万元，分布构成情况为：房屋2,411.16平方米，车辆4辆，"
    "单价在100万元以上的设备12台等。本年度拟购置固定资产9万元，主要是办公家具。",
)
AUDIT = (
    "四、人员情况",
    "截至上年底，本部门人员编制52人，其中行政编制44人，事业编制8人；实有人员59人，其中行政51人，事业8人。"
    "单位管理的离退休人员42人。",
    "五、国有资产占有使用情况",
    "截至2024年12月，所属各预算单位共有车辆41辆，其中业务用车12辆，机要通信用车6辆，应急保障用车17辆，"
    "其他按照规定配备的公务用车6辆。2025年部门预算安排购置车辆3辆，安排购置单价100万元以上的设备2台（套）。",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over two budgets that tell of their assets and one that doesn't."""
    folder = tmp_path_factory.mktemp("assets")
    budgets = (replace(FOREST_2025, prose=FOREST), replace(AUDIT_2025, prose=AUDIT), EDUCATION_2025)
    for number, budget in enumerate(budgets):
        (folder / f"文件{number}.txt").write_text(budget.text, encoding="utf-8")
    build([folder], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


def told(answer: Answer) -> list[str]:
    return [f"{figure.value}{figure.unit}" for figure in answer.figures]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("林业局的房屋面积、车辆和100万元以上设备各有多少？", ["2411.16平方米", "4辆", "12台"]),
        ("林业局有多少平方米房屋、几辆车、几台百万元以上的设备？", ["2411.16平方米", "4辆", "12台"]),
        ("审计局2025年计划购置车辆吗？现有车辆多少辆？", ["3辆", "41辆"]),
        ("审计局名下有车吗？", ["41辆"]),
        ("审计局2025年车辆购置计划有吗？", ["3辆"]),
        ("审计局应急保障用车有几辆？", ["17辆"]),
        ("审计局2025年打算买几台100万元以上的设备？", ["2台（套）"]),
        ("审计局哪类车最多，几辆？", ["41辆", "17辆"]),
        ("林业局的固定资产总额、房屋面积各是多少？", ["1088.40万元", "2411.16平方米"]),
        ("审计局2025年100万以上的设备打算再买几台", ["2台（套）"]),
        ("林业局名下上百万的设备现有几台", ["12台"]),
    ],
)
def test_what_is_held_and_what_is_to_be_bought(assistant: Assistant, question: str, figures: list[str]) -> None:
    answer = assistant.ask(question)
    assert told(answer)[: len(figures)] == figures, answer.answer


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("截至2025年1月底，林业局有几辆车？", ["4辆"]),
        ("林业局2025年1月31日有几辆车？", ["4辆"]),
        ("截至2024年底，审计局有几辆车？", ["41辆"]),
        ("审计局截至上年末有多少车辆？", ["41辆"]),
        ("审计局截至2024年12月31日人员编制多少人？", ["52人"]),
        ("审计局截至上年底实有多少人，单位管理的离退休人员多少人？", ["59人", "42人"]),
        ("审计局离退休人员多少人，实有多少人？", ["42人", "59人"]),
    ],
)
def test_a_date_that_is_told_is_answered(assistant: Assistant, question: str, figures: list[str]) -> None:
    answer = assistant.ask(question)
    assert told(answer)[: len(figures)] == figures, answer.answer


def test_the_date_is_said(assistant: Assistant) -> None:
    assert "截至2025年1月31日" in assistant.ask("林业局有几辆车？").answer


@pytest.mark.parametrize(
    "question",
    [
        "截至2024年底，林业局有几辆车？",
        "截至2025年2月底，林业局有多少平方米房屋？",
        "截至2025年1月31日，审计局人员编制多少人？",
        "截至2024年12月31日审计局公务接待费多少？",
        "林业局有几台50万元以上的设备？",
        "林业局应急保障用车几辆？",
        "林业局有多少辆新能源车？",
        "林业局人均几辆车？",
        "审计局有多少平方米房屋？",
        "教育委员会有几辆车？",
    ],
)
def test_what_is_not_told_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused or answer.route == "clarify", answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("林业局和审计局的公车，哪家多，各多少辆？", ("41 辆", "4 辆", "37 辆")),
        ("审计局的车比林业局多几辆？", ("多 **37 辆**",)),
        ("林业局和审计局各有车多少台？两家差了多少台", ("41 辆", "4 辆", "37 辆")),
        ("林业局和审计局的车辆一共多少辆？", ("45 辆",)),
    ],
)
def test_side_by_side(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = assistant.ask(question).answer
    assert [each for each in said if each not in answer] == []


def test_one_that_tells_nothing_is_not_compared(assistant: Assistant) -> None:
    assert assistant.ask("林业局和教育委员会的车辆各多少辆？").refused


_HARBOUR = "青山市港航局"
HARBOUR = f"""{_HARBOUR} 2026 年部门预算

第一部分 {_HARBOUR}概况

一、主要职责

{_HARBOUR}负责全市港口管理工作。

第二部分 其他重要事项的情况说明

1.截至2025年12月31日，本部门共有车辆7辆，其中机要通信用车1辆、执法执勤用车4辆、其他用车2辆。\
其他用车主要是离退休干部服务用车。

2.2026年计划购置车辆2辆、57万元，主要是更新购置应急保障用车45万元、机要通信用车12万元。

第三部分 部门预算表

表1
收支总表
部门：{_HARBOUR}\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t900.00\t一、交通运输支出\t900.00
收入总计\t900.00\t支出总计\t900.00
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over one budget that tells what its vehicles are for, and those that it buys."""
    return assistant_over_text(tmp_path_factory.mktemp("港航"), HARBOUR)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("港航局还留着7辆车，都是干什么用的", ("执法执勤用车 **4 辆**", "离退休干部服务用车"), ("57万元",)),
        ("港航局名下的车都属于哪几类", ("机要通信用车 **1 辆**", "其他用车 **2 辆**"), ("57万元",)),
        ("港航局今年打算买的两台车都是什么用途，各花多少", ("应急保障用车45万元", "机要通信用车12万元"), ("**4 辆**",)),
        ("港航局新添的2台车，都是些什么车", ("应急保障用车45万元",), ("**4 辆**",)),
        ("港航局执法执勤车几辆，占全部车辆的百分之几", ("**4 辆**", "57.14 %"), ()),
        ("港航局的车里数量最少的又是哪类，几辆", ("机要通信用车", "**1 辆**"), ()),
    ],
)
def test_which_kinds_and_what_for(
    harbour: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(harbour, question, told, untold)
