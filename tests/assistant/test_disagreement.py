"""One thing stated in two places: who says that figures don't agree is shown every place, with the difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over

HYDROLOGY = Budget(
    "青山市水文局", 2025,
    (("213", "农林水支出", "640.00"), ("21303", "水利", "640.00"), ("2130301", "行政运行", "500.00"),
     ("2130313", "水文测报", "140.00")),
    (("302", "商品和服务支出", "60.00"), ("30211", "差旅费", "34.50"), ("30216", "培训费", "6.20")),
    "2.75", "0.00", "640.00",
    prose=(
        "水事矛盾调处经费预算3.00万元，比上年增加0.50万元。",
        "水事矛盾调处经费预算3.20万元。",
        "一、收入预算情况说明",
        "2025年收入预算640.00万元，比2024年增加40.25万元，增长6.7%。",
        "二、支出预算情况说明",
        "2025年支出预算640.00万元，比2024年增加40.55万元，增长6.8%。主要原因是测站维护经费增加18万元。",
        "三、一般公共预算情况说明",
        "2025年一般公共预算支出640.00万元，比上年增加40.55万元，主要原因是测站维护经费专项增加25万元，宣传经费减少3万元。",
        "四、其他情况说明",
        "2025年劳务费预算8.00万元，比上年减少2.00万元，主要原因是聘用人员增加。",
        "2025年培训费预算6.90万元，比上年增加1.00万元。",
        "差旅费预算34.50万元，比上年增加4.00万元。差旅费减少的主要原因是压减外出调研。",
    ),
)  # fmt: skip

ARCHIVES = Budget(
    "青山市档案馆", 2025,
    (("201", "一般公共服务支出", "500.00"), ("20126", "档案事务", "500.00"), ("2012601", "行政运行", "500.00")),
    (("302", "商品和服务支出", "12.00"), ("30201", "办公费", "12.00")),
    "1.00", "0.00", "500.00",
    prose=(
        "一、支出预算情况说明",
        "2025年支出预算512.00万元，其中：基本支出500.00万元，项目支出12.00万元。",
        "二、财政拨款情况说明",
        "2025年财政拨款收入500.004万元。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that contradicts itself."""
    return assistant_over(tmp_path_factory.mktemp("水文"), HYDROLOGY)


@pytest.mark.parametrize(
    ("question", "values", "gap"),
    [
        ("水文局2025年预算比上年到底多了多少，收入那段跟支出那段好像不是一回事", {"40.25", "40.55"}, "0.30"),
        ("测站维护经费的增加额前后对不上，两处各写多少", {"18.00", "25.00"}, "7.00"),
        ("测站维护经费比上年增加的数，一处说得多另一处说得少，都给我找出来", {"18.00", "25.00"}, "7.00"),
        ("培训费在30216那一行和正文里打架了，两个地方写的是几万", {"6.20", "6.90"}, "0.70"),
        ("我翻到培训费两个不同的数字，帮忙看一眼怎么写的", {"6.20", "6.90"}, "0.70"),
        ("培训费在文字说明里写的和基本支出表里是同一个数吗，两边各是多少", {"6.20", "6.90"}, "0.70"),
        ("培训费前后有两个数，尾巴上对不齐，分别是多少", {"6.20", "6.90"}, "0.70"),
        ("测站维护经费到底增了多少？前后两个地方说法好像不一样", {"18.00", "25.00"}, "7.00"),
    ],
)
def test_every_place_is_told_with_the_difference(engine: Assistant, question: str, values: set[str], gap: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered
    assert {figure.value for figure in answer.figures} == {*values, gap}
    assert all(figure.citations for figure in answer.figures)


def test_the_total_of_a_side_may_be_stated_in_two_places(tmp_path: Path) -> None:
    archives = assistant_over(tmp_path, ARCHIVES)
    answer = archives.ask("2025年支出预算究竟是多少，前面表和后面文字说明不是一个数")
    assert {figure.value for figure in answer.figures} == {"500.00", "512.00", "12.00"}
    asked_of_income = archives.ask("2025年财政拨款收入，文字说明和表里是同一个数吗")
    assert "文件没有说明以哪一处为准" not in asked_of_income.answer  # 40 yuan are left to rounding


def test_what_is_counted_beside_stays_asked(engine: Assistant) -> None:
    answer = engine.ask("培训费正文和表里打架了，准备培训几批次？两处的金额各是多少")
    assert {"6.20", "6.90"} <= {figure.value for figure in answer.figures}
    assert any("几批次" in text for text in answer.unanswered)


def test_a_reason_for_the_contrary_is_quoted(engine: Assistant) -> None:
    answer = engine.ask("差旅费前面写的跟后面讲原因那句矛盾，究竟比上年增加还是减少")
    assert "增加 **4.00 万元**" in answer.answer and "差旅费减少的主要原因" in answer.answer


def test_a_reason_in_the_same_sentence_may_contradict_it(engine: Assistant) -> None:
    answer = engine.ask("劳务费的增减方向和给的原因是不是自相矛盾")
    assert "2.00" in answer.answer and "聘用人员增加" in answer.answer


def test_two_items_side_by_side_are_no_two_places_of_one(engine: Assistant) -> None:
    answer = engine.ask("差旅费和培训费两处对不上，各是多少")
    assert "写到" not in answer.told


def test_what_is_stated_alike_everywhere_is_no_contradiction(engine: Assistant) -> None:
    assert "文件没有说明以哪一处为准" not in engine.ask("行政运行的数前后不一样吗，两处各写多少").answer


def test_of_another_thing_nothing_is_told(engine: Assistant) -> None:
    answer = engine.ask("直升机租赁的培训费两处写得不一样，各是多少")
    assert {figure.value for figure in answer.figures}.isdisjoint({"6.20", "6.90"})


def test_a_word_within_a_name_says_nothing_of_places(engine: Assistant) -> None:
    assert "文件没有说明以哪一处为准" not in engine.ask("水事矛盾调处经费是多少").answer


def test_places_that_have_no_amount_that_is_quoted_are_not_meant(engine: Assistant) -> None:
    asked = "水文局文字说明里写{}，我对培训费那张表好像不是这个数，表里培训费是多少"
    assert "写到“培训费”的有" in engine.ask(asked.format("6.90万元")).answer
    assert "写到“培训费”的有" not in engine.ask(asked.format("9.99万元")).answer


def test_numbers_that_are_quoted_are_none_that_another_answer_tells(engine: Assistant) -> None:
    answer = engine.ask("有人说水文局自己打架：前面写收入预算比上年多40.25万元，后面写支出预算多40.55万元，差多少")
    assert "写到" in answer.answer and {"40.25", "40.55"} <= {figure.value for figure in answer.figures}
