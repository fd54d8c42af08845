"""Names as people write and shorten them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.wording import near_forms, normalise, partial_forms, suffixed_forms, words_of

_LETTERS = "公务接待费用车（）()、购置维护支出项目ABc12"
names = st.text(alphabet=_LETTERS, min_size=1, max_size=12).map(normalise)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("“三公” 经费", "三公经费"),
        ("因公出国（境）费", "因公出国(境)费"),
        ("ＬＲＡ证书", "lra证书"),
        ("１０％", "10%"),
        ("合　计", "合计"),
        ("「三公」经费", "三公经费"),
        ("10－20", "10-20"),
        ("收\n入", "收入"),
    ],
)
def test_normal_form(written: str, normal: str) -> None:
    assert normalise(written) == normal


@given(names)
def test_the_normal_form_is_its_own(name: str) -> None:
    assert normalise(name) == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("维修(护)费", {"维修费", "维修护费", "维修"}),
        ("卫生健康支出", {"卫生健康"}),
        ("机关事业单位职业年金缴费支出", {"机关事业单位职业年金缴费", "机关事业单位职业年金"}),
        ("电子政务内、外网运行维护", {"电子政务内外网运行维护"}),
        ("因公出国(境)费", {"因公出国费", "因公出国境费", "因公出国"}),
        ("住房公积金", set()),
    ],
)
def test_near_forms_mean_the_same(name: str, said: set[str]) -> None:
    assert said <= set(near_forms(name))
    assert name in set(near_forms(name))


@pytest.mark.parametrize(("name", "too_short"), [("项目支出", "项目"), ("基本支出", "基本"), ("采购预算", "采购")])
def test_a_generic_word_is_no_near_form(name: str, too_short: str) -> None:
    assert too_short not in set(near_forms(name))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("机关事业单位职业年金缴费支出", "职业年金"),
        ("机关事业单位职业年金缴费支出", "职业年金缴费"),
        ("其他商品和服务支出", "商品和服务支出"),
        ("电子政务内网防火墙国产化", "防火墙"),
        ("区委专项工作经费", "区委"),
    ],
)
def test_whole_words_of_a_name_stand_for_it(name: str, said: str) -> None:
    assert said in set(partial_forms(name))


@pytest.mark.parametrize(
    ("name", "not_said"),
    [
        ("项目支出", "项目"),
        ("其他支出", "其他"),
        ("其他商品和服务支出", "支出"),
        ("差旅费", "差"),
    ],
)
def test_common_words_and_lone_characters_are_no_parts(name: str, not_said: str) -> None:
    assert not_said not in set(partial_forms(name))


@given(names)
def test_a_part_stands_in_the_name(name: str) -> None:
    for form in partial_forms(name):
        assert form in name
        assert len(form) >= 2


@given(names)
def test_the_words_of_a_name_make_it_up(name: str) -> None:
    assert "".join(words_of(name)) == name


def test_a_name_without_a_generic_ending_takes_one() -> None:
    assert {"政府采购预算", "政府采购金额"} <= set(suffixed_forms("政府采购"))
    assert list(suffixed_forms("卫生健康支出")) == []


def test_lone_characters_side_by_side_are_one_word() -> None:
    assert "内网" in words_of("政府内网租赁费")
