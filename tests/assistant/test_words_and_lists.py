"""What money is for, what there is and what is bought, offices counted, targets asked in everyday words."""

from __future__ import annotations

from typing import Final

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import whole_reply

_BUDGET: Final = """清河市水务局 2026 年部门预算

第一部分 清河市水务局概况

一、主要职责

1.负责全市水资源管理和防汛抗旱工作。

二、机构设置

根据部门职责分工，本部门内设机构包括：办公室（信访办公室）、规划处、高等级航道处、财务处。

局里设有2个专门委员会、5个工作委员会。

第二部分 清河市水务局 2026 年部门预算情况说明

一、2026 年收支预算情况说明

本年收入预算 320.00 万元。

会议费预算 8.00 万元，比上年减少 2.00 万元，主要原因：一是压减会议场次；二是改用视频会议。

预算准备金 12.00 万元，主要用于年度预算执行中临时增加工作所需开支。

节水宣传费 25.00 万元，主要用于中小学节水课程和宣传片制作，比上年减少 5.00 万元，主要原因是宣传片减少一部。

二、国有资产占有使用情况

截至2025年12月31日，本部门共有车辆9辆，其中，执法执勤用车6辆、特种专业技术用车3辆；单价100万元（含）以上设备（不含车辆）4台（套）。

2026年部门预算安排购置车辆2辆；安排购置单价100万元（含）以上设备（不含车辆）1台（套）。

第三部分 清河市水务局 2026 年部门预算表

附表1
支出总表
部门/单位：清河市水务局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t320.00\t160.00\t160.00
213\t农林水支出\t320.00\t160.00\t160.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the budget of an invented authority."""
    folder = tmp_path_factory.mktemp("words")
    (folder / "清河市水务局.txt").write_text(_BUDGET, encoding="utf-8")
    build([folder / "清河市水务局.txt"], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("预算准备金用途", ["临时增加工作所需开支"]),
        ("预算准备金12万干嘛的", ["临时增加工作所需开支"]),
        ("节水宣传费跌了为嘛", ["宣传片减少一部"]),
        ("会议费为什么少了", ["压减会议场次", "改用视频会议"]),
        ("局里车，今年再买几部，现有几部", ["2 辆", "9 辆"]),
        ("车九台，执法的占几台", ["6 辆"]),
        ("百万设备现有多少，今年添不添", ["4 台", "1 台"]),
        ("车辆数统计到啥时候", ["2025年12月31日"]),
        ("内设处室数一下", ["4 个", "高等级航道处"]),
    ],
)
def test_everyday_words_mean_what_budgets_print(question: str, told: list[str], engine: Assistant) -> None:
    whole_reply(engine, question, told)


def test_what_is_counted_beside_is_not_told(engine: Assistant) -> None:
    """The number that stands behind a name, before the next one, is of that."""
    assert "专门委员会 **5" not in engine.ask("专门委员会有几个").answer
