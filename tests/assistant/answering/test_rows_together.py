"""Questions over several rows: every row that a result rests on is cited, and the result follows from the rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest

from assistant.answer import Answer, Figure, TableCitation
from assistant.ask import Assistant

PROJECTS: Final = 41
PROJECTS_OF_CENTRE: Final = 14


def cells(answer: Answer, figure: Figure) -> list[TableCitation]:
    """The cells a figure cites."""
    return [c for c in answer.citations if isinstance(c, TableCitation) and c.n in figure.citations]


def total(citations: list[TableCitation]) -> Decimal:
    """The sum of cited cells."""
    return sum((Decimal(c.value) for c in citations), Decimal(0))


@pytest.mark.parametrize(
    ("question", "label", "rows", "value"),
    [
        ("金额低于1万元的项目一共多少钱？", "合计", 5, "0.91"),
        ("通信中心一共有多少个项目，合计多少钱？", "合计", PROJECTS_OF_CENTRE, "104.38"),
        ("基本工资、津贴补贴和奖金合计多少？", "基本工资、津贴补贴、奖金合计", 3, "316.47"),
        ("办公费和印刷费加起来多少？", "办公费、印刷费合计", 2, "10.00"),
    ],
)
def test_a_sum_cites_each_term(seed_assistant: Assistant, question: str, label: str, rows: int, value: str) -> None:
    answer = seed_assistant.ask(question)
    figure = next(f for f in answer.figures if f.label == label)
    cited = cells(answer, figure)
    assert len({(c.table_id, c.row) for c in cited}) == rows
    assert Decimal(figure.value) == total(cited) == Decimal(value)


@pytest.mark.parametrize(
    ("question", "rows"), [("一共有多少个项目？", PROJECTS), ("通信中心一共有多少个项目？", PROJECTS_OF_CENTRE)]
)
def test_a_count_cites_each_row_counted(seed_assistant: Assistant, question: str, rows: int) -> None:
    answer = seed_assistant.ask(question)
    figure = next(f for f in answer.figures if f.label == "个数")
    assert int(figure.value) == rows == len({(c.table_id, c.row) for c in cells(answer, figure)})


def test_a_mean_cites_each_row_and_is_rounded(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("项目平均每个多少钱？")
    figure = next(f for f in answer.figures if f.label == "平均")
    cited = cells(answer, figure)
    assert len(cited) == PROJECTS
    assert abs(Decimal(figure.value) - total(cited) / PROJECTS) <= Decimal("0.005")
    assert "四舍五入" in answer.answer


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("金额低于1万元的项目有哪些？", 5),
        ("金额超过20万元的项目有哪些？", 11),
        ("项目支出最大的三个项目是哪些？", 3),
        ("商品和服务支出下最大的三个科目是哪些？", 3),
    ],
)
def test_a_list_cites_each_entry(seed_assistant: Assistant, question: str, rows: int) -> None:
    answer = seed_assistant.ask(question)
    assert len(answer.figures) == rows
    for figure in answer.figures:
        (cell,) = cells(answer, figure)
        assert cell.value == figure.value


def test_the_largest_is_the_largest(seed_assistant: Assistant) -> None:
    everything = [Decimal(f.value) for f in seed_assistant.ask("一共有多少个项目？").figures if f.unit == "万元"]
    assert len(everything) == PROJECTS
    for question, ranked in (
        ("金额最大的三个项目是哪些？", sorted(everything, reverse=True)),
        ("金额最小的项目是哪个？", sorted(everything)),
    ):
        figures = [Decimal(f.value) for f in seed_assistant.ask(question).figures]
        assert figures[:1] == ranked[:1]
        assert figures == ranked[: len(figures)]


def test_tied_winners_are_all_cited(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("商品和服务支出下哪个科目最少？")
    labels = {c.row_label for c in answer.citations if isinstance(c, TableCitation)}
    assert "维修(护)费" in answer.answer and "租赁费" in answer.answer
    assert {"维修(护)费", "租赁费"} <= labels


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("公务接待费占三公经费的比例是多少？", "3.33", "%"),
        ("公务用车运行维护费是公务接待费的几倍？", "28.99", "倍"),
        ("人员经费和公用经费相差多少？", "424.74", "万元"),
    ],
)
def test_what_is_computed_from_two_cells_cites_both(
    seed_assistant: Assistant, question: str, value: str, unit: str
) -> None:
    answer = seed_assistant.ask(question)
    figure = next(f for f in answer.figures if (f.value, f.unit) == (value, unit))
    assert len(cells(answer, figure)) == 2


@pytest.mark.parametrize(
    ("question", "target"), [("全年要报送多少条信息？", "100条"), ("报送信息的及时率要达到多少？", "100%")]
)
def test_what_a_table_prints_in_words_is_given_whole(seed_assistant: Assistant, question: str, target: str) -> None:
    answer = seed_assistant.ask(question)
    assert [figure.value for figure in answer.figures] == [target]
