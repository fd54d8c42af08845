"""The catalogue of a document, and that of tables which belong to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from assistant.catalog.forms import with_owners
from assistant.catalog.misprints import NameIndex
from assistant.catalog.naming import add_attribute, add_prose, add_table
from assistant.catalog.reading import attributes, load_tables, row_measures
from assistant.catalog.surfaces import Names
from assistant.catalog.types import DocumentCatalog, Link, Row, Table
from assistant.understand.units import unit_aliases
from assistant.understand.wording import normalise
from index.records import DocumentRecord, ParagraphRecord, StatementRecord, TableRecord
from index.warehouse import Warehouse

_UNITS: Final = "单位"
"""The code system of rows that are units."""

_REVENUE: Final = "收入"
_ALIAS: Final = 0.85
"""What a name scores at least that is one, and no part of one."""


def load_catalog(
    warehouse: Warehouse,
    document: DocumentRecord,
    records: Iterable[TableRecord],
    statements: Iterable[StatementRecord],
    paragraphs: Iterable[ParagraphRecord],
) -> DocumentCatalog:
    """The catalogue of one document: its records, and its rows and columns read from the warehouse."""
    document_id = document.document_id
    tables = with_owners(load_tables(warehouse, document, records), document)
    rows = {row.row_id: row for table in tables.values() for row in table.rows}
    units = tuple(dict.fromkeys(row.unit for row in rows.values() if row.unit))
    names = Names()
    for table in tables.values():
        add_table(names, table)
    for measure_row, texts in attributes(warehouse, document_id).items():
        for text in texts:
            add_attribute(names, text, measure_row)
    for row_id, table_id, measure in row_measures(warehouse, document_id):
        names.add(measure, Link("row", row_id, table_id))
    add_prose(names, statements, paragraphs)
    for unit in units:
        for alias, score in unit_aliases(unit, document.region):
            names.add_form(alias, Link("unit", unit, score=score, match="alias", name=unit))
    for alias, score in unit_aliases(document.unit_name, document.region):
        names.add_form(alias, Link("whole", document.unit_name, score=score, match="alias", name=document.unit_name))
    surfaces = _of_revenue(_without_main_unit(names.surfaces(), document.region), tables, rows)
    return DocumentCatalog(
        document_id, document.unit_name, document.region, document.year, document.document_type, tables, rows, units,
        surfaces, max(map(len, surfaces), default=0), NameIndex(surfaces), tuple(_labels(rows.values(), units)),
    )  # fmt: skip


def catalog_of(tables: Iterable[Table]) -> DocumentCatalog:
    """A catalogue of tables that belong to no one document."""
    by_id = {table.table_id: table for table in tables}
    rows = {row.row_id: row for table in by_id.values() for row in table.rows}
    names = Names()
    for table in by_id.values():
        add_table(names, table)
    surfaces = names.surfaces()
    longest = max(map(len, surfaces), default=0)
    return DocumentCatalog("", "", None, None, "", by_id, rows, (), surfaces, longest, NameIndex(surfaces))


def _labels(rows: Iterable[Row], units: Iterable[str]) -> Iterator[tuple[str, Link]]:
    for row in rows:
        if row.code_system != _UNITS and len(row.label) > 1:
            yield normalise(row.label), Link("row", row.row_id, row.table_id, name=row.label)
    for unit in units:
        yield normalise(unit), Link("unit", unit, name=unit)


def _without_main_unit(surfaces: dict[str, tuple[Link, ...]], region: str | None) -> dict[str, tuple[Link, ...]]:
    """The document's full name means the whole department, not the unit of the same name in it."""
    place = normalise(region or "")
    return {
        form: tuple(k for k in links if k.role != "unit")
        if place and place in form and any(k.role == "whole" for k in links)
        else links
        for form, links in surfaces.items()
    }


def _of_revenue(
    surfaces: dict[str, tuple[Link, ...]], tables: Mapping[str, Table], rows: Mapping[str, Row]
) -> dict[str, tuple[Link, ...]]:
    """A name of revenue (财政拨款收入) is its row among the revenue, no column of these funds in a table of spending.

    So where a row bears it; columns that print 收入 themselves stay.
    """
    said = {form: links for form, links in surfaces.items() if form.endswith(_REVENUE)}
    own = {form for form, links in said.items() if any(_is_of_revenue(link, rows) for link in links)}
    kept = {
        form: tuple(
            k for k in said[form] if k.role != "column" or k.name.endswith(_REVENUE) or not _is_spent(k, tables)
        )
        for form in own
    }
    return {**surfaces, **kept}


def _is_of_revenue(link: Link, rows: Mapping[str, Row]) -> bool:
    return (
        link.role == "row" and link.score >= _ALIAS and (row := rows.get(link.key)) is not None and row.side == _REVENUE
    )


def _is_spent(link: Link, tables: Mapping[str, Table]) -> bool:
    return "支出" in tables[link.table_id].kind
