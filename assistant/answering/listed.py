"""Questions over a list that stands only in prose: its parts, the largest, how many, those over a bound, their sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.arithmetic import compare_pair
from assistant.answering.bounds import Bound
from assistant.answering.counts import ANYTHING
from assistant.answering.draft import Draft
from assistant.answering.list_meant import list_meant, named_parts, terms_in
from assistant.answering.listing import Listing, Part, parts_of, say_listing, say_none, say_share, total_of, with_shares
from assistant.answering.operators import use_rank
from assistant.answering.terms import Term
from assistant.answering.thresholds import condition, passes_all
from assistant.answering.values import Value, added, mean
from assistant.prose_lists import ProseList
from assistant.understand.tokenize import chinese_number
from assistant.understand.types import Operand, Threshold, Understanding

_OVER_ROWS: Final = frozenset(
    {"list", "count", "max", "min", "top", "sum", "mean", "share", "lookup", "difference", "ratio"}
)
_BESIDE: Final = {"gt": "高于", "ge": "不低于", "lt": "低于", "le": "不高于"}
_ANY_ROWS: Final = frozenset({"project", "account", "income"})
"""Class nouns that say nothing about what kind of list it is."""

_PAIR: Final = 2
_HOW_MANY: Final = re.compile(r"([两二三四五六七八九十]|\d{1,2})大?(?:个|项|类|块|种|条|家|笔|部分|方面|大项)+")


def answer_listed(draft: Draft, asked: Understanding) -> bool:
    """A group question, or a share of the whole, over the one list that the question names."""
    return _is_over_list(asked) and _answer_over(draft, asked, list_meant(draft, asked))


def add_listed(draft: Draft, asked: Understanding) -> bool:
    """The sum of a list whose total is printed nowhere (``新增了 3 个项目：…``)."""
    listed = list_meant(draft, asked) if _is_over_list(asked) else None
    return listed is not None and listed.whole is None and _answer_over(draft, asked, listed)


def _answer_over(draft: Draft, asked: Understanding, listed: ProseList | None) -> bool:
    if listed is None:
        return False
    if asked.operation in ("difference", "ratio"):
        return _compare(draft, asked, listed)
    named = named_parts(terms_in(asked), listed)
    if named is None:
        return False
    parts = parts_of(listed.entries)
    chosen = [parts[i] for i in named]
    total = total_of(listed, parts)
    if asked.operation == "share":
        if not chosen or not total.exact:
            return False
        say_share(draft, Listing(listed.title, parts, listed.whole), chosen, total, together=asked.wants_sum)
        return True
    if not _are_all_asked(asked, chosen, parts):
        return False
    kept = tuple(chosen) or parts
    within = "中，问到的" if len(kept) < len(parts) else ""
    if not _as_many_as_said(asked, kept):
        return False
    if (found := _filtered(draft, asked, listed, kept, total)) is None:
        return False
    passing, filters = found
    if passing:
        say_listing(draft, Listing(listed.title, passing, listed.whole, within + filters), asked)
    else:
        say_none(draft, Listing(listed.title, kept, listed.whole, filters))
    return True


def _compare(draft: Draft, asked: Understanding, listed: ProseList) -> bool:
    """Two parts of a list compared (``其他资金收入中，事业收入是其他收入的几倍``)."""
    operands = (*asked.operands, *filter(None, (asked.base, *asked.further_bases)))
    named = [_picked(draft, operand, listed) for operand in operands]
    if len(named) != _PAIR or any(len(each) != 1 for each in named):
        return False
    entries = [listed.entries[i] for (i,) in named]
    if any(entry.statement.amount_yuan is None for entry in entries):
        return False
    draft.route = "text"
    first, second = (Term(draft.named(entry.label), statement=entry.statement) for entry in entries)
    return compare_pair(draft, first, second, as_ratio=asked.operation == "ratio")


def _picked(draft: Draft, operand: Operand, listed: ProseList) -> list[int]:
    """The parts that an operand names, or the one of the rank that it picks (``最高的``)."""
    if operand.picked is None:
        return named_parts(operand.within_context.terms, listed) or []
    values = [part.value.exact or Decimal(0) for part in parts_of(listed.entries)]
    order = sorted(range(len(values)), key=lambda i: values[i], reverse=operand.picked.descending)
    use_rank(draft, operand.picked)
    places = operand.picked.ordinals or (1,)
    return [order[place - 1] for place in places if place <= len(order)]


def _are_all_asked(asked: Understanding, chosen: Sequence[Part], parts: Sequence[Part]) -> bool:
    """Whether the parts named are what is asked about: some to look up or add up, else none of them or all."""
    if asked.operation == "lookup":
        return bool(chosen)
    return not chosen or len(chosen) == len(parts) or (asked.operation == "sum" and len(chosen) > 1)


def _is_over_list(asked: Understanding) -> bool:
    """Whether the question can be one over a list's parts, and nothing else is asked of them."""
    classes = {t.name for t in asked.tokens if t.group == "classes"}
    is_count = asked.operation != "count" or asked.counted in ANYTHING
    compares = asked.operation == "lookup" and any(t.name in ("versus", "gap") for t in asked.tokens)
    is_plain = not (compares or asked.excluded or asked.of_each_unit or asked.of_own_line or asked.limit == 0)
    return asked.operation in _OVER_ROWS and classes <= _ANY_ROWS and is_count and is_plain


