"""Two files of one budget as one document: prose and tables that were published apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from index.document import Document
from index.parsed import ParsedDocument
from index.prose import Chunk, OutlinedParagraph, Statement
from index.reconcile import reconcile


def merge(parts: Sequence[ParsedDocument]) -> ParsedDocument:
    """The parts as one document, in their order, its prose checked against its tables.

    Whose budget it is, the first part says; each paragraph and table keeps the name of its own file.
    """
    blocks = _offsets(len(part.document.blocks) for part in parts)
    stated = _offsets(len(part.statements) for part in parts)
    counted = _offsets(len(part.tables) for part in parts)
    tables = tuple(
        replace(table, number=table.number + start, file=part.document.file)
        for part, start in zip(parts, counted, strict=True)
        for table in part.tables
    )
    statements = tuple(
        _moved_statement(statement, start, first)
        for part, start, first in zip(parts, blocks, stated, strict=True)
        for statement in part.statements
    )
    return ParsedDocument(
        document=_document([part.document for part in parts]),
        profile=parts[0].profile,
        paragraphs=tuple(
            _moved_paragraph(paragraph, start, part.document.file)
            for part, start in zip(parts, blocks, strict=True)
            for paragraph in part.paragraphs
        ),
        tables=tables,
        statements=statements,
        findings=reconcile(tables, statements),
        chunks=tuple(
            _moved_chunk(chunk, start) for part, start in zip(parts, blocks, strict=True) for chunk in part.chunks
        ),
    )


def merged_id(sha256s: Sequence[str]) -> str:
    """The identifier of a document of files with these contents: the file's own where it is one."""
    if len(sha256s) == 1:
        return sha256s[0][:12]
    return hashlib.sha256("".join(sha256s).encode()).hexdigest()[:12]


def _document(documents: Sequence[Document]) -> Document:
    return Document(
        document_id=merged_id([document.sha256 for document in documents]),
        file="、".join(document.file for document in documents),
        sha256=documents[0].sha256,
        blocks=tuple(block for document in documents for block in document.blocks),
        gaps=tuple(gap for document in documents for gap in document.gaps),
        recognised=tuple(page for document in documents for page in document.recognised),
    )


def _offsets(lengths: Iterable[int]) -> list[int]:
    """Where each part begins, counted in what the parts before it have."""
    return [0, *accumulate(lengths)][:-1]


def _moved_paragraph(paragraph: OutlinedParagraph, start: int, file: str) -> OutlinedParagraph:
    return replace(paragraph, position=paragraph.position + start, file=file)


def _moved_statement(statement: Statement, start: int, first: int) -> Statement:
    whole = None if statement.whole is None else statement.whole + first
    return replace(statement, paragraph=statement.paragraph + start, whole=whole)


def _moved_chunk(chunk: Chunk, start: int) -> Chunk:
    return replace(chunk, paragraphs=tuple(position + start for position in chunk.paragraphs))
