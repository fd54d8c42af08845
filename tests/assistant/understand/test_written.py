"""How a question is written: bounds that are asked for are no ranks, and what is said for 占 is read as that."""

from __future__ import annotations

import pytest

from assistant.understand.tokenize import normalised_question


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("就业岗位最少多少个", "就业岗位多少个"),
        ("值班室一天最少得几个人", "值班室一天得几个人"),
        ("投诉最多允许几次", "投诉几次"),
        ("投诉率最高允许多少", "投诉率多少"),
        ("自评最高得分多少", "自评最高得分多少"),
        ("哪个项目最多，多少钱", "哪个项目最多,多少钱"),
        ("最少的是哪家，多少", "最少的是哪家,多少"),
        ("项目里最少多少钱", "项目里最少多少钱"),
    ],
)
def test_a_bound_that_is_asked_for_is_no_rank(question: str, read: str) -> None:
    assert normalised_question(question) == read


def test_what_is_said_for_a_share() -> None:
    assert normalised_question("采购相当于自家支出总额的百分之几") == "采购占支出总额的百分之几"
    assert normalised_question("采购相当于去年吗") == "采购相当于去年吗"


def test_which_appropriations_are_a_part_of_the_revenue() -> None:
    assert normalised_question("财政拨款占总收入百分之几") == "财政拨款收入占总收入百分之几"
    assert normalised_question("财政拨款占总支出百分之几") == "财政拨款占总支出百分之几"
