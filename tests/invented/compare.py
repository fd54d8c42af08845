"""What was read against what was invented: every difference as a line that names the table and the row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.clean.table import CleanCell, CleanRow, CleanTable
from index.clean.wording import fold
from index.money import to_yuan
from index.parsed import ParsedDocument
from tests.invented.budget import Budget
from tests.invented.document import InventedDocument
from tests.invented.lines import ANY, Count, Line, Price, Value
from tests.invented.printing import Expected


def differences(budget: Budget, document: InventedDocument, parsed: ParsedDocument) -> list[str]:
    """All differences, none where everything was read as it was invented."""
    # What a two-sided table prints once more by another classification was not invented as a table of its own.
    tables = [table for table in parsed.tables if table.kind != "其他表" and "：" not in table.title]
    found = [
        *_profile(budget, parsed),
        *_kinds(document.tables, tables),
        *(f"勾稽不符：{finding.message}" for finding in parsed.findings if finding.result == "differs"),
    ]
    if [table.kind for table in tables] == [expected.kind for expected in document.tables]:
        for expected, table in zip(document.tables, tables, strict=True):
            found += [f"《{expected.title}》{difference}" for difference in _table(expected, table)]
    return found


def _differs(name: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"{name}应为{expected}，读到{found}"


def _profile(budget: Budget, parsed: ParsedDocument) -> Iterator[str]:
    yield from _differs("单位名称", budget.name, parsed.profile.unit_name)
    yield from _differs("年度", budget.year, parsed.profile.year)
    yield from _differs("预决算", budget.document_type, parsed.profile.document_type)
    yield from _differs("部门或单位", budget.unit_level, parsed.profile.unit_level)


def _kinds(expected: Sequence[Expected], tables: Sequence[CleanTable]) -> Iterator[str]:
    wanted, read = Counter(each.kind for each in expected), Counter(table.kind for table in tables)
    yield from (f"缺表：{kind}" for kind in (wanted - read).elements())
    yield from (f"多表：{kind}" for kind in (read - wanted).elements())
    if wanted == read:
        yield from _differs("各表的次序", [each.kind for each in expected], [table.kind for table in tables])


def _table(expected: Expected, table: CleanTable) -> Iterator[str]:
    yield from _differs("标题", fold(expected.title), fold(table.title))
    yield from _differs("编号", expected.table_no, table.table_no)
    yield from _differs("单位", expected.unit, table.unit)
    yield from _differs("状态", expected.state, table.state)
    measures = {column.measure for column in table.columns}
    yield from (f"缺列：{name}" for name in expected.measures if name and name not in measures)
    if expected.state != "figures":
        return
    lines, rows = list(expected.lines), list(table.rows)
    if not expected.in_order:
        lines.sort(key=lambda line: (line.code or "", line.label))
        rows.sort(key=lambda row: (row.code or "", row.label))
    if len(lines) != len(rows):
        yield f"应有{len(lines)}行，读到{len(rows)}行：{_unlike(lines, rows)}"
        return
    for line, row in zip(lines, rows, strict=True):
        yield from (f"“{line.label}”{difference}" for difference in _Row(line, row, expected, table).differences())


def _unlike(lines: Sequence[Line], rows: Sequence[CleanRow]) -> str:
    """The labels that only one of both has."""
    wanted, read = Counter(line.label for line in lines), Counter(row.label for row in rows)
    return f"少{sorted((wanted - read).elements())}，多{sorted((read - wanted).elements())}"


class _Row:
    """One invented line and the row that was read for it."""

    def __init__(self, line: Line, row: CleanRow, expected: Expected, table: CleanTable) -> None:
        self._line, self._row, self._expected, self._table = line, row, expected, table

    def differences(self) -> Iterator[str]:
        line, row = self._line, self._row
        if line.label != ANY and not line.is_total:
            yield from _differs("名称", fold(line.label), fold(row.label))
        yield from _differs("是否合计", line.is_total, row.is_total)
        if line.code != ANY:
            yield from _differs("编码", line.code, row.code)
        yield from _differs("收支", line.side, row.side)
        if line.unit != ANY:
            yield from _differs("所属单位", fold(line.unit or ""), fold(row.subordinate_unit or ""))
        yield from self._tree()
        yield from self._values()

    def _tree(self) -> Iterator[str]:
        line, row = self._line, self._row
        if line.level is None:
            return
        yield from _differs("层级", line.level, row.level)
        parents = {line.parent for line in self._expected.lines}
        yield from _differs("是否末级", line.code not in parents and not line.is_total, row.is_leaf)
        above = next((other for other in self._table.rows if other.key == row.parent), None)
        if line.parent:
            yield from _differs("上级", line.parent, above and above.code)
        elif not line.is_total and sum(other.is_total for other in self._expected.lines) == 1:
            yield from _differs("上级是合计", True, bool(above and above.is_total))

    def _values(self) -> Iterator[str]:
        line = self._line
        wanted = [_yuan(value) for value in line.values if isinstance(value, Decimal | Price)]
        yield from _differs("各金额", wanted, [self._amount(cell) for cell in self._amounts()])
        for measure, value in zip(self._expected.measures[-len(line.values) :], line.values, strict=False):
            if measure and line.side is None:
                yield from _differs(f"“{measure}”", _said(value), self._read(measure))

    def _amounts(self) -> list[CleanCell]:
        return [cell for cell in self._row.cells if cell.value_type == "amount"]

    def _amount(self, cell: CleanCell) -> str:
        column = next(column for column in self._table.columns if column.number == cell.column)
        unit = column.unit or self._table.unit
        return "?" if cell.number is None or unit is None else _plain(to_yuan(cell.number, unit))

    def _read(self, measure: str) -> str | None:
        """What the row says under a measure."""
        numbers = {column.number for column in self._table.columns if column.measure == measure}
        cell = next((cell for cell in self._row.cells if cell.column in numbers), None)
        if cell is None or cell.value_type == "blank":
            return None
        return self._amount(cell) if cell.value_type == "amount" else fold(cell.printed)


def _yuan(value: Decimal | Price) -> str:
    amount = value.amount if isinstance(value, Price) else value
    return _plain(amount)


def _plain(amount: Decimal) -> str:
    """The amount without the zeros behind its point."""
    return f"{amount:.4f}".rstrip("0").rstrip(".")


def _said(value: Value) -> str | None:
    if isinstance(value, Decimal | Price):
        return _yuan(value)
    return str(value.number) if isinstance(value, Count) else value and fold(value)
