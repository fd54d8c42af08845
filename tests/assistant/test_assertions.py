"""What a question asserts of a figure is checked, whichever way it is said to have moved and whatever else is asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over

_ROWS = (("213", "农林水支出", "880.00"), ("2130101", "行政运行", "700.00"), ("2130199", "其他农业农村支出", "180.00"))
_ECONOMIC = (("302", "商品和服务支出", "80.00"), ("30211", "差旅费", "50.00"), ("30216", "培训费", "9.00"))

SEEDS = Budget(
    "红枫市种子管理局", 2025, _ROWS, _ECONOMIC, "3.00", "8.00", "880.00",
    prose=(
        "一、收支预算情况说明",
        "2025年部门预算收入880.00万元，比上年增加280.00万元，增长46.67%；部门预算支出880.00万元，比上年增加280.00万元，增长46.67%。",
        "预算收支增加主要原因说明：新建种质资源库，增加300.00万元。",
        "二、“三公”经费情况说明",
        "2025年“三公”经费预算11.00万元，比上年增加3.50万元，增长46.67%。",
        "因公出国（境）费预算8.00万元，比上年增加5.00万元，增长166.67%，主要原因是新增境外引种考察。",
        "公务接待费预算3.00万元，比上年减少1.50万元，下降33.33%，主要原因是压减接待批次。",
        "培训费预算9.00万元，与上年持平。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("种子"), SEEDS)


def _told(engine: Assistant, question: str, told: Sequence[str], untold: Sequence[str] = ()) -> None:
    """The answer leaves nothing open, tells all of some texts and none of others."""
    answer = engine.ask(question)
    plain = answer.told.replace("*", "").replace(" ", "")
    assert not answer.refused and not answer.unanswered, answer.answer
    assert [text for text in told if text not in plain] == [], answer.answer
    assert [text for text in untold if text in plain] == [], answer.answer


@pytest.mark.parametrize(
    ("asked", "moved", "verdict"),
    [
        ("听说今年把因公出国费砍了5万？", "增加5.00万元", "“5万”是减少，与文件不符"),
        ("公务接待费涨了1.5万，是吗", "减少1.50万元", "“1.5万”是增加，与文件不符"),
        ("有网友讲公务接待费被压掉一万五，属实吗", "减少1.50万元", "“一万五”与上面的1.50万元相符"),
        ("出国费多了5万吗", "增加5.00万元", "“5万”与上面的5.00万元相符"),
        ("出国费多了7万，对吗", "增加5.00万元", "上面的5.00万元少于问题里说的“7万”"),
        ("出国费涨了8万，对吗", "增加5.00万元", "上面的5.00万元少于问题里说的“8万”"),
        ("公务接待费涨了三成多，是不是", "减少1.50万元", "“三成多”是增加，与文件不符"),
        ("预算今年少了两百多万吧", "增加280.00万元", "是减少，与文件不符"),
        ("今年预算多了280万，怎么回事", "增加280.00万元", "新建种质资源库"),
    ],
)
def test_a_change_that_is_only_asserted_is_checked_with_its_way(
    engine: Assistant, asked: str, moved: str, verdict: str
) -> None:
    _told(engine, f"红枫市种子管理局2025年{asked}", [moved, verdict])


@pytest.mark.parametrize(
    ("asked", "told", "verdict"),
    [
        ("出国费比去年多了5万，公务接待费是多少", ["3.00万元", "增加5.00万元"], "“5万”与上面的5.00万元相符"),
        ("出国费比去年多花了4万，公务接待费是多少", ["3.00万元", "增加5.00万元"], "上面的5.00万元多于问题里说的“4万”"),
        ("培训费9万，公务接待费比去年呢", ["减少1.50万元", "9.00万元"], "“9万”与上面的9.00万元相符"),
    ],
)
def test_what_is_asserted_of_something_else_is_checked_beside_what_is_asked(
    engine: Assistant, asked: str, told: list[str], verdict: str
) -> None:
    _told(engine, f"红枫市种子管理局2025年{asked}", [*told, verdict], ["3.00万元多于", "3.00万元少于"])


def test_what_did_not_move_is_told_against_a_claim_that_it_did(engine: Assistant) -> None:
    _told(engine, "有人说红枫市种子管理局2025年培训费降了10%", ["持平，问题里说的“10%”是减少，与文件不符"])
