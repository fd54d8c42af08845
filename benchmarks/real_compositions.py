"""Plain questions over real documents, judged by brute force over the cells that the warehouse holds.

Names, bounds and units are drawn from what the documents print; what a question may mean is every figure that bears
its name, table by table, so that an answer is wrong only where it gives what no reading does, or drops a part unmarked.
``python -m benchmarks.real_compositions INDEX… [--count 40] [--seed 1] [--kind 占比] [--show wrong]``.
"""

from __future__ import annotations

import argparse
import operator
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Final, Literal

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from index.records import DocumentRecord
from index.warehouse import Warehouse

Kind = Literal["amount", "count", "percent", "times", "per"]
Verdict = Literal["right", "asked back", "refused", "partial", "wrong"]
Number = tuple[Kind, Decimal]
Reading = tuple[Number, ...]
VERDICTS: Final[tuple[Verdict, ...]] = ("right", "asked back", "refused", "partial", "wrong")
COUNT: Final = 40

_YUAN: Final = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_WAN: Final = _YUAN["万元"]
_CLOSE: Final[dict[Kind, Decimal]] = {
    "amount": Decimal(101), "count": Decimal(0), "percent": Decimal("0.1"), "times": Decimal("0.0051"),
    "per": Decimal(101),
}  # fmt: skip
_BOLD_COUNT: Final = re.compile(r"\*\*(\d+) ?(?:个|家|项|笔)[^*]*\*\*")
_PRINTED: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?(亿元|万元|元|%)")
_VALUE: Final = re.compile(r"-?\d+(?:\.\d+)?")
_DIGITS: Final = {2: "两", 3: "三", 4: "四", 5: "五"}
_NAME: Final = re.compile(r"[\u4e00-\u9fff]{3,16}")
_GENERIC: Final = re.compile(
    r"合计|总计|小计|本级|其他支出$|^其他|项目支出$|基本支出$|结转|结余|(?:收入|拨款|资金|预算)$"
)
_DEFAULTS: Final = {"合计", "预算数", "采购金额", "决算数", "三公经费合计"}
_FUNCTION_LEVELS: Final = {3: 1, 5: 2, 7: 3}

_SQL: Final = """SELECT f.table_id, f.kind, t.title, f.row_id, f.row_no, f.row_label, coalesce(f.code, ''),
    coalesce(f.code_system, ''), coalesce(f.level, 0), coalesce(f.parent_row_id, ''), f.is_leaf, f.is_total,
    coalesce(f.subordinate_unit, ''), coalesce(f.side, ''), coalesce(f.measure, ''), f.amount_yuan, a.year, a.nature,
    a.fund, a.origin, a.quantity, a.part, f.column_no
FROM figures f JOIN facts a ON a.figure_id = f.figure_id JOIN tables t ON t.table_id = f.table_id
WHERE f.document_id = $1 AND f.amount_yuan IS NOT NULL ORDER BY t.position, f.row_no, f.column_no"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed amount with the coordinates that the index gives it."""

    table: str
    kind: str
    title: str
    row_id: str
    row_no: int
    label: str
    code: str
    system: str
    level: int
    parent: str
    is_leaf: bool
    is_total: bool
    unit: str
    side: str
    measure: str
    amount: Decimal
    year: int | None
    nature: str
    fund: str
    origin: str
    quantity: str
    part: tuple[str, ...]
    column: int

    @property
    def name(self) -> str:
        """What it is of: its row, or the item that heads its column."""
        return self.part[-1] if self.kind == "三公经费支出表" and self.part else self.label


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked, by what each reading of it comes to; ``in_order``: these figures stand first, in this order."""

    wording: str
    readings: tuple[Reading, ...]
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of one kind with all that it asks."""

    kind: str
    question: str
    parts: tuple[Part, ...]


