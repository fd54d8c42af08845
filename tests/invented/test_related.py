"""One invented budget as several files: said twice, in another format, or its prose and tables apart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from index.document import Block, RawTable
from index.merge import merge
from index.parse import parse
from index.parsed import ParsedDocument
from index.relate import ReadFile, Relations, relate
from index.summarise import summarise
from tests.invented.document import Form, InventedDocument, print_document
from tests.invented.formats import FORMATS
from tests.invented.forms import ANNEXES, CARRIED_CODES, FINAL_ACCOUNTS, HEADINGS_FOR_TITLES, THREE_CODE_COLUMNS
from tests.invented.invent import invent
from tests.writers.excel import write_xlsx
from tests.writers.word import write_docx

SPLIT = [ANNEXES, THREE_CODE_COLUMNS, CARRIED_CODES, FINAL_ACCOUNTS]


def _printed(form: Form, seed: int = 7) -> InventedDocument:
    return print_document(invent(seed, form.document_type, form.units), form)


def _read(path: Path) -> ParsedDocument:
    parsed = parse(path)
    assert isinstance(parsed, ParsedDocument), parsed
    return parsed


def _relate(paths: Iterable[Path]) -> Relations:
    return relate([ReadFile(path, summarise(_read(path))) for path in paths])


@pytest.mark.parametrize("form", [ANNEXES, HEADINGS_FOR_TITLES], ids=lambda form: form.name)
def test_a_budget_in_every_format_is_one_document(form: Form, tmp_path: Path) -> None:
    document = _printed(form)
    paths = [tmp_path / f"文件.{extension}" for extension in FORMATS]
    for path in paths:
        FORMATS[path.suffix.removeprefix(".")](document, form, path)
    relations = _relate(paths)
    assert len(relations.documents) == 1 and set(relations.unused.values()) == {"duplicate"}


def test_another_year_or_unit_is_another_document(tmp_path: Path) -> None:
    paths = [tmp_path / f"{seed}.docx" for seed in range(4)]
    for seed, path in enumerate(paths):
        write_docx(_printed(ANNEXES, seed).blocks, path)
    assert len(_relate(paths).documents) == len(paths)


def _apart(document: InventedDocument) -> tuple[list[Block], list[Block]]:
    """The document without its tables, and the tables with what stands right above them."""
    first = next(at for at, block in enumerate(document.blocks) if isinstance(block, RawTable))
    last = max(at for at, block in enumerate(document.blocks) if isinstance(block, RawTable))
    start = next(at for at in range(first, 0, -1) if "部分" in _text(document.blocks[at]))
    tables = [block for block in document.blocks[start + 1 : last + 1]]
    return [*document.blocks[: start + 1], *document.blocks[last + 1 :]], tables


def _text(block: Block) -> str:
    return "" if isinstance(block, RawTable) else block.text


@pytest.mark.parametrize("form", SPLIT, ids=lambda form: form.name)
def test_prose_and_tables_find_each_other(form: Form, tmp_path: Path) -> None:
    prose, tables = _apart(_printed(form))
    write_docx(prose, tmp_path / "说明.docx")
    write_xlsx(tables, tmp_path / "附表.xlsx")
    paths = [tmp_path / "附表.xlsx", tmp_path / "说明.docx"]
    assert _relate(paths).documents == [(tmp_path / "说明.docx", tmp_path / "附表.xlsx")]


def test_prose_is_checked_against_tables_as_in_one_file(tmp_path: Path) -> None:
    document = _printed(ANNEXES)
    prose, tables = _apart(document)
    write_docx(document.blocks, tmp_path / "全.docx")
    write_docx(prose, tmp_path / "说明.docx")
    write_xlsx(tables, tmp_path / "附表.xlsx")
    merged = merge([_read(tmp_path / "说明.docx"), _read(tmp_path / "附表.xlsx")])
    messages = [sorted(finding.message for finding in each.findings) for each in (merged, _read(tmp_path / "全.docx"))]
    assert messages[0] == messages[1] and any(finding.check == "正文与表一致" for finding in merged.findings)
