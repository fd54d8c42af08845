"""A question that asks several things: the parts that each ask, and whether one meaning accounts for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from assistant.understand.operands import ASKING
from assistant.understand.ranking import counts_actual
from assistant.understand.types import Operand, Operation, Understanding

_CLAUSE: Final = re.compile(
    r"(?:[（(][^（）()]*[）)]|“[^“”]*”|《[^《》]*》|(?<=\d),(?=\d)|[^，,。；;！!？?])+[，,。；;！!？?\s]*|[，,。；;！!？?]+"
)
_NAMES_RESULT: Final = re.compile(
    r"[?？]\s*$|(?:比例|占比|比重|增幅|降幅|幅度|原因|理由|差额|增减(?:情况|额)?)[，,。；;\s]*$"
)
"""What ends a clause that asks without a word for it: ``占三公经费的比例，``."""

_COUNT_OF_THINGS: Final = re.compile(r"^[几多少]+(?:辆|台|套|平方米|平米)$")
"""How many there are of what was named, whatever was asked of it (``哪类车最多，几辆``)."""

_MORE: Final = ("多", "少")
_SOURCE: Final = re.compile(r"[（(](?:按|以|依)[^（）()]*的(?:数|口径|说法)[）)](?=[?？。\s]*$)")
"""What at the end says where all that is asked is taken from: ``（按编制说明里的数）``."""

_MOST: Final = 5
_EMPTY: Final = ("filler", "separators", "conjunctions", "units")
"""Groups of words that neither name anything nor say what to do with it."""

_EACH_ALONE: Final = ("lookup", "exists", "change")
"""Operations that answer for each operand by itself."""

_ALSO: Final[dict[Operation, tuple[Operation, ...]]] = {
    "exists": ("lookup",),
    "sum": ("lookup", "list"),
    "count": ("lookup", "list"),
    "mean": ("lookup", "list"),
    "list": ("lookup",),
    "max": ("lookup", "list"),
    "min": ("lookup", "list"),
    "top": ("lookup", "list"),
    "share": ("lookup", "list"),
    "ratio": ("lookup", "list"),
    "difference": ("lookup", "list"),
    "change": ("share",),
}
"""What an answer states besides its result."""


class PartMeaning(NamedTuple):
    """What a part means by itself, and as a follow-up of the parts before it."""

    own: Understanding
    asked: Understanding


def parts_of(question: str) -> tuple[str, ...]:
    """The stretches of a question that each ask; what asks nothing goes with what follows, at the end with the last.

    >>> parts_of("三公经费里，接待费多少？公车呢，谢谢")
    ('三公经费里，接待费多少？', '公车呢，谢谢')
    """
    parts: list[str] = []
    pending = ""
    for clause in (match.group() for match in _CLAUSE.finditer(question)):
        pending += clause
        if ASKING.search(clause) or _NAMES_RESULT.search(clause):
            parts.append(pending)
            pending = ""
    if pending and parts:
        parts[-1] += pending
    if source := _SOURCE.search(question):
        parts = [*(f"{part}{source.group()}" for part in parts[:-1]), *parts[-1:]]
    return tuple(parts) if 1 < len(parts) <= _MOST else (question,)


def only_repeats(own: Understanding) -> bool:
    """Whether a part names nothing and does nothing of its own: ``各多少？``, ``是哪个单位的？``, ``几辆？``"""
    said = [t for t in own.tokens if t.group not in _EMPTY and t.name != "list" and t.text != "哪个单位"]
    counts = [t for t in said if _COUNT_OF_THINGS.search(t.text)]
    return all(t in counts or (counts and t.text in _MORE) for t in said)


def accounts_for(whole: Understanding, parts: Sequence[PartMeaning]) -> bool:
    """Whether one meaning says what all parts ask, and no more.

    It does where it is the meaning of one part whose answer also states what the others ask (``A和B各多少，差多少``),
    or where all parts ask the same of different items (``A多少，B多少``). Parts of one and the same meaning differ only
    in words that no meaning holds, so they can't be answered apart.
    """
    if whole.asks_execution and not whole.leftover:  # X完成了百分之几，为什么
        return all(part.own.asks_completion or _says_basis(part.own) or not part.own.operands for part in parts)
    if any(counts_actual(part.own) and not part.own.operands for part in parts):  # 离退休人员多少人，实有多少人
        return False
    if len(set(_times(parts))) == 1 and all(_key(part.asked) == _key(whole) for part in parts):
        return True
    if not _is_change(whole) and set(_times(parts)) != {_time(whole)}:
        return False
    bearers = [part.asked for part in parts if _key(part.asked) == _key(whole)]
    said = set[str]()
    for part in parts:
        if part.asked not in bearers and not (_only_asks_on(part.own, said) or _states(whole, part)):
            return False
        said |= _operations(part.own)
    if any(set(whole.leftover) <= set(bearer.leftover) for bearer in bearers):
        return True
    done = (whole.operation, whole.classes, whole.excluded)
    same = all((p.asked.operation, p.asked.classes, p.asked.excluded) == done for p in parts)
    is_each = same and whole.operation in _EACH_ALONE and not whole.leftover
    return is_each and set().union(*(_items(part.asked) for part in parts)) == _items(whole)


def _only_asks_on(own: Understanding, said: set[str]) -> bool:
    """Whether a part names nothing and does only what the parts before did (``占比最高的是哪项，占比多少``)."""
    asks = _operations(own)
    only_by_how_much = "change" in said and asks <= {"more", "less", "gap", "change"}
    return not (own.operands or own.classes or own.leftover) and bool(asks) and (asks <= said or only_by_how_much)


def _operations(own: Understanding) -> set[str]:
    names = {t.name for t in own.tokens if t.group in ("operations", "intents")}
    return names | {"change"} if names & {"more", "less"} else names


def _states(whole: Understanding, part: PartMeaning) -> bool:
    """Whether the answer to ``whole`` holds what a part asks besides the part that it is the meaning of."""
    asked = part.asked
    if whole.leftover or asked.leftover or not _items(asked) <= _items(whole):
        return False
    if whole.intent == "conflict" and asked.operation == "lookup":  # 到底是多少，表和正文对得上吗
        return asked.intent == "figure"
    if asked.intent == "reason" and _is_change(whole):
        return whole.wants_reason
    if asked.intent != "figure" or (whole.intent != "figure" and not _is_change(whole)):
        return False
    if (asked.wants_count, asked.wants_sum) > (whole.wants_count, whole.wants_sum):
        return False
    if asked.operation == "share" and _is_change(whole):
        return not part.own.operands  # 降了百分之几
    if asked.operation == "lookup" and _is_change(whole):
        return asked.relative_year == "last"
    if asked.operation == "sum" and whole.wants_sum:
        return whole.operation in ("sum", "count", "list")
    return asked.operation == whole.operation or asked.operation in _ALSO.get(whole.operation, ())


def _says_basis(own: Understanding) -> bool:
    """Whether a part asks for what was budgeted or spent."""
    return any(t.group in ("filler", "document_types") and ("预算" in t.text or "决算" in t.text) for t in own.tokens)


def _times(parts: Sequence[PartMeaning]) -> Iterator[tuple[Any, ...]]:
    """The year and kind of figures that each part asks for: its own, else those of the part before."""
    time: tuple[Any, ...] = ((), None, None)
    for part in parts:
        own = _time(part.own)
        time = own if any(own) else time
        yield time


def _time(asked: Understanding) -> tuple[Any, ...]:
    return asked.years, asked.relative_year, asked.document_type if asked.document_type == "决算" else None


def _is_change(asked: Understanding) -> bool:
    return asked.operation == "change" and asked.intent in ("figure", "reason")


def _key(asked: Understanding) -> tuple[Any, ...]:
    """What is done with what; a change with its reason is a change, a share may be each one's or the sum's."""
    intent = "figure" if _is_change(asked) else asked.intent
    of_each = asked.operation == "share" and ("list" in _operations(asked), asked.wants_sum)
    return (
        intent, of_each, asked.operation, _items(asked), asked.base and set(_names(asked.base)), set(asked.classes),
        asked.level, asked.limit, asked.ordinals, asked.descending, asked.thresholds,
        tuple(operand.text for operand in asked.excluded),
    )  # fmt: skip


def _items(asked: Understanding) -> set[frozenset[str]]:
    operands = (*asked.operands, *((asked.base,) if asked.base else ()))
    return {item for operand in operands if (item := frozenset(_names(operand)))}


def _names(operand: Operand) -> Iterator[str]:
    yield from (term.text for term in operand.terms)
    if operand.total:
        yield operand.total
