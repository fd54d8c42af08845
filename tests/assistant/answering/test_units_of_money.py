"""元, 万元, 亿元: the unit asked for, exactly converted; without one as printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import TableCitation
from assistant.ask import Assistant

YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
AMOUNTS = {
    "公务接待费": "6900",
    "培训费": "4000",
    "基本工资": "1036200",
    "行政运行": "3387400",
    "政府采购预算": "239000",
    "机要专线维护费": "40000",
    "防火墙的单价": "38000",
}
"""Items of tables in 万元 and in 元, and their amounts in 元."""


@pytest.mark.parametrize("item", AMOUNTS)
@pytest.mark.parametrize("unit", YUAN)
def test_the_unit_asked_for_is_given_exactly(seed_assistant: Assistant, item: str, unit: str) -> None:
    answer = seed_assistant.ask(f"{item}是多少{unit}？")
    figure = answer.figures[0]
    assert figure.unit == unit
    assert Decimal(figure.value) * YUAN[unit] == Decimal(AMOUNTS[item])
    assert f"{figure.value} {unit}" in answer.answer


@pytest.mark.parametrize("item", AMOUNTS)
def test_without_a_unit_the_cell_is_printed_as_it_is(seed_assistant: Assistant, item: str) -> None:
    answer = seed_assistant.ask(f"{item}是多少？")
    figure, cell = answer.figures[0], answer.citations[0]
    assert isinstance(cell, TableCitation)
    assert (Decimal(figure.value), figure.unit) == (Decimal(cell.value), cell.unit)


def test_a_computed_figure_is_converted_too(seed_assistant: Assistant) -> None:
    question = "公务接待费、差旅费和培训费合计是多少{}？"
    for unit, value in {"元": "136900.00", "万元": "13.69", "亿元": "0.001369"}.items():
        total = seed_assistant.ask(question.format(unit)).figures[-1]
        assert (Decimal(total.value), total.unit) == (Decimal(value), unit)


def test_a_figure_of_prose_is_converted_too(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("公务接待费比上年减少多少元？")
    assert ("900.00", "元") in {(figure.value, figure.unit) for figure in answer.figures}


@pytest.mark.parametrize("question", ["公务接待费是多少美元？", "公务接待费是多少千克？", "公务接待费是多少平方米？"])
def test_units_that_are_none_of_money_are_refused(seed_assistant: Assistant, question: str) -> None:
    assert seed_assistant.ask(question).refused
