"""Questions for one thing of one document: a figure, what two come to, a share, a rank, a change, its units."""

from __future__ import annotations

import operator
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import product
from typing import Final

from benchmarks.compositions.ledger import WAN, Cell, Ledger, Part, Reading, amounts, percent

_DIGITS: Final = {2: "两", 3: "三", 4: "四", 5: "五"}

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
        return Part(self.pick(wordings, x=name), tuple(amounts((value,)) for value in values))

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
        return Part(text, tuple(amounts((value,)) for value in values))

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
        return Part(self.pick(wordings, x=cell.label, t=cell.kind), tuple(amounts((v,)) for v in values))

    def two(self) -> Made:
        """What two figures come to."""
        if (pair := self.pair()) is None:
            return None
        one, two = pair
        way = self.chance.choice(("sum", "gap", "times"))
        readings: list[Reading] = []
        for a, b in self.both(one, two):
            if way == "sum":
                readings.append(amounts((a + b,)))
            elif way == "gap":
                readings.append(amounts((abs(a - b),)))
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
        readings = [(share,) for part in parts for whole in wholes if (share := percent(part, whole))]
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
        readings = [(share,) for part, whole in pairs if (share := percent(part, whole))]
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
        readings = [amounts((rest,)) for each in rests.values() for rest in {*each, sum(each, Decimal(0))}]
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
            readings += [amounts(c.amount for c in rows if c.amount) for rows in (right_below, lowest)]
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
            return Part(self.pick(wordings, **blanks), tuple(amounts(first) for first, _ in firsts), in_order=True)
        if way == "sum":
            wordings = ("金额{w}的{k}个{c}一共多少钱", "金额{w}的{k}个{c}合计多少", "{c}里{w}的{k}个加起来多少")
            return Part(self.pick(wordings, **blanks), tuple(amounts((sum(first, Decimal(0)),)) for first, _ in firsts))
        wordings = ("金额{w}的{k}个{c}占{of}的百分之几", "金额{w}的{k}个{c}加起来占{of}多大比例")
        shares = [(share,) for first, whole in firsts if (share := percent(sum(first, Decimal(0)), whole))]
        return Part(self.pick(wordings, **blanks), tuple(shares))

    def bounded(self) -> Made:
        """How many rows of a class lie above or below a bound."""
        classes = self.ledger.classes()
        if not classes:
            return None
        called = self.chance.choice(sorted(classes))
        figures = [c.amount for rows in classes[called] for c in rows if c.amount >= WAN]
        if not figures:
            return None
        value = self.chance.choice(figures) / WAN
        step = Decimal(10) ** max(0, len(str(int(value))) - 1)
        bound = (value // step) * step
        way = self.chance.choice(("gt", "gt", "ge", "lt"))
        meets = {"gt": operator.gt, "ge": operator.ge, "lt": operator.lt}[way]
        counts = {sum(meets(c.amount, bound * WAN) for c in rows) for rows in classes[called]}
        wordings = {
            "gt": ("超过{b}万元的{c}有几个", "有几个{c}高于{b}万元", "{c}里大于{b}万元的有多少个"),
            "ge": ("金额在{b}万元以上的{c}有多少个", "不低于{b}万元的{c}有几个"),
            "lt": ("低于{b}万元的{c}有几个", "不到{b}万元的{c}有多少个", "有几个{c}少于{b}万元"),
        }[way]
        text = self.pick(wordings, b=f"{bound:f}", c=called)
        return Part(text, tuple((("count", Decimal(count)),) for count in counts))

    def change(self) -> Made:
        """How far a figure is from last year's."""
        earlier = self.last_year()
        if not earlier:
            return None
        name = self.chance.choice(sorted(earlier))
        way = self.chance.choice(("gap", "rate", "before"))
        readings: list[Reading] = []
        for now, before in earlier[name]:
            if way == "before":
                readings.append(amounts((before,)))
            elif way == "gap":
                readings.append(amounts((abs(now - before),)))
            elif before:
                readings.append((("percent", abs(now - before) / before * 100),))
        wordings = {
            "gap": ("{x}比去年增减了多少", "{x}跟上年比变化多少钱", "{x}比上年多了还是少了，差多少"),
            "rate": ("{x}比上年增减百分之几", "{x}比去年变动幅度是多少", "{x}的增减率是多少"),
            "before": ("去年{x}是多少", "上年{x}预算多少", "{x}上年是多少钱"),
        }[way]
        return Part(self.pick(wordings, x=name), tuple(readings)) if readings else None

    def last_year(self) -> dict[str, list[tuple[Decimal, Decimal]]]:
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
        figures = {value for some in self.ledger.amounts(name).values() for value in some}
        wordings = {"辆": ("{x}平均每辆车多少", "{x}一辆车摊多少钱", "每辆车的{x}是多少"),
                    "人": ("人均{x}是多少", "{x}平均每人多少", "{x}摊到每个人头上多少钱")}[of]  # fmt: skip
        readings = [(("per", value / number),) for value in figures for number in counts[of]]
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
                return Part(self.pick(wordings, **blanks), tuple(amounts(top[:1]) for top in tops))
            case "firsts":
                wordings = ("{s}最多的三家下属单位是哪些", "各单位{s}排前三的是哪几家，各多少", "哪三家单位{s}最高")
                return Part(self.pick(wordings, **blanks), tuple(amounts(top[:3]) for top in tops), in_order=True)
            case "sum":
                wordings = ("全部下属单位的{s}合计多少", "所有单位的{s}加起来多少", "各单位{s}一共多少钱")
                sums = [amounts((sum(top, Decimal(0)),)) for top in tops]
                return Part(self.pick(wordings, **blanks), (*sums, *self._whole(said)))
            case "below":
                wordings = (
                    "除本级外，各单位的{s}合计多少",
                    "不算本级，下属单位{s}一共多少",
                    "下属单位（不含本级）{s}加起来多少",
                )
                return Part(self.pick(wordings, **blanks), (amounts((sum((c.amount for c in below), Decimal(0)),)),))
            case "one":
                cell = self.chance.choice(below)
                wordings = ("{x}的{s}是多少", "其中{x}{s}有多少", "下属的{x}{s}多少钱")
                same = {c.amount for _, each in self.ledger.units for c in each if c.unit == cell.unit}
                same = {cell.amount} if said == "三公经费" else same
                return Part(self.pick(wordings, x=cell.unit, **blanks), tuple(amounts((v,)) for v in same))
            case _:
                wordings = ("{s}最多的三家单位占全部单位的百分之几", "前三家单位的{s}占所有单位多大比例")
                shares = [s for top in tops if (s := percent(sum(top[:3], Decimal(0)), sum(top, Decimal(0))))]
                return Part(self.pick(wordings, **blanks), tuple((share,) for share in shares))

    def _whole(self, said: str) -> list[Reading]:
        return [amounts((v,)) for s, rows in self.ledger.units if s == said for v in self.ledger.totals(rows[0].table)]


KINDS: Final[dict[str, Maker]] = {
    "单项": Writer.figure, "列": Writer.column, "表": Writer.table, "两项": Writer.two, "占总": Writer.of_total,
    "占上级": Writer.of_parent, "其余": Writer.rest, "下级": Writer.list_below, "排名": Writer.ranked,
    "界限": Writer.bounded, "上年": Writer.change, "人均": Writer.per, "单位": Writer.units,
}  # fmt: skip
