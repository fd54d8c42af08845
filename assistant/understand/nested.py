"""Quantities within a question: sums, rows picked by rank, figures that are the bound of a filter.

``差旅费比会议费和培训费之和多多少``, ``金额最高的三个项目占项目支出的比重``, ``比公务接待费高的科目有几个``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.understand.operands import operands_of, roles_of
from assistant.understand.ranking import picking, rank_tokens
from assistant.understand.types import Comparison, Operand, Threshold, Token, Understanding

_BOUNDS: Final[dict[str, Comparison]] = {"gt": "gt", "ge": "ge", "lt": "lt", "le": "le"}
_NAMES: Final = ("term", "total", "own")
_BETWEEN: Final = ("还", "更", "要", "都", "的", "预算", "金额", "数额", "支出")
"""Fillers that may stand inside a bound or before its adjective (比公务接待费还高)."""

_WITHIN: Final = ("里", "中", "里面", "之中", "当中", "下", "下面", "内")
_SELECTS: Final = re.compile(r"哪|几|什么|有没有")


def quantities(base: Understanding, tokens: Sequence[Token], catalog: DocumentCatalog) -> tuple[Operand, ...]:
    """The operands of one side of a comparison; what is picked by rank or added counts as one."""
    operands = operands_of(tuple(tokens), catalog, topics=False)
    classes = [t for t in tokens if t.group == "classes"]
    if (ranks := rank_tokens(tokens)) and (operands or classes):
        return (Operand(picked=_picked(base, ranks[0], tokens, operands)),)
    if len(operands) > 1 and any(t.name == "sum" for t in tokens):
        return (Operand(added=operands),)
    return operands


def two_ranks(base: Understanding, tokens: Sequence[Token], catalog: DocumentCatalog) -> tuple[Operand, ...]:
    """The two rows compared where one set of rows is named once: ``项目里最高的和最低的差多少``; else nothing."""
    ranks = rank_tokens(tokens)
    operands = operands_of(tuple(t for t in tokens if t not in ranks), catalog)
    if len(ranks) != 2 or not (operands or base.classes):
        return ()
    return tuple(Operand(picked=_picked(base, rank, tokens, operands[:1])) for rank in ranks)


def columns_of_pick(base: Understanding, tokens: Sequence[Token], catalog: DocumentCatalog) -> tuple[Operand, ...]:
    """What is asked of the row that is picked: ``金额最大的品目单价多少，买几台``; nothing where only the row is asked.

    A column named before the rank is what is ranked by (单价最高的品目).
    """
    ranks = rank_tokens(tokens)
    at = tokens.index(ranks[0]) if len(ranks) == 1 else len(tokens)
    heads = [i for i, t in enumerate(tokens) if i > at and t.group == "classes"]
    if not heads:
        return ()
    behind = operands_of(tuple(tokens[heads[0] + 1 :]), catalog, topics=False)
    if not behind or any(roles_of(operand) != {"column"} for operand in behind):
        return ()
    before = tokens[: heads[0] + 1]
    pick = Operand(picked=_picked(base, ranks[0], before, operands_of(tuple(before), catalog, topics=False)))
    return tuple(replace(pick, terms=operand.terms) for operand in behind)


def _picked(base: Understanding, rank: Token, tokens: Sequence[Token], operands: tuple[Operand, ...]) -> Understanding:
    named = "".join(t.text for t in tokens if t not in rank_tokens(tokens) and t.group in (*_NAMES, "classes"))
    own = tuple(dict.fromkeys(t.name for t in tokens if t.group == "classes")) or base.classes
    level = next((int(t.name) for t in tokens if t.group == "levels"), None)
    text = f"{named}{rank.text.rstrip('的')}"
    question = replace(base, question=text, classes=own, level=level, tokens=tuple(tokens))
    return picking(question, rank, tokens, operands)


def take_bounds(tokens: tuple[Token, ...], catalog: DocumentCatalog) -> tuple[tuple[Threshold, ...], tuple[Token, ...]]:
    """The filters whose bound is a figure of the budget or an average, and the tokens without them."""
    found: list[Threshold] = []
    while (taken := _take_bound(tokens, catalog)) is not None:
        found.append(taken[0])
        tokens = taken[1]
    return tuple(found), tokens


def _take_bound(tokens: tuple[Token, ...], catalog: DocumentCatalog) -> tuple[Threshold, tuple[Token, ...]] | None:
    for start in range(len(tokens)):
        if (bound := _bound(tokens, start)) is None:
            continue
        comparison, of, end = bound
        before, after = tokens[:start], tokens[end:]
        if not _filters_rows(before, after):
            continue
        if any(t.name == "mean" for t in of):
            return Threshold(comparison, of_mean=True), (*before, *after)
        operands = operands_of(of, catalog, topics=False)
        adds = len(operands) > 1 and any(t.name == "sum" for t in of)
        if len(operands) == 1 or adds:
            than = Operand(added=operands) if adds else operands[0]
            return Threshold(comparison, than=than), (*before, *after)
    return None


def _bound(tokens: Sequence[Token], start: int) -> tuple[Comparison, tuple[Token, ...], int] | None:
    """A comparison with names at ``start``, the names, and where it ends: ``超过差旅费``, ``比差旅费高``."""
    token = tokens[start]
    run = tuple(_run(tokens[start + 1 :]))
    if token.group == "compare":
        run = run[: _end_of_bound(run)]
    end = start + 1 + len(run)
    if not any(t.group in _NAMES or t.name == "mean" for t in run):
        return None
    if token.group == "compare" and token.name in _BOUNDS:
        return _BOUNDS[token.name], run, end
    adjective = tokens[end] if end < len(tokens) else None
    if token.name != "versus" or adjective is None or adjective.name not in ("more", "less"):
        return None
    if re.search(r"多少|几|[出了]", adjective.text):
        return None
    return ("gt" if adjective.name == "more" else "lt"), run, end + 1


def _run(tokens: Sequence[Token]) -> Iterator[Token]:
    """The names from the first token on, with what links them; a last 的 belongs to what follows."""
    run: list[Token] = []
    for token in tokens:
        links = token.group == "conjunctions" or token.name in ("sum", "mean") or token.text in (*_BETWEEN, *_WITHIN)
        if token.group not in _NAMES and not links:
            break
        run.append(token)
    while run and run[-1].group == "filler" and run[-1].text == "的":
        run.pop()
    yield from run


def _end_of_bound(run: Sequence[Token]) -> int:
    """Where the bound behind a verb ends: at the average, or at the last 的, behind which the rows are named."""
    ends = [i for i, t in enumerate(run) if t.group == "filler" and t.text == "的"]
    means = [i + 1 for i, t in enumerate(run) if t.name == "mean"]
    return next(iter((*means, *reversed(ends))), len(run))


def _filters_rows(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether rows are compared with the bound, not the one figure that stands before it (A超过B吗)."""
    beside = next((t for t in reversed(before) if t.group != "filler" or t.text in _WITHIN), None)
    follows_name = beside is not None and beside.group in _NAMES
    attributive = bool(after) and after[0].text.startswith("的")
    return any(_selects(t) for t in (*before, *after)) or (attributive and not follows_name)


def _selects(token: Token) -> bool:
    asks = token.group in ("filler", "operations", "everyone") and token.name not in ("more", "less", "ratio", "gap")
    return token.group in ("classes", "levels") or (asks and bool(_SELECTS.search(token.text)))
