"""Sums that count an amount twice, and sums that don't."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    "连接使一行变多行，再取最大": (
        """SELECT MAX(t.s) FROM (SELECT a.年度, SUM(a.合计) AS s FROM 支出总表 AS a JOIN 项目支出表 AS b
        ON a.年度 = b.年度 WHERE a.合计行 AND b.末级 GROUP BY a.年度) AS t""",
        "“合计”被加了3次",
    ),
    "连接使一行变多行，再求平均": (
        "SELECT AVG(a.合计) FROM 支出总表 AS a JOIN 项目支出表 AS b ON a.年度 = b.年度 WHERE a.末级",
        "被加了4次",
    ),
    "连接使一行变多行，再计数": (
        "SELECT COUNT(a.合计) FROM 支出总表 AS a JOIN 项目支出表 AS b ON a.年度 = b.年度 WHERE a.合计行",
        "“合计”被数了4次",
    ),
    "两边都变多行，再计数": ("SELECT COUNT(*) FROM 支出总表 AS a CROSS JOIN 项目支出表 AS b", "计数重复"),
    "左连接有的多行、有的没有": (
        "SELECT COUNT(*) FROM 支出总表 AS a LEFT JOIN 支出总表 AS b ON b.上级 = a.row_id",
        "“社会保障和就业支出”被数了2次",
    ),
    "左连接之后数左边": (
        "SELECT COUNT(a.科目编码) FROM 支出总表 AS a LEFT JOIN 支出总表 AS b ON b.上级 = a.row_id",
        "被数了2次",
    ),
    "全连接使一行变多行": (
        "SELECT COUNT(*) FROM 支出总表 AS a FULL JOIN 项目支出表 AS b ON a.年度 = b.年度",
        "计数重复",
    ),
    "子查询里连接，外面计数": (
        "SELECT COUNT(t.x) FROM (SELECT a.合计 AS x FROM 支出总表 AS a JOIN 项目支出表 AS b ON a.年度 = b.年度) AS t",
        "计数重复",
    ),
    "HAVING 里的计数": (
        """SELECT a.年度 FROM 支出总表 AS a JOIN 项目支出表 AS b ON a.年度 = b.年度 GROUP BY a.年度
        HAVING COUNT(a.合计) > 1""",
        "计数重复",
    ),
    "窗口里的计数": (
        "SELECT a.年度, COUNT(*) OVER () AS n FROM 支出总表 AS a JOIN 项目支出表 AS b ON a.年度 = b.年度",
        "计数重复",
    ),
    "合并使一行数两次": (
        """SELECT COUNT(*) FROM (SELECT 项目名称 FROM 项目支出表 WHERE 末级 UNION ALL
        SELECT 项目名称 FROM 项目支出表 WHERE 合计 > 100000) AS t""",
        "“档案数字化”被数了2次",
    ),
    "上级加下级": (
        "SELECT a.合计 + b.合计 AS s FROM 支出总表 AS a JOIN 支出总表 AS b ON b.上级 = a.row_id",
        "已包含",
    ),
    "上级加下级，再取最大": (
        "SELECT MAX(t.s) FROM (SELECT a.合计 + b.合计 AS s FROM 支出总表 a JOIN 支出总表 b ON b.上级 = a.row_id) AS t",
        "已包含",
    ),
    "两个子查询相加": (
        """SELECT (SELECT 合计 FROM 支出总表 WHERE 科目编码 = '208' AND 年度 = 2024) - 1
        + (SELECT 合计 FROM 支出总表 WHERE 科目编码 = '20805' AND 年度 = 2024) AS s FROM 三公经费支出表""",
        "“社会保障和就业支出”已包含",
    ),
    "条件里两个子查询相加": (
        """SELECT 科目名称 FROM 支出总表 WHERE 合计 > (SELECT 合计 FROM 支出总表 WHERE 科目编码 = '208' AND 年度 = 2024)
        + (SELECT 合计 FROM 支出总表 WHERE 科目编码 = '20805' AND 年度 = 2024)""",
        "“社会保障和就业支出”已包含",
    ),
    "两个条件合计相加": (
        "SELECT SUM(合计) FILTER (WHERE 层级 = 1) + SUM(合计) FILTER (WHERE 层级 = 2) FROM 支出总表 WHERE 年度 = 2024",
        "已包含",
    ),
    "两层相关子查询": (
        """SELECT 科目名称 FROM 支出总表 AS a WHERE EXISTS (SELECT 1 FROM 支出总表 AS b WHERE b.上级 = a.row_id
        AND b.合计 < (SELECT SUM(c.合计) FROM 支出总表 AS c WHERE c.年度 = b.年度))""",
        "已包含",
    ),
    "同一文件的两种表": (
        """SELECT SUM(x) FROM (SELECT 合计 AS x FROM 支出总表 WHERE 末级 UNION ALL
        SELECT 合计 FROM 项目支出表 WHERE 末级) AS t""",
        "支出总表和项目支出表所列的是同一笔钱",
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
    "连接后数每个下级": """SELECT a.科目名称, COUNT(*), COUNT(b.合计), SUM(b.合计) FROM 支出总表 AS a
        JOIN 支出总表 AS b ON b.上级 = a.row_id GROUP BY a.科目名称, a.row_id""",
    "左连接之后数右边": "SELECT COUNT(b.科目编码) FROM 支出总表 AS a LEFT JOIN 支出总表 AS b ON b.上级 = a.row_id",
    "一对一的全连接": """SELECT COUNT(*) FROM 支出总表 AS a FULL JOIN 一般公共预算支出表 AS b
        ON a.科目名称 = b.科目名称 AND a.年度 = b.年度""",
    "多行里只数不同的": "SELECT COUNT(DISTINCT a.科目编码) FROM 支出总表 AS a CROSS JOIN 项目支出表 AS b",
    "先取最大再相加": """SELECT SUM(t.m) FROM (
        SELECT a.科目编码, MAX(a.合计) AS m FROM 支出总表 AS a JOIN 项目支出表 AS b
        ON a.年度 = b.年度 WHERE a.末级 AND a.年度 = 2024 GROUP BY a.科目编码) AS t""",
    "各层合计里最大的": """SELECT MAX(t.s) FROM (SELECT 层级, SUM(合计) AS s FROM 支出总表 WHERE 年度 = 2024
        GROUP BY 层级) AS t""",
    "合并不同的行再计数": """SELECT COUNT(*) FROM (SELECT 项目名称 FROM 项目支出表 WHERE 年度 = 2024 UNION ALL
        SELECT 项目名称 FROM 项目支出表 WHERE 年度 = 2025) AS t""",
    "同级相加": """SELECT (SELECT 合计 FROM 支出总表 WHERE 科目编码 = '208' AND 年度 = 2024)
        + (SELECT 合计 FROM 支出总表 WHERE 科目编码 = '210' AND 年度 = 2024) AS s FROM 三公经费支出表""",
    "上级减下级": "SELECT a.合计 - b.合计 AS s FROM 支出总表 AS a JOIN 支出总表 AS b ON b.上级 = a.row_id",
    "同一行的两列相加": "SELECT 基本支出 + 项目支出 AS s FROM 支出总表",
    "占比相加": """SELECT SUM(t.r) FROM (SELECT 合计 / SUM(合计) OVER () AS r FROM 项目支出表
        WHERE 末级 AND 年度 = 2024 ORDER BY 合计 DESC LIMIT 2) AS t""",
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


FORMS = {
    "合计": "SELECT SUM(a.合计) FROM 支出总表 AS a WHERE {rows}",
    "平均": "SELECT AVG(a.合计) FROM 支出总表 AS a WHERE {rows}",
    "中位数": "SELECT MEDIAN(a.合计) FROM 支出总表 AS a WHERE {rows}",
    "FILTER": "SELECT SUM(a.合计) FILTER (WHERE {rows}) FROM 支出总表 AS a",
    "CASE": "SELECT SUM(CASE WHEN {rows} THEN a.合计 ELSE 0 END) FROM 支出总表 AS a",
    "CASE 里的 FILTER": "SELECT SUM(CASE WHEN {rows} THEN a.合计 END) FILTER (WHERE 年度 = 2024) FROM 支出总表 AS a",
    "窗口": "SELECT a.合计 / SUM(a.合计) OVER () AS r FROM 支出总表 AS a WHERE {rows}",
    "窗口里的 FILTER": "SELECT a.合计, SUM(a.合计) FILTER (WHERE {rows}) OVER () AS s FROM 支出总表 AS a",
    "窗口里的 CASE": "SELECT a.合计, SUM(CASE WHEN {rows} THEN a.合计 END) OVER () AS s FROM 支出总表 AS a",
    "累计": "SELECT SUM(a.合计) OVER (ORDER BY a.合计 ROWS UNBOUNDED PRECEDING) AS s FROM 支出总表 AS a WHERE {rows}",
    "QUALIFY": "SELECT a.科目名称 FROM 支出总表 AS a WHERE {rows} QUALIFY a.合计 > AVG(a.合计) OVER ()",
    "HAVING": "SELECT a.年度 FROM 支出总表 AS a WHERE {rows} GROUP BY a.年度 HAVING SUM(a.合计) < 0",
    "ORDER BY": "SELECT a.年度 FROM 支出总表 AS a WHERE {rows} GROUP BY a.年度 ORDER BY SUM(a.合计) LIMIT 1",
    "分组的名次": """SELECT a.年度, RANK() OVER (ORDER BY SUM(a.合计)) AS n FROM 支出总表 AS a WHERE {rows}
        GROUP BY a.年度""",
    "DISTINCT": "SELECT DISTINCT SUM(a.合计) AS s FROM 支出总表 AS a WHERE {rows} GROUP BY a.年度",
    "UNION ALL 之后": """SELECT SUM(t.x) FROM (SELECT a.合计 AS x FROM 支出总表 AS a WHERE {rows} AND a.层级 < 2
        UNION ALL SELECT a.合计 FROM 支出总表 AS a WHERE {rows} AND a.层级 = 2) AS t""",
    "UNION ALL 里面": """SELECT SUM(a.合计) AS s FROM 支出总表 AS a WHERE {rows}
        UNION ALL SELECT 公务接待费 FROM 三公经费支出表""",
    "连接": """SELECT SUM(a.合计) FROM 支出总表 AS a JOIN 一般公共预算支出表 AS b
        ON b.科目名称 = a.科目名称 AND b.年度 = a.年度 WHERE {rows}""",
    "外面再取最大": """SELECT MAX(t.s) FROM (SELECT a.年度, SUM(a.合计) AS s FROM 支出总表 AS a WHERE {rows}
        GROUP BY a.年度) AS t""",
    "外面再相加": """SELECT SUM(t.s) FROM (SELECT a.层级, SUM(a.合计) AS s FROM 支出总表 AS a WHERE {rows}
        GROUP BY a.层级) AS t""",
    "WITH 读两次": """WITH t AS (SELECT a.合计 FROM 支出总表 AS a WHERE {rows})
        SELECT 合计 / (SELECT SUM(合计) FROM t) AS r FROM t""",
    "列里的子查询": "SELECT 名称, (SELECT SUM(a.合计) FROM 支出总表 AS a WHERE {rows}) AS s FROM 三公经费支出表",
    "条件里的子查询": "SELECT 名称 FROM 三公经费支出表 WHERE 1 < (SELECT SUM(a.合计) FROM 支出总表 AS a WHERE {rows})",
    "列里的相关子查询": """SELECT 名称, (SELECT SUM(a.合计) FROM 支出总表 AS a WHERE a.年度 = b.年度 AND {rows}) AS s
        FROM 三公经费支出表 AS b""",
    "条件里的相关子查询": """SELECT 名称 FROM 三公经费支出表 AS b
        WHERE 1 < (SELECT SUM(a.合计) FROM 支出总表 AS a WHERE a.年度 = b.年度 AND {rows})""",
    "子查询里取前几": """SELECT SUM(t.x) FROM (SELECT a.合计 AS x FROM 支出总表 AS a WHERE {rows}
        ORDER BY a.合计 DESC LIMIT 100) AS t""",
}
PARENTS = {2: None, 3: 2, 4: None, 5: 4, 6: 4, 7: None, 8: 7}
"""Row number to its parent's in the table of expenditure; row 1 is the total."""


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@settings(max_examples=8)
@given(numbers=st.sets(st.integers(1, 8)))
def test_any_choice_of_rows_is_added_up_exactly_if_no_row_contains_another(
    form: str, numbers: set[int], warehouse: SmallWarehouse, catalogue: Catalogue
) -> None:
    row_ids = ", ".join(f"'d2024.t3.r{number}'" for number in numbers)
    sql = form.format(rows=f"a.row_id IN ({row_ids})" if numbers else "FALSE")
    if (1 in numbers and len(numbers) > 1) or any(PARENTS.get(number) in numbers for number in numbers):
        with pytest.raises(DoubleCounted, match="合计重复计算"):
            run_query(warehouse, catalogue, sql)
    else:
        run_query(warehouse, catalogue, sql)


def test_amounts_of_separate_funds_may_be_added(warehouse: SmallWarehouse, catalogue: Catalogue) -> None:
    views = ("一般公共预算支出表", "政府性基金预算支出表")
    small = SmallWarehouse()
    for number, view in enumerate(views):
        columns = ", ".join(f'"{name}" {kind}' for name, kind in catalogue[views[0]].items())
        small.execute(f'CREATE TABLE "{view}" ({columns})')
        small.add(view, row_id=f"d.t{number}.r1", document_id="d", 合计=number + 1, 末级=True, 合计行=False)
    both = " UNION ALL ".join(f"SELECT 合计 FROM {view}" for view in views)
    assert run_query(small, small.catalogue(), f"SELECT SUM(合计) FROM ({both}) AS t").rows[0].values == (3,)


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
