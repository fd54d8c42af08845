"""The contract: what ``ask --json``, ``ask --batch``, the HTTP API and the page share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Route = Literal["sql", "text", "both", "clarify", "refuse"]
Engine = Literal["rules", "model"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableCitation(_Part):
    """One printed cell: ``row`` counts body rows from 1, ``column`` is the header path, ``value`` as printed."""

    n: int
    kind: Literal["table"] = "table"
    document: str
    unit_name: str
    year: int | None
    table_no: str | None
    table_title: str
    table_id: str
    row: int
    row_label: str
    code: str | None
    column: str
    column_no: int
    value: str
    unit: str | None
    page: int | None


class TextCitation(_Part):
    """One quoted passage under its heading path."""

    n: int
    kind: Literal["text"] = "text"
    document: str
    unit_name: str
    year: int | None
    section: list[str]
    paragraph: int
    paragraph_id: str
    quote: str
    page: int | None


Citation = Annotated[TableCitation | TextCitation, Field(discriminator="kind")]


class Figure(_Part):
    """One figure of the answer, printed from an exact decimal, and the numbers of the citations it rests on."""

    label: str
    value: str
    unit: str
    citations: list[int]


class Clarify(_Part):
    """What is asked back, with options that are complete questions."""

    question: str
    options: list[str]


class Answer(_Part):
    """One answer. ``refused`` is true exactly when ``route`` is refuse."""

    id: str
    question: str
    standalone_question: str
    route: Route
    refused: bool
    answer: str
    clarify: Clarify | None = None
    figures: list[Figure] = []
    citations: list[Citation] = []
    sql: str | None = None
    columns: list[str] = []
    rows: list[list[str]] = []
    unanswered: list[str] = []
    notes: list[str] = []
    follow_ups: list[str] = []
    engine: Engine = "rules"
    elapsed_ms: dict[str, float] = {}
