"""Invented documents in other layouts of PDF: fewer rules or none, rows out of the ruling, words over their cells."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from index.parse import parse
from index.workers import Problem
from tests.invented.compare import differences
from tests.invented.document import Form, print_document
from tests.invented.formats import pdf_layout
from tests.invented.forms import ANNEXES, CARRIED_CODES, MERGED_TOTAL, THREE_CODE_COLUMNS
from tests.invented.invent import invent
from tests.invented.tables import economic, overview, spending
from tests.invented.tables.spending import SHORT
from tests.writers.pdf import PdfLayout, write_pdf

RULED = {
    "fallen": PdfLayout(fallen_rows=True),
    "split": PdfLayout(split_rows=True),
    "overlap": PdfLayout(overlap=True),
    "running-head": PdfLayout(running_head="星沙市财政局部门预算", page_number="第 {} 页"),
    "dashes": PdfLayout(page_number="— {} —"),
}
UNRULED = {"horizontal": PdfLayout(rules="horizontal"), "none": PdfLayout(rules="none")}

SIMPLE = replace(
    ANNEXES,
    name="one-header-row",
    tables=(
        overview.overview,
        partial(spending.expenditure, columns=SHORT),
        partial(spending.general, columns=SHORT),
        partial(economic.basic, amount="预算数"),
    ),
    split_rows=False,
)
"""Large tables only: on a page without rules small ones can't be told from prose."""
NESTED = replace(SIMPLE, name="nested-headers", tables=(overview.overview, spending.general, economic.basic))


def _read_differently(form: Form, layout: PdfLayout, folder: Path) -> list[str]:
    budget = invent(11, form.document_type, form.units)
    document = print_document(budget, form)
    write_pdf(document.blocks, folder / "文件.pdf", pdf_layout(document, form, layout))
    parsed = parse(folder / "文件.pdf")
    return [parsed.message] if isinstance(parsed, Problem) else differences(budget, document, parsed)


@pytest.mark.parametrize("form", [ANNEXES, CARRIED_CODES, THREE_CODE_COLUMNS, MERGED_TOTAL], ids=lambda form: form.name)
@pytest.mark.parametrize("layout", RULED)
def test_ruled_tables(layout: str, form: Form, tmp_path: Path) -> None:
    assert _read_differently(form, RULED[layout], tmp_path) == []


@pytest.mark.parametrize("form", [SIMPLE, NESTED], ids=lambda form: form.name)
@pytest.mark.parametrize("layout", UNRULED)
def test_tables_without_vertical_rules(layout: str, form: Form, tmp_path: Path) -> None:
    assert _read_differently(form, UNRULED[layout], tmp_path) == []
