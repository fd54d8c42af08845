"""Prose and tables from two files as one document, and the summary of a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.merge import merge, merged_id
from index.parse import parse
from index.parsed import ParsedDocument, rows_of
from index.summarise import summarise

PROSE = """随县财政局2025年部门预算
第一部分 预算情况说明
一、收支情况
2025年教育支出5.20万元，比上年增加0.20万元，增长4.0%。
2025年支出总计9.00万元。
"""
TABLES = """2025年部门收支总表
部门：随县财政局 单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一般公共预算拨款收入\t9.00\t教育支出\t5.00
\t\t卫生健康支出\t4.00
收入总计\t9.00\t支出总计\t9.00
"""


def read(path: Path, text: str) -> ParsedDocument:
    path.write_text(text, encoding="utf-8")
    parsed = parse(path)
    assert isinstance(parsed, ParsedDocument)
    return parsed


@pytest.fixture
def parts(tmp_path: Path) -> list[ParsedDocument]:
    return [read(tmp_path / "说明.txt", PROSE), read(tmp_path / "附表.txt", TABLES)]


def test_prose_is_checked_against_the_tables_of_the_other_file(parts: list[ParsedDocument]) -> None:
    assert not any(finding.check == "正文与表一致" for part in parts for finding in part.findings)
    findings = [finding for finding in merge(parts).findings if finding.check == "正文与表一致"]
    assert {finding.result for finding in findings} == {"holds", "differs"}
    (wrong,) = [finding for finding in findings if finding.result == "differs"]
    assert "5.20 万元" in wrong.message and "5.00 万元" in wrong.message


def test_each_part_keeps_its_file_and_everything_points_at_something(parts: list[ParsedDocument]) -> None:
    merged = merge(parts)
    rows = rows_of(replace(merged, vectors=((0.0,),) * len(merged.chunks)))
    assert {record.file for record in rows["tables"]} == {"附表.txt"}  # type: ignore[union-attr]
    assert {record.file for record in rows["paragraphs"]} == {"说明.txt", "附表.txt"}  # type: ignore[union-attr]
    for table in rows.values():
        keys = [getattr(record, record.__slots__[0]) for record in table]  # type: ignore[attr-defined]
        assert len(keys) == len(set(keys))
    positions = {paragraph.position for paragraph in merged.paragraphs}
    assert {statement.paragraph for statement in merged.statements} <= positions
    assert {position for chunk in merged.chunks for position in chunk.paragraphs} <= positions


def test_parts_of_statements_stay_parts_of_the_same(parts: list[ParsedDocument], tmp_path: Path) -> None:
    text = "随县财政局2025年部门预算\n政府采购预算总额 23.9 万元，其中：货物支出 16.9 万元。\n"
    listed = read(tmp_path / "另.txt", text)
    merged = merge([parts[0], listed])
    part = next(statement for statement in merged.statements if statement.whole is not None)
    assert part.whole is not None and merged.statements[part.whole].subject == "政府采购"


def test_the_first_part_says_whose_budget_it_is(parts: list[ParsedDocument]) -> None:
    merged = merge(parts)
    assert merged.profile == parts[0].profile
    assert merged.document.file == "说明.txt、附表.txt"
    assert merged.document.document_id == merged_id([part.document.sha256 for part in parts])


def test_the_identifier_of_one_file_is_its_own(parts: list[ParsedDocument]) -> None:
    assert merged_id([parts[0].document.sha256]) == parts[0].document.document_id
    assert merged_id(["a", "b"]) != merged_id(["b", "a"])


VERSIONS = [
    ("随县财政局2025年部门预算\n2025年3月5日\n收入5万元。", date(2025, 3, 5), False),
    ("随县财政局2025年部门预算（更正）\n公开日期：2025-03-05\n收入5万元。", date(2025, 3, 5), True),
    ("随县财政局2025年部门预算\n收入5万元。现将有关内容更正如下。", None, True),
    ("随县财政局2025年部门预算\n2024年3月5日召开的会议批准调整了预算，修订了制度，收入5万元。", None, False),
    ("随县财政局2025年部门预算\n2025年13月45日\n收入5万元。", None, False),
]


@pytest.mark.parametrize(("text", "published", "is_correction"), VERSIONS)
def test_signs_of_a_later_version(tmp_path: Path, text: str, published: date | None, is_correction: bool) -> None:
    summary = summarise(read(tmp_path / "文件.txt", text))
    assert (summary.published, summary.is_correction) == (published, is_correction)


def test_the_file_name_may_say_that_it_is_corrected(tmp_path: Path) -> None:
    assert summarise(read(tmp_path / "预算（更正版）.txt", PROSE)).is_correction
