"""Follow-up questions: what one leaves out it takes from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.understand.operands import role_of, roles_of
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import normalise, wording_rules
from assistant.words import tagged

_WITHIN: Final = ("其中", "里面", "里头", "当中")
_IN: Final = ("里", "中", "里面", "里头", "之中", "当中")
_POINTS_BACK: Final = re.compile(
    r"(?:^|^那么?|^请问|^而|^但)[，,]?"
    r"((?:(?:上面|刚才|前面)?[这那该]|上述)一?个?(?:项目|科目|费用|经费|支出|数字?|项(?!目)|笔钱|笔))(?!里|中|下)|(它)(?!们)"
)
_POINTS_TO_UNIT: Final = re.compile(r"([这那该][个家]?(?:部门|单位|局|街道))(?!里|内|之)|(它)(?!们)")
_PLACES: Final = frozenset({"table", "statement", "passage"})
_IN_TABLE: Final = re.compile(r"表[一二三四五六七八九十\d-]*(里|中|上|呢)")
_PREDICATE: Final = re.compile(r"(?:那么?)?[，,]?(?:占|比(?!较|例|重))")
_OF_ONE: Final = ("change", "share", "exists", "lookup")
"""Operations that can be done to another item in place of the one before."""

_COMPARING: Final = frozenset({"which", "gap", "ratio", "versus", "more", "less", "max", "min"})
_BY: Final = ("多少", "几", "了")
_LEAST: Final = ("少", "低", "小", "少的", "低的", "小的")


def items_so_far(asked: Understanding, earlier: Sequence[Understanding]) -> Understanding | None:
    """The question before with the items of those before it, where several are meant (``两项加起来呢？``).

    ``earlier`` are all questions of the conversation, oldest first; only items that were asked for one after the
    other, each for its figure, are taken together.
    """
    previous = earlier[-1] if earlier else None
    names = {t.name for t in asked.tokens if t.group == "operations"}
    if previous is None or asked.operands or asked.classes or not _takes_several(names):
        return previous
    run = list(takewhile(_is_one_figure, reversed(earlier)))
    items = list(dict.fromkeys(each.operands[0] for each in run))
    count = next((int(t.value) for t in asked.tokens if t.group == "filler" and t.value), len(items))
    if asked.relative_year or len(items) < max(count, 2):
        return previous
    return replace(previous, operands=tuple(reversed(items[:count])), relative_year=None)


def _takes_several(operations: set[str]) -> bool:
    """Whether the operations are done to several items; a share where it is each one's (``各占多少``)."""
    return bool(operations & {*_COMPARING, "sum"}) or {"list", "share"} <= operations


def _is_one_figure(asked: Understanding) -> bool:
    is_plain = asked.operation == "lookup" and asked.intent == "figure" and not asked.leftover
    return is_plain and len(asked.operands) == 1 and not asked.classes and not asked.base


def inherit(asked: Understanding, previous: Understanding | None, *, same_question: bool = False) -> Understanding:
    """``asked`` completed from the question before it; unchanged where it stands alone.

    What was not understood before (another unit's name) still isn't when a follow-up rests on it. Parts of the
    same question are closer: a part that names only columns speaks of the row before (``单价多少，买几台``).
    """
    completed = _completed(asked if previous is None else _without_verbs(asked), previous, same_question)
    if previous is None or not previous.leftover or not (completed != asked or _continues(asked)):
        return completed
    names_unit = any("unit" in roles_of(operand) for operand in asked.operands)
    return completed if names_unit else replace(completed, leftover=(*previous.leftover, *completed.leftover))


def _without_verbs(asked: Understanding) -> Understanding:
    """A lone verb that sentences of the budget hold as well (``完成了百分之几``) names no item: it is left over."""
    verbs = [operand for operand in asked.operands if _is_verb(operand)]
    if not verbs or len(verbs) < len(asked.operands):
        return asked
    return replace(asked, operands=(), leftover=(*asked.leftover, *(operand.text for operand in verbs)))


