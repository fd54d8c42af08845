"""Sums that count an amount twice, and sums that don't."""

from __future__ import annotations

import pytest

from assistant.errors import DoubleCounted
from assistant.sql.catalogue import Catalogue
from assistant.sql.query import run_query
from tests.assistant.sql.budgets import SmallWarehouse

TWICE = {
    "合计行与其他行": ("SELECT SUM(合计) FROM 支出总表 WHERE 年度 = 2024 AND 层级 < 2", "合计行“合计”"),
    "上级与下级": (
        "SELECT SUM(合计) FROM 支出总表 WHERE 年度 = 2024 AND 科目编码 LIKE '208%'",
        "“社会保障和就业支出”已包含",
    ),
    "平均数里也不可": ("SELECT AVG(合计) FROM 支出总表 WHERE 科目编码 LIKE '208%'", "已包含"),
    "条件合计": ("SELECT SUM(CASE WHEN 科目编码 LIKE '208%' THEN 合计 END) FROM 支出总表", "已包含"),
    "两层合计": (
        """SELECT SUM(s) FROM
        (SELECT 层级, SUM(合计) AS s FROM 支出总表 WHERE 年度 = 2024 AND NOT 合计行 GROUP BY 层级) AS t""",
        "已包含",
    ),
    "合并后相加": (
        """SELECT SUM(x) FROM
        (SELECT 合计 AS x FROM 支出总表 WHERE 合计行 UNION ALL SELECT 合计 FROM 支出总表 WHERE 末级) AS t""",
        "合计行“合计”",
    ),
    "窗口函数": ("SELECT 合计 / SUM(合计) OVER () FROM 支出总表 WHERE 年度 = 2024", "合计重复计算"),
    "列里的子查询": (
        "SELECT (SELECT SUM(合计) FROM 支出总表 WHERE 年度 = 2024) AS s FROM 支出总表 WHERE 合计行",
        "合计重复",
    ),
    "连接使一行变多行": (
        "SELECT SUM(a.合计) FROM 支出总表 AS a JOIN 项目支出表 AS b ON a.年度 = b.年度 WHERE a.合计行 AND b.末级",
        "“合计”被加了3次",
    ),
    "同一行的几列": ("SELECT SUM(金额) FROM 全部数据 WHERE 年度 = 2024 AND 表号 = '表6'", "一行有几列"),
    "同一文件的几张表": ("SELECT SUM(金额) FROM 全部数据 WHERE 年度 = 2024 AND 列名 = '合计'", "别的表"),
}
ONCE = {
    "末级行": "SELECT SUM(合计) FROM 支出总表 WHERE 末级",
    "同一层": "SELECT SUM(合计) FROM 支出总表 WHERE 层级 = 1",
    "一个合计行": "SELECT SUM(合计) FROM 支出总表 WHERE 合计行 AND 年度 = 2024",
    "几份文件的合计行": "SELECT SUM(合计) FROM 支出总表 WHERE 合计行",
    "按层级分组": "SELECT 层级, SUM(合计) FROM 支出总表 WHERE 年度 = 2024 GROUP BY 层级",
    "末级与合计行各一列": "SELECT SUM(合计) FILTER (WHERE 末级), SUM(合计) FILTER (WHERE 合计行) FROM 支出总表",
    "部分除以合计行": """SELECT SUM(合计) / (SELECT 合计 FROM 支出总表 WHERE 合计行 AND 年度 = 2024) FROM 支出总表
        WHERE 年度 = 2024 AND 科目编码 LIKE '208__'""",
    "只是计数": "SELECT COUNT(*) FROM 支出总表",
    "最大的": "SELECT MAX(合计) FROM 支出总表",
    "先合计再连接": """SELECT a.s, b.项目名称 FROM (SELECT SUM(合计) AS s FROM 支出总表 WHERE 末级 AND 年度 = 2024) AS a
        CROSS JOIN 项目支出表 AS b""",
    "先合计再连接再分组": """SELECT MAX(a.s), COUNT(*) FROM (SELECT SUM(合计) AS s FROM 支出总表 WHERE 末级) AS a
        CROSS JOIN 项目支出表 AS b""",
    "两个不同的列": """SELECT SUM(x) FROM (SELECT 基本支出 AS x FROM 支出总表 WHERE 末级 UNION ALL
        SELECT 项目支出 FROM 支出总表 WHERE 末级) AS t""",
    "一张表的一列": "SELECT SUM(金额) FROM 全部数据 WHERE 年度 = 2024 AND 表号 = '表6' AND 列名 = '合计'",
    "正文里的数": "SELECT SUM(增减额) FROM 正文数据",
}


@pytest.mark.parametrize(("sql", "reason"), TWICE.values(), ids=TWICE.keys())
def test_refused_when_counted_twice(sql: str, reason: str, warehouse: SmallWarehouse, catalogue: Catalogue) -> None:
    with pytest.raises(DoubleCounted, match=reason):
        run_query(warehouse, catalogue, sql)


@pytest.mark.parametrize("sql", ONCE.values(), ids=ONCE.keys())
def test_allowed_when_counted_once(sql: str, warehouse: SmallWarehouse, catalogue: Catalogue) -> None:
    assert run_query(warehouse, catalogue, sql).rows


def test_totals_of_different_units_may_be_added() -> None:
    warehouse, view = _totals("甲所", "乙所")
    assert run_query(warehouse, view, "SELECT SUM(合计) FROM 项目支出表").rows[0].values == (2,)


def test_a_total_of_the_whole_and_one_of_a_unit_may_not() -> None:
    warehouse, view = _totals(None, "乙所")
    with pytest.raises(DoubleCounted):
        run_query(warehouse, view, "SELECT SUM(合计) FROM 项目支出表")


def _totals(*units: str | None) -> tuple[SmallWarehouse, Catalogue]:
    warehouse = SmallWarehouse()
    warehouse.execute(
        "CREATE TABLE 项目支出表 (row_id VARCHAR, document_id VARCHAR, 所属单位 VARCHAR, 项目名称 VARCHAR, "
        "上级 VARCHAR, 末级 BOOLEAN, 合计行 BOOLEAN, 合计 DECIMAL(28, 6))"
    )
    for number, unit in enumerate(units):
        warehouse.add(
            "项目支出表", row_id=f"d.t9.r{number}", document_id="d", 所属单位=unit, 项目名称="小计", 合计行=True, 合计=1
        )
    return warehouse, warehouse.catalogue()
