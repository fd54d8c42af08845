"""The years and kinds of document that a question asks of one document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.catalog import DocumentCatalog
from assistant.scope import ScopeProblem, asks_both_years, asks_last_year, scope_problem
from assistant.understand.understand import understand
from tests.assistant.scope.records import document

SEED = document("中共随州市曾都区委办公室", 2024)
THERE = "中共随州市曾都区委办公室2024年部门预算"


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("2025年的培训费", "2025年的数据"),
        ("2022年的培训费", "2022年的数据"),
        ("2023年三公经费决算", "2023年的数据"),
        ("明年的培训费", "明年的数据"),
        ("前年的培训费", "前年的数据"),
        ("三公经费决算数", "决算（执行）数"),
        ("公务接待费实际支出多少", "决算（执行）数"),
        ("武汉市的培训费", "“武汉市”的数据"),
    ],
)
def test_what_the_document_does_not_hold(question: str, missing: str, seed_catalog: DocumentCatalog) -> None:
    assert scope_problem(understand(question, seed_catalog), SEED) == ScopeProblem(missing, THERE)


@pytest.mark.parametrize(
    "question",
    [
        "培训费多少",
        "2024年的培训费",
        "2023年的培训费",
        "去年的培训费",
        "今年的培训费",
        "三公经费预算比上年减少多少",
        "三公经费比上年执行数减少多少",
        "2023年三公经费执行数是多少",
        "培训费上年执行数是多少",
        "2024万元以上的项目",
    ],
)
def test_what_the_document_may_hold(question: str, seed_catalog: DocumentCatalog) -> None:
    assert scope_problem(understand(question, seed_catalog), SEED) is None


def test_a_final_account_holds_what_was_spent(seed_catalog: DocumentCatalog) -> None:
    asked = understand("三公经费决算数", seed_catalog)
    assert scope_problem(asked, replace(SEED, document_type="决算")) is None


def test_a_document_without_a_year_rules_out_no_year(seed_catalog: DocumentCatalog) -> None:
    asked = understand("2020年的培训费", seed_catalog)
    assert scope_problem(asked, replace(SEED, year=None)) is None


@pytest.mark.parametrize(
    ("question", "last", "both"),
    [
        ("去年的培训费", True, False),
        ("上年三公经费是多少", True, False),
        ("2023年的培训费", True, False),
        ("2024年的培训费", False, False),
        ("培训费多少", False, False),
        ("三公经费比去年减少多少", False, False),
        ("今年和去年的培训费各多少", False, True),
        ("2023年和2024年的培训费", False, True),
    ],
)
def test_years_asked_for(question: str, last: bool, both: bool, seed_catalog: DocumentCatalog) -> None:
    asked = understand(question, seed_catalog)
    assert (asks_last_year(asked, SEED), asks_both_years(asked, SEED)) == (last, both)