def _is_verb(operand: Operand) -> bool:
    links = [link for term in operand.terms for link in term.links]
    in_prose = bool(links) and all(link.role in ("statement", "passage") for link in links)
    return in_prose and [part for _, part in tagged(operand.text)] == ["v"]


def _is_noun(word: str) -> bool:
    return tagged(word)[-1][1].startswith("n")


def _completed(asked: Understanding, previous: Understanding | None, same_question: bool) -> Understanding:
    if previous is None or (not previous.operands and not previous.classes and previous.intent == "figure"):
        return asked
    if asked.operation == "share" and not asked.operands:
        named = asked.base and asked.base.text
        parts, whole = _part_and_whole(previous)
        each = tuple(t for t in previous.tokens if t.name == "list") if len(parts) > 1 and not previous.base else ()
        base = asked.base if named else whole or asked.base
        return replace(asked, operands=parts, base=base, tokens=(*asked.tokens, *each))
    if asked.operation == "share" and _names_units_only(asked) and not (asked.base and asked.base.text):
        return replace(_other_unit(asked, previous), base=previous.operands[0] if previous.operands else asked.base)
    if same_question and asked.operands and not asked.classes and _is_of_rows(previous, asked):
        return replace(asked, operation="list", classes=previous.classes, level=asked.level or previous.level)
    if asked.wants_sum and not asked.operands and previous.operation == "top":  # 前三是哪些，它们合计多少
        return replace(asked, operation="sum", operands=(Operand(picked=previous),))
    if asked.wants_sum and not asked.operands and len(previous.operands) > 1:
        return replace(asked, operation="sum", operands=previous.operands)
    if asked.operands and (against := _against(asked, previous)):
        return against
    if same_question and asked.classes == ("account",) and not asked.operands and _is_one_item(previous):
        if _says_level(asked) and previous.question.endswith(("?", "？")):  # …？最大的三个款级科目: of all of them
            return asked
        return replace(asked, operands=previous.operands)
    if not asked.operands and not asked.classes:
        return _compared(asked, previous) or _same_items(asked, previous, same_question)
    roles = set().union(*(roles_of(o) for o in asked.operands)) if asked.operands else set()
    if asked.operands and roles == {"unit"} and not any(o.total for o in asked.operands):
        return _other_unit(asked, previous)
    if roles == {"column"} and is_winner(previous) and previous.classes and _continues_row(asked):
        return replace(asked, operands=tuple(replace(o, picked=previous) for o in asked.operands))
    picks = [o.picked for o in previous.operands if o.picked and o.terms]
    if roles == {"column"} and picks and (same_question or _continues_row(asked)):
        return replace(asked, operands=tuple(replace(o, picked=picks[-1]) for o in asked.operands))
    if (
        roles == {"column"}
        and any(roles_of(o) >= {"row"} for o in previous.operands)
        and (same_question or _continues_row(asked))
    ):
        rows = tuple(t for t in previous.operands[-1].terms if role_of(t) & {"row", "unit"})
        return replace(asked, operands=tuple(o.with_terms(rows) for o in asked.operands))
    if (previous.operation == "change" or len(previous.years) > 1) and _is_only_by_how_much(asked):
        return replace(asked, operation="change", relative_year=previous.relative_year, years=previous.years)
    if roles and roles <= _PLACES and _IN_TABLE.search(asked.question):
        return _in_table(asked, previous)
    if asked.question.startswith(_WITHIN):
        return replace(asked, operands=tuple(_within(o, previous) for o in asked.operands))
    return _same_operation(asked, previous) if _continues(asked) else asked


def _says_level(asked: Understanding) -> bool:
    """Whether rows are called by their level (款级科目), as nobody calls the parts of what was just asked for."""
    groups = {t.group for t in asked.tokens}
    return {"levels", "classes"} <= groups and not asked.question.startswith(_WITHIN)


