"""Readers: what one clause asks, as a query over what it names; the wording that says more goes first."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, Literal

from assistant.query import (
    ACTUAL,
    GOAL_PROJECTS,
    Breakdown,
    Change,
    Condition,
    Count,
    Difference,
    Each,
    Except,
    Exists,
    Filter,
    Mean,
    Name,
    PaidFrom,
    Query,
    Rank,
    Ratio,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Sum,
    adds_changes,
    names_of,
    nodes_of,
    rows_within,
)
from assistant.reading.against import (
    added_to_before,
    against_before,
    against_end,
    between_asked,
    conflict,
    heads_one,
    named_sum,
    sum_against,
)
from assistant.reading.asserted import change_asked
from assistant.reading.clauses import (
    ENDS,
    HOLDS,
    NUMBER,
    PER,
    POSTS,
    STARTS,
    WHICH_FUND,
    WHOSE,
    WHY,
    Clause,
    bare_text,
    joins_by_adding,
    text_of,
)
from assistant.reading.computed import (
    POINTS,
    is_change,
    one_of_query,
    parts_of_select,
    several,
    share_query,
    versus_query,
)
from assistant.reading.equations import equation
from assistant.reading.everyone import (
    asked_of_the_same,
    compared_before,
    everyone_query,
    parties_query,
    vehicles_compared,
)
from assistant.reading.filled import bounded_columns, lacked_by_units
from assistant.reading.further import FEW, taken_further
from assistant.reading.patterns import pattern
from assistant.reading.per import added_before, compares_parties, per_query
from assistant.reading.piece import Piece
from assistant.reading.references import (
    apart,
    asserted_figure,
    base_of_share,
    distinct,
    former_and_latter,
    gap_query,
    net_change,
    one_against_other,
    recomputed_change,
    share_of_other,
    sum_of_last_year,
)
from assistant.reading.remainders import not_among, remainder
from assistant.reading.row_shares import is_ranked_share, ranked_share
from assistant.reading.rows import FELL, ROSE, class_kind, limit_of, rows_query, without_items
from assistant.reading.said import Said, say
from assistant.reading.selects import (
    AT_WORK,
    COUNT,
    POST_NAMES,
    STAFF,
    counting,
    excluded_names,
    merged,
    only_linked,
    roles_of,
    without_names,
)
from assistant.reading.spending import rows_spent
from assistant.reading.state import State
from assistant.reading.winners import winner_meant
from assistant.words import content_of

_NUMBER_OR_GAP: Final = pattern("number_or_gap")
_USE: Final = pattern("use")
_FOR_WHAT: Final = pattern("for_what")
_ONE_NAME: Final = pattern("of_one_name")
_SPENT_ON: Final = pattern("spent_on")
_OF_REVENUE: Final = pattern("of_revenue")
_VEHICLES: Final = pattern("vehicles")
_OF_UNITS: Final = ("个", "家")
"""Counting words of units."""

_MONEY_FROM: Final = pattern("money_from")
_WHAT_MONEY: Final = pattern("what_money")
_INCLUDES: Final = pattern("includes")
_RANGE_ASKED: Final = pattern("range_asked")
_NAMES_ASKED: Final = pattern("names_asked")
_WHICH_UNITS: Final = pattern("which_units")
_OTHER_PART: Final = pattern("the_other_part")
_TWO: Final = 2
_THREE: Final = 3
_BOTH: Final = pattern("both")
_WHICH_YEAR: Final = re.compile("哪(一?年|个年度)(更|比较|要)?(多|少|高|低|大|小)")
_OF_ROWS: Final = re.compile("项目|科目|单位|[哪谁]")
_THAN: Final = ("比", "较", "跟", "和", "与", "同")
_APART_BY: Final = frozenset({"gap", "more", "less"})
_TIMES: Final = re.compile("[一二两三四五六七八九十几\\d]倍")
_APART: Final = re.compile("各|分别|每")
_BUDGET: Final = re.compile("预算|盘子|总账")
_IS_WHAT: Final = re.compile("(是|叫|指|对应)的?(是)?(哪一?[个项]?|什么|啥)")
_ONE_OF_TWO: Final = re.compile("(那|其中)?((?P<former>前者)|后者)(又|到底|究竟)?(是|为|有)?(多少|几)(钱|万元?|元)?")
_GAP_ALONE: Final = re.compile("(那|到底|究竟|中间)?(相|还)?差(了|着|出)?(多少|几)(钱|万元?|元)?")
_BOTH_OF_TWO: Final = re.compile("[两二](者|个数|数|边|头|处)(之间|间)?(相|的)?差")
_ASKS_EACH_ALONE: Final = re.compile("(各自?|分别)(是|涨|增|多|减|少|降)?了?多少(钱|万元?|元)?")
_EACH_FIGURE: Final = re.compile("^(它们|都|又)?(各自?|分别)(是|有|安排|为|合|要|花)?(了)?多少")
_DUTY: Final = "职责"
_MOST_TOLD: Final = 5
"""Items that are told where somebody asks where the money goes."""

_IS_TRUE: Final = pattern("is_true")
_IS_LEFT: Final = pattern("is_left")
_FUND: Final = pattern("fund_name")
_SET_FOR: Final = re.compile("(要求|达到|目标)[^,，]{0,6}(多少|几)")
_OF_WHOLE: Final = pattern("of_whole_budget")
_BELOW: Final = pattern("units_below")
_BORNE: Final = 0.9
"""Score from which an item bears a name."""

OVER: Final = pattern("over")
_OF_THE_FOUND: Final = pattern("of_the_found")
_OF_THE_BOUGHT: Final = pattern("of_the_bought")
_POSTS_FIRST: Final = pattern("posts_first")


def query_in(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """What a clause asks; None where it only names, or speaks of a contradiction without saying of what."""
    if (again := _asked_again(clause, selects, state)) is not None:
        return again
    said = _said(clause, selects, state)
    is_open = said.has_intent("conflict") and not _NUMBER_OR_GAP.search(said.text) and len(said.selects) < 2
    if is_open and not state.over_years and against_before(said) is None:
        return None
    return next((query for read in _READERS if (query := read(said)) is not None), None)


def asks_of_found(clause: Clause, before: Query | None) -> bool:
    """Whether a clause asks no more of the one project that a ranking found than what is told with it."""
    if not isinstance(before, Rank) or before.k != 1 or len(before.places) > 1 or clause.ops() & {"max", "min", "top"}:
        return False
    rows = [node for node in nodes_of(before) if isinstance(node, Rows)]
    are_projects = any(node.kind == "project" or _names_projects(node) for node in rows)
    return are_projects and _OF_THE_FOUND.fullmatch(bare_text(clause)) is not None


def _names_projects(rows: Rows) -> bool:
    """Whether rows are those of a table of projects."""
    return any("项目" in name.text and name.text.endswith("表") for name in names_of(rows))


def _asked_again(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """A clause that asks what was asked before, of something else or with the figures beside."""
    before = state.context.query
    if asks_of_found(clause, before):
        return before  # 第二大的项目是哪个，谁在做，多少钱: a project is told with its unit and its amount
    goes_on = state.goes_on or isinstance(before, Share | Change) or _is_of_years(before)  # A占百分之多少，B呢
    if goes_on and selects and not clause.ops() and (same := _same_question(clause, selects, state)) is not None:
        return same
    if clause.ops() == {"share"} and before is not None and is_ranked_share(before) and _adds_nothing(selects, before):
        return before
    other = ("name", "word", "total", "class", "scope", "year", "period", "basis")
    names_more = clause.of(*other) or _APART.search(clause.text)
    says_no_more = clause.ops() - {"list"} == {"share"} and not names_more
    if not selects and isinstance(before, Share) and (_IS_TRUE.search(clause.text) or says_no_more):
        return before  # 占到一成没有？具体占多少
    if not selects and clause.ops() == {"gap"} and (isinstance(before, Change) or adds_changes(before)):
        return before  # 涨了还是跌了，差多少
    if (times := _times_of_gap(clause, selects, before)) is not None:
        return times
    if not selects and isinstance(before, Ratio) and _TIMES.search(clause.text):
        return before  # 是它的几倍，有没有三倍
    is_of_range = _RANGE_ASKED.search(clause.text) and not clause.ops() & {"change", "gap"} and "比" not in clause.text
    if isinstance(before, Say) and before.intent == "what_is" and is_of_range:
        return before  # 退休的有没有: its definition says
    if not selects and isinstance(before, Sum) and clause.of("scope") and _ASKS_EACH.search(bare_text(clause)):
        return before  # A和B并起来看，甲局和乙局各是多少
    if not selects and _is_of_each(before) and _EACH_FIGURE.search(bare_text(clause)):
        return before  # 哪家每辆车的运行费更高，各是多少
    if not selects and isinstance(before, Change) and _IS_LEFT.fullmatch(bare_text(clause)):
        return before  # 砍了多少，还剩多少
    if not selects and isinstance(before, Change) and _ASKS_EACH_ALONE.fullmatch(clause.text):
        return before  # 涨在哪几块，各多少
    if selects and _asks_same(clause) and is_of_people(before):
        return _posts_and_people(selects, clause)
    if (
        not selects
        and isinstance(before, Say)
        and before.intent == "what_is"
        and _EACH_FIGURE.search(bare_text(clause))
    ):
        return Rows(within=Select(names=before.topic)) if len(before.topic) == 1 else None
    of_posts = (
        _speaks_of_people(state)
        or is_of_people(before)
        or any(name.text in POST_NAMES for s in selects for name in s.names)
    )
    if OVER.search(clause.text) and not selects and is_of_people(before):
        return _posts_and_people(() if "sum" in clause.ops() else state.context.selects, clause)
    if not selects and POSTS.search(clause.text) and (pair := _posts_beside_people(state)) is not None:
        return pair
    if POSTS.search(clause.text) or (OVER.search(clause.text) and of_posts):
        return _posts_and_people(selects or state.context.selects, clause)
    if _ranges_purchases(before) and _OF_THE_BOUGHT.fullmatch(bare_text(clause)):
        return before  # 是哪一笔，挂哪个专项: told with each purchase
    if before is not None and _lists_rows(before) and _adds_nothing(selects, before) and _asks_each(clause):
        return before
    return None


def _ranges_purchases(query: Query | None) -> bool:
    """Whether a query comes to lines of purchases, each of which is told with its words."""
    rows = [node for node in nodes_of(query) if isinstance(node, Rows)] if query is not None else []
    return _lists_rows(query) and bool(rows) and all(node.kind == "purchase" for node in rows)


def _asks_each(clause: Clause) -> bool:
    """Whether a clause asks no more than each row's figure, also by the name of its column (各用了多少单位资金)."""
    said = "".join(piece.text for piece in clause.pieces if piece.kind not in ("name", "framing", "scope", "break"))
    return _EACH.fullmatch(bare_text(clause)) is not None or (
        _APART.search(said) is not None and _EACH.fullmatch(said) is not None
    )


