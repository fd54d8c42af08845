"""Names to selections: names side by side belong together, joints part them, what stands before 里 narrows the rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.query import (
    ACTUAL,
    BOUGHT_VEHICLES,
    GOAL_PROJECTS,
    Name,
    Period,
    Quantity,
    Query,
    Rows,
    Select,
    Several,
    Side,
    Sum,
    names_of,
)
from assistant.reading.clauses import ACTUAL_SAID, ENDS, HOLDS, STARTS, Clause, before_joint
from assistant.reading.members import as_members, natures_apart
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.sides import as_named
from assistant.reading.spread import says_whose, with_lead, with_sides
from assistant.reading.state import State
from assistant.reading.winners import winner_meant, with_winner
from assistant.words import content_of, holds_noun

_PEOPLE: Final = pattern("people")
_THE_WHOLE: Final = pattern("the_whole")
_BENEFICIARY: Final = pattern("beneficiary")
_BOTH: Final = pattern("both_said")
_AMOUNT: Final = pattern("amount")
MONEY: Final = pattern("money")
COUNT: Final = pattern("count")
PLAIN: Final = frozenset({"预算", "金额", "资金", "总额", "盘子"})
_PAPERS: Final = frozenset({"部门预算", "单位预算", *PLAIN})
"""What says nothing beside a whole side (部门预算收入)."""


def in_each_table(selects: tuple[Select, ...]) -> tuple[Select, ...]:
    """Tables that are set beside an item in another table mean that item in them (甲表里的A比乙表里的)."""
    items = next((own for select in selects if (own := _items(select))), ())
    return tuple(_in_table(select, items) for select in selects) if len(selects) > 1 else selects


def _in_table(select: Select, items: tuple[Name, ...]) -> Select:
    """A selection of its own items, else of others, within the table that it names; any other as it is."""
    tables = tuple(name for name in select.names if is_table(name))
    own = _items(select) or items
    if not tables or not own:
        return select
    around = tuple(name for name in select.within if not is_table(name))
    return select.model_copy(update={"names": own, "within": (*around, *tables), "is_inside": True})


def _items(select: Select) -> tuple[Name, ...]:
    """What a selection names that is no table."""
    return tuple(name for name in select.names if not is_table(name))


def is_table(name: Name) -> bool:
    """Whether a name says that it is a table's."""
    return name.text.endswith("表")


def only_linked(select: Select) -> Select:
    """What is told around an ask: only names that items bear narrow it."""
    return select.model_copy(update={"names": tuple(name for name in select.names if name.is_linked)})


def completed(selects: tuple[Select, ...], clause: Clause, state: State) -> tuple[Select, ...]:
    """What a follow-up leaves out taken from what was spoken of: a unit's item, a column's row."""
    before = state.context.selects
    if not selects and before and (whole := _whole_of_before(clause, state)) is not None:
        return (whole,)
    if (
        before
        and len(selects) == 1
        and selects[0].winner is None
        and all(is_of_units(s) for s in before)
        and not any(n.is_unit for n in selects[0].names)
        and not any(p.name == "whole" for p in clause.of("filler"))
    ):
        return tuple(selects[0].model_copy(update={"names": (*s.names, *selects[0].names)}) for s in before)
    if (natured := _of_other_nature(selects, before)) is not None:
        return natured
    columns = [p for p in clause.of("name", "word")]
    if state.topics and len(before) > 1 and columns and all(map(is_of_item, columns)):
        return tuple(s.model_copy(update={"within": b.names}) for b in before for s in selects)
    are_crossed = len(before) > 1 and all(b.within for b in before) and len({b.names for b in before}) == 1
    if state.asked and are_crossed and columns and all(is_of_item(p) or _columns_of(p) for p in columns):
        # A和B，基本多少、项目多少
        return tuple(s.model_copy(update={"within": b.within}) for b in before for s in selects)
    if len(before) == 1 and len(selects) == 1 and columns and all(map(says_whose, columns)):
        own = {n.text for n in _all_names(selects[0])}
        item = tuple(n for n in before[0].names[-1:] if n.text not in own)
        return (selects[0].model_copy(update={"within": (*selects[0].within, *item)}),)
    if state.asked and state.has_item and len(before) == 1 < len(selects) and columns and all(map(is_of_item, columns)):
        own = {n.text for s in selects for n in s.names}
        item = tuple(n for n in _all_names(before[0]) if n.text not in own)
        return tuple(s if s.within else s.model_copy(update={"within": item}) for s in selects)
    is_anew = state.afresh and bool(clause.of("class")) and clause.pieces[0].kind != "within"
    ranks = state.asked and bool(clause.ops() & {"max", "min", "top"}) and not is_anew
    of_units = state.asked and is_of_units(selects[0]) if selects else False
    goes_on = state.goes_on or ranks or of_units or any(s.quantity == "count" for s in selects)
    if len(selects) != 1 or len(before) != 1 or not goes_on:
        return selects
    pieces = [p for p in clause.of("name")]
    if pieces and all(roles_of(p) <= {"unit", "whole"} for p in pieces) and not clause.of("class", "total"):
        items = tuple(n for n in before[0].names if not n.is_unit)
        return (before[0].model_copy(update={"names": (*selects[0].names, *items), "spans": selects[0].spans}),)
    if pieces and all(roles_of(p) == {"column"} for p in pieces):
        own = {n.text for n in selects[0].names}
        return (selects[0].model_copy(update={"within": tuple(n for n in _all_names(before[0]) if n.text not in own)}),)
    return selects


