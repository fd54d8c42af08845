"""Which document a question is about, and what in its scope no document holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from assistant.understand.types import Understanding
from assistant.understand.units import unit_aliases
from assistant.understand.wording import normalise
from index.records import DocumentRecord

_NO_UNITS: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})
_PLACE: Final = re.compile(r".(省|市|县|区|州|镇|乡|街道)$")


@dataclass(frozen=True, slots=True)
class ScopeProblem:
    """A scope that can't be served: what was asked for, and what there is."""

    missing: str
    present: str


def candidates(
    question: str, documents: Iterable[DocumentRecord], units: Mapping[str, Sequence[str]] = _NO_UNITS
) -> list[DocumentRecord]:
    """The documents whose unit the question names best (and year, where it names one); all where it names none.

    ``units``: the subordinate units by document id; they name their document too.
    """
    text = normalise(question)
    scored = [(_named(text, document, units.get(document.document_id, ())), document) for document in documents]
    best = max((score for score, _ in scored), default=0)
    named = [document for score, document in scored if score == best]
    of_year = [document for document in named if document.year and str(document.year) in text]
    return of_year or named


def named_units(question: str, documents: Iterable[DocumentRecord]) -> list[str]:
    """The departments that the question names, each by at least three characters of its own."""
    text = normalise(question)
    return list(dict.fromkeys(d.unit_name for d in documents if _named(text, d, ())))


def _named(text: str, document: DocumentRecord, units: Sequence[str]) -> int:
    names = (document.unit_name, *units)
    forms = (form for name in names for form, _ in unit_aliases(name, document.region))
    return max((len(form) for form in forms if len(form) >= 3 and form in text), default=0)


def scope_problem(asked: Understanding, document: DocumentRecord) -> ScopeProblem | None:
    """A year or a kind of document (决算) that the question asks for and the document is not."""
    there = f"{document.year}年{document.document_type}"
    year = document.year
    for wanted in asked.years:
        if year and wanted != year and not (wanted == year - 1 and asked.document_type != "决算"):
            return ScopeProblem(f"{wanted}年的数据", there)
    for word in asked.leftover:
        if _PLACE.search(word):
            return ScopeProblem(f"“{word}”的数据", there)
    if asked.relative_year in ("next", "before_last"):
        return ScopeProblem("明年的数据" if asked.relative_year == "next" else "前年的数据", there)
    if asked.document_type == "决算" and document.document_type == "预算":
        return ScopeProblem("决算（执行）数", there)
    return None


def asks_both_years(asked: Understanding, document: DocumentRecord) -> bool:
    """``今年和去年各多少``, ``2024年和2023年对比``."""
    names = {t.name for t in asked.tokens if t.group == "years"}
    years = set(asked.years)
    return {"this", "last"} <= names or bool(document.year and {document.year, document.year - 1} <= years)


def asks_last_year(asked: Understanding, document: DocumentRecord) -> bool:
    """Whether the question is about the year before the document's, and that year alone."""
    years = set(asked.years)
    if document.year and years == {document.year - 1}:
        return True
    return (
        asked.relative_year == "last"
        and not asks_both_years(asked, document)
        and not years
        and asked.operation not in ("change", "difference")
    )