def _times_of_gap(clause: Clause, selects: tuple[Select, ...], before: Query | None) -> Ratio | None:
    """``A比B多多少，是B的几倍``: the two figures just set against each other, the one that is named below."""
    is_pair = isinstance(before, Difference) and len(before.of) == _TWO and not before.rest
    if not is_pair or not isinstance(before, Difference) or clause.ops() - {"list"} != {"ratio"}:
        return None
    said = {name.text for select in selects for name in (*select.within, *select.names)}
    one, other = before.of
    own = [{name.text for name in names_of(term)} for term in (one, other)]
    if said & own[0] - own[1] and not said & own[1] - own[0]:
        return Ratio(part=other, base=one)
    if selects and not said & own[1]:
        return None
    return Ratio(part=one, base=other)


def _lists_rows(query: Query | None) -> bool:
    """Whether a query comes to rows with their figures; so do both ends of a ranking."""
    if isinstance(query, Several):
        return all(isinstance(each, Rank) for each in query.of)
    return isinstance(query, Rows | Filter | Except | Rank | Count)


def _posts_beside_people(state: State) -> Difference | None:
    """The posts and the people that were asked for last, against each other."""
    pair = state.figures[-2:] if len(state.figures) >= _TWO else list(state.context.selects)
    posts = [figure for figure in pair if any(name.text in POST_NAMES for name in figure.names)]
    if len(pair) != _TWO or len(posts) != 1:
        return None
    return Difference(of=(posts[0], next(figure for figure in pair if figure is not posts[0])))


