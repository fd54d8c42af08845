"""Tables called by what is left of their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.catalog import DocumentCatalog, Link
from assistant.catalog.titled import SHORTEST_TITLE, tables_titled
from assistant.reading.piece import Piece
from assistant.understand.types import Token
from assistant.understand.wording import normalise
from index.naming import stands_in_order

_TABLE_END: Final = re.compile("表(?!示|明|扬|彰|现|达|格|态|面|述|上)")
_THAT_TABLE: Final = re.compile("[那这]一?[张个份]表")
_CHINESE: Final = re.compile("[一-鿿、]{2,}")
_LONGEST_TITLE: Final = 18
_SIDE_BY_SIDE: Final = re.compile("[、,和及与]")


def tables_called(text: str, catalog: DocumentCatalog) -> Iterator[Token]:
    """Tables by what is left of their titles (项目支出预算表 for 项目支出预算情况表), where none is called so."""
    yield from _tables_pointed_at(text, catalog)
    for mark in _TABLE_END.finditer(text):
        for start in range(max(0, mark.end() - _LONGEST_TITLE), mark.end() - SHORTEST_TITLE + 1):
            called = text[start : mark.end()]
            if called in catalog.surfaces:
                break
            if links := tables_titled(called, catalog):
                yield Token("term", "", called, start, mark.end(), links)
                break


def _tables_pointed_at(text: str, catalog: DocumentCatalog) -> Iterator[Token]:
    """Tables called by words of their titles (三公那张表, 三公会议培训那张表)."""
    titles = [(normalise(table.title), table) for table in catalog.tables.values()]
    for mark in _THAT_TABLE.finditer(text):
        for start in range(max(0, mark.start() - _LONGEST_TITLE), mark.start() - 1):
            called = text[start : mark.start()].removesuffix("的")
            fitting = [
                (title, table) for title, table in titles if called[:2] in title and stands_in_order(called, title)
            ]
            if fitting and _CHINESE.fullmatch(called):
                least = min(len(title) for title, _ in fitting)
                shortest = (table for title, table in fitting if len(title) == least)
                links = tuple(Link("table", t.table_id, t.table_id, 0.9, "near", t.title) for t in shortest)
                yield Token("term", text[start : mark.end()], links[0].name, start, mark.end(), links)
                break


def without_repeated_titles(pieces: Sequence[Piece], catalog: DocumentCatalog) -> list[Piece]:
    """The pieces, without brackets behind a table that only say its title again (08表|(一般公共预算基本支出))."""
    kept = list(pieces)
    for place, piece in enumerate(pieces[1:], 1):
        titles = _titles_of(pieces[place - 1], catalog) if piece.text == "(" else []
        end = next((n for n, p in enumerate(pieces[place:], place) if p.text == ")"), place) if titles else place
        said = _SIDE_BY_SIDE.split(normalise("".join(p.text for p in pieces[place + 1 : end])))
        if any(all(part and stands_in_order(part, title) for part in said) for title in titles):
            kept[place : end + 1] = [p.as_talk() for p in pieces[place : end + 1]]
    return kept


def _titles_of(piece: Piece, catalog: DocumentCatalog) -> list[str]:
    """The titles of the tables that a name means; [] where it means anything else."""
    links = piece.token.links if piece.token and piece.kind == "name" else ()
    is_table = bool(links) and all(link.role == "table" for link in links)
    return [normalise(catalog.tables[link.key].title) for link in links] if is_table else []
