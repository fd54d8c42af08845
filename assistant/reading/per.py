"""Money for each of something: what is divided, and by how many (人均, 每辆, 一期摊多少, A除以B)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Final

from assistant.query import (
    ACTUAL,
    BOUGHT_VEHICLES,
    GOAL_PROJECTS,
    Difference,
    Each,
    Fixed,
    Name,
    Query,
    Ratio,
    Select,
    Several,
    Sum,
    Target,
    unplaced,
)
from assistant.reading.clauses import PER, PER_MONTH, Clause, bare_text
from assistant.reading.computed import several
from assistant.reading.forms import divisor_said
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.selects import (
    BUYS,
    PLAIN,
    POST_NAMES,
    name_of,
    only_linked,
    without_names,
)
from assistant.reading.settled import WHICH_PARTY
from assistant.reading.state import State
from assistant.understand.kinds import alike
from assistant.understand.tokenize import chinese_number

_COMPARING: Final = frozenset({"which", "more", "less", "gap"})
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

_OF_MACHINES: Final = "部"
_VEHICLE: Final = re.compile("(公务?|小|汽|轿|客|新)车|车辆|用车")
"""What is counted by 辆 as well as by the word for machines (两部公车)."""

_ADDED_UP: Final = pattern("added_up")
_SO_MANY: Final = re.compile("(?P<k>[两二三四五六])(?:笔|项|个|样|块|者|类)")
_LISTED: Final = frozenset("个项家种条处所件批份篇门班间栋张套座位")
"""Counting words with which 每 lists rows (每家多少), where nothing says that something is divided."""

_COUNTED_NAMES: Final = frozenset({
    "车", "车辆", "公车", "一辆", "一辆车", "每辆车", "每辆", "车辆总数", "车辆数", "车辆数量", "人", "每人", "人均",
    "人数", "人员数", "编制数", "职工人数", "在职人数", "在职人", "在编人", "在岗人", "编制", "数量",
})  # fmt: skip
"""Names of what an amount is divided by, which are none of the amount."""

_POSTS: Final = "编制"
_BY: Final = ("按", "照", "除以")
_KIND_OF_POSTS: Final = pattern("kind_of_posts")
_PEOPLE_ONLY: Final = frozenset({"人数", "总人数"})
_BY_VEHICLES: Final = re.compile("车(来|去)?(平?摊|平均|算|除|分)$")
_VEHICLE_NUMBERS: Final = frozenset({"车辆数", "车辆总数", "车辆数量"})
_DIVIDING: Final = pattern("dividing")
_VEHICLES: Final = frozenset({"公车", "公务用车", "用车", "车辆", "车", "小汽车", "新车", "公务车"})
_PEOPLE: Final = re.compile("(人员|职工|干部|学生|教师|人数)$")
_DIVIDES: Final = pattern("divides_by_posts")
_ACTUAL: Final = re.compile("(实有|在职|在编|在岗|现有)(人数|人员|人头|的(人|数)?(?=算|摊|来))")
_DIVIDES_BY: Final = pattern("divides_by")
_DIVIDES_BOTH: Final = pattern("divides_both")
_NUMBERS: Final = re.compile("(数|数量|人次|面积|总量|规模)$")


BY_NUMBER: Final = pattern("form_by")
"""What says that money is divided by a number that is set or told (按目标人数算)."""

GIVEN: Final = pattern("given_number")
_POINTING: Final = re.compile("^(就|按|照|拿|以|这|那|是)+")
_ALL_GIVEN: Final = "问题里给的数"
_EACH_OF: Final = re.compile("各|分别")


def given_numbers(clause: Clause, state: State) -> list[Fixed]:
    """The numbers of things that a clause gives, where an amount is divided by how many there are (按66个人算).

    A number in words is one where it is said that something is divided.
    """
    match = PER.search(state.whole_text)
    if match is None:
        return []
    units = alike(_counter_in(match, state.whole_text))
    given = (told for told in GIVEN.finditer(bare_text(clause)) if told["value"] or _DIVIDING.search(state.whole_text))
    found = ((_number(told), told["unit"] or told["thing"], _of_what(told)) for told in given)
    return [Fixed(value=value, unit=unit, name=of or _ALL_GIVEN) for value, unit, of in found if unit in units]


def _number(given: re.Match[str]) -> Decimal:
    """The number that is given, in figures or in words."""
    return Decimal(given["value"]) if given["value"] else chinese_number(given["said"]) or Decimal(0)


def _of_what(given: re.Match[str]) -> str:
    """What a number is given of, "" where it only says to go by it (按这156人)."""
    said = given["of"] or ""
    return "" if _ADDED_UP.search(said) else _POINTING.sub("", said)


def of_money(selects: Sequence[Select], given: Sequence[Fixed]) -> bool:
    """Whether a clause that gives numbers names anything besides what they are numbers of."""
    counted = "".join(each.name for each in given)
    linked = (name for select in selects for name in select.names if name.is_linked)
    return any(not (name.is_unit or name.text in counted or _PEOPLE.search(name.text)) for name in linked)


def divisor_in(clause: Clause) -> Select | None:
    """What an amount is to be divided by: 按338名编制摊, 除以编制数, 除以批准购置的辆数."""
    if posts := _DIVIDES.search(clause.text):
        return Select(names=_posts_meant(posts, clause), quantity="count", counted="人")
    both = _DIVIDES_BOTH.search(clause.text)
    match = both or _DIVIDES_BY.search(clause.text)
    if match is None:
        return None
    by = [p for p in clause.of("name") if _lies_in(p, match, clause) and _NUMBERS.search(p.text)]
    if _ACTUAL.search(match.group()):
        named = (name_of(p) for p in clause.of("name") if _lies_in(p, match, clause))
        units = (name for name in named if name.is_unit)
        return Select(names=(*units, Name(text=ACTUAL)), quantity="count", counted="人")
    if by and all(p.text in _PEOPLE_ONLY for p in by):
        return Select(quantity="count", counted="人")
    if (by and all(p.text in _VEHICLE_NUMBERS for p in by)) or _BY_VEHICLES.search(match.group()):
        return Select(names=(Name(text=_VEHICLE_STOCK),), quantity="count", counted="辆")
    if by:
        return Select(names=(name_of(by[-1]),), quantity="count")
    if both is not None:
        return None  # 拿甲和乙除一下: neither is a number of things
    counter = match["counter"] or ("人" if match["heads"] else None)
    return Select(quantity="count", counted=counter) if counter else None


def _posts_meant(match: re.Match[str], clause: Clause) -> tuple[Name, ...]:
    """The posts that an amount is divided by, of the kind that is said (按行政政法编制摊)."""
    if kind := _KIND_OF_POSTS.search(match.group()):
        return (Name(text=f"{kind.group()}{_POSTS}"),)
    by = clause.start + max(match.start(), *(match.start() + match.group().rfind(word) for word in _BY))
    named = (p for p in clause.of("name") if _lies_in(p, match, clause) and by <= p.start and _POSTS not in p.text)
    return (*(name for name in map(name_of, named) if not name.is_unit), Name(text=_POSTS))


def said_per(clause: Clause) -> Iterator[re.Match[str]]:
    """What says in a clause that there is so much for each of something, with what that is (每个|学员)."""
    for match in PER.finditer(clause.text):
        yield match
        if thing := _THING.match(clause.text, match.end()):
            yield thing


def _lies_in(piece: Piece, match: re.Match[str], clause: Clause) -> bool:
    start = clause.start
    return start + match.start() <= piece.start and piece.end <= start + match.end()


def compares_parties(clause: Clause, state: State) -> bool:
    """Whether it is asked which of several units whose documents are meant is ahead in a clause."""
    is_each = state.documents > 1 and PER.search(clause.text) is not None
    return is_each and bool(clause.ops() & _COMPARING or WHICH_PARTY.search(bare_text(clause)))


def per_query(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """``平均每辆车的运行维护费``, ``人均``: money over how many there are, as counted before or altogether.

    Of several units' documents that are compared by it, each one's and the difference.
    """
    match, monthly = PER.search(clause.text), PER_MONTH.search(clause.text)
    if match is None:
        return _per_month(selects, state) if monthly else _by_divisor(clause, selects, state)
    each = _per_thing(clause, selects, match, state)
    if each is None:
        return None
    if monthly or EACH_MONTH.search(clause.text):
        each = Ratio(part=each, base=_YEAR)
    return Difference(of=(Each(of=each),)) if compares_parties(clause, state) else each


def _by_divisor(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """``按车辆数平摊运行维护费，是多少``: money over what it is said to be divided by, of which nothing is counted."""
    by = state.divisor
    if by is None or not _DIVIDING.search(state.whole_text) or clause.ops() - {"list", "mean"}:
        return None
    moneys = _amounts(selects or state.context.selects, state)
    parts = (money.model_copy(update={"quantity": "amount"}) for money in moneys)
    return several(tuple(Ratio(part=p, base=_of_unit_of(_within_item(by, p), p)) for p in parts)) if moneys else None


def _per_thing(clause: Clause, selects: tuple[Select, ...], match: re.Match[str], state: State) -> Query | None:
    """Money over how many things there are."""
    counted, counts = _counter_in(match, clause.text), _counts_spoken(state)
    if counted == _OF_MACHINES and not state.given and _VEHICLE.search(state.whole_text):
        counted = "辆"
    own = [select for select in counts if _is_counted_by(select, counted)]
    divides = _DIVIDING.search(state.whole_text) or BY_NUMBER.search(state.whole_text)
    if not (own or counted not in _LISTED or divides):
        return None  # 每家多少: a list
    if (together := added_before(clause, selects, state)) is not None:
        each_of = _divided(together.of[0], 0, own, counted, state) if isinstance(together.of[0], Select) else None
        return each_of.model_copy(update={"part": together}) if isinstance(each_of, Ratio) else None
    moneys = _moneys_of(clause, selects, match, state)
    if not moneys and own and own[0].names:
        moneys = [own[0].model_copy(update={"counted": None})]  # 编报绩效目标的项目共几个，平均一个多少
    each = [_divided(money, place, own, counted, state) for place, money in enumerate(moneys)]
    return several(tuple(each)) if each else None


def added_before(clause: Clause, selects: tuple[Select, ...], state: State) -> Sum | None:
    """``两笔加起来平均每人多少``: what was asked for just before, where it is added up and no other money is named."""
    if of_money(selects, state.given):
        return None
    before = state.queries[-1] if state.queries else None
    if isinstance(before, Sum) and len(before.of) > 1:
        are_counts = any(isinstance(each, Select) and each.quantity == "count" for each in before.of)
        return None if are_counts else before
    said = state.whole_text[: clause.start].rstrip(",;").rsplit(",", 1)[-1] + clause.text
    if not _ADDED_UP.search(said):
        return None
    few = _SO_MANY.search(said)
    asked = before.of if isinstance(before, Several) else tuple(state.figures)
    moneys = (each for each in asked if isinstance(each, Select) and each.quantity != "count")
    figures = tuple(each.model_copy(update={"quantity": "amount"}) for each in moneys)
    is_meant = len(figures) > 1 and (few is None or chinese_number(few["k"]) == len(figures))
    return Sum(of=figures) if is_meant else None


def _divided(money: Select, place: int, counts: list[Select], counted: str, state: State) -> Query:
    stock, buys = _STOCK.get(counted, ""), _buys(money, state)
    named = (*money.within, *money.names)
    people = tuple(name for name in named if _PEOPLE.search(name.text))
    if stock == "人员" and people and len(people) < len(named):
        rest = tuple(name for name in money.names if name not in people)
        within = tuple(name for name in money.within if name not in people)
        money = money.model_copy(update={"names": rest or within[-1:], "within": within if rest else within[:-1]})
        counts = [each for each in counts if {*people} <= {*each.names}] or [Select(names=people, quantity="count")]
    part = money.model_copy(update={"quantity": "amount"})
    if (given := _given_for(money, place, counted, state)) is not None:
        return Ratio(part=part, base=given)
    if counted in _LISTED and any(name.text == GOAL_PROJECTS for name in money.names):
        return Ratio(part=part, base=money.model_copy(update={"quantity": "count", "counted": counted}))
    if state.divisor and state.divisor.names:
        return Ratio(part=part, base=_of_unit_of(_within_item(state.divisor, money), money))
    if by := divisor_said(state.whole_text):
        around = ("".join(name.text for name in named), state.whole_text)
        return Ratio(part=part, base=Target(text=by, around=around, counted=counted, kind="count"))
    if counts:
        count = without_names(counts[0], {name.text for name in named if not name.is_unit})
        return Ratio(part=part, base=_of_unit_of(count if count.names else counts[0], money))
    are_there = stock == _VEHICLE_STOCK and bool(_IN_USE.search(state.whole_text))
    of_all = (Name(text=stock),) if stock and (are_there or not (buys or state.divisor)) else ()
    return Ratio(part=part, base=Select(names=of_all, quantity="count", counted=counted))


def _of_unit_of(count: Select, money: Select) -> Select:
    """The people there, of no unit that is named, are of the one whose money is divided."""
    units = tuple(name for name in (*money.within, *money.names) if name.is_unit)
    is_of_any = not any(name.is_unit for name in (*count.within, *count.names))
    is_of_people = any(name.text == ACTUAL for name in count.names)
    return count.model_copy(update={"names": (*units, *count.names)}) if is_of_any and is_of_people else count


def _per_month(selects: tuple[Select, ...], state: State) -> Query | None:
    """A year's money, month by month; of a sum just asked for, the sum's."""
    before = state.context.query
    if not selects and isinstance(before, Sum):
        return Ratio(part=before, base=_YEAR)
    spoken = (only_linked(select) for select in selects or state.context.selects)
    money = (s.model_copy(update={"quantity": "amount"}) for s in spoken if s.names or s.side)
    each = tuple(Ratio(part=select, base=_YEAR) for select in money)
    return several(each) if each else None


def _counter_in(match: re.Match[str], text: str) -> str:
    """The counting word of what there are so many of (每|辆, 一个|人头, 人均)."""
    told = match.group()
    if (each := told.find("均")) > 0 and told[each - 1] in _EACH:
        return _EACH[told[each - 1]]
    counted = _COUNTER.findall(told)[-1]
    thing = _THING.match(text[match.end() :]) or _THING.search(told)
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


def _given_for(money: Select, place: int, counted: str, state: State) -> Fixed | None:
    """The number that the question gives for an amount: by what it is a number of, in order, or the only one."""
    given = [each for each in state.given if each.unit in alike(counted)]
    if any(BUYS.search(each.name) for each in given):  # 添30台，一台多少；现有664辆的运行维护费每辆多少
        is_bought = any("购置" in name.text for name in money.names)
        given = [each for each in given if bool(BUYS.search(each.name)) == is_bought]
    own = [each for each in given if any(_is_number_of(each, name) for name in money.names)]
    if len(own) == 1 or len(given) == 1:
        return (own or given)[0]
    return given[place] if 0 <= place < len(given) and all(each.name == _ALL_GIVEN for each in given) else None


def _is_number_of(given: Fixed, name: Name) -> bool:
    """Whether a number is given of what an amount is for (出国5个人, 因公出国费)."""
    return given.name in name.text or name.text[:2] in given.name


def _moneys_of(clause: Clause, selects: tuple[Select, ...], match: re.Match[str], state: State) -> list[Select]:
    """The amounts that are divided: what the clause names, each of several; else what was named or asked for last."""
    counted = {p.text for p in clause.of("name", "word") if _lies_in(p, match, clause)} | _things(clause, match)
    own = tuple(_without_things(select, counted) for select in selects)
    before = state.spoken[: len(state.spoken) - len(selects)]
    is_each = bool(_EACH_OF.search(state.whole_text if len(state.given) > 1 else clause.text))
    for spoken in (own, state.context.selects, (*reversed(before), *reversed(state.figures))):
        if amounts := _once(_amounts(spoken, state)):
            return amounts if is_each and spoken in (own, state.context.selects) else amounts[:1]
    return []


def _once(moneys: Sequence[Select]) -> list[Select]:
    """Each amount once, wherever in the question it is said."""
    found: dict[Select, Select] = {}
    for money in moneys:
        found.setdefault(money.model_copy(update={"names": unplaced(money.names), "spans": ()}), money)
    return list(found.values())


def _without_things(select: Select, counted: Collection[str]) -> Select:
    """What a clause names besides what is counted, by which alone it may be a number of things (每个编制)."""
    left = without_names(select, counted)
    is_other = len(left.names) < len(select.names) and any(name.text in POST_NAMES for name in select.names)
    return left.model_copy(update={"quantity": "any", "counted": None}) if is_other else left


def _amounts(spoken: Sequence[Select], state: State) -> list[Select]:
    """What is named of money, by the names that items bear."""
    if BUYS.search(state.whole_text):
        spoken = tuple(map(_bought, spoken))
    counted = {*_COUNTED_NAMES, *PLAIN, *(name.text for name in (state.divisor.names if state.divisor else ()))}
    amounts = (without_names(select, counted) for select in spoken if select.quantity != "count")
    return [only_linked(select) for select in amounts if any(name.is_linked for name in select.names)]


def _things(clause: Clause, match: re.Match[str]) -> set[str]:
    """What is counted, right behind its counting word (一个|社工)."""
    end = clause.start + match.end()
    return {p.text for p in clause.of("name", "word") if p.start == end and _THING.fullmatch(p.text)}


def _buys(money: Select, state: State) -> bool:
    """Whether the money is for things that are bought: divided by those, and not by all that there are."""
    if any("运行" in name.text or "养" in name.text for name in money.names):
        return False  # 要添30台，运行维护费每辆多少
    return any("购置" in name.text for name in money.names) or bool(BUYS.search(state.whole_text))


def _bought(money: Select) -> Select:
    """What is spent on vehicles that are bought, where only vehicles are named."""
    things = (name for name in money.names if not BUYS.fullmatch(name.text))
    names = tuple(Name(text=BOUGHT_VEHICLES) if name.text in _VEHICLES else name for name in things)
    return money.model_copy(update={"names": names})


def _within_item(divisor: Select, money: Select) -> Select:
    """A number that is printed with the item (its indicator) is that item's; posts are the unit's."""
    return divisor if divisor.counted else divisor.model_copy(update={"within": (*money.within, *money.names)})