def _adds_nothing(selects: tuple[Select, ...], before: Query) -> bool:
    """Whether all that is named was named in what was asked before (占接待中心事务的百分之多少)."""
    told = {name.text for name in names_of(before)}
    return all(name.text in told for select in selects for name in select.names)


def _asks_same(clause: Clause) -> bool:
    return clause.text.rstrip("?").endswith("呢")


def is_of_people(query: Query | None) -> bool:
    """Whether posts and people were compared."""
    return isinstance(query, Difference) and any(name.text == ACTUAL for name in names_of(query))


def _speaks_of_people(state: State) -> bool:
    return any(name.text == ACTUAL for select in state.spoken for name in select.names)


def _posts_and_people(selects: tuple[Select, ...], clause: Clause) -> Difference:
    """How many people there are against how many posts, of the kind that is named (行政, 事业)."""
    left_out = (*STAFF, *POST_NAMES, *AT_WORK)
    of = tuple(n for select in selects for n in select.names if n.is_linked and n.text not in left_out)
    said = [name.text.removesuffix("编制").removesuffix("编") for select in selects for name in select.names]
    kind = next((text for text in said if text in ("行政", "事业", "工勤")), "")
    units = tuple(name for name in of if name.text != kind)
    return staff_against_posts(kind, units, posts_first=bool(_POSTS_FIRST.search(clause.text)))


def staff_against_posts(kind: str, units: tuple[Name, ...], *, posts_first: bool = False) -> Difference:
    """People of one kind, of all kinds where none is said, against the posts of that kind."""
    posts = Select(names=(*units, Name(text=f"{kind}编制")), quantity="count", counted="人")
    people = (*units, *([Name(text=kind)] if kind else []))
    staff = posts.model_copy(update={"names": (Name(text=ACTUAL), *people)})
    return Difference(of=(posts, staff) if posts_first else (staff, posts))


def _people_of_all(said: Said) -> Query | None:
    """``机关加下属单位多少在编人员``: people, not rows of units."""
    people = [select for select in said.selects if any(name.text == ACTUAL for name in select.names)]
    return people[0] if people and said.has_class("unit") else None


def _said(clause: Clause, selects: tuple[Select, ...], state: State) -> Said:
    """A clause with its topic: what it names, what it points at (这笔, 它) or what was spoken of."""
    topic = selects or tuple(counting(s, clause, state) for s in state.context.selects)
    before, points = state.context.query, POINTS.search(clause.text)
    if not selects and (meant := winner_meant(clause, state)) is not None:
        topic = (counting(Select(winner=meant), clause, state),)
    elif not selects and state.documents > 1 and (compared := compared_before(before)) is not None:
        topic = (compared,)
    elif not selects and isinstance(before, Rank) and before.k == 1 and (points or state.asked):
        topic = (Select(winner=before),)
    elif points and not selects and state.head is not None:
        dated = clause.of("period", "year") and not clause.ops()
        topic = (counting(state.head, clause, state) if dated else state.head,)
    said = _PARTS.search(clause.text)
    parts = parts_of_select(topic[0]) if said and len(topic) == 1 else ()
    if said and parts and (len(parts) == _THREE or said.group()[0] not in "三3"):
        return Said(clause, state, parts, parts)
    first = before.winner if isinstance(before, Select) and before.names else before
    if isinstance(first, Rank) and first.k == 1 and state.asked and (own := _of_winner(clause, selects, first)):
        return Said(clause, state, own, own)
    if (columns := _columns_of_rows(clause, selects, before)) is not None:
        return Said(clause, state, columns, columns)
    return Said(clause, state, selects, topic)


def _columns_of_rows(clause: Clause, selects: tuple[Select, ...], before: Query | None) -> tuple[Select, ...] | None:
    """Columns named behind rows of indicators are those of each of the rows (哪两个指标, 指标值分别是多少)."""
    before = before.winner if isinstance(before, Select) and before.names else before
    ranges = isinstance(before, Filter | Rank) and _ranges_indicators(before)
    if not ranges or before is None or clause.of("class") or clause.ops() - {"list"}:
        return None
    names = tuple(dict.fromkeys(name for select in selects for name in select.names))
    if not names and _SET_FOR.search(clause.text):
        names = (Name(text="指标值"),)
    are_columns = bool(names) and all(roles_of(piece) == {"column"} for piece in clause.of("name"))
    return (Select(names=names[:1], winner=before),) if are_columns else None


def _ranges_indicators(query: Query) -> bool:
    return any(isinstance(node, Rows) and node.kind == "indicator" for node in nodes_of(query))


