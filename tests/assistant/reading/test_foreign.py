"""Foreign phrases: what stands where a name would stand, and that no item of the seed bears."""

from __future__ import annotations

import pytest

from assistant.catalog import DocumentCatalog
from assistant.reading.clauses import clauses_of
from assistant.reading.foreign import foreign_phrases
from assistant.reading.pieces import pieces_of


def foreign(question: str, catalog: DocumentCatalog) -> list[str]:
    return [text for clause in clauses_of(pieces_of(question, catalog, ())) for text in foreign_phrases(clause)]


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("葡萄种植里，5万元以上的科目有哪些", ["葡萄种植"]),
        ("观光巴士这一项，基本支出和项目支出各多少", ["观光巴士"]),
        ("助学金这个项目，区委办安排多少", ["助学金"]),
        ("差旅费和潜水艇一共多少", ["潜水艇"]),
        ("支付进度是多少", ["支付进度"]),
        ("第三季度支出表里，差旅费多少", ["第三季度支出"]),
        ("襄阳市博物馆的差旅费多少", ["襄阳市博物馆"]),
        ("一般公共预算里的咖啡机，基本支出多少", ["咖啡机"]),
        ("经济科目39999是哪一项", ["39999"]),
    ],
)
def test_what_no_item_bears(question: str, phrases: list[str], seed_catalog: DocumentCatalog) -> None:
    assert foreign(question, seed_catalog) == phrases


@pytest.mark.parametrize(
    "question",
    [
        "有市民来信问公务接待费花了多少，怎么回",
        "写材料用，差旅费是多少",
        "有人发帖说大家过紧日子，公务接待费到底多少",
        "12345来电问差旅费是多少",
        "以机要开头的项目有哪些",
        "在职人员人均多少公用经费",
    ],
)
def test_talk_and_what_is_said_of_names_is_none(question: str, seed_catalog: DocumentCatalog) -> None:
    assert foreign(question, seed_catalog) == []