class Ledger:
    """The printed amounts of one document."""

    def __init__(self, warehouse: Warehouse, document: DocumentRecord) -> None:
        self.document = document
        rows = warehouse.execute(_SQL, [document.document_id])[1]
        self.cells = tuple(Cell(*row[:21], tuple(row[21] or ()), row[22]) for row in rows)
        self.told = tuple(s for s in warehouse.statements(document.document_id))

    @property
    def unit(self) -> str:
        """How people call the document's unit."""
        return re.sub(r"（.*?）", "", self.document.unit_name)

    @cached_property
    def tables(self) -> dict[str, tuple[Cell, ...]]:
        """The cells of each table in its main column."""
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            if cell.measure in _DEFAULTS and self.is_own(cell):
                found[cell.table].append(cell)
        return {table: _main_column(cells) for table, cells in found.items()}

    def is_own(self, cell: Cell) -> bool:
        """Whether a cell is money of the document's own year."""
        return cell.quantity == "金额" and cell.year == self.document.year

    @cached_property
    def by_name(self) -> dict[str, tuple[Cell, ...]]:
        """The cells of the document's own year that bear a name, in the main column of each table or the name's own."""
        found: dict[str, list[Cell]] = defaultdict(list)
        main = {(cell.row_id, cell.column) for cells in self.tables.values() for cell in cells}
        for cell in self.cells:
            is_main = (cell.row_id, cell.column) in main or cell.table not in self.tables
            if self.is_own(cell) and (is_main or cell.kind == "三公经费支出表"):
                found[cell.name].append(cell)
        return {name: tuple(cells) for name, cells in found.items()}

    def amounts(self, name: str) -> dict[str, tuple[Decimal, ...]]:
        """What a name may stand for, by the place that tells it, a table or sentences: each figure, and their sum."""
        found: dict[str, list[Decimal]] = defaultdict(list)
        for cell in self.by_name.get(name, ()):
            found[f"{cell.table}{cell.system}"].append(cell.amount)
        for statement in self.told:
            if statement.amount_yuan is not None and name in (statement.subject or ""):
                found["prose"].append(statement.amount_yuan)
        return {place: tuple(dict.fromkeys((*some, sum(some, Decimal(0))))) for place, some in found.items()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that people may ask for: Chinese ones of one or few figures that are not of everything."""
        return tuple(
            name
            for name, cells in self.by_name.items()
            if self.is_plain(name) and not any(c.is_total or self.is_unit(c) for c in cells)
            and any(c.amount for c in cells) and len({c.amount for c in cells}) <= 3
        )  # fmt: skip

    def is_plain(self, name: str) -> bool:
        """Whether a name is said as it is printed."""
        return bool(_NAME.fullmatch(name)) and not _GENERIC.search(name) and name not in self.unit

    def totals(self, table: str) -> tuple[Decimal, ...]:
        """What a table comes to: its total row, else its topmost rows together."""
        cells = [cell for cell in self.tables.get(table, ()) if cell.side != "收入"]
        totals = [cell.amount for cell in cells if cell.is_total]
        tops = [cell for cell in cells if cell.level == 1 and not cell.is_total]
        sets = ([c for c in tops if c.system == "单位"], [c for c in tops if c.system != "单位"])
        return tuple(dict.fromkeys(totals or [sum((c.amount for c in each), Decimal(0)) for each in sets if each]))

    def children(self, cell: Cell) -> tuple[Cell, ...]:
        """The rows right below one."""
        return tuple(each for each in self.tables[cell.table] if each.parent == cell.row_id)

    def parents(self) -> list[Cell]:
        """The rows with two or more rows below them, that have a plain name of one figure a table."""
        units = {cell.label for cell in self.cells if self.is_unit(cell)}
        return [
            cell
            for cells in self.tables.values() for cell in cells
            if self.is_plain(cell.label) and not cell.is_total and cell.label not in units
            and len([c for c in self.children(cell) if c.amount]) > 1
            and len([c for c in cells if c.label == cell.label]) == 1
        ]  # fmt: skip

    def same_as(self, cell: Cell) -> list[Cell]:
        """The rows of any table that bear a row's name and have rows below them."""
        return [c for c in self.by_name.get(cell.label, ()) if c.table in self.tables and self.children(c)]

    def classes(self) -> dict[str, list[tuple[Cell, ...]]]:
        """The lists of rows that people rank, by what they call them; each as every table gives it."""
        found: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
        for cells in self.tables.values():
            rows = tuple(cell for cell in cells if not cell.is_total and cell.system != "单位")
            mixed = any(cell.system == "单位" for cell in cells)
            kind = cells[0].kind
            if kind == "项目支出表":
                found["项目"] += _lists(rows)
            elif kind == "政府采购预算表":
                found["采购项目"] += _lists(rows)
            elif not mixed and kind not in ("收入总表", "收支总表"):
                for level, called in enumerate(("类级科目", "款级科目", "项级科目"), 1):
                    if of_level := tuple(cell for cell in rows if _function_level(cell) == level):
                        found[called].append(of_level)
                if economic := tuple(cell for cell in rows if cell.system == "部门经济分类"):
                    found["经济科目"] += _lists(economic)
        return {called: lists for called, lists in found.items() if any(len(each) > 3 for each in lists)}

    @cached_property
    def units(self) -> list[tuple[str, tuple[Cell, ...]]]:
        """The lists of subordinate units, with what their table tells of them."""
        said = {"收入总表": "收入预算", "支出总表": "支出预算", "三公经费支出表": "三公经费"}
        found = []
        for cells in self.tables.values():
            rows = tuple(cell for cell in cells if cell.system == "单位" and cell.is_leaf and cell.unit)
            if cells[0].kind in said and len({cell.unit for cell in rows}) == len(rows) > 2:
                found.append((said[cells[0].kind], rows))
        return found

    def is_unit(self, cell: Cell) -> bool:
        """Whether a row is that of a unit."""
        return cell.system == "单位" or cell.label == cell.unit

    def is_self(self, cell: Cell) -> bool:
        """Whether a unit is the department's own level."""
        return "本级" in cell.unit or cell.unit == self.document.unit_name


def _main_column(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Of several columns of one side that may be meant the first."""
    first: dict[str, int] = {}
    for cell in sorted(cells, key=lambda c: (c.measure == "三公经费合计", c.column)):
        first.setdefault(cell.side, cell.column)
    return tuple(cell for cell in cells if cell.column == first[cell.side])


def _function_level(cell: Cell) -> int:
    """1 to 3 for 类, 款 and 项, 0 for what is no function."""
    if cell.system == "功能分类":
        return _FUNCTION_LEVELS.get(len(cell.code), 0)
    return 0


def _lists(rows: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """The lowest rows, and those of each level: which of them are meant is open."""
    lowest = tuple(cell for cell in rows if cell.is_leaf)
    levels = [tuple(cell for cell in rows if cell.level == level) for level in sorted({cell.level for cell in rows})]
    return list(dict.fromkeys(each for each in (lowest, *levels) if each))


def _amounts(values: Iterable[Decimal]) -> Reading:
    return tuple(("amount", value) for value in values)


def _percent(part: Decimal, whole: Decimal) -> Number | None:
    return ("percent", part / whole * 100) if whole else None


Made = Part | None
Maker = Callable[["Writer"], Made]


class Writer:
    """Draws what is asked of one document."""

    def __init__(self, ledger: Ledger, chance: random.Random) -> None:
        self.ledger, self.chance = ledger, chance

    def pick(self, wordings: Sequence[str], **blanks: object) -> str:
        """A wording with its blanks filled."""
        return self.chance.choice(wordings).format(**blanks)

    def name(self) -> str | None:
        """A name."""
        return self.chance.choice(self.ledger.names) if self.ledger.names else None

    def pair(self) -> tuple[str, str] | None:
        """Two names that stand in one table."""
        tables = [self._names_in(table) for table in self.ledger.tables]
        tables = [names for names in tables if len(names) > 1]
        if not tables:
            return None
        one, two = self.chance.sample(self.chance.choice(tables), 2)
        return one, two

    def _names_in(self, table: str) -> list[str]:
        names = set(self.ledger.names)
        return [name for name in dict.fromkeys(cell.name for cell in self.ledger.tables[table]) if name in names]

    def both(self, one: str, two: str) -> list[tuple[Decimal, Decimal]]:
        """The figures that two names may stand for together: those of one table, else any."""
        first, second = self.ledger.amounts(one), self.ledger.amounts(two)
        together = [pair for table in first.keys() & second.keys() for pair in product(first[table], second[table])]
        every = product((v for vs in first.values() for v in vs), (v for vs in second.values() for v in vs))
        return together or list(every)

    def figure(self) -> Made:
        """One figure by its name."""
        if (name := self.name()) is None:
            return None
        values = {value for some in self.ledger.amounts(name).values() for value in some}
        wordings = ("{x}是多少", "{x}预算安排了多少钱", "{x}一共有多少万元", "{x}安排多少", "{x}这块花多少钱")
        return Part(self.pick(wordings, x=name), tuple(_amounts((value,)) for value in values))

    def column(self) -> Made:
        """One figure of a row by its column: what it is for, or where its money comes from."""
        natures = {"基本支出": "基本", "项目支出": "项目", "人员经费": "人员", "公用经费": "公用"}
        funds = {"一般公共预算": "一般公共预算", "政府性基金": "政府性基金", "财政拨款": "财政拨款"}
        names = set(self.ledger.names)
        cells = [c for c in self.ledger.cells if self.ledger.is_own(c) and c.label in names and c.amount]
        by_nature = [(c.label, said) for c in cells for said in natures if c.measure == said and c.kind != "收支总表"]
        by_fund = [(c.label, said) for c in cells for said in funds if c.measure == said and c.kind == "项目支出表"]
        drawn = by_fund if by_fund and self.chance.random() < 0.3 else by_nature
        if not drawn:
            return None
        name, said = self.chance.choice(drawn)
        values = {
            c.amount for c in self.ledger.cells
            if self.ledger.is_own(c) and c.label == name
            and (c.nature == natures.get(said) or c.fund == funds.get(said))
        }  # fmt: skip
        wordings = ("{x}里的{c}是多少", "{x}的{c}有多少", "{x}中{c}安排了多少", "{x}里头{c}占了多少钱")
        of_fund = ("{x}的{c}资金有多少", "{x}里{c}安排了多少", "{x}用{c}安排多少钱")
        text = self.pick(of_fund if said in funds else wordings, x=name, c=said)
        return Part(text, tuple(_amounts((value,)) for value in values))

    def table(self) -> Made:
        """One figure by its name and its table."""
        kinds = (
            "支出总表",
            "一般公共预算支出表",
            "财政拨款收支总表",
            "收支总表",
            "一般公共预算基本支出表",
            "项目支出表",
        )
        names = set(self.ledger.names)
        cells = [c for cells in self.ledger.tables.values() for c in cells if c.kind in kinds and c.label in names]
        if not cells:
            return None
        cell = self.chance.choice(cells)
        of_kind = [c for c in self.ledger.by_name[cell.label] if c.kind == cell.kind]
        values = {c.amount for c in of_kind} | {sum((c.amount for c in of_kind), Decimal(0))}
        wordings = ("{t}里{x}是多少", "{x}在{t}里是多少", "看{t}，{x}安排了多少", "{t}上的{x}有多少万元")
        return Part(self.pick(wordings, x=cell.label, t=cell.kind), tuple(_amounts((v,)) for v in values))

    def two(self) -> Made:
        """What two figures come to."""
        if (pair := self.pair()) is None:
            return None
        one, two = pair
        way = self.chance.choice(("sum", "gap", "times"))
        readings: list[Reading] = []
        for a, b in self.both(one, two):
            if way == "sum":
                readings.append(_amounts((a + b,)))
            elif way == "gap":
                readings.append(_amounts((abs(a - b),)))
            elif b:
                readings += [(("times", a / b),)]
        wordings = {
            "sum": ("{x}和{y}一共多少", "{x}跟{y}加起来多少钱", "{x}与{y}合计多少", "{x}加上{y}有多少"),
            "gap": ("{x}比{y}多多少", "{x}和{y}相差多少", "{x}跟{y}差多少钱", "{x}与{y}的差额是多少"),
            "times": ("{x}是{y}的几倍", "{x}是{y}的多少倍", "{x}相当于{y}的几倍"),
        }[way]
        return Part(self.pick(wordings, x=one, y=two), tuple(readings)) if readings else None

    def of_total(self) -> Made:
        """What a figure is of the total of all, or of its table."""
        kinds = {"支出总表": ("总支出", "支出总计"), "一般公共预算支出表": ("一般公共预算支出",),
                 "一般公共预算基本支出表": ("基本支出",)}  # fmt: skip
        cells = [
            c
            for cells in self.ledger.tables.values()
            for c in cells
            if c.kind in kinds and c.label in self.ledger.names
        ]
        if not cells:
            return None
        cell = self.chance.choice(cells)
        wholes = {
            t for c in self.ledger.tables.values() if c[0].kind == cell.kind for t in self.ledger.totals(c[0].table)
        }
        if cell.kind == "一般公共预算基本支出表":
            tables = {c[0].table for c in self.ledger.tables.values() if c[0].kind in (cell.kind, "基本支出总表")}
            wholes |= {t for table in tables for t in self.ledger.totals(table)}
        if cell.kind == "支出总表":
            sides = [c for c in self.ledger.cells if c.kind == "收支总表" and c.side == "支出" and c.is_total]
            wholes |= {c.amount for c in sides if self.ledger.is_own(c)}
        parts = {value for some in self.ledger.amounts(cell.label).values() for value in some}
        readings = [(share,) for part in parts for whole in wholes if (share := _percent(part, whole))]
        wordings = ("{x}占{t}的百分之几", "{x}占{t}的比重是多少", "{t}里{x}占多大比例", "{x}在{t}中占几成")
        return Part(self.pick(wordings, x=cell.label, t=self.chance.choice(kinds[cell.kind])), tuple(readings))

    def of_parent(self) -> Made:
        """What a row is of the one above it."""
        if (parent := self._parent()) is None:
            return None
        children = [c for c in self.ledger.children(parent) if self.ledger.is_plain(c.label)]
        if not children:
            return None
        child = self.chance.choice(children)
        pairs = self.both(child.label, parent.label)
        readings = [(share,) for part, whole in pairs if (share := _percent(part, whole))]
        wordings = ("{x}占{p}的百分之几", "{x}占{p}多少比例", "{p}里面{x}占多少比重", "{x}占{p}的比重")
        return Part(self.pick(wordings, x=child.label, p=parent.label), tuple(readings))

    def _parent(self) -> Cell | None:
        parents = self.ledger.parents()
        return self.chance.choice(parents) if parents else None

    def rest(self) -> Made:
        """What is left of a row without one or two of those below it."""
        if (parent := self._parent()) is None:
            return None
        children = [c for c in self.ledger.children(parent) if self.ledger.is_plain(c.label) and c.amount]
        if not children:
            return None
        out = self.chance.sample(children, min(len(children), self.chance.choice((1, 1, 2))))
        labels = {cell.label for cell in out}
        rests: dict[str, list[Decimal]] = defaultdict(list)
        for same in self.ledger.same_as(parent):
            below = [c.amount for c in self.ledger.children(same) if c.label in labels]
            rests[same.table].append(same.amount - sum(below, Decimal(0)))
        readings = [_amounts((rest,)) for each in rests.values() for rest in {*each, sum(each, Decimal(0))}]
        wordings = (
            "{p}除去{x}还有多少", "{p}扣除{x}后是多少", "不算{x}，{p}还剩多少", "{p}里除了{x}，其余一共多少",
            "{p}中除{x}外合计多少",
        )  # fmt: skip
        return Part(self.pick(wordings, p=parent.label, x="和".join(c.label for c in out)), tuple(readings))

    def list_below(self) -> Made:
        """The rows below one."""
        if (parent := self._parent()) is None:
            return None
        readings = []
        for same in self.ledger.same_as(parent):
            right_below = self.ledger.children(same)
            lowest = [c for c in self.ledger.tables[same.table] if c.is_leaf and self._is_below(c, same)]
            readings += [_amounts(c.amount for c in rows if c.amount) for rows in (right_below, lowest)]
        wordings = ("{p}下面有哪几项，各多少", "{p}包括哪些科目，分别多少钱", "{p}由哪几项组成，每项多少",
                    "{p}都有哪些明细，金额各是多少")  # fmt: skip
        return Part(self.pick(wordings, p=parent.label), tuple(readings))

    def _is_below(self, cell: Cell, top: Cell) -> bool:
        above = {c.row_id: c.parent for c in self.ledger.tables[top.table]}
        row_id = cell.row_id
        while row_id := above.get(row_id, ""):
            if row_id == top.row_id:
                return True
        return False

    def ranked(self) -> Made:
        """The first rows of a class: which, their sum or what they are of all."""
        classes = self.ledger.classes()
        if not classes:
            return None
        called = self.chance.choice(sorted(classes))
        k, descending = self.chance.randint(2, 5), self.chance.random() < 0.75
        way = self.chance.choice(("list", "list", "sum", "share"))
        firsts = [
            (sorted((c.amount for c in rows), reverse=descending)[:k], sum((c.amount for c in rows), Decimal(0)))
            for rows in classes[called]
            if len(rows) >= k
        ]
        word = "最大" if descending else "最小"
        blanks = {"k": _DIGITS[k], "w": word, "c": called, "m": "高" if descending else "低", "of": f"全部{called}"}
        if way == "list":
            wordings = ("金额{w}的{k}个{c}是哪些", "哪{k}个{c}金额{w}，各多少", "{c}里金额{w}的{k}个分别是多少")
            return Part(self.pick(wordings, **blanks), tuple(_amounts(first) for first, _ in firsts), in_order=True)
        if way == "sum":
            wordings = ("金额{w}的{k}个{c}一共多少钱", "金额{w}的{k}个{c}合计多少", "{c}里{w}的{k}个加起来多少")
            return Part(
                self.pick(wordings, **blanks), tuple(_amounts((sum(first, Decimal(0)),)) for first, _ in firsts)
            )
        wordings = ("金额{w}的{k}个{c}占{of}的百分之几", "金额{w}的{k}个{c}加起来占{of}多大比例")
        shares = [(share,) for first, whole in firsts if (share := _percent(sum(first, Decimal(0)), whole))]
        return Part(self.pick(wordings, **blanks), tuple(shares))

    def bounded(self) -> Made:
        """How many rows of a class lie above or below a bound."""
        classes = self.ledger.classes()
        if not classes:
            return None
        called = self.chance.choice(sorted(classes))
        amounts = [c.amount for rows in classes[called] for c in rows if c.amount >= _WAN]
        if not amounts:
            return None
        value = self.chance.choice(amounts) / _WAN
        step = Decimal(10) ** max(0, len(str(int(value))) - 1)
        bound = (value // step) * step
        way = self.chance.choice(("gt", "gt", "ge", "lt"))
        meets = {"gt": operator.gt, "ge": operator.ge, "lt": operator.lt}[way]
        counts = {sum(meets(c.amount, bound * _WAN) for c in rows) for rows in classes[called]}
        wordings = {
            "gt": ("超过{b}万元的{c}有几个", "有几个{c}高于{b}万元", "{c}里大于{b}万元的有多少个"),
            "ge": ("金额在{b}万元以上的{c}有多少个", "不低于{b}万元的{c}有几个"),
            "lt": ("低于{b}万元的{c}有几个", "不到{b}万元的{c}有多少个", "有几个{c}少于{b}万元"),
        }[way]
        text = self.pick(wordings, b=f"{bound:f}", c=called)
        return Part(text, tuple((("count", Decimal(count)),) for count in counts))

    def change(self) -> Made:
        """How far a figure is from last year's."""
        earlier = self._last_year()
        if not earlier:
            return None
        name = self.chance.choice(sorted(earlier))
        way = self.chance.choice(("gap", "rate", "before"))
        readings: list[Reading] = []
        for now, before in earlier[name]:
            if way == "before":
                readings.append(_amounts((before,)))
            elif way == "gap":
                readings.append(_amounts((abs(now - before),)))
            elif before:
                readings.append((("percent", abs(now - before) / before * 100),))
        wordings = {
            "gap": ("{x}比去年增减了多少", "{x}跟上年比变化多少钱", "{x}比上年多了还是少了，差多少"),
            "rate": ("{x}比上年增减百分之几", "{x}比去年变动幅度是多少", "{x}的增减率是多少"),
            "before": ("去年{x}是多少", "上年{x}预算多少", "{x}上年是多少钱"),
        }[way]
        return Part(self.pick(wordings, x=name), tuple(readings)) if readings else None

    def _last_year(self) -> dict[str, list[tuple[Decimal, Decimal]]]:
        """This year's and last year's figures of the names of which both are told."""
        year, found = self.ledger.document.year, defaultdict(list)
        pairs: dict[tuple[str, str, str], dict[int, Decimal]] = defaultdict(dict)
        for cell in self.ledger.cells:
            if (
                cell.quantity == "金额"
                and cell.nature in ("全部", "基本")
                and cell.year
                and self.ledger.is_plain(cell.name)
            ):
                pairs[cell.table, cell.row_id, cell.name].setdefault(cell.year, cell.amount)
        for (_, _, name), by_year in pairs.items():
            if year in by_year and by_year[year] != by_year.get(year - 1, by_year[year]):
                found[name].append((by_year[year], by_year[year - 1]))
        for told in self.ledger.told:
            if told.amount_yuan and told.change_yuan:
                for name in {told.subject, *(name for name in found if name in (told.subject or ""))}:
                    if name and self.ledger.is_plain(name):
                        found[name].append((told.amount_yuan, told.earlier_yuan or told.amount_yuan - told.change_yuan))
        return found

    def per(self) -> Made:
        """What something costs for each of the things or people that are counted in sentences."""
        counts: dict[str, set[Decimal]] = defaultdict(set)
        for told in self.ledger.told:
            if told.number and told.number_unit in ("辆", "人", "名"):
                counts["辆" if told.number_unit == "辆" else "人"].add(told.number)
        asked = {"辆": ("公务用车运行维护费",), "人": ("工资福利支出", "公务接待费", "培训费", "基本工资")}
        names = [(n, of) for of in counts for n in asked[of] if self.ledger.amounts(n)]
        if not names:
            return None
        name, of = self.chance.choice(names)
        amounts = {value for some in self.ledger.amounts(name).values() for value in some}
        wordings = {"辆": ("{x}平均每辆车多少", "{x}一辆车摊多少钱", "每辆车的{x}是多少"),
                    "人": ("人均{x}是多少", "{x}平均每人多少", "{x}摊到每个人头上多少钱")}[of]  # fmt: skip
        readings = [(("per", value / number),) for value in amounts for number in counts[of]]
        return Part(self.pick(wordings, x=name), tuple(readings))

    def units(self) -> Made:
        """Subordinate units: the first of them, all of them, those beside the department's own level."""
        if not self.ledger.units:
            return None
        said, rows = self.chance.choice(self.ledger.units)
        below = tuple(cell for cell in rows if not self.ledger.is_self(cell))
        way = self.chance.choice(("first", "firsts", "sum", "below", "one", "share"))
        blanks = {"s": said, "k": "三"}
        sets = list(dict.fromkeys((rows, below)))
        if not below or (way == "below" and len(sets) < 2):
            return None
        tops = [sorted((c.amount for c in each), reverse=True) for each in sets]
        match way:
            case "first":
                wordings = ("下属单位里{s}最多的是哪家，多少", "哪家单位的{s}最高，有多少", "各单位中哪一家{s}最多")
                return Part(self.pick(wordings, **blanks), tuple(_amounts(top[:1]) for top in tops))
            case "firsts":
                wordings = ("{s}最多的三家下属单位是哪些", "各单位{s}排前三的是哪几家，各多少", "哪三家单位{s}最高")
                return Part(self.pick(wordings, **blanks), tuple(_amounts(top[:3]) for top in tops), in_order=True)
            case "sum":
                wordings = ("全部下属单位的{s}合计多少", "所有单位的{s}加起来多少", "各单位{s}一共多少钱")
                sums = [_amounts((sum(top, Decimal(0)),)) for top in tops]
                return Part(self.pick(wordings, **blanks), (*sums, *self._whole(said)))
            case "below":
                wordings = (
                    "除本级外，各单位的{s}合计多少",
                    "不算本级，下属单位{s}一共多少",
                    "下属单位（不含本级）{s}加起来多少",
                )
                return Part(self.pick(wordings, **blanks), (_amounts((sum((c.amount for c in below), Decimal(0)),)),))
            case "one":
                cell = self.chance.choice(below)
                wordings = ("{x}的{s}是多少", "其中{x}{s}有多少", "下属的{x}{s}多少钱")
                same = {c.amount for _, each in self.ledger.units for c in each if c.unit == cell.unit}
                same = {cell.amount} if said == "三公经费" else same
                return Part(self.pick(wordings, x=cell.unit, **blanks), tuple(_amounts((v,)) for v in same))
            case _:
                wordings = ("{s}最多的三家单位占全部单位的百分之几", "前三家单位的{s}占所有单位多大比例")
                shares = [s for top in tops if (s := _percent(sum(top[:3], Decimal(0)), sum(top, Decimal(0))))]
                return Part(self.pick(wordings, **blanks), tuple((share,) for share in shares))

    def _whole(self, said: str) -> list[Reading]:
        return [_amounts((v,)) for s, rows in self.ledger.units if s == said for v in self.ledger.totals(rows[0].table)]


KINDS: Final[dict[str, Maker]] = {
    "单项": Writer.figure, "列": Writer.column, "表": Writer.table, "两项": Writer.two, "占总": Writer.of_total,
    "占上级": Writer.of_parent, "其余": Writer.rest, "下级": Writer.list_below, "排名": Writer.ranked,
    "界限": Writer.bounded, "上年": Writer.change, "人均": Writer.per, "单位": Writer.units,
}  # fmt: skip
TOGETHER: Final = "三问"
_PARTS: Final = 3
_SHOWN: Final = 500
_STARTS: Final = ("{u}", "{u}的", "{u}今年", "{u}{y}年", "请问{u}")
_TRIES: Final = 400


def questions(ledgers: Sequence[Ledger], kind: str, count: int, seed: int) -> Iterator[Asked]:
    """Different questions of one kind, drawn from all documents; fewer where the documents tell too little."""
    chance, made = random.Random(f"{kind}{seed}"), set[str]()
    for _ in range(_TRIES * count):
        if len(made) == count:
            return
        ledger = chance.choice(ledgers)
        asked = _asked(ledger, kind, chance)
        if asked is not None and asked.question not in made:
            made.add(asked.question)
            yield asked


def _asked(ledger: Ledger, kind: str, chance: random.Random) -> Asked | None:
    writer = Writer(ledger, chance)
    kinds = sorted(chance.sample(sorted(KINDS), _PARTS), key="上年".__eq__) if kind == TOGETHER else [kind]
    drawn = [KINDS[each](writer) for each in kinds]
    parts = tuple(part for part in drawn if part is not None and part.readings)
    if len(parts) < len(kinds):
        return None
    start = chance.choice(_STARTS).format(u=ledger.unit, y=ledger.document.year)
    return Asked(kind, start + "？".join(part.wording for part in parts) + "？", parts)


def judged(asked: Asked, answer: Answer) -> Verdict:
    """What an answer is worth: by its figures, its counts and what it marks as left open."""
    if answer.route == "clarify":
        return "asked back"
    if answer.refused:
        return "refused"
    printed = _printed(answer)
    if all(_is_met(part, printed, is_alone=len(asked.parts) == 1) for part in asked.parts):
        return "right"
    if answer.unanswered:
        return "partial"
    return "wrong" if answer.figures or _BOLD_COUNT.search(answer.told) else "refused"


def _is_met(part: Part, printed: Sequence[Number], *, is_alone: bool) -> bool:
    if part.in_order and is_alone:
        return any(all(map(_agrees, reading, printed)) and len(printed) >= len(reading) for reading in part.readings)
    return any(all(any(_agrees(wanted, one) for one in printed) for wanted in reading) for reading in part.readings)


def _agrees(wanted: Number, printed: Number) -> bool:
    kind, value = wanted
    of_kind = {printed[0]} & ({"amount", "per"} if kind in ("amount", "per") else {kind})
    return bool(of_kind) and abs(abs(value) - abs(printed[1])) <= max(_CLOSE[kind], abs(value) / 100_000)


def _printed(answer: Answer) -> list[Number]:
    """The figures of an answer; where there are none those of the sentences that it quotes."""
    found = [_number(figure.value, figure.unit) for figure in answer.figures if _VALUE.fullmatch(figure.value)]
    found += [("count", Decimal(count)) for count in _BOLD_COUNT.findall(answer.told)]
    return found or [_number(value.replace(",", ""), unit) for value, unit in _PRINTED.findall(answer.told)]


def _number(value: str, unit: str) -> Number:
    number = Decimal(value)
    money, _, per = unit.partition("/")
    if money in _YUAN:
        return ("per" if per else "amount"), number * _YUAN[money]
    return ("percent" if unit == "%" else "times" if unit == "倍" else "count"), number


def ledgers_of(assistant: Assistant) -> list[Ledger]:
    """The documents of an index that print tables."""
    ledgers = [Ledger(assistant.warehouse, document) for document in assistant.warehouse.documents()]
    years = Counter(ledger.document.unit_name for ledger in ledgers)
    return [each for each in ledgers if each.tables and years[each.document.unit_name] == 1]


def measure(index_dirs: Sequence[Path], kinds: Sequence[str], count: int, seed: int, shown: Sequence[str]) -> None:
    """Prints how often each kind was answered rightly, and the questions of the verdicts that are to be shown."""
    verdicts: dict[str, Counter[Verdict]] = {kind: Counter() for kind in kinds}
    for number, index_dir in enumerate(index_dirs):
        assistant = Assistant(index_dir, Settings(index_dir=index_dir))
        ledgers = ledgers_of(assistant)
        share = count // len(index_dirs) + (number < count % len(index_dirs))
        for kind in kinds if ledgers else ():
            for asked in questions(ledgers, kind, share, seed):
                answer = assistant.ask(asked.question)
                verdict = judged(asked, answer)
                verdicts[kind][verdict] += 1
                if verdict in shown:
                    print(_told(asked, answer, verdict, index_dir))
    for kind, counted in (*verdicts.items(), ("全部", sum(verdicts.values(), Counter[Verdict]()))):
        print(f"{kind}\t" + "\t".join(f"{verdict} {counted[verdict]}" for verdict in VERDICTS))


def _told(asked: Asked, answer: Answer, verdict: Verdict, index_dir: Path) -> str:
    wanted = " ｜ ".join("；".join(_said(reading) for reading in part.readings[:6]) for part in asked.parts)
    left = f"\n   没有答到：{answer.unanswered}" if answer.unanswered else ""
    told = answer.told.replace("\n", " ")[:_SHOWN]
    return f"## {verdict} [{index_dir}] {asked.kind} {asked.question}\n   应为 {wanted}\n   {told}{left}"


def _said(reading: Reading) -> str:
    return "、".join(f"{v / _WAN:.4f}万元" if k in ("amount", "per") else f"{v:.3f} {k}" for k, v in reading[:6])


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=COUNT, help="how many questions a kind, over all indexes together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=(*KINDS, TOGETHER))
    parser.add_argument("--show", action="append", default=[], choices=VERDICTS)
    asked = parser.parse_args()
    measure(asked.index, asked.kind or (*KINDS, TOGETHER), asked.count, asked.seed, asked.show)


if __name__ == "__main__":
    main()
