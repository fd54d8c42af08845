"""The shared corpus of published budgets, where it is present: whose they are, and that their tables add up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.relate import ReadFile, relate
from index.summary import FileSummary
from index.workers import Limits, ParsedFile, parse_files
from tests.conftest import ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
LEAST = 97
"""Per cent of the checks within a table's rows that must hold: what doesn't is in the documents."""

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")

# Per file the unit, its place, the year, and what it is, as the document itself says.
DOCUMENTS = {
    "上海_万里街道_2024_部门预算": ("上海市普陀区人民政府万里街道办事处", "上海市普陀区", 2024, "部门预算"),
    "上海_万里街道_2025_部门预算": ("上海市普陀区人民政府万里街道办事处", "上海市普陀区", 2025, "部门预算"),
    "上海_审计局_2026_单位预算": ("上海市审计局", "上海市", 2026, "单位预算"),
    "上海_规划资源局_2024_部门决算": ("上海市普陀区规划和自然资源局", "上海市普陀区", 2024, "部门决算"),
    "北京_教育委员会_2026_情况说明": ("北京市教育委员会", "北京市", 2026, "部门预算"),
    "广州_统计局_2026_部门预算": ("广州市统计局", "广州市", 2026, "部门预算"),
    "无锡_统计局_2026_部门预算": ("无锡市统计局", "无锡市", 2026, "部门预算"),
    "杭州_气象局_2026_部门预算": ("杭州市气象局", "杭州市", 2026, "部门预算"),
    "深圳_信访局_2026_部门预算": ("深圳市信访局", "深圳市", 2026, "部门预算"),
    "烟台_财政局_2026_部门预算": ("烟台市财政局", "烟台市", 2026, "部门预算"),
    "珠海_商务局_2026_部门预算": ("珠海市商务局", "珠海市", 2026, "部门预算"),
    "福州_商务局_2026_部门预算": ("福州市商务局", "福州市", 2026, "部门预算"),
    "西安_信访局_2026_部门预算": ("西安市信访局", "西安市", 2026, "部门预算"),
    "重庆_商务委员会_2026_部门预算": ("重庆市商务委员会", "重庆市", 2026, "部门预算"),
    "长沙_信访局_2026_部门预算": ("长沙市信访局", "长沙市", 2026, "部门预算"),
}


@pytest.fixture(scope="module")
def summaries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileSummary]:
    files = sorted(CORPUS.glob("*.pdf"))
    outcomes = parse_files(files, tmp_path_factory.mktemp("corpus"), 2, Limits())
    return {path.stem: outcome.summary for path, outcome in outcomes if isinstance(outcome, ParsedFile)}


def test_every_document_is_read(summaries: dict[str, FileSummary]) -> None:
    assert summaries.keys() == DOCUMENTS.keys()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_whose_it_is(summaries: dict[str, FileSummary], name: str) -> None:
    found = summaries[name]
    kind = f"{found.unit_level}{found.document_type}"
    assert (found.unit_name, found.region, found.year, kind) == DOCUMENTS[name]


def test_no_document_is_taken_for_another(summaries: dict[str, FileSummary]) -> None:
    relations = relate([ReadFile(Path(f"{name}.pdf"), summary) for name, summary in summaries.items()])
    assert len(relations.documents) == len(DOCUMENTS) and not relations.unused and not relations.told


def test_the_rows_of_the_tables_add_up(summaries: dict[str, FileSummary]) -> None:
    counts: Counter[str] = sum((Counter(s.counts.row_checks) for s in summaries.values()), Counter())
    held = counts["holds"] + counts["rounding"]
    assert held > 2500
    assert 100 * held >= LEAST * (held + counts["differs"])
