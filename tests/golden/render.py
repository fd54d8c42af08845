"""Clean tables as text that a budget officer can compare with the printed document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from index.clean import clean_tables
from index.clean.table import CleanCell, CleanRow, CleanTable
from index.convert import convert
from index.outline import outline

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
DOCUMENTS = {
    "曾都区委办公室_2024": ROOT / "data" / "documents" / "曾都区委办公室_2024_部门预算.txt",
}
SUMMARY = "00_汇总.tsv"

_MARKS = {"percent": "%", "quantity": "#", "text": "", "amount": "", "blank": ""}


def golden_files(document: Path) -> dict[str, str]:
    """The golden files of one document by name: one per clean table, and the summary."""
    read = convert(document)
    tables = clean_tables(read, outline(read))
    files = {_file_name(table): _lines(_table_lines(table)) for table in tables}
    return {SUMMARY: _lines(_summary_lines(tables)), **files}


def _file_name(table: CleanTable) -> str:
    subject = f"_{table.subject}" if table.subject else ""
    return f"{table.number:02}_{table.kind}{subject}.tsv"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip("\t") for line in lines) + "\n"


def _table_lines(table: CleanTable) -> Iterator[str]:
    yield f"# {table.title}\t编号 {table.table_no or '无'}\t种类 {table.kind}（{table.confidence:.2f}）"
    yield f"# 单位 {table.unit or '无'}\t状态 {table.state}\t说明 {table.note or '无'}\t关于 {table.subject or '无'}"
    yield f"# 所在 {' › '.join(table.section)}\t第 {table.line} 行起\t表头 {table.header_rows} 行"
    for column in table.columns:
        yield "\t".join(
            (
                "# 列",
                str(column.number),
                column.path,
                column.role,
                column.measure or "",
                column.unit or "",
                column.side or "",
            )
        )
    yield "行\t编码\t编码体系\t层级\t上级\t性质\t名称\t所印名称\t所属单位\t数据（列=所印；#数量，%百分比）"
    for row in table.rows:
        yield "\t".join(_row_fields(row))


def _row_fields(row: CleanRow) -> Iterator[str]:
    yield row.key
    yield row.code or ""
    yield row.code_system or ""
    yield str(row.level)
    yield row.parent or ""
    yield "合计" if row.is_total else "末级" if row.is_leaf else "分组"
    yield row.label
    yield "" if row.printed_label == row.label else row.printed_label or "（未印）"
    yield row.subordinate_unit or ""
    yield from (_cell(cell) for cell in row.cells)


def _cell(cell: CleanCell) -> str:
    if cell.value_type == "blank":
        return f"{cell.column}"
    number = "" if cell.number is None or str(cell.number) == cell.printed else f"→{cell.number}"
    return f"{cell.column}={cell.printed}{number}{_MARKS[cell.value_type]}"


def _summary_lines(tables: tuple[CleanTable, ...]) -> Iterator[str]:
    yield "表\t编号\t标题\t种类\t单位\t状态\t行数\t数字格数\t空白格数\t总额"
    for table in tables:
        cells = [cell for row in table.rows for cell in row.cells]
        yield "\t".join(
            (
                str(table.number),
                table.table_no or "",
                table.title,
                table.kind,
                table.unit or "",
                table.state,
                str(len(table.rows)),
                str(sum(cell.number is not None for cell in cells)),
                str(sum(cell.value_type == "blank" for cell in cells)),
                _total(table),
            )
        )


def _total(table: CleanTable) -> str:
    """The first number of each total row, else the sum of the leaves."""
    totals = [number for row in table.rows if row.is_total and (number := _first_amount(row)) is not None]
    leaves = [number for row in table.rows if row.is_leaf and (number := _first_amount(row)) is not None]
    if totals:
        return " ".join(dict.fromkeys(map(str, totals)))
    return str(sum(leaves, Decimal(0))) if leaves else ""


def _first_amount(row: CleanRow) -> Decimal | None:
    return next((cell.number for cell in row.cells if cell.value_type == "amount"), None)
