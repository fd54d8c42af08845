"""What has to hold for every process of a service: who is logged in, and what was done too often of late."""

from __future__ import annotations

import hashlib
import secrets
import time
from pathlib import Path
from typing import Final

from sqlalchemy import Column, Double, Index, Integer, MetaData, Table, Text, delete, func, insert, or_, select

from assistant.store import IN_MEMORY, Store

LONGEST_SECONDS: Final = 3600.0
"""Marks are counted over no longer time, and forgotten after it."""

_SCHEMA: Final = MetaData()
_SESSIONS: Final = Table(
    "sessions",
    _SCHEMA,
    Column("token", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("until", Double, nullable=False),
)
_MARKS: Final = Table(
    "marks",
    _SCHEMA,
    Column("id", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("made", Double, nullable=False),
    Index("marks_of_what", "what", "made"),
    Index("marks_by_time", "made"),
)


class Ledger:
    """Sessions and marks, in the database of the conversations. Safe to share between threads and processes.

    Nothing that lets somebody in is in it: tokens are kept as hashes. Raises StoreUnusable.
    """

    def __init__(self, place: Path | str = IN_MEMORY) -> None:
        """``place``: a file, or the address of a PostgreSQL database."""
        self._store = Store(place, _SCHEMA)

    def begin_session(self, name: str, seconds: float) -> str:
        """A new session of a user; its token."""
        token, now = secrets.token_urlsafe(32), time.time()
        with self._store.open() as database:
            database.execute(delete(_SESSIONS).where(_SESSIONS.c.until <= now))
            database.execute(insert(_SESSIONS), {"token": _hashed(token), "name": name, "until": now + seconds})
        return token

    def name_of(self, token: str) -> str:
        """Whose session a token is of; empty where it is nobody's, or over."""
        if not token:
            return ""
        held = (_SESSIONS.c.token == _hashed(token)) & (_SESSIONS.c.until > time.time())
        with self._store.open() as database:
            return database.execute(select(_SESSIONS.c.name).where(held)).scalar() or ""

    def end_session(self, token: str) -> None:
        """Nobody is let in by this token any more."""
        with self._store.open() as database:
            database.execute(delete(_SESSIONS).where(_SESSIONS.c.token == _hashed(token)))

    def marks(self, what: str, seconds: float) -> int:
        """How often ``what`` was marked in the last seconds."""
        made = (_MARKS.c.what == _hashed(what)) & (_MARKS.c.made > time.time() - seconds)
        with self._store.open() as database:
            return database.execute(select(func.count()).select_from(_MARKS).where(made)).scalar() or 0

    def mark(self, what: str, most: int, seconds: float) -> bool:
        """Marks ``what`` once more, unless it was marked ``most`` times in the last seconds: then False."""
        key, now = _hashed(what), time.time()
        own = _MARKS.c.what == key
        with self._store.open() as database:
            # first, since it makes other processes wait that mark something
            database.execute(
                delete(_MARKS).where(
                    or_(own & (_MARKS.c.made <= now - seconds), _MARKS.c.made <= now - LONGEST_SECONDS)
                )
            )
            made = database.execute(select(func.count()).select_from(_MARKS).where(own)).scalar() or 0
            if made < most:
                database.execute(insert(_MARKS), {"what": key, "made": now})
        return made < most

    def unmark(self, what: str) -> None:
        """Forgets all marks of ``what``."""
        with self._store.open() as database:
            database.execute(delete(_MARKS).where(_MARKS.c.what == _hashed(what)))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
