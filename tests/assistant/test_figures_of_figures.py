"""Figures worked out of others: shares of what, fractions said in words, sums of units."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import whole_reply

HARBOUR = """清河市港务局 2026 年部门预算

第一部分 清河市港务局概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

二、部门预算单位构成

纳入清河市港务局 2026 年部门预算编制范围的单位包括：清河市港务局本级、清河市航标管理中心、清河市引航站。

第二部分 清河市港务局 2026 年部门预算情况说明

一、支出预算情况说明

2026年支出预算1000.00万元，其中：基本支出740.00万元；项目支出260.00万元。

支出预算比上年减少60.00万元，其中基本支出增加20.00万元，项目支出减少80.00万元。

二、“三公”经费情况说明

2026年“三公”经费预算80.00万元，其中：

1.因公出国（境）费50.00万元，比上年减少10.00万元，下降16.67%。

2.公务用车购置及运行维护费24.00万元，比上年减少6.00万元，下降20%。

3.公务接待费6.00万元，比上年减少1.50万元，下降20%。

三、人员和车辆情况

2026年度，本部门编报绩效目标的项目共3个，涉及项目预算资金250.00万元。

本部门实际在编在职人员100名，离退休人员50名。

截至2025年底，本部门共有车辆8辆。

第三部分 清河市港务局 2026 年部门预算表

附表1
收入总表
部门/单位：清河市港务局\t\t\t\t单位：万元
单位编码\t单位名称\t合计\t一般公共预算\t事业收入
\t合计\t1000.00\t700.00\t300.00
101\t清河市港务局\t1000.00\t700.00\t300.00
101001\t清河市港务局\t580.00\t580.00\t
101002\t清河市航标管理中心\t300.00\t100.00\t200.00
101003\t清河市引航站\t120.00\t20.00\t100.00

附表2
支出总表
部门/单位：清河市港务局\t\t\t\t单位：万元
单位编码\t单位名称\t合计\t基本支出\t项目支出
\t合计\t1000.00\t740.00\t260.00
101\t清河市港务局\t1000.00\t740.00\t260.00
101001\t清河市港务局\t580.00\t480.00\t100.00
101002\t清河市航标管理中心\t300.00\t150.00\t150.00
101003\t清河市引航站\t120.00\t110.00\t10.00

