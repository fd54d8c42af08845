"""Conversations with their answers, kept in SQLite: each belongs to the browser it was held in."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from assistant.answer import Answer
from index.errors import BudgetError

MOST_LISTED: Final = 200
_TITLE_LENGTH: Final = 60
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS talks (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, changed TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS turns (
    talk TEXT NOT NULL REFERENCES talks (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    question TEXT NOT NULL, asked TEXT NOT NULL, scope TEXT NOT NULL, fresh INTEGER NOT NULL,
    answer TEXT NOT NULL, problem TEXT NOT NULL, PRIMARY KEY (talk, number)
);
CREATE TABLE IF NOT EXISTS objections (
    talk TEXT NOT NULL, number INTEGER NOT NULL, comment TEXT NOT NULL, made TEXT NOT NULL, PRIMARY KEY (talk, number),
    FOREIGN KEY (talk, number) REFERENCES turns (talk, number) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS talks_of_owner ON talks (owner, changed);
"""


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
    """The store. Safe to use from several threads, which take turns."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        # one connection for good: closing the last one writes the whole log back, which takes as long as an answer
        self._database = sqlite3.connect(path, timeout=10, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("PRAGMA foreign_keys = ON")
        self._database.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._database:
            yield self._database

    def begin(self, owner: str, title: str) -> str:
        """A new conversation; its id."""
        id = uuid.uuid4().hex
        with self._open() as database:
            database.execute("INSERT INTO talks VALUES (?, ?, ?, ?)", (id, owner, title[:_TITLE_LENGTH], _now()))
        return id

    def add(self, talk: str, turn: Turn) -> None:
        """Keeps a turn."""
        answer = turn.answer.model_dump_json() if turn.answer else ""
        values = (turn.question, turn.asked, json.dumps(turn.scope), turn.fresh, answer, turn.problem)
        with self._open() as database:
            database.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (talk, turn.number, *values))
            database.execute("UPDATE talks SET changed = ? WHERE id = ?", (_now(), talk))

    def find(self, owner: str, talk: str) -> Talk | None:
        """A conversation of this owner, None where there is no such."""
        return next(iter(self._listed("owner = ? AND id = ?", (owner, talk))), None)

    def turns(self, talk: str) -> list[Turn]:
        """The turns of a conversation in order."""
        columns = "number, question, asked, scope, fresh, answer, problem"
        with self._open() as database:
            rows = database.execute(f"SELECT {columns} FROM turns WHERE talk = ? ORDER BY number", (talk,)).fetchall()
        return [_turn(row) for row in rows]

    def listed(self, owner: str, words: str = "") -> list[Talk]:
        """The owner's conversations, the last changed first; with ``words`` those that bear them anywhere."""
        if not words.strip():
            return self._listed("owner = ?", (owner,))
        like = f"%{_escaped(words.strip())}%"
        inside = (
            "SELECT talk FROM turns WHERE question LIKE ? ESCAPE '!' "
            "OR json_extract(nullif(answer, ''), '$.answer') LIKE ? ESCAPE '!'"
        )
        return self._listed(f"owner = ? AND (title LIKE ? ESCAPE '!' OR id IN ({inside}))", (owner, like, like, like))

    def _listed(self, condition: str, values: Sequence[str]) -> list[Talk]:
        count = "(SELECT count(*) FROM turns WHERE talk = id)"
        sql = f"SELECT id, title, changed, {count} FROM talks WHERE {condition} ORDER BY changed DESC LIMIT ?"
        with self._open() as database:
            return [Talk(*row) for row in database.execute(sql, (*values, MOST_LISTED))]

    def rename(self, owner: str, talk: str, title: str) -> None:
        """Another title. Raises BudgetError for an empty one."""
        if not title.strip():
            raise BudgetError("名称是空的。", "请输入对话的名称。")
        with self._open() as database:
            named = (title.strip()[:_TITLE_LENGTH], owner, talk)
            database.execute("UPDATE talks SET title = ? WHERE owner = ? AND id = ?", named)

    def object(self, talk: str, number: int, comment: str) -> None:
        """Keeps what somebody says is wrong with an answer; a second time in place of the first."""
        with self._open() as database:
            database.execute("INSERT OR REPLACE INTO objections VALUES (?, ?, ?, ?)", (talk, number, comment, _now()))

    def objections(self) -> list[Objection]:
        """All that were made, of all owners, in the order they were made."""
        with self._open() as database:
            made = database.execute("SELECT talk, number, comment FROM objections ORDER BY made").fetchall()
        found = []
        for talk, number, comment in made:
            turns = self.turns(talk)[:number]
            found.append(Objection(talk, turns[-1], history_of(turns), comment))
        return found

    def delete(self, owner: str, talk: str) -> None:
        """Forgets a conversation with its answers."""
        with self._open() as database:
            database.execute("DELETE FROM talks WHERE owner = ? AND id = ?", (owner, talk))


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


def _escaped(words: str) -> str:
    return words.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _turn(row: tuple[int, str, str, str, int, str, str]) -> Turn:
    number, question, asked, scope, fresh, answer, problem = row
    told, problem = _answer(answer, problem)
    return Turn(number, question, asked, tuple(json.loads(scope)), bool(fresh), told, problem)


def _answer(kept: str, problem: str) -> tuple[Answer | None, str]:
    """The answer as kept; one of another version's form can't be shown any more."""
    if not kept:
        return None, problem
    try:
        return Answer.model_validate_json(kept), problem
    except ValidationError:
        return None, "这个回答是旧版本存下的，现在读不出来了。请把问题重新问一遍。"
