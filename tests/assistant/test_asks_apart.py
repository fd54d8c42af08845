"""Several asks in one question: each is answered as if it were asked by itself, or told to be unanswered."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.core import Core
from tests.assistant.budgets import Budget, assistant_over, core_over, whole_reply

_FORM = """项目绩效目标表

项目名称\t孩子生活补助\t\t\t
实施单位\t中国青山儿童村\t\t\t
年度预算资金总额（万元）\t586.00\t\t\t
总体目标\t保障孩子们的日常照料。\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t服务人数\t≥20人"""
REFORM = Budget(
    "青山市发展和改革委员会", 2025,
    (("201", "一般公共服务支出", "400.00"), ("2010401", "行政运行", "240.00"), ("2010450", "事业运行", "100.00"),
     ("2010499", "其他事务支出", "60.00")),
    (("302", "商品和服务支出", "40.00"), ("30201", "办公费", "20.00"), ("30211", "差旅费", "12.00"),
     ("30216", "培训费", "8.00")),
    "3.00", "9.00", "400.00",
    prose=(
        "一、资产情况", "本部门共有车辆4辆，其中：执法执勤用车1辆。", "本部门实有人员10人。",
        "公务接待费预算 3.00 万元，比上年减少 0.50 万元，主要原因是：压减接待批次。", _FORM,
    ),
)  # fmt: skip
AFFAIRS = Budget(
    "青山市民政局", 2025,
    (("201", "一般公共服务支出", "300.00"), ("2010401", "行政运行", "300.00")),
    (("302", "商品和服务支出", "45.00"), ("30201", "办公费", "15.00"), ("30211", "差旅费", "30.00")),
    "2.00", "4.00", "300.00",
)  # fmt: skip
NAME = "青山市发展和改革委员会"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over two units of one city."""
    return assistant_over(tmp_path_factory.mktemp("apart"), REFORM, AFFAIRS)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    """The algebra over the same two units."""
    return core_over(tmp_path_factory.mktemp("apart_core"), REFORM, AFFAIRS)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (f"{NAME}办公费比差旅费多多少？另外，行政运行占一般公共服务支出的百分之几", ("8.00", "60"), ()),
        (f"1.{NAME}车辆有几辆 2.培训费摊到实有人员每人多少万元", ("4 辆", "0.80"), ()),
        (f"老张问：{NAME}办公费多少？小李问：民政局差旅费多少", ("20.00", "30.00"), ("12.00", "15.00")),
        (f"{NAME}公务接待费比上年少了多少，还有，商品和服务支出里最高的两项是什么", ("0.50", "办公费", "差旅费"), ()),
        (f"{NAME}公务接待费为什么减少？还想知道一般公共服务支出下最高的科目是哪个", ("压减接待批次", "240.00"), ()),
        (f"1.{NAME}办公费比差旅费多多少；2.培训费占商品和服务支出的比重", ("8.00", "20"), ()),
        (f"{NAME}培训费多少？再问公务接待费的金额", ("8.00", "3.00"), ()),
        (f"{NAME}什么是基本支出？另外，培训费摊到实有人员每人多少万元", ("人员支出", "0.80"), ()),
        (f"什么是基本支出？{NAME}的。再问一个：培训费多少", ("8.00",), ("公务接待费",)),
        (
            f"一是{NAME}办公费多少；二是差旅费和培训费一共多少；三是公务接待费是不是3万元",
            ("20.00", "20.00", "3.00"),
            (),
        ),
    ],
)
def test_each_ask_is_answered(engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    answer = whole_reply(engine, question, told, untold)
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    numbers = {number for figure in answer.figures for number in figure.citations}
    assert all(f"[{number}]" in answer.answer for number in numbers)


@pytest.mark.parametrize(
    "question",
    [
        f"{NAME}办公费多少？取暖费多少？",
        f"{NAME}办公费多少？另外，取暖费比上年少了多少",
        f"1.{NAME}取暖费多少 2.办公费多少",
        f"{NAME}办公费多少？另外，你觉得取暖费该不该降",
    ],
)
def test_an_ask_without_an_answer_is_told(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and "20.00" in answer.told
    assert [text for text in answer.unanswered if "取暖费" in text], answer.answer


def test_asks_of_which_none_has_an_answer_are_refused(engine: Assistant) -> None:
    assert engine.ask(f"{NAME}取暖费多少？另外，烤火费多少").refused


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        (
            f"{NAME}办公费多少？另外，行政运行占一般公共服务支出的百分之几",
            [f"{NAME}办公费多少？", f"{NAME}2025年，行政运行占一般公共服务支出的百分之几"],
        ),
        (f"{NAME}车辆几辆？其中执法执勤用车几辆？三公经费多少？",
         [f"{NAME}车辆几辆？其中执法执勤用车几辆？", f"{NAME}2025年，三公经费多少？"]),
        (f"{NAME}办公费多少？民政局差旅费多少？", [f"{NAME}办公费多少？", "民政局差旅费多少？"]),
        (f"{NAME}办公费多少？差旅费多少？两项差多少？", []),
        (f"{NAME}办公费多少？它占商品和服务支出多少？", []),
        (f"{NAME}办公费多少？占比多少？", []),
        (f"{NAME}办公费多少？连差旅费一起算一共多少", []),
        (f"{NAME}办公费多少？差旅费呢？", []),
        (f"{NAME}办公费多少？民政局呢？", []),
        (f"{NAME}去年公务接待费多少？培训费多少？", []),
        (f"{NAME}一般公共预算支出表里，行政运行多少？事业运行多少？", []),
        (f"{NAME}孩子生活补助多少钱？服务人数多少？", []),
        (f"{NAME}孩子生活补助多少钱？另外是哪个单位在做", []),
        (f"{NAME}办公费多少？差旅费多少？都按元报给我。", []),
        (f"{NAME}办公费，还有差旅费各多少", []),
        (f"{NAME}今年有哪些项目？把项目和金额列出来", []),
        ("办公费多少？另外，差旅费多少", []),
        (f"{NAME}办公费多少？另外，各部门差旅费分别是多少", []),
    ],
)  # fmt: skip
def test_where_asks_part(core: Core, question: str, asks: list[str]) -> None:
    assert [ask.question for ask in core.apart(question, ())] == asks