def _as_many_as_said(asked: Understanding, parts: Sequence[Part]) -> bool:
    """Whether there are as many parts as the question says (``三大项``, ``4个…项目``)."""
    said = [m[1] for t in asked.tokens if t.group == "filler" for m in [_HOW_MANY.fullmatch(t.text)] if m]
    numbers = (Decimal(text) if text.isdecimal() else chinese_number(text) for text in said)
    return all(number == len(parts) for number in numbers)


def _filtered(
    draft: Draft, asked: Understanding, listed: ProseList, parts: tuple[Part, ...], total: Value
) -> tuple[tuple[Part, ...], str] | None:
    """The parts that pass the filters, with their shares where those are asked for, and the filters in words."""
    shares = [t for t in asked.thresholds if t.unit == "%"]
    amounts = [t for t in asked.thresholds if t.unit != "%" and not t.is_nested]
    said = condition(draft, amounts) + condition(draft, shares).replace("金额", "占比", 1)
    for threshold in (t for t in asked.thresholds if t.is_nested):
        bound = _bound(draft, threshold, listed)
        if bound is None or threshold.comparison not in _BESIDE:
            return None
        amounts.append(bound.threshold)
        said += f"，{_BESIDE[threshold.comparison]}{bound.said}的"
    if asked.share_of is not None or shares:
        parts = with_shares(parts, total)
    kept = tuple(
        p for p in parts
        if passes_all(p.value, amounts, "万元") and (not shares or (p.share and passes_all(p.share, shares, None)))
    )  # fmt: skip
    ordered = sorted(kept, key=lambda p: p.value.exact or 0, reverse=True) if asked.thresholds else kept
    return tuple(ordered), said


def _bound(draft: Draft, threshold: Threshold, listed: ProseList) -> Bound | None:
    """What the parts are compared with: their average, or the one that is named."""
    parts = parts_of(listed.entries)
    if threshold.of_mean:
        total, count = added(part.value for part in parts), len(parts)
        exact = (total.exact or Decimal(0)) / count
        shown = mean(total.exact or Decimal(0), count, total.unit) if total.kind == "amount" else None
        name, cited = f"{draft.named(str(count))} 项的平均值", [draft.cite_statement(part.statement) for part in parts]
    else:
        named = named_parts(threshold.than.within_context.terms if threshold.than else (), listed) or []
        if len(named) != 1:
            return None
        part = parts[named[0]]
        exact, shown, name = part.value.exact or Decimal(0), part.value, draft.named(part.label)
        cited = [draft.cite_statement(part.statement)]
    if shown is None:
        return None
    unit = "元" if shown.kind == "amount" else None
    rounded = "，四舍五入" if threshold.of_mean else ""
    said = f"{name}（{draft.add_figure(name, shown, cited)}{rounded}）"
    return Bound(Threshold(threshold.comparison, (exact,), unit), said)
