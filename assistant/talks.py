"""Conversations with their answers, kept in SQLite or PostgreSQL: each belongs to the browser it was held in."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from assistant.answer import Answer
from assistant.store import Store
from index.errors import BudgetError

MOST_LISTED: Final = 200
_TITLE_LENGTH: Final = 60
_SCHEMA: Final = MetaData()
_TALKS: Final = Table(
    "talks",
    _SCHEMA,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Index("talks_of_owner", "owner", "changed"),
)
_TURNS: Final = Table(
    "turns",
    _SCHEMA,
    Column("talk", Text, ForeignKey("talks.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("question", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("fresh", Boolean, nullable=False),
    Column("answer", Text, nullable=False),
    Column("problem", Text, nullable=False),
)
_OBJECTIONS: Final = Table(
    "objections",
    _SCHEMA,
    Column("talk", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("comment", Text, nullable=False),
    Column("made", Text, nullable=False),
    ForeignKeyConstraint(["talk", "number"], ["turns.talk", "turns.number"], ondelete="CASCADE"),
)
_NO_CHARACTER: Final = re.compile(r"\\\\|\\u0000")
"""In JSON: a backslash, which is kept, or the character that PostgreSQL has no place for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or a problem in words.

    ``asked``: the question as the engine got it, with its documents named. ``fresh``: it doesn't continue what was
    asked before.
    """

    number: int
    question: str
    asked: str
    scope: tuple[str, ...] = ()
    fresh: bool = False
    answer: Answer | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """An answer that somebody says is wrong; ``history`` are the questions that it continued."""

    talk: str
    turn: Turn
    history: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it is listed."""

    id: str
    title: str
    changed: str
    turns: int


class Talks:
    """The store. Safe to use from several threads. Raises BudgetError where the database can't be reached."""

    def __init__(self, place: Path | str) -> None:
        """``place``: a file, or the address of a PostgreSQL database."""
        self._store = Store(place, _SCHEMA)

    def begin(self, owner: str, title: str) -> Talk:
        """A new conversation."""
        begun = Talk(uuid.uuid4().hex, _title(title), _now(), 0)
        with self._store.open() as database:
            kept = {"id": begun.id, "owner": owner, "title": begun.title, "changed": begun.changed}
            database.execute(insert(_TALKS), kept)
        return begun

    def add(self, talk: str, turn: Turn) -> Turn:
        """Keeps a turn; one whose number another process has taken meanwhile comes after that. Raises BudgetError."""
        with self._store.open() as database:
            # first, since it makes other processes wait that add to the same conversation
            changed = database.execute(update(_TALKS).where(_TALKS.c.id == talk).values(changed=_now()))
            if not changed.rowcount:
                raise BudgetError("没有这个对话（可能已经删除）。", "请开始新的对话。")
            last = database.execute(select(func.max(_TURNS.c.number)).where(_TURNS.c.talk == talk)).scalar()
            turn = replace(turn, number=max(turn.number, (last or 0) + 1))
            database.execute(insert(_TURNS), {"talk": talk, **_kept(turn)})
        return turn

    def find(self, owner: str, talk: str) -> Talk | None:
        """A conversation of this owner, None where there is no such."""
        return next(iter(self._listed(_TALKS.c.owner == owner, _TALKS.c.id == talk)), None)

    def turns(self, talk: str) -> list[Turn]:
        """The turns of a conversation in order."""
        with self._store.open() as database:
            rows = database.execute(select(_TURNS).where(_TURNS.c.talk == talk).order_by(_TURNS.c.number)).mappings()
            return [_turn(**row) for row in rows]

    def listed(self, owner: str, words: str = "") -> list[Talk]:
        """The owner's conversations, the last changed first; with ``words`` those that bear them anywhere."""
        own = _TALKS.c.owner == owner
        if not (wanted := _holdable(words).strip()):
            return self._listed(own)
        texts = (_TURNS.c.question, self._told())
        inside = select(_TURNS.c.talk).where(or_(*(text.icontains(wanted, autoescape=True) for text in texts)))
        return self._listed(own, or_(_TALKS.c.title.icontains(wanted, autoescape=True), _TALKS.c.id.in_(inside)))

    def _told(self) -> ColumnElement[Any]:
        """The text of a turn's answer."""
        kept = func.nullif(_TURNS.c.answer, "")
        return cast(kept, JSON)["answer"].as_string() if self._store.is_server else func.json_extract(kept, "$.answer")

    def _listed(self, *conditions: ColumnElement[bool]) -> list[Talk]:
        count = select(func.count()).where(_TURNS.c.talk == _TALKS.c.id).scalar_subquery()
        found = select(_TALKS.c.id, _TALKS.c.title, _TALKS.c.changed, count).where(*conditions)
        with self._store.open() as database:
            rows = database.execute(found.order_by(_TALKS.c.changed.desc()).limit(MOST_LISTED))
            return [Talk(*row) for row in rows]

    def rename(self, owner: str, talk: str, title: str) -> None:
        """Another title. Raises BudgetError for an empty one."""
        if not title.strip():
            raise BudgetError("名称是空的。", "请输入对话的名称。")
        with self._store.open() as database:
            mine = (_TALKS.c.owner == owner) & (_TALKS.c.id == talk)
            database.execute(update(_TALKS).where(mine).values(title=_title(title.strip())))

    def object(self, talk: str, number: int, comment: str) -> None:
        """Keeps what somebody says is wrong with an answer; a second time in place of the first."""
        made = {"talk": talk, "number": number, "comment": _holdable(comment), "made": _now()}
        with self._store.open() as database:
            same = (_OBJECTIONS.c.talk == talk) & (_OBJECTIONS.c.number == number)
            database.execute(delete(_OBJECTIONS).where(same))
            database.execute(insert(_OBJECTIONS), made)

    def objections(self) -> list[Objection]:
        """All that were made, of all owners, in the order they were made."""
        columns = (_OBJECTIONS.c.talk, _OBJECTIONS.c.number, _OBJECTIONS.c.comment)
        with self._store.open() as database:
            made = database.execute(select(*columns).order_by(_OBJECTIONS.c.made)).all()
        found = []
        for talk, number, comment in made:
            turns = self.turns(talk)[:number]
            found.append(Objection(talk, turns[-1], history_of(turns), comment))
        return found

    def delete(self, owner: str, talk: str) -> None:
        """Forgets a conversation with its answers."""
        with self._store.open() as database:
            database.execute(delete(_TALKS).where(_TALKS.c.owner == owner, _TALKS.c.id == talk))


