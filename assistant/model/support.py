"""Whether what a model read stands in the question and in the document: names, operators, numbers, totals, last year.

The wall between a model's reading and an answer. What fails is told in Chinese, so that a model can repair it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.catalog.linking import linked
from assistant.model.candidates import Candidates, best_links
from assistant.model.form import FlatAsk, FlatReading
from assistant.model.signs import signs
from assistant.query import (
    Ask,
    Change,
    Condition,
    Count,
    Difference,
    Except,
    Exists,
    Filter,
    Mean,
    Name,
    Query,
    Rank,
    Ratio,
    Rows,
    Select,
    Share,
    Sum,
    names_of,
    nodes_of,
)
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.understand.wording import normalise
from index.money import YUAN_PER_UNIT, to_yuan

_NODES: Final[dict[type, str]] = {
    Rank: "rank", Sum: "sum", Mean: "mean", Count: "count", Share: "share", Change: "change",
    Difference: "difference", Ratio: "ratio", Exists: "exists", Except: "except",
}  # fmt: skip
_NAMES: Final = {
    "rank": "排名", "sum": "合计", "mean": "平均", "count": "计数", "share": "占比", "change": "比上年",
    "difference": "相差", "ratio": "相除", "exists": "有没有", "except": "除外", "last": "上年", "why": "原因",
    "count_of": "数量", "change_rank": "按增减排", "descending": "从大到小", "ascending": "从小到大",
    "rows_function": "功能科目", "rows_economic": "经济科目", "rows_project": "项目", "rows_purchase": "采购品目",
    "rows_unit": "单位", "rows_income": "收入", "GT": "高于", "GTE": "不低于", "LT": "低于", "LTE": "不高于",
    "EQ": "等于", "RANGE": "两个数之间",
}  # fmt: skip
_BOUNDS: Final = {"gt": "GT", "ge": "GTE", "lt": "LT", "le": "LTE", "eq": "EQ", "ne": "except", "range": "RANGE"}
_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_SURE: Final = 0.8
_BARE: Final = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.万亿千百元%])")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十两]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the checks see it: its pieces and what they may mean, all words said, in quotes, and printed."""

    pieces: tuple[Piece, ...]
    candidates: Candidates
    conversation: str
    document: str
    year: int | None = None
    quoted: tuple[str, ...] = ()


def problems(reading: FlatReading, asks: Sequence[Ask], asked: Question, catalog: DocumentCatalog) -> list[str]:
    """What of a model's reading stands neither in the question nor in the document; nothing where all does."""
    said = {normalise(name): normalise(words) for ask in reading.asks for name, words in ask.said.items()}
    queries = [ask.query for ask in asks]
    found = [*_unsaid_flags(reading.asks, asked), *_text_problems(queries, said, asked)]
    for query in queries:
        found += [p for name in all_names(query) if (p := _name_problem(name, said, asked, catalog))]
        found += [p for node in all_nodes(query) for p in _node_problems(node, asked)]
    return list(dict.fromkeys(found))


def all_nodes(query: Query) -> Iterator[Query]:
    """The query and all queries within it, those of winners and bounds too."""
    for node in nodes_of(query):
        yield node
        if isinstance(node, Select) and node.winner:
            yield from all_nodes(node.winner)
        if isinstance(node, Rows):
            yield node.within
        for condition in node.conditions if isinstance(node, Filter) else ():
            if condition.than:
                yield from all_nodes(condition.than)


def leaves_out(node: Query) -> bool:
    """Whether a node leaves out rows: by name, or by a text in their labels."""
    return isinstance(node, Except) or (isinstance(node, Filter) and any(c.is_negated for c in node.conditions))


def all_names(query: Query) -> Iterator[Name]:
    """All names of a query, those that are left out or compared with too."""
    for node in all_nodes(query):
        if isinstance(node, Except):
            yield from node.items
        elif isinstance(node, Filter):
            yield from (n for c in node.conditions if c.than for n in names_of(c.than))
    yield from names_of(query)


def label_texts(queries: Sequence[Query]) -> set[str]:
    """The texts that the labels of rows are to hold, or not to."""
    nodes = (node for query in queries for node in all_nodes(query) if isinstance(node, Filter))
    return {normalise(text) for node in nodes for c in node.conditions for text in (c.starts, c.ends, c.holds) if text}


def mapped(reading: FlatReading, asked: Question) -> dict[str, str]:
    """The stretches of the question that the reading takes for names that are near to them."""
    found: dict[str, str] = {}
    for ask in reading.asks:
        for name, words in ask.said.items():
            if stretch := _stretch_of(normalise(name), normalise(words), asked):
                found[stretch] = name
    return found


def _unsaid_flags(asks: Sequence[FlatAsk], asked: Question) -> Iterator[str]:
    for ask in asks:
        flags = (("last", ask.last), ("why", ask.why), ("count_of", bool(ask.counted)))
        yield from (_unsaid(name) for name, is_set in flags if is_set and not _says(name, asked))
        kinds = [f"rows_{ask.rows}"] if f"rows_{ask.rows}" in signs() else []
        bounds = (_BOUNDS[where.cmp] for where in ask.where if where.value or where.than)
        yield from (_unsaid(name) for name in (*kinds, *bounds) if not _says(name, asked))
        if ask.counted and ask.counted not in asked.conversation:
            yield f"问题里没有量词“{ask.counted}”"


