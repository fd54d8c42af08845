"""What the names of the seed stand for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Container
from pathlib import Path

import pytest

from assistant.catalog import DocumentCatalog, Link
from assistant.library import Library
from assistant.understand.wording import normalise, wording_rules
from index.kinds import KINDS


def links(form: str, catalog: DocumentCatalog) -> tuple[Link, ...]:
    return catalog.surfaces.get(form, ())


def lines(form: str, kind: str, catalog: DocumentCatalog) -> dict[str, str]:
    """Label of each line of the kind's tables that a form stands for, with how it matches."""
    return {
        catalog.rows[link.key].label: link.match
        for link in links(form, catalog)
        if link.role == "row" and catalog.tables[link.table_id].kind == kind
    }


ECONOMIC, FUNCTIONAL, PROJECTS = "一般公共预算基本支出表", "一般公共预算支出表", "项目支出表"


@pytest.mark.parametrize(
    ("form", "kind", "label", "match"),
    [
        ("公务接待费", ECONOMIC, "公务接待费", "exact"),
        ("招待费", ECONOMIC, "公务接待费", "alias"),
        ("养车", ECONOMIC, "公务用车运行维护费", "alias"),
        ("维修费", ECONOMIC, "维修(护)费", "near"),
        ("卫生健康", FUNCTIONAL, "卫生健康支出", "near"),
        ("职业年金", FUNCTIONAL, "机关事业单位职业年金缴费支出", "partial"),
        ("2080505", FUNCTIONAL, "机关事业单位基本养老保险缴费支出", "exact"),
        ("防火墙", PROJECTS, "电子政务内网防火墙国产化替代经费", "partial"),
        ("津补贴", PROJECTS, "规范津补贴", "partial"),
        ("津补贴", PROJECTS, "国家规范性津补贴", "partial"),
    ],
)
def test_a_form_stands_for_a_line(form: str, kind: str, label: str, match: str, seed_catalog: DocumentCatalog) -> None:
    assert lines(form, kind, seed_catalog).get(label) == match


@pytest.mark.parametrize("form", ["支出", "合计", "项目", "的", "金额", "及", "教育局", "财政局"])
def test_common_words_and_other_departments_name_nothing(form: str, seed_catalog: DocumentCatalog) -> None:
    assert not {link.role for link in links(form, seed_catalog)} & {"row", "column", "unit", "attribute"}


@pytest.mark.parametrize(
    ("better", "worse"),
    [("公务接待费", "招待费"), ("维修(护)费", "维修费"), ("机关事业单位职业年金缴费支出", "职业年金缴费"),
     ("职业年金缴费", "缴费"), ("专用通信保障中心", "通信中心")],
)  # fmt: skip
def test_the_closer_the_form_the_higher_its_score(better: str, worse: str, seed_catalog: DocumentCatalog) -> None:
    scores = {(link.role, link.key): link.score for link in links(worse, seed_catalog)}
    common = [(link.score, scores[link.role, link.key]) for link in links(better, seed_catalog)
              if (link.role, link.key) in scores]  # fmt: skip
    assert all(first > second for first, second in common)
    assert common or worse == "缴费"


@pytest.mark.parametrize(
    ("form", "role"),
    [
        ("公用经费", "column"),
        ("单价", "column"),
        ("通信中心", "unit"),
        ("区委办", "unit"),
        ("区委办", "whole"),
        ("项目支出表", "table"),
        ("附表4-6", "table"),
        ("收支总表", "table"),
        ("机关运行经费", "statement"),
        ("货物类采购", "attribute"),
        ("区委专项工作经费", "attribute"),
        ("秘书股", "passage"),
    ],
)
def test_roles(form: str, role: str, seed_catalog: DocumentCatalog) -> None:
    assert role in {link.role for link in links(form, seed_catalog)}


def test_a_category_of_purchases_is_told_by_its_code(seed_catalog: DocumentCatalog) -> None:
    for form, letter in (("货物类采购", "A"), ("服务类采购", "C")):
        rows = [seed_catalog.rows[link.key] for link in links(form, seed_catalog) if link.role == "attribute"]
        assert {str(row.code)[0] for row in rows} == {letter}


