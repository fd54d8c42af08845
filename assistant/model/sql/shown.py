"""The views that a model may read: those of the tables that a question is about, with what their columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.model.candidates import Candidates, best_links
from assistant.reading.piece import Piece
from assistant.understand.wording import normalise
from index.kinds import KINDS, OTHER, KindSpec
from index.warehouse import Warehouse

COMMON: Final = ("row_id", "所属单位", "上级", "末级", "合计行")
"""What each view has; the prompt says once what they mean."""

_SIDE: Final = "方向"
_SEPARATE_FUNDS: Final = ("政府性基金", "国有资本")
"""Views of one fund each, which a question has to name."""

_MOST_VIEWS: Final = 4
_LENGTH: Final = 420
"""Characters of all descriptions."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Views with their columns and types, as the guard lets them through; and how they are told to a model."""

    catalogue: dict[str, dict[str, str]]
    told: tuple[str, ...]


def shown_for(pieces: Sequence[Piece], candidates: Candidates, catalog: DocumentCatalog, warehouse: Warehouse) -> Shown:
    """The views of the tables that the question's names stand in, then of those whose titles are most like it."""
    text = normalise("".join(piece.text for piece in pieces))
    types, comments = warehouse.catalogue(), warehouse.comments()
    views: dict[str, dict[str, str]] = {}
    told: list[str] = []
    left = _LENGTH
    for kind in dict.fromkeys(_kinds(pieces, candidates, catalog)):
        is_other_fund = any(kind.startswith(fund) and fund not in text for fund in _SEPARATE_FUNDS)
        if is_other_fund or len(views) == _MOST_VIEWS:
            continue
        columns = [name for name in _columns(KINDS[kind], catalog) if name in types[kind]]
        line = f"{kind}（{comments[kind]['']}）：" + "、".join(_told(comments[kind][name], name) for name in columns)
        left -= len(line)
        if left < 0 and views:
            break
        views[kind] = {name: types[kind][name] for name in (*COMMON, *columns)}
        told.append(line)
    return Shown(views, tuple(told))


def _kinds(pieces: Sequence[Piece], candidates: Candidates, catalog: DocumentCatalog) -> Iterator[str]:
    """The kinds of tables in the order in which a question may be about them."""
    links = (link for piece in pieces for link in best_links(piece))
    tables = [catalog.tables[link.table_id] for link in links if link.table_id in catalog.tables]
    titles = {table.title: table for table in catalog.tables.values()}
    tables += [titles[title] for title in candidates.tables if title in titles]
    yield from (table.kind for table in tables if table.kind != OTHER and table.rows)


def _columns(kind: KindSpec, catalog: DocumentCatalog) -> Iterator[str]:
    """The columns that tell rows apart, and the measures that the document prints."""
    tables = [table for table in catalog.tables.values() if table.kind == kind.name]
    if any(row.side for table in tables for row in table.rows):
        yield _SIDE
    yield from (kind.code, kind.label)
    printed = {column.measure for table in tables for column in table.columns if column.value_type != "blank"}
    names = (kind.code, kind.label)
    yield from (measure.name for measure in kind.measures if measure.name in printed and measure.name not in names)


def _told(comment: str, name: str) -> str:
    """A column with the unit that its comment tells."""
    unit = comment.removeprefix(name).partition("；")[0]
    return f"{name}{unit}" if unit.startswith("（") and unit.endswith("）") else name