def _whole_of_before(clause: Clause, state: State) -> Select | None:
    """``那总数怎么还比上年高``: how what a part was asked of before moved; None where the clause asks nothing such."""
    whole = state.earlier[0] if len(state.earlier) == 1 else state.head
    moves = bool(clause.ops() & {"more", "less", "change"})
    is_whole = any(_THE_WHOLE.fullmatch(p.text) for p in clause.of("op", "name"))
    goes_on = len(state.earlier) == 1 or (state.asked and clause.of("period"))
    return whole if moves and is_whole and goes_on else None


def _of_other_nature(selects: tuple[Select, ...], before: tuple[Select, ...]) -> tuple[Select, ...] | None:
    """The other nature of the item whose one was asked for just before (办公费基本支出里多少、项目支出里多少)."""
    if len(selects) != 1 or len(before) != 1 or not selects[0].names or not _are_natures(selects[0]):
        return None
    kept = tuple(name for name in before[0].names if name.text not in NATURES.values())
    if len(kept) == len(before[0].names) or not any(not name.is_unit for name in kept):
        return None
    return (before[0].model_copy(update={"names": (*kept, *selects[0].names), "spans": selects[0].spans}),)


def codes_apart(selects: tuple[Select, ...], clause: Clause) -> tuple[Select, ...]:
    """Two codes side by side of one thing are a figure each (养老保险缴费在功能科目2080505和经济科目30108里)."""
    said = [p for p in clause.pieces if p.kind != "class"]
    codes = tuple(
        name_of(code)
        for first, joint, second in zip(said, said[1:], said[2:], strict=False)
        if joint.kind == "joint" and _is_code(first) and _is_code(second)
        for code in (first, second)
    )
    if not codes or len(selects) > len(codes):  # crossed with columns
        return selects
    units = tuple(dict.fromkeys(n for s in selects for n in _all_names(s) if n.is_unit))
    within = tuple(dict.fromkeys(n for s in selects for n in s.within if not n.is_unit))
    each = tuple(Select(names=(*units, code), within=within, spans=code.spans) for code in dict.fromkeys(codes))
    columns = tuple(dict.fromkeys(name_of(p) for p in clause.of("name") if is_of_item(p)))  # 30211和30216的项目支出
    return tuple(s.model_copy(update={"names": (*s.names, c)}) for s in each for c in columns) or each


def _is_code(piece: Piece) -> bool:
    return piece.kind == "name" and _is_code_name(name_of(piece))


def is_of_units(select: Select) -> bool:
    return bool(select.names) and all(name.is_unit for name in select.names)


def _all_names(select: Select) -> tuple[Name, ...]:
    return (*select.within, *select.names)


