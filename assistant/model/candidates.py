"""What a model may choose from: the names of one document that a question links to, and those near to what is left.

Only these reach the model, so the prompt stays short whatever the document holds; only these may it use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz, process

from assistant.catalog import DocumentCatalog, Link
from assistant.contents import DocumentContents
from assistant.reading.clauses import clauses_of, unread_words
from assistant.reading.foreign import foreign_phrases
from assistant.reading.piece import Piece
from assistant.reading.pieces import PART_OF_YEAR
from assistant.understand.wording import normalise, wording_rules
from assistant.words import tagged

_MOST_OF_A_NAME: Final = 3
_NAMES_LENGTH: Final = 220
_NEAR_LENGTH: Final = 110
_COLUMNS_LENGTH: Final = 100
_TABLES_LENGTH: Final = 90
"""Characters shown of each: together with the rest a prompt stays under its limit whatever a document holds."""

_MOST_TABLES: Final = 8
_MOST_STRETCHES: Final = 5
_LOOKED_AT: Final = 200
_MOST_NEAR: Final = 4
_NEAR: Final = 0.03
"""How much nearer than to common words a name must be to what a question says instead of it."""

_OF_ELSEWHERE: Final = ("ns", "nt", "nr", "nz", "t", "m")
_LONGEST: Final = 40
_SHOWN_ROLES: Final = ("row", "attribute", "unit", "column", "table", "statement")


@dataclass(frozen=True, slots=True)
class Candidates:
    """The names that a question or the turns before link to, those near to each stretch that links to nothing.

    Beside them the tables and columns that they stand in.
    """

    linked: tuple[str, ...]
    near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def candidates_of(pieces: Sequence[Piece], before: Sequence[Piece], contents: DocumentContents) -> Candidates:
    """What the pieces of a question, and of the turns before it, may mean in a document."""
    catalog = contents.catalog
    links = [link for piece in pieces for link in best_links(piece)]
    linked = dict.fromkeys(name for piece in (*pieces, *reversed(before)) for name in _names_of(piece))
    unread = dict.fromkeys(unread_stretches(pieces))
    stretches = [stretch for stretch in unread if _may_be_an_item(stretch)][:_MOST_STRETCHES]
    labels = _labels(catalog) if stretches else {}
    most = _NEAR_LENGTH // max(len(stretches), 1)
    near = {stretch: _shown(_near(stretch, labels, contents), most - len(stretch)) for stretch in stretches}
    return Candidates(
        _shown(linked, _NAMES_LENGTH),
        {stretch: names for stretch, names in near.items() if names},
        _shown(_tables(links, pieces, catalog), _TABLES_LENGTH),
        _shown(_columns(links, catalog), _COLUMNS_LENGTH),
    )


def _shown(names: Iterable[str], most: int) -> tuple[str, ...]:
    """As many names, the first ones, as so many characters hold."""
    shown: list[str] = []
    for name in dict.fromkeys(names):
        most -= len(name) + 1
        if most < 0:
            break
        shown.append(name)
    return tuple(shown)


def unread_stretches(pieces: Sequence[Piece]) -> Iterator[str]:
    """The stretches of a question that nothing of the document bears."""
    for clause in clauses_of(pieces):
        yield from foreign_phrases(clause)
        yield from unread_words(clause)


def _may_be_an_item(stretch: str) -> bool:
    """Whether a stretch may be another word for an item: no time, place, person, organisation or number."""
    elsewhere = any(tag.startswith(_OF_ELSEWHERE) for _, tag in tagged(stretch))
    return len(stretch) > 1 and not PART_OF_YEAR.search(stretch) and not elsewhere


def best_links(piece: Piece) -> list[Link]:
    """What a piece most probably means."""
    links = piece.token.links if piece.kind == "name" and piece.token else ()
    best = max((link.score for link in links), default=0.0)
    return [link for link in links if link.score >= best - 0.1 and link.role in _SHOWN_ROLES]


def _names_of(piece: Piece) -> Iterator[str]:
    """The names of a piece, the one that it is written with first."""
    printed = list(dict.fromkeys(link.name for link in best_links(piece) if 1 < len(link.name) <= _LONGEST))
    said = normalise(piece.text)
    yield from sorted(printed, key=lambda name: normalise(name) != said)[:_MOST_OF_A_NAME]


def _labels(catalog: DocumentCatalog) -> dict[str, str]:
    """The printed names of rows and units by their normal form."""
    names = {label: link.name for label, link in catalog.labels if 2 < len(label) <= _LONGEST}
    return {label: name for label, name in names.items() if not label.isdigit()}


def _near(stretch: str, labels: dict[str, str], contents: DocumentContents) -> tuple[str, ...]:
    """The names that are nearest to a stretch by spelling and meaning together."""
    found = process.extract(normalise(stretch), list(labels), scorer=fuzz.partial_ratio, limit=_LOOKED_AT)
    common: list[str] = wording_rules()["common"]
    nearness = contents.nearness(stretch, [*common, *(label for label, _, _ in found)])
    usual = sum(nearness[: len(common)]) / len(common)
    scored = zip(nearness[len(common) :], (label for label, _, _ in found), strict=True)
    near = sorted(((score, label) for score, label in scored if score - usual >= _NEAR), reverse=True)
    return tuple(labels[label] for _, label in near[:_MOST_NEAR])


def _tables(links: Iterable[Link], pieces: Sequence[Piece], catalog: DocumentCatalog) -> Iterator[str]:
    """The tables that the question's names stand in, then those whose titles are most like the question."""
    titles = {key: table.title for key, table in catalog.tables.items() if table.title}
    named = [titles[link.table_id] for link in links if link.table_id in titles]
    text = normalise("".join(piece.text for piece in pieces))
    like = process.extract(text, list(dict.fromkeys(titles.values())), scorer=fuzz.partial_ratio, limit=_MOST_TABLES)
    yield from (*named, *(title for title, _, _ in like))


def _columns(links: Iterable[Link], catalog: DocumentCatalog) -> Iterator[str]:
    """The columns of the tables that the question's rows stand in."""
    tables = dict.fromkeys(link.table_id for link in links if link.role == "row" and link.table_id in catalog.tables)
    yield from (column.path for key in tables for column in catalog.tables[key].columns if len(column.path) > 1)
