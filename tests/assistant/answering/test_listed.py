"""Group questions over lists that stand only in prose, and the units that a lead-in lists."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build

RIVERS = """东川市河务局 2025 年部门预算

第一部分 东川市河务局概况

一、部门主要职责

1.负责全市河道的规划、建设与管理工作。

二、部门预算单位构成

从预算单位构成看，东川市河务局部门预算包括：局本级预算、下属事业单位预算。

纳入东川市河务局 2025 年部门预算编制范围的单位包括：

1.东川市河务局（本级）

2.东川市堤防管理站

3.东川市河道测量队

第二部分 东川市河务局 2025 年部门预算情况说明

一、收入预算情况说明

2025 年度收入预算 1000.00 万元，比 2024 年增加 40.00 万元。主要原因是新增了 2 个项目：堤防监测 7 万元、清淤 11 万元。

（一）本年财政拨款收入 700.00 万元

1.一般公共预算拨款收入 640.00 万元。

2.政府性基金预算拨款收入 60.00 万元。

（二）本年其他资金收入 300.00 万元

3.事业收入 180.00 万元。

4.经营收入 90.00 万元。

5.上级补助收入 30.00 万元。

二、其他情况说明

（一）政府采购情况

2025 年政府采购预算总额 90.00 万元，其中：货物类采购 20.00 万元，工程类采购 45.00 万元，服务类采购 25.00 万元。

（二）会议培训情况

会议费预算 6.00 万元，拟召开防汛工作会议，人数约 300 人；培训费预算 4.00 万元，拟开展堤防巡查培训，人数约 120 人。

（三）国有资产情况

截至 2024 年底，共有车辆 9 辆，其中：应急保障用车 6 辆，执法执勤用车 3 辆。
"""


@pytest.fixture(scope="module")
def rivers(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget without tables."""
    folder = tmp_path_factory.mktemp("rivers")
    (folder / "预算.txt").write_text(RIVERS, encoding="utf-8")
    build([folder / "预算.txt"], folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("本年财政拨款收入由哪几项构成，各多少？", ["700.00", "640.00", "60.00"]),
        ("收入预算由哪两大部分组成？", ["1000.00", "700.00", "300.00"]),
        ("其他资金收入里最大的是哪一项？", ["300.00", "180.00", "90.00", "30.00"]),
        ("其他资金收入里排第二的是哪项？", ["300.00", "90.00"]),
        ("其他资金收入中最少的是什么？", ["300.00", "30.00", "90.00", "180.00"]),
        ("其他资金收入中超过50万元的有哪几项？", ["300.00", "180.00", "90.00"]),
        ("其他资金收入有几项？", ["3", "300.00", "180.00", "90.00", "30.00"]),
        ("其他资金收入平均每项多少？", ["100.00", "300.00", "180.00", "90.00", "30.00"]),
        ("其他资金收入里事业收入占多少？", ["300.00", "180.00", "60"]),
        ("其他资金收入里哪一项占比最高？", ["300.00", "180.00", "60", "90.00", "30", "30.00", "10"]),
        ("新增的两个项目加起来多少？", ["7.00", "11.00", "18.00"]),
        ("新增项目里最贵的是哪个？", ["11.00", "7.00"]),
        ("政府采购里哪类金额最大？", ["90.00", "45.00", "25.00", "20.00"]),
        ("政府采购各项分别占比多少？", ["90.00", "20.00", "22.22", "45.00", "50", "25.00", "27.78"]),
        ("哪种车辆最多？", ["9", "6", "3"]),
        ("其他资金收入里超过1亿元的有哪些？", ["300.00"]),
        ("其他资金收入里高于平均的有哪几项？", ["100.00", "300.00", "180.00"]),
        ("其他资金收入里比经营收入高的有哪几项？", ["90.00", "300.00", "180.00"]),
        ("其他资金收入里最大的比最小的多多少？", ["180.00", "30.00", "150.00"]),
        ("其他资金收入中事业收入是经营收入的几倍？", ["180.00", "90.00", "2"]),
        ("其他资金收入中事业收入和经营收入合计占多少？", ["300.00", "180.00", "60", "90.00", "30", "270.00", "90"]),
        ("财政拨款收入里边，哪部分占大头？", ["640.00", "700.00", "60.00"]),
        ("政府采购三类各占多少比例？", ["90.00", "20.00", "22.22", "45.00", "50", "25.00", "27.78"]),
        (
            "其他资金收入里最大的是哪项，占多少？",
            ["180.00", "300.00", "90.00", "30.00", "300.00", "180.00", "60"],
        ),
    ],
)
def test_group_questions_over_a_list(rivers: Assistant, question: str, figures: list[str]) -> None:
    answer = rivers.ask(question)
    assert answer.route == "text", answer.answer
    assert sorted(f.value for f in answer.figures) == sorted(figures)
    assert all(f.citations for f in answer.figures)


def test_each_figure_cites_the_sentence_it_stands_in(rivers: Assistant) -> None:
    answer = rivers.ask("其他资金收入由哪几项构成，各多少？")
    quotes = {c.n: c.quote for c in answer.citations if c.kind == "text"}
    assert [quotes[f.citations[0]] for f in answer.figures] == [
        "（二）本年其他资金收入 300.00 万元",
        "3.事业收入 180.00 万元。",
        "4.经营收入 90.00 万元。",
        "5.上级补助收入 30.00 万元。",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "其他资金收入五大项分别多少？",  # there are three
        "其他资金收入里去年最大的是哪一项？",
        "其他资金收入第一季度各项多少？",
        "其他资金收入里学费收入占多少？",
        "其他资金收入里人均最高的是哪项？",
        "东川市河务局2024年部门预算编制范围的单位有哪些？",
        "哪些参公单位纳入了预算编制范围？",
    ],
)
def test_other_words_than_the_list_has_are_no_question_over_it(rivers: Assistant, question: str) -> None:
    answer = rivers.ask(question)
    assert not answer.figures and "堤防管理站" not in answer.told, answer.answer


@pytest.mark.parametrize(
    "question", ["部门预算包括哪几家单位？", "编制范围有哪些单位？", "有几家预算单位？", "下属单位名单"]
)
def test_units_are_quoted_with_all_of_their_list(rivers: Assistant, question: str) -> None:
    answer = rivers.ask(question)
    units = ("河务局（本级）", "堤防管理站", "河道测量队")
    assert [unit for unit in units if unit not in answer.told] == []
    assert "职责" not in answer.told


def test_people_at_meetings_are_those_of_their_fee(rivers: Assistant) -> None:
    answer = rivers.ask("会议费和培训费各安排多少，预计各有多少人参加？")
    assert answer.route == "text"
    assert [said for said in ("6.00 万元", "300 人", "4.00 万元", "120 人") if said not in answer.told] == []
