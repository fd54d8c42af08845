"""The years and kinds of document that a question asks of one document, and what of them it does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from assistant.scope.resolve import ScopeProblem, document_name
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Token, Understanding
from assistant.words import tagged
from index.records import DocumentRecord

_PLACE_SUFFIXES: Final = (*"省市县区州镇乡", "街道")
_DATE: Final = re.compile(r"(20\d\d)年(?=[底末初]|\d{1,2}月)")
"""The year of a date, on which stocks are told (截至2025年底)."""

_ADJUSTED: Final = "调整预算"
"""A budget as changed within the year, which neither a budget nor a final account prints."""

_OLDEST: Final = 3
"""How many years before its own a budget may date what it tells of."""


def scope_problem(asked: Understanding, document: DocumentRecord) -> ScopeProblem | None:
    """A year or a kind of document (决算) that the question asks for and the document is not."""
    there = document_name(document)
    year = document.year
    for wanted in asked.years:
        is_stated = wanted == year or (wanted == (year or 0) - 1 and not _names_final_account(asked))
        if year and not is_stated:
            return ScopeProblem(f"{wanted}年的数据", there)
    dates = map(int, _DATE.findall(normalised_question(asked.question)))
    if year and (far := next((date for date in dates if not year - _OLDEST <= date <= year), None)):
        return ScopeProblem(f"{far}年的数据", there)
    if problem := adjusted_problem(asked, document):
        return problem
    for word in asked.leftover:
        if _is_place(word):
            return ScopeProblem(f"“{word}”的数据", there)
    if asked.relative_year in ("next", "before_last"):
        return ScopeProblem("明年的数据" if asked.relative_year == "next" else "前年的数据", there)
    is_earlier = any(asks(asked, document) for asks in (asks_last_year, asks_both_years, _compares))
    return None if is_earlier and not _asks_spent_now(asked, year) else final_account_problem(asked, document)


def adjusted_problem(asked: Understanding, document: DocumentRecord) -> ScopeProblem | None:
    """That no document prints a budget as adjusted within the year."""
    is_adjusted = any(t.group == "document_types" and t.name == _ADJUSTED for t in asked.tokens)
    return ScopeProblem("调整预算数", document_name(document)) if is_adjusted else None


def _asks_spent_now(asked: Understanding, year: int | None) -> bool:
    """Whether what was spent is asked of the budget's own year (``2026年执行数``), which only the end of it tells."""
    said = [t for t in asked.tokens if t.group != "filler"]
    pairs = pairwise(said)
    return any(t.group == "document_types" and t.name == "决算" and before.name == str(year) for before, t in pairs)


def _names_final_account(asked: Understanding) -> bool:
    """Whether 决算 itself is named; 执行数 of the year before a budget's prose may state."""
    return any(t.group == "document_types" and "决算" in t.text for t in asked.tokens)


def final_account_problem(asked: Understanding, document: DocumentRecord) -> ScopeProblem | None:
    """That a budget does not hold what was spent."""
    is_missing = asks_final_account(asked, document)
    return ScopeProblem("决算（执行）数", document_name(document)) if is_missing else None


def asks_final_account(asked: Understanding, document: DocumentRecord) -> bool:
    """Whether a budget is asked for what was spent; only of the year before it may state that."""
    return asked.document_type == "决算" and document.document_type == "预算"


def _compares(asked: Understanding, document: DocumentRecord) -> bool:
    """Whether the year before is what is compared with: ``比上年执行数增加多少``."""
    names = {t.name for t in asked.tokens if t.group == "operations"}
    is_last = asked.relative_year == "last" or bool(document.year and document.year - 1 in asked.years)
    return is_last and bool(names & {"versus", "change", "more", "less", "gap"} or asked.operation == "change")


def _is_place(word: str) -> bool:
    """Whether a word is a place's name (武汉市), not just one that ends like it (补助区县)."""
    words = tagged(word)
    return len(words) == 1 and words[0][1] == "ns" and word.endswith(_PLACE_SUFFIXES)


def asks_both_years(asked: Understanding, document: DocumentRecord) -> bool:
    """``今年和去年各多少``, ``2024年和2023年对比``, ``2024年和上年各多少``."""
    names = {t.name for t in asked.tokens if t.group == "years"}
    years = set(asked.years)
    beside = [{first.group, joining.group, second.group} for first, joining, second in _triples(asked.tokens)]
    return (
        {"this", "last"} <= names
        or bool(document.year and {document.year, document.year - 1} <= years)
        or (names == {"last"} and {"year", "conjunctions", "years"} in beside)
    )


def _triples(tokens: tuple[Token, ...]) -> Iterable[tuple[Token, Token, Token]]:
    return zip(tokens, tokens[1:], tokens[2:], strict=False)


def asks_last_year(asked: Understanding, document: DocumentRecord) -> bool:
    """Whether the question is about the year before the document's, and that year alone."""
    years = set(asked.years)
    if document.year and years == {document.year - 1}:
        return asked.operation not in ("change", "difference")
    return (
        asked.relative_year == "last"
        and not asks_both_years(asked, document)
        and years <= {document.year}
        and asked.operation not in ("change", "difference")
    )
