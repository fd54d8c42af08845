"""The papers to take away, as the page asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, TableCitation
from assistant.papers.asks import MOST_ASKS, asks_of
from assistant.papers.chart import chart_svg, charted
from assistant.papers.docx import letter_docx, record_docx
from assistant.papers.letter import Letter, draft_letter, reframed, unknown_numbers
from assistant.papers.places import SourceNames, source_names, table_of
from assistant.papers.record import record_of
from assistant.papers.sheets import evidence_pack, list_csv, list_rows, list_sheet, talk_pack
from assistant.ui.desk import Asked, Desk
from assistant.ui.html import escape
from assistant.ui.routes import Visitor, answer_of, answers_of, talk_of
from index.errors import BudgetError

MOST_PLACES: Final = 3
"""Sources named under a chart."""

_LONGEST: Final = 20_000
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Incoming(BaseModel):
    """A citizen's letter."""

    model_config = ConfigDict(extra="forbid")

    letter: str = Field(max_length=_LONGEST)
    scope: tuple[str, ...] = ()


class Turns(BaseModel):
    """The answers that go into a letter."""

    model_config = ConfigDict(extra="forbid")

    talk: str
    turns: list[int] = Field(max_length=100)
    incoming: str = Field(default="", max_length=_LONGEST)


class Edited(Turns):
    """A letter as the official left it."""

    title: str = Field(max_length=_LONGEST)
    greeting: str = Field(max_length=_LONGEST)
    body: str = Field(max_length=5 * _LONGEST)
    sources: str = Field(max_length=5 * _LONGEST)
    basis: str = Field(max_length=_LONGEST)
    signature: str = Field(max_length=_LONGEST)
    contact: str = Field(max_length=_LONGEST)
    date: str = Field(max_length=_LONGEST)

    def letter(self) -> Letter:
        """As a letter."""
        return Letter(**self.model_dump(exclude={"talk", "turns"}))


def paper_routes(desk: Desk) -> APIRouter:
    """The endpoints of letters, spreadsheets and records."""
    routes = APIRouter(prefix="/page", include_in_schema=False)
    _add_letters(routes, desk)
    _add_answers(routes, desk)
    _add_talks(routes, desk)
    return routes


def _add_letters(routes: APIRouter, desk: Desk) -> None:
    """The reply to a citizen, from the asks of the letter to the Word file."""

    @routes.post("/letter/asks")
    def asks(owner: Visitor, body: Incoming) -> dict[str, Any]:
        return _answered_letter(desk, owner, body)

    @routes.post("/letter")
    def letter(owner: Visitor, body: Turns) -> dict[str, Any]:
        answers = answers_of(desk, owner, body.talk, body.turns)
        return _drafted(desk, body.talk, body.turns, answers, body.incoming)

    @routes.post("/letter/unknown")
    def unknown(owner: Visitor, body: Edited) -> dict[str, list[str]]:
        return {"numbers": unknown_numbers(body.letter(), answers_of(desk, owner, body.talk, body.turns))}

    @routes.post("/letter/frame")
    def frame(owner: Visitor, body: Edited) -> dict[str, str]:
        answers = answers_of(desk, owner, body.talk, body.turns)
        return {"body": _framed(desk, body.letter(), answers).body}

    @routes.post("/letter/text")
    def text(owner: Visitor, body: Edited) -> dict[str, str]:
        return {"text": body.letter().text}

    @routes.post("/letter.docx")
    def word(owner: Visitor, body: Edited) -> Response:
        return _file(letter_docx(body.letter()), _DOCX, "答复.docx")


def _add_answers(routes: APIRouter, desk: Desk) -> None:
    """What is taken away of one answer."""

    @routes.get("/pack.xlsx")
    def pack(owner: Visitor, c: str, turn: int) -> Response:
        return _file(evidence_pack(answer_of(desk, owner, c, turn), _names(desk)), _XLSX, "证据包.xlsx")

    @routes.get("/list.xlsx")
    def sheet(owner: Visitor, c: str, turn: int) -> Response:
        return _file(list_sheet(_list(desk, owner, c, turn), _names(desk)), _XLSX, "表格.xlsx")

    @routes.get("/list.csv")
    def table(owner: Visitor, c: str, turn: int) -> Response:
        return _file(list_csv(_list(desk, owner, c, turn), _names(desk)), "text/csv; charset=utf-8", "表格.csv")

    @routes.get("/chart.svg")
    def chart(owner: Visitor, c: str, turn: int) -> Response:
        answer = answer_of(desk, owner, c, turn)
        if not charted(answer):
            raise BudgetError("这个回答里没有可以画成图的一列数。")
        return _file(chart_svg(answer, _where(answer, _names(desk))).encode(), "image/svg+xml", "图.svg")