def selects_in(clause: Clause, state: State) -> Iterator[Select]:
    """The figures that a clause names, in order: names side by side belong together, joints part them."""
    first = clause.pieces[0]
    heads = first.kind == "within" or (first.text in ("那", "这", "它") and bool(clause.of("within")))
    if heads:
        state.within, state.is_inside = [*merged(state.context.selects[:1]).names], True
    prefix, groups = groups_of(clause)
    quantity, winner = quantity_of(clause), winner_meant(clause, state)
    before = tuple(name_of(p) for p in prefix if p.kind in ("name", "word"))
    side_before = next((p.name for p in prefix if p.kind == "total"), None)
    points = state.spoken and _BOTH.search(clause.text)  # 基本支出里这两项
    groups = as_members(list(natures_apart(groups)), (*state.within, *(n for s in state.spoken for n in s.names)))
    columns = [piece for group in groups for piece in group]
    points_back = prefix and _THIS_ONE.search(clause.text) and len(state.context.selects) == 1
    points_back = points_back and not _IT_LEFT_OUT.search(clause.text)  # 全部支出里不算这笔
    if points_back and len(groups) < 2 and all(p.kind == "name" and is_column(p) for p in columns):
        item = state.context.selects[0]  # 那张表里这一项是多少, 采购表里这项的数量
        names = (*item.names, *map(name_of, columns))
        yield item.model_copy(update={"names": names, "within": before, "is_inside": True, "quantity": quantity})
        return
    groups = _with_rows(with_lead(with_sides(_distributed(_with_numbers(groups))), is_of_item)) or (
        [prefix] if prefix and not (points or _has_rows(clause)) else []
    )
    if _leads_with_total(clause) and _has_items(state.within):
        yield Select(names=tuple(state.within))  # 某服务费：总额、一般公共预算和政府性基金各多少
    is_list = _lists(groups, clause)
    if not groups and (opposite := _other_nature(clause, state)) is not None:
        groups = [[opposite]]
    for group in groups:
        side = next((p.name for p in group if p.kind == "total"), None)
        is_actual = any(_is_actual(p, clause, state) for p in group)
        names = tuple(name_of(p) for p in group if p.kind in ("name", "word") and not _is_actual(p, clause, state))
        if is_actual:
            of = tuple(name for name in names if name.text not in STAFF) or _kind_of_posts(state)
            names, quantity = (Name(text=ACTUAL), *of), "count"
        others = [p for p in group if p.kind == "name" and p.text not in _PAPERS]
        if side and not all(roles_of(p) <= {"unit", "whole", "table"} for p in others):
            side = None
        elif side:
            names = tuple(name for name in names if name.text not in _PAPERS)
        if any(name.text in POST_NAMES for name in names):
            quantity = "count"
        within = before if group is not prefix else ()
        is_split = _GOES_THROUGH.search(clause.text) or _splits_asserted(state)
        if not within and is_split and all(p.text in NATURES.values() for p in group):
            within = next((s.names for s in reversed(state.spoken) if not _are_natures(s)), ())
        if not side and names and all(name.text in PLAIN for name in names):
            continue
        inside = _within(names, within, state)
        if group and all(p.kind == "name" and roles_of(p) == {"table"} for p in group) and _has_items(inside):
            names, inside = inside, names  # 委托业务费，基本支出表和项目支出表各多少
        of_any = all(p.text in _AMOUNT_OF_ANY for p in group) or any(map(_is_code_name, inside))
        if side and not names and _has_items(inside) and of_any:
            names, inside, side = inside, (), None  # 那个考核奖，盘子多大; 2210201，支出是多少
        if any(name.is_linked for name in names) or side or (is_list and _names_anything(group)):
            select = Select(
                names=names, side=side_of(side or (side_before if not names else None)), quantity=quantity,
                within=inside, period=_period(clause, state), is_inside=bool(within) or heads,
                counted=None if any(name.text in POST_NAMES for name in names) else counted_unit(clause, quantity),
                spans=tuple((p.start, p.end) for p in group),
            )  # fmt: skip
            yield with_winner(_total_of_unit(as_named(select, state.meant_sides)), winner)


def _total_of_unit(select: Select) -> Select:
    """``某学校的收入总计``: all that the unit has; no table has a row of that name for it."""
    units = tuple(name for name in select.names if name.is_unit)
    others = [name.text for name in select.names if not name.is_unit]
    said = _TOTAL_OF_SIDE.fullmatch(others[0]) if units and len(others) == 1 and select.side is None else None
    return select.model_copy(update={"names": units, "side": side_of(said["side"])}) if said else select


def _leads_with_total(clause: Clause) -> bool:
    """Whether a clause lists a total before kinds of money, all of what was named before it."""
    first = next((p for p in clause.pieces if p.kind not in ("framing", "filler", "period", "year")), None)
    is_total = first is not None and first.kind == "op" and first.name == "sum"
    return is_total and first is not None and before_joint(first, clause) and bool(clause.of("name"))


def _is_code_name(name: Name) -> bool:
    return name.text.isdigit() and len(name.text) > 2


def _lists(groups: Sequence[Sequence[Piece]], clause: Clause) -> bool:
    """Whether figures are listed side by side to be added or compared: none of them may drop out."""
    is_linked = any(piece.kind == "name" for group in groups for piece in group)
    are_joined = bool(clause.ops() & _JOINING) or _ALL_OF_THESE.search(clause.text) is not None
    return len(groups) > 1 and is_linked and bool(clause.of("joint")) and are_joined