def _is_one_item(previous: Understanding) -> bool:
    """Whether one item was asked for just before, so that ``哪一类最多`` is about what it is made of."""
    items = [operand for operand in previous.operands if roles_of(operand) - {"unit"}]
    return len(items) == len(previous.operands) == 1 and not previous.classes and previous.intent == "figure"


def _names_units_only(asked: Understanding) -> bool:
    is_unit = [roles_of(operand) == {"unit"} and not operand.total for operand in asked.operands]
    return bool(is_unit) and all(is_unit)


def _is_of_rows(previous: Understanding, asked: Understanding) -> bool:
    """Whether an item is asked for of each of the rows just listed (``有哪几个单位，收入各多少``)."""
    lists = previous.operation in ("list", "count") and bool(previous.classes) and not previous.operands
    return lists and asked.operation in ("list", "lookup") and any(t.name == "list" for t in asked.tokens)


def _part_and_whole(previous: Understanding) -> tuple[tuple[Operand, ...], Operand | None]:
    """What a share of what was asked before is of: of the whole named there (``B里有多少是A，占几成``)."""
    first = previous.operands[0] if previous.operands else None
    if previous.base or first is None:
        return previous.operands, previous.base
    mark = next((t.start for t in previous.tokens if t.group == "filler" and t.text in _IN), 0)
    whole = first.context or tuple(t for t in first.terms if t in previous.tokens and t.end <= mark)
    parts = tuple(replace(o, terms=tuple(t for t in o.terms if t not in whole), context=()) for o in previous.operands)
    if not whole or role_of(whole[-1]) <= {"unit"} or not all(part.terms for part in parts):
        return previous.operands, previous.base
    return tuple(replace(part, context=whole) for part in parts), Operand(whole)


def _is_only_by_how_much(asked: Understanding) -> bool:
    """``公务接待费又少了多少``: by how much, of one item against nothing named."""
    is_one = asked.operation in ("lookup", "change") and len(asked.operands) == 1 and not asked.base
    words = [t.text for t in asked.tokens if t.name in ("more", "less", "gap", "change")]
    return is_one and not asked.relative_year and not asked.years and any(word.endswith(_BY) for word in words)


def _in_table(asked: Understanding, previous: Understanding) -> Understanding:
    """``支出总表里这一项是多少``: what was asked before, in another table."""
    tables = tuple(term for operand in asked.operands for term in operand.terms)
    items = [replace(o, terms=tuple(t for t in o.terms if not role_of(t) <= _PLACES)) for o in previous.operands]
    operands = tuple(replace(o, terms=(*o.terms, *tables), context=()) for o in items if o.terms)
    return replace(asked, operands=operands) if operands and asked.operation == "lookup" else asked


def _within(operand: Operand, previous: Understanding) -> Operand:
    """``其中…``: what was asked for before says within what."""
    own = {term.text for term in operand.terms}
    context = tuple(t for o in previous.operands[-1:] for t in o.terms if t.text not in own)
    return replace(operand, context=(*operand.context, *context))


def _continues(asked: Understanding) -> bool:
    """``那…呢``, ``其中…``: the words of a follow-up."""
    text = asked.question.strip()
    return text.startswith((*_WITHIN, "那", "它", "这")) or text.rstrip("？?。 ").endswith("呢")


def _continues_row(asked: Understanding) -> bool:
    """Whether columns alone say something of the row before: ``人员经费呢``, ``单价是多少``."""
    row_only = set(wording_rules()["row_only"])
    names = {link.name for o in asked.operands for t in o.terms for link in t.links if link.role == "column"}
    return _continues(asked) or bool(names and names <= row_only)


def _against(asked: Understanding, previous: Understanding) -> Understanding | None:
    """``比差旅费多多少``: the item before against the one named; None where a question doesn't begin like this."""
    first = next((t for t in asked.tokens if t.group != "filler"), None)
    is_one = len(previous.operands) == 1 and previous.intent == "figure" and not previous.classes
    if first is None or first.name != "versus" or asked.relative_year or asked.base or len(asked.operands) != 1:
        return None
    if not is_one:
        return replace(asked, leftover=(*asked.leftover, first.text))
    return replace(asked, operation="difference", operands=previous.operands, base=asked.operands[0])


