"""What a document says it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.clean import clean_tables
from index.convert import convert
from index.convert.text import TextConverter
from index.document import Document
from index.errors import DocumentError
from index.outline import outline
from index.profile import profile, require_budget
from index.prose import DocumentProfile


def _profile(text: str) -> DocumentProfile:
    document = Document("0" * 12, "文件.txt", "0" * 64, TextConverter().read(text.encode(), Path("文件.txt")))
    paragraphs = outline(document)
    return profile(document, paragraphs, clean_tables(document, paragraphs))


def test_the_seed(seed_path: Path) -> None:
    document = convert(seed_path)
    paragraphs = outline(document)
    assert profile(document, paragraphs, clean_tables(document, paragraphs)) == DocumentProfile(
        title="中共随州市曾都区委办公室2024年部门预算(汇总)",
        unit_name="中共随州市曾都区委办公室",
        unit_code="001",
        region="随州市曾都区",
        year=2024,
        document_type="预算",
        unit_level="部门",
    )


@pytest.mark.parametrize(
    ("cover", "unit", "year", "region"),
    [
        ("2026年\n广州市统计局部门预算\n目 录", "广州市统计局", 2026, "广州市"),
        ("上海市普陀区规划和自然\n资源局\n2024 年度部门决算", "上海市普陀区规划和自然资源局", 2024, "上海市普陀区"),
        ("上海市某区2024年区级部门预算\n预算主管部门：上海市某区某街道办", "上海市某区某街道办", 2024, "上海市某区"),
        ("西安市信访局（汇总）\n2026年部门预算公开说明", "西安市信访局", 2026, "西安市"),
        ("杭州市气象局\n二〇二六年度部门预算", "杭州市气象局", 2026, "杭州市"),
        ("湖北省随县财政局2023年单位预算", "湖北省随县财政局", 2023, "湖北省随县"),
    ],
)  # fmt: skip
def test_titles_of_other_places(cover: str, unit: str, year: int, region: str) -> None:
    found = _profile(cover + "\n第一部分 概况\n一、职能\n负责各项工作。")
    assert (found.unit_name, found.year, found.region) == (unit, year, region)


def test_final_accounts_and_units_are_told_apart() -> None:
    assert _profile("某市教育局2023年度部门决算\n第一部分 概况").document_type == "决算"
    assert _profile("某市第一中学2024年单位预算\n第一部分 概况").unit_level == "单位"


def test_the_file_name_is_only_the_last_resort() -> None:
    assert _profile("第一部分 概况\n2025年本部门收入预算数为5万元。").year == 2025


def test_what_is_no_budget_is_refused() -> None:
    document = Document(
        "0" * 12, "菜谱.txt", "0" * 64, TextConverter().read("红烧肉\n五花肉\t500克\n".encode(), Path("菜谱.txt"))
    )
    paragraphs = outline(document)
    with pytest.raises(DocumentError, match="不像部门预算"):
        require_budget(paragraphs, clean_tables(document, paragraphs), document.file)


def test_a_budget_passes(seed_path: Path) -> None:
    document = convert(seed_path)
    paragraphs = outline(document)
    require_budget(paragraphs, clean_tables(document, paragraphs), document.file)