def _of_winner(clause: Clause, selects: tuple[Select, ...], first: Rank) -> tuple[Select, ...]:
    """Kinds of money named behind what was asked to be first are that row's own (…一般公共预算和政府性基金各出多少)."""
    names = [name for select in selects for name in select.names]
    are_funds = bool(names) and all(_FUND.fullmatch(name.text) for name in names)
    if not are_funds or clause.ops() - {"list"} or clause.of("class") or _OF_WHOLE.search(clause.text):
        return ()
    return tuple(Select(names=select.names, winner=first, spans=select.spans) for select in selects)


def _paid_from(said: Said) -> Query | None:
    """``走的什么资金``, ``钱从哪来``: the kinds of money that one row is paid from."""
    if said.ops - {"list"} or not WHICH_FUND.search(said.text) or WHY.search(said.text):
        return None
    before = said.state.context.query
    if not said.selects and isinstance(before, Sum) and len(before.of) > 1 and _ASKS_EACH.search(said.text):
        return Several(of=tuple(PaidFrom(of=each) for each in before.of))  # A和B合计多少，各走什么资金
    if len(said.topic) != 1:
        return None
    topic = said.topic[0].model_copy(update={"quantity": "any", "counted": None})  # 哪几种钱: no number of it
    if topic.side and topic.within and not topic.names:  # 用的什么收入: of what is spoken of
        topic = topic.model_copy(update={"names": topic.within, "within": (), "side": None})
    return PaidFrom(of=without_names(topic, {n.text for n in topic.names if WHICH_FUND.search(f"{n.text}是什么")}))


def _owners(said: Said) -> Query | None:
    """``落在哪个下属单位头上``, ``是哪家单位的``: the units that have the one item that is spoken of."""
    is_asked = WHOSE.search(said.text) and not (said.ranks or said.clause.of("bound") or said.ops & {"count", "sum"})
    items = [name for select in said.topic for name in select.names if name.is_linked and not name.is_unit]
    if not is_asked or len(said.topic) != 1 or not items or said.topic[0].winner is not None:
        return None
    if said.topic[0].described:
        return said.topic[0]  # its row is told with its unit
    kind = class_kind(said.clause)  # 挂在哪个项级科目下: of no unit
    rows: Query = Rows(within=merged(said.topic), kind="unit" if kind == "any" else kind)
    if kind not in ("any", "unit"):
        rows = Filter(rows=rows, conditions=(Condition(comparison="ne", values=(Decimal(0),)),))
    left_out = excluded_names(said.clause) or said.state.left_out
    return Except(rows=rows, items=left_out) if left_out else rows


def _of_everyone(said: Said) -> Query | None:
    """One item of all units that are loaded (哪个部门的公务接待费最多); their totals where no item is named."""
    others = [p for p in said.clause.of("class") if p.name != "unit"]
    if not said.state.of_everyone or len(said.topic) > 1 or others or said.intent in ("why", "what_is", "duty"):
        return None
    if (again := asked_of_the_same(said.clause, said.selects, said.state.context.query)) is not None:
        return again
    topic = said.topic[0] if said.selects else _thing_counted(said) or (said.topic[0] if said.topic else None)
    if topic is None and (said.ops or said.clause.of("bound")) and _BUDGET.search(said.state.whole_text):
        topic = Select(side="支出")
    if topic is None:
        return None
    if topic.counted in _OF_UNITS:  # 前三的是哪几个: so many units
        topic = topic.model_copy(update={"counted": None, "quantity": "any"})
    changes = is_change(said.clause, said.selects, said.state) or "change" in said.ops
    return everyone_query(said.clause, topic, changes=changes)


def _of_parties(said: Said) -> Query | None:
    """What is asked of several units whose documents are meant (谁名下的车多, 哪家涨得最猛, 有没有降的)."""
    state, clause = said.state, said.clause
    others = [p for p in clause.of("class") if p.name != "unit"]
    if state.documents < _TWO or state.over_years or state.of_everyone or others or clause.of("bound"):
        return None
    if compares_parties(clause, state):
        return None
    told = state.context.query
    is_told = isinstance(told, Difference) and isinstance(told.of[0], Each) and isinstance(told.of[0].of, Ratio)
    if is_told and not said.selects and not said.clause.of("name"):
        return told  # 一辆车一年多少，谁更省
    spoken = said.selects or tuple(counting(s, clause, state) for s in state.context.selects)
    before = compared_before(state.context.query) if not said.selects else None
    topic = vehicles_compared(clause) or before or (spoken[0] if len(spoken) == 1 else None)
    return parties_query(clause, topic, state.context.query)


def _thing_counted(said: Said) -> Select | None:
    """The vehicles that a clause speaks of, which every budget counts (谁名下的车最多)."""
    if not _VEHICLES.search(said.text) or said.selects:
        return None
    return Select(names=(Name(text="车辆"),), quantity="count", counted="辆")


def _money_from(said: Said) -> Query | None:
    """Where the money of a unit comes from (靠什么来的): the sources of its income."""
    if not _MONEY_FROM.search(said.text) or len(said.topic) != 1 or said.ranks:
        return None
    (topic,) = said.topic
    units = tuple(dict.fromkeys(name for name in (*topic.within, *topic.names) if name.is_unit))
    return Breakdown(of=Select(names=units, side="收入", winner=topic.winner)) if units or topic.winner else None


def _spent_on(said: Said) -> Query | None:
    """Where all the money goes (钱主要花在哪了), or comes from (大头是什么收入): the items of a whole side, by size.

    Of one fund's expenditure, or of a table, those of it (一般公共预算支出主要花在哪些科目).
    """
    if not _SPENT_ON.search(said.text) or said.clause.of("bound") or POINTS.search(said.text):
        return None
    k = limit_of(said.clause) or _MOST_TOLD
    if (of_table := rows_spent(said.clause)) is not None:
        return Rank(rows=of_table, k=k)
    if said.clause.of("name") or any(select.names or select.winner for select in said.topic):
        return None
    if _OF_REVENUE.search(said.text):
        rows = Rows(within=Select(side="收入"), kind="income")
    else:
        rows = Rows(within=Select(side="支出"), level=None if said.has_class("project") else 1)
    return Rank(rows=rows, k=k)


