"""Projects of one name in several terms of years, told apart by the years in their names."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

BUDGET = """临溪市数据局 2026 年部门预算

第一部分 临溪市数据局概况

一、部门主要职责

1.临溪市数据局负责全市数据工作。

第二部分 2026 年部门预算表

表1
收支总表
部门：临溪市数据局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t315.00\t一、科学技术支出\t315.00
收入总计\t315.00\t支出总计\t315.00

表2
项目支出总表
部门：临溪市数据局\t\t\t单位：万元
项目名称\t总计\t一般公共预算\t单位资金
合计\t315.00\t315.00\t0.00
2026-2029年网络设施统一运维服务项目\t90.00\t90.00\t0.00
2023-2026年统一安全运营服务项目\t60.00\t60.00\t0.00
2026-2029年统一安全运营服务项目\t145.00\t145.00\t0.00
2023-2026年网络设施统一运维服务项目\t20.00\t20.00\t0.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget with two projects in two terms each."""
    return assistant_over_text(tmp_path_factory.mktemp("数据"), BUDGET)


@pytest.mark.parametrize(
    ("question", "history", "told", "untold"),
    [
        ("统一安全运营服务2023-2026年和2026-2029年两期合起来多少", (), ("205.00",), ("150.00", "90.00")),
        (
            "统一安全运营服务呢，老的2023-2026和新的2026-2029两期合起来",
            ("网络设施运维安排了多少",),
            ("205.00",),
            ("90.00",),
        ),
    ],
)
def test_terms_are_of_one_project(
    engine: Assistant, question: str, history: tuple[str, ...], told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, untold, history)
