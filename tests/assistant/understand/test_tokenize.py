"""Tokens: a cover of the question, and the numbers and years in it."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalog import DocumentCatalog
from assistant.understand.tokenize import chinese_number, normalised_question, tokenize
from assistant.understand.types import Token
from assistant.understand.wording import aliases

_SAID = sorted({word for name, said in aliases().items() for word in (name, *said)})
_ASKED = [
    "多少",
    "超过",
    "万元",
    "2024年",
    "的",
    "和",
    "，",
    "？",
    "最高的",
    "前3名",
    "占",
    "三万",
    "1,000.5",
    "2023",
    "%",
    "通信中心",
]
questions = st.lists(st.sampled_from(_SAID) | st.sampled_from(_ASKED) | st.text(max_size=4), max_size=8).map("".join)


@given(questions)
def test_every_character_is_in_exactly_one_token(seed_catalog: DocumentCatalog, question: str) -> None:
    text = normalised_question(question)
    position = 0
    for token in tokenize(question, seed_catalog):
        assert token.start == position
        assert token.text == text[token.start : token.end] != ""
        position = token.end
    assert position == len(text)


def test_of_two_fixed_tokens_that_overlap_the_longer_one_stands(seed_catalog: DocumentCatalog) -> None:
    fixed = [Token("scope", "", "云溪社保", 0, 4), Token("scope", "", "保中心", 3, 6)]
    tokens = tokenize("云溪社保中心的差旅费", seed_catalog, fixed)
    assert "".join(token.text for token in tokens) == "云溪社保中心的差旅费"
    assert [token.text for token in tokens if token.group == "scope"] == ["云溪社保"]


@given(questions)
def test_what_nothing_explains_is_one_token(seed_catalog: DocumentCatalog, question: str) -> None:
    groups = [t.group for t in tokenize(question, seed_catalog)]
    assert all({first, second} != {"other"} for first, second in pairwise(groups))


@given(questions)
def test_a_term_always_says_what_it_stands_for(seed_catalog: DocumentCatalog, question: str) -> None:
    assert all(bool(t.links) == (t.group == "term") for t in tokenize(question, seed_catalog))


def tokens_of(question: str, group: str, catalog: DocumentCatalog) -> list[Token]:
    return [t for t in tokenize(question, catalog) if t.group == group]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("10万元", "10", "万元"),
        ("10万", "10", "万元"),
        ("1.5亿元", "1.5", "亿元"),
        ("2亿", "2", "亿元"),
        ("3百万元", "3", "百万元"),
        ("5千元", "5", "千元"),
        ("1,234.50元", "1234.50", "元"),
        ("300块钱", "300", "元"),
        ("12.5%", "12.5", "%"),
        ("３个百分点", "3", "%"),
        ("20000", "20000", None),
        ("三万", "3", "万元"),
        ("两百元", "200", "元"),
        ("三十五万元", "35", "万元"),
        ("一千二百万元", "1200", "万元"),
        ("半亿元", "0.5", "亿元"),
    ],
)
def test_numbers(text: str, value: str, unit: str | None, seed_catalog: DocumentCatalog) -> None:
    (number,) = tokens_of(f"超过{text}", "number", seed_catalog)
    assert (number.value, number.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["2080505", "30217", "A02010105"])
def test_a_code_in_the_budget_is_a_name_and_no_number(text: str, seed_catalog: DocumentCatalog) -> None:
    assert [t.text for t in tokens_of(f"{text}是多少", "term", seed_catalog)] == [text.lower()]
    assert tokens_of(f"{text}是多少", "number", seed_catalog) == []


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2024年的培训费", ["2024"]),
        ("2024年度预算", ["2024"]),
        ("2024部门预算", ["2024"]),
        ("2023年和2024年的培训费", ["2023", "2024"]),
        ("2024万元以上", []),
        ("超过2024.5元", []),
        ("编码120249", []),
    ],
)
def test_years(question: str, years: list[str], seed_catalog: DocumentCatalog) -> None:
    assert [t.name for t in tokens_of(question, "year", seed_catalog)] == years


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("九", 9),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("三十五", 35),
        ("一百", 100),
        ("一百零五", 105),
        ("两百二十", 220),
        ("三千", 3000),
        ("九千九百九十九", 9999),
    ],
)
def test_chinese_numerals(text: str, number: int) -> None:
    assert chinese_number(text) == Decimal(number)


@given(st.integers(1, 9999))
def test_every_number_to_ten_thousand_is_read_back(number: int) -> None:
    assert chinese_number(_written(number)) == Decimal(number)


@pytest.mark.parametrize("text", ["元", "三万", "1十", "十半"])
def test_what_is_no_chinese_number(text: str) -> None:
    assert chinese_number(text) is None


def _written(number: int) -> str:
    """A number in Chinese, zeros in the middle as one 零."""
    written = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            written += "零一二三四五六七八九"[digit] + name
        elif written and number and not written.endswith("零"):
            written += "零"
    return written


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("公务用车运行维护费多少", "公务用车运行维护费"),
        ("公务员医疗补助多少", "公务员医疗补助"),
        ("其他商品和服务支出多少", "其他商品和服务支出"),
        ("电子政务内、外网运行维护多少", "电子政务内、外网运行维护"),
    ],
)
def test_the_longest_name_wins(question: str, term: str, seed_catalog: DocumentCatalog) -> None:
    assert [t.text for t in tokens_of(question, "term", seed_catalog)] == [term]


@pytest.mark.parametrize("question", ["事业单位离退休多少", "高等教育支出多少", "其他社会福利支出多少"])
def test_an_item_that_is_not_printed_is_no_pieces_of_others(question: str, seed_catalog: DocumentCatalog) -> None:
    assert [t.text for t in tokenize(question, seed_catalog) if t.group == "term"] == []


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("政采多少", "政府采购多少"),
        ("政采云服务费", "政采云服务费"),
        ("合计几多?", "合计多少?"),
        ("几个钱", "多少钱"),
        ("几个钱包", "几个钱包"),
        ("213-01-05农垦运行", "2130105农垦运行"),
        ("2024-01-05", "2024-01-05"),
        ("占221类的", "占221的"),
        ("采购80类产品", "采购80类产品"),
        ("过千万的项目", "过1000万的项目"),
        ("过千万家灯火", "过千万家灯火"),
        ("货物服务分别多少", "货物、服务类分别多少"),
    ],
)
def test_spoken_forms_are_read_as_written(said: str, written: str) -> None:
    assert normalised_question(said) == written
