"""Queries over rows: filtered, then left out, then ranked, then added or counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from assistant.query import (
    Change,
    Comparison,
    Condition,
    Count,
    Difference,
    Each,
    Except,
    Filter,
    Mean,
    Name,
    Query,
    Rank,
    RowKind,
    Rows,
    Select,
    Several,
    Side,
    Sum,
    names_of,
    nodes_of,
)
from assistant.reading.clauses import ENDS, HOLDS, STARTS, Clause, bare_text, text_of
from assistant.reading.compared import compared
from assistant.reading.filled import bounded_columns, by_columns, lacked_by_units
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.selects import (
    PLAIN,
    denied_names,
    excluded_names,
    groups_of,
    is_column,
    merged,
    name_of,
    roles_of,
    side_of,
    without_names,
)
from assistant.reading.state import Context, State
from assistant.reading.unit_words import names_units
from index.money import YUAN_PER_UNIT, to_yuan

_OPEN: Final = re.compile(r"[-—_]*(?:…|\.{2,}|[×*○]+|某+|x{2,})[-—_]*")
"""What stands in a name for what is left open in it."""

_SIDE_BY_SIDE: Final = 2
"""Names from which a clause asks of them, and not of the rows of a level (甲、乙、丙哪类最大)."""

_WHICH: Final = pattern("which")
_MADE_UP: Final = pattern("made_up")
_SPLITS: Final = pattern("splits")
_SPLIT_INTO: Final = pattern("split_into")
_KINDS: Final = pattern("kinds")
_LEAST: Final = pattern("least")
_OF_THE_REST: Final = pattern("of_the_rest")
_BELOW: Final = pattern("below_department")
_OWN_LEVEL: Final = pattern("own_level")
_RISES: Final = re.compile("[小少低]到[大多高]|升序")
ALL_ROWS: Final = 1000
"""The length of a ranking that only puts rows in order."""

_CLASS_OF: Final[dict[str, RowKind]] = {
    "function": "function", "economic": "economic", "account": "account", "project": "project",
    "purchase": "purchase", "unit": "unit", "indicator": "indicator", "income": "income", "goal": "goal",
}  # fmt: skip


_COMPARISONS: Final[dict[str, Comparison]] = {
    "gt": "gt", "ge": "ge", "lt": "lt", "le": "le", "eq": "eq", "ge_after": "ge", "gt_after": "gt", "lt_after": "lt",
    "le_after": "le",
}  # fmt: skip


_COMPARING: Final = frozenset({"gap", "ratio", "versus", "more", "less", "sum", "mean", "count"})
_OF_ECONOMICS: Final = re.compile("(公用|人员|机关运行)(经费|支出)?(里|中|下|的)*[各几两二三四五六七八九十\\d]*款")
"""What has no 款 of functions, but of the economic classification."""

_PLACES_OF: Final = re.compile("排[在到]?(第|名|行)|名次|位次|座次")
"""What asks for the place that something takes."""

_WHICH_UNIT: Final = pattern("which_unit")
FELL: Final = pattern("fell")
ROSE: Final = pattern("rose")


def without_items(query: Query, items: tuple[Name, ...]) -> Query:
    """A query over rows with some of them left out, said behind it (局本级不算)."""
    match query:
        case Rank() | Filter():
            return query.model_copy(update={"rows": without_items(query.rows, items)})
        case Count():
            return query.model_copy(update={"of": without_items(query.of, items)})
        case Sum() | Mean() if len(query.of) == 1:
            return query.model_copy(update={"of": (without_items(query.of[0], items),)})
        case Rows():
            return Except(rows=query, items=items)
        case _:
            return query


_OTHER_UNITS: Final = pattern("other_units")
_SOURCES: Final = pattern("sources")
_EACH_UNIT: Final = pattern("each_unit")
_MOST: Final = pattern("most")
_WHICH_OF_MOST: Final = pattern("which_of_most")
_BUDGET: Final = re.compile("预算(?!单位|编制|科目)|盘子|总额|资金|钱")
_AMONG_THEM: Final = re.compile("其中|里面|里头|当中|之中|这|它们|他们|那几|再")
_AMONG_SAID: Final = re.compile("其中|[里下]面|[里下]头|当中|之中|^里|下[属的]|这|[它他]们?|那[几些]|再|其|还")
"""What points back at what was spoken of, as no new sentence does that ranges over all rows of a class."""

_ANEW: Final = ("project", "purchase", "unit", "economic", "function")
_WHO: Final = re.compile("谁家?|[哪谁]一?家")
_COUNTS_UNITS: Final = re.compile("[几多]少?[家所]")
_OF_THEM: Final = re.compile("最[大小高低多少贵]的?那一?[行笔条项单个]")
_SPENT_MOST: Final = pattern("spent_most")
_HAVING: Final = re.compile("^[那而]?(剩下|其[余他])?(有|列|编|安排)(了|着)?的")
_OF_THESE: Final = re.compile("其中|里面|里头|这里|当中|它们")
_BEARS: Final = ("为", "是", "占", "给", "只给", "等于")
_IS_NOT: Final = ("不是", "不为", "不等于", "并非")
_OF_PURCHASES: Final = re.compile("采购|招标|货物|服务")
_LINES: Final = re.compile("[几多]少?(笔|项|条)")
_OF_ALL: Final = frozenset({"项目支出", "基本支出", "合计", "预算数", "金额", "支出合计", "财政拨款"})
"""Columns that every row of their table fills."""
_ALL_OF_CLASS: Final = {
    "project": re.compile("项目支出(?:预算)?"),
    "purchase": re.compile("(?:政府)?采购(?:支出|预算)?"),
}
_SAID_COUNT: Final = re.compile(
    "(?<![第前这那哪一-鿿\\d])(?P<k>[两二三四五六七八九十]|[2-9]|[1-9]\\d)[个家项款类笔](?![月百])"
)
_NUMBERS: Final = dict(zip("两二三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


def asked_count(text: str) -> int:
    """How many things a text asks for (哪三家, 哪两笔), 0 where it leaves that open."""
    match = _WHICH_OF_MOST.search(text)
    return _NUMBERS[match["k"]] if match else 0


def limit_of(clause: Clause) -> int | None:
    """How many rows of a ranking are asked for (前三, 最多的三家, 最多的是哪三家)."""
    is_extreme = bool(clause.ops() & {"max", "min"})
    if most := _MOST.search(clause.text) or (is_extreme and _WHICH_OF_MOST.search(clause.text)) or None:
        return _NUMBERS[most["k"]]
    return next(
        (int(p.value) for p in clause.of("op") if p.name in ("top", "max", "min") and p.value is not None), None
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says of rows: their classes, how they are ranked, what bounds them, which columns they fill."""

    clause: Clause
    classes: tuple[str, ...]
    ranks: set[str]
    bounds: tuple[Condition, ...]
    columns: tuple[Condition, ...]
    falls: bool
    rises: bool

    @property
    def moved(self) -> bool:
        return self.falls or self.rises

    @property
    def orders(self) -> bool:
        """Whether rows are ranked or bounded."""
        return bool(self.ranks or self.moved or self.bounds or self.columns or self.sorts)

    @property
    def sorts(self) -> bool:
        """Whether rows are only put in order (各项从高到低列出), not so many of them, and none by its place."""
        is_said = _PLACES_OF.search(self.clause.text) or _said_count(self.clause)
        return "order" in self.clause.ops() and not self.ranks and not is_said

    @property
    def each(self) -> bool:
        """Whether all units are asked for, one by one (各单位的项目支出)."""
        text = "".join(p.text for p in self.clause.of("class", "ask") if p.name in ("unit", "everyone"))
        return bool(_EACH_UNIT.search(text))

    @property
    def which(self) -> bool:
        return bool(_WHICH.search(text_of(self.clause)))