def _prose(said: Said) -> Query | None:
    """What sentences are asked for: a reason, a definition, a duty, a purpose, a goal, the units, names."""
    text, clause = said.text, said.clause
    if WHY.search(text) and "share" not in said.ops and not NUMBER.search(text):
        return said.say("why")
    if said.ranks:
        is_of_one = said.topic and _FOR_WHAT.search(text) and limit_of(clause) in (None, 1)
        asks_more = said.has_intent("prose") and not is_of_one  # 最大的那笔是干什么用的: its use is told with it
        return said.say("anything") if asks_more else None
    is_what = (said.intent == "what_is" or bool(_IS_WHAT.search(text))) and len(said.topic) == 1
    is_what = is_what and not bounded_columns(clause)  # 只有项目支出的款是哪些
    if is_what and (_is_code(said.topic[0]) or _ends_in_column(clause)):
        return said.topic[0]  # 30239是什么: the item of the code, with its figure; or a column's word
    if (what := _WHAT_MONEY.search(text) or _INCLUDES.search(text)) and _is_contents(clause):
        names = {tuple(n for n in s.names if n.text not in what.group()): s for s in said.topic}
        topic = tuple(select.model_copy(update={"names": own}) for own, select in names.items() if own)
        if len(topic) == 1:  # 是个啥补贴, 发给哪些人: no other thing is named
            return say("what_is", clause, topic, said.state)
    if said.intent == "duty" and _names_account(said):
        return said.say("what_is")  # 2110302这个科目管哪些事: what it is for, no office's duties
    if said.intent == "who" and lacked_by_units(clause):
        return None  # 没列培训费的是谁: which units
    if said.intent in ("what_is", "who", "duty") and not NUMBER.search(text_of(clause)):
        is_of_unit = said.intent == "duty" and not any(select.names for select in said.topic)
        return said.say(said.intent, *((_DUTY,) if is_of_unit else ()))
    if _USE.search(text):
        first = said.topic[0] if len(said.topic) == 1 and not said.topic[0].names else None
        of_first = first.winner if first is not None and _FOR_WHAT.search(text) else None
        return of_first or said.say("goal")
    if said.topic and not clause.of("bound") and said.has_class("goal") and not COUNT.search(text):
        return said.say("goal", "绩效目标")
    names_part = any(said.search(text) for said in (STARTS, ENDS, HOLDS)) or bounded_columns(clause)
    names_part = names_part or lacked_by_units(clause)
    if (
        _names_units(said)
        and not clause.of("bound")
        and not names_part
        and _WHICH_UNITS.search(text)
        and not _has_item(said)
    ):
        return said.say("which_units", "单位")
    return said.say("anything") if said.has_intent("prose") or _NAMES_ASKED.search(text) else None


def _ends_in_column(clause: Clause) -> bool:
    """Whether a clause names something and then a column, which prints something of it."""
    named = clause.of("name")
    return len(named) > 1 and roles_of(named[-1]) == {"column"}


def _is_code(select: Select) -> bool:
    """Whether nothing but a code is named."""
    items = [name.text for name in select.names if not name.is_unit]
    return bool(items) and all(text.isdigit() for text in items)


def _names_account(said: Said) -> bool:
    """Whether an item of a classification is spoken of: by its code, or as one."""
    is_said = said.has_class("account") or said.has_class("function") or said.has_class("economic")
    return any(map(_is_code, said.topic)) or (is_said and any(select.names for select in said.topic))


def _has_item(said: Said) -> bool:
    """Whether an item is spoken of, of which units have figures (会议费砍掉九成，主要是哪家单位)."""
    if _BELOW.search(said.text):
        return False
    links = [p.token.links for p in said.clause.of("name") if p.token]
    is_named = any(link.role in ("row", "column") and link.score > _BORNE for each in links for link in each)
    return is_named or any(name.is_linked and not name.is_unit for s in said.state.context.selects for name in s.names)


def _names_units(said: Said) -> bool:
    return said.has_class("unit") or any(p.name == "everyone" and "单位" in p.text for p in said.clause.pieces)


def _remainder(said: Said) -> Query | None:
    rest = not_among(said.clause, said.selects, said.state) or remainder(said.clause, said.topic, said.state)
    return rest or _rows_left(said)


def _of_its_part(said: Said) -> Query | None:
    """``其中A里，B多少、占该部分百分之几``: what was asked for last, of what it was said to be a part of."""
    part = said.state.context.query
    if not isinstance(part, Select) or said.selects or not _OF_ITS_PART.search(said.text):
        return None
    inside = tuple(name for name in part.within if not name.is_unit and not name.text.endswith("表"))
    if not inside:
        return None
    around = tuple(name for name in part.within if name != inside[-1])
    return Share(parts=(part,), whole=Select(names=inside[-1:], within=around, is_inside=bool(around)))


def _per_together(said: Said) -> Query | None:
    """``两笔加起来按100人平均每人多少``: what was asked for before together, divided."""
    selects = tuple(map(only_linked, said.selects))
    is_divided = said.state.documents == 1 and PER.search(said.text) is not None
    is_meant = is_divided and added_before(said.clause, selects, said.state) is not None
    return per_query(said.clause, selects, said.state) if is_meant else None


