"""Which rows and which cells a result is traced to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.errors import UntraceableQuery
from assistant.sql.catalogue import Catalogue
from assistant.sql.evidence import trace
from assistant.sql.guard import guard
from assistant.sql.run import ResultSet, evidence_cells, run
from tests.assistant.sql.budgets import SmallWarehouse


class Asker:
    """Runs a statement and tells its evidence in short: ``t3.r4`` for the row, ``t3.r4 合计`` for the cell."""

    def __init__(self, warehouse: SmallWarehouse, catalogue: Catalogue) -> None:
        self._warehouse = warehouse
        self._catalogue = catalogue

    def __call__(self, sql: str) -> ResultSet:
        return run(self._warehouse, trace(guard(sql, self._catalogue), self._catalogue))

    def rows(self, sql: str) -> list[list[str]]:
        return [[_short(row_id) for _, row_id in row.evidence] for row in self(sql).rows]

    def cells(self, sql: str, column: int = 0) -> list[list[str]]:
        result = self(sql)
        return [
            [f"{_short(cell.row_id)} {cell.column}" for cell in evidence_cells(result, row, column)]
            for row in range(len(result.rows))
        ]

    def context(self, sql: str) -> list[list[str]]:
        return [[_short(row_id) for _, row_id in row.context] for row in self(sql).rows]


def _short(row_id: str) -> str:
    return row_id.removeprefix("d2024.").replace("d2025.", "次年 ")


@pytest.fixture
def ask(warehouse: SmallWarehouse, catalogue: Catalogue) -> Asker:
    return Asker(warehouse, catalogue)


def test_a_row_rests_on_itself_and_a_value_on_its_cell(ask: Asker) -> None:
    sql = "SELECT 科目名称, 合计 FROM 支出总表 WHERE 年度 = 2024 AND 科目编码 IN ('208', '210') ORDER BY 合计 DESC"
    assert ask.rows(sql) == [["t3.r4"], ["t3.r7"]]
    assert ask.cells(sql, 1) == [["t3.r4 合计"], ["t3.r7 合计"]]
    assert [column.is_cell for column in ask(sql).columns] == [True, True]


def test_a_sum_rests_on_every_row(ask: Asker) -> None:
    sql = "SELECT SUM(合计) AS 合计, COUNT(*) AS 个数 FROM 支出总表 WHERE 末级 AND 年度 = 2024"
    assert ask(sql).rows[0].values == (Decimal(3_000_000), 4)
    assert ask.rows(sql) == [["t3.r3", "t3.r5", "t3.r6", "t3.r8"]]
    assert ask.cells(sql) == [["t3.r3 合计", "t3.r5 合计", "t3.r6 合计", "t3.r8 合计"]]
    assert [column.aggregate for column in ask(sql).columns] == ["sum", "count"]


def test_counted_rows_are_cited_by_their_label(ask: Asker) -> None:
    sql = "SELECT COUNT(*) FROM 项目支出表 WHERE 末级 AND 年度 = 2024"
    assert ask.cells(sql) == [["t9.r2 项目名称", "t9.r3 项目名称", "t9.r4 项目名称"]]
    assert ask(sql).columns[0].sources == frozenset()


def test_an_empty_sum_rests_on_nothing(ask: Asker) -> None:
    row = ask("SELECT SUM(合计), COUNT(*) FROM 支出总表 WHERE 年度 = 1999").rows[0]
    assert (row.values, row.evidence) == ((None, 0), ())


def test_groups_keep_their_own_rows(ask: Asker) -> None:
    sql = "SELECT 年度, SUM(合计) FROM 支出总表 WHERE 科目编码 LIKE '208__' GROUP BY 年度 ORDER BY 年度"
    assert ask.rows(sql) == [["t3.r5", "t3.r6"], ["次年 t3.r5"]]


def test_equal_rows_of_distinct_and_union_share_their_evidence(ask: Asker) -> None:
    assert ask.rows("SELECT DISTINCT 部门 FROM 项目支出表 WHERE 合计行") == [["t9.r1", "次年 t9.r1"]]
    union = """SELECT 科目名称 FROM 支出总表 WHERE 科目编码 = '210'
        UNION SELECT 科目名称 FROM 一般公共预算支出表 WHERE 科目编码 = '210'"""
    assert ask.rows(union) == [["t3.r7", "次年 t3.r7", "t5.r7", "次年 t5.r7"]]


def test_duplicates_of_union_all_stay_apart(ask: Asker) -> None:
    sql = "SELECT 合计 FROM 支出总表 WHERE 合计行 AND 年度 = 2024"
    assert ask.rows(f"{sql} UNION ALL {sql}") == [["t3.r1"], ["t3.r1"]]


def test_a_view_joined_with_itself_keeps_the_sides_apart(ask: Asker) -> None:
    sql = """SELECT 今.合计 AS 今年, 去.合计 AS 去年, 今.合计 - 去.合计 AS 增加 FROM 支出总表 AS 今 JOIN 支出总表 AS 去
        ON 今.科目编码 = 去.科目编码 WHERE 今.年度 = 2025 AND 去.年度 = 2024 AND 今.科目编码 = '208'"""
    assert ask.cells(sql, 0) == [["次年 t3.r4 合计"]]
    assert ask.cells(sql, 1) == [["t3.r4 合计"]]
    assert ask.cells(sql, 2) == [["次年 t3.r4 合计", "t3.r4 合计"]]
    assert [column.is_cell for column in ask(sql).columns] == [True, True, False]


def test_a_cte_read_twice_keeps_the_readings_apart(ask: Asker) -> None:
    sql = """WITH 社保 AS (SELECT 年度, 合计 FROM 支出总表 WHERE 科目编码 = '208')
        SELECT a.合计 AS 今年, b.合计 AS 去年 FROM 社保 AS a JOIN 社保 AS b ON a.年度 = b.年度 + 1"""
    assert ask.cells(sql, 0) == [["次年 t3.r4 合计"]]
    assert ask.cells(sql, 1) == [["t3.r4 合计"]]


def test_the_missing_side_of_an_outer_join_is_no_evidence(ask: Asker) -> None:
    sql = """SELECT a.科目名称, b.合计 FROM 支出总表 AS a
        LEFT JOIN 支出总表 AS b ON a.科目编码 = b.科目编码 AND b.年度 = 2025
        WHERE a.年度 = 2024 AND a.科目编码 = '20899'"""
    assert ask.rows(sql) == [["t3.r6"]]
    assert ask.cells(sql, 1) == [[]]


def test_a_ratio_of_two_subqueries(ask: Asker) -> None:
    sql = """SELECT a.s / b.s AS 占比
        FROM (SELECT SUM(合计) AS s FROM 支出总表 WHERE 年度 = 2024 AND 科目编码 LIKE '208__') AS a
        CROSS JOIN (SELECT 合计 AS s FROM 支出总表 WHERE 年度 = 2024 AND 合计行) AS b"""
    assert ask(sql).rows[0].values == (Decimal("0.3"),)
    assert ask.cells(sql) == [["t3.r5 合计", "t3.r6 合计", "t3.r1 合计"]]


def test_a_subquery_in_a_column_is_evidence(ask: Asker) -> None:
    sql = """SELECT 合计 / (SELECT 合计 FROM 支出总表 WHERE 合计行 AND 年度 = 2024) AS 占比, 科目名称 FROM 支出总表
        WHERE 科目编码 = '208' AND 年度 = 2024"""
    assert ask.cells(sql, 0) == [["t3.r4 合计", "t3.r1 合计"]]
    assert ask.cells(sql, 1) == [["t3.r4 科目名称"]]
    assert ask.context(sql) == [[]]


@pytest.mark.parametrize(
    "condition",
    [
        "合计 > (SELECT AVG(合计) FROM 项目支出表 WHERE 末级 AND 年度 = 2024)",
        "row_id IN (SELECT row_id FROM 项目支出表 WHERE 末级 AND 年度 = 2024) AND 项目编码 = 'p1'",
        "项目编码 = 'p1' AND EXISTS (SELECT 1 FROM 项目支出表 WHERE 末级 AND 年度 = 2024)",
    ],
)
def test_a_subquery_in_a_condition_is_context(condition: str, ask: Asker) -> None:
    sql = f"SELECT 合计 FROM 项目支出表 WHERE 末级 AND 年度 = 2024 AND {condition}"
    assert ask.rows(sql) == [["t9.r2"]]
    assert sorted(ask.context(sql)[0]) == ["t9.r2", "t9.r3", "t9.r4"]


def test_context_passes_through_groups_and_unions(ask: Asker) -> None:
    big = """SELECT 年度, 合计 FROM 项目支出表
        WHERE 末级 AND 合计 > (SELECT 公务接待费 FROM 三公经费支出表 WHERE 年度 = 2024)"""
    sql = f"SELECT SUM(合计) FROM ({big}) AS t UNION ALL SELECT 合计 FROM 支出总表 WHERE 合计行 AND 年度 = 2024"
    assert ask.context(sql) == [["t7.r1"], []]


def test_a_filter_narrows_the_evidence_of_its_column(ask: Asker) -> None:
    sql = """SELECT SUM(CASE WHEN 科目编码 LIKE '208%' THEN 合计 ELSE 0 END) AS 社保, COUNT_IF(合计 > 600000) AS 大项,
        MAX(合计) FILTER (WHERE 科目编码 = '21011') AS 医疗 FROM 支出总表 WHERE 末级 AND 年度 = 2024"""
    assert ask.cells(sql, 0) == [["t3.r5 合计", "t3.r6 合计"]]
    assert ask.cells(sql, 1) == [["t3.r3 科目名称", "t3.r5 科目名称"]]
    assert ask.cells(sql, 2) == [["t3.r8 合计"]]


def test_a_filter_over_groups_narrows_to_the_rows_of_the_groups(ask: Asker) -> None:
    sql = """SELECT SUM(s) FILTER (WHERE 年度 = 2025) AS 今年, SUM(s) AS 两年
        FROM (SELECT 年度, SUM(合计) AS s FROM 支出总表 WHERE 科目编码 LIKE '208__' GROUP BY 年度) AS t"""
    assert ask.cells(sql, 0) == [["次年 t3.r5 合计"]]
    assert ask.cells(sql, 1) == [["t3.r5 合计", "t3.r6 合计", "次年 t3.r5 合计"]]


def test_a_condition_is_no_value(ask: Asker) -> None:
    sql = "SELECT CASE WHEN 项目支出 > 0 THEN 基本支出 ELSE 合计 END AS x FROM 支出总表 WHERE 合计行 AND 年度 = 2024"
    assert ask(sql).columns[0].sources == {("支出总表", "基本支出"), ("支出总表", "合计")}


def test_a_window_rests_on_its_partition(ask: Asker) -> None:
    sql = """SELECT 项目名称, RANK() OVER (PARTITION BY 年度 ORDER BY 合计 DESC) AS 名次 FROM 项目支出表
        WHERE 末级 ORDER BY 年度, 名次 LIMIT 1"""
    assert ask.cells(sql, 0) == [["t9.r2 项目名称"]]
    assert ask.cells(sql, 1) == [["t9.r2 合计", "t9.r3 合计", "t9.r4 合计"]]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 项目名称 FROM 项目支出表 WHERE 末级 QUALIFY ROW_NUMBER() OVER (PARTITION BY 年度 ORDER BY 合计) = 3",
        "SELECT 项目名称 FROM 项目支出表 WHERE 末级 QUALIFY 合计 > AVG(合计) OVER (PARTITION BY 年度)",
        """SELECT t.项目名称 FROM (SELECT 项目名称, 合计 - AVG(合计) OVER (PARTITION BY 年度) AS d FROM 项目支出表
            WHERE 末级) AS t WHERE t.d > 0""",
        """SELECT 项目名称 FROM 项目支出表 AS a WHERE 末级 AND 合计 =
            (SELECT MAX(b.合计) FROM 项目支出表 AS b WHERE b.年度 = a.年度 AND b.末级)""",
    ],
    ids=["名次", "窗口里的平均", "子查询里的窗口", "相关子查询"],
)
def test_the_rows_a_row_was_compared_with_are_its_context(sql: str, ask: Asker) -> None:
    assert sorted(ask.rows(sql)) == [["t9.r2"], ["次年 t9.r2"]]  # no order is asked for
    assert sorted(sorted(context) for context in ask.context(sql)) == [
        ["t9.r2", "t9.r3", "t9.r4"],
        ["次年 t9.r2", "次年 t9.r3", "次年 t9.r4"],
    ]


def test_what_a_window_reads_of_a_join_is_cited_and_its_partners_are_context(ask: Asker) -> None:
    sql = """SELECT a.科目名称, RANK() OVER (ORDER BY a.合计 DESC) AS n FROM 支出总表 AS a JOIN 一般公共预算支出表 AS b
        ON b.科目编码 = a.科目编码 AND b.年度 = a.年度 WHERE a.年度 = 2024 AND a.层级 = 1 ORDER BY n LIMIT 1"""
    assert ask.cells(sql, 1) == [["t3.r2 合计", "t3.r4 合计", "t3.r7 合计"]]
    assert ask.context(sql) == [["t5.r2", "t5.r4", "t5.r7"]]


def test_windows_over_groups_rest_on_the_rows_of_all_groups(ask: Asker) -> None:
    sql = """SELECT 年度, SUM(合计) AS s, SUM(合计) / SUM(SUM(合计)) OVER () AS 占比 FROM 支出总表
        WHERE 科目编码 LIKE '208__' GROUP BY 年度 ORDER BY 年度"""
    assert ask.cells(sql, 1) == [["t3.r5 合计", "t3.r6 合计"], ["次年 t3.r5 合计"]]
    assert [sorted(cells) for cells in ask.cells(sql, 2)] == [["t3.r5 合计", "t3.r6 合计", "次年 t3.r5 合计"]] * 2


def test_a_correlated_subquery_rests_on_the_rows_that_belong_to_the_row(ask: Asker) -> None:
    sql = """SELECT 科目名称, (SELECT SUM(b.合计) FROM 支出总表 AS b WHERE b.上级 = a.row_id) AS s FROM 支出总表 AS a
        WHERE 层级 = 1 AND 年度 = 2024 ORDER BY 科目编码"""
    assert ask.cells(sql, 1) == [["t3.r3 合计"], ["t3.r5 合计", "t3.r6 合计"], ["t3.r8 合计"]]


def test_what_is_held_in_common_rests_on_both_sides_and_what_is_left_on_its_own(ask: Asker) -> None:
    both = """SELECT 科目编码 FROM 支出总表 WHERE 层级 = 2 AND 年度 = 2024 {}
        SELECT 科目编码 FROM 支出总表 WHERE 层级 = 2 AND 年度 = 2025 ORDER BY 科目编码"""
    assert ask.rows(both.format("INTERSECT")) == [[f"t3.r{n}", f"次年 t3.r{n}"] for n in (3, 5, 8)]
    assert ask.rows(both.format("EXCEPT")) == [["t3.r6"]]
    assert sorted(ask.context(both.format("EXCEPT"))[0]) == [f"次年 t3.r{n}" for n in (3, 5, 8)]


def test_a_condition_within_a_condition_narrows_the_cells(ask: Asker) -> None:
    sql = "SELECT SUM(CASE WHEN 末级 THEN 合计 END) FILTER (WHERE 科目编码 LIKE '208%') FROM 支出总表 WHERE 年度 = 2024"
    assert ask.cells(sql) == [["t3.r5 合计", "t3.r6 合计"]]


def test_a_rank_that_only_selects_is_no_evidence(ask: Asker) -> None:
    sql = """SELECT 项目名称 FROM (SELECT 项目名称, ROW_NUMBER() OVER (PARTITION BY 年度 ORDER BY 合计 DESC) AS n
        FROM 项目支出表 WHERE 末级 AND 年度 = 2024) AS t WHERE n = 2"""
    assert ask.rows(sql) == [["t9.r3"]]


def test_a_share_of_groups_by_a_window(ask: Asker) -> None:
    sql = """SELECT 年度, s / SUM(s) OVER () AS 占比 FROM
        (SELECT 年度, SUM(合计) AS s FROM 支出总表 WHERE 科目编码 LIKE '208__' GROUP BY 年度) AS t ORDER BY 年度"""
    assert ask.cells(sql, 0) == [["t3.r5 年度", "t3.r6 年度"], ["次年 t3.r5 年度"]]
    assert [sorted(cells) for cells in ask.cells(sql, 1)] == [["t3.r5 合计", "t3.r6 合计", "次年 t3.r5 合计"]] * 2


def test_evidence_is_in_printed_order_and_ties_are_taken_so(warehouse: SmallWarehouse, catalogue: Catalogue) -> None:
    columns = catalogue["项目支出表"]
    small = SmallWarehouse()
    small.execute(f"CREATE TABLE 项目支出表 ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    for number in (11, 2, 10, 1, 9):
        small.add("项目支出表", row_id=f"d.t9.r{number}", 合计=5)
    asker = Asker(small, {"项目支出表": columns})
    assert asker.rows("SELECT SUM(合计) FROM 项目支出表") == [[f"d.t9.r{n}" for n in (1, 2, 9, 10, 11)]]
    assert asker.rows("SELECT 合计 FROM 项目支出表 ORDER BY 合计 LIMIT 2") == [["d.t9.r1"], ["d.t9.r2"]]


def test_a_view_without_row_id_cannot_be_cited(ask: Asker) -> None:
    with pytest.raises(UntraceableQuery, match="没有行标识"):
        trace(guard("SELECT x FROM v", {"v": {"x": "INTEGER"}}), {"v": {"x": "INTEGER"}})
