"""Questions where every word has to bind its answer: a topic before the comma, a column, a class spoken of before.

What is to be told of one is nothing that the rest of it would tell without that word, so that a word which is read
but not bound shows as a wrong figure.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, islice, product
from typing import Final

from benchmarks.compositions.ledger import Asked, Cell, Ledger, Part, Reading, amounts, function_level, percent
from benchmarks.compositions.plain import Writer

Draw = Callable[[Sequence[Ledger], random.Random], Asked | None]

_LEVELS: Final = {1: "类级科目", 2: "款级科目", 3: "项级科目"}
_NATURES: Final = ("基本支出", "项目支出", "人员经费", "公用经费")
_TOPIC_TABLES: Final = {"政府采购预算表": "采购预算", "政府性基金预算支出表": "政府性基金预算支出"}
_TOPIC_COLUMNS: Final = {"政府采购项目": "采购预算", **{nature: nature for nature in _NATURES}}
_MOST_READINGS: Final = 4_000
_DEFAULTS: Final = {"合计", "预算数", "采购金额", "三公经费合计"}

_TOPIC: Final = (
    "{u}的{t}，哪个{c}拿了大头、占几成",
    "{u}{t}这块，最多的{c}是哪个，占多大比例",
    "就{u}的{t}来说，排第一的{c}是谁，占百分之几",
    "说到{u}的{t}，哪个{c}给得最多，占其中的比重是多少",
    "{u}{t}共{v}万元，哪个{c}最高，占比多少",
)
_CROSSED: Final = (
    "{u}的{x}和{y}这两项分别从{f}、从{g}里列了多少，四个数",
    "{u}{x}、{y}的{f}和{g}各是多少",
    "{u}{x}和{y}，{f}多少、{g}多少，都分开给",
    "把{u}的{x}跟{y}按{f}、{g}分开报一下，各多少",
)
_CLASSES: Final = {
    "项目": ("今年项目支出一共多少", "项目支出总共安排了多少钱", "今年全部项目加起来多少"),
    "采购项目": ("今年政府采购预算一共多少", "政府采购总共安排多少钱"),
}
_FIRSTS: Final = (
    "排最前面的{k}个是谁，加一块占多大比例",
    "前{k}名分别是哪些，合起来占几成",
    "最大的{k}个都是啥，一共占百分之多少",
    "里面钱最多的{k}个是哪几个，占总数多少",
)
_JOINED: Final = (
    "{x}和{y}并起来看，{a}和{b}各是多少",
    "{a}和{b}，{x}加{y}分别是多少",
    "把{x}与{y}合在一起算，{a}、{b}各多少",
    "{a}和{b}的{x}、{y}两项加起来，各自多少",
)
_NATURES_JOINED: Final = (
    "{n}把{x}和{y}并起来看，{a}和{b}各是多少",
    "{a}和{b}的{n}，{x}加上{y}各是多少",
    "{n}的{x}跟{y}合一块，{a}、{b}分别多少",
    "{a}和{b}，{n}{x}与{y}合计各多少",
)
_GROUP: Final = (
    "{u}用车这头合计多少",
    "{u}三公里用车这块一共多少钱",
    "{u}用车方面加起来安排了多少",
    "{u}买车加养车合计多少",
)
_GROUP_MOVED: Final = (
    "{u}用车这头合计{m}了多少",
    "{u}用车这块总共比去年{m}多少",
    "{u}用车方面加起来较上年{m}了多少钱",
    "{u}买车加养车合计比上年{m}多少",
)
_OF_ALL: Final = (
    "{a}、{b}和{c}三个部门{x}总共多少，{b}那部分占多大比例",
    "{a}、{b}、{c}的{x}加起来多少，其中{b}占百分之几",
    "{x}把{a}、{b}和{c}三家合起来一共多少，{b}占几成",
    "{a}、{b}、{c}这三家{x}合计多少，{b}的占比是多少",
)
_BUILT: Final = (
    "{u}{x}较上年净{m}的部分由哪几块构成",
    "{u}的{x}比去年{m}的那部分是哪几项带来的，各多少",
    "{u}{x}比上年{m}的钱主要出在哪几块，分别多少",
    "{u}{x}净{m}的那些，拆开看各项变了多少",
)
_YEARS: Final = (
    "{y}年{u}{x}安排了多少",
    "{u}{x}，{y}年当年安排了多少",
    "{u}{y}年的{x}是多少钱",
    "{y}年度{u}的{x}列了多少",
)


def _one(chance: random.Random, ledgers: Sequence[Ledger]) -> Writer:
    return Writer(chance.choice(ledgers), chance)


def _different(chance: random.Random, ledgers: Sequence[Ledger], count: int) -> list[Ledger] | None:
    """Documents of different units; none where there are too few."""
    units = {ledger.unit: ledger for ledger in ledgers}
    return [units[unit] for unit in chance.sample(sorted(units), count)] if len(units) >= count else None


def _columns(ledger: Ledger) -> Iterator[tuple[str, str, list[Cell]]]:
    """Each column of each table with what it is called, and the cells of its rows that are no units'."""
    found: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in ledger.cells:
        if ledger.is_own(cell) and cell.kind != "收支总表" and cell.system != "单位":
            found[cell.table, cell.kind, cell.measure].append(cell)
    for (_, kind, measure), cells in found.items():
        yield kind, measure, cells