附表3
项目支出表
部门/单位：清河市港务局\t\t单位：万元
单位名称\t项目名称\t金额
\t合计\t260.00
清河市港务局\t防台值守\t100.00
清河市航标管理中心\t航标更新\t120.00
清河市航标管理中心\t浮标养护\t30.00
清河市引航站\t码头改造\t10.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget of three units."""
    folder = tmp_path_factory.mktemp("港务")
    (folder / "清河市港务局2026预算.txt").write_text(HARBOUR, encoding="utf-8")
    build([folder / "清河市港务局2026预算.txt"], folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))


def _asked(engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> Answer:
    """The answer, which leaves nothing open, tells all of some texts and none of others."""
    return whole_reply(engine, f"清河市港务局{question}", told, untold)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("出国多少、三公一共多少、算下来百分之几", ("50.00", "80.00", "62.5 %"), ("8 %",)),
        ("三公一共多少，接待费多少，占百分之几", ("7.5 %",), ()),
        ("公务接待费是不是还不到三公经费的一成", ("7.5 %", "不到问题里说的“一成”"), ()),
        ("因公出国有没有超过三公经费的一半", ("62.5 %", "超过问题里说的“一半”"), ()),
        ("项目支出连总支出的三成都没有吧", ("26 %", "不到问题里说的“三成”"), ()),
        ("基本支出有没有占到总支出的四分之三", ("74 %", "不到问题里说的“四分之三”"), ()),
        ("三公经费里七成都是出国，对不对", ("62.5 %", "不到问题里说的“七成”"), ()),
        ("项目支出和基本支出各多少，前者占总支出的百分之几", ("26 %",), ("74 %",)),
        ("航标管理中心最大的项目是哪个？有没有占到它全部项目支出的一半", ("航标更新", "80 %"), ("46.15 %",)),
        ("航标管理中心和引航站的预算加起来占全部门的百分之几", ("420.00", "42 %"), ()),
    ],
)
def test_a_share_is_of_what_is_meant(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    answer = _asked(engine, question, told, untold)
    assert all(figure.citations for figure in answer.figures)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("公务用车购置及运行维护费除以名下车辆数，平均一辆车多少万", ("3.00 万元", "8 辆"), ()),
        ("出国费摊到实际在编在职人员头上一人合多少万", ("0.50 万元", "100 名"), ()),
        ("出国5个人、接待12个人，因公出国费和公务接待费人均各是多少", ("10.00 万元", "0.50 万元"), ()),
        ("公务接待费多少，60个人分，一人多少", ("6.00", "0.10 万元"), ()),
        ("因公出国费和公务接待费，按20个人算人均各多少", ("2.50 万元", "0.30 万元"), ()),
    ],
)
def test_money_is_divided_by_what_is_said(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    _asked(engine, question, told, untold)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("出国、用车、接待这三样今年合计压掉多少钱？各压多少也报一下", ("17.50 万元", "10.00", "6.00", "1.50"), ()),
        ("因公出国费和公务接待费合计比上年减少多少", ("11.50 万元",), ()),
        ("公务接待费多少、因公出国费多少、后一个多出多少", ("6.00", "50.00", "44.00 万元"), ()),
        ("公务接待费和因公出国费各多少，前一个少多少", ("44.00 万元",), ()),
        ("三公经费是不是大头都花在因公出国上了？这一项多少钱，占三公经费百分之几", ("50.00", "62.5 %"), ("100 %",)),
    ],
)
def test_changes_are_added_and_figures_set_against_each_other(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    _asked(engine, question, told, untold)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("出国和接待两样捆一块一共多少，比上年少花多少", ("56.00 万元", "11.50 万元"), ()),
        ("因公出国费、公务接待费算总账比去年少多少", ("11.50 万元",), ()),
        ("因公出国费和公务接待费合计跟去年比少了多少钱", ("11.50 万元",), ()),
        ("因公出国费、公务接待费一共多少，比去年降了百分之几", ("56.00 万元", "17.04 %"), ()),
        ("因公出国费和公务接待费一共多少，跟去年比呢", ("56.00 万元", "11.50 万元"), ()),
        ("因公出国费和公务接待费一共多少，去年呢", ("56.00 万元", "67.50 万元"), ()),
        ("因公出国费和公务接待费一共多少，各比上年少多少", ("56.00 万元", "10.00", "1.50"), ("11.50",)),
        ("去年项目支出是多少来着，倒推一下", ("340.00 万元", "260.00", "80.00"), ()),
        ("上年基本支出和项目支出合计多少", ("1060.00 万元",), ()),
    ],
)
def test_sums_go_on_to_their_changes_and_to_last_year(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    _asked(engine, question, told, untold)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("编报绩效目标的项目有几个，平均一个多少万", ("3 个", "83.33 万元"), ()),
        ("纳入绩效目标管理的项目涉及资金多少，占项目支出的百分之几", ("250.00 万元", "96.15 %"), ()),
        ("编了绩效目标的3个项目一共多少，跟项目支出差多少", ("250.00 万元", "10.00 万元"), ()),
        ("编了绩效目标的3个项目合计金额，跟项目支出对不上，前者是多少、两者差额多少", ("250.00", "10.00 万元"), ()),
        ("编了绩效目标的项目资金和项目支出合计是不是一个数", ("250.00", "260.00", "10.00 万元"), ("510.00",)),
        ("绩效说明写3个项目250万，项目支出表合计又是另一个数，两者差多少？差的是哪个项目",
         ("10.00 万元", "码头改造"), ("浮标养护",)),
        ("航标管理中心有哪几个项目，合计跟全部门项目支出差多少", ("120.00", "30.00", "110.00 万元"), ()),
        ("编报绩效目标的项目有几个，占项目支出的百分之几", ("3 个", "96.15 %"), ()),
        ("公务接待费和公务用车购置及运行维护费合计跟因公出国费比哪个多", ("30.00 万元", "50.00", "20.00 万元"), ()),
        ("因公出国费和公务接待费各多少，合计跟三公经费差多少", ("50.00", "6.00", "24.00 万元"), ()),
    ],
)  # fmt: skip
def test_two_things_are_set_against_each_other(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    _asked(engine, question, told, untold)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("因公出国费和公务接待费各多少？感觉三公大半都花在出国上了，合起来占三公经费百分之几",
         ("50.00", "6.00", "70 %"), ()),
        ("三公经费一共多少，占到全部预算的百分之几", ("80.00", "8 %"), ()),
        ("公务接待费是不是占了三公经费的一半还多", ("7.5 %", "不到问题里说的“一半”"), ()),
        ("一般公共预算占几成，下属单位自己挣的事业收入又占几成", ("70 %", "30 %"), ()),
        ("航标管理中心收入多少，事业收入占几成", ("300.00", "200.00", "66.67 %"), ("30 %",)),
        ("事业收入占到四成没有？具体占多少", ("30 %", "不到问题里说的“四成”"), ()),
    ],
)  # fmt: skip
def test_shares_beside_what_people_say(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    _asked(engine, question, told, untold)
