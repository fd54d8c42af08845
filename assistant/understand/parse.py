"""Tokens to meaning: operation, operands, filters. A compositional grammar, no sentence patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.understand.filters import take_thresholds
from assistant.understand.leftover import leftover_words
from assistant.understand.operands import operands_of, qualifiers, role_of, roles_of
from assistant.understand.types import Intent, Operand, Operation, Token, Understanding
from assistant.understand.wording import wording_rules
from index.money import YUAN_PER_UNIT

_GROUPED: Final = ("top", "ordinal", "max", "min", "mean", "count")
_EACH: Final = ("各", "每", "所有", "全部")
_LONGEST_MONEY: Final = 4


def parse(question: str, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding:
    """The question's meaning; words that nothing explains stand in ``leftover``."""
    thresholds, tokens = take_thresholds(tokens)
    if any(t.group == "classes" and t.name == "unit" for t in tokens):  # 本级和下属单位 are all units
        tokens = tuple(t for t in tokens if t.group != "own")
    tokens = tuple(_projects(tokens))
    names = {t.name for t in tokens if t.group == "operations"}
    base = Understanding(
        question,
        intent=_intent(tokens),
        classes=_classes(tokens),
        level=next((int(t.name) for t in tokens if t.group == "levels"), None),
        thresholds=thresholds,
        asked_unit=_asked_unit(tokens),
        wants_count="count" in names,
        wants_sum="sum" in names,
        years=tuple(int(t.name) for t in tokens if t.group == "year"),
        relative_year=next((t.name for t in tokens if t.group == "years" and t.name != "this"), None),
        document_type=_document_type(tokens),
        whole=any(t.group == "whole" for t in tokens),
        mentions_budget=any(
            word in t.text
            for word in wording_rules()["money"]
            for t in tokens
            if t.group in ("filler", "document_types")
        ),
        leftover=leftover_words(tokens, catalog),
        tokens=tokens,
    )
    if base.level is None and {"function", "economic"} & set(base.classes) and _asks_kinds(tokens):
        base = replace(base, level=1)
    base = replace(base, wants_reason=any(t.group == "intents" and t.name == "reason" for t in tokens))
    return _with_operation(base, tokens, names, catalog)


def _projects(tokens: Sequence[Token]) -> Iterator[Token]:
    """``各个项目资金``: each project's money, not the column 项目支出."""
    for before, token in zip((None, *tokens), tokens, strict=False):
        each = _EACH[:2] if token.text.endswith("支出") else _EACH  # 全部项目支出 is their sum
        is_each = before is not None and before.group == "filler" and before.text.startswith(each)
        is_money = token.group == "term" and token.text.startswith("项目") and len(token.text) <= _LONGEST_MONEY
        yield replace(token, group="classes", name="project", links=()) if is_each and is_money else token


