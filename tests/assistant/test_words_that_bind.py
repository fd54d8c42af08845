"""Every word of an ask binds its answer: a topic before the comma, columns, a class spoken of, one party of several."""

from __future__ import annotations

from typing import Final

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import whole_reply

_BUDGET: Final = """{unit} 2026 年部门预算

第一部分 {unit}概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

第二部分 {unit} 2026 年部门预算情况说明

一、2026 年“三公”经费预算情况说明

“三公”经费预算 {run} 万元，比上年减少 19.20 万元。

公务用车购置费预算 0.00 万元，比上年减少 18.00 万元。公务用车运行维护费预算 {run} 万元，比上年减少 1.20 万元。

第三部分 {unit} 2026 年部门预算表

附表1
收入总表
部门/单位：{unit}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t财政拨款\t事业单位经营收入
\t合计\t{all}\t{grants}\t{own}
2080505\t机关事业单位基本养老保险缴费支出\t40.70\t28.88\t11.82
2080506\t机关事业单位职业年金缴费支出\t20.35\t14.44\t5.91
2130304\t水利行业业务管理\t{work}\t{work}\t0.00

附表2
支出总表
部门/单位：{unit}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t{spent}\t160.00\t{projects}
213\t农林水支出\t{field}\t100.00\t{projects}
21303\t水利\t{field}\t100.00\t{projects}
2130301\t行政运行\t100.00\t100.00\t0.00
2130304\t水利行业业务管理\t60.00\t0.00\t60.00
2130305\t水利工程建设\t{works}\t0.00\t{works}
208\t社会保障和就业支出\t60.00\t60.00\t0.00
20805\t行政事业单位养老支出\t60.00\t60.00\t0.00
2080505\t机关事业单位基本养老保险缴费支出\t40.00\t40.00\t0.00
2080506\t机关事业单位职业年金缴费支出\t20.00\t20.00\t0.00

附表3
项目支出表
部门/单位：{unit}\t\t单位：万元
项目名称\t单位名称\t合计
合计\t\t{projects}
河道清淤\t{unit}\t{dredging}
水质监测\t{unit}\t30.00
防汛物资\t{unit}\t20.00
节水宣传\t{unit}\t10.00
"""


def _text(unit: str, dredging: int, work: int) -> str:
    projects = dredging + 60
    blanks = {
        "dredging": dredging, "projects": projects, "works": projects - 60, "work": work, "own": "17.73",
        "grants": f"{43.32 + work:.2f}", "all": f"{61.05 + work:.2f}", "field": 100 + projects, "spent": 160 + projects,
    }  # fmt: skip
    shown = {name: f"{value:.2f}" if isinstance(value, int) else value for name, value in blanks.items()}
    return _BUDGET.format(unit=unit, run="10.00", **shown)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the budgets of three invented authorities."""
    folder = tmp_path_factory.mktemp("three")
    for unit, dredging, work in (("清河市水务局", 140, 60), ("青山市水利局", 40, 30), ("白沙市河道局", 20, 10)):
        (folder / f"{unit}.txt").write_text(_text(unit, dredging, work), encoding="utf-8")
    build([folder], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


@pytest.mark.parametrize(
    "question",
    [
        "清河市水务局的项目支出，哪个项级科目拿了大头、占几成",
        "清河市水务局项目支出这块，最多的项级科目是哪个，占多大比例",
        "就清河市水务局的项目支出来说，排第一的项级科目是谁，占百分之几",
    ],
)
def test_a_topic_before_the_comma_is_what_is_ranked_and_the_whole_of_the_share(
    engine: Assistant, question: str
) -> None:
    whole_reply(engine, question, ("水利工程建设", "140.00 万元", "70 %"))


@pytest.mark.parametrize(
    "question",
    [
        "清河市水务局的收入总表，2080505 和 2080506 这两项分别从财政拨款、从事业单位经营收入里列了多少，四个数",
        "清河市水务局2080505、2080506的财政拨款和事业单位经营收入各是多少",
        "把清河市水务局的2080505跟2080506按财政拨款、事业单位经营收入分开报一下，各多少",
    ],
)
def test_items_by_columns_are_as_many_figures(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ("28.88", "11.82", "14.44", "5.91"))


def test_each_column_that_is_asked_behind_two_items_is_of_both(engine: Assistant) -> None:
    question = "清河市水务局水利行业业务管理和水利工程建设，基本支出多少、项目支出多少"
    answer = whole_reply(engine, question, ("60.00", "140.00"))
    assert len(answer.figures) == 4


@pytest.mark.parametrize(
    "question",
    ["排最前面的三个是谁，加一块占多大比例", "最大的三个都是啥，一共占百分之多少", "前三名分别是哪些，合起来占几成"],
)
@pytest.mark.parametrize("before", ["清河市水务局今年项目支出一共多少", "清河市水务局全部项目加起来多少"])
def test_the_first_are_of_the_class_that_the_question_before_asked_for(
    engine: Assistant, question: str, before: str
) -> None:
    whole_reply(engine, question, ("河道清淤", "水质监测", "防汛物资", "95 %"), history=(before,))


@pytest.mark.parametrize(
    "question",
    [
        "机关事业单位基本养老保险缴费支出和水利工程建设并起来看，清河市水务局和青山市水利局各是多少",
        "清河市水务局和青山市水利局，机关事业单位基本养老保险缴费支出加水利工程建设分别是多少",
    ],
)
def test_what_is_added_within_each_of_two_documents_is_not_added_across(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ("180.00 万元", "80.00 万元"), ("220.00", "260.00"))


@pytest.mark.parametrize(
    "question",
    [
        "清河市水务局、青山市水利局和白沙市河道局三个部门水利工程建设总共多少，青山市水利局那部分占多大比例",
        "清河市水务局、青山市水利局、白沙市河道局的水利工程建设加起来多少，其中青山水利局占百分之几",
    ],
)
def test_one_partys_part_is_of_what_all_come_to(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ("200.00 万元", "20 %"))


@pytest.mark.parametrize("question", ["用车这头合计砍了多少", "用车这块总共比去年减少多少"])
def test_a_word_for_several_items_moves_as_all_of_them(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ("净减少 **19.20 万元**",), history=("清河市水务局2026年三公给了多少",))


def test_this_years_figure_is_none_of_a_year_that_is_not_loaded(engine: Assistant) -> None:
    answer = engine.ask("清河市水务局水利工程建设，2025年当年安排了多少")
    assert answer.refused or answer.unanswered, answer.answer
