"""What a final account says was spent of what had been budgeted, item by item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, TextCitation
from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import AUDIT_2025_FINAL, FOREST_2025

PROSE = (
    "一、一般公共预算财政拨款支出决算情况说明",
    "一般公共预算财政拨款支出年初预算为410.00万元，支出决算为398.00万元，完成年初预算的97.07%。"
    "决算数小于预算数的主要原因：部分审计业务未开展。其中：",
    "1、一般公共服务支出（类）审计事务（款）行政运行（项）。主要用于：人员支出。"
    "年初预算为340.00万元，支出决算为340.00万元，完成年初预算的100.00%。决算数同预算数持平。",
    "2、一般公共服务支出（类）审计事务（款）审计业务（项）。主要用于：审计项目。"
    "年初预算为70.00万元，支出决算为58.00万元，完成年初预算的82.86%。决算数小于预算数的主要原因：两个项目推迟到下年。",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over one final account, and a budget beside it."""
    folder = tmp_path_factory.mktemp("final")
    final = replace(AUDIT_2025_FINAL, prose=PROSE)
    for number, document in enumerate((final, FOREST_2025)):
        (folder / f"文件{number}.txt").write_text(document.text, encoding="utf-8")
    build([folder], folder / "built")
    return Assistant(folder / "built", Settings(index_dir=folder / "built"))


def told(answer: Answer) -> list[str]:
    return [f"{figure.value}{figure.unit}" for figure in answer.figures]


@pytest.mark.parametrize(
    "question",
    [
        "审计局2025年审计业务年初预算和支出决算各多少，完成了百分之几？",
        "审计局2025年审计业务的预算完成率是多少？",
        "审计局2025年审计业务决算比年初预算少多少？",
        "审计局2025年审计业务年初预算多少，决算多少，差多少？",
    ],
)
def test_an_item_is_told_with_budget_spending_completion_and_what_they_differ_by(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert told(answer) == ["70.00万元", "58.00万元", "82.86%", "12.00万元"]
    assert all(isinstance(c, TextCitation) and "审计业务（项）" in c.quote for c in answer.sources)


def test_the_whole_is_told_where_no_item_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("审计局2025年完成年初预算的百分之几？")
    assert told(answer) == ["410.00万元", "398.00万元", "97.07%", "12.00万元"]


def test_a_budget_that_only_a_table_prints_is_not_made_up(assistant: Assistant) -> None:
    assert assistant.ask("审计局2025年差旅费完成年初预算的百分之几？").refused


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("审计局2025年哪个项级科目完成年初预算的比例最低？", ["审计业务"]),
        ("审计局2025年哪些项级科目正好完成年初预算的100%？", ["行政运行"]),
        ("审计局2025年哪些科目没有完成年初预算？", ["审计业务"]),
        ("审计局2025年完成率低于98%的科目有哪些？", ["审计业务"]),
        ("审计局2025年各项级科目的年初预算和决算分别是多少？", ["行政运行", "审计业务"]),
        pytest.param(
            "审计局2025年哪些科目超预算了？",
            [],
            marks=pytest.mark.xfail(strict=True, reason="一个也没有时列出了全部科目"),
        ),
        ("审计局2025年哪些科目决算比预算少？", ["审计业务"]),
        ("审计局2025年哪些科目的决算数等于预算数？", ["行政运行"]),
    ],
)
def test_items_by_how_far_their_budget_was_spent(assistant: Assistant, question: str, items: list[str]) -> None:
    answer = assistant.ask(question)
    assert not answer.refused
    assert [f.label.removesuffix("完成率") for f in answer.figures if f.label.endswith("完成率")] == items


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("审计局2025年审计业务为什么没有花完？", "两个项目推迟到下年"),
        ("审计局2025年哪个科目完成率最低？多少，什么原因", "两个项目推迟到下年"),
        ("审计局2025年一般公共预算财政拨款支出为什么决算数小于预算数？", "部分审计业务未开展"),
    ],
)
def test_reasons(assistant: Assistant, question: str, reason: str) -> None:
    assert reason in assistant.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "审计局2025年审计业务第三季度完成年初预算的百分之几？",
        "审计局2025年审计业务人均完成率多少？",
        "审计局2025年审计事务完成率多少？",
        "审计局2025年审计业务完成率比行政运行高多少？",
        "林业局2025年行政运行完成年初预算的百分之几？",
        "林业局2025年行政运行的完成率是多少？",
    ],
)
def test_what_no_sentence_tells_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused or answer.route == "clarify", answer.answer
