"""The database that conversations are kept in: a file (SQLite), or a server (PostgreSQL) by its address."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, MetaData, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from index.errors import BudgetError

_WAIT_SECONDS: Final = 10
_CONNECTIONS: Final = 5
"""To a server, for each store of a process: what they are used for is short, and a server allows a hundred in all."""

_DRIVER: Final = "postgresql+psycopg"

IN_MEMORY: Final = Path(":memory:")
"""SQLite's name for a database that is kept nowhere."""


class StoreUnusable(BudgetError):
    """The database of the conversations can't be opened or has gone."""


class Store:
    """The tables of ``schema``, made where they are missing. Safe to use from several threads."""

    def __init__(self, place: Path | str, schema: MetaData) -> None:
        """Raises StoreUnusable."""
        self.is_server = isinstance(place, str)
        self._place = place
        try:
            self._engine = _server(place) if isinstance(place, str) else _file(place)
        except OSError as error:
            raise unusable(place, error) from error
        # the one connection to a file is used by one thread at a time; a server has one for each
        self._turn = nullcontext() if self.is_server else threading.Lock()
        with self.open() as database:
            schema.create_all(database)

    @contextmanager
    def open(self) -> Iterator[Connection]:
        """A transaction, made to hold at its end. Raises StoreUnusable."""
        try:
            with self._turn, self._engine.begin() as database:
                yield database
        except DBAPIError as error:
            raise unusable(self._place, error.orig or error) from error


def server_address(place: str) -> str:
    """A PostgreSQL database's address as its driver is told it. Raises StoreUnusable."""
    return _url(place).set(drivername="postgresql").render_as_string(hide_password=False)


def _url(place: str) -> URL:
    try:
        return make_url(place).set(drivername=_DRIVER)
    except (ArgumentError, ValueError) as error:
        raise StoreUnusable("存放对话的数据库地址写得不对。", "应当像 postgresql://用户:密码@主机/库名。") from error


def unusable(place: Path | str, error: BaseException) -> StoreUnusable:
    """What is wrong with a database, without its password."""
    reason = str(error).strip().partition("\n")[0]
    if isinstance(place, Path):
        where = str(place)
    else:
        url = _url(place)
        where = url.set(drivername="postgresql").render_as_string()
        reason = reason.replace(url.password, "***") if url.password else reason
    return StoreUnusable(f"存放对话的数据库用不了（{where}）：{reason}。", _remedy(place, error))


def _remedy(place: Path | str, error: BaseException) -> str:
    """What to do about it. A file is never replaced or deleted by the program."""
    if not isinstance(place, Path):
        return "请看一下它是否在运行、地址和权限对不对。"
    if isinstance(error, sqlite3.OperationalError | OSError):
        return "请检查磁盘空间和目录权限，或用 BUDGET_CONVERSATIONS 换一个能写的地方。"
    return f"没有动它：请另存一份，用 sqlite3 {place.name} .recover 找回，或移到别处再启动。"


def _server(place: str) -> Engine:
    try:
        # a connection that the server has closed meanwhile is replaced unnoticed
        return create_engine(
            _url(place),
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            connect_args={"connect_timeout": _WAIT_SECONDS},
        )
    except ModuleNotFoundError as error:
        raise missing_driver() from error


def missing_driver() -> StoreUnusable:
    """What is to be installed for PostgreSQL."""
    return StoreUnusable(
        "要用 PostgreSQL 存放对话，还缺它的驱动。", "请安装：pip install -c constraints.txt -e '.[postgres]'。"
    )


def _file(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    # one connection for good: closing the last one writes the whole log back, which takes as long as an answer
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        connect_args={"timeout": _WAIT_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: Any, record: object) -> None:
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")
