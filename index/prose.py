"""The types of a document's prose: paragraphs under their headings, and what was read from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from index.document import Places

ParagraphRole = Literal["plain", "heading", "contents", "duty", "definition", "goal"]
Classification = Literal["功能分类", "部门经济分类", "政府经济分类"]


@dataclass(frozen=True, slots=True)
class OutlinedParagraph:
    """A paragraph that knows its place.

    ``position`` counts the document's blocks from 1; ``section`` is the heading path above it, from 第一部分 down;
    ``subject`` is who a duty belongs to (``外事股``), which term a definition explains (``行政运行``) or whose goal a
    goal is; None for the other roles. Lines that a page break tore apart are joined here. ``file`` is set where the
    document is made of several files. ``places`` is where its lines are printed.
    """

    position: int
    text: str
    section: tuple[str, ...]
    role: ParagraphRole = "plain"
    subject: str | None = None
    page: int | None = None
    line: int | None = None
    file: str | None = None
    places: Places = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure that prose states about one subject, in the sentence it stands in.

    Amounts are 元, exact; ``change`` is signed (减少 is negative), ``percent`` too, ``share`` is a share of a total.
    ``number``/``number_unit`` hold a count (``5``/``辆``) where the figure is no amount. ``earlier_basis`` says what
    the change is against (``上年``, ``上年执行数``, ``年初预算`` …). In a final account ``amount`` is what was spent;
    ``budget`` is what the sentence says had been budgeted, ``completion`` the per cent of it that was spent.

    ``whole`` is the index of the statement that this one is listed as a part of; with ``explains_change`` it is a part
    of that statement's change, named in its reason. ``share_of`` names the total of ``share``, and ``classification``
    the classification by which the paragraph sorts its figures.
    """

    paragraph: int
    subject: str
    sentence: str
    amount: Decimal | None = None
    budget: Decimal | None = None
    completion: Decimal | None = None
    earlier: Decimal | None = None
    earlier_basis: str | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    share: Decimal | None = None
    number: Decimal | None = None
    number_unit: str | None = None
    reason: str | None = None
    whole: int | None = None
    explains_change: bool = False
    share_of: str | None = None
    classification: Classification | None = None


@dataclass(frozen=True, slots=True)
class CellReference:
    """A cell of a clean table: table number within the document, row key, printed column number."""

    table: int
    row: str
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check (勾稽): what was compared and whether it holds.

    ``difference`` is in 元 for amounts, in percentage points for per cents; ``statements`` are indexes into the
    document's statements; ``message`` is a Chinese sentence a reader understands, with both sides' figures.
    """

    check: str
    result: Literal["holds", "differs", "not_checkable"]
    message: str
    difference: Decimal | None = None
    is_rounding: bool = False
    cells: tuple[CellReference, ...] = ()
    statements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentProfile:
    """What a document says it is: read from inside, never from the file name alone."""

    title: str
    unit_name: str
    unit_code: str | None
    region: str | None
    year: int | None
    document_type: Literal["预算", "决算"]
    unit_level: Literal["部门", "单位"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is embedded: a paragraph, or a lead-in with its list, in its section; ``paragraphs`` are positions."""

    section: tuple[str, ...]
    text: str
    paragraphs: tuple[int, ...]
