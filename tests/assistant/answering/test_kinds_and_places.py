"""What names a kind, a table or a unit beside an item: goods are added, tables and units narrow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Answer, TableCitation
from assistant.ask import Assistant


def values(answer: Answer) -> list[str]:
    return [figure.value for figure in answer.figures]


def cells(answer: Answer) -> list[TableCitation]:
    return [citation for citation in answer.citations if isinstance(citation, TableCitation)]


@pytest.mark.parametrize("question", ["政府采购里货物多少", "货物类采购多少钱"])
def test_goods_bought_are_added_from_their_lines(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert "169000.00" in values(answer), answer.answer
    cited = [Decimal(cell.value.replace(",", "")) for cell in cells(answer)]
    assert len(cited) == 4
    assert sum(cited) == Decimal("169000")


@pytest.mark.parametrize("follow_up", ["附表4-5里是多少", "表4-5里这一项是多少", "那在附表4-5里呢"])
def test_a_follow_up_may_name_only_another_table(seed_assistant: Assistant, follow_up: str) -> None:
    answer = seed_assistant.ask(follow_up, ["社会保障和就业支出是多少？"])
    assert [(c.table_no, c.row_label, c.value) for c in cells(answer)] == [
        ("附表4-5", "社会保障和就业支出", "94.37"),
    ], answer.answer


@pytest.mark.parametrize("follow_up", ["那政府采购呢", "政府采购多少"])
def test_a_table_named_as_an_item_is_asked_for_itself(seed_assistant: Assistant, follow_up: str) -> None:
    answer = seed_assistant.ask(follow_up, ["三公经费是多少？"])
    assert "239000.00" in values(answer) or "23.90" in values(answer), answer.answer


def test_a_clause_with_only_a_unit_narrows_the_next(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("通信中心，基本工资多少")
    assert values(answer) == ["16.92"], answer.answer


def test_a_zero_in_the_table_does_not_hide_the_amount_in_prose(seed_assistant: Assistant) -> None:
    assert {"0.00", "154.04"} <= set(values(seed_assistant.ask("其他支出是多少")))


def test_what_is_asked_behind_an_item_stays_within_it(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("政府采购预算多少？哪一类最多？")
    assert all(cell.table_no != "附表4-3" for cell in cells(answer)), answer.answer


def test_a_name_stands_where_a_form_prints_it(seed_assistant: Assistant) -> None:
    assert "王亚雪" in seed_assistant.ask("整体支出绩效目标申报表的填报人是谁").answer
    assert seed_assistant.ask("区委办公室主任叫什么名字？").refused


def test_a_bound_on_amounts_is_no_name(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("工资福利支出的明细科目中，金额在50万元以上的有哪些")
    assert {cell.row_label for cell in cells(answer)} == {"基本工资", "津贴补贴", "奖金"}, answer.answer
