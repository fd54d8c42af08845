"""Notes: where the document contradicts itself about what the answer cites, which names were taken for misspelt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.answering.draft import Draft
from assistant.catalog import MISSPELT
from assistant.catalog.types import row_of_figure
from assistant.citations import marks
from assistant.understand.types import Understanding
from index.records import FigureRecord, FindingRecord

WARNING: Final = "⚠"
"""What a line with a warning begins with."""

_MOST: Final = 3


def add_notes(draft: Draft) -> None:
    """Appends a warning for each contradiction that touches a cited cell or sentence, with its sources."""
    found = draft.library.contradictions_about(draft.figure_ids, draft.statement_ids)
    for finding in sorted(found, key=lambda f: f.is_rounding)[:_MOST]:
        if not finding.is_rounding and not any(finding.message in line for line in draft.lines):
            draft.notes.append(f"{finding.message}{marks(sources_of(draft, finding))}")
    draft.lines += [f"{WARNING} 文件前后不一致：{note}" for note in draft.notes]


def add_spellings(draft: Draft, meanings: Iterable[Understanding]) -> None:
    """Says which names were taken for misspelt ones (``“公务接侍费”按“公务接待费”理解``)."""
    terms = (t for asked in meanings for o in (*asked.operands, *asked.excluded, asked.base) if o for t in o.terms)
    said = {t.name: t.text for t in terms if any(link.match in MISSPELT for link in t.links)}
    draft.lines += [draft.named(f"“{written}”按“{meant}”理解。") for written, meant in said.items()]


def cells_of(draft: Draft, finding: FindingRecord) -> list[FigureRecord]:
    """The cells that a check read, row by row."""
    rows = draft.library.figures({row_of_figure(figure_id) for figure_id in finding.figure_ids})
    return [cell for cells in rows.values() for cell in cells if cell.figure_id in finding.figure_ids]


def sources_of(draft: Draft, finding: FindingRecord) -> list[int]:
    """Numbers of the citations of what a check read, the cells it names first."""
    rank = {figure_id: place for place, figure_id in enumerate(finding.figure_ids)}
    cited = draft.cite(sorted(cells_of(draft, finding), key=lambda cell: rank[cell.figure_id])[:2])
    cited += [draft.cite_statement(draft.library.statement(s)) for s in finding.statement_ids[:2]]
    return cited