def _rows_left(said: Said) -> Query | None:
    """``以A打头的合计多少，剔除B还剩多少``: what the rows just asked for come to without some of them."""
    before, items = said.state.context.query, excluded_names(said.clause)
    if not items or said.selects or not NUMBER.search(said.text):
        return None
    if isinstance(before, Sum | Count) and rows_within(before) is not None:
        return without_items(before, items)
    return Sum(of=(without_items(before, items),)) if isinstance(before, Rows | Filter) else None


def _other_part(said: Said) -> Query | None:
    """``基本支出表里只有三十几万，另外那部分是多少``: the whole spoken of before, and the part named last."""
    spoken = said.state.spoken
    if said.selects or len(spoken) < _TWO or not _OTHER_PART.search(said.text) or not NUMBER.search(said.text):
        return None
    return Difference(of=(spoken[-2], spoken[-1]))


def _stated_share(said: Said) -> Query | None:
    return share_query(said.clause, said.selects, said.state) if "share" in said.ops and said.says_share else None


def _versus(said: Said) -> Query | None:
    return versus_query(said.clause, said.state)


def _one_of(said: Said) -> Query | None:
    return one_of_query(said.clause, said.selects, said.state)


def _ranked_among(said: Said) -> Query | None:
    """``甲、乙、丙各多少，哪个最多``: among the figures just asked for, and no rows below them."""
    before = said.state.context.query
    figures = before.of if isinstance(before, Several) else ()
    are_figures = figures and all(isinstance(each, Select) and not each.counted for each in figures)
    names_more = said.selects or said.clause.of("class", "level", "bound", "name", "total")
    return _over_topic(said) if are_figures and not names_more and said.ops & {"max", "min"} else None


def _rows(said: Said) -> Query | None:
    return rows_query(said.clause, said.selects, said.state)


def _between_ends(said: Said) -> Query | None:
    """``收入最多的和最少的相差多少``: the two ends of one ranking against each other."""
    if not {"max", "min", "gap"} <= said.ops:
        return None
    query = rows_query(said.clause, said.selects, said.state)
    if not isinstance(query, Rank):
        return None
    ends = (query.model_copy(update={"descending": way, "k": 1, "places": ()}) for way in (True, False))
    return Difference(of=tuple(ends))


def _between_places(said: Said) -> Query | None:
    """``排第二的比排第三的多多少``: two places of one ranking against each other."""
    if "ordinal" not in said.ops or not said.ops & _APART_BY:
        return None
    query = rows_query(said.clause, said.selects, said.state)
    if not isinstance(query, Rank) or len(query.places) != _TWO:
        return None
    before = said.state.context.query
    is_of_same = isinstance(before, Rank) and not (said.selects and list(names_of(query)))
    rows = before.rows if isinstance(before, Rank) and is_of_same else query.rows
    return Difference(of=tuple(Rank(rows=rows, places=(p,), descending=query.descending) for p in query.places))


def _rest_against_last_year(said: Said) -> Query | None:
    """``三公里不算买车的还剩多少，比它去年的总数低多少``: what is left against last year's figure."""
    before, clause = said.state.context.query, said.clause
    is_rest = isinstance(before, Difference) and before.rest
    is_last = any(p.name == "last" for p in clause.of("period")) and clause.pieces[0].text in _THAN
    if before is None or not is_rest or not is_last or len(said.selects) != 1 or not said.ops & _APART_BY:
        return None
    return Difference(of=(before, said.selects[0].model_copy(update={"period": "last", "within": ()})))


def _of_one_name(said: Said) -> Query | None:
    """``同名项目全部算上``: the projects of one name in all units."""
    text = said.state.whole_text
    names = tuple(n for select in said.topic[:1] for n in (*select.within, *select.names) if not n.is_unit)
    if "sum" not in said.ops or not names or not _ONE_NAME.search(text):
        return None
    return Sum(of=(Rows(within=Select(names=names), kind="project"),))


def _spoken_sum(said: Said) -> Query | None:
    """``这两项合计``: of what was named last."""
    count = _BOTH.search(said.text)
    if said.selects or "sum" not in said.ops or count is None or len(said.state.spoken) < 2:
        return None
    return Sum(of=apart(said.state.spoken[-FEW[count["k"]] :]))


def _changed(said: Said) -> Query | None:
    if said.says_share or not is_change(said.clause, said.selects, said.state):
        return None
    whole = said.state.whole_text
    names_nothing = not said.topic and not said.clause.of("word", "class") and not _OF_ROWS.search(whole)
    if names_nothing and _BUDGET.search(whole):
        return Change(of=Select(side="支出"))  # 一年预算暴涨六成，实际增幅是多少
    return several(tuple(Change(of=select) for select in _each_told(said))) if said.topic else None


def _each_told(said: Said) -> tuple[Select, ...]:
    """The topic; where each is asked for, with what a clause before told of apart (A涨了，B却砍了，增减各多少)."""
    only = said.topic[0]
    before = tuple(name for name in only.within if name.is_linked and not name.is_unit)
    if said.selects or len(said.topic) > 1 or only.is_inside or not before or not _ASKS_EACH.search(said.text):
        return said.topic
    rest = tuple(name for name in only.within if name not in before)
    return tuple(only.model_copy(update={"names": names, "within": rest}) for names in (before, only.names))


def _ranked_share(said: Said) -> Query | None:
    return ranked_share(said.clause, said.state)


def _share_of(said: Said) -> Query | None:
    return share_query(said.clause, said.selects, said.state) if "share" in said.ops else None


def _between_shares(said: Said) -> Query | None:
    """``A占C的比重，比B占比高几个百分点``: two shares of one whole against each other."""
    before = said.state.context.query
    if "points" not in said.ops or not isinstance(before, Share) or len(said.selects) != 1:
        return None
    return Difference(of=(before, before.model_copy(update={"parts": said.selects})))


