"""Figures, lists and words asked for in other words: each wording has the answer of the plain one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from assistant.understand.tokenize import normalised_question
from index.build import build

BUDGET = """清河市水利局 2026 年部门预算

第一部分 清河市水利局概况

一、部门主要职责

1.与区委、区政府共同领导区级水利机关。纠正区级水利机关违反法律法规作出的处理决定。

二、机构设置

清河市水利局下设办公室、规划处、建设处、财务处共4个处室。

三、部门预算单位构成

纳入清河市水利局 2026 年部门预算编制范围的单位包括：清河市水利局本级、清河市河道管理中心。

第二部分 清河市水利局 2026 年部门预算情况说明

收入总计 1000.00 万元。

第三部分 名词解释

一、机关运行经费：指保障行政单位运行的经费。具体包括：办公费、印刷费、差旅费。

二、财政拨款结转是指下年按照原用途继续使用的财政拨款资金。财政拨款结余是指工作目标已完成后剩余的财政拨款资金。

第四部分 清河市水利局 2026 年部门预算表

附表1
收入总表
部门/单位：清河市水利局\t\t\t\t单位：万元
单位编码\t单位名称\t合计\t一般公共预算\t上年结转结余
\t合计\t1000.00\t990.00\t10.00
101001\t清河市水利局\t700.00\t690.00\t10.00
101002\t清河市河道管理中心\t300.00\t300.00\t

附表2
项目支出总表
部门/单位：清河市水利局\t\t\t\t\t单位：万元
单位名称\t项目名称\t合计\t一般公共预算\t上年结转结余\t绩效目标
\t合计\t1586.30\t1576.30\t10.00\t
清河市水利局\t防汛值守\t100.00\t93.50\t6.50\t保障汛期值守
清河市水利局\t堤防加固改造\t1366.30\t1366.30\t\t消除老堤的安全隐患
清河市河道管理中心\t河道清淤\t120.00\t116.50\t3.50\t恢复河道行洪能力
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("wording")
    (folder / "预算.txt").write_text(BUDGET, encoding="utf-8")
    build([folder / "预算.txt"], folder / "index", processes=1)
    return Assistant(folder / "index", Settings(_env_file=None))


@pytest.mark.parametrize(
    "wording",
    [
        "清河市水利局哪些项目花的是去年剩下的钱，每个花多少",
        "上年没花完的钱，清河市水利局今年放到了哪几个项目上，各放多少",
        "清河市水利局有哪几个项目动用了往年结余的资金，各用了好多",
        "财政局催着盘活存量，清河市水利局哪些项目消化了上年结转结余，各消化多少",
    ],
)
def test_projects_that_use_what_was_left(wording: str, assistant: Assistant) -> None:
    answer = assistant.ask(wording).answer
    assert "6.50" in answer and "3.50" in answer and "1366.30" not in answer


@pytest.mark.parametrize(
    "wording",
    [
        "清河市水利局全部项目以及金额，请列明",
        "给主任准备的，清河市水利局所列项目及各项金额",
        "清河市水利局有点啥项目，每只项目几钿",
        "清河市水利局 2026年 项目 金额",
    ],
)
def test_projects_with_their_amounts(wording: str, assistant: Assistant) -> None:
    answer = assistant.ask(wording).answer
    assert all(amount in answer for amount in ("100.00", "1366.30", "120.00"))


@pytest.mark.parametrize(
    "wording",
    [
        "清河市水利局底下管着哪几家单位，各家收入几何",
        "编入清河市水利局部门预算的都有谁？每家收多少钱",
        "清河市水利局含几家预算单位、名称、收入额",
    ],
)
def test_units_with_their_income(wording: str, assistant: Assistant) -> None:
    answer = assistant.ask(wording).answer
    assert "河道管理中心" in answer and "700.00" in answer and "300.00" in answer


@pytest.mark.parametrize(
    "wording",
    [
        "清河市水利局才几个处啊",
        "清河市水利局内部分成多少个处室",
        "核实清河市水利局概况：内设处室（  ）个",
        "几个处室撑起清河市水利局",
    ],
)
def test_offices(wording: str, assistant: Assistant) -> None:
    assert "4个" in assistant.ask(wording).answer.replace(" ", "")


@pytest.mark.parametrize(
    "wording",
    [
        "清河市水利局财政拨款结转和结余的界限何在",
        "清河市水利局财政拨款结转、财政拨款结余，怎么区分",
        "清河市水利局财政拨款结转vs结余有什么本质区别",
    ],
)
def test_two_terms_told_apart(wording: str, assistant: Assistant) -> None:
    answer = assistant.ask(wording).answer
    assert "继续使用" in answer and "已完成" in answer


@pytest.mark.parametrize(
    "wording",
    [
        "清河市水利局的机关运行经费囊括何种费用",
        "哪些开支能算进清河市水利局的机关运行经费里头",
        "编稿要用，清河市水利局机关运行经费由哪几类费用构成",
    ],
)
def test_what_a_term_comprises(wording: str, assistant: Assistant) -> None:
    assert "印刷费" in assistant.ask(wording).answer


@pytest.mark.parametrize(
    ("wording", "history"),
    [
        ("清河市水利局那1366.30万元到底是什么工程，图个啥", []),
        ("有人说1366.30万元是清河市水利局盖楼的，其实是哪个项目，出发点是什么", []),
        ("这笔钱是什么项目，目的何在", ["清河市水利局有1366.30万元的工程"]),
    ],
)
def test_a_project_told_by_its_amount(wording: str, history: list[str], assistant: Assistant) -> None:
    answer = assistant.ask(wording, history).answer
    assert "堤防加固改造" in answer and "安全隐患" in answer


def test_a_body_of_a_lower_level_is_none_that_is_not_loaded(assistant: Assistant) -> None:
    answer = assistant.ask("清河市水利局与谁共同领导区水利局").answer
    assert "共同领导区级水利机关" in answer


def test_a_unit_written_as_it_sounds(assistant: Assistant) -> None:
    assert "100.00" in assistant.ask("清合市水利局有哪些项目，各多少").answer
    assert not assistant.ask("青山市水利局有哪些项目，各多少").figures


@pytest.mark.parametrize(
    "question",
    [
        "年末结转和结余是多少",
        "今年和去年预算有什么区别",
        "专家咨询，2026年预算多少",
        "宣传报道，2026年预算多少",
        "清河市水利局自查，防汛值守多少",
        "物业管理费用，电费，各多少",
        "市场监管违法市场主体有多少",
        "你们局管哪些项目",
    ],
)
def test_words_that_restrict_are_kept(question: str) -> None:
    """What names an item, a unit, a year or a place in a ranking stays as it is."""
    assert normalised_question(question) == question.replace("，", ",")
