"""Says of an answer that what it cites was recognised in a picture, and whether checks of the document confirm it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.answer import Answer, Citation, TableCitation
from assistant.answering.draft import Draft
from assistant.library import Library

_CHECK: Final = "识别所得，请核对原件"
_MOST_PAGES: Final = 6


def with_recognition(answer: Answer, draft: Draft | None, library: Library) -> Answer:
    """The answer with a note on the recognised pages that it cites, if there are any."""
    cited = [citation for citation in answer.citations if _is_recognised(citation, library)]
    if not cited or draft is None:
        return answer
    note = f"{_pages(cited)}是扫描页，文字为{_told(draft, library)}。"
    return answer.model_copy(update={"answer": f"{answer.answer}\n\n⚠ {note}", "notes": [*answer.notes, note]})


def _is_recognised(citation: Citation, library: Library) -> bool:
    if citation.page is None:
        return False
    if isinstance(citation, TableCitation):
        record = library.table(citation.table_id)
        return (record.file, citation.page) in library.recognised_pages(record.document_id)
    paragraph = library.paragraph(citation.paragraph_id)
    return (paragraph.file, citation.page) in library.recognised_pages(paragraph.document_id)


def _pages(cited: Iterable[Citation]) -> str:
    """``“预算.pdf”第 3、4 页``"""
    pages: dict[str, set[int]] = {}
    for citation in cited:
        pages.setdefault(citation.document, set()).add(citation.page or 0)
    return "，".join(f"“{document}”第 {_listed(sorted(numbers))} 页" for document, numbers in pages.items())


def _listed(pages: list[int]) -> str:
    return "、".join(map(str, pages[:_MOST_PAGES])) + (" 等" if len(pages) > _MOST_PAGES else "")


def _told(draft: Draft, library: Library) -> str:
    """Whether all, some or none of the cited figures are in checks that hold (a total and its parts, two tables)."""
    figures = {*draft.figure_ids, *draft.statement_ids}
    confirmed = figures & library.confirmed(figures)
    if not confirmed:
        return _CHECK
    if confirmed == figures:
        return "识别所得；所引的数与文件内的勾稽关系（合计与分项、表与表）相符"
    return f"{_CHECK}（所引 {len(figures)} 个数中，{len(confirmed)} 个与文件内的勾稽关系相符）"