def _text_problems(queries: Sequence[Query], said: dict[str, str], asked: Question) -> Iterator[str]:
    """What the question says of the letters of names that no condition has: all of a text, and any at all."""
    texts = label_texts(queries)
    named = {normalise(piece.text) for piece in asked.pieces if piece.kind == "name"} | {*said.values()}
    yield from (f"漏了“{t}”" for t in asked.quoted if t not in texts and not any(t in n or n in t for n in named))
    if not texts and pattern("of_letters").search("".join(piece.text for piece in asked.pieces)):
        yield "漏了名称里的字（where 的 starts 或 holds）"


def _name_problem(name: Name, said: dict[str, str], asked: Question, catalog: DocumentCatalog) -> str | None:
    if name.text not in catalog.surfaces and name.text not in asked.document:
        return f"文件里没有名称“{name.text}”"
    if name.text in asked.conversation or name.text in _allowed(asked) or _means_same(name, asked, catalog):
        return None
    words = said.get(name.text, "")
    return None if _stretch_of(name.text, words, asked) else f"问题没有说到“{name.text}”"


def _allowed(asked: Question) -> set[str]:
    return {normalise(name) for name in asked.candidates.linked}


def _means_same(name: Name, asked: Question, catalog: DocumentCatalog) -> bool:
    """Whether a name is of an item that a word of the question is of too (招待费, 公务接待费)."""
    asked_for = {(k.role, k.table_id, k.key) for piece in asked.pieces for k in best_links(piece)}
    return bool(keys_of(name, catalog) & asked_for)


def keys_of(name: Name, catalog: DocumentCatalog) -> set[tuple[str, str, str]]:
    """What a name surely means: role, table and key of each."""
    token = linked(name, catalog)
    return {(link.role, link.table_id, link.key) for link in (token.links if token else ()) if link.score > _SURE}


def _stretch_of(name: str, words: str, asked: Question) -> str | None:
    """The unread stretch that words of the question are (part of), where the name is near to it."""
    if len(words) < 2 or words not in asked.conversation:
        return None
    near = {normalise(s): {normalise(n) for n in names} for s, names in asked.candidates.near.items()}
    return next((s for s, names in near.items() if name in names and (words in s or s in words)), None)


def _node_problems(node: Query, asked: Question) -> Iterator[str]:
    is_rest = isinstance(node, Sum) and any(leaves_out(inner) for inner in nodes_of(node))
    if (needed := _NODES.get(type(node))) and not is_rest and not _says(needed, asked):
        yield _unsaid(needed)
    if isinstance(node, Rank):
        yield from _rank_problems(node, asked)
    if isinstance(node, Filter):
        yield from (p for condition in node.conditions for p in _condition_problems(condition, asked))
    if isinstance(node, Select) and node.side and not _says(f"side_{node.side}", asked):
        yield f"问题没有问{node.side}总计"
    if isinstance(node, Rows) and node.level is not None:
        yield "不要写级次"


def _rank_problems(rank: Rank, asked: Question) -> Iterator[str]:
    direction, other, own = (
        ("descending", "lowest", "highest") if rank.descending else ("ascending", "highest", "lowest")
    )
    if not _says(direction, asked) or (_says(other, asked) and not _says(own, asked)):
        yield _unsaid(direction)
    if rank.by == "change" and not _says("change_rank", asked):
        yield _unsaid("change_rank")
    told = _numbers(pattern("of_letters").sub("", asked.conversation))
    if unsaid := [n for n in (*((rank.k,) if rank.k > 1 else ()), *rank.places) if n not in told and n > 1]:
        yield f"问题里没有名次 {unsaid[0]}"


def _condition_problems(condition: Condition, asked: Question) -> Iterator[str]:
    known = {_sized(p.value, p.unit) for p in asked.pieces if p.value is not None}
    known |= {(Decimal(number), "") for number in _BARE.findall(asked.conversation)}
    for value in condition.values:
        if _sized(value, condition.unit) not in known:
            yield f"问题里没有界限 {value}{condition.unit or ''}"
    if condition.is_negated and not _says("except", asked):
        yield _unsaid("except")
    for text in filter(None, (condition.starts, condition.ends, condition.holds)):
        if normalise(text) not in asked.conversation:
            yield f"问题里没有“{text}”"


def _sized(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    """A number with its unit, amounts of money in 元; nothing is nothing in any unit."""
    if not value:
        return value, ""
    return (to_yuan(value, unit), "元") if unit in YUAN_PER_UNIT else (value, unit or "")


def _numbers(text: str) -> set[int]:
    """The whole numbers up to ten that a text says in digits or characters, and those in digits beyond."""
    found = _NUMBER.findall(text)
    return {_DIGITS[n] if n in _DIGITS else int(Decimal(n)) for n in found}


def _says(name: str, asked: Question) -> bool:
    return bool(signs()[name].search(asked.conversation))


def _unsaid(name: str) -> str:
    return f"问题没有要求{_NAMES[name]}"
