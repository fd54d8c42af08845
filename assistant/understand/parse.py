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
from assistant.understand.nested import columns_of_pick, quantities, take_bounds, two_ranks
from assistant.understand.operands import operands_of, qualifiers, role_of, roles_of, split
from assistant.understand.ranking import GROUPED, grouped, rank_tokens
from assistant.understand.types import Intent, Operand, Operation, Token, Understanding
from assistant.understand.wording import wording_rules
from index.money import YUAN_PER_UNIT

_EACH: Final = ("各", "每", "所有", "全部")
_LONGEST_MONEY: Final = 4
_BARE_SUM: Final = 2
_KINDS: Final = re.compile(r"类(别|组成|构成)?$")
_WITHIN: Final = ("里", "中", "里面", "里头", "之中", "当中", "下", "下面", "项下")


def parse(question: str, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding:
    """The question's meaning; words that nothing explains stand in ``leftover``."""
    bounds, tokens = take_bounds(tokens, catalog)
    thresholds, tokens = take_thresholds(tokens)
    thresholds = (*thresholds, *bounds)
    if any(t.group == "classes" and t.name == "unit" for t in tokens):  # 本级和下属单位 are all units
        tokens = tuple(t for t in tokens if t.group != "own")
    tokens = tuple(_projects(tokens))
    tokens = tuple(_totals_of_names(tokens))
    names = {t.name for t in tokens if t.group == "operations"}
    base = Understanding(
        question,
        intent=_intent(tokens),
        classes=_classes(tokens) or (("account",) if bounds and not _names_rows(tokens) else ()),
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
    if base.level is not None and not base.classes:  # 哪一类支出
        base = replace(base, classes=("account",))
    base = replace(base, wants_reason=any(t.group == "intents" and t.name == "reason" for t in tokens))
    return _with_operation(base, tokens, names, catalog)


def _totals_of_names(tokens: Sequence[Token]) -> Iterator[Token]:
    """``A和B预算合计``: behind a name the word for the total only says that the names are added."""
    for before, token in zip((None, *tokens), tokens, strict=False):
        adds = token.group == "total" and token.text.endswith(("合计", "总计")) and len(token.text) > _BARE_SUM
        is_item = before is not None and before.group == "term" and "unit" not in role_of(before)
        yield replace(token, group="operations", name="sum") if adds and is_item else token


def _projects(tokens: Sequence[Token]) -> Iterator[Token]:
    """``各个项目资金``: each project's money, not the column 项目支出."""
    for before, token in zip((None, *tokens), tokens, strict=False):
        words = _EACH[:2] if token.text.endswith("支出") else _EACH  # 全部项目支出 is their sum
        is_each = before is not None and before.group == "filler" and before.text.startswith(words)
        is_money = token.group == "term" and token.text.startswith("项目") and len(token.text) <= _LONGEST_MONEY
        yield replace(token, group="classes", name="project", links=()) if is_each and is_money else token


def _classes(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Which rows the class nouns mean; 各单位 within a department are its own."""
    names = [t.name for t in tokens if t.group == "classes" and t not in qualifiers(tokens)]
    within = any(t.group == "everyone" and t.text.endswith("单位") for t in tokens)
    return tuple(dict.fromkeys([*names, *(["unit"] if within else [])]))


def _names_rows(tokens: Sequence[Token]) -> bool:
    return any(t.group == "classes" or (t.group == "term" and "row" in role_of(t)) for t in tokens)


def _asked_unit(tokens: Sequence[Token]) -> str | None:
    """The unit asked for: ``多少万元``; also where it stands alone at the end (``多多少万元``)."""
    named = next((t.name for t in tokens if t.group == "units"), None)
    return named or next((t.text for t in tokens if t.group == "filler" and t.text in YUAN_PER_UNIT), None)


def _asks_kinds(tokens: Sequence[Token]) -> bool:
    """``分成哪几类``, ``由哪几类构成``: of a classification, 类 is its top level."""
    asks = (t.text for t in tokens if t.group in ("operations", "filler"))
    return any(_KINDS.search(text) for text in asks)


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
    if names & {"gap", "ratio", "more", "less"} and (pair := two_ranks(base, tokens, catalog)):
        return replace(base, operation="ratio" if "ratio" in names else "difference", operands=pair[:1], base=pair[1])
    earlier = base.relative_year == "last" or _is_against_year_before(tokens, catalog)
    if "change" in names and earlier and not any(t.name == "share" and "占" in t.text for t in tokens):
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if "ratio" in names:
        left, right = _split_at(tokens, lambda t: t.group == "filler" and t.text == "是")
        return _binary(base, "ratio", left, right, catalog)
    if "share" in names:
        return _share_gap(base, tokens, catalog) or _share(base, tokens, catalog)
    if "change" in names and not _is_binary(tokens, names, catalog):
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if earlier and names & {"versus", "more", "less", "gap"}:
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if _is_binary(tokens, names, catalog):
        left, right = _split_at(tokens, _is_versus)
        return _binary(base, "difference", left, right, catalog)
    if asks := columns_of_pick(base, tokens, catalog):
        return replace(base, operands=asks)
    operands = operands_of(tokens, catalog)
    if "which" in names and base.classes:
        return replace(base, operation="max", operands=operands, limit=1)
    if group := next((name for name in GROUPED if name in names), None):
        return _of_each_unit(grouped(base, group, tokens, operands))
    totals = sum(t.group == "total" and t.text.endswith(("合计", "总计")) for t in tokens)
    if totals == 1 and len(operands) > 1 and all(operand.total for operand in operands):  # A和B收入合计
        return replace(base, operation="sum", operands=operands, wants_sum=True)
    if "sum" in names or any(t.group == "conjunctions" and t.text[0] in "加+" for t in tokens):
        if len(operands) > 1 and _sums_one(tokens, catalog):
            return replace(base, operands=operands, wants_sum=False)
        many = len(operands) > 1 or bool(base.classes)
        operation: Operation = "sum" if many else "list" if "list" in names else "lookup"
        return replace(base, operation=operation, operands=operands)
    asks_which = any(t.group == "classes" and ("哪些" in t.text or "什么" in t.text) for t in tokens)
    each = len(operands) > 1 and not base.classes and not base.thresholds  # A、B分别是多少
    is_filter = base.thresholds and ("exists" not in names or bool(base.classes) or _names_table_only(operands))
    if ("list" in names and not each) or asks_which or is_filter:
        base = _of_side(base, operands)
        return replace(base, operation="list", operands=operands)
    if "exists" in names and base.intent == "figure":
        return replace(base, operation="exists", operands=operands)
    return replace(base, operands=operands)


def _of_side(base: Understanding, operands: Sequence[Operand]) -> Understanding:
    """``收入由哪几块构成``: what a side's total is made of are its sources, or its classes of spending.

    Of a table that is named, 哪几类 are its top rows.
    """
    if base.level is None and not base.classes and _names_table_only(operands) and _asks_kinds(base.tokens):
        return replace(base, level=1)
    if base.classes or len(operands) != 1 or operands[0].terms or not operands[0].total:
        return base
    if operands[0].total == "收入":
        return replace(base, classes=("income",))
    return replace(base, classes=("function",), level=base.level or 1)


def _is_against_year_before(tokens: Sequence[Token], catalog: DocumentCatalog) -> bool:
    """``比2025年``, ``与2025年相比`` in a document of 2026."""
    before = str((catalog.year or 0) - 1)
    return any(
        "versus" in (first.name, third.name) and (second.group, second.name) == ("year", before)
        for first, second, third in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False)
        if first and third
    )


def _sums_one(tokens: tuple[Token, ...], catalog: DocumentCatalog) -> bool:
    """Whether 一共 speaks of one name only, and another clause asks for another (``A一共多少，其中B多少``)."""
    clauses = split(tokens, ("separators",))
    return any(len(operands_of(clause, catalog)) == 1 and any(t.name == "sum" for t in clause) for clause in clauses)


def _names_table_only(operands: Sequence[Operand]) -> bool:
    """Whether only a table is named, so that its rows are meant (``有没有不到一万的采购``)."""
    return len(operands) == 1 and bool(operands[0].terms) and roles_of(operands[0]) <= {"table", "statement", "passage"}


def _is_binary(tokens: Sequence[Token], names: set[str], catalog: DocumentCatalog) -> bool:
    if names & {"gap", "which"}:
        return len(operands_of(tuple(tokens), catalog)) >= 2
    left, right = _split_at(tuple(tokens), _is_versus)
    return bool(operands_of(left, catalog)) and bool(operands_of(right, catalog))


def _is_versus(token: Token) -> bool:
    """``比``, and what is left of a verb that compares where no number and no row follows it (``A超过B吗``)."""
    return token.name == "versus" or (token.group == "compare" and token.name in ("gt", "ge", "lt", "le"))


def _binary(
    base: Understanding, operation: Operation, left: tuple[Token, ...], right: tuple[Token, ...],
    catalog: DocumentCatalog,
) -> Understanding:  # fmt: skip
    """Two operands; where the words give both on one side (``A和B相差``), they are taken from there.

    Of several behind 比 each is compared with on its own (``A比B和C各多多少``).
    """
    first, second = quantities(base, left, catalog)[-1:], quantities(base, right, catalog)
    if not first or not second:
        both = operands_of(left, catalog) or operands_of(right, catalog)
        first, second = both[:1], both[1:2]
    pairs = [_share_names(first[0], other) for other in second] if first else []
    if pairs:
        first, second = pairs[0][0], tuple(other for _, others in pairs for other in others)
    return replace(
        base, operation=operation, operands=first, base=second[0] if second else None, further_bases=second[1:]
    )


def _share_names(first: Operand, second: Operand) -> tuple[tuple[Operand, ...], tuple[Operand, ...]]:
    """``办公室的基本工资`` / ``通信中心``: a side that names only a unit takes the other's item."""
    if any(side.picked or side.added for side in (first, second)):
        return (first,), (second,)
    if first.context and not second.context and not second.total:
        second = replace(second, context=first.context)
    if roles_of(second) <= {"unit"} and not second.total:
        kept = tuple(t for t in first.terms if "unit" not in role_of(t))
        second = replace(second, terms=(*kept, *second.terms), total=first.total)
    elif roles_of(first) <= {"unit"} and not first.total:
        kept = tuple(t for t in second.terms if "unit" not in role_of(t))
        first = replace(first, terms=(*first.terms, *kept), total=second.total)
    elif roles_of(second) == {"row"} and "column" in roles_of(first) and "row" in roles_of(first):
        second = replace(second, terms=(*second.terms, *(t for t in first.terms if role_of(t) == {"column"})))
    elif roles_of(first) == {"row"} and "column" in roles_of(second) and "row" in roles_of(second):
        first = replace(first, terms=(*first.terms, *(t for t in second.terms if role_of(t) == {"column"})))
    elif roles_of(second) == {"column"} and "row" in roles_of(first) and "column" in roles_of(first):
        second = replace(second, terms=(*(t for t in first.terms if "row" in role_of(t)), *second.terms))
    return (first,), (second,)


def _share(base: Understanding, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding:
    """``A占B的比例``: A may be several operands, added; no B means the grand total."""
    left, right = _split_at(tokens, lambda t: t.name == "share" and t.text.startswith(("占", "所占")))
    if any(t.group == "own_line" for t in right):
        return _share_of_own_line(base, left, right, catalog)
    if not operands_of(right, catalog) and not any(t.group == "whole" for t in right):
        before, behind = _split_at(tokens, lambda t: t.group == "filler" and t.text == "在")
        if behind:  # A在B中的占比; 在B中，A的占比
            left, right = (before, behind) if operands_of(before, catalog) else (behind, ())
        elif not operands_of(left, catalog) and not rank_tokens(right):
            left, right = tokens, ()
        first, second = _split_at(left, lambda t: t.group == "filler" and t.text == "是")
        if not right and operands_of(first, catalog) and operands_of(second, catalog):  # A是B的百分之几
            left, right = first, second
    if rows := _rows_by_share(base, left, right, catalog):
        return rows
    parts, of = operands_of(left, catalog, topics=False), quantities(base, right, catalog)
    if rank_tokens(left) and (parts or base.classes):
        parts = quantities(base, left, catalog)
    elif not of and (within := _within(left, catalog)):
        of, parts = within
    explicit = any(t.name == "share" and "占" in t.text for t in tokens)
    if len(parts) == 2 and not of and not explicit:  # A和B的比例
        return replace(base, operation="ratio", operands=parts[:1], base=parts[1])
    if len(parts) > 1 and not of and _ends_with_in(left):  # B里，A1和A2各占多少
        of, parts = parts[:1], parts[1:]
    denominator = of[0] if of else _whole_of(parts)
    return replace(base, operation="share", operands=parts, base=denominator)


def _share_of_own_line(
    base: Understanding, left: tuple[Token, ...], right: tuple[Token, ...], catalog: DocumentCatalog
) -> Understanding:
    """``项目支出占本类支出比重最高的``: rows by the share of a column in their own total; or one row's share."""
    parts = tuple(part for part in operands_of(left, catalog, topics=False) if not part.total)[-1:]
    if ranks := rank_tokens(right):
        return grouped(replace(base, of_own_line=True), ranks[0].name, right, parts)
    if base.classes or base.thresholds:
        return replace(base, operation="list", operands=parts, of_own_line=True)
    return replace(base, operation="share", operands=parts, base=_whole_of(parts))


def _share_gap(base: Understanding, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding | None:
    """``A占比比B占比高几个百分点``: two shares of one whole, subtracted; else None."""
    left, right = _split_at(tokens, lambda t: t.name == "versus")
    first, second = (_share(replace(base, thresholds=()), side, catalog) for side in (left, right))
    is_pair = all(side.operation == "share" and len(side.operands) == 1 for side in (first, second))
    if not is_pair or not any(t.name == "share" for t in left):
        return None
    wholes = [side.base for side in (first, second) if side.base and side.base != Operand()]
    return replace(
        base, operation="difference", operands=first.operands, base=second.operands[0],
        share_of=wholes[0] if wholes else Operand(),
    )  # fmt: skip


def _within(
    tokens: tuple[Token, ...], catalog: DocumentCatalog
) -> tuple[tuple[Operand, ...], tuple[Operand, ...]] | None:
    """``B中A的占比``: the whole and what of it is named; None where nothing is said to be within another."""
    marks = [i for i, t in enumerate(tokens) if t.group == "filler" and t.text in _WITHIN]
    for mark in marks:
        whole = operands_of(tokens[:mark], catalog, topics=False)
        parts = operands_of(tokens[mark:], catalog, topics=False)
        is_whole = whole and (roles_of(whole[0]) & {"row", "statement", "table"} or _is_made_of_parts(whole[0]))
        if len(whole) == 1 and parts and is_whole:
            return whole, tuple(replace(part, context=whole[0].terms) for part in parts)
    return None


def _is_made_of_parts(operand: Operand) -> bool:
    """Whether a column is named that others make up (“三公”经费)."""
    return any(link.name in wording_rules()["parts"] for term in operand.terms for link in term.links)


def _rows_by_share(
    base: Understanding, left: tuple[Token, ...], right: tuple[Token, ...], catalog: DocumentCatalog
) -> Understanding | None:
    """``占B比重最高的是哪项``, ``占比超过10%的科目``, ``各项目占B的比重``: rows told by their share; else None.

    What is named before 占 must be the whole that they are in (``B里占比最高的``), not what the share is asked of.
    """
    parts = operands_of(left, catalog, topics=False)
    of = quantities(base, tuple(t for t in right if t not in rank_tokens(right)), catalog)
    ranks = rank_tokens(right) or (rank_tokens(left) if not parts and not base.classes else [])
    group = ranks[0].name if ranks else "count" if base.wants_count and base.thresholds else None
    each = any(t.name == "list" for t in (*left, *right)) or any(t.text.startswith(_EACH) for t in left)
    tells_rows = ranks or base.thresholds or (base.classes and each)
    names_part = any(not part.total for part in parts) and not _ends_with_in(left)
    if not tells_rows or names_part or (rank_tokens(left) and base.classes):
        return None
    whole = (*of, *parts)
    if not whole and not base.classes:
        return None
    rows = parts or (() if base.classes else of)
    told = replace(base, operation="list", operands=rows, share_of=whole[0] if whole else Operand())
    if rows and rows[0].total and not base.classes:
        told = replace(told, classes=("function",), level=base.level or 1, operands=())
    return grouped(told, group, (*right, *left), told.operands) if group else told


def _ends_with_in(tokens: tuple[Token, ...]) -> bool:
    """Whether the first clause only says within what: ``一般公共预算支出里，……``"""
    clause = list(takewhile(lambda t: t.group != "separators", tokens))
    return bool(clause) and clause[-1].text in _WITHIN


def _whole_of(parts: tuple[Operand, ...]) -> Operand:
    """What a share without a denominator is of: the row's total (``事业运行中人员经费占比``), else the table's."""
    if parts and {"row", "column"} <= roles_of(parts[0]):
        return Operand(tuple(t for t in parts[0].terms if role_of(t) != {"column"}))
    return Operand()


def _except(base: Understanding, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding:
    """``除A外B…``: B's rows or total without A."""
    start = next(i for i, t in enumerate(tokens) if t.name == "except")
    rest = tokens[start + 1 :]
    stop = _end_of_exception(rest)
    excluded = operands_of(rest[:stop], catalog, topics=False)
    remaining = (*tokens[:start], *(t for t in rest[stop:] if t.name != "except"))
    names = {t.name for t in remaining if t.group == "operations"}
    return replace(_with_operation(base, remaining, names, catalog), excluded=excluded)


def _end_of_exception(rest: Sequence[Token]) -> int:
    """Where what is left out ends: at 外, at a comma, or at the 的 before the whole (``不包括A的B``)."""
    marks = [i for i, t in enumerate(rest) if t.name == "except" or t.group == "separators"]
    if marks:
        return marks[0]
    links = (i for i, t in enumerate(rest) if t.group == "filler" and t.text.startswith("的"))
    named = [i for i, t in enumerate(rest) if t.group in ("term", "total", "classes")]
    return next((i for i in links if named and named[0] < i < named[-1]), len(rest))


def _of_each_unit(asked: Understanding) -> Understanding:
    """``两个单位各自前三的项目``: the units' rows are ranked unit by unit."""
    units = [o for o in asked.operands if roles_of(o) == {"unit"}]
    said = [t.text for t in asked.tokens if t.group in ("operations", "filler")]
    each = any(text.startswith((*_EACH, "分别")) for text in said)
    others = tuple(name for name in asked.classes if name != "unit")
    several = len(units) > 1 or any(t.group == "both" for t in asked.tokens)
    if not each or asked.operation not in ("max", "min", "top") or not (several or "unit" in asked.classes):
        return asked
    return replace(asked, of_each_unit=True, classes=others) if others or several else asked


def _split_at(
    tokens: tuple[Token, ...], is_mark: Callable[[Token], bool]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """The tokens before and behind the first mark; all of them before where there is none."""
    for i, token in enumerate(tokens):
        if is_mark(token):
            return tokens[:i], tokens[i + 1 :]
    return tokens, ()
