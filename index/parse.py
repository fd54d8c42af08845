"""A file to a parsed document: all stages, and what goes wrong in them."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from index.chunk import chunk, embedded_text
from index.clean import clean_tables
from index.clean.unread import unread_numbers
from index.convert import convert
from index.document import Document
from index.errors import BudgetError, is_disk_trouble
from index.lists import with_lists_as_tables
from index.outline import outline
from index.owners import of_their_owners, statements_of_their_owners
from index.parsed import ParsedDocument
from index.profile import profile, require_budget
from index.reconcile import reconcile
from index.reread import reread
from index.statements import read_statements, unread_amounts
from index.summarise import summarise
from index.workers import ParsedFile, Problem

Outcome = TypeVar("Outcome")

_log = logging.getLogger(__name__)


def parse(path: Path) -> ParsedDocument | Problem:
    """One file through all stages; whatever goes wrong with it is its own problem only, but for a full disk."""
    return _guarded(path, lambda: _parse(path))


def parse_into(path: Path, spooled: Path) -> ParsedFile | Problem:
    """The same, with what was read kept in a file."""
    return _guarded(path, lambda: kept(_parse(path), spooled))


def kept(parsed: ParsedDocument, spooled: Path) -> ParsedFile:
    """Writes what was read to ``spooled``, for ``ParsedFile.load``."""
    spooled.write_bytes(pickle.dumps(parsed, protocol=pickle.HIGHEST_PROTOCOL))
    return ParsedFile(summarise(parsed), tuple(map(embedded_text, parsed.chunks)), spooled)


def _parse(path: Path) -> ParsedDocument:
    parsed = understood(convert(path))
    return reread(parsed, path.read_bytes(), understood) if parsed.document.recognised else parsed


def understood(document: Document) -> ParsedDocument:
    """All stages after the converter. Raises DocumentError for what is no budget."""
    document = with_lists_as_tables(document)
    paragraphs = outline(document)
    tables = clean_tables(document, paragraphs)
    statements = read_statements(paragraphs)
    require_budget(paragraphs, tables, document.file, document.gaps)
    found = profile(document, paragraphs, tables)
    tables = of_their_owners(tables, found)
    statements = statements_of_their_owners(statements, document, paragraphs, found)
    return ParsedDocument(
        document=replace(document, gaps=(*document.gaps, *unread_numbers(tables), *unread_amounts(paragraphs))),
        profile=found,
        paragraphs=paragraphs,
        tables=tables,
        statements=statements,
        findings=reconcile(tables, statements),
        chunks=chunk(paragraphs),
    )


def _guarded(path: Path, work: Callable[[], Outcome]) -> Outcome | Problem:
    try:
        return work()
    except BudgetError as error:
        return Problem(str(error))
    except MemoryError:
        return Problem(f"处理“{path.name}”需要的内存超过了限度，文件可能已损坏或异常庞大。")
    except Exception as error:
        if isinstance(error, OSError) and is_disk_trouble(error):
            raise
        _log.exception("parsing %s failed", path)
        return Problem(f"处理“{path.name}”时程序出错（{type(error).__name__}：{error}）。")
