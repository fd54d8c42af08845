"""The units of one department: which is the largest, what a pronoun then means, where a unit's money comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.core import Core
from assistant.library import Library
from assistant.meanings import Meanings
from assistant.settings import Settings
from index.build import build

DEPARTMENT = """清河市水利局 2026 年部门预算

第一部分 清河市水利局概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

二、部门预算单位构成

纳入清河市水利局 2026 年部门预算编制范围的单位包括：清河市水利局本级、清河市河道管理中心、清河市水文监测站、
清河市水利学校、清河市节水学校、清河市水情教育馆。

第二部分 清河市水利局 2026 年部门预算情况说明

收入总计 1000.00 万元。

第三部分 清河市水利局 2026 年部门预算表

附表1
收入总表
部门/单位：清河市水利局\t\t\t\t\t单位：万元
单位编码\t单位名称\t合计\t一般公共预算\t事业收入\t其他收入
\t合计\t1000.00\t700.00\t200.00\t100.00
101\t清河市水利局\t1000.00\t700.00\t200.00\t100.00
101001\t清河市水利局\t450.00\t450.00\t\t
101002\t清河市河道管理中心\t300.00\t100.00\t150.00\t50.00
101003\t清河市水文监测站\t120.00\t120.00\t\t
101004\t清河市水利学校\t80.00\t30.00\t50.00\t
101005\t清河市节水学校\t50.00\t\t\t50.00

附表2
项目支出表
部门/单位：清河市水利局\t\t单位：万元
单位名称\t项目名称\t金额
\t合计\t260.00
清河市水利局\t防汛值守\t100.00
清河市河道管理中心\t河道清淤\t120.00
清河市河道管理中心\t堤防养护\t30.00
清河市水文监测站\t测站改造\t10.00
"""


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the one department."""
    folder = tmp_path_factory.mktemp("units")
    (folder / "budget.txt").write_text(DEPARTMENT, encoding="utf-8")
    build([folder / "budget.txt"], folder / "index", processes=1)
    return folder / "index"


@pytest.fixture(scope="module")
def engine(index_dir: Path) -> Assistant:
    """The engine over it."""
    return Assistant(index_dir, Settings(conversations=index_dir / "talks.sqlite"))


@pytest.fixture(scope="module")
def core(index_dir: Path) -> Core:
    """The algebra alone over it."""
    library = Library(index_dir)
    return Core(library, Meanings(library))


def told(core: Core, question: str, *history: str) -> str:
    """The algebra's answer, with what it leaves open."""
    answer = core.answer(core.read(question, history))
    return (
        "" if answer is None else "\n".join((*answer.draft.lines, *(f"没有答到：{left}" for left in answer.unanswered)))
    )


def first_of(answer: Answer) -> str:
    """The first figure."""
    return answer.figures[0].value


@pytest.mark.parametrize(
    ("question", "name", "value"),
    [
        ("清河市水利局各单位里谁的盘子最大", "水利局", "450.00"),
        ("清河市水利局哪家下属单位预算最多", "河道管理中心", "300.00"),
        ("清河市水利局下属哪家单位的预算最多", "河道管理中心", "300.00"),
        ("不算局机关，清河市水利局下属各家单位预算最多的是哪个", "河道管理中心", "300.00"),
        ("清河市水利局口子上五家单位，谁的盘子最小", "节水学校", "50.00"),
        ("不算局本级，清河市水利局下面哪家预算最多", "河道管理中心", "300.00"),
        ("清河市水利局下属单位里（局机关自己不算），预算盘子最大的是谁", "河道管理中心", "300.00"),
        ("清河市水利局名单上的这些单位，哪家盘子最大", "水利局", "450.00"),
        ("清河市水利局的学校里哪所预算最多", "水利学校", "80.00"),
        ("清河市水利局哪家单位预算排第三", "水文监测站", "120.00"),
    ],
)
def test_which_unit_comes_first(core: Core, question: str, name: str, value: str) -> None:
    first = told(core, question).split("\n")[0]
    assert name in first and value in first, first


