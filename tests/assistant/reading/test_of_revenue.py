"""Where the money comes from, asked for in the words in which it is asked where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.core import Core
from assistant.query import Rank, Rows
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import Budget, core_over

BUDGET = Budget(
    "青山市水务局", 2026, (("2130301", "行政运行", "9.00"),), (("30211", "差旅费", "9.00"),), hospitality="1.00"
)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    folder: Path = tmp_path_factory.mktemp("revenue")
    return core_over(folder, BUDGET)


@pytest.mark.parametrize(
    ("question", "kind", "side"),
    [
        ("大头是什么收入", "income", "收入"),
        ("收入的大头是什么", "income", "收入"),
        ("钱的大头花在哪了", "any", "支出"),
    ],
)
def test_whose_items_are_ranked(core: Core, question: str, kind: str, side: str) -> None:
    (reading,) = core.read(f"青山市水务局2026年{question}", ())
    (ask,) = reading.asks
    assert isinstance(ask.query, Rank) and isinstance(ask.query.rows, Rows)
    assert (ask.query.rows.kind, ask.query.rows.within.side) == (kind, side)


GUANGZHOU = """青山市林业局 2026 年部门预算

表1
收支总体情况表
部门：青山市林业局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算\t项目\t预算
一、预算拨款\t300.00\t一、农林水支出\t500.00
二、事业收入\t200.00\t\t
收入总计\t500.00\t支出总计\t500.00

表2
部门预算基本支出预算表
部门：青山市林业局\t\t\t\t单位：万元
科目编码\t科目名称\t总计\t财政拨款\t单位资金
\t合计\t320.00\t180.00\t140.00
301\t工资福利支出\t320.00\t180.00\t140.00
"""


def test_revenue_is_no_column_of_spending(tmp_path: Path) -> None:
    (tmp_path / "预算.txt").write_text(GUANGZHOU, encoding="utf-8")
    build([tmp_path / "预算.txt"], tmp_path / "index", processes=1)
    engine = Assistant(tmp_path / "index", Settings(conversations=tmp_path / "talks.sqlite"))
    assert [f.value for f in engine.ask("财政拨款收入是多少？").figures] == ["300.00"]
    assert "60" in [f.value for f in engine.ask("财政拨款占总收入百分之几？").figures]
    assert [f.value for f in engine.ask("工资福利支出的财政拨款是多少？").figures] == ["180.00"]
