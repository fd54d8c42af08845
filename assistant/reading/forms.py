"""What a clause asks of a project's performance form, told by its words alone.

Which project and which indicator is meant, the planner finds by characters: here a clause only says whether a number,
all of a class, the largest of one, the goal, the money, money for each or a share is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.query import (
    Aim,
    Count,
    FormsOf,
    Funds,
    Query,
    Rank,
    Ratio,
    Select,
    Several,
    Share,
    Sum,
    Target,
    TargetKind,
    Targets,
)
from assistant.reading.patterns import pattern
from assistant.understand.kinds import alike
from assistant.understand.wording import normalise
from assistant.words import known_words

_GROUP: Final = pattern("form_group")
_COST: Final = pattern("form_cost")
_GOAL: Final = pattern("form_goal")
_FUNDS: Final = pattern("form_funds")
_SHARE: Final = pattern("form_share")
_EACH: Final = pattern("form_each")
_BY: Final = pattern("form_by")
_DIVIDES: Final = re.compile("平均|摊|折|合|均|除以")
_EACH_SAID: Final = pattern("form_each_said")
_EACH_ONE: Final = re.compile("[每一,，]|$")
_LIST: Final = pattern("form_list")
_LAST: Final = pattern("form_last")
_KINDS: Final[tuple[tuple[TargetKind, re.Pattern[str]], ...]] = (
    ("time", pattern("form_kind_time")), ("money", pattern("form_kind_money")),
    ("percent", pattern("form_kind_percent")),
)  # fmt: skip
_COUNT: Final = pattern("count")
_ASKS: Final = pattern("asks")
_SILENT: Final = pattern("form_silent")
_SILENT_WORD: Final = pattern("form_silent_words")
_COUNT_ROWS: Final = re.compile("(几|多少)[个项条]")
_HOLDER: Final = pattern("form_holder")
_POINTS: Final = pattern("form_points")
_JOINT: Final = re.compile("[、,，]|(?:以及|和|与|及(?!时|早)|跟)(?=[一-鿿]{2})")
_COMMON_END: Final = re.compile("的?(?P<end>[一-鿿]{2,})$")
_NUMBER: Final = pattern("number")
_SHORT: Final = 3
_ANY: Final = re.compile(r"多少|几(?!何)|什么|啥|呢$|吗$|怎么|咋")


def form_queries(
    clause: str, before: Sequence[Query], question: str, history: Sequence[str], told: Sequence[str]
) -> Iterator[Query]:
    """What a clause may ask of a form, the likeliest first.

    ``before``: what the clauses before it came to; ``told``: those before it that ask nothing.
    """
    text = normalise(clause)
    around = tuple(map(normalise, (clause, question, *reversed(history))))
    group = _group_of(text) or next((g for each in reversed(told) if (g := _group_of(normalise(each)))), "")
    if _HOLDER.search(question) and (_FUNDS.search(text) or _COUNT_ROWS.search(text)):
        held = FormsOf(text=normalise(question))
        yield Sum(of=(held,)) if _FUNDS.search(text) else Count(of=held)
    if not _tells(text) and before and isinstance(before[-1], Rank) and _FUNDS.search(text):
        yield before[-1]  # 最大的一块是什么，多少钱
    if not _tells(text) and before and isinstance(before[-1], Targets) and _COUNT_ROWS.search(text):
        yield Count(of=before[-1])
    if _POINTS.fullmatch(text) and _group_of(text):
        yield Targets(group=group, around=around)
    if (last := _LAST.search(text)) and group:
        yield Rank(rows=Targets(group=group, around=around), descending=last["most"] is not None)
    divides = _DIVIDES.search(text) or any(map(divisor_said, (text, *told)))
    if each := _EACH.search(text) or (_EACH_SAID.search(text) if divides else None):
        yield from _for_each(text, each, before, told, around)
    if _SHARE.search(text) and before:
        yield Share(parts=(before[-1],), whole=Funds(around=around))
    if _LIST.search(text):
        rows = Targets(group=group, around=around)
        yield rows
        if re.search("几|多少", text):
            yield Count(of=rows)
    if _GOAL.search(text):
        yield Aim(around=around)
    yield from _targets(text, around)
    if _FUNDS.search(text):
        yield Funds(around=around)


def _group_of(text: str) -> str:
    """The class of indicators that a text names."""
    found = _GROUP.search(text)
    return found["group"] if found else "成本" if _COST.search(text) else ""


def _targets(text: str, around: tuple[str, ...]) -> Iterator[Query]:
    """The number or the words that are set for each thing that a clause names."""
    parts = [part for part in _JOINT.split(text) if _tells(part)]
    if len(parts) > 1:
        for each in dict.fromkeys((tuple(parts), tuple(_with_end(parts)))):
            yield Several(of=tuple(_target(part, text, around) for part in each))
    if _tells(text) and (_ANY.search(text) or _ASKS.search(text)):
        yield _target(text, text, around)


def telling(text: str) -> str:
    """What of a normalised text tells which indicator is meant, with | for the rest."""
    words = known_words(_SILENT.sub("|", text))
    return "".join("|" if _SILENT_WORD.fullmatch(word) else word for word in words)


def _bare(text: str) -> str:
    return telling(text).replace("|", "")


def _tells(text: str) -> bool:
    """Whether a text says anything of which indicator is meant."""
    return bool(re.search("[一-鿿]", telling(text)))


def _with_end(parts: Sequence[str]) -> list[str]:
    """``探矿权、采矿权出让的市级收益``: what the last ends in goes for those before that are short."""
    *first, last = parts
    bare = _SILENT.sub("", last)
    return [f"{part}{bare[2:]}" if len(_SILENT.sub("", part)) <= 3 and len(bare) > 5 else part for part in first] + [
        last
    ]


def _target(part: str, clause: str, around: tuple[str, ...]) -> Target:
    counted = _COUNT.search(part) or _COUNT.search(clause)
    unit = (counted.groupdict().get("unit") or None) if counted else None
    plain: TargetKind = "count" if unit else "number" if _NUMBER.search(clause) else "any"
    kind: TargetKind = next((kind for kind, said in _KINDS if said.search(part)), plain)
    if unit and kind != "money":
        kind = "count"
    return Target(text=part, around=around, counted=unit, kind=kind)


def _for_each(
    text: str, each: re.Match[str], before: Sequence[Query], told: Sequence[str], around: tuple[str, ...]
) -> Iterator[Query]:
    """Money for each of what was counted just before, or is to be divided by: all the project's, or an indicator's."""
    told_each = _EACH_SAID.search(each.group())
    unit = told_each["unit"] if told_each else next((unit for unit in each.groupdict().values() if unit), "")
    divisors = [
        Target(text=by, around=around, counted=unit, kind="count")
        for said in (text, *reversed(told))
        if (by := divisor_said(said))
    ]
    counted = [*divisors[:1], *(target for query in before for target in _counts_in(query, around))]
    if not counted:
        return
    fitting = [target for target in counted if target.counted in alike(unit)]
    if not fitting and each.re is _EACH_SAID:
        return  # 巡回宣讲几场，培训一个人一天合多少: it is not divided by what was counted
    fitting = fitting or counted
    words = set(_bare(_EACH.sub("", text)))
    base = divisors[0] if divisors else max(fitting, key=lambda t: len(words & set(t.text)))  # of equals the first
    for said in (_BY.sub("", normalise(each)) for each in (*reversed(told), text)):
        if _tells(_EACH.sub("", said)):
            yield Ratio(part=Target(text=said, around=around, kind="money"), base=base)
    yield Ratio(part=Funds(around=around), base=base)


def divisor_said(text: str) -> str:
    """What a text says that money is divided by, with what is done to each of it (按目标人数算|引|一个人)."""
    plain = normalise(text)
    said = _BY.search(plain)
    by = said["by"] + _EACH_ONE.split(plain[said.end() :])[0] if said else ""
    return by if _tells(by) else ""


def _counts_in(query: Query, around: tuple[str, ...]) -> Iterator[Target]:
    if isinstance(query, Target) and query.counted:
        yield query
    elif isinstance(query, Select) and query.counted and query.names:
        yield Target(text=query.names[-1].text, around=around, counted=query.counted, kind="count")
    elif isinstance(query, Several):
        for one in query.of:
            yield from _counts_in(one, around)
