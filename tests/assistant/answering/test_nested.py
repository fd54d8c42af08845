"""Questions within questions: figures as bounds, shares of rows, picked rows and sums that are computed with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Answer, TableCitation
from assistant.ask import Assistant
from tests.printed import PrintedDocument

ECONOMIC_ABOVE_RECEPTION = 24
"""Leaf items of 附表4-6 above 公务接待费 (0.69), counted by hand."""


def printed(answer: Answer) -> dict[str, Decimal]:
    """The values of the cited cells by row."""
    cells = [c for c in answer.citations if isinstance(c, TableCitation)]
    return {c.row_label: Decimal(c.value) for c in cells}


@pytest.mark.parametrize(
    ("question", "figure", "unit"),
    [
        ("差旅费比会议费和培训费之和多多少", "11.20", "万元"),
        ("会议费加培训费是差旅费的百分之几", "11.11", "%"),
        ("印刷费占办公费和印刷费合计的比例", "50", "%"),
        ("前三名的商品和服务支出合计多少", "48.10", "万元"),
        ("前三名的商品和服务支出占商品和服务支出的比重", "61.32", "%"),
        ("工资福利支出最高和最低的差多少", "139.17", "万元"),
        ("金额最大的项目占支出总计的比例", "11.79", "%"),
        ("商品和服务支出中培训费的占比", "0.51", "%"),
        ("占工资福利支出比重最高的是哪项", "30.93", "%"),
        ("行政运行占比比事业运行占比高几个百分点", "37.09", "个百分点"),
        ("不包括公务接待费的三公经费是多少", "20.00", "万元"),
        ("比公务接待费高的科目有几个", str(ECONOMIC_ABOVE_RECEPTION), "项"),
        ("高于平均数的商品和服务支出科目有几个", "5", "项"),
    ],
)
def test_the_result(seed_assistant: Assistant, seed_path: object, question: str, figure: str, unit: str) -> None:
    answer = seed_assistant.ask(question)
    assert (figure, unit) in [(f.value, f.unit) for f in answer.figures], answer.answer


@pytest.mark.parametrize("bound", ["公务接待费", "差旅费", "住房公积金", "办公费"])
@pytest.mark.parametrize("word", ["高", "低"])
def test_rows_beside_a_bound_are_all_and_only_those(seed_assistant: Assistant, bound: str, word: str) -> None:
    answer = seed_assistant.ask(f"比{bound}{word}的经济科目有哪些")
    values = printed(answer)
    limit = values.pop(bound)
    everything = printed(seed_assistant.ask("经济科目有哪些"))
    expected = {label for label, v in everything.items() if (v > limit if word == "高" else v < limit)}
    assert expected
    assert set(values) == expected


def test_shares_follow_from_their_cells(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("占比超过10%的经济科目有哪些")
    cells = {c.n: Decimal(c.value) for c in answer.citations if isinstance(c, TableCitation)}
    shares = [f for f in answer.figures if f.unit == "%"]
    assert len(shares) == 3
    for share in shares:
        part, whole = (cells[n] for n in share.citations)
        assert abs(part * 100 / whole - Decimal(share.value)) <= Decimal("0.005")


@pytest.mark.parametrize("question", ["两个单位各自前三的项目", "办公室和通信中心各自金额最大的三个项目是哪些"])
def test_each_unit_is_ranked_on_its_own(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert [f.value for f in answer.figures] == ["86.70", "79.63", "70.00", "25.25", "18.00", "16.92"]


@pytest.mark.parametrize(
    "question",
    [
        "比取暖费高的科目有几个",
        "占取暖费比重最高的是哪项",
        "差旅费比会议费和取暖费之和多多少",
        "三公经费除差旅费外还有多少",
        "支出总计占支出总计的比重",
    ],
)
def test_what_rests_on_something_absent_is_refused(seed_assistant: Assistant, question: str) -> None:
    assert seed_assistant.ask(question).route in ("refuse", "clarify")


def test_a_bound_is_said_with_its_source(seed_assistant: Assistant, seed_path: object) -> None:
    answer = seed_assistant.ask("哪些科目比差旅费多")
    assert "高于差旅费（**12.60 万元**[1]）" in answer.answer
    source = PrintedDocument(seed_path)  # type: ignore[arg-type]
    assert all(source.prints(c) for c in answer.citations if isinstance(c, TableCitation))
