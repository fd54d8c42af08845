"""Figures are recomputed from cells alone; what counts anything twice, or is not traced, is no figure."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from assistant.catalog import DocumentCatalog
from assistant.library import Library
from assistant.model.sql.errors import Unproved
from assistant.model.sql.guard import Catalogue, guard
from assistant.model.sql.proof import proved
from assistant.model.sql.run import Runner
from assistant.model.sql.trace import trace
from tests.assistant.model.sql.conftest import Prove

BASIC = "一般公共预算基本支出表"
GOODS = f"FROM {BASIC} AS a JOIN {BASIC} AS p ON a.上级 = p.row_id WHERE p.科目名称 = '商品和服务支出'"
TWICE = {
    "合计行与其他行": ("SELECT SUM(合计) AS s FROM 支出总表 WHERE 层级 < 2", "已包含|合计行"),
    "上级与下级": ("SELECT SUM(合计) AS s FROM 支出总表 WHERE 科目编码 LIKE '208%'", "已包含"),
    "平均数里也不可": ("SELECT AVG(合计) AS s FROM 支出总表 WHERE 科目编码 LIKE '208%'", "已包含"),
    "最大的里也不可": ("SELECT MAX(合计) AS s FROM 支出总表", "已包含|合计行"),
    "计数里也不可": ("SELECT COUNT(*) AS n FROM 项目支出表", "已包含|合计行"),
    "排名里也不可": ("SELECT 科目名称, 合计 FROM 支出总表 ORDER BY 合计 DESC LIMIT 3", "已包含|合计行"),
    "窗口里也不可": (
        "SELECT 科目名称, 合计 FROM 支出总表 QUALIFY RANK() OVER (ORDER BY 合计 DESC) = 2", "已包含|合计行",
    ),
    "条件里的平均也不可": (
        "SELECT 科目名称, 合计 FROM 支出总表 WHERE 末级 AND 合计 > (SELECT AVG(合计) FROM 支出总表)", "已包含|合计行",
    ),
    "条件合计": ("SELECT SUM(CASE WHEN 科目编码 LIKE '208%' THEN 合计 END) AS s FROM 支出总表", "已包含|合计行"),
    "两层合计": (
        "SELECT SUM(t.s) AS s FROM (SELECT 科目名称, SUM(合计) AS s FROM 支出总表 GROUP BY 科目名称) AS t", "已包含",
    ),
    "连接使一行变多行": (
        "SELECT SUM(a.合计) AS s FROM 支出总表 AS a CROSS JOIN 项目支出表 AS b WHERE a.末级 AND b.末级", "不止一次",
    ),
    "连接使一行变多行再计数": (
        "SELECT COUNT(a.合计) AS n FROM 支出总表 AS a CROSS JOIN 项目支出表 AS b WHERE a.末级 AND b.末级", "不止一次",
    ),
    "合并使一行加两次": (
        "SELECT SUM(t.x) AS s FROM (SELECT 合计 AS x FROM 支出总表 WHERE 末级 UNION ALL SELECT 合计 FROM 支出总表 "
        "WHERE 末级) AS t", "不止一次|两次",
    ),
    "两张表": (
        "SELECT SUM(t.x) AS s FROM (SELECT 合计 AS x FROM 支出总表 WHERE 末级 UNION ALL SELECT 合计 FROM 项目支出表 "
        "WHERE 末级) AS t", "同一笔钱",
    ),
    "收入和支出": ("SELECT SUM(预算数) AS s FROM 收支总表 WHERE 末级", "收入和支出"),
    "一行里的几列": ("SELECT 科目名称, 合计 + 基本支出 AS s FROM 支出总表 WHERE 末级", "互相包含"),
    "一格加两次": ("SELECT 科目名称, 合计 + 合计 AS s FROM 支出总表 WHERE 末级", "两次"),
    "合计行的中位数": ("SELECT MEDIAN(合计) AS m FROM 支出总表 WHERE 合计行", "合计行|只有一行"),
    "一行的平均": (f"SELECT AVG(合计) AS m FROM {BASIC} WHERE 科目名称 = '商品和服务支出'", "只有一行"),
    "子查询里并列的第一": (
        f"SELECT SUM(t.合计) AS s FROM (SELECT a.合计 {GOODS} AND a.合计 = 50000 ORDER BY a.合计 LIMIT 1) AS t", "并列",
    ),
}  # fmt: skip
INVENTED = {
    "数本身": ("SELECT 科目名称, 合计, 99999.99 * 1 AS x FROM 支出总表 WHERE 末级", "只可把比值"),
    "加上一个数": ("SELECT 科目名称, 合计 + 99999 AS x FROM 支出总表 WHERE 末级", "单位不同"),
    "乘以一个数": ("SELECT 科目名称, 合计 * 3 AS x FROM 支出总表 WHERE 末级", "只可把比值"),
    "除以一个数": ("SELECT 科目名称, 合计 / 3 AS x FROM 支出总表 WHERE 末级", "被除数"),
    "空格换成一个数": ("SELECT 科目名称, COALESCE(上缴上级支出, 99999) AS x FROM 支出总表 WHERE 末级", "不是从表里来"),
    "条件换成一个数": (
        "SELECT 科目名称, CASE WHEN 末级 THEN 99999 ELSE 合计 END AS x FROM 支出总表", "不是从表里来",
    ),
    "合计里的一个数": (
        "SELECT SUM(CASE WHEN 科目编码 LIKE '208%' THEN 合计 ELSE 5 END) AS x FROM 支出总表 WHERE 末级",
        "只可有表里的数",
    ),
    "没有名目的数": ("SELECT 层级 FROM 支出总表 WHERE 末级", "追不到"),
    "字数": ("SELECT LENGTH(科目名称) AS x FROM 支出总表 WHERE 末级", "追不到"),
    "不同单位": ("SELECT 采购品目, 采购金额 + 采购数量 AS x FROM 政府采购预算表 WHERE 末级", "单位不同"),
    "四舍五入之后再算": ("SELECT ROUND(合计 / 基本支出, 1) / 合计 AS x FROM 支出总表 WHERE 末级", "四舍五入|单位"),
}  # fmt: skip


@pytest.mark.parametrize(("sql", "reason"), TWICE.values(), ids=TWICE.keys())
def test_what_counts_anything_twice_is_refused(sql: str, reason: str, prove: Prove) -> None:
    with pytest.raises(Unproved, match=reason):
        prove(sql)


@pytest.mark.parametrize(("sql", "reason"), INVENTED.values(), ids=INVENTED.keys())
def test_what_is_not_made_of_cells_is_no_figure(sql: str, reason: str, prove: Prove) -> None:
    with pytest.raises(Unproved, match=reason):
        prove(sql)


def cells(library: Library, catalog: DocumentCatalog, parent: str) -> dict[str, Decimal]:
    """The amounts of the rows below one of the basic expenditure, read without SQL."""
    (table,) = [table for table in catalog.tables.values() if table.kind == BASIC]
    above = next(row.row_id for row in table.rows if row.label == parent)
    rows = {row.row_id: row.label for row in table.rows if row.ancestors[:1] == (above,)}
    found = library.figures(rows)
    return {
        rows[row_id]: cell.amount_yuan
        for row_id, figures in found.items()
        for cell in figures
        if cell.measure == "合计" and cell.amount_yuan is not None
    }


def test_aggregates_are_what_the_cells_come_to(
    prove: Prove, seed_library: Library, seed_catalog: DocumentCatalog
) -> None:
    amounts = sorted(cells(seed_library, seed_catalog, "商品和服务支出").values())
    (line,) = prove(
        f"SELECT SUM(a.合计) AS s, AVG(a.合计) AS m, MEDIAN(a.合计) AS d, MIN(a.合计) AS l, MAX(a.合计) AS h, "
        f"COUNT(*) AS n {GOODS}"
    )
    count = len(amounts)
    middle = (amounts[(count - 1) // 2] + amounts[count // 2]) / 2
    wanted = [sum(amounts), sum(amounts) / count, middle, amounts[0], amounts[-1], Decimal(count)]
    assert [number.exact for number in line.numbers] == wanted
    assert [number.value.unit for number in line.numbers] == ["万元"] * 5 + ["个"]
    assert {len(number.cells) for number in line.numbers} == {count}


def test_shares_are_per_cents_and_name_what_is_of_what(prove: Prove) -> None:
    (line,) = prove(f"SELECT a.科目名称, a.合计 / p.合计 * 100 AS r {GOODS} AND a.科目名称 = '差旅费'")
    assert (line.labels, line.numbers[0].name) == (("差旅费",), "差旅费占商品和服务支出的比重")
    assert line.numbers[0].value.shown() == "16.06 %"
    assert [cell.row_label for cell in line.numbers[0].cells] == ["差旅费", "商品和服务支出"]


def test_amounts_may_be_had_in_wan_and_stay_exact(prove: Prove) -> None:
    (line,) = prove(f"SELECT 合计 / 10000 AS w FROM {BASIC} WHERE 科目名称 = '差旅费'")
    assert (line.numbers[0].exact, line.numbers[0].value.shown()) == (Decimal("12.6"), "12.60 万元")


def test_rounding_is_the_codes_own(prove: Prove) -> None:
    (line,) = prove(f"SELECT ROUND(合计 / 10000, 0) AS w FROM {BASIC} WHERE 科目名称 = '差旅费'")
    assert line.numbers[0].value.shown() == "12.60 万元"


def test_rows_that_tie_with_the_last_one_are_all_given(prove: Prove) -> None:
    lines = prove(f"SELECT a.科目名称, a.合计 {GOODS} AND a.合计 <= 50000 ORDER BY a.合计 DESC LIMIT 1")
    assert [line.labels for line in lines] == [("办公费",), ("印刷费",)]


def test_only_the_one_document_is_seen(views: Catalogue) -> None:
    sql = "WITH t AS (SELECT 合计 FROM 支出总表) SELECT 合计 FROM t WHERE 合计 > (SELECT AVG(合计) FROM 项目支出表)"
    made = trace(guard(sql, views), "d'x").sql
    assert made.count('FROM "支出总表"') == made.count("\"document_id\" = 'd''x'") - made.count('FROM "项目支出表"')


@pytest.mark.parametrize(
    ("column", "value"),
    [(1, "126001.000000"), (1, None), (1, "NaN"), (1, "十二万"), (0, "办公费")],
    ids=["another value", "nothing", "no number", "words", "another name"],
)
def test_what_the_database_says_otherwise_is_not_believed(
    column: int, value: str | None, views: Catalogue, runner: Runner, seed_catalog: DocumentCatalog,
    seed_library: Library,
) -> None:  # fmt: skip
    traced = trace(
        guard(f"SELECT 科目名称, 合计 FROM {BASIC} WHERE 科目名称 = '差旅费'", views), seed_catalog.document_id
    )
    (rows,) = runner.run([traced.sql])
    assert proved(traced, rows, [], seed_catalog, seed_library)
    rows[0][column] = value
    with pytest.raises(Unproved):
        proved(traced, rows, [], seed_catalog, seed_library)


@pytest.mark.parametrize(
    "formula",
    [
        ["c", "nirgends.t1.r1", "合计"],
        ["n", "126000"],
        ["+", ["n", "1"], ["n", "125999"]],
        ["c", "{row}", "层级"],
    ],
    ids=["a row of nowhere", "a number", "numbers", "no printed column"],
)  # fmt: skip
def test_a_forged_trace_proves_nothing(
    formula: list[object], views: Catalogue, runner: Runner, seed_catalog: DocumentCatalog, seed_library: Library
) -> None:
    traced = trace(guard(f"SELECT 合计 FROM {BASIC} WHERE 科目名称 = '差旅费'", views), seed_catalog.document_id)
    (rows,) = runner.run([traced.sql])
    (row,) = json.loads(rows[0][2] or "")
    rows[0][1] = json.dumps(formula, ensure_ascii=False).replace("{row}", row)
    with pytest.raises(Unproved):
        proved(traced, rows, [], seed_catalog, seed_library)
