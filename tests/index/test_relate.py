"""Which files belong together: duplicates, corrected versions, prose and tables apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.relate import ReadFile, Relations, relate
from index.summarise import sketch
from index.summary import Counts, FileSummary

AMOUNTS = [Decimal(n) * Decimal("10500.50") for n in range(1, 400)]
OTHERS = [*AMOUNTS[:-60], *(Decimal(n) for n in range(7000, 7060))]


def file(name: str, amounts: list[Decimal] | None = None, *, prose: int = 5000, **fields: Any) -> ReadFile:
    """A full budget of 随县财政局 for 2025, unless told otherwise; ``amounts`` are those of its tables."""
    figures = AMOUNTS if amounts is None else amounts
    stated = AMOUNTS[-40:] if prose else []
    counts = Counts(tables={"收支总表": 1} if figures else {}, figures=len(figures), statements=len(stated))
    summary: dict[str, Any] = {
        "title": "随县财政局2025年部门预算", "unit_name": "随县财政局", "names_unit": True, "region": "随县",
        "year": 2025, "document_type": "预算", "unit_level": "部门", "published": None, "is_correction": False,
        "prose": prose, "counts": counts, "table_amounts": sketch(figures), "prose_amounts": sketch(stated),
    }  # fmt: skip
    return ReadFile(Path(name), FileSummary(**{**summary, **fields}))


def names(relations: Relations) -> list[list[str]]:
    """The documents, each as the names of its files."""
    return [[path.name for path in parts] for parts in relations.documents]


def test_different_budgets_have_nothing_to_do_with_each_other() -> None:
    files = [
        file("a.pdf"),
        file("year.pdf", year=2024),
        file("unit.pdf", unit_name="随县教育局"),
        file("type.pdf", document_type="决算"),
        file("level.pdf", unit_level="单位"),
        file("place.pdf", unit_name="曾都区财政局", region="曾都区"),
    ]
    relations = relate(files)
    assert len(relations.documents) == len(files) and not relations.unused and not relations.told


def test_the_same_budget_in_another_format_is_taken_once() -> None:
    relations = relate([file("b.docx", prose=0), file("a.pdf")])
    assert names(relations) == [["a.pdf"]]
    assert relations.unused == {Path("b.docx"): "duplicate"}
    assert "a.pdf" in relations.told[Path("b.docx")] and "随县财政局2025年部门预算" in relations.told[Path("b.docx")]


def test_two_readings_of_one_budget_may_differ_in_a_few_cells() -> None:
    misread = [*AMOUNTS[:-1], Decimal(77777)]
    assert names(relate([file("a.pdf"), file("b.xlsx", misread)])) == [["a.pdf"]]
    # In one format there is no reason for such a difference.
    assert names(relate([file("a.pdf"), file("b.pdf", misread)])) == [["a.pdf"], ["b.pdf"]]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({}, {"is_correction": True}),
        ({"published": date(2025, 2, 1)}, {"published": date(2025, 3, 1)}),
        ({"published": date(2025, 3, 1)}, {"published": date(2025, 2, 1), "is_correction": True}),
    ],
)
@pytest.mark.parametrize("newer_first", [True, False])
def test_a_corrected_version_replaces_the_older_one(
    older: dict[str, Any], newer: dict[str, Any], newer_first: bool
) -> None:
    files = [file("old.pdf", **older), file("new.pdf", OTHERS, **newer)]
    relations = relate(files[::-1] if newer_first else files)
    assert names(relations) == [["new.pdf"]]
    assert relations.unused == {Path("old.pdf"): "replaced"}
    assert "new.pdf" in relations.told[Path("old.pdf")]


def test_of_three_versions_the_last_is_kept() -> None:
    dates = [date(2025, 3, 1), date(2025, 5, 1), date(2025, 4, 1)]
    amounts = [AMOUNTS, OTHERS, OTHERS[:-5]]
    files = [file(f"{day.month}.pdf", each, published=day) for day, each in zip(dates, amounts, strict=True)]
    relations = relate(files)
    assert names(relations) == [["5.pdf"]]
    assert set(relations.unused.values()) == {"replaced"}


def test_what_cannot_be_decided_is_kept_and_told() -> None:
    relations = relate([file("a.pdf"), file("b.pdf", OTHERS)])
    assert names(relations) == [["a.pdf"], ["b.pdf"]]
    assert "b.pdf" in relations.told[Path("a.pdf")] and "a.pdf" in relations.told[Path("b.pdf")]


def test_without_a_year_nothing_is_replaced() -> None:
    files = [file("a.pdf", year=None, published=date(2024, 1, 1)), file("b.pdf", OTHERS, year=None)]
    assert not relate(files).unused


def test_prose_and_tables_are_one_document_prose_first() -> None:
    relations = relate([file("表.xlsx", prose=0), file("说明.docx", [])])
    assert names(relations) == [["说明.docx", "表.xlsx"]]
    assert "说明.docx" in relations.told[Path("表.xlsx")]


def test_tables_may_come_with_some_prose() -> None:
    tables = file("表.xlsx", prose=900, prose_amounts=sketch([]))
    assert names(relate([tables, file("说明.docx", [])])) == [["说明.docx", "表.xlsx"]]


def test_the_name_may_leave_out_the_place() -> None:
    tables = file("表.xlsx", prose=0, unit_name="财政局", region=None)
    assert names(relate([file("说明.docx", []), tables])) == [["说明.docx", "表.xlsx"]]


def test_corrected_tables_go_with_the_prose() -> None:
    tables = [file("表.xlsx", prose=0), file("更正表.xlsx", OTHERS, prose=0, is_correction=True)]
    relations = relate([file("说明.docx", []), *tables])
    assert names(relations) == [["说明.docx", "更正表.xlsx"]]
    assert relations.unused == {Path("表.xlsx"): "replaced"}


def test_two_tables_that_cannot_be_told_apart_are_not_joined() -> None:
    tables = [file("表1.xlsx", prose=0), file("表2.xlsx", OTHERS, prose=0)]
    assert names(relate([file("说明.docx", []), *tables])) == [["说明.docx"], ["表1.xlsx"], ["表2.xlsx"]]


def test_prose_that_a_whole_budget_has_too_is_a_duplicate() -> None:
    relations = relate([file("说明.docx", []), file("a.pdf")])
    assert names(relations) == [["a.pdf"]]
    assert relations.unused == {Path("说明.docx"): "duplicate"}


@pytest.mark.parametrize(("changed", "least", "most"), [(0, 1.0, 1.0), (4, 0.95, 1.0), (200, 0.2, 0.5)])
def test_resemblance_is_about_the_share_of_common_amounts(changed: int, least: float, most: float) -> None:
    other = [*AMOUNTS[changed:], *(Decimal(100000 + n) for n in range(changed))]
    assert least <= sketch(AMOUNTS).resemblance(sketch(other)) <= most


def test_nothing_resembles_nothing() -> None:
    assert sketch([]).resemblance(sketch([])) == 0.0


@pytest.mark.parametrize("left_out", [{"year": None}, {"names_unit": False, "unit_name": "附表"}])
def test_what_tables_leave_out_their_figures_tell(left_out: dict[str, Any]) -> None:
    tables = file("表.xlsx", prose=0, **left_out)
    stranger = file("别处.docx", [], unit_name="随县教育局", prose_amounts=sketch([Decimal(7_000_000)]))
    assert names(relate([tables, stranger, file("说明.docx", [])])) == [["别处.docx"], ["说明.docx", "表.xlsx"]]


def test_without_common_figures_they_stay_apart() -> None:
    tables = file("表.xlsx", [Decimal(n) * 1_000_003 for n in range(1, 200)], prose=0, year=None)
    assert names(relate([tables, file("说明.docx", [])])) == [["说明.docx"], ["表.xlsx"]]


def test_the_same_tables_without_a_year_are_a_duplicate() -> None:
    relations = relate([file("表.xlsx", prose=0, year=None), file("a.pdf")])
    assert names(relations) == [["a.pdf"]] and relations.unused == {Path("表.xlsx"): "duplicate"}
