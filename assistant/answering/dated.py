"""Whether what is quoted tells of the date that is asked for (``截至2026年1月底``)."""

from __future__ import annotations

from typing import Final

from assistant.answer import TextCitation
from assistant.answering.draft import Draft
from assistant.understand.dates import StockDate, dates_in
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise
from index.records import ParagraphRecord, StatementRecord

_ASSETS: Final = "资产"


def dates_asked(draft: Draft, question: str) -> list[StockDate]:
    """The dates that a question names."""
    return list(dates_in(normalised_question(question), draft.catalog.year))


def is_of_date(draft: Draft, question: str, before: int) -> bool:
    """Whether every source cited since there were ``before`` of them tells of the date asked for, if one is."""
    wanted = dates_asked(draft, question)
    if not wanted:
        return True
    cited = draft.citations.listed[before:]
    paragraphs = {p.position: p for p in draft.contents.paragraphs.values()}
    return bool(cited) and all(
        isinstance(source, TextCitation) and source.paragraph in paragraphs
        and _is_any(wanted, _stated(draft, paragraphs[source.paragraph], paragraphs[source.paragraph].text))
        for source in cited
    )  # fmt: skip


def _is_any(wanted: list[StockDate], stated: list[StockDate]) -> bool:
    return all(any(date.is_same(each) for each in stated) for date in wanted)


def _stated(draft: Draft, paragraph: ParagraphRecord, text: str) -> list[StockDate]:
    """The dates in a paragraph's text; of assets the last ones before it in its section where it has none."""
    above = [
        p.text for p in draft.contents.paragraphs.values()
        if p.section == paragraph.section and p.role != "heading" and p.position < paragraph.position
    ]  # fmt: skip
    on_assets = any(_ASSETS in heading for heading in paragraph.section[-1:])
    for each in (text, *(reversed(above) if on_assets else ())):
        if found := list(dates_in(normalise(each), draft.catalog.year)):
            return found
    return []


def is_told_of_date(draft: Draft, asked: Understanding, statement: StatementRecord) -> bool:
    """Whether a sentence, or what stands before it in its section, tells of the date asked for, if one is."""
    wanted = dates_asked(draft, asked.question)
    return not wanted or _is_any(wanted, _stated_by(draft, statement)[-1:])


def date_of(draft: Draft, statement: StatementRecord) -> str:
    """The date that a sentence tells of, as it is printed there or, of assets, before in its section; "" where none."""
    found = _stated_by(draft, statement)
    return found[-1].text if found else ""


def _stated_by(draft: Draft, statement: StatementRecord) -> list[StockDate]:
    home = draft.contents.paragraphs[statement.paragraph_id]
    until = home.text.find(statement.sentence) + len(statement.sentence)
    return _stated(draft, home, home.text[:until])
