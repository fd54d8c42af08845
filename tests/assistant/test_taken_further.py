"""What was found, taken further: what is left of a whole, one item in two tables, money divided by posts."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

BUDGET = """清河市水利局2026年部门预算

第一部分 概况

本部门核定编制120名，其中行政编制80名、事业编制40名。

下属预算单位为5个，分别为清河市水利局本级、清河市河道管理分局2个行政单位以及清河市水文研究院、清河市灌溉研究院、清河市水质研究院（清河市水质监测中心）3个事业单位。

第二部分 情况说明

2026年项目支出预算数为700.00万元，与上年相比增加80.00万元，增长12.9%。主要原因是新增泵站改造经费50.00万元、水文站网经费30.00万元。

2026年财政拨款“三公”经费预算12.00万元，比上年增加9.00万元，增长300%。主要原因是新增赴境外考察任务。

1．农林水支出（类）600.00万元，与上年相比增加100.00万元，增长20%。主要原因是人员增加。

2．水利（款）行政运行（项）支出600.00万元，与上年相比增加75.00万元，增长14.29%。主要原因是调资。

第三部分 部门预算表

表1 支出总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1000.00\t300.00\t700.00
213\t农林水支出\t600.00\t300.00\t300.00
21303\t水利\t600.00\t300.00\t300.00
2130301\t行政运行\t600.00\t300.00\t300.00
223\t国有资本经营预算支出\t400.00\t0.00\t400.00
22302\t国有企业资本金注入\t400.00\t0.00\t400.00
2230299\t其他国有企业资本金注入\t400.00\t0.00\t400.00

表2 一般公共预算“三公”经费、会议费、培训费支出预算表
单位：万元
项目\t预算数
“三公”经费\t12.00
因公出国（境）费\t9.00
公务接待费\t3.00
公务用车购置及运行维护费\t0.00
会议费\t4.00
培训费\t5.00

表3 机关运行经费支出预算表
单位：万元
科目编码\t科目名称\t金额
\t合计\t60.00
30201\t办公费\t58.00
30217\t公务接待费\t2.00
"""

TOTAL = ("清河市水利局2026年部门预算总共多少", "其中国有资本经营预算支出是多少")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget."""
    return assistant_over_text(tmp_path_factory.mktemp("水利"), BUDGET)


def test_what_is_left_of_the_whole_budget_is_asked_for_and_then_an_item_of_it(engine: Assistant) -> None:
    whole_reply(engine, "把这块刨掉还剩多少", ["600.00 万元"], history=TOTAL)
    further = "把这块刨掉还剩多少，剩的里头又有多少是项目支出"
    whole_reply(engine, further, ["600.00 万元", "外还有 **300.00 万元**"], history=TOTAL)
    share = "剩下的里面项目支出占几成"
    whole_reply(engine, share, ["50 %"], history=(*TOTAL, "扣除它还剩多少"))


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("水利局2026年三公表里的公务接待费比机关运行经费表里的多多少", ()),
        ("水利局2026年公务接待费，三公表比机关运行经费表多多少", ()),
        ("可机关运行经费表那行公务接待费才2，三公表比它多出多少", ("水利局2026年三公里头接待费多少",)),
    ],
)
def test_a_table_set_against_another_means_the_same_item_in_it(
    engine: Assistant, question: str, history: tuple[str, ...]
) -> None:
    whole_reply(engine, question, ["3.00 万元", "2.00 万元", "1.00 万元"], ["60.00 万元", "12.00 万元"], history)


@pytest.mark.parametrize(
    "question",
    [
        "水利局2026年项目支出按编制人均多少",
        "水利局一共多少编制？拿项目支出按编制人头一摊，一个人合多少万",
        "水利局2026年项目支出，按编制数摊下来每人多少",
    ],
)
def test_money_is_divided_by_the_posts(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ["5.83 万元", "120 名"])


def test_where_the_money_of_a_rise_goes_its_reason_tells(engine: Assistant) -> None:
    question = "水利局2026年项目支出比上年多出来的80万具体花在哪了"
    whole_reply(engine, question, ["80.00 万元", "泵站改造经费50.00万元"])


def test_what_stood_at_one_figure_and_now_at_another_has_moved(engine: Assistant) -> None:
    question = "水利局三公去年才3万今年一下子到12万，是不是吃喝多了啊"
    assert "赴境外考察" in engine.ask(question).told


def test_numbers_of_units_behind_their_names_are_no_part_of_a_name(engine: Assistant) -> None:
    whole_reply(engine, "水利局下面叫“研究院”的单位有几家，报一下名字", ["3 个", "清河市水质研究院"])


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("水利局2026年农林水支出比上年增加的部分里，行政运行占几成", ()),
        ("水利局2026年农林水支出比上年多了100万，多出来的这部分里行政运行拉动了百分之几", ()),
        ("水利局2026年行政运行的增加额占农林水支出增加额的百分之几", ()),
        ("其中行政运行贡献了几成", ("水利局2026年农林水支出比上年增加多少",)),
    ],
)
def test_a_part_of_a_change_is_of_how_far_each_moved(
    engine: Assistant, question: str, history: tuple[str, ...]
) -> None:
    whole_reply(engine, question, ["75 %", "75.00 万元", "100.00 万元"], history=history)


def test_what_an_item_is_for_is_no_duty_of_the_office(engine: Assistant) -> None:
    answer = engine.ask("水利局2026年的公务接待费是干什么的")
    assert "的职责" not in answer.told


def test_units_are_not_listed_for_an_item_that_is_named(engine: Assistant) -> None:
    answer = engine.ask("水利局2026年主要是哪家单位在安排公务接待费")
    assert answer.unanswered or answer.refused or "清河市水文研究院" not in answer.told
