"""Answers as spreadsheets: the pack of evidence, and a list answer as a table. Numbers are numbers, text is text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from assistant.answer import Answer, Citation, TableCitation
from assistant.blocks import VALUE_HEAD, WORDS_HEAD, Column, columns_of, list_entries, plain, warnings_of
from assistant.papers.places import SourceNames, table_of
from assistant.papers.writing import inert, writable
from index.money import parse_number

Value = str | int | Decimal | None

_LONGEST_CELL: Final = 32_000
_WIDEST: Final = 60
_LINE: Final = 15
_TALLEST: Final = 400
"""Points; a row can't be higher than 409."""
_NARROW: Final = 0x2E7F
"""The last character before the Chinese ones."""
_HEAD: Final = PatternFill("solid", fgColor="DDE6F5")
_TURN: Final = "第几问"
_FIGURE_HEAD: Final = ("名称", "数额", "单位", "出处编号")


def evidence_pack(answer: Answer, names: SourceNames) -> bytes:
    """One answer with everything it rests on, as an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    _sheet(book, "问答", ("项目", "内容"), _told(answer))
    _sheet(book, "数字", _FIGURE_HEAD, _figures(answer))
    _sheet(book, "出处", _SOURCE_HEAD, _sources(answer, names))
    if answer.sql:
        _sheet(book, "查询语句", ("SQL",), _query(answer))
    if answer.rows:
        _sheet(book, "查询结果（金额为元）", answer.columns, _results(answer))
    return _saved(book)


def talk_pack(answers: Mapping[int, Answer], names: SourceNames) -> bytes:
    """All answers of a conversation, by their turns' numbers, with everything they rest on, as an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    told, figures, sources = (_numbered(answers, each) for each in (_told, _figures, lambda a: _sources(a, names)))
    _sheet(book, "问答", (_TURN, "项目", "内容"), told)
    _sheet(book, "数字", (_TURN, *_FIGURE_HEAD), figures)
    _sheet(book, "出处", (_TURN, *_SOURCE_HEAD), sources)
    queries = {number: answer for number, answer in answers.items() if answer.sql}
    _sheet(book, "查询语句", (_TURN, "SQL"), _numbered(queries, _query))
    for number, answer in queries.items():
        if answer.rows:
            _sheet(book, f"查询结果 {number}（金额为元）", answer.columns, _results(answer))
    return _saved(book)


def _numbered(
    answers: Mapping[int, Answer], rows_of: Callable[[Answer], Iterable[Sequence[Value]]]
) -> Iterator[Sequence[Value]]:
    """The rows of each answer behind its number."""
    return ((number, *row) for number, answer in answers.items() for row in rows_of(answer))


def list_sheet(answer: Answer, names: SourceNames) -> bytes:
    """A list answer as an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    head, *rows = list_rows(answer, names)
    _sheet(book, "表格", list(map(str, head)), rows)
    return _saved(book)


def list_csv(answer: Answer, names: SourceNames) -> bytes:
    """A list answer as a CSV file that Excel and WPS open as UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in list_rows(answer, names):
        writer.writerow([inert(writable(value)) if isinstance(value, str) else value for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def list_rows(answer: Answer, names: SourceNames) -> list[tuple[Value, ...]]:
    """The head and the entries of an answer's lists, each with its sources in words; nothing where there are none."""
    cited = {each.n: each for each in answer.citations}
    entries = list(list_entries(answer))
    columns = columns_of(entries)
    heads = [
        head
        for column in columns
        for head in (*([WORDS_HEAD] if column.is_worded else []), column.said or VALUE_HEAD, "单位")
    ]
    rows = [
        (number, plain(entry.label + entry.rest), *(cell for column in columns for cell in _cells(column, number - 1)),
         "；".join(names.line(cited[n]) for n in entry.marks if n in cited))
        for number, entry in enumerate(entries, 1)
    ]  # fmt: skip
    return [("序号", "名称", *heads, "出处"), *rows] if rows else []


def _cells(column: Column, at: int) -> Iterator[Value]:
    """One entry's value with its unit, and its words where they differ."""
    value = column.values[at]
    if column.is_worded:
        yield value.said if value else None
    yield (value.text if value.number is None else value.number) if value else None
    yield value.unit if value else None


def _told(answer: Answer) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = [("问题", answer.question), ("理解为", answer.standalone_question)]
    rows += [("回答", line) for line in answer.told.replace("**", "").splitlines() if line]
    rows += [("提醒", note) for note in warnings_of(answer)]
    rows += [("没有答到", left) for left in answer.unanswered]
    rows += [("相近内容", line.replace("**", "")) for line in answer.related]
    return rows


def _figures(answer: Answer) -> Iterable[Sequence[Value]]:
    return map(_figure, answer.figures)


def _sources(answer: Answer, names: SourceNames) -> Iterable[Sequence[Value]]:
    return (_source(each, names) for each in answer.citations)


def _query(answer: Answer) -> Iterable[Sequence[Value]]:
    return ((line,) for line in (answer.sql or "").splitlines())


def _figure(figure: Any) -> tuple[Value, ...]:
    number = parse_number(figure.value)
    marks = "、".join(map(str, figure.citations))
    return figure.label, number if number is not None else figure.value, figure.unit, marks


_SOURCE_HEAD: Final = (
    "编号", "文件", "文件名", "SHA-256", "单位", "年度", "表或章节", "行", "列", "编码", "印出的值", "数值", "计量单位",
    "页", "原句",
)  # fmt: skip


def _source(citation: Citation, names: SourceNames) -> tuple[Value, ...]:
    record = names.record(citation)
    first = (citation.n, names.title(citation), citation.document, record.sha256 if record else "")
    whose = (citation.unit_name, citation.year)
    if isinstance(citation, TableCitation):
        cell = (citation.row_label, citation.column, citation.code, citation.value, parse_number(citation.value))
        return (*first, *whose, table_of(citation), *cell, citation.unit, citation.page, None)
    section = " › ".join(citation.section)
    return (*first, *whose, section, None, None, None, None, None, None, citation.page, citation.quote)


def _results(answer: Answer) -> Iterable[Sequence[Value]]:
    """The query's rows; columns of codes, years and names stay text."""
    for row in answer.rows:
        yield [_result(column, value) for column, value in zip(answer.columns, row, strict=False)]


def _result(column: str, value: str) -> Value:
    number = None if "码" in column or "_id" in column else parse_number(value)
    return value if number is None else number


def _sheet(book: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    sheet, rows = book.create_sheet(title), list(rows)
    widths: dict[int, int] = {}
    for r, row in enumerate((head, *rows), 1):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c)
            _write(cell, value, is_head=r == 1)
            widths[c] = min(_WIDEST, max(widths.get(c, 8), _width(value) + 2))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for r, row in enumerate(rows, 2):
        lines = max((ceil((_width(value) + 2) / widths[c]) for c, value in enumerate(row, 1)), default=1)
        sheet.row_dimensions[r].height = min(_TALLEST, _LINE * lines)  # not every program fits rows to wrapped text
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _width(value: Value) -> int:
    """The room that a value takes, in digits; a Chinese character takes that of two."""
    return sum(2 if ord(character) > _NARROW else 1 for character in str(value if value is not None else ""))


def _write(cell: Cell, value: Value, is_head: bool) -> None:
    if isinstance(value, str):
        cell.value = writable(value)[:_LONGEST_CELL]
        cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    if isinstance(value, Decimal):
        cell.number_format = "#,##0.00" if -value.as_tuple().exponent <= 2 else "General"  # type: ignore[operator]
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_head:
        cell.font, cell.fill = Font(bold=True), _HEAD


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