def _per_of_parties(said: Said) -> Query | None:
    """Which of several units' documents has more for each of something (哪家一辆车的运行费更高)."""
    return _per(said) if compares_parties(said.clause, said.state) else None


def _per(said: Said) -> Query | None:
    return per_query(said.clause, said.selects, said.state) if said.topic else None


def _per_stated(said: Said) -> Query | None:
    """Money for each of what a sentence counts (纳入绩效管理的项目平均一个摊多少): no mean of rows."""
    names = said.clause.of("name")
    topic = [name for select in said.topic for name in select.names]
    are_stated = (names and all(_is_stated(piece) for piece in names)) or [n.text for n in topic] == [GOAL_PROJECTS]
    if not are_stated or "mean" not in said.ops:
        return None
    return per_query(said.clause, tuple(map(only_linked, said.selects)), said.state)


def _is_stated(piece: Piece) -> bool:
    """Whether only sentences bear a name."""
    links = piece.token.links if piece.token else ()
    return bool(links) and all(link.role in ("statement", "passage") for link in links)


def _sums_across(said: Said) -> Query | None:
    """Several things together, compared between documents (会议费加培训费，哪家多)."""
    state, topic, before = said.state, said.topic, said.state.context.query
    if state.documents < _TWO or state.over_years or state.of_everyone or len(topic) < _TWO:
        return None
    summed = [node for node in nodes_of(before) if isinstance(node, Sum)] if before and not said.selects else []
    adds = "sum" in said.ops or joins_by_adding(said.clause) or state.adds or any(s.of == topic for s in summed)
    compares = said.ops & {"gap", "which", "more", "less"} or _GAP.search(said.text)
    return Difference(of=(Each(of=Sum(of=topic)),)) if adds and compares else None


def _across(said: Said) -> Query | None:
    """One item of several documents, compared or added."""
    if said.state.documents < 2 or not said.topic:
        return None
    each, is_one = Each(of=said.topic[0]), len(said.topic) == 1
    if isinstance(said.state.context.query, Ratio) and not said.selects and said.ops & {"which", "more", "less"}:
        return Difference(of=(Each(of=said.state.context.query),))
    if is_one and "ratio" in said.ops:
        return Ratio(part=each, base=each)
    if said.ops & {"gap", "which"} or (is_one and (said.ops & {"more", "less"} or _GAP.search(said.text))):
        return Difference(of=(each,))
    return Sum(of=(each,)) if is_one and "sum" in said.ops else None


def _spoken_gap(said: Said) -> Query | None:
    """``两者差多少``: between what was named last, none of it within the other."""
    both = "gap" in said.ops and not said.selects and _BOTH_OF_TWO.search(said.text)
    return Difference(of=apart(said.state.spoken[-_TWO:])) if both and len(said.state.spoken) >= _TWO else None


def _gap_alone(said: Said) -> Query | None:
    """``A写9个，B合计十万，对不上，差多少``: between the two things named, where nothing else is meant."""
    spoken = distinct(said.state.spoken)
    is_alone = not said.selects and _GAP_ALONE.fullmatch(bare_text(said.clause)) is not None
    return Difference(of=apart(spoken)) if is_alone and len(spoken) == _TWO else None


def _over_years(said: Said) -> Query | None:
    """One unit's figure of one year against that of another (2025年比2024年少多少)."""
    is_asked = said.state.over_years and said.topic and not said.clause.of("class")
    compares = said.ops & {"gap", "more", "less", "versus", "change", "which"} or is_change(
        said.clause, said.selects, said.state
    )
    is_open = said.has_intent("conflict") or _WHICH_YEAR.search(said.text)
    if not is_asked or not (compares or is_open):
        return None
    before = said.state.context.query
    this_year = tuple(select.model_copy(update={"period": "this"}) for select in said.topic)
    summed = next((n for n in nodes_of(before) if isinstance(n, Sum)), None) if before and not said.selects else None
    if len(this_year) > 1 and (
        "sum" in said.ops or (summed and summed.of == this_year and not _APART.search(said.text))
    ):
        return Difference(of=(Each(of=Sum(of=this_year), over="years"),))
    return several(tuple(Difference(of=(Each(of=select, over="years"),)) for select in this_year))


def _which_year(said: Said) -> Query | None:
    """In which of two years something was more (哪年多)."""
    return _over_years(said) if _WHICH_YEAR.search(said.text) else None


def _same_in_years(said: Said) -> Query | None:
    """Whether two years' figures are the same (和2024年一样吗)."""
    return _over_years(said) if said.has_intent("conflict") else None


def _over_topic(said: Said) -> Query | None:
    """Several things named or spoken of, compared, averaged, ranked or added."""
    ops, topic, text = said.ops, said.topic, said.text
    if len(topic) < 2:
        return None
    if "ratio" in ops:
        return _times(said)
    if ops & {"gap", "which", "more", "less", "versus"}:
        return Difference(of=topic)
    if "mean" in ops and (said.clause.of("joint") or not said.selects):
        return Mean(of=topic)
    if ops & {"max", "min", "top"}:
        moved = bool(FELL.search(text) or ROSE.search(text))
        falling = bool(FELL.search(text)) if moved else "min" in ops
        by: Literal["value", "change"] = "change" if moved else "value"
        return Rank(rows=Several(of=topic), k=limit_of(said.clause) or 1, by=by, descending=not falling)
    return Sum(of=topic) if "sum" in ops and not heads_one(said) else None


def _times(said: Said) -> Query | None:
    """``甲是乙的几倍``, ``甲加乙是丙的几倍``: what is added up stands before the word that adds it, or is joined by 加.

    Of several that are not added each is set against the last one, where that is asked for.
    """
    *parts, base = said.topic
    adds = [piece.end for piece in said.clause.of("op") if piece.name == "sum"]
    is_said = bool(adds) and all(s.spans and s.spans[-1][1] <= adds[-1] for s in parts)
    if len(parts) > 1 and (is_said or joins_by_adding(said.clause)):
        return Ratio(part=Sum(of=tuple(parts)), base=base)
    if len(parts) > 1 and not _APART.search(said.text):
        return None
    return several(tuple(Ratio(part=part, base=base) for part in parts))


