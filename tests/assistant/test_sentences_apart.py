"""Sentences of one question keep apart: none narrows the next that says itself what it is about."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.query import names_of
from tests.assistant.budgets import assistant_over_text, whole_reply
from tests.assistant.compositions.invented import WATER

_NEXT = "附表2\n"
_ALL_THAT_IS_SPENT = """附表6
部门支出总表
部门/单位：青山市水务局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1200.00\t1100.00\t100.00
213\t农林水支出\t1200.00\t1100.00\t100.00

"""


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An invented budget that prints 基本支出 of all money and of one kind of it."""
    text = WATER.text.replace(_NEXT, _ALL_THAT_IS_SPENT + _NEXT, 1)
    return assistant_over_text(tmp_path_factory.mktemp("water"), text)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The same budget, where only the title of a table says 基本支出, and what projects cost is their 项目金额."""
    head = WATER.text.partition("第四部分")[0].replace("项目名称\t合计", "项目名称\t项目金额")
    text = head.replace("基本支出\t项目支出", "人员\t事项").replace("基本支出\t", "支出\t")
    text = text.replace("一般公共预算基本支出表", "一般公共预算基本支出明细表（按支出经济分类科目-不含上年结转）")
    return assistant_over_text(tmp_path_factory.mktemp("plain"), text)


def test_rows_called_by_their_level_are_all_of_them(water: Assistant) -> None:
    whole_reply(water, "办公费是多少？项级科目里金额最大的两个分别是多少？", ("402.75", "210.00"))
    whole_reply(water, "水利是多少？有几个款级科目少于50万元？", ("871.10", "1 项", "32.50"))
    whole_reply(water, "社会保障和就业支出除去机关事业单位职业年金缴费支出还有多少？金额最大的两个款级科目一共多少？",
                ("64.20", "967.50"))  # fmt: skip


def test_what_points_back_still_narrows(water: Assistant) -> None:
    whole_reply(water, "水利是多少？其中最大的项级科目是哪个？", ("402.75",))
    whole_reply(water, "社会保障和就业支出是多少？里面最大的项级科目是哪个？", ("64.20",), ("402.75",))


def test_a_share_within_what_the_sentence_itself_names(water: Assistant) -> None:
    told = whole_reply(water, "办公费预算安排了多少钱？差旅费在商品和服务支出中占几成？", ("22.66 %", "12.00 万元"))
    assert "12.00 万元" in told.told.split("差旅费")[0]
    whole_reply(water, "办公费是多少？水利里头项目支出占了多少钱？", ("12.00 万元", "0.00 万元"), ("%",))


def test_first_rows_as_a_share_of_all_rows(water: Assistant) -> None:
    whole_reply(water, "金额最大的三个项目加起来占全部项目的百分之几？", ("72.19 %", "408.65"), ("1200.00", "24.58"))


def test_a_share_of_what_is_printed_for_one_kind_of_money_is_of_that_kind(water: Assistant) -> None:
    whole_reply(water, "办公费占基本支出的百分之几？", ("1.2 %", "1000.00"), ("1100.00",))


def test_a_share_of_what_is_printed_nowhere_is_no_share_of_everything(plain: Assistant) -> None:
    answer = plain.ask("办公费占基本支出的百分之几？")
    assert answer.refused and not answer.figures
    for question in ("办公费占基本支出的百分之几？水利是多少？", "办公费占基本支出多少？水利是多少？"):
        answer = plain.ask(question)
        assert answer.unanswered and "871.10" in answer.told and "占商品和服务支出" not in answer.told


@pytest.mark.parametrize(
    ("question", "count"), [("哪四个项目金额最大", 4), ("哪四个项目最大？", 4), ("哪个项目最大？", 1)]
)
def test_as_many_rows_as_are_asked_for(plain: Assistant, question: str, count: int) -> None:
    answer = whole_reply(plain, question, ("河道保洁",))
    assert len(answer.figures) >= count and ("其后" in answer.told) == (count == 1)


def test_so_many_that_are_added_are_so_many_where_the_last_place_is_shared(water: Assistant) -> None:
    whole_reply(water, "项目里最大的两个加起来多少？", ("210.00",), ("295.00",))


def test_what_is_equal_to_so_many_times(water: Assistant) -> None:
    whole_reply(water, "水利相当于防汛的几倍？", ("4.15",))


def test_all_that_is_spent_narrows_no_item(water: Assistant) -> None:
    whole_reply(water, "支出总计里防汛占多大比例？", ("21 %",))
    whole_reply(water, "办公费是多少？支出总计里防汛占多大比例？", ("21 %", "12.00 万元"))


def test_what_is_spent_on_that_is_how_much_it_is(water: Assistant) -> None:
    whole_reply(water, "办公费是多少？机关事业单位基本养老保险缴费支出这块花多少钱？", ("12.00 万元", "64.20 万元"))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("培训费是多少？下属单位里三公经费最多的是哪家？", {"三公经费"}),
        ("培训费是多少？其中三公经费最多的是哪家单位？", {"培训费", "三公经费"}),
    ],
)
def test_units_ranked_by_a_column_are_of_no_item_asked_for_before(
    water: Assistant, question: str, names: set[str]
) -> None:
    (reading,) = water._core.read(question, [])
    assert {name.text for name in names_of(reading.asks[-1].query)} == names
