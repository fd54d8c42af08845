"""What is asked together: units in a list, what comes to what was asked before, sums between units, rows put first."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over, whole_reply


def _form(project: str, holder: str, amount: str) -> str:
    return f"""项目绩效目标表

项目名称\t{project}\t\t\t
实施单位\t{holder}\t\t\t
年度预算资金总额（万元）\t{amount}\t\t\t
总体目标\t保障孩子们的日常照料。\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t服务人数\t≥20人"""


def _economics(office: str, travel: str, training: str) -> tuple[tuple[str, str, str], ...]:
    return (
        ("302", "商品和服务支出", "60.00"), ("30201", "办公费", office), ("30211", "差旅费", travel),
        ("30216", "培训费", training),
    )  # fmt: skip


def _functions(first: str, second: str, third: str) -> tuple[tuple[str, str, str], ...]:
    return (
        ("201", "一般公共服务支出", "400.00"), ("2010401", "行政运行", first), ("2010450", "事业运行", second),
        ("2010499", "其他事务支出", third),
    )  # fmt: skip


REFORM = Budget(
    "青山市发展和改革委员会", 2025, _functions("240.00", "100.00", "60.00"), _economics("20.00", "12.00", "8.00"),
    "3.00", "9.00", "400.00",
    prose=(
        "一、资产情况",
        "2025年计划购置车辆3辆、45.00万元，主要是更新执法车辆。2024年更新车辆8辆。",
        "本部门实有人员10人。",
        "2025年编报绩效目标的项目共2个，涉及项目资金35.00万元。",
    ),
)  # fmt: skip
AFFAIRS = Budget(
    "青山市民政局", 2025, _functions("300.00", "60.00", "40.00"), _economics("15.00", "30.00", "2.00"),
    "2.00", "4.00", "400.00",
    prose=(
        "一、单位构成",
        "从预算单位构成看，纳入本部门2025年部门汇总预算编制范围的预算单位共计2家，包括：青山市民政局（本级）、"
        "青山市社会福利院。",
        "本部门实有人员5人。",
        _form("孩子生活补助", "中国青山儿童村", "586.00"),
        _form("院舍设施维修", "中国青山儿童村", "14.00"),
        _form("社会救助工作经费", "青山市民政局", "30.00"),
    ),
)  # fmt: skip
SCIENCE = Budget(
    "青山市科学技术局", 2025, _functions("200.00", "150.00", "50.00"),
    (*_economics("5.00", "7.00", "1.00"),
     *((f"3020{n}", f"{place}平台建设费", f"{n}.00") for n, place in enumerate("东南西北中外", start=1))),
    "1.00", "2.00", "400.00",
    prose=("一、机构人员", "本部门实有人员50人。"),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over three units of one city."""
    return assistant_over(tmp_path_factory.mktemp("together"), REFORM, AFFAIRS, SCIENCE)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("青山发改、民政、科技三家局今年差旅费各多少", ("12.00", "30.00", "7.00"), ()),
        ("青山的发改和科技两家办公费一共多少", ("25.00",), ("15.00",)),
        ("青山发改、民政、科技三家局差旅费谁家最多", ("民政局", "30.00"), ()),
        ("民政局办公费多少，再把差旅费也算上，一共多少", ("45.00",), ()),
        ("民政局办公费要多少钱？算上差旅费呢", ("45.00",), ()),
        ("民政局办公费多少？连差旅费一起算一共多少", ("45.00",), ()),
        ("民政局办公费连差旅费一起算是多少", ("45.00",), ()),
        ("民政局的办公费连同差旅费一共多少", ("45.00",), ()),
        ("发改委和民政局办公费加差旅费哪家多，多多少", ("32.00", "45.00", "13.00"), ()),
        ("青山发改委、民政局、科技局按办公费摊到每人，哪家最高，大概多少", ("2.00 万元", "3.00 万元", "0.10 万元"), ()),
        ("青山发改委编报绩效目标的项目有几个？跟办公费比差多少", ("2 个", "35.00", "15.00"), ()),
        ("发改委今年打算买几辆车，平均一辆合多少钱", ("3 辆", "15.00"), ("8 辆",)),
        ("青山儿童村名下今年有几个项目？加起来多少，最大的是哪个", ("2 个", "600.00", "孩子生活补助"), ("30.00",)),
        ("青山儿童村作为实施单位的项目有哪些，各多少", ("586.00", "14.00"), ("30.00",)),
        ("社会福利院有没有编进民政局的汇总预算，到底是哪几家", ("青山市社会福利院", "有“社会福利院”"), ()),
        ("第二儿童福利院算不算民政局汇总预算的编制单位", ("没有“第二儿童福利院”",), ()),
    ],
)
def test_what_is_asked_together(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, untold)


def test_rows_put_first_and_their_share_together(engine: Assistant) -> None:
    answer = engine.ask("科技局金额最大的两个功能分类科目点出来，各多少，这俩合计占总支出几成")
    assert "200.00" in answer.told and "150.00" in answer.told and "87.5 %" in answer.told


@pytest.mark.parametrize(
    ("question", "untold"),
    [
        ("民政局办公费多少，别把差旅费算上", "45.00"),
        ("民政局干部培训学院花了多少", "2.00 万元"),
        ("福利院算不算民政局汇总预算的编制单位", "没有“福利院”"),
        ("科技局罚的钱有多少返给它花了", "400.00"),
    ],
)
def test_nothing_else_is_told(engine: Assistant, question: str, untold: str) -> None:
    assert untold not in engine.ask(question).told


def test_things_of_one_name_are_all_added_up(engine: Assistant) -> None:
    answer = engine.ask("科技局的平台建设费一共多少")
    assert not answer.unanswered and "21.00" in answer.told and "6 项" in answer.told
