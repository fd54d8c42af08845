"""Rows that a clause of their own names: what is below something, bounded and added up in the clauses behind."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "青山市园林局（本级）"
BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 部门预算支出具体情况

{_UNIT}预算 900.00 万元，包括基本支出 400.00 万元、项目支出 500.00 万元。

1.园林养护保障 380.00 万元，主要包括：市容绿化专项 300.00 万元，用于行道树养护；法治宣传专项 45.00 万元，\
用于普法；工程监管专项 35.00 万元，用于工地巡查。

2.综合事务 120.00 万元，主要用于后勤。

第二部分 部门预算表

表1
项目支出总表
部门：{_UNIT}\t\t\t单位：万元
支出项目类别\t总计\t一般公共预算拨款\t上年结余、结转
{_UNIT}\t500.00\t450.00\t50.00
园林养护保障\t380.00\t330.00\t50.00
综合事务\t120.00\t120.00\t0.00

表2
一般公共预算支出表（按经济分类）
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t支出总计\t基本支出\t项目支出
\t合计\t850.00\t400.00\t450.00
302\t商品和服务支出\t850.00\t400.00\t450.00
30201\t办公费\t250.00\t200.00\t50.00
30211\t差旅费\t300.00\t180.00\t120.00
30227\t委托业务费\t300.00\t20.00\t280.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget whose projects are parted in prose."""
    return assistant_over_text(tmp_path_factory.mktemp("园林"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("园林养护保障（园林局）下面拆的几个专项，不到100万的有哪些，它们加一块儿多少",
         ("法治宣传专项", "工程监管专项", "80.00 万元"), ("市容绿化专项为",)),
        ("园林局本级的园林养护保障包括哪几个专项，各多少", ("300.00", "45.00", "35.00"), ("120.00",)),
        ("园林局经济分类表：30201和30211两个款里列在项目支出那一栏的数报给我",
         ("50.00", "120.00"), ("200.00", "180.00")),
        ("30227委托业务费在园林局基本支出里列了多少？占这个款总数的百分之几", ("20.00", "6.67 %"), ("850.00",)),
        ("园林局30211差旅费，项目支出那栏的数占这个款总数的百分之几", ("120.00", "40 %"), ("850.00", "450.00")),
        ("园林局30201办公费和30227委托业务费在项目支出那列各填了多少", ("50.00", "280.00"), ("200.00", "450.00")),
        ("园林局302下面哪几个款既有基本支出又有项目支出", ("办公费", "差旅费", "委托业务费"), ()),
        ("园林局302下面哪些款的项目支出不到200万，哪个款的项目支出最多", ("50.00", "120.00", "委托业务费"), ()),
        ("园林局的园林养护保障，财政当年拨的和上年结转的各多少", ("330.00", "50.00"), ("450.00",)),
    ],
)  # fmt: skip
def test_what_is_below_what_a_clause_names(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, untold)