def _add_talks(routes: APIRouter, desk: Desk) -> None:
    """What is taken away of a whole conversation."""

    @routes.get("/talks/{talk}/record.docx")
    def record(owner: Visitor, talk: str) -> Response:
        found, turns = talk_of(desk, owner, talk)
        made = record_of(found.title, turns, _names(desk), date.today())
        return _file(record_docx(made), _DOCX, f"{found.title}.docx")

    @routes.get("/talks/{talk}/pack.xlsx")
    def packs(owner: Visitor, talk: str) -> Response:
        found, turns = talk_of(desk, owner, talk)
        answers = {turn.number: turn.answer for turn in turns if turn.answer}
        if not answers:
            raise BudgetError("这个对话里还没有回答。", "先问一个问题。")
        return _file(talk_pack(answers, _names(desk)), _XLSX, f"证据包 {found.title}.xlsx")


def _where(answer: Answer, names: SourceNames) -> list[str]:
    """The tables and documents of a chart's numbers, in a few lines."""
    cited = [each for each in answer.sources if isinstance(each, TableCitation)]
    places = list(dict.fromkeys(f"《{names.title(each)}》{table_of(each)}" for each in cited))
    more = [f"等 {len(places)} 处"] if len(places) > MOST_PLACES else []
    return [f"来源：{place}" for place in places[:MOST_PLACES]] + more


def _names(desk: Desk) -> SourceNames:
    return source_names(desk.assistant.warehouse)


def _file(content: bytes, kind: str, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=kind, headers={"Content-Disposition": disposition})


def _list(desk: Desk, owner: str, talk: str, turn: int) -> Answer:
    answer = answer_of(desk, owner, talk, turn)
    if not list_rows(answer, _names(desk)):
        raise BudgetError("这个回答不是一列数，没有表格可导出。", "可以用“证据包”。")
    return answer


def _answered_letter(desk: Desk, owner: str, body: Incoming) -> dict[str, Any]:
    """A conversation of its own with each ask of the letter answered, and the reply drafted from it."""
    asks = asks_of(body.letter)
    if not asks.questions:
        raise BudgetError("没有在来信里找到问句。", "请把来信里要问的话写成问句，例如“公务接待费是多少？”。")
    talk = ""
    scope = body.scope or desk.assistant.documents_named(body.letter)
    for question in asks.questions:
        talk, _ = desk.ask(owner, talk, Asked(question, scope))
    desk.talks.rename(owner, talk, f"来信：{asks.questions[0]}")
    turns = [turn.number for turn in desk.talks.turns(talk) if turn.answer]
    drafted = _drafted(desk, talk, turns, answers_of(desk, owner, talk, turns), body.letter)
    if asks.left_out:
        drafted["notes"] += _note(f"来信问了很多件，只查了前 {MOST_ASKS} 件，另有 {asks.left_out} 件没有查。")
    return drafted


def _drafted(desk: Desk, talk: str, turns: Sequence[int], answers: Sequence[Answer], incoming: str) -> dict[str, Any]:
    letter = draft_letter(answers, _names(desk), date.today(), incoming)
    notes = "".join(map(_note, letter.notes))
    return {**asdict(letter), "notes": notes, "talk": talk, "turns": list(turns)}


def _framed(desk: Desk, letter: Letter, answers: Sequence[Answer]) -> Letter:
    """The letter with its opening and closing in the model's words. Raises BudgetError."""
    if desk.assistant.model is None:
        raise BudgetError("没有设语言模型。")
    frame = desk.assistant.model.letter_frame(letter.incoming, [answer.question for answer in answers])
    return reframed(letter, frame.opening, frame.closing)


def _note(text: str) -> str:
    return f'<p class="note"><b>经办人注意（不写进信里）　</b>{escape(text)}</p>'
