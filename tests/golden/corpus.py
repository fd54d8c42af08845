"""The shared corpus, one reviewed summary a document: each table's kind, unit, state, lines and grand total."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.clean import clean_tables
from index.clean.table import CleanRow, CleanTable
from index.convert import convert
from index.kinds import KINDS
from index.outline import outline
from tests.golden.render import FOLDER, ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
SUMMARIES = FOLDER / "corpus"


def summary(document: Path) -> str:
    """One line a table, in the order of printing."""
    read = convert(document)
    return "\n".join(["\t".join(_fields(table)) for table in clean_tables(read, outline(read))]) + "\n"


def _fields(table: CleanTable) -> Iterator[str]:
    yield f"第{table.page_first}–{table.page_last}页"
    yield table.kind
    yield f"{table.table_no or ''}{table.title}"
    yield table.unit or "无单位"
    yield table.state
    yield f"{len(table.rows)}行"
    for row in _grand_totals(table):
        printed = _main_value(table, row)
        if printed:
            yield f"{row.side or ''}{row.label}={printed}"


def _grand_totals(table: CleanTable) -> list[CleanRow]:
    return [row for row in table.rows if row.is_total and row.parent is None] or list(table.rows[:1])


def _main_value(table: CleanTable, row: CleanRow) -> str:
    default = next((spec.name for spec in KINDS[table.kind].measures if spec.default and spec.type == "amount"), None)
    columns = {column.number for column in table.columns if default and column.measure == default}
    return next((cell.printed for cell in row.cells if cell.column in columns and cell.number is not None), "")


def update() -> None:
    """Write all summaries anew: ``python -m tests.golden.corpus``. Read the difference before you keep it."""
    SUMMARIES.mkdir(exist_ok=True)
    for document in sorted(CORPUS.glob("*.pdf")):
        (SUMMARIES / f"{document.stem}.tsv").write_text(summary(document), encoding="utf-8")


if __name__ == "__main__":
    update()
