"""最少/最多 before a number that is asked for: which bound a target has, not which thing is first."""

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
