"""Lists with figures in prose: which sentences and paragraphs make one, and which don't add up to one."""

from __future__ import annotations

import pytest

from assistant.prose_lists import ProseList, prose_lists
from index.ordinals import rank
from index.parsed import _paragraph_record, _statement_record
from index.prose import OutlinedParagraph
from index.statements import read_statements


def lists(*texts: str) -> dict[str, list[str]]:
    """Title → labels of the lists in some paragraphs; those without a full stop at the end are headings."""
    paragraphs = tuple(_outlined(texts))
    records = [_paragraph_record("d", p, "f") for p in paragraphs]
    statements = [_statement_record("d", n, s) for n, s in enumerate(read_statements(paragraphs), start=1)]
    found: tuple[ProseList, ...] = prose_lists(records, statements)
    return {each.title: [entry.label for entry in each.entries] for each in found}


def _outlined(texts: tuple[str, ...]) -> list[OutlinedParagraph]:
    made: list[OutlinedParagraph] = []
    path: list[str] = []
    for position, text in enumerate(texts, start=1):
        is_heading = text.endswith("#")
        text = text.rstrip("#")
        if is_heading:
            path = [each for each in path if (rank(each) or 0) < (rank(text) or 0)]
        made.append(OutlinedParagraph(position, text, tuple(path), "heading" if is_heading else "plain"))
        path += [text] if is_heading else []
    return made


def test_parts_told_in_the_sentence_of_their_total() -> None:
    assert lists("2026年政府采购预算总额9万元，其中：货物类采购预算5万元，服务类采购预算4万元。") == {
        "政府采购": ["货物类采购", "服务类采购"]
    }


def test_numbered_paragraphs_below_a_total_and_further_ones_beside_it() -> None:
    found = lists(
        "二、收入预算情况说明#",
        "2026年度收入预算30.00万元，比上年增加1.00万元。",
        "（一）本年财政拨款收入12.00万元#",
        "1.一般公共预算拨款收入9.00万元。",
        "2.政府性基金预算拨款收入3.00万元。",
        "（二）本年其他资金收入18.00万元#",
        "3.事业收入10.00万元。",
        "4.经营收入8.00万元。",
    )
    assert found == {
        "收入": ["财政拨款收入", "其他资金收入"],
        "财政拨款收入": ["一般公共预算拨款收入", "政府性基金预算拨款收入"],
        "其他资金收入": ["事业收入", "经营收入"],
    }


def test_headings_with_one_figure_below_each() -> None:
    found = lists(
        "（四）重点支出情况说明#",
        "1.河堤加固工程#",
        "（1）政策依据：根据市政府的决定。",
        "（2）预算安排：2026年安排预算3亿元。",
        "2.泵站改造工程#",
        "（1）政策依据：根据《排水条例》。",
        "（2）预算安排：2026年安排预算0.5亿元。",
    )
    assert found["重点支出"] == ["河堤加固工程", "泵站改造工程"]


def test_as_many_parts_as_are_counted() -> None:
    assert lists("项目支出增加是新增了3个项目：清淤7万元、护坡11万元、测量2万元。") == {
        "新增项目": ["清淤", "护坡", "测量"]
    }
    assert lists("项目支出增加是新增了3个项目：清淤7万元、护坡11万元。") == {}


def test_unnumbered_paragraphs_end_where_another_sentence_begins() -> None:
    found = lists(
        "本部门“三公”经费预算10.00万元，比上年减少1.00万元。其中：",
        "公务接待费1.00万元，比上年减少1.00万元；",
        "公务用车运行维护费9.00万元，与上年持平；",
        "公务用车购置费0.00万元。",
        "会议费0.00万元。",
    )
    assert found == {"“三公”经费": ["公务接待费", "公务用车运行维护费", "公务用车购置费"]}


@pytest.mark.parametrize(
    "texts",
    [
        ("（二）项目支出。项目支出预算100万元。其中：", "1.事业单位经营支出4万元。", "2.上缴上级支出0万元。"),
        ("基本支出预算8万元，其中：人员经费5万元，公用经费2万元。",),
        ("公务用车费0万元，其中：购置费0万元，运行费0万元。",),
        ("一、收支情况说明#", "（一）收入预算9万元。", "（二）支出预算9万元。"),
        (
            "支出决算7万元，具体如下：",
            "1、行政运行。年初预算为5万元，支出决算为4万元。",
            "2、事业运行。年初预算为2万元，支出决算为3万元。",
        ),
    ],
)
def test_what_does_not_add_up_is_no_list(texts: tuple[str, ...]) -> None:
    assert lists(*texts) == {}
