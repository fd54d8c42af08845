"""Counting and naming what prose lists: how many of the names end alike or hold a text, and what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.values import Value
from assistant.catalog.linking import ends_of_kind
from assistant.citations import marks
from assistant.query import Ask, Condition, Count, Except, Filter, Name, Query, Rows, Say, Select, nodes_of
from assistant.reading.patterns import pattern
from assistant.reply.named_lists import NamedList, forms_of_name, named_lists
from assistant.understand.wording import normalise

_COUNTED: Final = ("个", "家", "所")
_CLASSES: Final = frozenset({"单位", "部门", "机构", "项目", "科目", "人员"})
_INCLUDING: Final = pattern("including")
_KIND_OF_UNIT: Final = re.compile("(行政|事业|参公)单位")
_OF_UNITS: Final = re.compile("([一二]级|下属|所属|直属|基层)*(预算|编制|行政|事业|参公)?(单位|机构)?")
"""What says no more of units than that they are a department's, or of which kind (二级预算|单位)."""

_AND: Final = re.compile("[、,，和及或]")
_FEWEST: Final = 2
_LONGEST_LEAD: Final = 40
_COMMAS: Final = ",，、"
_SHORTEST: Final = 2


def enumerated_lines(ask: Ask, draft: Draft) -> list[str]:
    """The number of names of one ending that one list holds, with the names; empty where none does.

    Only names that no item of the document bears are looked for: what is printed as an item is counted as that.
    """
    if not _counts(ask):
        return []
    for ending in sorted(_endings(ask), key=len, reverse=True):
        endings = (*ends_of_kind(ending), *_included(ending, ask.text))
        if found := _most(draft, partial(_ends, endings)):
            forms = [form for name in found[1] for form in forms_of_name(name)]
            met = (f"“{each}”" for each in endings if any(map(partial(_ends, (each,)), forms)))
            return _lines(f"以{'、'.join(met)}结尾", *found, draft)
    return []


def held_lines(query: Query, draft: Draft) -> list[str]:
    """The names that one list holds and that meet what is said of them (名字带分局的有几家); empty where none does."""
    if not names_units(query):
        return []
    conditions = tuple(c for node in nodes_of(query) if isinstance(node, Filter) for c in node.conditions)
    left_out = (name.text for node in nodes_of(query) if isinstance(node, Except) for name in node.items)
    conditions += tuple(Condition(comparison="ne", holds=text) for text in left_out)
    within = [name.text for node in nodes_of(query) if isinstance(node, Rows) for name in node.within.names]
    kinds = [kind.group() for text in within if (kind := _KIND_OF_UNIT.search(text))]
    found = _most(draft, lambda form: all(_meets(form, condition) for condition in conditions), kinds)
    return _lines(_said(conditions), *found, draft) if found else []


def names_units(query: Query) -> bool:
    """Whether units are meant by what they are called alone: to be counted or listed."""
    rows = query.of if isinstance(query, Count) else query
    heart = rows.rows if isinstance(rows, Filter) else None
    heart = heart.rows if isinstance(heart, Except) else heart
    if not isinstance(rows, Filter) or not isinstance(heart, Rows) or heart.kind != "unit":
        return False
    are_units = all(_OF_UNITS.fullmatch(name.text) for name in heart.within.names)
    return are_units and all(condition.is_of_label for condition in rows.conditions)


def names_below(topic: Sequence[Name], draft: Draft) -> list[str]:
    """The names that are listed under each of several headings (事业单位, 派出机构); empty where one has none."""
    lines: list[str] = []
    for name in topic:
        text = normalise(name.text)
        found = next((one for one in named_lists(draft) if one.lead.endswith(text)), None)
        if found is None:
            return []
        lines += [f"{draft.heading}所列的{draft.named(name.text)}的名称{marks(found.cite(draft))}："]
        lines += [f"- {draft.named(each)}" for each in found.names]
    return lines


def _counts(ask: Ask) -> bool:
    """Whether so many units or offices are asked for."""
    query = ask.query
    if isinstance(query, Count):
        return isinstance(query.of, Rows) and query.of.kind == "unit"
    return isinstance(query, Say | Select) and query.counted in _COUNTED


def _endings(ask: Ask) -> set[str]:
    """What the names may end in: words that the question doesn't narrow by another one before them (企业|审计处)."""
    words = {*ask.unread, *(ask.query.words if isinstance(ask.query, Say) else ())}
    text = normalise(ask.text)
    return {
        word
        for word in words - _CLASSES
        if len(word) >= _SHORTEST and word in text and not any(f"{other}{word}" in text for other in words)
    }


def _included(ending: str, text: str) -> tuple[str, ...]:
    """What brackets behind a word say that it includes (学校(含技校、职业学院))."""
    match = _INCLUDING.match(normalise(text).split(ending, 1)[-1])
    return tuple(part for part in _AND.split(match["what"]) if len(part) >= _SHORTEST) if match else ()


def _most(draft: Draft, fits: Callable[[str], bool], kinds: Sequence[str] = ()) -> tuple[NamedList, list[str]] | None:
    """The list with most names that fit, and these; None where none has several. ``kinds``: what it is called after."""
    lists = [one for one in named_lists(draft) if one.is_of_units and all(kind in one.lead for kind in kinds)]
    found = [(one, [n for n in one.names if any(map(fits, forms_of_name(n)))]) for one in lists]
    return max((each for each in found if len(each[1]) >= _FEWEST), key=lambda each: len(each[1]), default=None)


def _ends(endings: tuple[str, ...], form: str) -> bool:
    return form.endswith(endings) and form not in endings


def _meets(form: str, condition: Condition) -> bool:
    """Whether one of the forms of a name meets what is said of it."""
    if condition.starts or condition.ends:
        start, end = normalise(condition.starts or ""), normalise(condition.ends or "")
        return (form.startswith(start) and form.endswith(end)) != condition.is_negated
    return (normalise(condition.holds or "") in form) != condition.is_negated


def _said(conditions: Iterable[Condition]) -> str:
    return "、".join(f"{'不' if c.is_negated else ''}{_of_label(c)}" for c in conditions)


def _of_label(condition: Condition) -> str:
    if condition.ends:
        return f"以“{condition.ends}”结尾"
    return f"以“{condition.starts}”开头" if condition.starts else f"含“{condition.holds}”"


def _lines(said: str, source: NamedList, names: Sequence[str], draft: Draft) -> list[str]:
    number = draft.add_figure(
        f"名称{said}的个数", Value("quantity", Decimal(len(names)), unit="个"), source.cite(draft)
    )
    told = (
        f"（“{draft.named(source.lead.rstrip(_COMMAS))}”）" if source.lead and len(source.lead) <= _LONGEST_LEAD else ""
    )
    return [
        f"{draft.heading}所列的名单{told}里，名称{said}的有 {number}：",
        *(f"- {draft.named(name)}" for name in names),
    ]
