"""Where a conversation in the terminal is remembered: LangGraph's own store, in the database of the conversations."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.sqlite import SqliteSaver


def remembered(place: Path | str) -> BaseCheckpointSaver[Any]:
    """LangGraph's store in a file or in a PostgreSQL database. Raises StoreUnusable."""
    if isinstance(place, str):
        return _on_server(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    return SqliteSaver(sqlite3.connect(place, check_same_thread=False))


def _on_server(place: str) -> BaseCheckpointSaver[Any]:
    from assistant.store import missing_driver, server_address, unusable

    try:
        from langgraph.checkpoint.postgres import PostgresSaver
        from psycopg import Connection, Error
        from psycopg.rows import dict_row
    except ModuleNotFoundError as error:
        raise missing_driver() from error
    try:
        address = server_address(place)
        saver = PostgresSaver(Connection.connect(address, autocommit=True, prepare_threshold=0, row_factory=dict_row))
        saver.setup()
    except Error as error:
        raise unusable(place, error) from error
    return saver