def _classes(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Which rows the class nouns mean; 各单位 within a department are its own."""
    names = [t.name for t in tokens if t.group == "classes" and t not in qualifiers(tokens)]
    within = any(t.group == "everyone" and t.text.endswith("单位") for t in tokens)
    return tuple(dict.fromkeys([*names, *(["unit"] if within else [])]))


def _asked_unit(tokens: Sequence[Token]) -> str | None:
    """The unit asked for: ``多少万元``; also where it stands alone at the end (``多多少万元``)."""
    named = next((t.name for t in tokens if t.group == "units"), None)
    return named or next((t.text for t in tokens if t.group == "filler" and t.text in YUAN_PER_UNIT), None)


def _asks_kinds(tokens: Sequence[Token]) -> bool:
    """``分成哪几类``: of a classification, 类 is its top level."""
    return any(t.group in ("operations", "filler") and t.text.rstrip("别").endswith("类") for t in tokens)


def _intent(tokens: Sequence[Token]) -> Intent:
    order: tuple[Intent, ...] = ("conflict", "definition", "who", "duty", "prose", "reason", "instruction")
    present = {t.name for t in tokens if t.group == "intents"}
    return next((intent for intent in order if intent in present), "figure")


def _document_type(tokens: Sequence[Token]) -> str | None:
    present = {t.name for t in tokens if t.group == "document_types"}
    return "决算" if "决算" in present else "预算" if present else None


def _with_operation(
    base: Understanding, tokens: tuple[Token, ...], names: set[str], catalog: DocumentCatalog
) -> Understanding:
    if "except" in names:
        return _except(base, tokens, catalog)
    earlier = base.relative_year == "last"
    if "change" in names and earlier and not any(t.name == "share" and "占" in t.text for t in tokens):
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if "ratio" in names:
        left, right = _split_at(tokens, lambda t: t.group == "filler" and t.text == "是")
        return _binary(base, "ratio", left, right, catalog)
    if "share" in names:
        return _share(base, tokens, catalog)
    if "change" in names and not _is_binary(tokens, names, catalog):
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if earlier and names & {"versus", "more", "less", "gap"}:
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if _is_binary(tokens, names, catalog):
        left, right = _split_at(tokens, lambda t: t.group == "operations" and t.name == "versus")
        return _binary(base, "difference", left, right, catalog)
    operands = operands_of(tokens, catalog)
    if "which" in names and base.classes:
        return replace(base, operation="max", operands=operands, limit=1)
    if group := next((name for name in _GROUPED if name in names), None):
        return _grouped(base, group, tokens, operands)
    totals = sum(t.group == "total" and t.text.endswith(("合计", "总计")) for t in tokens)
    if totals == 1 and len(operands) > 1 and all(operand.total for operand in operands):  # A和B收入合计
        return replace(base, operation="sum", operands=operands, wants_sum=True)
    if "sum" in names or any(t.group == "conjunctions" and t.text[0] in "加+" for t in tokens):
        many = len(operands) > 1 or bool(base.classes)
        operation: Operation = "sum" if many else "list" if "list" in names else "lookup"
        return replace(base, operation=operation, operands=operands)
    asks_which = any(t.group == "classes" and ("哪些" in t.text or "什么" in t.text) for t in tokens)
    each = len(operands) > 1 and not base.classes and not base.thresholds  # A、B分别是多少
    if ("list" in names and not each) or asks_which or (base.thresholds and "exists" not in names):
        return replace(base, operation="list", operands=operands)
    if "exists" in names and base.intent == "figure":
        return replace(base, operation="exists", operands=operands)
    return replace(base, operands=operands)


def _is_binary(tokens: Sequence[Token], names: set[str], catalog: DocumentCatalog) -> bool:
    if names & {"gap", "which"}:
        return len(operands_of(tuple(tokens), catalog)) >= 2
    if "versus" not in names:
        return False
    left, right = _split_at(tuple(tokens), lambda t: t.group == "operations" and t.name == "versus")
    return bool(operands_of(left, catalog)) and bool(operands_of(right, catalog))


def _binary(
    base: Understanding, operation: Operation, left: tuple[Token, ...], right: tuple[Token, ...],
    catalog: DocumentCatalog,
) -> Understanding:  # fmt: skip
    """Two operands; where the words give both on one side (``A和B相差``), they are taken from there."""
    first, second = operands_of(left, catalog)[-1:], operands_of(right, catalog)[:1]
    if not first or not second:
        both = operands_of(left, catalog) or operands_of(right, catalog)
        first, second = both[:1], both[1:2]
    if first and second:
        first, second = _share_names(first[0], second[0])
    return replace(base, operation=operation, operands=first, base=second[0] if second else None)


def _share_names(first: Operand, second: Operand) -> tuple[tuple[Operand, ...], tuple[Operand, ...]]:
    """``办公室的基本工资`` / ``通信中心``: a side that names only a unit takes the other's item."""
    if roles_of(second) <= {"unit"} and not second.total:
        kept = tuple(t for t in first.terms if "unit" not in role_of(t))
        second = Operand((*kept, *second.terms), first.total)
    elif roles_of(first) <= {"unit"} and not first.total:
        kept = tuple(t for t in second.terms if "unit" not in role_of(t))
        first = Operand((*first.terms, *kept), second.total)
    elif roles_of(second) == {"row"} and "column" in roles_of(first) and "row" in roles_of(first):
        second = Operand((*second.terms, *(t for t in first.terms if role_of(t) == {"column"})))
    elif roles_of(first) == {"row"} and "column" in roles_of(second) and "row" in roles_of(second):
        first = Operand((*first.terms, *(t for t in second.terms if role_of(t) == {"column"})))
    elif roles_of(second) == {"column"} and "row" in roles_of(first) and "column" in roles_of(first):
        second = Operand((*(t for t in first.terms if "row" in role_of(t)), *second.terms))
    return (first,), (second,)


def _share(base: Understanding, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding:
    """``A占B的比例``: A may be several operands, added; no B means the grand total."""
    left, right = _split_at(tokens, lambda t: t.name == "share" and t.text.startswith(("占", "所占")))
    if not operands_of(right, catalog) and not any(t.group == "whole" for t in right):
        left, right = _split_at(tokens, lambda t: t.group == "filler" and t.text == "在")
        if right and not operands_of(left, catalog):  # 在B中，A的占比
            left, right = right, ()
    parts, of = operands_of(left, catalog, topics=False), operands_of(right, catalog, topics=False)
    explicit = any(t.name == "share" and "占" in t.text for t in tokens)
    if len(parts) == 2 and not of and not explicit:  # A和B的比例
        return replace(base, operation="ratio", operands=parts[:1], base=parts[1])
    if len(parts) > 1 and not of and _ends_with_in(left):  # B里，A1和A2各占多少
        of, parts = parts[:1], parts[1:]
    denominator = of[0] if of else _whole_of(parts)
    return replace(base, operation="share", operands=parts, base=denominator)


def _ends_with_in(tokens: tuple[Token, ...]) -> bool:
    """Whether the first clause only says within what: ``一般公共预算支出里，……``"""
    clause = list(takewhile(lambda t: t.group != "separators", tokens))
    return bool(clause) and clause[-1].text in ("里", "中", "里面", "之中", "当中")


def _whole_of(parts: tuple[Operand, ...]) -> Operand:
    """What a share without a denominator is of: the row's total (``事业运行中人员经费占比``), else the table's."""
    if parts and {"row", "column"} <= roles_of(parts[0]):
        return Operand(tuple(t for t in parts[0].terms if role_of(t) != {"column"}))
    return Operand()


def _except(base: Understanding, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding:
    """``除A外B…``: B's rows or total without A."""
    start = next(i for i, t in enumerate(tokens) if t.name == "except")
    rest = tokens[start + 1 :]
    stop = next((i for i, t in enumerate(rest) if t.name == "except" or t.group == "separators"), len(rest))
    excluded = operands_of(rest[:stop], catalog, topics=False)
    remaining = (*tokens[:start], *(t for t in rest[stop:] if t.name != "except"))
    names = {t.name for t in remaining if t.group == "operations"}
    return replace(_with_operation(base, remaining, names, catalog), excluded=excluded)


def _grouped(base: Understanding, name: str, tokens: Sequence[Token], operands: tuple[Operand, ...]) -> Understanding:
    token = next(t for t in tokens if t.group == "operations" and t.name == name)
    rank = int(token.value) if token.value is not None else None
    ascending = any(mark in token.text for mark in ("低", "少", "小", "便宜", "最后", "垫底"))
    if name == "top":
        return replace(
            base, operation="top", operands=operands, limit=3 if rank is None else rank, descending=not ascending
        )
    if name == "ordinal":
        ranks = tuple(int(t.value) for t in tokens if t.name == "ordinal" and t.value is not None)
        return replace(base, operation="top", operands=operands, ordinals=ranks, descending=not ascending)
    if name == "count":
        return replace(base, operation="count", operands=operands, counted=_counted(tokens))
    operation: Operation = "min" if name == "min" else "mean" if name == "mean" else "max"
    return replace(base, operation=operation, operands=operands, descending=operation != "min", limit=1)


def counted_units(tokens: Sequence[Token]) -> list[str]:
    """The classifiers of all that is counted: ``多少批次、多少人次``, ``几辆车``."""
    said = (re.sub(r"^[实共一有]*[几多少]+|(?<=辆).+", "", t.text) for t in tokens if t.name == "count")
    return list(dict.fromkeys(unit for unit in said if unit))


def _counted(tokens: Sequence[Token]) -> str | None:
    """The classifier of 几个, 多少条 …"""
    return next(iter(counted_units(tokens)), None)


def _split_at(
    tokens: tuple[Token, ...], is_mark: Callable[[Token], bool]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """The tokens before and behind the first mark; all of them before where there is none."""
    for i, token in enumerate(tokens):
        if is_mark(token):
            return tokens[:i], tokens[i + 1 :]
    return tokens, ()
