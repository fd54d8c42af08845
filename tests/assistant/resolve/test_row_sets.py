"""Questions over several rows: which rows they range over, on the seed's catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.catalog import DocumentCatalog
from assistant.resolve import RowSet, row_sets_of
from assistant.understand.types import Operand
from assistant.understand.understand import understand

CENTRE = "中共随州市曾都区委专用通信保障中心"
SALARY = (
    "基本工资 津贴补贴 奖金 绩效工资 机关事业单位基本养老保险缴费 职业年金缴费 职工基本医疗保险缴费 公务员医疗补助 "
    "其他社会保障缴费 住房公积金"
)


def row_sets(question: str, catalog: DocumentCatalog) -> tuple[RowSet, ...]:
    asked = understand(question, catalog)
    return row_sets_of((asked.operands or (Operand(),))[0], catalog, asked)


@pytest.mark.parametrize(
    ("question", "kind", "rows"),
    [
        ("工资福利支出包括哪些", "一般公共预算基本支出表", SALARY),
        ("卫生健康支出的构成", "支出总表", "行政单位医疗 事业单位医疗 公务员医疗补助"),
        ("类级科目有哪些", "支出总表", "一般公共服务支出 社会保障和就业支出 卫生健康支出 住房保障支出"),
        (
            "功能分类有哪几类",
            "一般公共预算支出表",
            "一般公共服务支出 社会保障和就业支出 卫生健康支出 住房保障支出",
        ),
        (
            "功能分类的款级科目有哪些",
            "一般公共预算支出表",
            "党委办公厅(室)及相关机构事务 行政事业单位养老支出 其他社会保障和就业支出 行政事业单位医疗 住房改革支出",
        ),
        ("货物类采购有哪些", "政府采购预算表", "复印纸 防火墙 台式机 多功能一体机"),
        ("采购品目有哪些", "政府采购预算表", "复印纸 防火墙 台式机 其他电信和信息传 多功能一体机"),
        ("区委专项工作经费采购了什么", "政府采购预算表", "台式机 多功能一体机"),
        ("哪些津补贴类项目", "项目支出表", "规范津补贴 改革性津补贴 国家规范性津补贴 改革性津补贴 国家规范性津补贴"),
        ("下属单位有几个", "收入总表", f"中共随州市曾都区委办公室(随州市曾都区档案局) {CENTRE}"),
    ],
)
def test_the_rows_ranged_over(question: str, kind: str, rows: str, seed_catalog: DocumentCatalog) -> None:
    best = row_sets(question, seed_catalog)[0]
    assert best.table.kind == kind
    assert [row.label for row in best.rows] == rows.split()


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("项目有哪些", 41),
        ("通信中心有哪些项目", 14),
        ("本级有哪些项目", 27),
        ("经济科目有哪些", 28),
        ("哪个项目最多", 41),
    ],
)
def test_how_many_rows(question: str, count: int, seed_catalog: DocumentCatalog) -> None:
    best = row_sets(question, seed_catalog)[0]
    assert len(best.rows) == count
    assert best.parent is None


def test_a_units_projects_are_its_own(seed_catalog: DocumentCatalog) -> None:
    assert {row.unit for row in row_sets("通信中心有哪些项目", seed_catalog)[0].rows} == {CENTRE}


def test_the_parent_is_kept(seed_catalog: DocumentCatalog) -> None:
    parent = row_sets("工资福利支出里最高的是哪项", seed_catalog)[0].parent
    assert parent is not None
    assert parent.code == "301"


def test_income_stands_on_the_side_of_income(seed_catalog: DocumentCatalog) -> None:
    best = row_sets("收入来源有哪些", seed_catalog)[0]
    assert best.table.kind == "收支总表"
    assert {row.side for row in best.rows} == {"收入"}
    assert best.column.side == "收入"
    assert "收入总计" not in {row.label for row in best.rows}


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "三公经费由哪些构成",
            "因公出国（境）费 公务用车购置及运行费 公务用车购置费 公务用车运行维护费 公务接待费",
        ),
        ("公务用车购置及运行费由哪些构成", "公务用车购置费 公务用车运行维护费"),
        ("基本支出包括哪些", "人员经费 公用经费"),
    ],
)
def test_parts_that_are_columns(question: str, parts: str, seed_catalog: DocumentCatalog) -> None:
    best = row_sets(question, seed_catalog)[0]
    assert [column.measure for column in best.parts] == parts.split()
    assert len(best.rows) == 1


@pytest.mark.parametrize("question", ["工程采购有哪些", "公务接待费包括哪些"])
def test_what_has_no_rows_below_it_is_no_set(question: str, seed_catalog: DocumentCatalog) -> None:
    assert row_sets(question, seed_catalog) == ()


@pytest.mark.parametrize(
    "question",
    [
        "项目有哪些",
        "科目有哪些",
        "功能科目有哪些",
        "支出最高的三个科目",
        "采购品目有哪些",
        "款级科目有哪些",
        "收入来源有哪些",
        "社会保障和就业支出包括哪些",
        "指标有哪些",
        "各单位的预算",
    ],
)
def test_no_set_holds_a_total_or_a_row_and_its_ancestor(question: str, seed_catalog: DocumentCatalog) -> None:
    found = row_sets(question, seed_catalog)
    assert found
    for row_set in found:
        ids = {row.row_id for row in row_set.rows}
        assert not any(row.is_total or ids & set(row.ancestors) for row in row_set.rows)


def test_a_total_that_is_nobodys_parent_is_no_member_either(seed_catalog: DocumentCatalog) -> None:
    flat = {
        table_id: replace(table, rows=tuple(replace(row, parent=None, ancestors=()) for row in table.rows))
        for table_id, table in seed_catalog.tables.items()
    }
    best = row_sets("采购品目有哪些", replace(seed_catalog, tables=flat))[0]
    assert best.rows
    assert not any(row.is_total for row in best.rows)


@pytest.mark.parametrize("question", ["哪一类收入最多", "收入里最大的是哪项", "收入最高的科目是哪个"])
def test_no_table_of_spending_alone_tells_of_income(question: str, seed_catalog: DocumentCatalog) -> None:
    assert {one.table.kind for one in row_sets(question, seed_catalog)} <= {"收支总表", "收入总表"}


@pytest.mark.parametrize("question", ["支出最大的三项是什么", "最高的两项支出"])
def test_what_all_money_is_spent_on_is_told_by_class(question: str, seed_catalog: DocumentCatalog) -> None:
    best = row_sets(question, seed_catalog)[0]
    assert best.table.kind in ("支出总表", "一般公共预算支出表")
    assert {row.level for row in best.rows} == {1}


def test_a_row_without_a_name_is_ranked_nowhere(seed_catalog: DocumentCatalog) -> None:
    nameless = {
        table_id: replace(table, rows=tuple(replace(row, label="") for row in table.rows))
        for table_id, table in seed_catalog.tables.items()
    }
    assert not row_sets("项目有哪些", replace(seed_catalog, tables=nameless))
