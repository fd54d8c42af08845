"""A cell that is left blank, of which a sentence says that there is none: both are told."""

from __future__ import annotations

from pathlib import Path

from tests.assistant.budgets import assistant_over_text, whole_reply

BUDGET = """清河市信访局2026年单位预算

第一部分 情况说明

2026年，清河市信访局收入预算120.00万元，其中：财政拨款收入120.00万元；事业收入0万元；其他收入0万元。

第二部分 预算表

表1 收入总表
单位：万元
项目\t预算数
财政拨款收入\t120.00
事业收入\t
其他收入\t
合计\t120.00
"""


def test_what_a_table_leaves_blank_the_prose_tells(tmp_path: Path) -> None:
    engine = assistant_over_text(tmp_path, BUDGET)
    whole_reply(engine, "清河市信访局2026年事业收入是多少", ["表中为空", "事业收入 **0.00 万元**", "事业收入0万元"])
