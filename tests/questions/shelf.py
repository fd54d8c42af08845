"""Invented budgets of several units, years, forms and formats, whose every figure is known: they stand for the corpus.

Two units published two years, and the later year's prose compares with what the earlier document says. One document is
a final account.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from tests.invented.budget import ZERO, Budget, Earlier, total
from tests.invented.document import Form, print_document
from tests.invented.formats import FORMATS
from tests.invented.forms import (
    ANNEXES,
    CARRIED_CODES,
    FINAL_ACCOUNTS,
    HEADINGS_FOR_TITLES,
    MERGED_TOTAL,
    NO_CODES,
    THREE_CODE_COLUMNS,
)
from tests.invented.invent import Whose, invent


@dataclass(frozen=True, slots=True)
class Book:
    """One document of the shelf: what it says, and how it is printed."""

    budget: Budget
    form: Form
    extension: str

    @property
    def lists_projects(self) -> bool:
        """Whether its projects are printed one by one."""
        return any(table.kind == "项目支出表" for table in print_document(self.budget, self.form).tables)


_PACKAGES: Final = ("docx", "xlsx")
_CORE: Final = "docProps/core.xml"
_TIME: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LONG_AGO: Final = b"2020-01-01T00:00:00Z"

_BOOKS: Final = (
    (Whose("青岚市", "统计局", 2024), ANNEXES, "txt"),
    (Whose("青岚市", "统计局", 2025), ANNEXES, "docx"),
    (Whose("云溪市", "财政局", 2024), MERGED_TOTAL, "html"),
    (Whose("云溪市", "财政局", 2025), MERGED_TOTAL, "docx"),
    (Whose("南浦市", "气象局", 2025), THREE_CODE_COLUMNS, "xlsx"),
    (Whose("石鼓县", "信访局", 2025), NO_CODES, "pdf"),
    (Whose("星沙市", "商务局", 2025), CARRIED_CODES, "html"),
    (Whose("临江市白石区", "文化和旅游局", 2026), HEADINGS_FOR_TITLES, "txt"),
    (Whose("北塬县", "审计局", 2023), FINAL_ACCOUNTS, "docx"),
)


def shelf() -> tuple[Book, ...]:
    """All documents, the same in every run."""
    return tuple(_books())


def write_shelf(folder: Path) -> list[Path]:
    """The documents as files whose names say nothing."""
    paths = []
    for number, book in enumerate(shelf()):
        path = folder / f"文件{number}.{book.extension}"
        FORMATS[book.extension](print_document(book.budget, book.form), book.form, path)
        if book.extension in _PACKAGES:
            _forget_time(path)
        paths.append(path)
    return paths


def _forget_time(path: Path) -> None:
    """Make the file the same in every run: ids of documents come from their bytes, and ids decide what comes first."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name), _TIME.sub(_LONG_AGO, content) if name == _CORE else content)


def _books() -> Iterator[Book]:
    before: Budget | None = None
    for seed, (whose, form, extension) in enumerate(_BOOKS, start=1):
        budget = invent(seed, form.document_type, form.units, whose)
        if before and before.name == budget.name and before.year == budget.year - 1:
            budget = replace(budget, earlier=_earlier(before))
        yield Book(budget, form, extension)
        before = budget


def _earlier(budget: Budget) -> Earlier:
    """A budget as the next year's prose looks back at it."""
    return Earlier(
        total=budget.total,
        general=total(budget.general),
        basic=_sum(each.basic for each in budget.spending),
        projects=_sum(each.projects for each in budget.spending),
        three_public=budget.three_public,
    )


def _sum(amounts: Iterator[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
