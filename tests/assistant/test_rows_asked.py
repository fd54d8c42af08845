"""Rows asked for by what they are called or hold, units by what they have none of, and what the rows come to."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text

_UNIT = "澜溪市水产局"
_STATION = "澜溪市渔政管理站"
_SCHOOL = "澜溪市渔业技工学校"
_CENTRE = "澜溪市鱼苗繁育中心"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、机构设置

{_UNIT}下设预算单位5个，分别为：澜溪市渔政管理站、澜溪市渔业技工学校、澜溪市鱼苗繁育中心、澜溪市渔船检验站、澜溪市水产推广站。

第二部分 2026 年部门预算表

表1
收入总体情况表
部门：{_UNIT}\t\t\t单位：万元
单位名称\t合计\t一般公共预算\t单位资金
合计\t1500.00\t1430.00\t70.00
{_UNIT}（本级）\t800.00\t800.00\t0.00
{_STATION}\t300.00\t300.00\t0.00
{_SCHOOL}\t250.00\t180.00\t70.00
{_CENTRE}\t150.00\t150.00\t0.00

表2
一般公共预算“三公”经费支出表
部门：{_UNIT}\t\t\t\t\t\t单位：万元
单位名称\t合计\t因公出国（境）费\t公务用车购置及运行费\t公务用车购置费\t公务用车运行维护费\t公务接待费
合计\t9.00\t0.00\t8.00\t0.00\t8.00\t1.00
{_UNIT}（本级）\t6.00\t0.00\t5.00\t0.00\t5.00\t1.00
{_STATION}\t3.00\t0.00\t3.00\t0.00\t3.00\t0.00

表3
部门预算项目支出预算表
部门：{_UNIT}\t\t\t\t\t单位：万元
项目名称\t合计\t一般公共预算\t单位资金\t项目类别\t绩效目标
合计\t480.00\t410.00\t70.00\t\t
渔船更新补贴\t200.00\t200.00\t0.00\t特定目标类\t更新渔船二十艘
渔港整治经费\t120.00\t120.00\t0.00\t特定目标类\t本项目涉密，按规定不公开目标
实训室改造\t90.00\t20.00\t70.00\t其他运转类\t改造实训室
鱼苗采购补贴\t70.00\t70.00\t0.00\t其他运转类\t本项目涉密，按规定不公开目标
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget with units, projects and a table that leaves units out."""
    return assistant_over_text(tmp_path_factory.mktemp("水产"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("水产局四家预算单位里，哪几家在三公表上压根没出现", "2 个 技工学校 繁育中心", "渔政管理站"),
        ("水产局哪些单位一分钱三公都没编", "技工学校 繁育中心", "渔政管理站"),
        ("水产局项目表里名称以“补贴”两字收尾的有几个，合计多少", "渔船更新补贴 鱼苗采购补贴 270.00", "渔港"),
        ("水产局下设的预算单位里，名称最后一个字是“站”的有几家", "3 个 渔船检验站 水产推广站", "繁育中心"),
        ("水产局的预算单位，把名字以“站”字收尾的剔掉，还剩几家", "2 个 技工学校 繁育中心", "检验站"),
        ("水产局项目支出表“单位资金”那栏填了数的项目都有谁，各填多少", "实训室改造 70.00", "渔船更新"),
        ("水产局项目里不属于特定目标类的有几个，合计多少", "实训室改造 鱼苗采购补贴 160.00", "渔港"),
        ("水产局的项目里，绩效目标栏注明涉密、不公开目标的共几项，合计多少", "渔港整治经费 190.00", "实训室"),
        ("水产局三公经费里，有没有哪几样是没安排钱的", "因公出国 公务用车购置费", "接待"),
        ("水产局项目表里带“补贴”字样的有几个，渔船、鱼苗都算，合计多少", "270.00", "渔港"),
    ],
)
def test_rows_are_found_by_what_is_said_of_them(engine: Assistant, question: str, told: str, untold: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered, answer.answer
    assert [text for text in told.split() if text not in answer.told] == [], answer.answer
    assert [text for text in untold.split() if text in answer.told] == [], answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "水产局项目表里带“补贴”字样的有几个，实训室改造也算，合计多少",
        "水产局哪三家没有三公",
        "水产局不走特定目标类的钱有多少",
    ],
)
def test_what_is_not_borne_out_stays_open(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert answer.refused or answer.unanswered, answer.answer
