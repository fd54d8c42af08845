"""An invented budget in memory: the wide views of the warehouse as plain tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from index.kinds import KINDS
from index.warehouse import QueryError

UNIT = "云溪市档案馆"
_TYPES = {"amount": "DECIMAL(28, 6)", "quantity": "DECIMAL(28, 6)", "percent": "DECIMAL(28, 6)", "text": "VARCHAR"}
_VIEWS = (
    "支出总表", "一般公共预算支出表", "一般公共预算基本支出表", "三公经费支出表",
    "项目支出表", "政府采购预算表", "绩效指标表",
)  # fmt: skip
_ALL_FIGURES = """CREATE TABLE 全部数据 (row_id VARCHAR, document_id VARCHAR, 部门 VARCHAR, 年度 INTEGER, 表号 VARCHAR,
    表名 VARCHAR, 表种类 VARCHAR, 行号 INTEGER, 行名 VARCHAR, 编码 VARCHAR, 列名 VARCHAR, 所属单位 VARCHAR,
    层级 INTEGER, 上级 VARCHAR, 末级 BOOLEAN, 合计行 BOOLEAN, 原样 VARCHAR, 数值 DECIMAL(28, 6), 金额 DECIMAL(28, 6))"""
_STATEMENTS = """CREATE TABLE 正文数据 (row_id VARCHAR, document_id VARCHAR, 部门 VARCHAR, 年度 INTEGER, 事项 VARCHAR,
    金额 DECIMAL(28, 6), 上年金额 DECIMAL(28, 6), 上年口径 VARCHAR, 增减额 DECIMAL(28, 6), 增减率 DECIMAL(18, 6),
    占比 DECIMAL(18, 6), 数量 DECIMAL(28, 6), 数量单位 VARCHAR, 原因 VARCHAR, 原句 VARCHAR)"""


class SmallWarehouse:
    """Executes queries as the real warehouse does."""

    def __init__(self) -> None:
        self._connection = duckdb.connect()

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        with self._connection.cursor() as cursor:
            try:
                cursor.execute(sql, list(parameters))
                return [column[0] for column in cursor.description or ()], cursor.fetchall()
            except duckdb.Error as error:
                raise QueryError(str(error)) from error

    def catalogue(self) -> dict[str, dict[str, str]]:
        _, rows = self.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY column_index"
        )
        catalogue: dict[str, dict[str, str]] = {}
        for view, column, data_type in rows:
            catalogue.setdefault(view, {})[column] = data_type
        return catalogue

    def add(self, view: str, **values: object) -> None:
        columns, places = ", ".join(f'"{name}"' for name in values), ", ".join("?" for _ in values)
        self.execute(f'INSERT INTO "{view}" ({columns}) VALUES ({places})', list(values.values()))


def invented_budgets() -> SmallWarehouse:
    """Two years of one unit, with a tree of two levels, a total row, projects of two units, purchases and prose."""
    warehouse = SmallWarehouse()
    for view in _VIEWS:
        warehouse.execute(create_view(view))
    warehouse.execute(_ALL_FIGURES)
    warehouse.execute(_STATEMENTS)
    for year, factor in ((2024, 1), (2025, 2)):
        document = {"document_id": f"d{year}", "部门": UNIT, "年度": year}
        _add_expenditure(warehouse, document, factor)
        _add_projects(warehouse, document, factor)
        _add_others(warehouse, document, factor)
    return warehouse


def create_view(view: str) -> str:
    """The columns of a kind's view, as a table."""
    kind = KINDS[view]
    columns = ["row_id VARCHAR", "document_id VARCHAR", "部门 VARCHAR", "年度 INTEGER", "所属单位 VARCHAR"]
    columns += [f'"{kind.code}" VARCHAR', f'"{kind.label}" VARCHAR', "层级 INTEGER", "上级 VARCHAR"]
    columns += ["末级 BOOLEAN", "合计行 BOOLEAN", *(f'"{m.name}" {_TYPES[m.type]}' for m in kind.measures)]
    return f'CREATE TABLE "{view}" ({", ".join(columns)})'


