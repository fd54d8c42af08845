"""Changes, earlier years, reasons, definitions, duties: what the prose says, quoted."""

from __future__ import annotations

import pytest

from assistant.answer import TextCitation
from assistant.ask import Assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("公务接待费比去年增减多少？", ("减少", "0.09 万元", "11.5 %", "0.69 万元", "过紧日子")),
        ("项目支出比上年增加多少？", ("增加", "89.04 万元", "154.04 万元", "65.00 万元")),
        ("收入总计比上年增加多少？", ("增加", "59.71 万元", "8.8 %", "675.95 万元")),
        ("基本支出比上年减少了多少？", ("减少", "29.33 万元")),
        ("公务用车运行维护费比上年增加多少？", ("持平", "0.00 万元")),
    ],
)
def test_changes(seed_assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = seed_assistant.ask(question)
    assert answer.route in ("text", "both")
    assert [each for each in said if each not in answer.told] == []


@pytest.mark.parametrize(
    ("question", "amount", "how"),
    [
        ("2023年的收入总计是多少？", "675.95", "写明"),
        ("去年的项目支出是多少？", "65.00", "上年项目支出"),
        ("2023年公务接待费是多少？", "0.78", "推算"),
        ("去年机关运行经费是多少？", "86.46", "推算"),
    ],
)
def test_the_year_before_is_given_as_stated_or_derived_and_says_which(
    seed_assistant: Assistant, question: str, amount: str, how: str
) -> None:
    answer = seed_assistant.ask(question)
    assert [(figure.value, figure.unit) for figure in answer.figures] == [(amount, "万元")]
    assert how in answer.answer


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("为什么公务接待费减少？", "落实过紧日子要求"),
        ("机关运行经费为什么减少？", "压缩一般性开支"),
        ("项目支出为什么增加这么多？", "新增了 3 个项目"),
        ("固定资产增长的原因是什么？", "采购了国产电脑 8 台"),
        ("基本支出减少的原因？", "在职人员减少 3 名"),
    ],
)
def test_reasons(seed_assistant: Assistant, question: str, reason: str) -> None:
    answer = seed_assistant.ask(question)
    assert reason in answer.answer
    assert any(isinstance(c, TextCitation) and reason in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "heading", "quote"),
    [
        ("什么是三公经费？", "名词解释", "因公出国（境）费、公务接待费、公务用车购置及运行费"),
        ("项目支出是什么意思？", "名词解释", "为完成特定行政任务和事业发展目标所发生的支出"),
        ("公务用车购置费指什么？", "名词解释", "含车辆购置税"),
        ("综合股的职责是什么？", "部门主要职能", "党委办公室系统综合调研指导工作"),
        ("区委督查室负责什么？", "部门主要职能", "督办检查"),
        ("专用通信保障中心有哪些职能？", "部门主要职能", "区级政务接待"),
        ("哪个机构负责外事工作？", "部门主要职能", "外事股"),
        ("谁负责机关财务、审计工作？", "部门主要职能", "行政财务股"),
        ("保密工作归哪个股室管？", "部门主要职能", "机要和保密室"),
    ],
)
def test_definitions_duties_and_who(seed_assistant: Assistant, question: str, heading: str, quote: str) -> None:
    answer = seed_assistant.ask(question)
    assert answer.route == "text"
    assert quote in answer.answer
    cited = [c for c in answer.citations if isinstance(c, TextCitation) and quote in c.quote]
    assert cited and all(any(heading in part for part in c.section) for c in cited)


def test_a_definition_is_the_terms_own(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("什么是公务接待费？")
    assert len(answer.citations) == 1
    assert "外宾接待" in answer.answer and "国际旅费" not in answer.told


def test_a_premise_that_does_not_hold_is_not_answered_with_another_subject(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("公务接待费是100万元对吗？")
    assert answer.refused or "0.69 万元" in answer.answer


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("房屋面积有多少平米，车一共几辆？", ("房屋面积共有 0 平方米", "车辆 5 辆")),
        ("调查研究、为区委决策提供依据的是哪个内设机构？", ("信息综合室",)),
        ("机关党建和群团工作是哪个股室的活儿？", ("综合股",)),
        ("通信保障中心是什么性质的单位？", ("公益一类",)),
        ("应急通信体系的建设维护归哪家单位？", ("专用通信保障中心",)),
        ("名词解释里解释了哪些名词？", ("行政运行", "公务用车购置费")),
        ("人员数据是截至什么时候的？", ("2022 年 12 月 31 日",)),
    ],
)
def test_sentences_are_found_whatever_words_ask(
    seed_assistant: Assistant, question: str, quotes: tuple[str, ...]
) -> None:
    answer = seed_assistant.ask(question)
    assert answer.route == "text"
    assert [quote for quote in quotes if quote not in answer.told] == []


@pytest.mark.parametrize(
    "question",
    [
        "秘书股有多少人？",  # the number and the office stand in different sentences
        "三月份的差旅费花了多少？",  # a word of how that stands nowhere, before an amount
        "区委专项工作经费的支出进度是多少？",
        "货物比服务多花多少钱？",  # both are stated, the difference is not
        "你觉得我们主任怎么样？",
    ],
)
def test_a_sentence_beside_the_point_is_no_answer(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert answer.refused, answer.answer