def _compared(asked: Understanding, previous: Understanding) -> Understanding | None:
    """Only a comparison is new: ``哪个高？``, ``差多少？``, ``是几倍？`` of the items before; None where it is none."""
    items = (*previous.operands, *((previous.base,) if previous.base and previous.base.text else ()))
    names = {t.name for t in asked.tokens if t.group == "operations"}
    if len(items) < 2 or asked.relative_year or not names & _COMPARING:
        return None
    if len(items) == 2 and "ratio" in names:
        return replace(asked, operation="ratio", operands=items[:1], base=items[1], classes=previous.classes)
    if len(items) == 2 and not names & {"max", "min"}:
        return replace(asked, operation="difference", operands=items[:1], base=items[1], classes=previous.classes)
    least = any(t.text.endswith(_LEAST) for t in asked.tokens if t.name in ("which", "min"))
    return replace(
        asked, operation="min" if least else "max", operands=items, classes=previous.classes, descending=not least,
        limit=1,
    )  # fmt: skip


def _same_items(asked: Understanding, previous: Understanding, same_question: bool) -> Understanding:
    """Only an operation or an intent is new: ``为什么？``, ``比去年呢？``, ``最高的呢？``"""
    has_content = asked.leftover and asked.intent == "figure" and asked.operation == "lookup"
    names_item = not same_question or any(_is_noun(word) for word in asked.leftover)
    if has_content and names_item and not _continues(asked):
        return asked
    operation = asked.operation
    compares = any(t.group == "operations" and t.name in _COMPARING for t in asked.tokens)
    if asked.relative_year == "last" and operation in ("lookup", "difference") and compares:
        operation = "change"
    if asked.wants_sum and previous.classes:
        operation = "sum"
    return replace(
        asked, operation=operation, operands=previous.operands, classes=previous.classes,
        thresholds=asked.thresholds or previous.thresholds, base=asked.base or previous.base,
        level=asked.level or previous.level,
    )  # fmt: skip


def _other_unit(asked: Understanding, previous: Understanding) -> Understanding:
    """Only a unit is new: ``通信中心呢？``"""
    units = asked.operands[0].terms
    operands = tuple(
        Operand((*units, *(t for t in o.terms if role_of(t) != {"unit"})), o.total) for o in previous.operands
    ) or (Operand(units),)
    taken = previous.operation if asked.operation == "lookup" else asked.operation
    return replace(
        asked, operation=taken, operands=operands, classes=asked.classes or previous.classes,
        thresholds=asked.thresholds or previous.thresholds, limit=asked.limit or previous.limit, base=previous.base,
    )  # fmt: skip


def _same_operation(asked: Understanding, previous: Understanding) -> Understanding:
    """Only an item is new: ``那培训费呢？`` asks of it what was asked before, for the same unit."""
    units = tuple(t for o in previous.operands[:1] for t in o.terms if role_of(t) == {"unit"})
    has_unit = any("unit" in roles_of(o) for o in asked.operands)
    operands = asked.operands if has_unit or not units else tuple(o.with_terms(units) for o in asked.operands)
    if asked.operation != "lookup" or asked.intent != "figure":
        return replace(asked, operands=operands)
    again = ("difference", "ratio") if previous.base else ()
    taken = previous.operation if previous.operation in (*_OF_ONE, *again) else "lookup"
    return replace(
        asked, operation=taken, operands=operands, base=previous.base,
        relative_year=asked.relative_year or previous.relative_year,
        intent=previous.intent if previous.intent in ("reason", "definition", "duty") else asked.intent,
    )  # fmt: skip


def points_back(question: str, *, to_unit: bool = False) -> tuple[str, str] | None:
    """What stands around the word for an item (``它``, ``这个项目``) or a unit (``这个部门``) named before."""
    found = (_POINTS_TO_UNIT if to_unit else _POINTS_BACK).search(question)
    if not found or found.lastindex is None:
        return None
    return question[: found.start(found.lastindex)], question[found.end(found.lastindex) :]