def _add_expenditure(warehouse: SmallWarehouse, document: dict[str, object], factor: int) -> None:
    rows: list[tuple[str | None, str, int, int | None, int, int]] = [
        (None, "合计", 0, None, 3_000_000, 2_200_000),
        ("201", "一般公共服务支出", 1, None, 1_600_000, 1_000_000),
        ("20126", "档案事务", 2, 2, 1_600_000, 1_000_000),
        ("208", "社会保障和就业支出", 1, None, 900_000, 800_000),
        ("20805", "行政事业单位养老支出", 2, 4, 700_000, 700_000),
        ("20899", "其他社会保障和就业支出", 2, 4, 200_000, 100_000),
        ("210", "卫生健康支出", 1, None, 500_000, 400_000),
        ("21011", "公务员医疗补助", 2, 7, 500_000, 400_000),
    ]
    parents = {parent for *_, parent, _, _ in rows if parent}
    for view, table in (("支出总表", "t3"), ("一般公共预算支出表", "t5")):
        for number, (code, label, level, parent, total, basic) in enumerate(rows, start=1):
            if factor == 2 and code == "20899":
                continue
            prefix = f"{document['document_id']}.{table}.r"
            warehouse.add(
                view, row_id=f"{prefix}{number}", **document, 科目编码=code, 科目名称=label, 层级=level,
                上级=f"{prefix}{parent}" if parent else None, 末级=level > 0 and number not in parents,
                合计行=level == 0, 合计=total * factor, 基本支出=basic * factor, 项目支出=(total - basic) * factor,
                公用经费=basic * factor // 5 if view != "支出总表" else None,
            )  # fmt: skip


def _add_projects(warehouse: SmallWarehouse, document: dict[str, object], factor: int) -> None:
    prefix = f"{document['document_id']}.t9.r"
    rows: list[tuple[str, str, int, int | None, str | None]] = [
        ("合计", UNIT, 800_000, None, None),
        ("档案数字化", UNIT, 600_000, 1, "p1"),
        ("库房空调", UNIT, 150_000, 1, "p2"),
        ("查阅窗口", "云溪市档案服务中心", 50_000, 1, "p3"),
    ]
    for number, (name, unit, total, parent, code) in enumerate(rows, start=1):
        warehouse.add(
            "项目支出表", row_id=f"{prefix}{number}", **document, 所属单位=unit, 项目编码=code, 项目名称=name,
            层级=1 if parent else 0, 上级=f"{prefix}{parent}" if parent else None, 末级=bool(parent), 合计行=not parent,
            合计=total * factor,
        )  # fmt: skip


def _add_others(warehouse: SmallWarehouse, document: dict[str, object], factor: int) -> None:
    row = f"{document['document_id']}.t%s.r1"
    flat = {**document, "层级": 1, "末级": True, "合计行": False}
    warehouse.add("三公经费支出表", row_id=row % 7, **flat, 名称=UNIT, 三公经费合计=30_000 * factor, 公务接待费=9_000)
    warehouse.add(
        "政府采购预算表",
        row_id=row % 10,
        **flat,
        采购品目="台式计算机",
        采购金额=50_000,
        采购数量=10,
        单价=5_000,
        计量单位="台",
    )
    warehouse.add(
        "绩效指标表", row_id=row % 12, **flat, 三级指标="数字化卷数", 计算符号="≥", 指标值="2000", 计量单位="卷"
    )
    warehouse.add("绩效指标表", row_id=f"{row % 12}0", **flat, 三级指标="群众满意", 指标值="满意")
    warehouse.add(
        "一般公共预算基本支出表",
        row_id=row % 6,
        **flat,
        科目编码="30112",
        科目名称="公务员医疗补助",
        合计=400_000 * factor,
    )
    warehouse.add(
        "正文数据", row_id=f"{document['document_id']}.s1", **document, 事项="公务接待费", 金额=9_000, 增减额=-1_000,
        原因="压缩开支", 原句="公务接待费0.9万元，比上年减少0.1万元，原因是压缩开支。",
    )  # fmt: skip
    for column, name in ((3, "合计"), (4, "基本支出")):
        warehouse.add(
            "全部数据", row_id=f"{row % 6}.c{column}", **flat, 表号="表6", 表名="基本支出表", 行号=1, 行名="培训费",
            列名=name, 原样="1.20", 数值="1.2", 金额=12_000,
        )  # fmt: skip
    warehouse.add(
        "全部数据", row_id=f"{row % 3}.c3", **flat, 表号="表3", 表名="支出总表", 行号=1, 行名="培训费", 列名="合计",
        原样="1.20", 数值="1.2", 金额=12_000,
    )  # fmt: skip
