"""Rows by how far they changed against last year: the ends, those that fell, by how many per cent."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.reading.moves import way_of
from tests.assistant.budgets import Budget, assistant_over, whole_reply

COURT = Budget(
    "青山市中级人民法院", 2025,
    (("204", "公共安全支出", "900.00"), ("20405", "法院", "900.00"), ("2040501", "行政运行", "500.00"),
     ("2040504", "案件审判", "180.00"), ("2040505", "案件执行", "90.00"), ("2040506", "两庭建设", "130.00"),
     ("2040599", "其他法院支出", "44.00"), ("2040550", "事业运行", "66.00")),
    (("302", "商品和服务支出", "60.00"), ("30211", "差旅费", "34.50")),
    "2.00", "5.00", "900.00",
    prose=(
        "一、收支预算总体情况说明",
        "2025年收入预算900.00万元，比2024年增加61.00万元，主要是一般公共预算拨款增加40.00万元，"
        "政府性基金预算拨款增加15.00万元，事业收入资金增加6.00万元。",
        "二、财政拨款支出预算情况说明",
        "1.法院（款）行政运行（项）支出500.00万元，与上年相比增加100.00万元，增长25%。主要原因是人员经费增加。",
        "2.法院（款）案件审判（项）支出180.00万元，与上年相比减少20.00万元，减少10%。主要原因是压减专项业务费。",
        "3.法院（款）案件执行（项）支出90.00万元，与上年相比减少10.00万元，减少10%。主要原因是压减专项业务费。",
        "4.法院（款）两庭建设（项）支出130.00万元，与上年相比增加30.00万元，增长30%。主要原因是新建派出法庭。",
        "5.法院（款）其他法院支出（项）支出44.00万元，与上年持平。",
        "6.法院（款）事业运行（项）支出66.00万元，与上年预算数持平。",
        "三、“三公”经费情况说明",
        "因公出国（境）费5.00万元，比上年增加3.00万元；公务接待费2.00万元，比上年减少0.50万元，下降20%，"
        "主要原因是压减接待批次。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that tells item by item how far it changed."""
    return assistant_over(tmp_path_factory.mktemp("法院"), COURT)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("文字说明里各项级科目，增幅最大的跟降幅最大的分别是谁", ("两庭建设", "30 %", "10 %"), ("行政运行",)),
        ("哪个项级科目比上年增加额最多，为什么", ("行政运行", "100.00", "人员经费增加"), ("两庭建设",)),
        ("项级科目里涨得最猛的是哪一项", ("行政运行", "两庭建设"), ("案件",)),
        ("法院款下哪几项是比上年正好减少10%的，合计减了多少", ("案件审判", "案件执行", "30.00"), ("两庭建设",)),
        ("法院款下面4个项，比上年减少的有几个？绝对额减得最狠的是哪个", ("2 项", "案件执行", "案件审判"), ("幅度",)),
        ("把比上年减少的项级科目挑出来，再说减得最多的减了多少", ("案件审判", "案件执行", "10.00"), ("行政运行",)),
        ("法院款下哪几个项级科目跟上年持平、一分没动，合计多少", ("2 项", "44.00", "66.00", "110.00"), ("案件",)),
        ("项级科目里哪几个既没涨也没跟上年持平，也就是比上年减了的", ("案件审判", "案件执行"),
         ("行政运行", "其他法院")),
        ("比上年增长超过26%的有哪些科目", ("两庭建设", "30.00"), ("行政运行",)),
        ("收入比上年多了，各个来源里增量最大的和最小的分别是哪个",
         ("一般公共预算拨款", "40.00", "事业收入", "6.00"), ("15.00",)),
        ("三公经费里有没有反而下降的细项，降了多少", ("公务接待费", "0.50", "20 %"), ("出国",)),
    ],
)  # fmt: skip
def test_rows_by_their_changes(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, untold)


@pytest.mark.parametrize(
    ("question", "history", "told", "untold"),
    [
        (
            "主要是哪项掉下来的？少了多少、降了百分之几",
            ["三公经费多少", "比上年多了还是少了"],
            ("0.50", "20 %"),
            ("出国",),
        ),
        ("掉下来的是哪一项，图个啥", ["三公经费多少"], ("公务接待费", "0.50"), ("出国",)),
        ("多出来的是哪一块的钱", ["三公经费多少"], ("出国", "3.00"), ("接待",)),
        ("是被哪一项拉下来的", ["三公经费合计多少"], ("公务接待费", "0.50"), ("出国",)),
    ],
)
def test_parts_of_what_was_spoken_of(
    engine: Assistant, question: str, history: list[str], told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, untold, history=history)


def test_projects_have_no_stated_changes(engine: Assistant) -> None:
    answer = engine.ask("哪个项目比上年增加最多")
    assert "正文写明的各项" not in answer.told


def test_the_largest_amount_is_no_change(engine: Assistant) -> None:
    assert "比上年" not in engine.ask("哪个项级科目金额最大").answer


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("增量", "up"), ("涨得", "up"), ("比上年多了", "up"), ("降得", "down"), ("砍掉的", "down"), ("少得", "down"),
        ("增减幅度", "any"), ("变化", "any"), ("减排项目金额", None), ("升级改造费用", None), ("增值服务", None),
        ("先增加后减少", "down"),
    ],
)  # fmt: skip
def test_the_way_that_is_spoken_of_last(text: str, way: str | None) -> None:
    assert way_of(text) == way


@pytest.mark.parametrize("asked", ["公务接待费降了，原来才多少、现在多少", "公务接待费原来是多少钱，现在又是多少"])
def test_what_it_was_before_is_last_years_figure(engine: Assistant, asked: str) -> None:
    answer = engine.ask(asked)
    assert not answer.refused and not answer.unanswered
    assert {"2.50", "2.00"} <= {figure.value for figure in answer.figures}
