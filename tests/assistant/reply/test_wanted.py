"""Which clauses of a question an answer says nothing to."""

from __future__ import annotations

import pytest

from assistant.answer import Figure
from assistant.answering.draft import Draft
from assistant.ask import Assistant
from assistant.reply.wanted import asks_only_opinion, unmet_clauses


def _figure(label: str, value: str, unit: str | None = "万元") -> Figure:
    return Figure(label=label, value=value, unit=unit, citations=[1])


ONE = ("差旅费为 **5.00 万元**[1]。", [_figure("差旅费", "5.00")])
"""An answer of one figure, and nothing else."""


def _draft(seed_draft: Draft, answer: tuple[str, list[Figure]]) -> Draft:
    seed_draft.lines.append(answer[0])
    seed_draft.figures += answer[1]
    return seed_draft


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("差旅费是多少", ()),
        ("差旅费多少，为什么给这么多", ("为什么给这么多",)),
        ("差旅费多少？去年那笔是多少，怎么没了", ("去年那笔是多少", "怎么没了")),
        ("差旅费和办公费各多少，加起来多少", ("差旅费和办公费各多少", "加起来多少")),
        ("差旅费多少，占总支出几成", ("占总支出几成",)),
        ("差旅费多少，一个人平均多少", ("一个人平均多少",)),
        ("差旅费列在哪个科目下", ("差旅费列在哪个科目下",)),
        ("差旅费有几个人用，多少钱", ("差旅费有几个人用",)),
        ("差旅费多少，对得上吗", ("对得上吗",)),
        ("差旅费多少，今年还买不买车", ("今年还买不买车",)),
        ("差旅费多少 合理吗", ("合理吗",)),
        ("差旅费多少，实际增幅该是多少", ("实际增幅该是多少",)),
        ("差旅费多少，上年应为多少", ("上年应为多少",)),
        ("差旅费多少，是集中采购不", ("是集中采购不",)),
        ("差旅费多少，资金又是从哪来的", ("资金又是从哪来的",)),
        ("车费多少，属于哪一类", ("属于哪一类",)),
        ("差旅费多少，有没有反而下降的细项", ("有没有反而下降的细项",)),
        ("下面有几个单位，名字报一下", ("下面有几个单位", "名字报一下")),
        ("差旅费多少，管出差的是哪个处", ("管出差的是哪个处",)),
        ("差旅费多少，走的什么资金", ("走的什么资金",)),
        ("差旅费按用途拆开给我，多少钱", ("差旅费按用途拆开给我",)),
        ("差旅费多少，太湖清淤清多少方", ("太湖清淤清多少方",)),
        ("差旅费收多少支多少", ("差旅费收多少支多少",)),
        ("差旅费比去年那会儿多了，是多少", ()),
        ("差旅费多少，合一个人一年多少", ("合一个人一年多少",)),
        ("差旅费比去年砍了5万，没说错吧", ("差旅费比去年砍了5万",)),
        ("差旅费多少，差的这块靠什么收入来的", ("差的这块靠什么收入来的",)),
        ("差旅费多少，差在哪个口径上", ("差在哪个口径上",)),
        ("差旅费是多少，两个地方数字不一致", ("两个地方数字不一致",)),
        ("差旅费才5万，是不是填错了", ("是不是填错了",)),
        ("差旅费多少，从哪儿出的", ("从哪儿出的",)),
        ("差旅费多少，主要是添了哪几笔", ("主要是添了哪几笔",)),
        ("差旅费最少报几次", ("差旅费最少报几次",)),
        ("差旅费多少，出差是不是归办公室管", ("出差是不是归办公室管",)),
        ("差旅费多少，最多的是哪家", ("最多的是哪家",)),
        ("差旅费多少，原来的车呢", ("原来的车呢",)),
        ("差旅费多少，项级编码报一下", ("项级编码报一下",)),
        ("差旅费和办公费一增一减，一增一减各多少", ("差旅费和办公费一增一减", "一增一减各多少")),
        ("差旅费多少，是涨是降", ("是涨是降",)),
    ],
)
def test_a_clause_that_an_answer_says_nothing_to(seed_draft: Draft, question: str, unsaid: tuple[str, ...]) -> None:
    assert unmet_clauses(question, _draft(seed_draft, ONE)) == unsaid


def test_quotes_without_a_new_number_answer_no_amount(seed_draft: Draft) -> None:
    seed_draft.lines.append("> 公用经费2094.58万元。主要包括：水费、电费。[1]")
    assert unmet_clauses("2094.58万公用经费里水费多少", seed_draft) == ("2094.58万公用经费里水费多少",)
    assert unmet_clauses("公用经费是多少", seed_draft) == ()


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("差旅费为啥少了", "主要原因是出差减少[1]。"),
        ("差旅费去年是多少", "上年差旅费为 **4.00 万元**[1]。"),
        ("两项加起来多少", "两项合计 **9.00 万元**[1]。"),
        ("占几成", "占 **12.5 %**[1]。"),
        ("每辆车平均多少", "平均每辆 **2.00 万元**[1]。"),
        ("一共几辆", "车辆 **3**[2] 辆[1]。"),
        ("对得上吗", "两处不一致，相差 **1.00 万元**[1]。"),
        ("归哪个处管", "> 办公室、综合处、信访督查处。[1]"),
        ("包括哪几家单位", "> 1.财政局\n> 2.评审中心[1]"),
        ("清淤多少方", "清淤 **200 万立方米**[1]。"),
        ("有几条线路", "没有这样的线路[1]。"),
    ],
)
def test_what_an_answer_says_is_said(seed_draft: Draft, question: str, line: str) -> None:
    assert unmet_clauses(question, _draft(seed_draft, (line, []))) == ()


@pytest.mark.parametrize(
    ("question", "is_only"),
    [
        ("会议费多了一百多万，你怎么看，该不该砍掉", True),
        ("会议费是多少，合理吗", False),
        ("会议费是多少", False),
    ],
)
def test_an_opinion_by_itself(question: str, is_only: bool) -> None:
    assert asks_only_opinion(question) is is_only


def test_the_answer_says_first_what_it_leaves_unsaid(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("公务接待费是多少，合理吗")
    assert answer.unanswered == ["合理吗"]
    assert "0.69" in answer.answer and answer.answer.startswith("其中没有答到：合理吗")


def test_an_opinion_is_not_answered(seed_assistant: Assistant) -> None:
    assert seed_assistant.ask("公务接待费该不该砍掉，你怎么看").refused


@pytest.mark.parametrize(("line", "unsaid"), [("单价100万元以上的设备2台[1]。", 1), ("设备购置100万元[1]。", 0)])
def test_an_amount_that_only_bounds_is_no_answer_to_how_much(seed_draft: Draft, line: str, unsaid: int) -> None:
    assert len(unmet_clauses("设备今年批了多少预算", _draft(seed_draft, (line, [])))) == unsaid