def _names_anything(group: Sequence[Piece]) -> bool:
    """Whether a group is of words alone, each of which names something."""
    return all(piece.kind == "word" and any(map(holds_noun, content_of(piece.text))) for piece in group)


_TOTAL_OF_SIDE: Final = re.compile("(?P<side>收入|支出)(?:合计|总计|总额)")
_JOINING: Final = frozenset({"sum", "gap", "ratio", "mean", "list", "share"})
_IT_LEFT_OUT: Final = pattern("it_left_out")
_ALL_OF_THESE: Final = re.compile("[这那][两俩二仨三四五六几](个|项|笔|块|类|样|种|家|部分)")
_THIS_ONE: Final = pattern("this_one")
_AMOUNT_OF_ANY: Final = frozenset({"盘子", "总盘子", "盘", "总额"})
_GOES_THROUGH: Final = pattern("goes_through")
NATURES: Final = {"项目": "项目支出", "基本": "基本支出"}


def _splits_asserted(state: State) -> bool:
    """Whether both kinds of expenditure are asked for behind an item's amount (A170万，基本支出多少、项目支出多少)."""
    items = [name for said in state.asserted[-1:] for name in names_of(said.query) if name.is_linked]
    is_item = any(not name.is_unit and name.text not in NATURES.values() for name in items)
    return is_item and all(nature in state.whole_text for nature in NATURES.values())


def _are_natures(select: Select) -> bool:
    return all(name.text in NATURES.values() for name in select.names)


def _other_nature(clause: Clause, state: State) -> Piece | None:
    """``走项目的多少`` beside 基本支出: the column of the other nature, no list of projects."""
    classes = clause.of("class")
    is_beside = any(name.text == "基本支出" for select in state.spoken for name in select.names)
    if len(classes) != 1 or classes[0].text not in NATURES or clause.ops() or not is_beside:
        return None
    return replace(classes[0], kind="name", text=NATURES[classes[0].text], token=None)


def _with_rows(groups: list[list[Piece]]) -> list[list[Piece]]:
    """Columns named behind a row are columns of that row (差旅费合计、基本支出、项目支出各多少)."""
    if len(groups) < 2 or not groups[0] or all(p.text in NATURES.values() for p in groups[0]):
        return groups
    if crossed := _crossed(groups):
        return crossed
    ending = [p for p in groups[-1] if roles_of(p) == {"column"}]
    if (
        ending
        and len(ending) < len(groups[-1])
        and all(p not in ending and "column" not in roles_of(p) for g in groups[:-1] for p in g)
    ):
        return [*([*group, *ending] for group in groups[:-1]), groups[-1]]
    if len(groups[-1]) > 1 and all(len(g) == 1 and _share_row(g[0], groups[-1][-1]) for g in groups[:-1]):
        return [*([*group, groups[-1][-1]] for group in groups[:-1]), groups[-1]]
    if len(groups[0]) == 1 and _FUND.match(groups[0][0].text):
        return groups  # 一般公共预算和单位资金: no row and its column
    if len(groups[0]) > 1 and all(_FUND.match(group[-1].text) for group in groups):
        rows = [p for p in groups[0][:-1] if p.kind == "name" and not _is_unit([p])]
        others = [p for group in groups[1:] for p in group[:-1]]
    else:
        rows = [p for p in groups[0] if "row" in roles_of(p)]
        others = [p for group in groups[1:] for p in group]
    if not rows or any(roles_of(p) - {"column", "statement", "table"} for p in others):
        return groups
    if any(_columns_of(one) & _columns_of(other) for one in rows for other in others):
        return groups  # 会议费和培训费: side by side in one table too
    return [groups[0], *([*rows, *group] for group in groups[1:])]


def _with_numbers(groups: list[list[Piece]]) -> list[list[Piece]]:
    """The groups, a column for how many there are with what is counted before it (台式机一共|要买几台)."""
    joined: list[list[Piece]] = []
    for group in groups:
        if joined and all(map(_is_number_column, group)):
            joined[-1] = [*joined[-1], *group]
        else:
            joined.append(group)
    return joined


def _is_number_column(piece: Piece) -> bool:
    links = piece.token.links if piece.token and piece.kind == "name" else ()
    return COUNT.search(piece.text) is not None and bool(links) and all(link.role == "column" for link in links)


