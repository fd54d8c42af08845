"""Whether what is quoted tells of the date that is asked for (``截至2026年1月底``)."""

from __future__ import annotations

from assistant.answer import TextCitation
from assistant.answering.draft import Draft
from assistant.understand.dates import StockDate, dates_in
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise
from index.records import ParagraphRecord, StatementRecord


def dates_asked(draft: Draft, asked: Understanding) -> list[StockDate]:
    """The dates that the question names."""
    return list(dates_in(normalised_question(asked.question), draft.catalog.year))  # of a part, its own


def is_of_date(draft: Draft, asked: Understanding, before: int) -> bool:
    """Whether every source cited since there were ``before`` of them tells of the date asked for, if one is."""
    wanted = dates_asked(draft, asked)
    if not wanted:
        return True
    cited = draft.citations.listed[before:]
    paragraphs = {p.position: p for p in draft.contents.paragraphs.values()}
    return bool(cited) and all(
        isinstance(source, TextCitation) and source.paragraph in paragraphs
        and _states(draft, paragraphs[source.paragraph], wanted)
        for source in cited
    )  # fmt: skip


def _states(draft: Draft, paragraph: ParagraphRecord, wanted: list[StockDate]) -> bool:
    stated = list(dates_in(normalise(paragraph.text), draft.catalog.year))
    return all(any(date.is_same(each) for each in stated) for date in wanted)


def date_of(draft: Draft, statement: StatementRecord) -> str:
    """The date that a sentence tells of, as it is printed there or last before in its section; "" where none is."""
    home = draft.contents.paragraphs[statement.paragraph_id]
    until = home.text.find(statement.sentence) + len(statement.sentence)
    above = [
        p.text for p in draft.contents.paragraphs.values()
        if p.section == home.section and p.role != "heading" and p.position < home.position
    ]  # fmt: skip
    for text in (home.text[:until], *reversed(above)):
        plain = normalise(text)
        if found := list(dates_in(plain, draft.catalog.year)):
            return plain[found[-1].start : found[-1].end]
    return ""
