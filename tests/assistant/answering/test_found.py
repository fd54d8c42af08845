"""Readings run through SQL: every operand's figures, and filters that fit no figure."""

from __future__ import annotations

import pytest

from assistant.answering.draft import Draft
from assistant.answering.found import Found, find
from assistant.ask import Assistant
from assistant.catalog import DocumentCatalog
from assistant.library import Library
from assistant.resolve import readings_of
from assistant.understand.understand import understand


def found(question: str, library: Library, catalog: DocumentCatalog) -> list[list[Found]]:
    asked = understand(question, catalog)
    readings = [readings_of(operand, catalog, asked) for operand in asked.operands]
    assert all(readings)
    return find(Draft(library, catalog, None), readings)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("公务员医疗补助和差旅费各多少", [["13.00 万元", "16.05 万元", "16.05 万元"], ["12.60 万元"]]),
        ("一次性奖金多少", [["8.64 万元"]]),
        ("教育支出多少", [["0.00 万元", "（表中为空，没有列数）"]]),
        ("台式机单价多少，买几台", [["6000.00 元"], ["5"]]),
        (
            "一般公共服务支出和卫生健康支出和住房保障支出分别是多少",
            [["558.66 万元"] * 4, ["43.80 万元"] * 4, ["38.82 万元"] * 4],
        ),
        (
            "一般公共服务支出和社会保障和就业支出和卫生健康支出和住房保障支出和教育支出分别是多少",
            [
                ["558.66 万元"] * 4,
                ["94.37 万元"] * 4,
                ["43.80 万元"] * 4,
                ["38.82 万元"] * 4,
                ["0.00 万元", "（表中为空，没有列数）"],
            ],
        ),
    ],
)
def test_every_operand_has_its_figures(
    question: str, shown: list[list[str]], seed_library: Library, seed_catalog: DocumentCatalog
) -> None:
    values = [[entry.value.shown() for entry in operand] for operand in found(question, seed_library, seed_catalog)]
    assert values == shown


def test_a_line_of_several_units_keeps_each_ones_cell(seed_library: Library, seed_catalog: DocumentCatalog) -> None:
    ((reading,),) = found("一次性奖金多少", seed_library, seed_catalog)
    assert [cell.value.shown() for cell in reading.cells] == ["7.23 万元", "1.41 万元"]
    assert [record.printed for record in reading.records] == ["7.23", "1.41"]


@pytest.mark.parametrize(
    "question",
    [
        "超过10%的项目有哪些",
        "超过10%的采购品目有哪些",
        "指标值超过90%的指标有哪些",
    ],
)
def test_a_filter_in_per_cent_filters_no_money(question: str, seed_assistant: Assistant) -> None:
    assert seed_assistant.ask(question).route in ("text", "refuse")
