"""An answer in the making: text, figures, citations, and what the notes will need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from assistant.answer import Clarify, Figure, Route
from assistant.answering.values import Value
from assistant.catalog import DocumentCatalog, Row
from assistant.citations import Citations, marks
from assistant.contents import DocumentContents
from assistant.library import Library
from index.records import FigureRecord, ParagraphRecord, StatementRecord

_LISTS: Final = (
    "lines", "figures", "queries", "columns", "rows", "notes", "figure_ids", "statement_ids", "grounds", "used",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftState:
    """What a draft held at some time."""

    route: Route
    lists: tuple[tuple[Any, ...], ...]
    citations: int
    clarify: Clarify | None


@dataclass(slots=True)
class Draft:
    """Collects one answer about one document; ``asked_unit`` is the unit to print amounts in, None as printed.

    ``used``: the operators of the question that were used for it. ``instead``: what can be asked where it refuses.
    """

    library: Library
    catalog: DocumentCatalog
    asked_unit: str | None = None
    route: Route = "sql"
    lines: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    citations: Citations = field(default_factory=Citations)
    queries: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figure_ids: list[str] = field(default_factory=list)
    statement_ids: list[str] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    clarify: Clarify | None = None
    instead: list[str] = field(default_factory=list)

    def beside(self, catalog: DocumentCatalog) -> Draft:
        """A draft about another document that adds to the same answer; only its lines are its own."""
        return replace(self, catalog=catalog, lines=[])

    def state(self) -> DraftState:
        """What the answer holds now, to come back to."""
        lists = tuple(tuple(getattr(self, name)) for name in _LISTS)
        return DraftState(self.route, lists, self.citations.state(), self.clarify)

    def restore(self, state: DraftState) -> None:
        """Back to an earlier state; drafts beside this one see it too."""
        self.route, self.clarify = state.route, state.clarify
        for name, entries in zip(_LISTS, state.lists, strict=True):
            getattr(self, name)[:] = entries
        self.citations.restore(state.citations)

    @property
    def contents(self) -> DocumentContents:
        """What the document holds."""
        return self.library.contents(self.catalog.document_id)

    @property
    def heading(self) -> str:
        """Whose figures these are: unit, year, 预算 or 决算."""
        year = f"{self.catalog.year}年" if self.catalog.year else ""
        return f"{self.catalog.unit_name}{year}{self.catalog.document_type}"

    @property
    def rows_cited(self) -> list[Row]:
        """The document's rows that cited cells stand in, one for each cell, in the order cited."""
        return [row for key in self.figure_ids if (row := self.catalog.row_of(key)) is not None]

    def cite(self, cells: Iterable[FigureRecord]) -> list[int]:
        """Numbers of these cells' citations."""
        numbers = []
        for cell in cells:
            self.figure_ids.append(cell.figure_id)
            document, table = self.library.documents[cell.document_id], self.library.table(cell.table_id)
            numbers.append(self.citations.cell(document, table, cell))
        return numbers

    def cite_statement(self, statement: StatementRecord) -> int:
        """The number of the sentence a statement stands in."""
        self.statement_ids.append(statement.statement_id)
        return self.cite_passage(self.library.paragraph(statement.paragraph_id), statement.sentence)

    def cite_passage(self, paragraph: ParagraphRecord, quote: str) -> int:
        """The number of a quote."""
        for statement in self.library.contents(paragraph.document_id).statements.values():
            if statement.paragraph_id == paragraph.paragraph_id and statement.sentence in quote:
                self.statement_ids.append(statement.statement_id)
        return self.citations.passage(self.library.documents[paragraph.document_id], paragraph, quote)

    def add_figure(self, label: str, value: Value, citations: Sequence[int]) -> str:
        """Records a figure and returns it as printed in the text, with its marks."""
        figure = Figure(
            label=label,
            value=value.number(self.asked_unit),
            unit=value.unit_shown(self.asked_unit),
            citations=list(dict.fromkeys(citations)),
        )
        self.figures.append(figure)
        self.grounds.append(value.shown(self.asked_unit))
        return f"**{value.shown(self.asked_unit)}**{marks(citations)}"

    def named(self, name: str) -> str:
        """A name or count that code took from the catalogue: what numbers it holds (codes, years) are grounded."""
        self.grounds.append(name)
        return name


def quoted_subject(draft: Draft) -> str:
    """What the sentences that an answer quotes state an amount of, "" where it isn't one thing alone."""
    quotes = [(source.paragraph_id, source.quote) for source in draft.citations.listed if source.kind == "text"]
    subjects = {
        statement.subject
        for statement in draft.contents.statements.values() for paragraph_id, quote in quotes
        if statement.amount_yuan is not None and statement.paragraph_id == paragraph_id
        and (quote in statement.sentence or statement.sentence in quote)
    }  # fmt: skip
    return subjects.pop() if len(subjects) == 1 else ""
