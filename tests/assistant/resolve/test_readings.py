"""Operands to cells, over the seed's catalogue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.catalog import DocumentCatalog
from assistant.resolve import Reading, readings_of
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.understand import understand
from assistant.understand.wording import normalise, wording_rules

OFFICE, CENTRE = "中共随州市曾都区委办公室(随州市曾都区档案局)", "中共随州市曾都区委专用通信保障中心"


def readings(question: str, catalog: DocumentCatalog) -> tuple[Reading, ...]:
    asked = understand(question, catalog)
    (operand,) = asked.operands
    return readings_of(operand, catalog, asked)


def cell(reading: Reading) -> str:
    """Table, line and column: ``支出总表 2101103 公务员医疗补助 合计``."""
    (label,) = {row.label for row in reading.rows}
    (code,) = {row.code for row in reading.rows}
    return " ".join(filter(None, (reading.table.kind, code, label, reading.column.measure)))


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        # A name of two classifications: both readings, the economic one first.
        (
            "公务员医疗补助是多少",
            [
                "一般公共预算基本支出表 30111 公务员医疗补助 合计",
                "支出总表 2101103 公务员医疗补助 合计",
                "一般公共预算支出表 2101103 公务员医疗补助 合计",
            ],
        ),
        # Printed in several tables: all of them, to compare and cite.
        (
            "行政运行多少",
            ["支出总表 2013101 行政运行 合计", "一般公共预算支出表 2013101 行政运行 合计"],
        ),
        (
            "公务接待费是多少",
            ["三公经费支出表 “三公”经费 公务接待费", "一般公共预算基本支出表 30217 公务接待费 合计"],
        ),
        # Without a unit the department's table, not one unit's share.
        ("基本工资是多少", ["一般公共预算基本支出表 30101 基本工资 合计"]),
        ("通信中心的基本工资", ["项目支出表 1101 基本工资 合计"]),
        ("本级的基本工资", ["项目支出表 1101 基本工资 合计"]),
        # A parent and its only child of the same name: the parent.
        (
            "其他社会保障和就业支出多少",
            ["支出总表 20899 其他社会保障和就业支出 合计", "一般公共预算支出表 20899 其他社会保障和就业支出 合计"],
        ),
        # Lines and columns together.
        ("行政运行的公用经费", ["一般公共预算支出表 2013101 行政运行 公用经费"]),
        ("复印纸单价", ["政府采购预算表 A05040101 复印纸 单价"]),
        # A column alone: its total row.
        ("公用经费多少", ["一般公共预算基本支出表 合计 公用经费", "一般公共预算支出表 合计 公用经费"]),
        ("项目支出多少", ["支出总表 合计 项目支出", "一般公共预算支出表 合计 项目支出"]),
        ("采购总额多少", ["政府采购预算表 合计 采购金额"]),
        ("三公经费是多少", ["三公经费支出表 “三公”经费 三公经费合计"]),
        # Grand totals and the two sides of the general account.
        ("总收入多少", ["收支总表 收入总计 预算数", "收入总表 合计 合计"]),
        ("总支出多少", ["收支总表 支出总计 预算数", "支出总表 合计 合计"]),
        ("支出总计多少", ["收支总表 支出总计 预算数", "财政拨款收支总表 支出总计 预算数"]),
        ("年终结转结余多少", ["收支总表 年终结转结余 预算数", "财政拨款收支总表 年终结转结余 预算数"]),
        ("通信中心总支出", ["收入总表 001002 " + CENTRE + " 合计", "项目支出表 001002 " + CENTRE + " 合计"]),
        # Codes.
        ("30217是多少", ["一般公共预算基本支出表 30217 公务接待费 合计"]),
        # Labels that the table cuts off are known by their code.
        (
            "机关事业单位职业年金缴费支出",
            [
                "支出总表 2080506 机关事业单位职业年金缴费支出 合计",
                "一般公共预算支出表 2080506 机关事业单位职业年金缴费支出 合计",
            ],
        ),
        # Spoken names.
        ("维修费多少", ["一般公共预算基本支出表 30213 维修(护)费 合计"]),
        (
            "养车多少钱",
            ["三公经费支出表 “三公”经费 公务用车运行维护费", "一般公共预算基本支出表 30231 公务用车运行维护费 合计"],
        ),
        # No line of the tables.
        ("通信中心的培训费", []),
        ("工程采购多少", []),
    ],
)  # fmt: skip
def test_an_operand_reads_as(question: str, cells: list[str], seed_catalog: DocumentCatalog) -> None:
    assert [cell(reading) for reading in readings(question, seed_catalog)] == cells


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("通信中心的基本工资", [CENTRE]),
        ("办公室本级的基本工资", [OFFICE]),
        ("区委办的基本工资", [OFFICE]),
        ("档案局的住房公积金", [OFFICE]),
        ("一次性奖金多少", [OFFICE, CENTRE]),
        ("在职人员公用多少", [OFFICE, CENTRE]),
    ],
)
def test_lines_of_units(question: str, units: list[str], seed_catalog: DocumentCatalog) -> None:
    (reading,) = readings(question, seed_catalog)
    assert [row.unit for row in reading.rows] == units


def test_a_line_of_money_carried_over_is_none_of_this_year(seed_catalog: DocumentCatalog) -> None:
    """一般公共预算拨款 stands below 本年收入 and below 上年结转: never one sum."""
    lines = [r.rows for r in readings("财政拨款收入", seed_catalog) if r.table.kind == "财政拨款收支总表"]
    assert [len(rows) for rows in lines] == [1]
    assert [seed_catalog.rows[rows[0].parent or ""].label for rows in lines] == ["本年收入"]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("收入总计多少", {"收入"}),
        ("支出总计多少", {"支出"}),
        ("教育支出多少", {"支出"}),
        ("事业收入多少", {"收入", None}),
    ],
)
def test_the_column_stands_on_the_side_of_the_line(
    question: str, sides: set[str | None], seed_catalog: DocumentCatalog
) -> None:
    found = readings(question, seed_catalog)
    assert {row.side for reading in found for row in reading.rows} == sides
    assert {reading.column.side for reading in found} == sides


@pytest.mark.parametrize(
    ("question", "literal"),
    [("公务接待费", True), ("招待费", False), ("职业年金", False), ("维修费", False), ("30217", True)],
)
def test_only_what_is_printed_is_literal(question: str, literal: bool, seed_catalog: DocumentCatalog) -> None:
    assert readings(question, seed_catalog)[0].literal is literal


def test_a_purchase_is_found_by_its_project_too(seed_catalog: DocumentCatalog) -> None:
    found = readings("办公费的采购", seed_catalog)
    assert all(reading.by_attribute for reading in found)
    assert {row.label for reading in found for row in reading.rows} == {"复印纸", "台式机", "多功能一体机"}


def test_a_project_goes_before_its_purchases(seed_catalog: DocumentCatalog) -> None:
    (reading,) = readings("区委专项工作经费", seed_catalog)
    assert (reading.table.kind, reading.by_attribute) == ("项目支出表", False)


def test_words_are_read_only_where_words_are_asked_for(seed_catalog: DocumentCatalog) -> None:
    assert not any(reading.is_text for reading in readings("区委专项工作经费多少", seed_catalog))
    asked = readings("区委专项工作经费的年度绩效目标", seed_catalog)
    assert {(reading.table.kind, reading.is_text) for reading in asked} == {("绩效目标表", True)}


# Over every name of the catalogue


def _every_name(catalog: DocumentCatalog, step: int) -> Iterator[tuple[str, tuple[Reading, ...]]]:
    for form, links in sorted(catalog.surfaces.items())[::step]:
        operand = Operand((Token("term", "", form, 0, len(form), links),))
        yield form, readings_of(operand, catalog, Understanding(form))


def test_what_is_added_up_is_one_line_of_several_units(seed_catalog: DocumentCatalog) -> None:
    several = 0
    for form, found in _every_name(seed_catalog, 3):
        for reading in found:
            assert reading.rows, form
            if len(reading.rows) > 1:
                several += 1
                assert len({row.label for row in reading.rows}) == 1, form
                assert len({row.unit for row in reading.rows}) == len(reading.rows), form
                assert not any(row.is_total for row in reading.rows), form
                ids = {row.row_id for row in reading.rows}
                assert not any(ids & set(row.ancestors) for row in reading.rows), form
    assert several


def test_readings_are_of_one_table_and_side_and_come_best_first(seed_catalog: DocumentCatalog) -> None:
    for form, found in _every_name(seed_catalog, 7):
        scores = [round(reading.score, 2) for reading in found]
        assert scores == sorted(scores, reverse=True), form
        for reading in found:
            assert {row.table_id for row in reading.rows} == {reading.table.table_id}, form
            assert reading.column in reading.table.columns, form
            assert all(row.side is None or row.side == reading.column.side for row in reading.rows), form


def test_every_line_of_the_departments_tables_is_found_by_its_printed_name(seed_catalog: DocumentCatalog) -> None:
    """The line itself, or the line above it where that has the same name."""
    missed, asked = [], 0
    fragments = wording_rules()["broken_down"]
    for row in seed_catalog.rows.values():
        kind, name = seed_catalog.tables[row.table_id].kind, normalise(row.label)
        if kind in fragments or kind.startswith("绩效") or kind == "其他表" or name not in seed_catalog.surfaces:
            continue
        asked += 1
        links = seed_catalog.surfaces[name]
        operand = Operand((Token("term", "", name, 0, len(name), links),))
        asking = Understanding(f"{name}，{''.join(seed_catalog.rows[above].label for above in row.ancestors)}")
        found = {r.row_id for reading in readings_of(operand, seed_catalog, asking) for r in reading.rows}
        same = {above for above in row.ancestors if seed_catalog.rows[above].label == row.label}
        if not ({row.row_id} | same) & found:
            missed.append((kind, row.label))
    assert missed == []
    assert asked > 80
