"""What sentences tell, asked as people ask it, over an invented budget; and what no sentence tells, refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.ask import Assistant
from assistant.understand.tokenize import normalised_question
from tests.assistant.budgets import assistant_over_text

BUREAU = """清河市港务局 2026 年部门预算

第一部分 清河市港务局概况

一、部门主要职责

（一）负责编制岸线广告设施（不含渡口候船亭）设置规划，综合协调岸线广告设施管理。

（二）负责港口安全生产监督管理。

二、机构设置

内设机构包括：办公室（组织人事处）、航道处、防台保障处（防汛防潮处、抢险救援处）、危险货物监督管理处。

第二部分 清河市港务局 2026 年部门预算情况说明

1.码头综合保障 900.00 万元，主要包括泊位疏浚 500.00 万元，用于清淤；缆桩更换 300.00 万元；浮标维护 100.00 万元。

2.公务用车运行维护费预算支出 0 万元，比上年预算减少 3 万元，主要原因是车辆运维费用由机关事务中心统一列支。

3.“交通运输支出”科目 1200.00 万元，主要用于码头综合保障、渔民转产补贴、航标宣传等项目支出。

4.截至上年末，本部门共有车辆 10 辆，其中，执法执勤用车 7 辆，特种专业技术用车 2 辆，其他用车 1 辆。

第三部分 清河市港务局 2026 年部门预算表

附表1
收支总表
部门/单位：清河市港务局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t1200.00\t一、交通运输支出\t1200.00
本年收入合计\t1200.00\t本年支出合计\t1200.00
收入总计\t1200.00\t支出总计\t1200.00

附表2
支出总表
部门/单位：清河市港务局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1200.00\t200.00\t1000.00
214\t交通运输支出\t1200.00\t200.00\t1000.00
21401\t公路水路运输\t1200.00\t200.00\t1000.00
2140101\t行政运行\t200.00\t200.00\t0.00
2140136\t水路运输管理支出\t1000.00\t0.00\t1000.00
"""


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over_text(tmp_path_factory.mktemp("prose"), BUREAU)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("港务局那个码头综合保障九百万，花得最凶的前两块报一下，带数", ("泊位疏浚", "500.00", "缆桩更换", "300.00")),
        ("清河市港务局码头综合保障里哪一项最多", ("泊位疏浚", "500.00")),
        ("清河市港务局的车哪一类最多，占百分之几", ("执法执勤用车", "70 %")),
        ("清河市港务局公务用车运行维护费多少", ("0.00 万元", "机关事务中心统一列支")),
        ("渡口候船亭贴的小广告，归清河市港务局岸线广告设施规划那条职责管吗", ("不含渡口候船亭",)),
        ("我举报一家危险货物仓库，清河市港务局里面该哪个处管？防汛防潮又是哪个处的事", ("危险货物监督", "防台保障处")),
        ("既反映危险货物乱堆，又反映航道淤了。清河市港务局内部该分给哪两个处办", ("危险货物监督管理处", "航道处")),
    ],
)  # fmt: skip
def test_told(bureau: Assistant, question: str, told: Sequence[str]) -> None:
    answer = bureau.ask(question)
    assert not answer.refused and not answer.unanswered
    assert all(each in answer.answer.replace("*", "") for each in told), answer.answer


COURT = """清河市中级法院 2026 年部门预算

第一部分 清河市中级法院概况

一、部门主要职责

（一）依法审判刑事、民事、行政案件。

（二）负责指导人民调解委员会的工作，开展法治宣传。

二、机构设置

（1）立案庭   负责各类案件审查立案和受理、司法救助的实施、诉讼费用的收取；承担涉外送达和司法协助工作。

（2）执行局   执行生效法律文书；办理当事人对执行中作出的拘留、罚款决定不服，申请复议的案件。

（3）民事审判庭   依法审判知识产权纠纷案件。

（4）新闻办公室   负责接待、协调各级新闻单位采访事宜。

第二部分 清河市中级法院 2026 年部门预算情况说明

1.上级下达资金 500.00 万元，主要包括办案业务补助 300.00 万元、国家非物质文化遗产保护资金 91.00 万元、
法庭修缮补助 96.50 万元、国家非物质文化遗产保护资金 12.50 万元。

第三部分 清河市中级法院 2026 年部门预算表

附表1
收支总表
部门/单位：清河市中级法院\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t1200.00\t一、公共安全支出\t1200.00
本年收入合计\t1200.00\t本年支出合计\t1200.00
收入总计\t1200.00\t支出总计\t1200.00

附表2
部门预算项目支出预算表
部门：清河市中级法院\t\t\t\t单位：万元
单位名称\t项目名称\t总计\t一般公共预算\t绩效目标
合计\t\t800.00\t800.00\t
清河市中级法院\t上级下达资金\t500.00\t500.00\t落实国家办案业务补助，开展文物保护，提高资金绩效
清河市中级法院\t办案业务费\t300.00\t300.00\t保障办案
"""


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over_text(tmp_path_factory.mktemp("duties"), COURT)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("知识产权官司归哪个庭审", ("民事审判庭", "最相近")),
        (
            "一问境外文书送达和司法协助由哪个部门承担，二问执行中对他拘留罚款、申请复议找哪个部门",
            ("立案庭", "执行局"),
        ),
        ("搞法治普及宣传的事它管不管", ("法治宣传", "最相近")),
    ],
)
def test_duties_are_found_by_what_they_mean(court: Assistant, question: str, told: Sequence[str]) -> None:
    answer = court.ask(f"清河市中级法院，{question}")
    assert not answer.refused and not answer.unanswered
    assert all(each in answer.answer.replace("*", "") for each in told), answer.answer


def test_amounts_of_one_name_in_one_sentence_add_up(court: Assistant) -> None:
    answer = court.ask("清河市中级法院从上级拿到的国家非遗保护资金总共多少，文字里好像列了不止一笔，替我合一下")
    assert "合计为 103.50 万元" in answer.answer.replace("**", ""), answer.answer
    assert "不同口径" not in answer.answer
    answer = court.ask("清河市中级法院今年国家非遗保护资金总共多少")
    assert "91.00" in answer.answer and "12.50" in answer.answer and "为 **500.00" not in answer.answer


@pytest.mark.parametrize(
    "question", ["理发室归哪个庭管", "足球比赛由哪个部门承担", "新闻老前辈看病归哪个处", "公交线路调整它管不管"]
)
def test_what_is_no_duty_is_refused(court: Assistant, question: str) -> None:
    assert court.ask(f"清河市中级法院，{question}").refused


@pytest.mark.parametrize(
    "question",
    [
        "清河市港务局渔民转产补贴这一个项目单独给了多少万",
        "清河市港务局在职的有几个",
        "清河市港务局现在管着多少渔民，平均一个渔民一年补几块钱",
    ],
)
def test_not_told(bureau: Assistant, question: str) -> None:
    assert bureau.ask(question).refused


@pytest.mark.parametrize(
    ("question", "usual"),
    [
        ("统计机构用：清河市港务局有几辆车", "清河市港务局有几辆车"),
        ("有县港务局来函核数：清河市港务局有几辆车", "清河市港务局有几辆车"),
        ("清河市港务局有几辆车，我好回他", "清河市港务局有几辆车"),
        ("清河市港务局有几辆车，带上金额", "清河市港务局有几辆车"),
        ("我家船前年被撞坏了。清河市港务局有几辆车", "清河市港务局有几辆车"),
        ("我分不清结转跟结余", "结转和结余各是什么意思"),
    ],
)
def test_worded(question: str, usual: str) -> None:
    assert normalised_question(question).strip(",") == normalised_question(usual)
