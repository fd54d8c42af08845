"""Questions about what an earlier question or clause came to: more added, parts left out, set against another."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

HARBOUR = """青山市港航局 2026 年部门预算

第一部分 青山市港航局概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

第二部分 青山市港航局 2026 年部门预算情况说明

2026年“三公”经费预算20.00万元，比上年增加4.00万元，增长25%，主要原因是更新车辆。

第三部分 青山市港航局 2026 年部门预算表

附表1
收支总表
部门/单位：青山市港航局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t800.00\t一、交通运输支出\t1000.00
二、事业收入\t200.00\t\t
本年收入合计\t1000.00\t本年支出合计\t1000.00
收入总计\t1000.00\t支出总计\t1000.00

附表2
收入总表
部门/单位：青山市港航局\t\t\t单位：万元
单位名称\t合计\t一般公共预算\t事业收入
合计\t1000.00\t800.00\t200.00
青山市港航局\t500.00\t500.00\t0.00
青山市航道中心\t300.00\t200.00\t100.00
青山市船检中心\t200.00\t100.00\t100.00

附表3
支出总表
部门/单位：青山市港航局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1000.00\t600.00\t400.00
214\t交通运输支出\t1000.00\t600.00\t400.00
21401\t公路水路运输\t1000.00\t600.00\t400.00
2140101\t行政运行\t600.00\t600.00\t0.00
2140123\t航道维护\t400.00\t0.00\t400.00

附表4
一般公共预算基本支出表
部门/单位：青山市港航局\t\t\t单位：万元\t
部门预算支出经济分类科目\t\t本年一般公共预算基本支出\t\t
科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t100.00\t0.00\t100.00
302\t商品和服务支出\t100.00\t0.00\t100.00
30201\t办公费\t40.00\t0.00\t40.00
30202\t印刷费\t10.00\t0.00\t10.00
30211\t差旅费\t25.00\t0.00\t25.00
30216\t培训费\t25.00\t0.00\t25.00

附表5
一般公共预算“三公”经费支出表
部门/单位：青山市港航局\t\t\t\t\t\t单位：万元
单位名称\t“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t
青山市港航局\t20.00\t5.00\t12.00\t8.00\t4.00\t3.00

附表6
项目支出表
部门/单位：青山市港航局\t\t单位：万元
项目名称\t单位名称\t合计
合计\t\t400.00
支援南屏疏浚经费\t青山市港航局\t120.00
支援北屏疏浚经费\t青山市港航局\t80.00
航标更新\t青山市航道中心\t150.00
船舶检验设备\t青山市船检中心\t50.00

第四部分 名词解释

（一）基本支出：指为保障机构正常运转而发生的人员支出和公用支出。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the invented budget."""
    return assistant_over_text(tmp_path_factory.mktemp("港航"), HARBOUR)


@pytest.mark.parametrize(
    ("history", "question", "told"),
    [
        (["港航局2026年印刷费多少"], "差旅费呢？跟它比多出多少", ["25.00 万元", "15.00 万元"]),
        (["港航局2026年印刷费多少"], "办公费是它的几倍", ["4 倍"]),
        (["港航局2026年三公经费多少"], "出国那块在里头占几成", ["25 %"]),
        (["港航局2026年三公经费多少"], "培训费、差旅费也一起算上的话呢，三样拢共多少", ["70.00 万元"]),
        (["港航局2026年三公经费多少"], "再把培训费也并进来是多少", ["45.00 万元"]),
        (["港航局2026年三公经费多少"], "刨掉接待那块以后呢", ["17.00 万元"]),
        (["港航局2026年三公经费多少"], "不算买车养车的话还剩多少？剩下的分别是什么", ["8.00 万元", "5.00", "3.00"]),
        (["港航局2026年三公经费多少", "比去年涨了多少"], "去年的盘子倒推回去是多少", ["16.00 万元"]),
        (["港航局2026年航标更新安排了多少"], "全部项目支出里头把这笔抽走，手里还余多少", ["250.00 万元"]),
        (["港航局2026年印刷费多少", "差旅费呢"], "这两样捆一起，跟办公费比差多少", ["低", "5.00 万元"]),
        (["港航局2026年航标更新安排了多少"], "它挂在哪家名下？占那家自己总收入的百分之几", ["航道中心", "50 %"]),
        (["港航局2026年航标更新多少"], "支援南屏、北屏两笔疏浚经费也并进来是多少", ["350.00 万元"]),
    ],
)
def test_what_was_told_is_taken_further(engine: Assistant, history: list[str], question: str, told: list[str]) -> None:
    whole_reply(engine, question, told, history=history)


@pytest.mark.parametrize(
    ("history", "question", "wrong"),
    [
        (["港航局2026年三公经费多少"], "再把灯塔补贴也并进来是多少", ["20.00 万元（", "合计为"]),
        (["港航局2026年印刷费多少"], "全部支出里把这笔和灯塔补贴去掉还剩多少", ["990"]),
    ],
)
def test_what_is_not_told_is_not_left_out_of_a_sum(
    engine: Assistant, history: list[str], question: str, wrong: list[str]
) -> None:
    answer = engine.ask(question, history)
    assert answer.refused or answer.unanswered or answer.clarify, answer.answer
    assert [text for text in wrong if text in answer.told] == [], answer.answer
