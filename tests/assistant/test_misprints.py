"""Misspelt names: pinyin, homophones and misprints; what is a name or a word of its own is none."""

from __future__ import annotations

import pytest

from assistant.catalog import DocumentCatalog
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Operand, Understanding
from assistant.understand.understand import understand

MISSPELT = [
    ("公务接代费多少", "公务接待费", "pinyin"),
    ("gongwujiedaifei是多少", "公务接待费", "pinyin"),
    ("gwjdf多少", "公务接待费", "pinyin"),
    ("公务用车运行维户费多少", "公务用车运行维护费", "pinyin"),
    ("职业年进缴费多少", "职业年金缴费", "pinyin"),
    ("行政运型多少", "行政运行", "pinyin"),
    ("住房公级金多少", "住房公积金", "pinyin"),
    ("会义费多少", "会议费", "pinyin"),
    ("培迅费多少", "培训费", "pinyin"),
    ("社会保章和就业支出多少", "社会保障和就业支出", "pinyin"),
    ("工资福力支出多少", "工资福利支出", "pinyin"),
    ("卫生键康支出多少", "卫生健康支出", "pinyin"),
    ("基本公资多少", "基本工资", "pinyin"),
    ("xingzhengyunxing安排了多少", "行政运行", "pinyin"),
    ("公务接侍费是多少啊", "公务接待费", "misprint"),
    ("公务接待待费多少", "公务接待费", "misprint"),
    ("公务待接费多少", "公务接待费", "misprint"),
    ("公务接费多少", "公务接待费", "misprint"),
    ("公务员医疗补肋缴费多少", "公务员医疗补助缴费", "misprint"),
]
OF_THEIR_OWN = [
    "公务接送费多少", "公务招聘费多少", "公务接待三费多少", "教室支出多少", "中等教育多少", "高等教育支出多少",
    "工作福利支出多少", "税务支出多少", "会议室多少", "议会费多少", "住房公司金多少", "行政运费多少", "差旅公司多少",
    "培养费多少", "劳动费多少", "印刷机多少", "生产补贴多少", "公务用马运行维护费多少", "信访事务多少", "wuhan多少",
    "ipad多少钱", "abcd多少", "公务接侍费白酒多少", "专用设备购置多少", "办公家具购置多少",
]  # fmt: skip


def _misspelt(asked: Understanding) -> list[tuple[str, str]]:
    terms = [t for operand in asked.operands for t in operand.terms]
    return [(t.text, link.match) for t in terms for link in t.links if link.match in ("pinyin", "misprint")]


@pytest.mark.parametrize(("question", "meant", "match"), MISSPELT)
def test_a_misspelt_name_is_understood(question: str, meant: str, match: str, seed_catalog: DocumentCatalog) -> None:
    asked = understand(question, seed_catalog)
    assert [operand.text for operand in asked.operands] == [meant]
    assert set(_misspelt(asked)) == {(meant, match)}
    assert asked.leftover == ()


@pytest.mark.parametrize("question", OF_THEIR_OWN)
def test_other_words_are_no_misprints(question: str, seed_catalog: DocumentCatalog) -> None:
    asked = understand(question, seed_catalog)
    assert _misspelt(asked) == []
    assert asked.leftover


def test_a_misspelt_name_scores_less_than_the_name(seed_catalog: DocumentCatalog) -> None:
    (right,), (wrong,) = (understand(f"{name}多少", seed_catalog).operands for name in ("公务接待费", "公务接侍费"))
    assert _best(wrong) < _best(right)


def _best(operand: Operand) -> float:
    return max(link.score for term in operand.terms for link in term.links)


def test_other_spellings_of_a_word_are_the_word(seed_catalog: DocumentCatalog) -> None:
    asked = understand("其它交通费用多少", seed_catalog)
    assert [operand.text for operand in asked.operands] == ["其他交通费用"]
    assert _misspelt(asked) == []


def test_each_name_of_the_document_is_found_with_one_character_doubled(seed_catalog: DocumentCatalog) -> None:
    """And nothing else is: over all rows, whatever is found is the row itself."""
    labels = {normalised_question(row.label) for row in seed_catalog.rows.values() if len(row.label) > 5}
    found = wrong = 0
    for label in sorted(labels):
        written = label[:3] + label[2] + label[3:]
        for misprint in seed_catalog.spellings.misprints(written, set(range(len(written)))):
            found += misprint.name in label
            wrong += misprint.name not in label
    assert found > 40
    assert wrong == 0
