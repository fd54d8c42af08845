"""Reads the statements of tests/sql/: one per paragraph, its first line a comment that says what it is."""

from __future__ import annotations

from typing import NamedTuple

from tests.conftest import ROOT


class Statement(NamedTuple):
    """One statement and the words of its comment."""

    comment: str
    sql: str


def read_statements(name: str) -> list[Statement]:
    """All statements of a file; a paragraph of comments only is an explanation."""
    statements = []
    for paragraph in (ROOT / "tests" / "sql" / name).read_text(encoding="utf-8").split("\n\n"):
        first, _, sql = paragraph.strip().partition("\n")
        assert first.startswith("-- "), f"{name}: 缺首行说明：{first}"
        if not all(line.startswith("--") for line in sql.splitlines()):
            statements.append(Statement(first.removeprefix("-- "), sql))
    return statements
