"""Tokens to meaning: operation, operands, filters. A compositional grammar, no sentence patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.understand.filters import take_thresholds
from assistant.understand.leftover import leftover_words
from assistant.understand.nested import columns_of_pick, quantities, take_bounds, two_ranks
from assistant.understand.operands import EACH, operands_of, qualifiers, role_of, roles_of, split, split_at
from assistant.understand.ranking import GROUPED, grouped
from assistant.understand.shares import share, share_gap
from assistant.understand.types import Intent, Operand, Operation, Threshold, Token, Understanding
from assistant.understand.wording import wording_rules
from index.money import YUAN_PER_UNIT

_LONGEST_MONEY: Final = 4
_BARE_SUM: Final = 2
_OPENING: Final = ("scope", "year", "years", "document_types", "filler")
_PROJECTS: Final = "项目支出"
_KINDS: Final = re.compile(r"类(别|组成|构成)?$")


def parse(question: str, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding:
    """The question's meaning; words that nothing explains stand in ``leftover``."""
    bounds, tokens = take_bounds(_without_opening(tokens), catalog)
    thresholds, tokens = take_thresholds(tokens)
    thresholds = tuple(dict.fromkeys((*thresholds, *bounds)))
    excepts = any(t.group == "operations" and t.name == "except" for t in tokens)
    if not excepts and any(t.group == "classes" and t.name == "unit" for t in tokens):  # 本级和下属单位 are all units
        tokens = tuple(t for t in tokens if t.group != "own")
    tokens = tuple(_projects(tokens))
    tokens = tuple(_totals_of_names(tuple(_totals_compared(tokens))))
    names = {t.name for t in tokens if t.group == "operations"}
    base = Understanding(
        question,
        intent=_intent(tokens, thresholds),
        classes=_classes(tokens) or (("account",) if bounds and not _names_rows(tokens) else ()),
        level=next((int(t.name) for t in tokens if t.group == "levels"), None),
        thresholds=thresholds,
        asked_unit=_asked_unit(tokens),
        wants_count="count" in names,
        wants_sum="sum" in names,
        wants_reason=any(t.group == "intents" and t.name == "reason" for t in tokens),
        years=tuple(int(t.name) for t in tokens if t.group == "year"),
        relative_year=next((t.name for t in tokens if t.group == "years" and t.name != "this"), None),
        document_type=_document_type(tokens),
        of_final=catalog.document_type == "决算",
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
    return _over_projects(_of_all(_of_named(_with_operation(base, tokens, names, catalog))), catalog)


def _of_named(asked: Understanding) -> Understanding:
    """``货物、工程、服务哪一类最多``: of the several that are named, not of all classes there are."""
    asks_class = asked.classes == ("account",) and asked.level == 1
    is_choice = asked.operation in ("max", "min") and len(asked.operands) > 1 and asks_class
    return replace(asked, classes=(), level=None) if is_choice else asked


def _of_all(asked: Understanding) -> Understanding:
    """Of the sources of income (``哪一类收入最多``), and by class of what all money goes to (``支出最大的三项``)."""
    if not asked.ranks or asked.operands not in ((Operand(total="收入"),), (Operand(total="支出"),)):
        return asked
    if asked.operands[0].total == "支出":
        return asked if asked.classes else replace(asked, classes=("account",), level=1)
    return replace(asked, classes=("income",)) if asked.classes == ("account",) else asked


def _without_opening(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without the comma behind words that only greet or say whose budget of which year (``某局2026年，``)."""
    first = next((i for i, t in enumerate(tokens) if t.group not in (*_OPENING, "separators")), 0)
    return (*(t for t in tokens[:first] if t.group != "separators"), *tokens[first:])


def _over_projects(asked: Understanding, catalog: DocumentCatalog) -> Understanding:
    """``项目支出里最高的是哪项``: what 项目支出 is made of are the projects, where a table has them."""
    over_rows = asked.ranks or asked.operation in ("list", "count", "mean")
    if not over_rows or asked.classes or asked.level or asked.intent != "figure" or len(asked.operands) != 1:
        return asked
    terms = asked.operands[0].within_context.terms
    names_all = [t.text for t in terms if "unit" not in role_of(t)] == [_PROJECTS]
    if not names_all or not any(table.lists_projects for table in catalog.tables.values()):
        return asked
    units = tuple(t for t in terms if "unit" in role_of(t))
    operands = (replace(asked.operands[0], terms=units, context=()),) if units else ()
    return replace(asked, classes=("project",), operands=operands)


def _totals_of_names(tokens: Sequence[Token]) -> Iterator[Token]:
    """``A和B预算合计``: behind a name the word for the total only says that the names are added."""
    for before, token in zip((None, *tokens), tokens, strict=False):
        adds = token.group == "total" and token.text.endswith(("合计", "总计")) and len(token.text) > _BARE_SUM
        is_item = before is not None and before.group == "term" and "unit" not in role_of(before)
        yield replace(token, group="operations", name="sum") if adds and is_item else token


def _totals_compared(tokens: Sequence[Token]) -> Iterator[Token]:
    """``哪个收入多``: the words that compare also name what is compared."""
    for token in tokens:
        side = next((side for side in ("收入", "支出") if token.name == "which" and side in token.text), None)
        if side:
            yield replace(token, group="total", name=side, text=side)
        yield token


def _projects(tokens: Sequence[Token]) -> Iterator[Token]:
    """``各个项目资金``, ``哪五个项目金额``: each project's money, not the column 项目支出."""
    for before, token in zip((None, *tokens), tokens, strict=False):
        words = EACH[:2] if token.text.endswith("支出") else EACH  # 全部项目支出 is their sum
        is_each = before is not None and before.group == "filler" and before.text.startswith(words)
        is_each = is_each or (before is not None and before.text.endswith("个"))
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


def _intent(tokens: Sequence[Token], thresholds: Sequence[Threshold]) -> Intent:
    order: tuple[Intent, ...] = ("conflict", "definition", "who", "duty", "prose", "reason", "instruction")
    present = {t.name for t in tokens if t.group == "intents"}
    asks_amount = any(t.group == "units" or "多少" in t.text for t in tokens)
    if thresholds or asks_amount or any(t.name in GROUPED for t in tokens):  # no duty has an amount
        present.discard("duty")
    return next((intent for intent in order if intent in present), "figure")


def _document_type(tokens: Sequence[Token]) -> str | None:
    present = {t.name for t in tokens if t.group == "document_types"}
    return "决算" if "决算" in present else "预算" if present else None


def _asks_rate(tokens: Sequence[Token]) -> bool:
    """Whether the per cent is asked by which something moved, right behind the word for that (增长百分之几)."""
    pairs = pairwise(t for t in tokens if t.group == "operations")
    return any(one.name == "change" and two.name == "share" and one.end == two.start for one, two in pairs)


def _with_operation(
    base: Understanding, tokens: tuple[Token, ...], names: set[str], catalog: DocumentCatalog
) -> Understanding:
    if "except" in names:
        return _except(base, tokens, catalog)
    if names & {"gap", "ratio", "more", "less"} and (pair := two_ranks(base, tokens, catalog)):
        return replace(base, operation="ratio" if "ratio" in names else "difference", operands=pair[:1], base=pair[1])
    earlier = base.relative_year == "last" or _is_against_year_before(tokens, catalog)
    is_change = _asks_rate(tokens) or ("change" in names and earlier)
    if is_change and not any(t.name == "share" and "占" in t.text for t in tokens):
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if "ratio" in names:
        left, right = split_at(tokens, lambda t: t.group == "filler" and t.text == "是")
        return _binary(base, "ratio", left, right, catalog)
    if "share" in names:
        return share_gap(base, tokens, catalog) or share(base, tokens, catalog)
    if "change" in names and not _is_binary(tokens, names, catalog):
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if earlier and names & {"versus", "more", "less", "gap"}:
        return replace(base, operation="change", operands=operands_of(tokens, catalog))
    if _is_binary(tokens, names, catalog):
        left, right = split_at(tokens, _is_versus)
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
    left, right = split_at(tuple(tokens), _is_versus)
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
    if first and len(second) == 1 and _lacks_head(right):
        second = (_with_head(second[0], first[0]),)
    pairs = [_share_names(first[0], other) for other in second] if first else []
    if pairs:
        first, second = pairs[0][0], tuple(other for _, others in pairs for other in others)
    return replace(
        base, operation=operation, operands=first, base=second[0] if second else None, further_bases=second[1:]
    )


def _lacks_head(tokens: Sequence[Token]) -> bool:
    """``比给B的多多少``: behind 的 stands no noun, so that the other side's is meant."""
    last = max((i for i, t in enumerate(tokens) if t.group == "term"), default=len(tokens))
    follows = next(iter(tokens[last + 1 :]), None)
    return follows is not None and follows.group == "filler" and follows.text == "的"


def _with_head(second: Operand, first: Operand) -> Operand:
    is_shorter = len(second.terms) == len(first.terms) - 1 and not second.total
    return replace(second, terms=(*second.terms, first.terms[-1])) if is_shorter else second


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
    """Where what is left out ends: at 外, at a comma, or at the 的 before the whole (``不包括A的B，谢谢``)."""
    marks = [i for i, t in enumerate(rest) if t.name == "except" or t.group == "separators"]
    end = marks[0] if marks else len(rest)
    if marks and (rest[end].name == "except" or any(map(_names, rest[end:]))):
        return end
    links = (i for i, t in enumerate(rest[:end]) if t.group == "filler" and t.text.startswith("的"))
    named = [i for i, t in enumerate(rest[:end]) if _names(t)]
    return next((i for i in links if named and named[0] < i < named[-1]), end)


def _names(token: Token) -> bool:
    return token.group in ("term", "total", "classes")


def _of_each_unit(asked: Understanding) -> Understanding:
    """``两个单位各自前三的项目``: the units' rows are ranked unit by unit."""
    units = [o for o in asked.operands if roles_of(o) == {"unit"}]
    said = [t.text for t in asked.tokens if t.group in ("operations", "filler")]
    each = any(text.startswith((*EACH, "分别")) for text in said)
    others = tuple(name for name in asked.classes if name != "unit")
    several = len(units) > 1 or any(t.group == "both" for t in asked.tokens)
    if not each or not asked.ranks or not (several or "unit" in asked.classes):
        return asked
    return replace(asked, of_each_unit=True, classes=others) if others or several else asked
