"""The connection by itself refuses what changes anything or leaves the warehouse, whatever a guard let through."""

from __future__ import annotations

import pytest

from index.warehouse import QueryError, Warehouse
from tests.assistant.model.sql.statements import Statement, read_statements

REASONS = {
    "只读": "attached in read-only mode",
    "设置锁住": "configuration has been locked",
    "不可碰文件": "file system operations are disabled",
    "不装扩展": "Loading external extensions is disabled|in the .* extension|requires the extension",
    "没有这个": "does not exist|No catalog",
}


@pytest.mark.parametrize("statement", read_statements("connection.sql"), ids=lambda statement: statement.sql[:60])
def test_the_connection_refuses(statement: Statement, warehouse: Warehouse) -> None:
    with pytest.raises(QueryError, match=REASONS[statement.comment.removeprefix("连接拒绝：")]):
        warehouse.execute(statement.sql)


def test_nothing_has_changed(warehouse: Warehouse) -> None:
    assert warehouse.count("figures") > 1000
    assert warehouse.execute("SELECT current_setting('enable_external_access')")[1] == [(False,)]
