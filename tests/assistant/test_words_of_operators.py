"""Words that add, leave out, divide and begin names: each does its work, and none of it is dropped."""

from __future__ import annotations

from typing import Final

import pytest

from assistant.answering.draft import Draft
from assistant.answering.operators import use_rank, uses_all
from assistant.ask import Assistant
from assistant.catalog import DocumentCatalog
from assistant.library import Library
from assistant.settings import Settings
from assistant.understand.understand import understand
from index.build import build
from tests.assistant.budgets import whole_reply

_UNIT: Final = "清河市水务局"
_BUDGET: Final = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

二、机构设置

{_UNIT}下属3个二级预算单位，分别是：{_UNIT}本级，属全额拨款行政单位；清河市水文站，属全额拨款事业单位；清河市水质监测中心，属全额拨款事业单位。

{_UNIT}编制60名，其中行政编制40名、事业编制20名。

第二部分 {_UNIT} 2026 年部门预算情况说明

一、2026 年政府采购情况说明

2026 年政府采购支出预算总额 90.00 万元，其中：拟采购货物支出 0 万元、拟采购工程支出 0 万元、拟采购服务支出 90.00 万元。

第三部分 {_UNIT} 2026 年部门预算表

附表1
收入总表
部门/单位：{_UNIT}\t\t\t\t单位：万元
合计\t财政拨款\t事业收入\t其他收入\t上年结转结余
500.00\t420.00\t30.00\t20.00\t30.00

附表2
支出总表
部门/单位：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t500.00\t160.00\t340.00
213\t农林水支出\t500.00\t160.00\t340.00
21303\t水利\t500.00\t160.00\t340.00
2130301\t行政运行\t160.00\t160.00\t0.00
2130304\t水利行业业务管理\t60.00\t0.00\t60.00
2130305\t水利工程建设\t200.00\t0.00\t200.00
2130311\t水资源节约管理与保护\t80.00\t0.00\t80.00

附表3
一般公共预算基本支出表
部门/单位：{_UNIT}\t\t单位：万元
科目编码\t科目名称\t合计
\t合计\t160.00
301\t工资福利支出\t110.00
30101\t基本工资\t110.00
302\t商品和服务支出\t50.00
30201\t办公费\t30.00
30228\t工会经费\t20.00

附表4
项目支出表
部门/单位：{_UNIT}\t\t单位：万元
项目名称\t单位名称\t合计
合计\t\t340.00
河湖整治资金-清淤专项\t{_UNIT}\t140.00
河湖整治资金-护岸专项\t{_UNIT}\t60.00
河湖整治资金-巡查专项\t{_UNIT}\t50.00
节水宣传\t{_UNIT}\t90.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the budget of one invented authority."""
    folder = tmp_path_factory.mktemp("one")
    (folder / f"{_UNIT}.txt").write_text(_BUDGET, encoding="utf-8")
    build([folder], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


@pytest.mark.parametrize(
    "question",
    [
        "项目支出表里以“河湖整治资金-”打头的各专项合计多少？剔除清淤专项后还余多少",
        "项目支出表里名称以“河湖整治资金”打头的项目合计多少，扣掉清淤专项还剩多少",
    ],
)
def test_rows_that_begin_alike_are_added_with_and_without_one(engine: Assistant, question: str) -> None:
    whole_reply(engine, f"{_UNIT}{question}", ("250.00 万元", "110.00 万元"))


@pytest.mark.parametrize("said", ["凡名称带“河湖整治”字样的，金额相加是多少", "名称含“河湖整治”的项目合计多少"])
def test_rows_with_a_word_in_their_label_are_added(engine: Assistant, said: str) -> None:
    whole_reply(engine, f"{_UNIT}项目支出表里，{said}", ("250.00 万元",))


def test_of_single_rows_the_largest_is_told(engine: Assistant) -> None:
    whole_reply(engine, f"{_UNIT}2026年项目支出里单笔金额最大的项目是哪个，多少", ("清淤专项", "140.00 万元"))


@pytest.mark.parametrize(
    "question",
    [
        "21303水利款，剔除行政运行(2130301)和水利工程建设(2130305)两项后余额多少，余额里最大的项是哪个",
        "水利款，扣除行政运行和水利工程建设两项后还剩多少，剩下的最大的项是哪个",
    ],
)
def test_what_is_left_is_ranked_without_what_was_left_out(engine: Assistant, question: str) -> None:
    whole_reply(engine, f"{_UNIT}{question}", ("140.00 万元", "水资源节约管理与保护"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("办公费按行政编制人头摊，一个编制合多少万", ("0.75 万元", "40 名")),
        ("办公费按事业编制平摊，每个编制多少万", ("1.50 万元", "20 名")),
    ],
)
def test_money_is_divided_by_the_posts_of_the_kind_that_is_said(
    engine: Assistant, question: str, told: tuple[str, ...]
) -> None:
    whole_reply(engine, f"{_UNIT}{question}", told)


@pytest.mark.parametrize(
    "question",
    [
        "办公费、工会经费各多少，两笔加起来按100人平均一人一年合多少万",
        "办公费和工会经费合计，按100人平摊，一人多少万",
        "办公费是多少，工会经费是多少，两项相加摊到100个人头上，每人多少万",
    ],
)
def test_what_several_figures_come_to_is_divided_by_a_number_that_is_given(engine: Assistant, question: str) -> None:
    whole_reply(engine, f"{_UNIT}2026年{question}", ("50.00 万元", "0.50 万元"))


def test_a_sum_beside_what_is_set_aside_is_the_sum(engine: Assistant) -> None:
    question = "收入中，刨掉财政拨款以后，其他收入加上年结转结余合计是多少，占收入预算的比例"
    whole_reply(engine, f"{_UNIT}2026年{question}", ("50.00 万元", "10 %"))


def test_a_share_is_of_what_something_was_a_part_of(engine: Assistant) -> None:
    whole_reply(engine, f"{_UNIT}商品和服务支出里，工会经费多少、占该部分百分之几", ("20.00 万元", "40 %"))


@pytest.mark.parametrize("said", ["清一色买服务", "全都是服务吗"])
def test_whether_all_is_of_one_class_is_told_by_all_classes(engine: Assistant, said: str) -> None:
    whole_reply(engine, f"{_UNIT}2026年政府采购是不是{said}", ("货物", "工程", "90.00 万元"))


def test_whether_all_units_are_of_one_class_is_told_by_their_list(engine: Assistant) -> None:
    whole_reply(engine, f"{_UNIT}下属单位是不是清一色事业单位", ("清河市水文站", "清河市水质监测中心", "行政单位"))


@pytest.mark.parametrize("question", ["台数最多的是哪个单位", "人数排第一的是哪家单位", "件数最少的单位是谁"])
def test_money_ranks_no_units_by_how_many_they_have(
    question: str, seed_catalog: DocumentCatalog, seed_library: Library
) -> None:
    asked = understand(question, seed_catalog)
    draft = Draft(seed_library, seed_catalog)
    use_rank(draft, asked)
    assert not uses_all(draft, asked)
