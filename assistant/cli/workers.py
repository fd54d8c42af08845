"""``serve --workers``: several processes behind one port, over one index, started again where one dies.

What has to hold for all of them is kept where all of them get at it: conversations, sessions and the pace of users in
the database of the conversations, the audit in its files, the monitor's numbers in files of the process that watches
over the others; and that process keeps the changes of what is loaded.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.managers import BaseManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import typer

from assistant.access import Ledger, Proxies, Users
from assistant.cli.server import INTERRUPTED, answer, application, open_serving, open_shelf, tell_address
from assistant.cli.supervisor import CANT_START, Supervisor
from assistant.journal.log import set_up_log
from assistant.settings import settings
from assistant.talks import Talks
from index.errors import BudgetError
from index.manifest import pointed_at

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from assistant.shelf import Shelf

FOLLOW_SECONDS: Final = 60.0
_ENDING_SECONDS: Final = 10
"""What a worker may take to end beside the answers it waits for."""

_NUMBERS: Final = "PROMETHEUS_MULTIPROC_DIR"
_CHANGES: Final = ("items", "place_for", "received", "abandon", "join", "remove", "clear")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What each worker is told. ``watch``: where the watching process is reached, and the secret between them."""

    index: Path | None
    is_guarded: bool
    proxies: Proxies | None
    changes: bool
    watch: tuple[Any, bytes]


class Followers:
    """Which version of the index each worker asks, as they tell it. ``living``: the workers there are."""

    def __init__(self, index_dir: Path) -> None:
        self.living: Callable[[], set[int | None]] = set
        self._index_dir = index_dir
        self._told = threading.Condition()
        self._versions: dict[int | None, str] = {}

    def asks(self, pid: int, version: str) -> None:
        """A worker asks this version from now on."""
        with self._told:
            self._versions[pid] = version
            self._told.notify_all()

    def has_any(self) -> bool:
        """Whether a worker has ever told."""
        return bool(self._versions)

    def look(self) -> None:
        """Waits until all workers ask the newest version, for a while: a worker may be unable to open it."""
        newest = pointed_at(self._index_dir)
        with self._told:
            self._told.wait_for(lambda: all(self._versions.get(pid) == newest for pid in self.living()), FOLLOW_SECONDS)


class _Watch(BaseManager):
    """What the watching process does for the workers."""


def serve_in_workers(
    count: int, listener: socket.socket, index: Path | None, proxies: Proxies | None, *, is_guarded: bool, changes: bool
) -> None:
    """Serves in ``count`` processes until stopped; ``changes``: whether editors change what is loaded."""
    chosen = settings()
    set_up_log(chosen.log)
    # made here, or the workers would all make them at once; what is wrong with the database is told here too
    Talks(chosen.conversations_place)
    Ledger(chosen.conversations_place)
    with tempfile.TemporaryDirectory(prefix="budget-") as name:
        os.environ[_NUMBERS] = name
        followers = Followers(index or chosen.index_dir)
        shelf = open_shelf(followers, index) if changes else None
        plan = Plan(index, is_guarded, proxies, changes, _answering(followers, shelf))
        workers = Supervisor(count, partial(run_worker, plan, listener), chosen.stop_seconds + _ENDING_SECONDS)
        followers.living = workers.living
        tell_address(listener)
        stopped_by = workers.run(followers.has_any)
        if shelf:
            shelf.close()
    if stopped_by == signal.SIGINT:
        raise typer.Exit(INTERRUPTED)
    if not stopped_by:
        raise BudgetError("服务进程启动不了。", "请看上面的日志。")


def _answering(followers: Followers, shelf: Shelf | None) -> tuple[Any, bytes]:
    """Does for the workers what only one process can do, in the background: where, and the secret to be let in."""
    secret = secrets.token_bytes(32)
    _Watch.register("followers", lambda: followers, exposed=("asks",))
    _Watch.register("shelf", lambda: shelf, exposed=_CHANGES)
    server = _Watch(authkey=secret).get_server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.address, secret


def run_worker(plan: Plan, listener: socket.socket) -> None:
    """Answers until it is told to stop; before it has loaded everything, a signal ends it at once."""
    answer(create_worker(plan), listener, is_guarded=plan.is_guarded)


def create_worker(plan: Plan) -> ASGIApp:
    """What a worker serves; it has loaded everything when this returns, so that no question waits for that."""
    watch = _connected(plan)
    followers = watch.followers()
    try:
        serving = open_serving(plan.index)
        serving.warm_up()
        users = Users(settings().users_path) if plan.is_guarded else None
        shelf = _shelf_elsewhere(watch) if plan.changes else None
        app = application(serving, settings().conversations_place, users, shelf, plan.proxies, is_alone=False)
    except BudgetError as error:
        log.error("a worker can't start: %s", error)
        sys.exit(CANT_START)

    def tell() -> None:
        followers.asks(os.getpid(), serving.engine.version)

    serving.on_switch(tell)
    tell()
    serving.watch()
    return app


def _connected(plan: Plan) -> Any:
    """The watching process, as a worker sees it."""
    _Watch.register("followers", exposed=("asks",))
    _Watch.register("shelf", exposed=_CHANGES)
    watch = _Watch(*plan.watch)
    watch.connect()
    return watch


def _shelf_elsewhere(watch: Any) -> Shelf:
    """The shelf in the watching process."""
    shelf = watch.shelf()
    shelf.largest = settings().upload_megabytes << 20
    return cast("Shelf", shelf)
