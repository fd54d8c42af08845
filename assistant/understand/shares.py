"""Shares: what part of which whole is asked for, rows told by their shares, and the gap between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.understand.nested import quantities
from assistant.understand.operands import EACH, operands_of, role_of, roles_of, split_at
from assistant.understand.ranking import grouped, rank_tokens
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import wording_rules

_ITS: Final = "其"
_EACH_ROW: Final = re.compile(r"[各每]一?(?:项|类别?|块|部分|个?项目|子项)")
_COMPOSED: Final = re.compile("组成|构成|哪几|哪些")
_SO_MANY: Final = re.compile(r"(?:[两二三四五六七八九十]|\d{1,2})大?(?:项|类|块|部分)")
_WITHIN: Final = ("里", "中", "里面", "里头", "里边", "之中", "当中", "下", "下面", "项下")


def share_gap(base: Understanding, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding | None:
    """``A占比比B占比高几个百分点``: two shares of one whole, subtracted; else None."""
    left, right = split_at(tokens, lambda t: t.name == "versus")
    first, second = (share(replace(base, thresholds=()), side, catalog) for side in (left, right))
    is_pair = all(side.operation == "share" and len(side.operands) == 1 for side in (first, second))
    if not is_pair or not any(t.name == "share" for t in left):
        return None
    wholes = [side.base for side in (first, second) if side.base and side.base != Operand()]
    return replace(
        base, operation="difference", operands=first.operands, base=second.operands[0],
        share_of=wholes[0] if wholes else Operand(),
    )  # fmt: skip


def share(base: Understanding, tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Understanding:
    """``A占B的比例``: A may be several operands, added; no B means the grand total."""
    left, right = split_at(tokens, lambda t: t.name == "share" and t.text.startswith(("占", "所占")))
    if any(t.group == "own_line" for t in right):
        return _share_of_own_line(base, left, right, catalog)
    if not operands_of(right, catalog) and not any(t.group == "whole" for t in right):
        before, behind = split_at(tokens, lambda t: t.group == "filler" and t.text == "在")
        if behind:  # A在B中的占比; 在B中，A的占比
            left, right = (before, behind) if operands_of(before, catalog) else (behind, ())
        elif not operands_of(left, catalog) and not rank_tokens(right):
            left, right = tokens, ()
        first, second = split_at(left, lambda t: t.group == "filler" and t.text == "是")
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
    if len(parts) == 1 and of and any(t.group == "filler" and t.text == _ITS for t in right):
        of = (_of_its_line(parts[0], of[0]), *of[1:])
    denominator = of[0] if of else _whole_of(parts)
    unknown = () if of else tuple(t.text for t in right if t.group == "other" and len(t.text) > 1)
    told = tuple(dict.fromkeys((*base.leftover, *unknown)))  # 占某某的: it is no share of everything
    return replace(base, operation="share", operands=parts, base=denominator, leftover=told)


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
    each = any(t.name == "list" for t in (*left, *right)) or any(t.text.startswith(EACH) for t in left)
    of_each = _ends_with_each(left)
    tells_rows = ranks or base.thresholds or (base.classes and each) or (of_each and parts)
    names_part = any(not part.total for part in parts) and not _ends_with_in(left) and not of_each
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


def _of_its_line(part: Operand, whole: Operand) -> Operand:
    """``A的B占其C``: a column of the line that the part is of; ``占其总支出`` is the line itself."""
    lines = tuple(term for term in part.terms if role_of(term) != {"column"})
    is_column = all(any(link.role == "column" for link in term.links) for term in whole.terms)
    if not roles_of(part) >= {"row", "column"} or not (whole.terms or whole.total) or not is_column:
        return whole
    return whole.with_terms(lines) if whole.terms else Operand(lines)


def _ends_with_in(tokens: tuple[Token, ...]) -> bool:
    """Whether the first clause only says within what: ``一般公共预算支出里，……``, ``工资福利支出里哪一项……``"""
    clause = _without_asking(takewhile(lambda t: t.group != "separators", tokens))
    return bool(clause) and clause[-1].text in _WITHIN


def _ends_with_each(tokens: tuple[Token, ...]) -> bool:
    """Whether each row of what is named is meant: ``工资福利支出各项……``, ``三类各……``, ``由哪几块组成，各……``"""
    clause = _without_asking(tokens)
    each_of_them = bool(tokens) and tokens[-1].name == "list" and sum(t.group == "term" for t in tokens) == 1
    told = clause[-1].text if clause else ""
    of_parts = any(t.name == "list" and _COMPOSED.search(t.text) for t in tokens)
    return bool(_EACH_ROW.fullmatch(told) or (each_of_them and (of_parts or _SO_MANY.fullmatch(told))))


def _without_asking(tokens: Iterable[Token]) -> list[Token]:
    """Tokens without the last ones that only ask which (哪一项, 分别)."""
    kept = list(tokens)
    while kept and (kept[-1].name == "list" or (kept[-1].group == "filler" and kept[-1].text.startswith("哪"))):
        kept.pop()
    return kept


def _whole_of(parts: tuple[Operand, ...]) -> Operand:
    """What a share without a denominator is of: the row's total (``事业运行中人员经费占比``), else the table's."""
    if parts and {"row", "column"} <= roles_of(parts[0]):
        return Operand(tuple(t for t in parts[0].terms if role_of(t) != {"column"}))
    return Operand()
