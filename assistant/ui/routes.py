"""What the page's script calls. Everything is JSON or HTML that the server has set; nothing is another host's."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, Citation
from assistant.blocks import first_mark
from assistant.citations import document_id_of
from assistant.papers.places import source_names
from assistant.papers.text import text_of, text_with_sources
from assistant.talks import Talk, Turn
from assistant.ui.desk import Asked, Desk, GoneTalk, Way
from assistant.ui.documents import documents_table, short_name
from assistant.ui.evidence import EMPTY, evidence_panel, query_panel
from assistant.ui.messages import suggestions, turn_message
from assistant.ui.shelf import may_edit

VISITOR: Final = "budget_visitor"
"""The cookie that tells whose conversations these are."""

_YEAR_SECONDS: Final = 365 * 24 * 3600
_KEEP: Final = {"Cache-Control": "private, max-age=3600"}


class Question(BaseModel):
    """What is posted to ask."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=10_000)
    talk: str = ""
    scope: tuple[str, ...] = ()
    fresh: bool = False


class Again(BaseModel):
    """An answer that is wanted once more in another way."""

    model_config = ConfigDict(extra="forbid")

    talk: str
    turn: int
    way: Way


class Wrong(BaseModel):
    """What somebody says is wrong with an answer."""

    model_config = ConfigDict(extra="forbid")

    talk: str
    turn: int
    comment: str = Field(default="", max_length=2_000)


class Title(BaseModel):
    """A conversation's new name."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=1_000)


async def visitor(request: Request, response: Response) -> str:
    """Whose conversations these are: the user's who logged in, else this browser's.

    A new browser gets a name that no script and no other site can read.
    """
    if user := _user(request):
        return f"user:{user}"
    known = request.cookies.get(VISITOR, "")
    if len(known) == 32 and known.isalnum():
        return known
    name = uuid.uuid4().hex
    response.set_cookie(VISITOR, name, max_age=_YEAR_SECONDS, httponly=True, samesite="strict")
    return name


def _user(request: Request) -> str:
    """Who logged in; empty where nobody has to."""
    return str(getattr(request.state, "user", ""))


Visitor = Annotated[str, Depends(visitor)]


def page_routes(desk: Desk, changes: bool = False) -> APIRouter:
    """The endpoints of conversations, answers and evidence. ``changes``: whether editors change what is loaded."""
    routes = APIRouter(prefix="/page", include_in_schema=False)
    _add_state(routes, desk, changes)
    _add_turns(routes, desk)
    _add_evidence(routes, desk)
    _add_talks(routes, desk)
    return routes


def _add_state(routes: APIRouter, desk: Desk, changes: bool) -> None:
    """What the page shows when it opens, and what is loaded."""

    @routes.get("/state")
    def state(owner: Visitor, request: Request, c: str = "") -> dict[str, Any]:
        talk = desk.talks.find(owner, c) if c else None
        turns = desk.talks.turns(talk.id) if talk else []
        return {
            "talk": talk and talk.id,
            "title": talk.title if talk else "",
            "turns": [_turn_shown(desk, turn) for turn in turns],
            "user": _user(request),
            "leaves": bool(_user(request)) and not getattr(request.state, "named", ""),
            "edits": changes and may_edit(request),
            "missing": bool(c) and talk is None,
            **_loaded(desk),
            **_beside(desk, turns),
            **_first_evidence(desk, turns),
        }

    @routes.get("/loaded")
    def loaded() -> dict[str, Any]:
        return _loaded(desk)

    @routes.get("/documents")
    def documents(request: Request) -> dict[str, Any]:
        removable = changes and may_edit(request)
        return {"html": documents_table(desk.assistant.warehouse, removable), **_loaded(desk)}


def _add_turns(routes: APIRouter, desk: Desk) -> None:
    """Questions, the same again in another way, and what somebody says is wrong with an answer."""

    @routes.post("/ask")
    def ask(owner: Visitor, body: Question) -> dict[str, Any]:
        return _new_turn(desk, *desk.asked(owner, body.talk, Asked(body.question, body.scope, body.fresh)))

    @routes.post("/again")
    def again(owner: Visitor, body: Again) -> dict[str, Any]:
        return _new_turn(desk, *desk.again(owner, body.talk, body.turn, body.way))

    @routes.post("/wrong")
    def wrong(owner: Visitor, body: Wrong) -> dict[str, bool]:
        answer_of(desk, owner, body.talk, body.turn)
        desk.object(owner, body.talk, body.turn, body.comment.strip())
        return {"kept": True}


def _add_evidence(routes: APIRouter, desk: Desk) -> None:
    """What a citation points at: the printed table or paragraph, and the page of the original."""

    @routes.get("/evidence")
    def evidence(owner: Visitor, c: str, turn: int, n: int) -> dict[str, str]:
        return _evidence(desk, answer_of(desk, owner, c, turn), turn, n)

    @routes.get("/original.png")
    def original(owner: Visitor, c: str, turn: int, n: int) -> Response:
        citation = citation_of(answer_of(desk, owner, c, turn), n)
        originals = desk.assistant.originals
        return Response(originals.picture(originals.page_of(citation)), media_type="image/png", headers=_KEEP)


def _add_talks(routes: APIRouter, desk: Desk) -> None:
    """The list of conversations, their names, their end."""

    @routes.get("/talks")
    def talks(owner: Visitor, q: str = "") -> list[dict[str, Any]]:
        return [_listed(each) for each in desk.talks.listed(owner, q)]

    @routes.post("/talks/{talk}")
    def rename(owner: Visitor, talk: str, body: Title) -> dict[str, str]:
        desk.talks.rename(owner, talk, body.title)
        return {"title": body.title.strip()}

    @routes.delete("/talks/{talk}")
    def delete(owner: Visitor, talk: str) -> dict[str, bool]:
        desk.talks.delete(owner, talk)
        return {"deleted": True}


def _loaded(desk: Desk) -> dict[str, Any]:
    """What is loaded: changes with each new index."""
    assistant = desk.assistant
    return {
        "version": assistant.version,
        "documents": {each.document_id: short_name(each) for each in assistant.warehouse.documents()},
        "examples": suggestions("试试这些问题", desk.ways.examples(), "examples"),
    }


def answer_of(desk: Desk, owner: str, talk: str, turn: int) -> Answer:
    """An answer of one of the owner's conversations. Raises GoneTalk."""
    return answers_of(desk, owner, talk, [turn])[0]


