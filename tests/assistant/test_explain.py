"""What the engine says that it made of a question."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant


def facts(engine: Assistant, question: str, *history: str) -> dict[str, str]:
    return {fact.name: fact.text for fact in engine.explain(question, history).facts}


def test_an_explanation_comes_with_the_same_answer(seed_assistant: Assistant) -> None:
    asked = "差旅费是多少？"
    answer, explained = seed_assistant.ask(asked, id="Q"), seed_assistant.explain(asked, id="Q").answer
    assert explained.model_copy(update={"elapsed_ms": {}}) == answer.model_copy(update={"elapsed_ms": {}})


@pytest.mark.parametrize(
    ("question", "name", "expected"),
    [
        ("差旅费是多少？", "范围", "2024年部门预算"),
        ("差旅费是多少？", "问的是", "问数，查数"),
        ("差旅费是多少？", "名目", "“差旅费” → 行 30211 差旅费〔附表4-6〕"),
        ("差旅费是多少？", "途径", "附表"),
        ("差旅费是多少？", "SQL", "'30211'"),
        ("差旅费折算成元是多少", "折成", "元"),
        ("去年的基本支出是多少", "年份", "上年"),
        ("事业运行的公用经费是多少？", "名目", "\n  ＋ “公用经费” → 列 基本支出/公用经费〔附表4-5〕"),
        ("养车的钱是多少", "名目", "行（别名） 30231 公务用车运行维护费"),
        ("差旅费占商品和服务支出的比重？", "相对于", "302 商品和服务支出"),
        ("商品和服务支出除公务用车运行维护费外还有多少？", "除去", "30231 公务用车运行维护费"),
        ("商品和服务支出中10万元以上的科目有哪些？", "条件", "≥ 10 万元"),
        ("商品和服务支出中10万元以上的科目有哪些？", "哪类行", "科目"),
        ("工资福利支出金额前五名分别是？", "问的是", "问数，排名 从大到小 前 5"),
        ("基本支出为什么减少？", "问的是", "问原因"),
        ("差旅费的中标供应商", "没懂的词", "中标"),
        ("秘书股是干什么的？", "途径", "正文"),
    ],
)
def test_facts(seed_assistant: Assistant, question: str, name: str, expected: str) -> None:
    assert expected in facts(seed_assistant, question)[name]


def test_what_a_question_does_not_have_is_left_out(seed_assistant: Assistant) -> None:
    assert facts(seed_assistant, "差旅费是多少？").keys() == {"范围", "问的是", "名目", "途径", "SQL"}


def test_a_follow_up_is_explained_as_completed(seed_assistant: Assistant) -> None:
    found = facts(seed_assistant, "比去年呢？", "公务接待费预算是多少？")
    assert "公务接待费" in found["名目"] and "比上年" in found["问的是"]


def test_a_scope_that_is_not_served_is_all_there_is_to_tell(seed_assistant: Assistant) -> None:
    found = facts(seed_assistant, "2019年的差旅费是多少？")
    assert found["范围"].startswith("没有") and found["途径"] == "拒答"