def history_of(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The questions that the last of these turns continues, itself not among them.

    Since the last that began anew, without those that asked nothing.
    """
    *before, last = turns
    if last.fresh:
        return ()
    begun = max((number for number, turn in enumerate(before) if turn.fresh), default=0)
    return tuple(turn.asked for turn in before[begun:] if turn.asked)


def _now() -> str:
    return datetime.now().isoformat(timespec="microseconds")


def _title(text: str) -> str:
    return _holdable(text)[:_TITLE_LENGTH]


def _holdable(text: str) -> str:
    """Without the one character that PostgreSQL has no place for."""
    return text.replace("\0", "")


def _kept(turn: Turn) -> dict[str, Any]:
    answer = turn.answer.model_dump_json() if turn.answer else ""
    return {
        "number": turn.number,
        "question": _holdable(turn.question),
        "asked": _holdable(turn.asked),
        "scope": json.dumps(turn.scope),
        "fresh": turn.fresh,
        "answer": _NO_CHARACTER.sub(lambda found: found[0].removeprefix("\\u0000"), answer),
        "problem": turn.problem,
    }


def _turn(*, talk: str, scope: str, fresh: bool, answer: str, problem: str, **kept: Any) -> Turn:
    """A turn as kept; ``talk`` is what it belongs to."""
    told, problem = _answer(answer, problem)
    return Turn(**kept, scope=tuple(json.loads(scope)), fresh=bool(fresh), answer=told, problem=problem)


def _answer(kept: str, problem: str) -> tuple[Answer | None, str]:
    """The answer as kept; one of another version's form can't be shown any more."""
    if not kept:
        return None, problem
    try:
        return Answer.model_validate_json(kept), problem
    except ValidationError:
        return None, "这个回答是旧版本存下的，现在读不出来了。请把问题重新问一遍。"
