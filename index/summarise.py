"""A parsed file in summary."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from index.clean.table import CleanTable
from index.dictionary import read_yaml
from index.figures import figure_records
from index.money import YUAN_PER_UNIT, to_yuan
from index.naming import is_organ, plain
from index.owners import other_owners
from index.parsed import ParsedDocument
from index.prose import Finding, OutlinedParagraph
from index.reconcile.rules import rules
from index.summary import SKETCHED, AmountSketch, Counts, FileSummary

_DATE: Final = re.compile(r"(20\d\d)\s*[年./-]\s*(1[0-2]|0?[1-9])\s*[月./-]\s*(3[01]|[12]\d|0?[1-9])\s*日?")
_LONE: Final = 12
"""A line with a date and at most this many characters beside it is the date of publication, not of an event."""

_MOST_LARGE: Final = 300
_LARGE: Final = 1000
"""Hundreds of 元 (100,000 元): two budgets rarely have such an amount in common by chance."""


def summarise(parsed: ParsedDocument) -> FileSummary:
    """The summary of one parsed file."""
    profile = parsed.profile
    return FileSummary(
        title=profile.title,
        unit_name=profile.unit_name,
        names_unit=is_organ(plain(profile.unit_name)),
        region=profile.region,
        year=profile.year,
        document_type=profile.document_type,
        unit_level=profile.unit_level,
        published=_published(parsed.paragraphs),
        is_correction=_is_correction(parsed),
        prose=_prose(parsed.paragraphs),
        counts=counts_of(parsed),
        table_amounts=sketch(amount for table in parsed.tables for amount in _amounts(table)),
        prose_amounts=sketch(s.amount for s in parsed.statements if s.amount is not None),
        unread=tuple(gap.text for gap in parsed.document.gaps),
        recognised=len(parsed.document.recognised),
        other_owners=other_owners(parsed.tables, profile),
    )


def counts_of(parsed: ParsedDocument) -> Counts:
    """How much was read of a document."""
    return Counts(
        tables=Counter(table.kind for table in parsed.tables),
        figures=len(figure_records("", parsed.tables)),
        statements=len(parsed.statements),
        findings=_count_outcomes(parsed.findings),
        row_checks=_count_outcomes(each for each in parsed.findings if each.check in rules().row_checks),
        chunks=len(parsed.chunks),
    )


def _count_outcomes(findings: Iterable[Finding]) -> dict[str, int]:
    return Counter("rounding" if each.is_rounding else each.result for each in findings)


def sketch(amounts: Iterable[Decimal]) -> AmountSketch:
    """A sketch of the amounts that are not zero.

    >>> sketch([Decimal(1), Decimal("2.50")]).digest == sketch([Decimal("2.5"), Decimal(0), Decimal(1)]).digest
    True
    >>> sketch([Decimal("1E40")]).count
    1
    """
    counted = Counter(f"{amount.normalize():f}" for amount in amounts if amount)
    keys = sorted(_hash(f"{text}#{nth}") for text, times in counted.items() for nth in range(times))
    hundreds = {int((Decimal(text) / 100).to_integral_value(ROUND_HALF_UP)) for text in counted}
    largest = sorted((each for each in hundreds if each >= _LARGE), reverse=True)
    return AmountSketch(
        digest=_hash("".join(keys)),
        count=len(keys),
        smallest=tuple(keys[:SKETCHED]),
        largest=tuple(largest[:_MOST_LARGE]),
    )


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


def _amounts(table: CleanTable) -> Iterable[Decimal]:
    units = {column.number: column.unit or table.unit for column in table.columns}
    for row in table.rows:
        for cell in row.cells:
            unit = units.get(cell.column)
            if cell.value_type == "amount" and cell.number is not None and unit in YUAN_PER_UNIT:
                yield to_yuan(cell.number, unit)


def _prose(paragraphs: Iterable[OutlinedParagraph]) -> int:
    """How many characters stand in sentences, headings and lists of tables apart."""
    texts = (paragraph.text for paragraph in paragraphs if paragraph.role not in ("heading", "contents"))
    return sum(len(text) for text in texts if re.search(r"[。；]", text))


def _published(paragraphs: Iterable[OutlinedParagraph]) -> date | None:
    """The latest date that stands on a line of its own, or behind a word like 公开日期."""
    dates = []
    for paragraph in paragraphs:
        for match in _DATE.finditer(paragraph.text):
            if len(paragraph.text) - len(match.group()) <= _LONE:
                dates.append(_date(*map(int, match.groups())))
    return max((each for each in dates if each), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_correction(parsed: ParsedDocument) -> bool:
    words = read_yaml("versions.yaml")
    names = f"{parsed.profile.title}\n{parsed.document.file}"
    if re.search(words["corrected_name"], names):
        return True
    return any(re.search(words["corrected_text"], paragraph.text) for paragraph in parsed.paragraphs)