def test_every_form_is_normal_and_every_link_leads_somewhere(seed_library: Library) -> None:
    (document_id,) = seed_library.documents
    catalog = seed_library.catalog(document_id)
    for form, found in catalog.surfaces.items():
        assert form == normalise(form)
        assert found
        for link in found:
            assert 0 < link.score <= 1, form
            assert _target(link, catalog, seed_library), (form, link)
    assert catalog.longest == max(map(len, catalog.surfaces))


def test_no_form_begins_or_ends_with_what_separates_names(seed_catalog: DocumentCatalog) -> None:
    assert [form for form in seed_catalog.surfaces if form[0] in "、,;" or form[-1] in "、,;"] == []


def _target(link: Link, catalog: DocumentCatalog, library: Library) -> object:
    if link.role in ("row", "attribute"):
        return link.table_id == catalog.rows[link.key].table_id
    if link.role == "column":
        return catalog.column(link.table_id, link.key)
    known: dict[str, Container[str]] = {
        "table": catalog.tables,
        "unit": catalog.units,
        "whole": (catalog.unit_name,),
        "statement": library.contents(catalog.document_id).statements,
        "passage": library.contents(catalog.document_id).paragraphs,
    }
    return link.key in known[link.role]


def test_every_printed_line_can_be_named(seed_catalog: DocumentCatalog) -> None:
    """But for the labels that name nothing on their own (合计), and units, which are named by their aliases."""
    unnameable = wording_rules()["unnameable"]
    missing = [
        row.label
        for row in seed_catalog.rows.values()
        if row.code_system != "单位"
        and len(normalise(row.label)) > 1
        and normalise(row.label) not in unnameable
        and row.row_id not in {link.key for link in links(normalise(row.label), seed_catalog) if link.role == "row"}
    ]
    assert missing == []


def test_ancestors_lead_from_the_parent_upwards(seed_catalog: DocumentCatalog) -> None:
    (row,) = (
        row for row in seed_catalog.rows.values()
        if row.code == "2080505" and seed_catalog.tables[row.table_id].kind == FUNCTIONAL
    )  # fmt: skip
    assert [seed_catalog.rows[above].code for above in row.ancestors[:2]] == ["20805", "208"]
    assert row.parent == row.ancestors[0]


def test_ancestors_are_lines_of_the_same_table_above(seed_catalog: DocumentCatalog) -> None:
    for row in seed_catalog.rows.values():
        assert row.row_id not in row.ancestors
        assert {seed_catalog.rows[above].table_id for above in row.ancestors} <= {row.table_id}


def test_the_department_itself_is_one_of_its_units(seed_catalog: DocumentCatalog) -> None:
    assert len(seed_catalog.units) == 2
    assert seed_catalog.main_unit == "中共随州市曾都区委办公室(随州市曾都区档案局)"


@pytest.mark.parametrize(
    ("kind", "side", "path"),
    [
        ("收支总表", "收入", "收入/预算数"),
        ("收支总表", "支出", "支出/预算数"),
        ("一般公共预算支出表", None, "合计"),
        ("三公经费支出表", None, "“三公”经费合计"),
        ("政府采购预算表", None, "采购金额/采购金额合"),
        ("政府性基金预算支出表", None, None),
    ],
)
def test_the_column_meant_when_none_is_named(
    kind: str, side: str | None, path: str | None, seed_catalog: DocumentCatalog
) -> None:
    table = next(table for table in seed_catalog.tables.values() if table.kind == kind)
    column = table.default_column(side)
    assert (column and column.path) == path


def test_the_default_column_is_the_kinds_default_wherever_printed(seed_catalog: DocumentCatalog) -> None:
    for table in seed_catalog.tables.values():
        default = next((m.name for m in KINDS[table.kind].measures if m.default), None)
        column = table.default_column()
        if default in {c.measure for c in table.columns}:
            assert column is not None
            assert column.measure == default


def test_the_names_and_their_order_are_the_same_in_every_process(seed_index: Path) -> None:
    program = f"""if True:
        from pathlib import Path
        from assistant.library import Library
        library = Library(Path({str(seed_index)!r}))
        for catalog in (*map(library.catalog, library.documents), library.common):
            print(list(catalog.surfaces.items()))"""
    printed = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert printed[0] == printed[1] != ""