def _crossed(groups: list[list[Piece]]) -> list[list[Piece]]:
    """Each item with each of several columns that are named behind or before all of them; empty where none are.

    培训费、差旅费的基本支出和项目支出; 按基本支出和项目支出把30227拆开.
    """
    tables = {link.table_id for p in groups[0] if p.token for link in p.token.links if link.role == "row"}

    def is_column_here(piece: Piece) -> bool:
        """Whether it is a column only, or one of a table that the first item stands in (财政拨款 of 收入总表)."""
        return _is_pure_column(piece) or (piece not in groups[0] and bool(_columns_of(piece) & tables))

    columns = [p for group in groups for p in group if is_column_here(p)]
    items = [kept for group in groups if (kept := [p for p in group if not is_column_here(p)])]
    if len(items) > 1 and all(item == items[0] for item in items):
        return []  # 30227在基本支出、项目支出里: crossed already
    apart = [all(map(is_column_here, group)) for group in groups]
    follow = len(items) > 1 and not any(apart[: len(items)]) and all(apart[len(items) :])
    lead = len(items) == 1 and len(groups) > 1 and all(apart[:-1]) and is_column_here(groups[-1][0])
    rows = all("row" in roles_of(p) for item in items for p in item)
    is_split = follow and is_column_here(groups[len(items) - 1][-1])
    if len(columns) < 2 or not items or not rows or not (is_split or lead):
        return []
    return [[*item, column] for item in items for column in columns]


def is_of_item(piece: Piece) -> bool:
    """Whether a name is a column that an item has figures in (基本支出, 一般公共预算)."""
    return piece.kind == "name" and (piece.text in _ITEM_COLUMNS or _is_pure_column(piece))


_FUND: Final = pattern("funds")
_ITEM_COLUMNS: Final = ("基本支出", "项目支出", "人员经费", "公用经费", "专项业务经费")


def names_item(clause: Clause) -> bool:
    """Whether a clause names an item that has a row of its own, and is no column of others."""
    return any("row" in roles_of(p) and not is_of_item(p) for p in clause.of("name"))


def _is_pure_column(piece: Piece) -> bool:
    return "column" in roles_of(piece) and roles_of(piece) <= {"column", "statement", "table"}


def _share_row(one: Piece, other: Piece) -> bool:
    """Whether one row bears both names (拱北海关, 春节慰问金)."""
    return bool(_row_keys(one) & _row_keys(other))


def _columns_of(piece: Piece) -> set[str]:
    """The tables that have a column of a name."""
    return {link.table_id for link in (piece.token.links if piece.token else ()) if link.role == "column"}


def _row_keys(piece: Piece) -> set[str]:
    return {link.key for link in (piece.token.links if piece.token else ()) if link.role == "row"}


def counting(select: Select, clause: Clause, state: State) -> Select:
    """What was spoken of, in the quantity that is asked for now."""
    quantity = "count" if any(name.text in POST_NAMES for name in select.names) else quantity_of(clause)
    changes: dict[str, object] = {"quantity": quantity, "counted": counted_unit(clause, quantity)}
    if clause.of("period", "year"):
        changes["period"] = _period(clause, state)
    return select.model_copy(update=changes)


def quantity_of(clause: Clause) -> Quantity:
    """Whether a number of things is asked for, or money."""
    match = COUNT.search(clause.text)
    if match is None or MONEY.search(clause.text):
        return "any"
    return "count" if match["unit"] or not _AMOUNT.search(clause.text) else "any"


def counted_unit(clause: Clause, quantity: Quantity) -> str | None:
    """The counting word of what is asked for (几辆, 多少批次)."""
    match = COUNT.search(clause.text) if quantity == "count" else None
    return match["unit"] if match else None


def _has_rows(clause: Clause) -> bool:
    """Whether a class of rows is named."""
    return bool(clause.of("class"))


def side_of(text: str | None) -> Side | None:
    return "收入" if text == "收入" else "支出" if text == "支出" else None


POST_NAMES: Final = frozenset({"编制", "行政编制", "事业编制", "人员编制", "工勤编制"})
AT_WORK: Final = frozenset({"在编", "在职", "在岗"})
STAFF: Final = frozenset({ACTUAL, "实有", "编制", "人员", "人数", "人"})


def _kind_of_posts(state: State) -> tuple[Name, ...]:
    """The kind whose posts were asked for last (行政编制几个, 实有几个)."""
    last = state.figures[-1:]
    kinds = [kind for select in last for name in select.names if (kind := name.text.removesuffix("编制")) != name.text]
    return tuple(Name(text=kind) for kind in kinds if f"{kind}编制" in POST_NAMES and kind not in ("", "人员"))


