"""One document after all stages, and the rows it becomes in the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.clean.table import CleanTable
from index.document import Document
from index.facts import fact_records
from index.figures import figure_id, figure_records, row_id, table_id, table_records
from index.prose import Chunk, DocumentProfile, Finding, OutlinedParagraph, Statement
from index.records import (
    ChunkRecord,
    DocumentRecord,
    FindingRecord,
    ParagraphRecord,
    PlacesRecord,
    RecognisedPageRecord,
    Rows,
    StatementRecord,
)


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything known about one document; ``vectors`` has one entry per chunk once it is embedded."""

    document: Document
    profile: DocumentProfile
    paragraphs: tuple[OutlinedParagraph, ...]
    tables: tuple[CleanTable, ...]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    chunks: tuple[Chunk, ...]
    vectors: tuple[tuple[float, ...], ...] = ()


def rows_of(parsed: ParsedDocument) -> Rows:
    """The document's rows for each table of the warehouse."""
    document_id, file = parsed.document.document_id, parsed.document.file
    document = _document_record(parsed.document, parsed.profile)
    tables, figures = table_records(document_id, parsed.tables, file), figure_records(document_id, parsed.tables)
    paragraphs = [_paragraph_record(document_id, paragraph, file) for paragraph in parsed.paragraphs]
    statements = [
        _statement_record(document_id, number, statement) for number, statement in enumerate(parsed.statements, start=1)
    ]
    return {
        "documents": [document],
        "tables": tables,
        "figures": figures,
        "paragraphs": paragraphs,
        "statements": statements,
        "facts": fact_records(document, tables, figures, paragraphs, statements),
        "findings": [
            _finding_record(document_id, number, finding) for number, finding in enumerate(parsed.findings, start=1)
        ],
        "chunks": [
            _chunk_record(document_id, number, chunk, vector)
            for number, (chunk, vector) in enumerate(zip(parsed.chunks, parsed.vectors, strict=True), start=1)
        ],
        "places": list(_places_records(document_id, parsed)),
        "recognised_pages": [
            RecognisedPageRecord(document_id, page.file, page.page, page.turn) for page in parsed.document.recognised
        ],
    }


def _places_records(document_id: str, parsed: ParsedDocument) -> Iterator[PlacesRecord]:
    for table in parsed.tables:
        if table.places:
            yield PlacesRecord(table_id(document_id, table.number), document_id, table.places)
    for paragraph in parsed.paragraphs:
        if paragraph.places:
            yield PlacesRecord(_paragraph_id(document_id, paragraph.position), document_id, ((paragraph.places,),))


def _paragraph_id(document_id: str, position: int) -> str:
    return f"{document_id}.p{position}"


def _statement_id(document_id: str, number: int) -> str:
    return f"{document_id}.s{number}"


def _document_record(document: Document, profile: DocumentProfile) -> DocumentRecord:
    return DocumentRecord(
        document_id=document.document_id,
        title=profile.title,
        unit_name=profile.unit_name,
        unit_code=profile.unit_code,
        region=profile.region,
        year=profile.year,
        document_type=profile.document_type,
        unit_level=profile.unit_level,
        file=document.file,
        sha256=document.sha256,
    )


def _paragraph_record(document_id: str, paragraph: OutlinedParagraph, file: str) -> ParagraphRecord:
    return ParagraphRecord(
        paragraph_id=_paragraph_id(document_id, paragraph.position),
        document_id=document_id,
        position=paragraph.position,
        section=paragraph.section,
        text=paragraph.text,
        role=paragraph.role,
        subject=paragraph.subject,
        page=paragraph.page,
        line=paragraph.line,
        file=paragraph.file or file,
    )


def _statement_record(document_id: str, number: int, statement: Statement) -> StatementRecord:
    whole = None if statement.explains_change else statement.whole
    return StatementRecord(
        statement_id=_statement_id(document_id, number),
        document_id=document_id,
        paragraph_id=_paragraph_id(document_id, statement.paragraph),
        subject=statement.subject,
        amount_yuan=statement.amount,
        budget_yuan=statement.budget,
        completion_percent=statement.completion,
        earlier_yuan=statement.earlier,
        earlier_basis=statement.earlier_basis,
        change_yuan=statement.change,
        percent=statement.percent,
        share_percent=statement.share,
        number=statement.number,
        number_unit=statement.number_unit,
        reason=statement.reason,
        sentence=statement.sentence,
        whole_id=None if whole is None else _statement_id(document_id, whole + 1),
    )


def _finding_record(document_id: str, number: int, finding: Finding) -> FindingRecord:
    return FindingRecord(
        finding_id=f"{document_id}.f{number}",
        document_id=document_id,
        check_name=finding.check,
        result=finding.result,
        difference=finding.difference,
        is_rounding=finding.is_rounding,
        message=finding.message,
        figure_ids=tuple(
            figure_id(row_id(table_id(document_id, cell.table), cell.row), cell.column) for cell in finding.cells
        ),
        statement_ids=tuple(_statement_id(document_id, index + 1) for index in finding.statements),
    )


def _chunk_record(document_id: str, number: int, chunk: Chunk, vector: tuple[float, ...]) -> ChunkRecord:
    return ChunkRecord(
        chunk_id=f"{document_id}.k{number}",
        document_id=document_id,
        section=chunk.section,
        text=chunk.text,
        paragraph_ids=tuple(_paragraph_id(document_id, position) for position in chunk.paragraphs),
        vector=vector,
    )
