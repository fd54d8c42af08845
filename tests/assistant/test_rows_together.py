"""Figures that several rows make up, and figures that a question gives itself."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text

_UNIT = "云岭市粮食局"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、主要职责

{_UNIT}负责全市粮食流通管理工作。

第二部分 {_UNIT} 2026 年部门预算表

公开表0
收支总表
部门：{_UNIT}\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t1,200.00\t一、社会保障和就业支出\t400.00
二、政府性基金预算拨款收入\t300.00\t二、粮油物资储备支出\t1,100.00
收入总计\t1,500.00\t支出总计\t1,500.00

公开表1
支出总体情况表
部门：{_UNIT}\t\t\t\t\t\t单位：万元
科目编码\t\t\t科目名称\t合计\t基本支出\t项目支出
类\t款\t项\t\t\t\t
\t\t\t合计\t1,500.00\t1,200.00\t300.00
208\t\t\t社会保障和就业支出\t400.00\t400.00\t
\t05\t\t行政事业单位养老支出\t400.00\t400.00\t
\t\t01\t行政单位离退休\t150.00\t150.00\t
\t\t02\t事业单位离退休\t90.00\t90.00\t
\t\t05\t机关事业单位基本养老保险缴费支出\t160.00\t160.00\t
222\t\t\t粮油物资储备支出\t1,100.00\t800.00\t300.00
\t01\t\t粮油物资事务\t1,100.00\t800.00\t300.00
\t\t01\t行政运行\t800.00\t800.00\t
\t\t15\t粮食风险基金\t300.00\t\t300.00

公开表2
一般公共预算基本支出情况表
部门：{_UNIT}\t\t\t\t\t\t\t\t单位：万元
科目编码\t\t部门预算支出经济分类科目名称\t科目编码\t\t政府预算支出经济分类科目名称\t基本支出预算\t\t
类\t款\t\t类\t款\t\t小计\t人员支出\t日常公用支出
\t\t合计\t\t\t\t1,200.00\t1,060.00\t140.00
301\t\t工资福利支出\t501\t\t机关工资福利支出\t640.00\t640.00\t
301\t01\t基本工资\t501\t01\t工资奖金津补贴\t260.00\t260.00\t
301\t02\t津贴补贴\t501\t01\t工资奖金津补贴\t380.00\t380.00\t
301\t\t工资福利支出\t505\t\t对事业单位经常性补助\t420.00\t420.00\t
301\t01\t基本工资\t505\t01\t工资福利支出\t300.00\t300.00\t
301\t02\t津贴补贴\t505\t01\t工资福利支出\t120.00\t120.00\t
302\t\t商品和服务支出\t502\t\t机关商品和服务支出\t140.00\t\t140.00
302\t05\t水费\t502\t01\t办公经费\t14.00\t\t14.00
302\t06\t电费\t502\t01\t办公经费\t56.00\t\t56.00
302\t11\t差旅费\t502\t01\t办公经费\t70.00\t\t70.00

公开表3
项目支出预算情况表
部门：{_UNIT}\t\t单位：万元
项目名称\t项目类别\t合计
合计\t\t1,345.67
储备粮保管\t特定目标类\t1,200.00
粮情监测\t特定目标类\t109.37
公车统管\t其他运转类\t36.30

公开表4
政府采购预算表
部门：{_UNIT}\t\t\t\t\t单位：万元
采购项目\t采购目录\t数量\t总计\t一般公共预算拨款\t政府性基金预算拨款
合计\t\t\t105.00\t60.00\t45.00
粮情监测\t仪器仪表\t3\t60.00\t60.00\t
储备粮保管\t仓储服务\t1\t45.00\t\t45.00

第三部分 {_UNIT} 2026 年部门预算情况说明

一、预算绩效情况

2026年{_UNIT}编报绩效目标的项目共2个，涉及项目预算资金1309.37万元。

二、“三公”经费情况

2026年因公出国（境）费222.50万元，占“三公”经费的8.75%。“三公”经费合计833.60万元。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that prints an item in rows of two classes of the government's."""
    return assistant_over_text(tmp_path_factory.mktemp("粮食"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("工资福利支出多少", ("1060.00", "640.00", "420.00"), id="an item in two classes"),
        pytest.param("工资福利支出占基本支出的百分之几", ("88.33 %",), id="its share"),
        pytest.param("津贴补贴比基本工资少多少", ("60.00",), id="one against another"),
        pytest.param("工资福利支出机关和事业单位各多少", ("640.00", "420.00"), id="each class"),
        pytest.param("水电费占商品和服务支出的比重", ("70.00", "50 %"), id="one word for two items"),
        pytest.param("离退休占社会保障和就业支出百分之几", ("240.00", "60 %"), id="rows that bear a name"),
        pytest.param("离退休比机关事业单位基本养老保险缴费多多少", ("80.00",), id="their sum against another"),
        pytest.param("社会保障和就业支出除了离退休还有多少", ("160.00",), id="all but them"),
        pytest.param(
            "粮油物资储备支出里，项目支出占百分之多少，基本支出呢", ("27.27 %", "72.73 %"), id="the same of another"
        ),
        pytest.param("水费加差旅费比电费多多少", ("28.00",), id="a sum against another"),
        pytest.param("电费比水费加差旅费少多少", ("28.00",), id="another against a sum"),
        pytest.param("差旅费和电费各多少，这两项占商品和服务支出几成", ("126.00", "90 %"), id="two as one part"),
        pytest.param(
            "社会保障和就业支出除了行政单位离退休，剩下几项各多少", ("90.00", "160.00"), id="the rest, row by row"
        ),
        pytest.param("津贴补贴比基本工资少百分之几", ("10.71 %",), id="how far apart in per cent"),
        pytest.param("工资福利支出和商品和服务支出的比例", ("7.57 倍",), id="one to another"),
        pytest.param("工资福利支出是商品和服务支出的七倍多，对吧", ("7.57 倍",), id="so many times, it is said"),
        pytest.param("差旅费比水费高几倍", ("**5 倍**",), id="how many times higher"),
        pytest.param("工资福利支出除以商品和服务支出是多少", ("7.57 倍",), id="divided by"),
        pytest.param(
            "差旅费占商品和服务支出的比重，比电费占比高几个百分点", ("10 个百分点",), id="one share against another"
        ),
        pytest.param("基本支出比项目支出多还是少，差额占总支出几成", ("900.00", "60 %"), id="the gap's share"),
        pytest.param("社会保障和就业支出里哪一项最高哪一项最低，相差多少", ("70.00",), id="both ends of a ranking"),
        pytest.param(
            "差旅费占商品和服务支出没超过60%对吗", ("50 %不到问题里说的“60%”",), id="a bound that is said of a figure"
        ),
        pytest.param("差旅费多少，电费比它少多少", ("70.00", "14.00"), id="than it"),
        pytest.param("收入是不是一半以上靠一般公共预算拨款", ("80 %", "超过"), id="more than half, it is said"),
        pytest.param(f"差旅费加电费多少？{_UNIT}2026年的", ("126.00",), id="whose budget is meant said last"),
    ],
)
def test_rows_of_one_item_are_taken_together(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    answer = engine.ask(question)
    assert not answer.refused, answer.answer
    for text in told:
        assert text in answer.answer


def test_the_total_of_purchases_is_not_the_whole_budgets(engine: Assistant) -> None:
    assert "45.00" not in engine.ask("政府性基金预算拨款多少").answer
    assert "45.00" in engine.ask("政府采购里政府性基金预算拨款多少").answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param(
            "绩效那段说2个项目1309.37万，可项目支出合计是1345.67万，中间差的钱是多少，项目表里哪几个不算特定目标类",
            ("36.30", "公车统管"),
            id="how far apart they are",
        ),
        pytest.param(
            "说明写出国（境）费222.5万占三公8.75%，可三公合计833.6万，我按计算器不是这个数。应该是百分之几才对？",
            ("26.69 %",),
            id="what share one is",
        ),
    ],
)
def test_what_is_asked_of_figures_that_the_question_gives(
    engine: Assistant, question: str, told: tuple[str, ...]
) -> None:
    answer = engine.ask(question)
    assert not answer.refused, answer.answer
    for text in told:
        assert text in answer.answer
    assert "粮情监测为" not in answer.answer  # 特定目标类