def _is_actual(piece: Piece, clause: Clause, state: State) -> bool:
    """Whether a piece asks for the people that are there: by a counting word, or beside 编制."""
    if piece.kind not in ("word", "op") or not ACTUAL_SAID.fullmatch(piece.text):
        return False
    spoken = any("编制" in name.text for select in (*state.spoken, *state.context.selects) for name in select.names)
    return spoken or bool(_PEOPLE.search(clause.text))


def name_of(piece: Piece) -> Name:
    """A piece as a name of the query: as the lexicon has it, else as it is said."""
    roles = roles_of(piece)
    meant = piece.token.text if piece.token and piece.token.name else None
    return Name(
        text=meant or piece.text,
        meant=piece.token.name if meant and piece.token else None,
        is_linked=piece.kind == "name",
        is_unit=bool(roles) and roles <= {"unit", "whole"},
        spans=((piece.start, piece.end),),
    )


def _within(names: tuple[Name, ...], before: tuple[Name, ...], state: State) -> tuple[Name, ...]:
    own = {GOAL_PROJECTS, *(name.text for name in names)}  # nothing is printed within what only a sentence counts
    inherited = () if state.goes_on and not state.is_inside else state.within
    if any(_ALL_GRANTS.match(name.text) for name in names) and any(map(_is_grant, inherited)):
        inherited = [name for name in inherited if not _is_grant(name)]  # 一般公共预算多了，财政拨款怎么少了
    return tuple(name for name in (before or inherited) if name.text not in own)


def _is_grant(name: Name) -> bool:
    """Whether a name is that of one kind of 财政拨款, within which all of it never is."""
    return _ONE_GRANT.match(name.text) is not None


def _has_items(names: Collection[Name]) -> bool:
    return any(name.is_linked and not name.is_unit for name in names)


def _period(clause: Clause, state: State) -> Period:
    """Last year's figure, where a year before the document's is named and nothing is compared with it.

    A clause that says no year is about the one of the figure asked for just before (2024年培训费多少，差旅费呢).
    """
    around = zip((None, *clause.pieces), clause.pieces, strict=False)  # 2025年当年: no other year than that
    periods = {p.name for year, p in around if p.kind == "period" and not (year and year.kind == "year")}
    if not periods and not clause.of("year", "basis") and _asks_of_last_year(state):
        periods = {"last"}
    years = {int(p.name) for p in clause.of("year")}
    before = state.year is not None and years == {state.year - 1}
    is_last = periods == {"last"} or (before and "this" not in periods)
    return "last" if is_last and not clause.ops() & {"versus", "change", "more", "less", "gap"} else "this"


def _asks_of_last_year(state: State) -> bool:
    """Whether what was asked for last are figures of the year before the document's."""
    before = state.context.query
    asked = before.of if isinstance(before, Several) else (before,)
    return all(isinstance(each, Select) and each.period == "last" for each in asked)


def groups_of(clause: Clause) -> tuple[list[Piece], list[list[Piece]]]:
    """The names that the rest of the clause is within (before 里, 中), and the names side by side in between joints."""
    prefix: list[Piece] = []
    groups: list[list[Piece]] = [[]]
    inside = 0
    told = [
        (clause.start + m.start(), clause.start + m.end())
        for pattern in (STARTS, ENDS, HOLDS, _BENEFICIARY) for m in pattern.finditer(clause.text)
    ]  # fmt: skip
    left_out, divides = _excluded_span(clause), "ratio" in clause.ops()
    denied = {span for name in denied_names(clause) for span in name.spans}
    for piece in clause.pieces:
        if left_out[0] <= piece.start < left_out[1] or (piece.start, piece.end) in denied:
            continue
        if piece.text == "在" and groups[-1]:
            groups.append([])
            inside = len(groups) - 1
        elif piece.kind == "within" and inside and inside < len(groups):
            inner, outer = groups[inside:], [p for group in groups[:inside] for p in group]
            if len(inner) > 1 and all(_parts_figures(p) for group in inner for p in group):
                groups = [*([*outer, *group] for group in inner), []]
            else:
                prefix += [p for group in inner for p in group]
                groups = [*groups[:inside], []]
            inside = 0
        elif piece.kind == "within" and any(groups) and not _is_joined(groups, clause):
            prefix += [p for group in groups for p in group]
            groups = [[]]
        elif piece.kind == "op" and piece.name == "sum" and groups[-1] and before_joint(piece, clause, within=True):
            continue
        elif piece.kind == "op" and piece.name == "count" and (actual := ACTUAL_SAID.match(piece.text)):
            groups[-1].append(Piece("word", actual.group(), piece.start, piece.end))
        elif _counts_vehicles(piece, clause):
            groups[-1].append(Piece("name", _vehicles_in(clause), piece.start, piece.end))
        elif piece.kind == "op" and piece.name == "count" and (noun := _NOUN.search(piece.text)):
            if groups[-1]:
                groups.append([])
            groups[-1].append(_counted_noun(noun["noun"], piece, clause))
        elif piece.kind in _PARTING or piece.text == "还是" or (divides and piece.text in _COPULA):
            if groups[-1]:
                groups.append([])
        elif any(start <= piece.start < end for start, end in told):
            continue
        elif piece.kind in ("name", "total") or (piece.kind == "word" and content_of(piece.text)):
            groups[-1].append(piece)
    return prefix, [group for group in groups if group]


