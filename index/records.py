"""The warehouse's rows: one frozen type per table of warehouse.sql, its fields the table's columns in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from index.document import Places

if TYPE_CHECKING:
    from index.clean.table import TableState, ValueType
    from index.prose import ParagraphRole


def document_of(identifier: str) -> str:
    """The document that this is, or whose table, row, cell, paragraph or statement it is.

    >>> document_of("0123456789ab.t3.r7.c2"), document_of("0123456789ab")
    ('0123456789ab', '0123456789ab')
    """
    return identifier.partition(".")[0]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One budget or final account."""

    document_id: str
    title: str
    unit_name: str
    unit_code: str | None
    region: str | None
    year: int | None
    document_type: str
    unit_level: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TableRecord:
    """One clean table; ``grid`` is what was printed, header rows first; ``file`` where it stands."""

    table_id: str
    document_id: str
    position: int
    table_no: str | None
    title: str
    kind: str
    confidence: float
    unit: str | None
    state: TableState
    note: str | None
    subject: str | None
    section: tuple[str, ...]
    page_first: int | None
    page_last: int | None
    line: int | None
    file: str
    header_rows: int
    grid: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """One cell: the home of every citation."""

    figure_id: str
    row_id: str
    table_id: str
    document_id: str
    kind: str
    row_no: int
    side: str | None
    row_label: str
    printed_label: str
    code: str | None
    code_system: str | None
    level: int | None
    parent_row_id: str | None
    is_leaf: bool
    is_total: bool
    subordinate_unit: str | None
    page: int | None
    column_no: int
    column_path: str
    measure: str | None
    printed: str
    unit: str | None
    value_type: ValueType
    number: Decimal | None
    amount_yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class ParagraphRecord:
    """One paragraph under its heading path, in the file where it stands."""

    paragraph_id: str
    document_id: str
    position: int
    section: tuple[str, ...]
    text: str
    role: ParagraphRole
    subject: str | None
    page: int | None
    line: int | None
    file: str


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """One figure read from prose, in the sentence it stands in; ``whole_id``: the one that lists it as a part."""

    statement_id: str
    document_id: str
    paragraph_id: str
    subject: str
    amount_yuan: Decimal | None
    budget_yuan: Decimal | None
    completion_percent: Decimal | None
    earlier_yuan: Decimal | None
    earlier_basis: str | None
    change_yuan: Decimal | None
    percent: Decimal | None
    share_percent: Decimal | None
    number: Decimal | None
    number_unit: str | None
    reason: str | None
    sentence: str
    whole_id: str | None


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """The result of one check, with the cells and statements it read."""

    finding_id: str
    document_id: str
    check_name: str
    result: str
    difference: Decimal | None
    is_rounding: bool
    message: str
    figure_ids: tuple[str, ...]
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChunkRecord:
    """One embedded passage. Its vector is written with it and read apart (``Warehouse.vectors``)."""

    chunk_id: str
    document_id: str
    section: tuple[str, ...]
    text: str
    paragraph_ids: tuple[str, ...]
    vector: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRecord:
    """One cell, or one value of a statement, with its coordinates (``index/coordinates.py``).

    ``fact_id`` is the ``figure_id``, or the ``statement_id`` and which of its values (``….s3.change``). ``value`` is
    the number as printed, in ``value_unit``; ``amount_yuan`` the same in 元 where it is money. ``trust`` is 1 where the
    whole header was understood.
    """

    fact_id: str
    document_id: str
    source: Literal["表", "正文"]
    figure_id: str | None
    statement_id: str | None
    row_id: str | None
    table_id: str | None
    kind: str | None
    unit_name: str | None
    year: int | None
    basis: str
    side: str | None
    nature: str
    fund: str
    origin: str
    quantity: str
    item: str
    part: tuple[str, ...]
    code: str | None
    code_system: str | None
    value: Decimal | None
    amount_yuan: Decimal | None
    value_unit: str | None
    printed: str | None
    is_total: bool | None
    is_leaf: bool | None
    level: int | None
    parent_row_id: str | None
    unread: tuple[str, ...]
    trust: float


@dataclass(frozen=True, slots=True)
class PlacesRecord:
    """Where the cells of a table's ``grid``, row by row, or the lines of a paragraph are printed.

    ``part_id`` is the table's or the paragraph's; a paragraph is one row of one cell.
    """

    part_id: str
    document_id: str
    places: tuple[tuple[Places, ...], ...]


@dataclass(frozen=True, slots=True)
class RecognisedPageRecord:
    """A page of a file that was read by recognising its picture, turned clockwise by ``turn`` degrees."""

    document_id: str
    file: str
    page: int
    turn: int


Record = (
    DocumentRecord
    | TableRecord
    | FigureRecord
    | ParagraphRecord
    | StatementRecord
    | FactRecord
    | FindingRecord
    | ChunkRecord
    | PlacesRecord
    | RecognisedPageRecord
)

RECORD_TYPES: Final[Mapping[str, type[Record]]] = MappingProxyType(
    {
        "documents": DocumentRecord,
        "tables": TableRecord,
        "figures": FigureRecord,
        "paragraphs": ParagraphRecord,
        "statements": StatementRecord,
        "facts": FactRecord,
        "findings": FindingRecord,
        "chunks": ChunkRecord,
        "places": PlacesRecord,
        "recognised_pages": RecognisedPageRecord,
    }
)
"""The record type of each table of the warehouse."""

Rows = Mapping[str, Sequence[Record]]
"""One document's rows by table."""
