"""The process in which SQL that a model wrote runs: one line of statements in, one line of their rows out.

Its address space is limited, so that nothing in it can exhaust the machine; whoever started it ends it when it is late.
``python -m assistant.model.sql.worker WAREHOUSE MEMORY SECONDS``.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from math import prod
from pathlib import Path
from typing import Any, Final, TextIO

from index.warehouse import QueryError, Warehouse, open_warehouse

MOST_ESTIMATED: Final = 2_000_000
"""Rows that a join may come to by DuckDB's estimate."""

_ESTIMATE: Final = "Estimated Cardinality"


def serve(warehouse: Warehouse, requests: TextIO, replies: TextIO) -> None:
    """Says that it is ready, then answers until there is nothing more to come."""
    _say(replies, {"rows": []})
    for line in requests:
        _say(replies, _reply(warehouse, json.loads(line)))


def _say(replies: TextIO, reply: dict[str, Any]) -> None:
    replies.write(json.dumps(reply, ensure_ascii=False) + "\n")
    replies.flush()


def _reply(warehouse: Warehouse, statements: list[str]) -> dict[str, Any]:
    """The rows of each statement, all values as texts; or why there are none."""
    try:
        for sql in statements:
            if (rows := estimated(warehouse, sql)) > MOST_ESTIMATED:
                return {"problem": f"查询要连接约 {rows} 行，太多。"}
        return {"rows": [[[_text(v) for v in row] for row in warehouse.execute(sql)[1]] for sql in statements]}
    except (QueryError, MemoryError) as error:
        return {"problem": str(error) or "查询占用的内存太多。"}


def estimated(warehouse: Warehouse, sql: str) -> int:
    """The rows of the largest join of a statement by DuckDB's estimate; nothing is run."""
    _, plans = warehouse.execute(f"EXPLAIN (FORMAT json) {sql}")
    joined: list[int] = []
    for _, plan in plans:
        for node in json.loads(plan):
            _rows_of(node, joined)
    return max(joined, default=0)


def _rows_of(node: dict[str, Any], joined: list[int]) -> int:
    """The rows of one step of a plan; of a product, which has no estimate, those of its sides multiplied."""
    sides = [_rows_of(child, joined) for child in node.get("children", ())]
    told = node.get("extra_info", {}).get(_ESTIMATE)
    rows = int(told) if told is not None else prod(sides)
    if len(sides) > 1:
        joined.append(rows)
    return rows


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def limit(memory: int, seconds: int) -> None:
    """Bounds this process: bytes of address space, and seconds of processor time should nobody end it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    path, memory, seconds = sys.argv[1:]
    os.nice(5)
    limit(int(memory), int(seconds))
    serve(open_warehouse(Path(path)), sys.stdin, sys.stdout)