def _parts_figures(piece: Piece) -> bool:
    """Whether a piece names a table or a column, of which several tell figures of one item apart."""
    return "table" in roles_of(piece) or _is_pure_column(piece) or piece.text in NATURES.values()


BUYS: Final = pattern("buys")


def _counts_vehicles(piece: Piece, clause: Clause) -> bool:
    """Whether vehicles are counted by their word alone (一共几辆): of no kind that is named."""
    is_bare = piece.kind == "op" and piece.name == "count" and piece.text.endswith("辆")
    return is_bare and not clause.of("name")


def _counted_noun(noun: str, piece: Piece, clause: Clause) -> Piece:
    """What is counted, as the name that the documents give it (几辆车 -> 车辆)."""
    is_vehicle = noun.endswith("车")
    text = _vehicles_in(clause) if is_vehicle else noun
    return Piece("name" if is_vehicle else "word", text, piece.end - len(noun), piece.end)


def _vehicles_in(clause: Clause) -> str:
    """What vehicles are called that a clause counts: those that are bought, by the money for them."""
    return BOUGHT_VEHICLES if BUYS.search(clause.text) else "车辆"


_NOUN: Final = pattern("noun")
_COPULA: Final = frozenset({"是", "为", "相当于", "等于", "抵", "抵得上", "顶"})
"""Words between two figures of which one is divided by the other."""

_PARTING: Final = frozenset({"joint", "op", "bound", "intent", "ask", "number"})


def _is_joined(groups: list[list[Piece]], clause: Clause) -> bool:
    """Whether several things are named before 里 (甲和乙里): then they are not what the rest is within."""
    return len([group for group in groups if group]) > 1


_LEFT_BEHIND: Final = pattern("left_behind")
_LEFT_OUT: Final = pattern("left_out")
_ALL_GRANTS: Final = re.compile("财政拨款")
_ONE_GRANT: Final = re.compile("一般公共预算|政府性基金|国有资本经营")
_TELLING_WORD: Final = 4
"""Characters of an unknown word that may name an item."""

_APPOSITION: Final = pattern("apposition")
_TAKEN_AWAY: Final = pattern("taken_away")
_NOT_FROM: Final = pattern("not_from")
_BESIDE_FUND: Final = pattern("beside_fund")
_SAYS_LEFT_OUT: Final = (_TAKEN_AWAY, _LEFT_OUT, _LEFT_BEHIND, _NOT_FROM, _BESIDE_FUND)


_DENIES: Final = pattern("denies")
_BESIDE: Final = re.compile("[以之]?外")


def _left_out(clause: Clause) -> re.Match[str] | None:
    """What a clause says is left out (除…外, 不含…, 把…剔掉, …别算进来, 不是财政拨款出的)."""
    if "except" not in clause.ops():
        return None
    found = next((match for said in _SAYS_LEFT_OUT if (match := said.search(clause.text))), None)
    return found or _named_beside(clause)


def _named_beside(clause: Clause) -> re.Match[str] | None:
    """The name right before 以外 that no word before it leaves out (甲乙以外的合计多少)."""
    for before, sign in pairwise(p for p in clause.pieces if p.text not in ("以", "之")):
        if before.kind == "name" and sign.name == "except" and _BESIDE.fullmatch(sign.text):
            return re.compile(f"(?P<what>{re.escape(before.text)})[以之]?{sign.text}").search(clause.text)
    return None


def _excluded_span(clause: Clause) -> tuple[int, int]:
    """The stretch that is left out, with the words that say so behind it."""
    match = _left_out(clause)
    offset = clause.start
    return (offset + match.start("what"), offset + match.end()) if match else (0, 0)


