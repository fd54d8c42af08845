"""Money for each of something: what is divided, and by how many (人均, 每辆, 一期摊多少, A除以B)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from assistant.query import (
    ACTUAL,
    Fixed,
    Name,
    Query,
    Ratio,
    Select,
    Sum,
)
from assistant.reading.clauses import PER, PER_MONTH, Clause
from assistant.reading.computed import several
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.selects import (
    BUYS,
    PLAIN,
    name_of,
    only_linked,
    without_names,
)
from assistant.reading.state import State
from assistant.understand.kinds import alike

_YEAR: Final = Fixed(value=Decimal(12), unit="个月")
EACH_MONTH: Final = pattern("each_month")
_COUNTER: Final = pattern("counter")
_THING: Final = pattern("per_thing")
_EACH: Final = {"人": "人", "生": "人", "户": "户", "车": "辆", "亩": "亩", "校": "所"}
"""What 人均, 户均 and the like count by."""

_STOCK: Final = {"辆": "车辆", "台": "车辆", "人": "人员", "名": "人员", "位": "人员"}
"""What a unit has so many of altogether, by its counting word."""

_VEHICLE_STOCK: Final = "车辆"
_IN_USE: Final = pattern("in_use")

_LISTED: Final = frozenset("个项家种条处所件批份篇门班间栋张套座位")
"""Counting words with which 每 lists rows (每家多少), where nothing says that something is divided."""

_COUNTED_NAMES: Final = frozenset({
    "车", "车辆", "公车", "一辆", "一辆车", "每辆车", "每辆", "车辆总数", "车辆数", "车辆数量", "人", "每人", "人均",
    "人数", "人员数", "编制数", "职工人数", "在职人数", "编制", "数量",
})  # fmt: skip
"""Names of what an amount is divided by, which are none of the amount."""

_PEOPLE_ONLY: Final = frozenset({"人数", "总人数"})
_DIVIDING: Final = pattern("dividing")
_VEHICLES: Final = frozenset({"公车", "公务用车", "车辆", "车", "小汽车", "新车", "公务车"})
_PEOPLE: Final = re.compile("(人员|职工|干部|学生|教师|人数)$")
_DIVIDES: Final = pattern("divides_by_posts")
_ACTUAL: Final = re.compile("(实有|在职|在编|在岗|现有)(人数|人员|人头)")
_DIVIDES_BY: Final = pattern("divides_by")
_NUMBERS: Final = re.compile("(数|数量|人次|面积|总量|规模)$")


def divisor_in(clause: Clause) -> Select | None:
    """What an amount is to be divided by: 按338名编制摊, 除以编制数, 除以批准购置的辆数."""
    if _DIVIDES.search(clause.text):
        return Select(names=(Name(text="编制"),), quantity="count", counted="人")
    match = _DIVIDES_BY.search(clause.text)
    if match is None:
        return None
    by = [p for p in clause.of("name") if _lies_in(p, match, clause) and _NUMBERS.search(p.text)]
    if _ACTUAL.search(match.group()):
        return Select(names=(Name(text=ACTUAL),), quantity="count", counted="人")
    if by and all(p.text in _PEOPLE_ONLY for p in by):
        return Select(quantity="count", counted="人")
    if by:
        return Select(names=(name_of(by[-1]),), quantity="count")
    counter = match["counter"] or ("人" if match["heads"] else None)
    return Select(quantity="count", counted=counter) if counter else None


def _lies_in(piece: Piece, match: re.Match[str], clause: Clause) -> bool:
    start = clause.pieces[0].start
    return start + match.start() <= piece.start and piece.end <= start + match.end()


def per_query(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """``平均每辆车的运行维护费``, ``人均``: money over how many there are, as counted before or altogether."""
    match, monthly = PER.search(clause.text), PER_MONTH.search(clause.text)
    if match is None:
        return _per_month(selects, state) if monthly else None
    each = _per_thing(clause, selects, match, state)
    monthly = monthly or EACH_MONTH.search(clause.text)
    return Ratio(part=each, base=_YEAR) if monthly and each is not None else each


def _per_thing(clause: Clause, selects: tuple[Select, ...], match: re.Match[str], state: State) -> Query | None:
    """Money over how many things there are."""
    counted, counts = _counter_of(match, clause), _counts_spoken(state)
    own = [select for select in counts if _is_counted_by(select, counted)]
    if not (own or counted not in _LISTED or _DIVIDING.search(state.whole_text)):
        return None  # 每家多少: a list
    money = _money_of(clause, selects, match, state)
    if money is None and own and own[0].names:
        money = own[0].model_copy(update={"counted": None})  # 编报绩效目标的项目共几个，平均一个多少
    if money is None:
        return None
    return _divided(money, own, counted, state)


def _divided(money: Select, counts: list[Select], counted: str, state: State) -> Query:
    stock, buys = _STOCK.get(counted, ""), _buys(money, state)
    people = tuple(name for name in money.names if _PEOPLE.search(name.text))
    if stock == "人员" and people and len(people) < len(money.names):
        money = money.model_copy(update={"names": tuple(name for name in money.names if name not in people)})
        counts = [Select(names=people, quantity="count")]
    part = money.model_copy(update={"quantity": "amount"})
    if state.divisor and state.divisor.names:
        return Ratio(part=part, base=_within_item(state.divisor, money))
    if counts:
        return Ratio(part=part, base=counts[0])
    are_there = stock == _VEHICLE_STOCK and bool(_IN_USE.search(state.whole_text))
    of_all = (Name(text=stock),) if stock and (are_there or not (buys or state.divisor)) else ()
    return Ratio(part=part, base=Select(names=of_all, quantity="count", counted=counted))


def _per_month(selects: tuple[Select, ...], state: State) -> Query | None:
    """A year's money, month by month; of a sum just asked for, the sum's."""
    before = state.context.query
    if not selects and isinstance(before, Sum):
        return Ratio(part=before, base=_YEAR)
    spoken = (only_linked(select) for select in selects or state.context.selects)
    money = (s.model_copy(update={"quantity": "amount"}) for s in spoken if s.names or s.side)
    each = tuple(Ratio(part=select, base=_YEAR) for select in money)
    return several(each) if each else None


def _counter_of(match: re.Match[str], clause: Clause) -> str:
    """The counting word of what there are so many of (每|辆, 一个|人头, 人均)."""
    told = match.group()
    if (each := told.find("均")) > 0 and told[each - 1] in _EACH:
        return _EACH[told[each - 1]]
    counted = _COUNTER.findall(told)[-1]
    thing = _THING.match(clause.text[match.end() :]) or _THING.search(told)
    return "人" if thing and thing["people"] else "辆" if thing and thing["car"] else counted


def _counts_spoken(state: State) -> list[Select]:
    """The numbers of things asked for or named so far, the last one first."""
    spoken = (*reversed(state.figures), *reversed(state.spoken))
    counts = (only_linked(select) for select in spoken if select.quantity == "count")
    return [s for s in counts if not s.names or any(name.text not in _PEOPLE_ONLY for name in s.names)]


def _is_counted_by(select: Select, counted: str) -> bool:
    if select.counted:
        return select.counted in alike(counted)
    names_people = any(_PEOPLE.search(name.text) or name.text == "编制" for name in select.names)
    return (names_people and "人" in alike(counted)) or any(name.text == _STOCK.get(counted) for name in select.names)


def _money_of(clause: Clause, selects: tuple[Select, ...], match: re.Match[str], state: State) -> Select | None:
    """The amount that is divided: what the clause names, else what was named or asked for last."""
    counted = {p.text for p in clause.of("name", "word") if _lies_in(p, match, clause)} | _things(clause, match)
    spoken = (*selects, *state.context.selects, *reversed(state.spoken), *reversed(state.figures))
    if BUYS.search(state.whole_text):
        spoken = tuple(map(_bought, spoken))
    amounts = (
        without_names(select, _COUNTED_NAMES | PLAIN | counted) for select in spoken if select.quantity != "count"
    )
    return next((only_linked(select) for select in amounts if any(name.is_linked for name in select.names)), None)


def _things(clause: Clause, match: re.Match[str]) -> set[str]:
    """What is counted, right behind its counting word (一个|社工)."""
    end = clause.pieces[0].start + match.end()
    return {p.text for p in clause.of("name", "word") if p.start == end and _THING.fullmatch(p.text)}


def _buys(money: Select, state: State) -> bool:
    """Whether the money is for things that are bought: divided by those, and not by all that there are."""
    return any("购置" in name.text for name in money.names) or bool(BUYS.search(state.whole_text))


def _bought(money: Select) -> Select:
    """What is spent on vehicles that are bought, where only vehicles are named."""
    names = tuple(Name(text="公务用车购置费") if name.text in _VEHICLES else name for name in money.names)
    return money.model_copy(update={"names": names})


def _within_item(divisor: Select, money: Select) -> Select:
    """A number that is printed with the item (its indicator) is that item's; posts are the unit's."""
    return divisor if divisor.counted else divisor.model_copy(update={"within": (*money.within, *money.names)})