def is_winner(asked: Understanding) -> bool:
    """Whether a question is for the one that comes first, so that what is said next is about that one."""
    return asked.operation in ("max", "min") or (
        asked.operation == "top" and (asked.limit == 1 or bool(asked.ordinals))
    )


def lacks_subject(question: str) -> bool:
    """Whether a question begins with what it says of an item that it doesn't name (``占三公经费多少``)."""
    return bool(_PREDICATE.match(question))


def lacks_second(asked: Understanding, *, alone: bool) -> bool:
    """Whether a comparison (``差多少``) finds no second item in the conversation, or only the same one."""
    if asked.operation == "share" and asked.base and asked.base.text:
        return [_points(operand) for operand in asked.operands] == [_points(asked.base)]
    items = (*asked.operands, *((asked.base,) if asked.base else ()))
    is_plain = asked.operation == "lookup" and not asked.relative_year and not asked.classes
    compares = any(t.group == "operations" and t.name in ("gap", "which", "ratio") for t in asked.tokens)
    rests = any(term not in asked.tokens for operand in asked.operands for term in operand.terms)
    return alone and is_plain and compares and rests and len(items) < 2


def _points(operand: Operand) -> set[tuple[str, str, str]]:
    return {(link.role, link.table_id, link.key) for term in operand.terms for link in term.links}


def within(asked: Understanding, previous: Understanding | None, catalog: DocumentCatalog) -> Understanding:
    """A share of nothing named is of the item before, where that holds it (``货物占了多大比例`` of 政府采购)."""
    of_nothing = asked.operation == "share" and (asked.base is None or not asked.base.text)
    if not of_nothing or previous is None or len(previous.operands) != 1 or not asked.operands:
        return asked
    whole = previous.operands[0]
    if all(_holds(whole, operand, catalog) for operand in asked.operands):
        return replace(asked, base=whole)
    return asked


def _holds(whole: Operand, part: Operand, catalog: DocumentCatalog) -> bool:
    """Whether an item is a row of the table or below the row named, or one of its parts (三公经费, 公务接待费)."""
    links = [link for term in whole.terms for link in term.links]
    keys = {link.table_id or link.key for link in links if link.role == "table"}
    keys |= {link.key for link in links if link.role == "row"}
    names = {normalise(link.name) for link in links}
    if any("采购" in link.name for link in links) and any(map(_is_kind_bought, part.terms)):
        return True
    parts = {normalise(n) for name, of in wording_rules()["parts"].items() if normalise(name) in names for n in of}
    for link in (link for term in part.terms for link in term.links):
        row = catalog.rows.get(link.key) if link.role in ("row", "attribute") else None
        if normalise(link.name) in parts or (row and (row.table_id in keys or keys & set(row.ancestors))):
            return True
    return False


def _is_kind_bought(term: Token) -> bool:
    """Whether a name is one of 货物, 工程 and 服务."""
    forms = {form for forms in wording_rules()["purchase_categories"].values() for form in forms}
    return term.text in forms or f"{term.text}类" in forms


def standalone(asked: Understanding, own: Understanding, previous: Understanding | None) -> str:
    """The question with what it inherited written out, in the words of the one before where these fit."""
    if asked == own or previous is None:
        return asked.question
    named, before = "、".join(o.text for o in own.operands), "、".join(o.text for o in previous.operands)
    if named and before and before in previous.question and asked.operation == previous.operation:
        return previous.question.replace(before, named)
    items = (*asked.operands, *((asked.base,) if asked.base else ()))
    inherited = [o.text for o in items] + [t.text for t in previous.tokens if t.group == "classes"]
    texts = [text for text in dict.fromkeys(inherited) if text and text not in asked.question]
    return f"{'、'.join(texts)}：{asked.question}" if texts else asked.question