def _is_unit(group: Sequence[Piece]) -> bool:
    return all(p.kind == "name" and roles_of(p) and roles_of(p) <= {"unit", "whole"} for p in group)


def is_column(piece: Piece) -> bool:
    """Whether a piece only names a kind of figure."""
    return roles_of(piece) <= {"column", "statement"}


def roles_of(piece: Piece) -> set[str]:
    """What the best links of a name lead to."""
    links = piece.token.links if piece.token else ()
    best = max((link.score for link in links), default=0.0)
    return {str(link.role) for link in links if link.score >= best - 0.05}


def _distributed(groups: list[list[Piece]]) -> list[list[Piece]]:
    """Units named side by side go with the item behind the last of them (甲和乙的公务接待费)."""
    tables = [group for group in groups[1:] if all("table" in roles_of(p) for p in group)]
    if len(groups) > 2 and len(tables) == len(groups) - 1 and not any("table" in roles_of(p) for p in groups[0]):
        return [[*groups[0], *table] for table in tables]
    if (
        len(groups) > 1
        and len(groups[0]) > 1
        and _is_unit(groups[0][:1])
        and not any(_is_unit([p]) for g in groups[1:] for p in g)
    ):
        return [groups[0], *([groups[0][0], *group] for group in groups[1:])]
    units = [group for group in groups if _is_unit(group)]
    mixed = [group for group in groups if not _is_unit(group)]
    if not units or not mixed:
        return groups
    lead = [p for p in mixed[0] if p.kind == "name" and roles_of(p) <= {"unit", "whole"}]
    heads = [*units, *([lead] if lead else [])]
    items = [[p for p in group if p not in lead] for group in mixed]
    return [[*unit, *item] for unit in heads for item in items if item]


def without_names(select: Select, texts: Collection[str]) -> Select:
    return select.model_copy(update={"names": tuple(name for name in select.names if name.text not in texts)})


def merged(selects: tuple[Select, ...]) -> Select:
    """All names of several selections as one."""
    if not selects:
        return Select()
    names = tuple(dict.fromkeys(name for s in selects for name in (*s.within, *s.names)))
    return Select(names=names, side=next((s.side for s in selects if s.side), None))


def excluded_names(clause: Clause) -> tuple[Name, ...]:
    """The names between 除 and 外, without what only points at them (…这个大筐, …这种兜底的)."""
    match = _left_out(clause)
    if match is None:
        return ()
    pointing = _APPOSITION.search(match["what"])
    start = clause.start + match.start("what")
    end = start + (pointing.start() if pointing else len(match["what"]))
    return tuple(name_of(p) for p in clause.of("name", "word") if start <= p.start < end)


def denied_names(clause: Clause) -> tuple[Name, ...]:
    """The words that cells of rows hold and of which it is said that those meant don't (没走集中采购的是哪一笔)."""
    return tuple(
        name_of(piece)
        for piece in clause.of("name")
        if roles_of(piece) == {"attribute"} and _DENIES.search(clause.before(piece.start))
    )


def excluded_queries(clause: Clause) -> tuple[Query, ...]:
    """What is left out, each thing that is named with its own words: a figure, or the rows of a class together."""
    start, end = _excluded_span(clause)
    groups: list[list[Piece]] = [[]]
    for piece in (p for p in clause.pieces if start <= p.start < end):
        groups = [*groups, []] if piece.kind == "joint" else [*groups[:-1], [*groups[-1], piece]]
    return tuple(query for group in groups if (query := _excluded(group)) is not None)


def _excluded(group: Sequence[Piece]) -> Query | None:
    names = tuple(name_of(p) for p in group if p.kind == "name") or _unknown(group)
    rows_meant = any(p.kind == "class" and p.name == "project" for p in group)
    if not names:
        return None
    return Sum(of=(Rows(within=Select(names=names), kind="project"),)) if rows_meant else Select(names=names)


def _unknown(group: Sequence[Piece]) -> tuple[Name, ...]:
    """Unknown words as the name of what is left out, which then has to be found by them."""
    return tuple(name_of(p) for p in group if p.kind == "word" and len(p.text) >= _TELLING_WORD)


def only_leaves_out(clause: Clause) -> bool:
    """Whether all that a clause says is what the next one is to leave out (刨去其他商品和服务支出这个大筐)."""
    start, end = _excluded_span(clause)
    rest = [p for p in clause.of("name", "word", "class", "total") if not start <= p.start < end]
    return bool(end) and not rest and not clause.asks and bool(excluded_names(clause))
