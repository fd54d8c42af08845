"""Arithmetic in many words: what is left without a part, shares, quotients, gaps, over an invented budget."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from assistant.understand.tokenize import normalised_question
from index.build import build

BUREAU = """清河市体育局 2026 年部门预算

第一部分 清河市体育局概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

第二部分 清河市体育局 2026 年部门预算情况说明

收入总计 1000.00 万元。

截至上年末，清河市体育局共有车辆 4 辆。

第三部分 清河市体育局 2026 年部门预算表

附表1
收支总表
部门/单位：清河市体育局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t1000.00\t一、文化旅游体育与传媒支出\t1000.00
本年收入合计\t1000.00\t本年支出合计\t1000.00
收入总计\t1000.00\t支出总计\t1000.00

附表2
支出总表
部门/单位：清河市体育局\t\t\t\t\t\t\t单位：万元
科目编码\t科目名称\t支出总计\t基本支出\t项目支出\t政府采购项目\t
\t\t\t\t\t小计\t其中：预留给中小企业的项目资金规模
\t合计\t1000.00\t600.00\t400.00\t200.00\t50.00
207\t文化旅游体育与传媒支出\t1000.00\t600.00\t400.00\t200.00\t50.00
20703\t体育\t1000.00\t600.00\t400.00\t200.00\t50.00
2070301\t行政运行\t600.00\t600.00\t0.00\t0.00\t0.00
2070305\t体育竞赛\t250.00\t0.00\t250.00\t150.00\t50.00
2070307\t体育场馆\t150.00\t0.00\t150.00\t50.00\t0.00

附表3
一般公共预算基本支出表
部门/单位：清河市体育局\t\t\t单位：万元\t
部门预算支出经济分类科目\t\t本年一般公共预算基本支出\t\t
科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t600.00\t500.00\t100.00
301\t工资福利支出\t500.00\t500.00\t0.00
30101\t基本工资\t300.00\t300.00\t0.00
30199\t其他工资福利支出\t200.00\t200.00\t0.00
302\t商品和服务支出\t100.00\t0.00\t100.00
30201\t办公费\t60.00\t0.00\t60.00
30231\t公务用车运行维护费\t40.00\t0.00\t40.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the one bureau's budget."""
    folder = tmp_path_factory.mktemp("bureau")
    (folder / "budget.txt").write_text(BUREAU, encoding="utf-8")
    build([folder / "budget.txt"], folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))


LEFT_WITHOUT = [
    "清河市体育局体育这个款里，把行政运行挪开以后还剩多少万元",
    "清河市体育局体育减行政运行，等于多少万元",
    "清河市体育局体育，行政运行勿算，其他几项拢共多少万元",
    "清河市体育局体育中行政运行除外的各项合计多少万元",
    "清河市体育局体育扣减行政运行后的净额是多少万元",
    "清河市体育局体育里不包含行政运行的部分是多少万元",
    "清河市体育局不看行政运行的话，体育还有多少万元",
]
IN_PER_CENT = [
    ("清河市体育局项目支出÷支出总额，是百分之几", "40"),
    ("清河市体育局项目支出占支出总额＿＿%", "40"),
    ("清河市体育局支出总额，其中项目支出的构成比", "40"),
    ("清河市体育局支出总额中有百分之多少列为项目支出", "40"),
    ("清河市体育局每100元支出里有几元是项目支出", "40"),
    ("清河市体育局项目支出跟支出总额一比，是个什么百分比", "40"),
    ("清河市体育局工资福利支出里，归到其他的有几成，要百分数", "40"),
    ("清河市体育局工资福利支出有百分之几是基本工资", "60"),
    ("清河市体育局工资福利支出项下其他占比几何", "40"),
    ("清河市体育局体育竞赛预留给中小企业的采购占比多少", "33.33"),
]


@pytest.mark.parametrize("question", LEFT_WITHOUT)
def test_what_is_left_without_a_part(engine: Assistant, question: str) -> None:
    told = engine.ask(question, []).answer
    assert "除行政运行外还有 **400.00 万元**" in told, told


@pytest.mark.parametrize(("question", "percent"), IN_PER_CENT)
def test_shares(engine: Assistant, question: str, percent: str) -> None:
    told = engine.ask(question, []).answer
    assert f"**{percent} %**" in told or f"**{percent}.00 %**" in told or f"**{percent}.0 %**" in told, told


@pytest.mark.parametrize(
    "question",
    [
        "清河市体育局单车运维费多少万元",
        "清河市体育局公务用车运行维护费，分母取现有车辆，每辆车多少万元",
        "清河市体育局每辆车分摊的公车运行维护费是多少万元",
    ],
)
def test_quotients(engine: Assistant, question: str) -> None:
    told = engine.ask(question, []).answer
    assert "**10.00 万元**" in told, told


@pytest.mark.parametrize(
    ("question", "usual"),
    [
        ("三公经费比上年减少多少，降了百分之几", "三公经费比上年减少多少,降了百分之几"),
        ("三大项里哪一项占比最高", "三大项里哪一项占比最高"),
        ("编报绩效目标的项目有几个，涉及多少资金", "编报绩效目标的项目有几个,涉及多少资金"),
        ("境外的总共多少", "境外的总共多少"),
        ("为企业减税降费多少", "为企业减税降费多少"),
    ],
)
def test_only_what_is_meant_is_put_otherwise(question: str, usual: str) -> None:
    assert normalised_question(question) == usual