def _both_years(said: Said) -> Query | None:
    """``今年和上年各多少``."""
    if not said.topic or not {"this", "last"} <= {p.name for p in said.clause.of("period")}:
        return None
    both = (s.model_copy(update={"period": period}) for s in said.topic for period in ("this", "last"))
    return several(tuple(both))


def _looked_up(said: Said) -> Query | None:
    """What is named or was spoken of; where unknown words are all that is named, what the prose says of them."""
    words = said.clause.of("word")
    if "exists" in said.ops and len(said.selects) == 1:
        return Exists(of=said.selects[0])
    if (years := _both_years(said)) is not None:
        return years
    if (of_units := _of_units_told(said)) is not None:
        return of_units
    if not said.selects and not said.ops & {"list", "sum", "order"} and any(content_of(p.text) for p in words):
        return said.say("anything")
    if said.topic:
        return several(said.topic)
    return said.say(said.intent or "anything") if said.intent or words else None


def _one_against_other(said: Said) -> Query | None:
    return one_against_other(said.clause, said.selects, said.state)


def _referred(said: Said) -> Query | None:
    return former_and_latter(said.clause, said.state)


def _one_meant(said: Said) -> Query | None:
    """``前者是多少``: the one meant of the two things named last."""
    meant, spoken = _ONE_OF_TWO.fullmatch(bare_text(said.clause)), said.state.spoken
    if meant is None or said.selects or len(spoken) < _TWO:
        return None
    return spoken[-2 if meant["former"] else -1].model_copy(update={"refers": True})


def _asserted(said: Said) -> Query | None:
    return asserted_figure(said.clause, said.selects, said.state)


def _base_of(said: Said) -> Query | None:
    return base_of_share(said.clause, said.selects, said.state)


def _share_of_other(said: Said) -> Query | None:
    return share_of_other(said.clause, said.selects, said.state)


def _net(said: Said) -> Query | None:
    return net_change(said.clause, said.selects, said.state)


def _summed_last_year(said: Said) -> Query | None:
    return sum_of_last_year(said.clause, said.selects, said.state)


def _recomputed(said: Said) -> Query | None:
    return recomputed_change(said.clause, said.selects, said.state)


def _gap(said: Said) -> Query | None:
    return gap_query(said.clause, said.selects, said.state)


def _of_units_told(said: Said) -> Query | None:
    """``由哪几个单位组成，收入各多少``: of each unit asked for just before."""
    before = said.state.context.query
    asks_units = isinstance(before, Say) and before.intent == "which_units"
    if not asks_units or len(said.selects) != 1 or not _APART.search(said.text):
        return None
    return Rows(within=said.selects[0], kind="unit")


_READERS: Final[tuple[Callable[[Said], Query | None], ...]] = (
    _of_its_part, _per_together,
    _rest_against_last_year, _of_everyone, _sums_across, _of_parties, taken_further, _one_against_other, change_asked,
    _referred, _one_meant, _gap, _spoken_gap, _asserted, _base_of, _between_shares, _share_of_other, _net,
    _summed_last_year, _recomputed, _people_of_all, _money_from, _paid_from, _owners, _spent_on, _of_one_name,
    against_end, _which_year, _prose, _same_in_years, between_asked, equation, conflict, against_before, sum_against,
    added_to_before, named_sum, _ranked_share, _stated_share, _between_places, _versus, _one_of, _ranked_among,
    _between_ends, _other_part, _remainder, _per_stated, _per_of_parties, _rows, _over_years, _spoken_sum, _changed,
    _share_of, _per, _across, _over_topic, _gap_alone, _looked_up,
)  # fmt: skip
"""How a clause may be read, by precedence: the wording that says more goes first."""


_EACH: Final = pattern("each")
_ASKS_EACH: Final = re.compile("各自?|分别")
"""All that is left of a clause that asks for the figures of the rows just listed."""


_OF_ITS_PART: Final = pattern("of_its_part")
_GAP: Final = pattern("gap")
_PARTS: Final = pattern("parts")


def _is_of_years(query: Query | None) -> bool:
    """Whether one figure of two years is compared."""
    return isinstance(query, Difference) and isinstance(query.of[0], Each) and query.of[0].over == "years"


def _is_of_each(query: Query | None) -> bool:
    """Whether figures of several documents are compared, each of which is told with it."""
    return isinstance(query, Difference) and isinstance(query.of[0], Each)


def _same_question(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """``那X呢``: of X what was asked before."""
    if not _asks_same(clause):
        return None
    match state.context.query:
        case Share() as before:
            return Share(parts=selects, whole=before.whole, around=before.around)
        case Change():
            return several(tuple(Change(of=select) for select in selects))
        case Difference(of=(Each() as each,)) as before if each.over == "years":
            same = (before.model_copy(update={"of": (each.model_copy(update={"of": s}),)}) for s in selects)
            return several(tuple(same))
        case Say() as before if before.intent != "anything":
            return before.model_copy(update={"topic": tuple(n for s in selects for n in s.names)})
        case _:
            moved = state.moved and not state.asked  # 公车涨了3万，接待呢
            return several(tuple(Change(of=select) for select in selects)) if moved else None


def _is_contents(clause: Clause) -> bool:
    """Whether no class of rows is named but 开支, 费用 and the like, which everything is made of."""
    return all(p.text in ("开支", "费用", "支出项", "明细", "项目") for p in clause.of("class"))
