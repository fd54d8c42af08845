"""What the page's parts are made of, without a browser."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assistant.answer import Answer
from assistant.talks import Turn
from assistant.ui import printed_table
from assistant.ui.evidence import EMPTY, evidence_panel, mark_quote, query_panel
from assistant.ui.messages import answer_message, problem_message, suggestions, turn_message
from tests.doubles import FixtureEngine


@pytest.fixture
def answer(fixture_engine: FixtureEngine) -> Answer:
    return fixture_engine.ask("第45项费用是多少？")


def cells_of(html: str, name: str) -> list[str]:
    return re.findall(rf'<td class="[^"]*\b{name}\b[^"]*">(.*?)</td>', html)


def test_the_cited_cell_its_row_and_its_column_stand_out(fixture_engine: FixtureEngine, answer: Answer) -> None:
    html = evidence_panel(fixture_engine.warehouse, answer, 1, 1)
    assert cells_of(html, "cited-cell") == ["45.69<sup>1</sup>"]
    assert cells_of(html, "also-cited") == ["3.69<sup>3</sup>"]
    assert len(cells_of(html, "cited-column")) == 60
    assert html.count('<tr class="cited-row">') == 1
    assert '<th rowspan="2" colspan="1" class="cited-column">合计</th>' in html
    assert '<th rowspan="1" colspan="2">基本支出</th>' in html


def test_codes_are_not_set_as_numbers(fixture_engine: FixtureEngine, answer: Answer) -> None:
    html = evidence_panel(fixture_engine.warehouse, answer, 1, 1)
    assert "<td>30245</td>" in html


def test_a_long_table_is_a_window_around_the_cited_row(
    fixture_engine: FixtureEngine, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed_table, "MAX_ROWS", 10)
    html = evidence_panel(fixture_engine.warehouse, answer, 1, 1)
    assert cells_of(html, "cited-cell") == ["45.69<sup>1</sup>"]
    assert "另有 40 行" in html and "另有 10 行" in html
    assert ">第39项费用</td>" not in html and ">第41项费用</td>" in html


def test_chips_name_all_citations_and_the_chosen_one(fixture_engine: FixtureEngine, answer: Answer) -> None:
    html = evidence_panel(fixture_engine.warehouse, answer, 4, 2)
    assert re.findall(r'aria-pressed="(\w+)" data-turn="4" data-n="(\d)"', html) == [
        ("false", "1"),
        ("true", "2"),
        ("false", "3"),
    ]


def test_a_source_that_is_gone_is_told(fixture_engine: FixtureEngine, answer: Answer) -> None:
    gone = [each.model_copy(update={"table_id": "x", "paragraph_id": "x"}) for each in answer.citations]
    for n in (1, 2):
        html = evidence_panel(fixture_engine.warehouse, answer.model_copy(update={"citations": gone}), 1, n)
        assert "找不到这处原文" in html


def test_no_such_citation_gives_the_empty_panel(fixture_engine: FixtureEngine, answer: Answer) -> None:
    assert evidence_panel(fixture_engine.warehouse, answer, 1, 99) == EMPTY


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("甲乙丙", "乙", '甲<mark class="cited-cell">乙</mark>丙'),
        ("甲 乙\n丙", "甲乙丙", '<mark class="cited-cell">甲 乙\n丙</mark>'),
        ("(1+1)", "1+1", '(<mark class="cited-cell">1+1</mark>)'),
        ("甲", "乙", '甲<mark class="cited-cell quote-apart">乙</mark>'),
        ("<a>", "a", '&lt;<mark class="cited-cell">a</mark>&gt;'),
    ],
)
def test_quotes_are_marked_in_their_paragraph(text: str, quote: str, expected: str) -> None:
    assert mark_quote(text, quote) == expected


def test_a_warning_in_the_text_is_shown_once_and_in_its_box(answer: Answer) -> None:
    (note,) = answer.notes
    told = answer.model_copy(update={"answer": f"45.69 万元[1]。\n⚠ 文件前后不一致：{note}。"})
    message = answer_message(told, 2)
    assert message.count("相差 1.00 万元") == 1
    box = message[message.index('<div class="note">') :]
    assert box.index("相差 1.00 万元<button") < box.index('data-turn="2" data-n="2"') < box.index("</div>")


def test_nothing_printed_is_read_as_html(answer: Answer) -> None:
    hostile = "<img src=x>${1}{{x}}"
    shown = (
        suggestions(hostile, [hostile], "examples")
        + problem_message(hostile)
        + turn_message(Turn(1, hostile, hostile, problem=hostile))
        + query_panel(answer.model_copy(update={"sql": hostile, "rows": [[hostile]], "columns": [hostile]}))
        + answer_message(answer.model_copy(update={"answer": "", "notes": [hostile]}), 1)
    )
    assert "<img" not in shown and "${" not in shown and "{{" not in shown


def test_no_query_no_panel(answer: Answer) -> None:
    assert query_panel(answer.model_copy(update={"sql": None})) == ""


def test_what_markdown_would_change_stands_as_written(fixture_engine: FixtureEngine) -> None:
    message = answer_message(fixture_engine.ask("怪"), 1)
    assert "5~10%，其中3~4月最低" in message
    assert "<b>合计：</b>38.52 万元<button" in message
    assert "<p>2024. 年初预算如此。</p>" in message
    assert "<i>1.</i><span>甲</span>" in message and "<i>3.</i><span>丙</span>" in message
    assert "<img" not in message and "<a " not in message


def test_a_list_is_a_table_with_the_rest_folded(fixture_engine: FixtureEngine) -> None:
    message = answer_message(fixture_engine.ask("列出"), 1)
    assert message.count("<tr") == 13 and message.count('class="folded"') == 2
    assert "数额（万元）" in message and 'data-value="126900.00">12.69</td>' in message
    assert "展开全部 12 项" in message


def test_units_ranked_with_their_words_are_a_table_in_their_order(answer: Answer) -> None:
    lines = [
        "1. 甲局：三公经费合计 **890.97 万元**[1]（按表8（一般公共预算））",
        "2. 乙局：“三公”经费 **101000.00 元（10.10 万元）**[1]",
        "3. 丙局：三公经费合计 **8.00 万元**[1]", "4. 丁局：三公经费合计 **3.00 万元**[1]",
    ]  # fmt: skip
    message = answer_message(answer.model_copy(update={"answer": "\n".join(lines)}), 1)
    assert "名次" in message and "<small>（按表8（一般公共预算））</small>" in message
    assert '<td class="words">“三公”经费</td>' in message
    values = [Decimal(value) for value in re.findall(r'data-value="([\d.]+)"', message)]
    assert values == [8909700, 101000, 80000, 30000] and "101,000.00 元（10.10 万元）" in message
    mixed = answer_message(answer.model_copy(update={"answer": "\n".join([*lines[1:], lines[0]])}), 1)
    assert "序号" in mixed and "名次" not in mixed


def test_changes_and_shares_are_columns(answer: Answer) -> None:
    changed = [
        f"- {name}：2024年预算 **9.00 万元**[1]，2025年预算 **5.00 万元**[1]，减少 **4.00 万元**[1]，下降 **44 %**[1]"
        for name in "甲乙丙丁"
    ]
    message = answer_message(answer.model_copy(update={"answer": "\n".join(changed)}), 1)
    heads = re.findall(r'class="sort">([^<]+)<', message)
    assert heads == ["名称", "2024年预算（万元）", "2025年预算（万元）", "减少（万元）", "下降（%）"]
    assert 'data-value="-40000.00">4.00</td>' in message


def test_a_short_list_has_no_table_to_copy(answer: Answer) -> None:
    told = answer.model_copy(update={"answer": "- 甲：**1 元**[1]\n- 乙：**2 元**[1]"})
    message = answer_message(told, 1)
    assert "copy-table" not in message and "list-xlsx" in message


def test_three_items_stay_a_list(answer: Answer) -> None:
    told = answer.model_copy(update={"answer": "- 甲：**1 元**[1]\n- 乙：**2 元**[1]\n- 丙：**3 元**[1]"})
    message = answer_message(told, 1)
    assert "<table" not in message and message.count("<li>") == 3


def test_amounts_have_thousands_separators(answer: Answer) -> None:
    message = answer_message(answer.model_copy(update={"answer": "2024年为 **41534.73 万元**[1]。"}), 1)
    assert "2024年为 <b>41,534.73 万元</b>" in message


def test_the_check_state_of_a_table_is_told(fixture_engine: FixtureEngine, answer: Answer) -> None:
    html = evidence_panel(fixture_engine.warehouse, answer, 1, 1)
    assert "本表核对 1 项，1 项对不上" in html
    assert "合计 1.69 与分项之和 2.69 差 1.00 万元" in html


def test_chips_of_sentences_say_their_first_words(fixture_engine: FixtureEngine, answer: Answer) -> None:
    assert "<i>公务接待费预算 0.69 万元" in evidence_panel(fixture_engine.warehouse, answer, 1, 1)


def test_the_names_of_rows_stay_in_sight(fixture_engine: FixtureEngine, answer: Answer) -> None:
    assert '<td class="name">第1项费用</td>' in evidence_panel(fixture_engine.warehouse, answer, 1, 1)