def talk_of(desk: Desk, owner: str, talk: str) -> tuple[Talk, list[Turn]]:
    """One of the owner's conversations with its turns. Raises GoneTalk where there is no such or nothing in it."""
    found = desk.talks.find(owner, talk)
    turns = desk.talks.turns(talk) if found else []
    if found is None or not turns:
        raise GoneTalk
    return found, turns


def answers_of(desk: Desk, owner: str, talk: str, numbers: Sequence[int]) -> list[Answer]:
    """Answers of one of the owner's conversations, by their turns' numbers. Raises GoneTalk."""
    kept = {turn.number: turn.answer for turn in talk_of(desk, owner, talk)[1] if turn.answer}
    found = [kept[number] for number in numbers if number in kept]
    if not found or len(found) < len(numbers):
        raise GoneTalk
    return found


def citation_of(answer: Answer, n: int) -> Citation:
    """One of an answer's citations. Raises GoneTalk."""
    found = next((each for each in answer.citations if each.n == n), None)
    if found is None:
        raise GoneTalk
    return found


def _new_turn(desk: Desk, talk: Talk, turns: Sequence[Turn]) -> dict[str, Any]:
    """The last turn of a conversation, with what stands beside it; its evidence is asked for once it is shown."""
    return {"talk": talk.id, "title": talk.title, "turn": _turn_shown(desk, turns[-1]), **_beside(desk, turns)}


def _turn_shown(desk: Desk, turn: Turn) -> dict[str, Any]:
    """A turn for the chat: its HTML and what its copy buttons copy."""
    answer = turn.answer
    names = source_names(desk.assistant.warehouse)
    return {
        "number": turn.number,
        "question": turn.question,
        "html": turn_message(turn, has_model=desk.assistant.model is not None),
        "text": text_of(answer) if answer else turn.problem,
        "sourced": text_with_sources(answer, names) if answer else turn.problem,
    }


def _beside(desk: Desk, turns: Sequence[Turn]) -> dict[str, Any]:
    """What stands beside the chat after its last turn: next questions, what is asked about, the source to show."""
    turn = turns[-1] if turns else None
    answer = turn.answer if turn else None
    return {
        "first": first_mark(answer) if answer else None,
        "offered": _next_questions(answer) if answer else "",
        "scope": list(turn.scope) if turn else [],
        "about": _about(desk, turns),
        "version": desk.assistant.version,
        "chooses": bool(answer and answer.clarify and answer.clarify.question.startswith("问的是哪一份文件")),
    }


def _first_evidence(desk: Desk, turns: Sequence[Turn]) -> dict[str, str]:
    """The evidence of the last turn."""
    answer = turns[-1].answer if turns else None
    return _evidence(desk, answer, turns[-1].number, first_mark(answer)) if answer else {"evidence": EMPTY, "query": ""}


def _evidence(desk: Desk, answer: Answer, turn: int, n: int) -> dict[str, str]:
    assistant = desk.assistant
    cited = next((each for each in answer.citations if each.n == n), None)
    page = assistant.originals.find(cited) if cited else None
    return {
        "evidence": evidence_panel(assistant.warehouse, answer, turn, n, page),
        "query": query_panel(answer),
    }


def _next_questions(answer: Answer) -> str:
    if answer.clarify:
        return suggestions("请选一个", answer.clarify.options, "clarify")
    return suggestions("可以这样问" if answer.refused else "接着问", answer.follow_ups, "follow-ups")


def _about(desk: Desk, turns: Sequence[Turn]) -> str:
    """The documents that the next question continues to be about; empty where only one is loaded."""
    records = source_names(desk.assistant.warehouse).records
    begun = max((number for number, turn in enumerate(turns) if turn.fresh), default=0)
    answers = (turn.answer for turn in reversed(turns[begun:]) if turn.answer and turn.asked)
    cited = next((each.citations for each in answers if each.citations), [])
    about = [short_name(each) for each in records if each.document_id in set(map(document_id_of, cited))]
    if len(records) == 1 or not about:
        return ""
    return about[0] if len(about) == 1 else f"{len(about)} 份文件"


def _listed(talk: Talk) -> dict[str, Any]:
    return {"id": talk.id, "title": talk.title, "changed": talk.changed, "turns": talk.turns}
