"""What a reading leaves of its question: words that it does not account for, names and operators that it does not use.

An answer has to tell the words and the names all the same, and may leave no operator undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.model.candidates import best_links
from assistant.model.form import FlatReading
from assistant.model.signs import signs
from assistant.model.support import Question, all_names, all_nodes, keys_of, label_texts, leaves_out
from assistant.query import (
    Ask,
    Change,
    Claim,
    Count,
    Except,
    Filter,
    Mean,
    Name,
    Query,
    Rank,
    Ratio,
    Rows,
    Say,
    Select,
    Several,
    Sum,
)
from assistant.reading.clauses import ENDS, HOLDS, PER, STARTS, changing_words, clauses_of, is_besides, unread_words
from assistant.reading.foreign import foreign_phrases
from assistant.reading.grammar import OPERATORS
from assistant.reading.piece import Piece
from assistant.reading.pieces import restricts
from assistant.understand.wording import normalise

_EACH: Final = "人每平"
_LISTS: Final = (Several, Rows, Filter, Except, Rank)
"""Queries that list: what is to be added has to be added."""


def unread(asked: Question, reading: FlatReading, covered: Sequence[str]) -> tuple[str, ...]:
    """The words of the question that would change its answer and that no stretch and operator accounts for."""
    said = [signs()[name] for name in _operators(reading)]
    words: list[str] = []
    changing: list[str] = []
    for clause in clauses_of(asked.pieces):
        words += foreign_phrases(clause)
        changing += changing_words(clause)
        words += [word for word in unread_words(clause) if restricts(word)] if clause.asks else []
    left = (word for word in words if not any(word in stretch for stretch in covered))
    return tuple(word for word in dict.fromkeys((*left, *changing)) if all(sign.sub("", word) for sign in said))


def _operators(reading: FlatReading) -> Iterator[str]:
    """The operators that a reading has, as signs name them."""
    for ask in reading.asks:
        yield from (ask.op,) if ask.op in signs() else ()
        flags = (
            ("except", ask.except_), ("last", ask.last), ("why", ask.why or ask.intent == "why"),
            ("ascending", ask.asc), ("change_rank", ask.by == "change"),
        )  # fmt: skip
        yield from (name for name, is_set in flags if is_set)


def unused_words(asked: Question, queries: Sequence[Query]) -> list[str]:
    """What the question says to be done and no query does: operators, bounds, last year, counts."""
    nodes = [node for query in queries for node in all_nodes(query)]
    done = {type(node) for node in nodes}
    if any(isinstance(node, Rank) and node.by == "change" for node in nodes):
        done.add(Change)
    if any(map(leaves_out, nodes)):
        done.add(Except)
    ops = [piece for piece in asked.pieces if piece.kind == "op" and not is_besides(piece)]
    unused = [p.text for p in ops if (types := OPERATORS.get(p.name)) and not done & set(types)]
    unused += [p.text for p in asked.pieces if _is_undone(p, nodes, done, asked.year)]
    if any(p.name == "sum" for p in ops) and Sum not in done and any(isinstance(q, _LISTS) for q in queries):
        unused.append("合计")
    texts = label_texts(queries)
    for clause in clauses_of(asked.pieces):
        said = (m["text"] for p in (STARTS, ENDS, HOLDS) for m in p.finditer(clause.text))
        unused += [text for text in said if text not in texts]
        per = (m.group() for m in PER.finditer(clause.text) if m.group()[0] in _EACH)
        unused += [] if done & {Ratio, Mean} else per
    return unused


def lacks_reason(asked: Question, asks: Sequence[Ask]) -> bool:
    """Whether the question wants a reason and nothing of its reading gives one."""
    wants = signs()["wants_why"].search("".join(piece.text for piece in asked.pieces))
    return bool(wants) and not any(ask.wants_reason or isinstance(ask.query, Say) for ask in asks)


def _is_undone(piece: Piece, nodes: Sequence[Query], done: set[type], year: int | None) -> bool:
    """Whether a piece bounds, counts, tells a level or another year, and no node is of that kind."""
    match piece.kind:
        case "bound":
            return not any(isinstance(n, Filter) and any(c.values or c.than for c in n.conditions) for n in nodes)
        case "level":
            return True
        case "op" if piece.name == "count":
            counts = (isinstance(n, _LISTS) or (isinstance(n, Select) and n.quantity == "count") for n in nodes)
            return Count not in done and not any(counts)
        case "period" | "year" if piece.name == "last" or (year and piece.name == str(year - 1)):
            return Change not in done and not any(isinstance(n, Select) and n.period == "last" for n in nodes)
        case _:
            return False


def unused_names(asked: Question, queries: Sequence[Query], catalog: DocumentCatalog) -> tuple[Name, ...]:
    """The names that the question says of the document's items and units and that no query names."""
    used = [name for query in queries for name in all_names(query)]
    texts = {name.text for name in used}
    in_labels = label_texts(queries)
    keys = {key for name in used for key in keys_of(name, catalog)}
    return tuple(
        Name(text=normalise(piece.text))
        for piece in asked.pieces
        if piece.kind == "name"
        and normalise(piece.text) not in in_labels
        and not any(normalise(piece.text) in text for text in texts)
        and not keys & {(k.role, k.table_id, k.key) for k in best_links(piece)}
    )


def claims_in(asked: Question, queries: Sequence[Query]) -> tuple[Claim, ...]:
    """The figures that the question asserts: its numbers with units that bound nothing."""
    bounds = {v for q in queries for n in all_nodes(q) if isinstance(n, Filter) for c in n.conditions for v in c.values}
    return tuple(
        Claim(value=piece.value, unit=piece.unit, text=piece.text)
        for piece in asked.pieces
        if piece.kind == "number" and piece.value is not None and piece.unit and piece.value not in bounds
    )
