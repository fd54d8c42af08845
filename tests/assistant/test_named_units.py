"""Several named units or years set side by side: whose is more, whose moved furthest, which fell, by how much."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core import Core
from assistant.query import Rows
from tests.assistant.budgets import Budget, assistant_over, core_over, whole_answer


def _budget(unit: str, hospitality: str, running: str, cars: str, year: int = 2025, abroad: str = "0.00") -> Budget:
    """A budget with what its sentences say of the running costs and of the vehicles."""
    return Budget(
        unit, year, (("201", "一般公共服务支出", "400.00"), ("2010101", "行政运行", "400.00")),
        (("302", "商品和服务支出", "52.00"), ("30201", "办公费", "22.00"), ("30211", "差旅费", "30.00")),
        hospitality, abroad, "400.00",
        prose=(
            "一、机关运行经费",
            f"{year}年机关运行经费预算{running}",
            "二、国有资产占用情况",
            f"本部门共有车辆{cars}辆，其中，机要通信用车1辆、其他用车1辆。",
        ),
    )  # fmt: skip


BUDGETS = (
    _budget("清河市水务局", "3.00", "120万元，比上年增加20万元，增长20%。主要原因是：人员增加。", "8"),
    _budget("清河市体育局", "5.00", "90万元，比上年增加30万元，增长50%。主要原因是：新设机构。", "3"),
    _budget("清河市民政局", "1.00", "200万元，比上年减少40万元，下降16.67%。主要原因是：压减开支。", "12"),
    _budget("清河市城管局", "2.00", "440万元，比上年增加40万元，增长10%。", "20"),
    _budget("中共清河市委办公室", "27.00", "80万元，比上年增加5万元，增长6.67%。", "5", abroad="70.00"),
    _budget("中国共产党清河市委员会办公室", "28.00", "75万元，比上年增加5万元，增长7.14%。", "5", 2024, "70.00"),
)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    """The algebra over the invented budgets."""
    return core_over(tmp_path_factory.mktemp("named"), *BUDGETS)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("清河市水务局和清河市体育局，谁名下的车多，多几辆", ("8 辆", "3 辆", "多 **5 辆")),
        ("清河市水务局跟清河市体育局的差旅费谁安排得多", ("30.00 万元", "相同")),
        ("清河市水务局、体育局、民政局三家的公务接待费摆一块儿看：谁最高，谁最低，差多少",
         ("最高的是 **清河市体育局**", "最低的是 **清河市民政局**", "高 **4.00 万元")),
        ("清河市水务局、体育局、民政局三家的公务接待费，谁最高，合计是多少",
         ("最高的是 **清河市体育局**", "合计为 **9.00")),
        ("清河市水务局、体育局、民政局三家的机关运行经费，谁涨得最猛，有没有往下走的",
         ("增加最多的是 **清河市体育局**", "50 %", "比上年减少的有 1 个", "清河市民政局：机关运行经费比上年减少")),
        ("清河市水务局和清河市民政局的机关运行经费，谁多、多多少，增幅各是百分之几", ("低 **80.00", "20 %", "16.67 %")),
    ],
)  # fmt: skip
def test_named_units_are_compared(core: Core, question: str, expected: tuple[str, ...]) -> None:
    text = whole_answer(core, question)
    assert [part for part in expected if part not in text] == [], text


def test_of_units_that_all_fell_none_rose_most(core: Core) -> None:
    text = whole_answer(core, "清河市水务局和清河市体育局的机关运行经费，谁降得最狠")
    assert "没有比上年减少的" in text and "最多" not in text, text


def test_who_rose_by_most_per_cent_is_told_beside_who_rose_by_most(core: Core) -> None:
    text = whole_answer(core, "清河市水务局和清河市体育局的机关运行经费，谁涨得最多")
    assert "增加最多的是 **清河市体育局**" in text and "按百分比算" not in text, text
    text = whole_answer(core, "清河市体育局和清河市城管局的机关运行经费，谁涨得最多")
    assert "增加最多的是 **清河市城管局**" in text and "按百分比算，增加最多的是 **清河市体育局**" in text, text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("清河市委办公室2024年和2025年的三公经费，各项各差多少，哪项压得最多",
         ("公务接待费减少 **1.00", "减少额最大的是：公务接待费")),
        ("清河市委办公室2024和2025两年的公务接待费加因公出国费总数差多少万", ("97.00", "98.00", "减少 **1.00")),
        ("清河市委办公室2024和2025年的公务接待费哪年高", ("27.00", "28.00", "减少 **1.00")),
    ],
)  # fmt: skip
def test_years_of_a_unit_with_two_official_names(core: Core, question: str, expected: tuple[str, ...]) -> None:
    text = whole_answer(core, question)
    assert [part for part in expected if part not in text] == [], text


@pytest.mark.parametrize("question", ["列出清河市水务局的所有项目", "清河市水务局2025年部门预算：列出所有项目"])
def test_the_projects_of_a_unit_that_is_named_are_not_among_what_was_asked_before(core: Core, question: str) -> None:
    alone, after = (core.read(question, history)[0].asks[0].query for history in ((), ("哪个单位的三公经费最高",)))
    assert isinstance(after, Rows) and after == alone
    (among,) = core.read("列出所有项目", ("清河市水务局2025年三公经费是多少",))[0].asks
    assert isinstance(among.query, Rows) and among.query.within.names, "what is not named anew goes on"


def test_an_item_that_one_unit_lacks_takes_none_of_its_others(tmp_path: Path) -> None:
    """会议费 stands in one of the two documents; what the other has beside it is told."""
    functions = (("201", "一般公共服务支出", "400.00"),)
    with_meetings = (("302", "商品和服务支出", "52.00"), ("30215", "会议费", "22.00"), ("30216", "培训费", "30.00"))
    without = (("302", "商品和服务支出", "41.00"), ("30216", "培训费", "41.00"))
    engine = assistant_over(
        tmp_path,
        Budget("清河市水务局", 2025, functions, with_meetings, "3.00", total="400.00"),
        Budget("清河市体育局", 2025, functions, without, "5.00", total="400.00"),
    )
    answer = engine.ask("清河市水务局和清河市体育局的公务接待费、会议费、培训费分别多少")
    assert answer.unanswered == ["会议费（清河市体育局2025年预算没有这一项）"], answer.answer
    assert [each for each in ("5.00 万元", "22.00 万元", "41.00 万元") if each not in answer.told] == []