def rows_query(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """A query over rows, where a class of rows is named, or rows are ranked, filtered or listed below one item."""
    selects = tuple(without_names(select, _places_asked(clause)) for select in selects)
    selects = tuple(_of_own_table(select, clause) for select in selects) if by_label(clause) else selects
    said, ops = _said(clause, state), clause.ops()
    query = _base(said, selects, state)
    if query is None:
        return None
    if excluded := (*state.left_out, *excluded_names(clause)) or denied_names(clause) or _gone_before(clause, state):
        query = Except(rows=query, items=excluded)
    if said.columns:
        query = by_columns(query, said.columns)
    if said.bounds:
        query = Filter(rows=_otherwise_called(query, said), conditions=said.bounds)
    elif not said.columns and _means_filled(said, selects or state.context.selects):
        query = Filter(rows=query, conditions=(Condition(comparison="ne", values=(Decimal(0),)),))
    if said.ranks == {"max", "min"} and not ops & _COMPARING:
        ranked = _ranked(said, query)
        return Several(of=tuple(ranked.model_copy(update={"descending": first}) for first in (True, False)))
    if said.ranks or said.moved:
        query = _ranked(said, query)
    elif said.sorts and not ops & _COMPARING:
        query = in_order(query, clause)
    if ("count" in ops or _SPLIT_INTO.search(clause.text)) and not said.ranks:
        counted = Count(of=query)
        return Several(of=(counted, Sum(of=(query,)))) if _adds_too(clause) else counted
    if "sum" in ops and not _ranks_sums(clause) and not ("list" in ops and not said.ranks):
        return Sum(of=(query,))
    return Mean(of=(query,), k=_said_count(clause)) if "mean" in ops else query


def _said_count(clause: Clause) -> int | None:
    """How many rows there are said to be (四个功能类平均)."""
    match = _SAID_COUNT.search(clause.text)
    return (_NUMBERS.get(match["k"]) or int(match["k"])) if match else None


def _gone_before(clause: Clause, state: State) -> tuple[Name, ...]:
    """What was just left out of a figure of which the rest is asked about now (扣掉A还剩多少，剩下的最大的是哪项)."""
    before = state.context.query
    if not isinstance(before, Difference) or not before.rest or not _OF_THE_REST.search(bare_text(clause)):
        return ()
    return tuple(name for part in before.of[1:] if isinstance(part, Select) for name in part.names)


def by_label(clause: Clause) -> bool:
    """Whether a clause itself says by their names which rows of which table are meant (项目表里名字带统管的)."""
    names_table = any("table" in roles_of(piece) for piece in clause.of("name"))
    return names_table and any(said.search(clause.text) for said in (STARTS, ENDS, HOLDS))


def _of_own_table(select: Select, clause: Clause) -> Select:
    """What a clause names, without the items that others before it do."""
    inside, own = (
        tuple(n for n in names if n.is_unit or any(start >= clause.start for start, _ in n.spans))
        for names in (select.within, select.names)
    )
    return select.model_copy(update={"within": inside, "names": own})


def _otherwise_called(query: Query, said: _Said) -> Query:
    """The rows, without what they were just said to be called where others are meant (叫A的几家，叫B的又几家)."""
    is_named = isinstance(query, Filter) and all(c.is_of_label for c in query.conditions)
    is_other = all(c.is_of_label for c in said.bounds) and not _OF_THESE.search(said.clause.text)
    return query.rows if is_named and is_other and isinstance(query, Filter) else query


def _adds_too(clause: Clause) -> bool:
    """Whether a sum is asked for beside how many there are (的几个项目合计多少), and not how many in all (一共几个)."""
    told = [p for p in clause.pieces if p.kind not in ("framing", "filler")]
    asked = [after for p, after in pairwise(told) if p.kind == "op" and p.name == "sum"]
    return any(after.kind in ("ask", "unit") for after in asked)


def _said(clause: Clause, state: State) -> _Said:
    ops, text = clause.ops(), clause.text
    classes = tuple(p.name for p in clause.of("class") if p.name in _CLASS_OF)
    if not classes and any(p.name == "everyone" and _means_units(p, clause, state) for p in clause.of("ask")):
        classes = ("unit",)
    asks_units = ops & {"max", "min", "top", "list", "count"} or clause.of("bound") or lacked_by_units(clause)
    which = _WHICH_UNIT.search(text)
    asks_which = which is not None and not (_WHO.fullmatch(which.group()) and _spoken_rows(clause, state))
    if classes == ("project",) and asks_which and lacked_by_units(clause):
        classes = ("unit",)  # 项目里没有某费的是哪两家
    if not classes and asks_units and (asks_which or any(map(names_units, clause.of("name")))):
        classes = ("unit",)
    if not classes and _COUNTS_UNITS.search(text) and any(said.search(text) for said in (STARTS, ENDS, HOLDS)):
        classes = ("unit",)
    if not classes and state.left_out and _OTHER_UNITS.search(text):
        classes = ("unit",)
    classes = classes or _classes_before(clause, state) or (("unit",) if _places_asked(clause) else ())
    classes = classes or _class_spoken(clause, state)
    if not classes and denied_names(clause):
        classes = ("purchase",) if _OF_PURCHASES.search(text) else ("project",)
    columns = bounded_columns(clause) or (lacked_by_units(clause) if classes == ("unit",) else ())
    is_alone = bool(columns) or len(clause.of("name")) < _SIDE_BY_SIDE
    is_which = _WHICH.search(text_of(clause)) is not None and is_alone
    if not classes and clause.of("level") and (ops & {"list", "count", "mean", "order"} or is_which):
        classes = ("economic",) if _OF_ECONOMICS.search(text) else ("account",)  # 哪几个款, 公用经费各款平均
    bounds = (c for c in conditions_of(clause) if not (columns and c.values == (Decimal(0),)))
    return _Said(
        clause, classes, ops & {"max", "min", "top", "ordinal"}, tuple(bounds), columns,
        bool(FELL.search(text)), bool(ROSE.search(text)),
    )  # fmt: skip


def _means_units(piece: Piece, clause: Clause, state: State) -> bool:
    """Whether a word for whoever it is means the units of a department, and neither documents nor projects."""
    is_open = _WHO.fullmatch(piece.text) is not None
    return not is_open or (state.documents == 1 and not _spoken_rows(clause, state))


def _spoken_rows(clause: Clause, state: State) -> bool:
    """Whether a table of projects is named, or rows that are no units were said to be meant (按功能分大类)."""
    rows = state.context.rows
    are_others = isinstance(rows, Rows) and rows.kind not in ("any", "unit")
    are_others = are_others or bool(_class_spoken(clause, state))
    return are_others or any(piece.text.endswith("项目支出表") for piece in clause.of("name"))


def _class_spoken(clause: Clause, state: State) -> tuple[str, ...]:
    """The class of all that the question before asked for, of which the first are meant (项目支出多少 → 前三个是谁)."""
    spoken = [name.text for select in state.earlier for name in select.names if not name.is_unit]
    is_said = clause.of("name", "class", "level") or "家" in clause.text
    if is_said or len(spoken) != 1 or not clause.ops() & {"max", "min", "top", "ordinal"}:
        return ()
    return next(((kind,) for kind, said in _ALL_OF_CLASS.items() if said.fullmatch(spoken[0])), ())


def _classes_before(clause: Clause, state: State) -> tuple[str, ...]:
    """The class of the rows just spoken of, where it is asked which of them fill a column (7个项目，哪几个用了结转)."""
    before, names = state.context.rows, clause.of("name")
    asks_which = _WHICH.search(text_of(clause)) and names and all(map(is_column, names))
    return (before.kind,) if asks_which and isinstance(before, Rows) and before.kind in _CLASS_OF else ()


def _base(said: _Said, selects: tuple[Select, ...], state: State) -> Query | None:
    """The rows that are ranged over: those spoken of before, those of a class, those below one item."""
    ops, classes, before = said.clause.ops(), said.classes, state.context
    asks_again = said.orders or ops & {"sum", "mean", "count"} or said.which
    if not selects and _HAVING.search(said.clause.text) and (having := having_instead(before.rows)) is not None:
        return having
    if said.ranks and _OF_THEM.search(said.clause.text) and (told := _told_before(before)) is not None:
        return told
    if (
        not selects
        and before.rows is not None
        and asks_again
        and not ranges_anew(said.clause, state)
        and _are_same_rows(classes, before.rows)
    ):
        level = _level(said.clause)
        rows = _beyond_bound(before.rows, said.clause)
        rows = rows.model_copy(update={"level": level}) if level is not None and isinstance(rows, Rows) else rows
        return _of_their_own(rows, said.clause)
    if said.columns and not classes and isinstance(before.rows, Rows):
        return before.rows  # 某局的项目，哪些没有…、只有…
    if state.opened is not None and selects and not classes and said.orders:
        return _in_opened(state.opened, _not_compared(merged(selects), said.bounds))
    splits = bool(_SPLITS.search(said.clause.text)) and not _names_columns(said.clause)
    splits = splits or bool(_SPLIT_INTO.search(said.clause.text))
    if splits and not selects and isinstance(before.query, Change):
        return None  # 多出来的钱干什么了，分成几块: only its reason tells
    lists = (splits or ("list" in ops and _MADE_UP.search(said.clause.text))) and len(selects or before.selects) == 1
    asks = said.orders or ops & {"list", "count"} or (classes and (said.which or said.each))
    within = around(said.clause, selects, state)
    kind = "any" if _are_of_one_unit(said, within) else kind_of(classes)
    of_nobody = not (within.names or _WHO.search(said.clause.text))
    is_of_income = within.side == "收入" and of_nobody and kind in ("any", "account")
    if is_of_income and (said.ranks or (lists and not classes and _SOURCES.search(said.clause.text))):
        return Rows(within=within, kind="income")
    rows = below_only(Rows(within=within, kind=kind, level=_level(said.clause)), said.clause)
    if rows.kind == "unit" and _of_whole_budget(said, within):
        units = tuple(name for name in (*within.within, *within.names) if name.is_unit)
        return rows.model_copy(update={"within": Select(names=units, side="支出")})
    if rows.kind == "unit" and said.ranks and not (within.names or within.within or within.side):
        within = Select(side=_side_ranked(said.clause))
    if rows == Rows() and said.ranks and _SPENT_MOST.search(said.clause.text):
        return Rows(kind="account", level=1)
    if lists or (asks and (classes or (said.orders and len(selects) <= 1))):
        within = _not_compared(within, said.bounds)
        return as_classified(rows.model_copy(update={"within": within}), state)
    within = selects[0] if selects else within
    if classes and (within.names or within.side) and ops & {"sum", "mean", "count", "list"}:
        return as_classified(rows.model_copy(update={"within": within}), state)
    return Rows(kind="unit", is_below=rows.is_below) if rows.kind == "unit" and "mean" in ops else None


def _are_of_one_unit(said: _Said, within: Select) -> bool:
    """Whether it is asked which of the items of one unit is the most: it has no units (中心的加固工程，谁排第一)."""
    names = (*within.within, *within.names)
    units = [name for name in names if name.is_unit]
    is_open = said.classes == ("unit",) and not said.clause.of("class") and bool(_WHO.search(said.clause.text))
    return is_open and bool(said.ranks) and len(units) == 1 and len(names) > 1 and units[0].text not in PLAIN


def _told_before(before: Context) -> Query | None:
    """The rows that were just told; so are lines of purchases that one name means."""
    bought = [s for s in before.selects if any(_OF_PURCHASES.search(name.text) for name in (*s.within, *s.names))]
    lines = Rows(within=merged(before.selects), kind="purchase") if len(bought) == len(before.selects) == 1 else None
    return before.rows or lines


def having_instead(rows: Query | None) -> Rows | None:
    """The units that have what others were just said to have none of (有的里面谁最多)."""
    lacks = isinstance(rows, Filter) and rows.columns and all(c.comparison == "eq" for c in rows.conditions)
    if not lacks or not isinstance(rows, Filter) or not isinstance(rows.rows, Rows) or rows.rows.kind != "unit":
        return None
    within = rows.rows.within.model_copy(update={"names": (*rows.rows.within.names, *rows.columns)})
    return rows.rows.model_copy(update={"within": within, "columns": ()})


def below_only(rows: Rows, clause: Clause) -> Rows:
    """Rows of units, where only those below the department are meant without what names its own level."""
    if rows.kind != "unit" or not _is_below(clause):
        return rows
    own = {name.text for name in names_of(rows) if name.is_unit and _OWN_LEVEL.fullmatch(name.text)}
    return rows.model_copy(update={"is_below": True, "within": without_names(rows.within, own)})


def _places_asked(clause: Clause) -> set[str]:
    """The units of which it is asked whether the most is theirs (大头是不是都在执法队)."""
    if not clause.ops() & {"max", "min"}:
        return set()
    names = [(before.text, name_of(piece)) for before, piece in pairwise(clause.pieces) if piece.kind == "name"]
    return {name.text for before, name in names if name.is_unit and before == "在"}


def _of_whole_budget(said: _Said, within: Select) -> bool:
    """Whether units are asked for by all that they have, no item of theirs (哪家的预算最多, 各监狱的预算)."""
    items = [name for name in (*within.within, *within.names) if not name.is_unit and name.text not in PLAIN]
    asks = said.ranks or said.bounds or said.each or "mean" in said.clause.ops()
    return bool(asks) and not (items or within.side or said.moved) and bool(_BUDGET.search(said.clause.text))


def _side_ranked(clause: Clause) -> Side | None:
    """The side whose total units are ranked by, said with the word that ranks them (支出最多的)."""
    ranked = (piece.text for piece in clause.of("op") if piece.name in ("max", "min", "top", "ordinal"))
    return next((side for text in ranked if (side := side_of(text[:2])) is not None), None)


def _beyond_bound(rows: Query, clause: Clause) -> Query:
    """Rows just bounded; all, where the end asked for lies beyond the bound (过百万的有几个，垫底的呢)."""
    if not isinstance(rows, Filter) or _AMONG_THEM.search(clause.text):
        return rows
    bounds = {condition.comparison for condition in rows.conditions}
    is_beyond = ("min" in clause.ops() and bounds <= {"gt", "ge"}) or ("max" in clause.ops() and bounds <= {"lt", "le"})
    return rows.rows if is_beyond else rows


def _of_their_own(rows: Query, clause: Clause) -> Query:
    """The projects of units just told, where things are counted that no units are (给它排了几笔钱)."""
    is_of_units = isinstance(rows, Rows) and rows.kind == "unit"
    return rows.model_copy(update={"kind": "project"}) if is_of_units and _LINES.search(clause.text) else rows


def _names_columns(clause: Clause) -> bool:
    """Whether a clause names columns, into which something may be split."""
    return any("column" in roles_of(p) for p in clause.of("name"))


def _is_below(clause: Clause) -> bool:
    """Whether the units of a clause are those below the one that it is about (下属单位, 下属哪家单位)."""
    pairs = zip([None, *clause.pieces], clause.pieces, strict=False)
    classes = ((before, piece) for before, piece in pairs if piece.kind == "class" and piece.name == "unit")
    return any(_BELOW.match(piece.text) or (before and _BELOW.match(before.text)) for before, piece in classes)


def _in_opened(opened: Rows, column: Select) -> Rows:
    """The rows that the clause before ended within, with the figures that this one names (各个项目里，资金最少的)."""
    names = tuple(dict.fromkeys((*opened.within.names, *column.names)))
    return opened.model_copy(update={"within": opened.within.model_copy(update={"names": names})})


def _are_same_rows(classes: Sequence[str], rows: Query) -> bool:
    """Whether what a clause calls its rows are those spoken of before: no more is said than that they are items."""
    kinds = {node.kind for node in nodes_of(rows) if isinstance(node, Rows)}
    return set(classes) <= {"account"} | kinds and (not classes or kinds != {"any"})


def as_classified(rows: Rows, state: State) -> Rows:
    """Rows of no kind or level of their own are of those that a clause before says (按经济分类看, 按类级科目排)."""
    kind = state.classified if rows.kind in ("any", "account") and state.classified else rows.kind
    return of_all_funds(rows.model_copy(update={"kind": kind, "level": rows.level or state.level}))


def of_all_funds(rows: Rows) -> Rows:
    """Rows; the classes of the functional classification are those of all that is spent, from whatever fund."""
    is_open = rows.kind == "function" and rows.level == 1 and not rows.within.names
    return rows.model_copy(update={"kind": "account"}) if is_open else rows


def around(clause: Clause, selects: tuple[Select, ...], state: State) -> Select:
    """What the rows are within: what is named, what stands before 里, or what was spoken of."""
    prefix = groups_of(clause)[0]
    names = tuple(name_of(p) for p in prefix if p.kind == "name")
    side = side_of(next((p.name for p in prefix if p.kind == "total"), None))
    names = (*(name for name in state.inside if name not in names), *names) if names and not selects else names
    if selects:
        return merged(selects)
    spoken = () if ranges_anew(clause, state) else state.context.selects
    return Select(names=names, side=side) if names or side else merged(spoken)


def ranges_anew(clause: Clause, state: State) -> bool:
    """Whether a new sentence says itself which rows it ranges over (…？项级科目里最大的两个): none spoken of before."""
    is_said = (bool(clause.of("level")) and bool(clause.of("class"))) or class_kind(clause) in _ANEW
    return state.afresh and is_said and clause.pieces[0].kind != "within" and not _AMONG_SAID.search(clause.text)


def _means_filled(said: _Said, topic: tuple[Select, ...]) -> bool:
    """Whether rows are asked for that have anything of what is named (哪些项目有政府性基金)."""
    counts = "count" in said.clause.ops()
    is_asked = (said.which and not counts) or _names_kind_of_money(said.clause)
    return bool(said.classes) and is_asked and not said.ranks and any(s.names for s in topic)


def _ranks_sums(clause: Clause) -> bool:
    """Whether what is ranked is said to be a sum, and not that the first rows are to be added (哪家合计最多)."""
    ops = [p.name for p in clause.of("op") if p.name in ("sum", "max", "min", "ordinal")]
    return len(ops) > 1 and ops[0] == "sum"


def _names_kind_of_money(clause: Clause) -> bool:
    """Whether a clause names a column of its own, which not all rows fill (单位资金, 政府性基金)."""
    names = [p for p in clause.of("name") if p.text not in _OF_ALL]
    return any(is_column(p) and p.token and any(k.role == "column" for k in p.token.links) for p in names)


def _ranked(said: _Said, rows: Query) -> Rank:
    ops = said.clause.of("op")
    places = tuple(dict.fromkeys(said.clause.places()))
    if places and said.ranks & {"max", "min"} and len(ops) > 1:
        places = (1, *places)  # 最大的和第二大的
    changes = said.moved or "change" in said.clause.ops()
    falling = said.falls if said.moved else _ascends([p for p in ops if p.name in said.ranks])
    by: Literal["value", "change"] = "change" if changes else "value"
    return Rank(rows=rows, k=limit_of(said.clause) or 1, places=places, by=by, descending=not falling)


def put_in_order(clause: Clause, selects: tuple[Select, ...], state: State) -> Rank | None:
    """The rows, or the documents' figures, that a clause only puts in order (三公从高到低排一下)."""
    if "order" not in clause.ops() or len(selects) != 1:
        return None
    of_documents = state.documents > 1 and not clause.of("class")
    rows = Each(of=selects[0]) if of_documents else rows_query(clause, selects, state)
    if rows is None or isinstance(rows, Rank):
        return rows
    return in_order(rows, clause) if isinstance(rows, Each | Rows | Filter | Except) else None


def in_order(rows: Query, clause: Clause) -> Rank:
    """Rows in the order that a clause says (从大到小排), the largest first where it says none."""
    rises = any(_RISES.search(p.text) for p in clause.of("op"))
    return Rank(rows=rows, k=ALL_ROWS, descending=not rises)


def rank_of(clause: Clause, rows: Query, *, by_value: bool = False) -> Rank:
    """Rows in the order that a clause asks for; ``by_value``: never by how they changed."""
    said = _Said(clause, (), clause.ops() & {"max", "min", "top", "ordinal"}, (), (), falls=False, rises=False)
    ranked = _ranked(said, rows)
    return ranked.model_copy(update={"by": "value"}) if by_value else ranked


def _not_compared(within: Select, bounds: tuple[Condition, ...]) -> Select:
    """What rows are within, without what they are compared with (哪家项目支出超过基本支出)."""
    others = {name.text for bound in bounds if bound.than is not None for name in names_of(bound.than)}
    return within.model_copy(update={"names": tuple(name for name in within.names if name.text not in others)})


def _level(clause: Clause) -> int | None:
    """The level of the items that are asked for (项级, 哪几大类)."""
    named = next((int(p.name) for p in clause.of("level")), None)
    return 1 if named is None and _KINDS.search(clause.text) else named


def class_kind(clause: Clause) -> RowKind:
    """The kind of rows that the classes of a clause name."""
    return kind_of([piece.name for piece in clause.of("class")])


def kind_of(classes: Sequence[str]) -> RowKind:
    """The kind of rows that classes mean: the last that says more than that they are items (经济分类的科目)."""
    known = [name for name in classes if name in _CLASS_OF]
    telling = [name for name in known if name != "account"] or known
    if {"goal", "project"} <= {*classes}:
        return "goal"  # 公开了绩效目标的项目
    return _CLASS_OF[telling[-1]] if telling else "any"


def _ascends(pieces: Sequence[Piece]) -> bool:
    return any(p.name == "min" or _LEAST.search(p.text) for p in pieces)


def conditions_of(clause: Clause) -> Iterator[Condition]:
    """The bounds on rows that a clause says."""
    pieces = tuple(p for p in clause.pieces if p.kind != "framing")
    if match := STARTS.search(clause.text):
        yield Condition(comparison=_if_not(match), starts=match["text"])
    if match := ENDS.search(clause.text):
        yield Condition(comparison=_if_not(match), ends=match["text"])
    if match := HOLDS.search(clause.text):
        column = Name(text=match["column"]) if match["column"] else None
        parts = (part for part in _OPEN.split(match["text"]) if part)
        yield from (Condition(comparison=_if_not(match), holds=part, column=column) for part in parts)
    yield from _equals(pieces)
    for place, piece in enumerate(pieces):
        if piece.text in ("过", "破") and (
            past := next((p for p in pieces[place + 1 : place + 2] if p.kind == "number"), None)
        ):
            yield Condition(comparison="gt", values=(past.value or Decimal(0),), unit=past.unit)
        if (than := compared(pieces[place:])) is not None:
            yield than
        if piece.kind != "bound":
            continue
        if piece.name == "nonzero":
            yield Condition(comparison="ne", values=(Decimal(0),))
        elif piece.name == "zero":
            yield Condition(comparison="eq", values=(Decimal(0),))
        elif piece.name == "range" and 0 < place < len(pieces) - 1:
            yield from _between(pieces[place - 1], pieces[place + 1])
        elif piece.name in _COMPARISONS:
            after = piece.name.endswith("_after") or _is_said_behind(piece, pieces[place - 1 : place + 2])
            near = pieces[max(place - 1, 0) : place] if after else pieces[place + 1 : place + 2]
            number = next((p for p in near if p.kind == "number"), None)
            others = tuple(name_of(p) for p in pieces[place + 1 :] if p.kind == "name") if not after else ()
            if number is None and others:
                yield Condition(comparison=_COMPARISONS[piece.name], than=Select(names=others))
            if number is not None and number.value is not None:
                yield Condition(comparison=_COMPARISONS[piece.name], values=(number.value,), unit=number.unit)


def _if_not(match: re.Match[str]) -> Comparison:
    """How rows are compared with a text: where it is denied (不带…字样), those are meant that don't have it."""
    return "ne" if match["not"] else "gt"


def _equals(pieces: Sequence[Piece]) -> Iterator[Condition]:
    """The number that a column of indicators is said to hold, or not to (权重只给5%的指标, 权重不是10%的)."""
    if not any(piece.kind == "class" and piece.name == "indicator" for piece in pieces):
        return
    told = [
        piece for piece in pieces if piece.kind in ("name", "word", "bound", "op", "number") or piece.text in _BEARS
    ]
    for place, number in enumerate(told):
        before = told[max(place - 2, 0) : place]
        names = [piece for piece in before if piece.kind == "name" and roles_of(piece) == {"column"}]
        if number.kind == "number" and number.value is not None and names and before[-1].kind not in ("bound", "op"):
            negated = any(piece.text in _IS_NOT for piece in before)
            yield Condition(comparison="ne" if negated else "eq", values=(number.value,))


def _is_said_behind(piece: Piece, around: Sequence[Piece]) -> bool:
    """Whether a bound that mostly stands before its number stands behind it (连50万都不到的)."""
    return piece.name == "lt" and [p.kind for p in around][:2] == ["number", "bound"] and around[-1].kind != "number"


def _between(low: Piece, high: Piece) -> Iterator[Condition]:
    """``6到30万元``, ``9000元至3万元``: both ends count; an end without a unit has that of the other one."""
    if low.value is None or high.value is None:
        return
    units = (low.unit or high.unit, high.unit or low.unit)
    if units[0] == units[1]:
        yield Condition(comparison="range", values=(low.value, high.value), unit=units[0])
    elif units[0] in YUAN_PER_UNIT and units[1] in YUAN_PER_UNIT:
        values = (to_yuan(low.value, str(units[0])), to_yuan(high.value, str(units[1])))
        yield Condition(comparison="range", values=values, unit="元")
