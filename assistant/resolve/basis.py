"""Budget and final account side by side: which of the two columns a question means."""

from __future__ import annotations

import re
from typing import Final

from assistant.catalog import Column, DocumentCatalog, Table
from assistant.understand.types import Token, Understanding

_BUDGET: Final = re.compile(r"(?:年初|全年|调整)?预算(?:数|金额)?$")
_BASIS: Final = re.compile("预算|决算|执行")
_SAYING_SO: Final = ("filler", "document_types", "total")
"""Groups of words that may say that the budgeted amount is meant; in a name 预算 says nothing about it."""


def asks_budget_of_final(asked: Understanding, catalog: DocumentCatalog) -> bool:
    """Whether a final account is asked for what was budgeted (``决算中公务接待费的预算数``); the last word counts."""
    if catalog.document_type != "决算":
        return False
    said = [t for t in asked.tokens if _adds_budget(t) or (t.group in _SAYING_SO and _BASIS.search(t.text))]
    return bool(said) and "预算" in said[-1].text


def _adds_budget(term: Token) -> bool:
    """Whether 预算 is the question's word, not the name's (``三公经费预算`` for “三公”经费)."""
    if term.group != "term" or not _BUDGET.search(term.text):
        return False
    return not any("预算" in link.name for link in term.links)


def budget_column(column: Column, table: Table) -> Column | None:
    """The column of what was budgeted beside one of a final account; None where the table prints none."""
    head = _head(column)
    return next((c for c in table.columns if _head(c) == head and _BUDGET.fullmatch(_leaf(c))), None)


def _leaf(column: Column) -> str:
    return column.path.rsplit("/", 1)[-1]


def _head(column: Column) -> str:
    return column.path.removesuffix(_leaf(column))