def test_the_department_that_adds_up_its_units_is_none_of_them(core: Core) -> None:
    assert "1000.00" not in told(core, "清河市水利局哪个单位预算最多")


def test_the_department_itself_is_told_beside_the_units_below_it(core: Core) -> None:
    assert "本级不算在下属单位里：清河市水利局为 **450.00 万元**" in told(core, "清河市水利局哪家下属单位预算最多")


@pytest.mark.parametrize(
    "question",
    [
        "清河市水利局哪家下属单位预算最多，它的项目支出是多少",
        "清河市水利局下属单位谁的盘子最大？这家单位的项目支出多少",
        "清河市水利局下属单位里哪家预算最多，该单位项目支出有多少",
    ],
)
def test_a_pronoun_means_the_unit_that_was_found(core: Core, question: str) -> None:
    text = told(core, question)
    assert "260.00" not in text
    assert "150.00" in text or "没有答到" in text


@pytest.mark.parametrize("first", ["头一名里", "第一名的", "榜首的", "排第一的那家里，", "排头一位的那家里头，"])
def test_the_first_of_a_list_is_spoken_of_behind_it(core: Core, first: str) -> None:
    text = told(core, f"清河市水利局下属单位预算排前三的是谁？{first}事业收入多少")
    assert "150.00" in text, text


@pytest.mark.parametrize("whole", ["它全部预算", "它自己的盘子"])
def test_a_share_is_of_the_first_of_a_list(core: Core, whole: str) -> None:
    text = told(core, f"清河市水利局下属单位预算排前三的是谁？头一名里事业收入占{whole}的百分之几")
    assert "50 %" in text and "河道管理中心" in text, text


def test_a_share_is_of_the_unit_that_was_found(core: Core) -> None:
    text = told(core, "清河市水利局哪家下属单位盘子最大？它的盘子里事业收入占百分之几")
    assert "50.00 %" in text or "50 %" in text, text


def test_a_pronoun_for_one_of_two_is_left_open(core: Core) -> None:
    text = told(core, "清河市水利局各单位谁最大谁最小，它的一般公共预算多少")
    assert "没有答到：它的一般公共预算多少" in text and "700.00" not in text


def test_units_are_not_ranked_by_money_where_people_are_asked_for(core: Core) -> None:
    assert "450.00" not in told(core, "清河市水利局哪家单位人最多，它的盘子多大")


def test_units_in_order(core: Core) -> None:
    lines = told(core, "清河市水利局各家单位各自盘子多大，从小到大排").split("\n")
    assert "50.00" in lines[1] and "450.00" in lines[-1]


def test_the_mean_of_the_units_below(core: Core) -> None:
    assert "137.50" in told(core, "清河市水利局下属单位平均每家预算多少")


def test_a_follow_up_stays_within_the_unit(engine: Assistant) -> None:
    answer = engine.ask("里面有没有一般公共预算的钱？没有的话靠什么来的", ["清河市节水学校2026年收入预算是多少"])
    assert "700.00" not in answer.told
    assert "其他收入为 **50.00 万元**" in answer.answer


def test_where_a_units_money_comes_from(core: Core) -> None:
    text = told(core, "清河市河道管理中心的钱从哪来")
    assert all(
        part in text for part in ("300.00", "一般公共预算为 **100.00", "事业收入为 **150.00", "其他收入为 **50.00")
    )


def test_two_units_are_compared_by_their_totals(core: Core) -> None:
    assert "180.00" in told(core, "清河市河道管理中心今年拿的预算比清河市水文监测站高多少")


def test_a_unit_without_figures_has_none(engine: Assistant) -> None:
    answer = engine.ask("清河市水情教育馆今年的预算有几个亿啊")
    assert answer.refused, answer.answer