def _first_and_share(rows: Iterable[Cell], wholes: Iterable[Decimal]) -> Iterator[Reading]:
    """The largest of some rows, one by one or what those of one code come to, and what it is of each whole."""
    by_code: dict[str, Decimal] = defaultdict(Decimal)
    values = []
    for row in rows:
        by_code[row.code or row.label] += row.amount
        values.append(row.amount)
    for most in {max(values), max(by_code.values())}:
        yield from ((("amount", most), share) for whole in wholes if (share := percent(most, whole)) and most)


def topic(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """The first row by the money that is spoken of before the comma, and what it is of that money."""
    writer = _one(chance, ledgers)
    found: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    totals: dict[str, Decimal] = {}
    for kind, measure, cells in _columns(writer.ledger):
        said = _TOPIC_COLUMNS.get(measure) or (_TOPIC_TABLES.get(kind) if measure in _DEFAULTS else None)
        if said is None or kind in ("项目支出表", "收入总表"):
            continue
        tops = [c.amount for c in cells if c.is_total] or [sum(c.amount for c in cells if c.level == 1)]
        of_class = [(name, [c for c in cells if function_level(c) == level]) for level, name in _LEVELS.items()]
        if kind == "政府采购预算表":
            of_class.append(("采购项目", [c for c in cells if c.is_leaf and not c.is_total]))
        for name, rows in of_class:
            if len(rows) > 2:
                found[said, name] += _first_and_share(rows, [Decimal(top) for top in tops])
                totals.setdefault(said, Decimal(tops[0]))
    drawn = sorted(key for key, readings in found.items() if readings)
    if not drawn:
        return None
    said, name = chance.choice(drawn)
    blanks = {"u": writer.ledger.unit, "t": said, "c": name, "v": f"{totals[said] / 10_000:.2f}"}
    return _asked("题前", writer.pick(_TOPIC, **blanks), found[said, name])


def _asked(kind: str, text: str, readings: Sequence[Reading], history: tuple[str, ...] = ()) -> Asked:
    return Asked(kind, f"{text}？", (Part(text, tuple(dict.fromkeys(readings))),), history)


def crossed(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """Two rows by two columns of one table."""
    writer = _one(chance, ledgers)
    tables: dict[str, dict[str, dict[str, list[Decimal]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    names = set(writer.ledger.names)
    codes = {}
    for cell in writer.ledger.cells:
        if writer.ledger.is_own(cell) and cell.label in names and cell.measure and cell.measure not in _DEFAULTS:
            tables[cell.table][cell.measure][cell.label].append(cell.amount)
            codes[cell.label] = cell.code
    fits = [
        (one, two, sorted(both))
        for columns in tables.values()
        for one, two in combinations(columns, 2)
        if len(both := {n for n in columns[one] if n in columns[two] and any(columns[one][n] + columns[two][n])}) > 1
    ]
    if not fits:
        return None
    one, two, both = chance.choice(fits)
    x, y = chance.sample(both, 2)
    readings: list[Reading] = []
    for columns in tables.values():
        each = [columns[column][name] for name in (x, y) for column in (one, two)]
        readings += [amounts(values) for values in product(*each) if all(each)]
        readings += [amounts(sum(some, Decimal(0)) for some in each)] if all(each) else []
    said = [codes[name] if chance.random() < 0.3 and len(codes[name]) > 4 else name for name in (x, y)]
    return _asked("列值", writer.pick(_CROSSED, u=writer.ledger.unit, x=said[0], y=said[1], f=one, g=two), readings)


def followed(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """The first rows of the class that the question before asked for, and what they are of all."""
    writer = _one(chance, ledgers)
    classes = {called: rows for called, rows in writer.ledger.classes().items() if called in _CLASSES}
    if not classes:
        return None
    called = chance.choice(sorted(classes))
    readings: list[Reading] = []
    for rows in classes[called]:
        first = sorted((cell.amount for cell in rows), reverse=True)[:3]
        wholes = {sum((cell.amount for cell in rows), Decimal(0)), *writer.ledger.totals(rows[0].table)}
        shares = (share for whole in wholes if (share := percent(sum(first, Decimal(0)), whole)))
        readings += [(*amounts(first), share) for share in shares if len(rows) > 2]
    before = writer.ledger.unit + writer.pick(_CLASSES[called])
    return _asked("接前类", writer.pick(_FIRSTS, k="三"), readings, (before,)) if readings else None


def _products(each: Sequence[Iterable[Decimal]]) -> list[tuple[Decimal, ...]]:
    return list(islice(product(*(dict.fromkeys(values) for values in each)), _MOST_READINGS))


def joined(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """What two items come to in each of two documents."""
    if (two := _different(chance, ledgers, 2)) is None:
        return None
    names = sorted(set(two[0].names) & set(two[1].names))
    if len(names) < 2:
        return None
    x, y = chance.sample(names, 2)
    sums = [[a + b for a, b in Writer(ledger, chance).both(x, y)] for ledger in two]
    text = chance.choice(_JOINED).format(x=x, y=y, a=two[0].unit, b=two[1].unit)
    return _asked("各自合", text, [amounts(values) for values in _products(sums)])


def natures_joined(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """What two kinds of expenditure on one item come to in each of two documents."""
    if (two := _different(chance, ledgers, 2)) is None:
        return None
    sums = [_sums_of_natures(ledger) for ledger in two]
    names = sorted(sums[0].keys() & sums[1].keys())
    if not names:
        return None
    name, one, other = chance.choice(names)
    text = chance.choice(_NATURES_JOINED).format(n=name, x=one, y=other, a=two[0].unit, b=two[1].unit)
    return _asked("性质合", text, [amounts(values) for values in _products([each[name, one, other] for each in sums])])


def _sums_of_natures(ledger: Ledger) -> Mapping[tuple[str, str, str], list[Decimal]]:
    """What two kinds of expenditure on an item come to, table by table and between tables of one kind of money."""
    by_nature: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    natures = {"基本": "基本支出", "项目": "项目支出"}
    for cell in ledger.cells:
        if ledger.is_own(cell) and cell.nature in natures and ledger.is_plain(cell.label) and cell.amount:
            by_nature[cell.label][natures[cell.nature]].append(cell)
    found: dict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
    for name, of in by_nature.items():
        for one, two in product(of["基本支出"], of["项目支出"]):
            if one.fund == two.fund:
                found[name, "基本支出", "项目支出"].append(one.amount + two.amount)
    return found


def group(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """What is bought and kept of vehicles together: what it comes to, or how far it is from last year's."""
    writer = _one(chance, ledgers)
    ledger, year = writer.ledger, writer.ledger.document.year
    wholes: dict[int, set[Decimal]] = defaultdict(set)
    for cell in ledger.cells:
        said = cell.measure or cell.name
        if cell.quantity == "金额" and cell.year and any("购置及运行" in part for part in (said, cell.name)):
            wholes[cell.year].add(cell.amount)
    for told in ledger.told:
        if (told.subject or "").startswith("公务用车购置") and "运行" in (told.subject or "") and told.amount_yuan:
            wholes[ledger.document.year or 0].add(told.amount_yuan)
    if year is None or not any(wholes[year]):
        return None
    moves = [told.change_yuan for told in ledger.told if "购置及运行" in (told.subject or "") and told.change_yuan]
    moves += [now - before for now, before in product(wholes[year], wholes[year - 1]) if now != before]
    if moves and chance.random() < 0.5:
        text = writer.pick(_GROUP_MOVED, u=ledger.unit, m="增加" if moves[0] > 0 else "减少")
        return _asked("合称", text, [amounts((move,)) for move in moves])
    return _asked("合称", writer.pick(_GROUP, u=ledger.unit), [amounts((whole,)) for whole in wholes[year]])


def of_all(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """What three documents come to, and the share that one of them has in it."""
    if (three := _different(chance, ledgers, 3)) is None:
        return None
    each = [ledger.amounts for ledger in three]
    names = sorted(set.intersection(*(set(ledger.by_name) for ledger in three)))
    names = [n for n in names if three[0].is_plain(n) and not any(c.is_total for c in three[0].by_name[n])]
    if not names:
        return None
    name = chance.choice(names)
    values = [[v for some in of(name).values() for v in some] for of in each]
    sums = ((sum(some, Decimal(0)), some[1]) for some in _products(values))
    readings = [(("amount", total), share) for total, part in sums if part and (share := percent(part, total))]
    text = chance.choice(_OF_ALL).format(x=name, **dict(zip("abc", (ledger.unit for ledger in three), strict=True)))
    return _asked("占合", text, readings) if readings else None  # type: ignore[arg-type]


def built(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """Of what the change of an item is made up: the changes of what is below it, else the change itself."""
    writer = _one(chance, ledgers)
    earlier = writer.last_year()
    moved = {name: [now - before for now, before in pairs if now != before] for name, pairs in earlier.items()}
    names = sorted(name for name, changes in moved.items() if changes and writer.ledger.by_name.get(name))
    if not names:
        return None
    name = chance.choice(names)
    readings = [amounts((change,)) for change in moved[name]]
    text = writer.pick(_BUILT, u=writer.ledger.unit, x=name, m="增" if moved[name][0] > 0 else "减")
    return _asked("净增", text, readings)


def other_year(ledgers: Sequence[Ledger], chance: random.Random) -> Asked | None:
    """A figure of a year that is not loaded: told where this year's document tells it, else nothing is."""
    writer = _one(chance, ledgers)
    own = writer.ledger.document.year
    name = writer.name()
    if own is None or name is None:
        return None
    year = own + chance.choice((-1, -1, -2, 1))
    text = writer.pick(_YEARS, u=writer.ledger.unit, x=name, y=year)
    return _asked("别年", text, [amounts((before,)) for before in _before(writer.ledger, name, year)])


def _before(ledger: Ledger, name: str, year: int) -> Iterator[Decimal]:
    """What this year's document tells of a figure of the year before, in cells or by how far it moved."""
    yield from (c.amount for c in ledger.cells if c.name == name and c.year == year and c.quantity == "金额")
    if year + 1 == ledger.document.year:
        moved = (told for told in ledger.told if name in (told.subject or "") and told.change_yuan is not None)
        yield from (told.amount_yuan - told.change_yuan for told in moved if told.amount_yuan is not None)


BOUND: Final[dict[str, Draw]] = {
    "题前": topic, "列值": crossed, "接前类": followed, "各自合": joined, "性质合": natures_joined, "合称": group,
    "占合": of_all, "净增": built, "别年": other_year,
}  # fmt: skip
