"""What ``serve`` serves: the page and the HTTP API over one engine, in this process."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from assistant.cli import engine
from assistant.cli.console import err

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from assistant.access import Proxies, Users
    from assistant.journal import Metrics
    from assistant.serving import Serving
    from assistant.shelf import Shelf
    from assistant.shelf.shelf import Follower

INTERRUPTED: Final = 130
"""The exit code of a process that Ctrl-C stopped."""


def serve_alone(
    listener: socket.socket, index: Path | None, users: Users | None, proxies: Proxies | None, *, changes: bool
) -> None:
    """Serves in this process until stopped; ``changes``: whether editors change what is loaded."""
    from assistant.settings import settings

    serving = open_serving(index)
    serving.watch()
    shelf = open_shelf(serving, index) if changes else None
    try:
        run_server(serving, listener, settings().conversations_place, users, shelf, proxies)
    except KeyboardInterrupt:
        _end_process(INTERRUPTED)
    except SystemExit as stopped:
        _end_process(int(stopped.code or 0))


def _end_process(code: int) -> NoReturn:
    """Ends this process at once, as everything is kept and no child is left.

    To take the interpreter down costs seconds, and threads that are still loading may abort it: inside a library's
    native code no thread can be ended.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def open_serving(index: Path | None) -> Serving:
    """The engine over the version that serves, to be replaced by later ones. Raises IndexUnusable."""
    from assistant.serving import Serving
    from assistant.settings import settings

    return Serving(engine.open_assistant(index), index or settings().index_dir, lambda: engine.open_assistant(index))


def open_shelf(follower: Follower, index: Path | None) -> Shelf:
    """Where editors change what is loaded."""
    from assistant.settings import settings
    from assistant.shelf import Shelf

    chosen = settings()
    largest = chosen.upload_megabytes << 20
    return Shelf(follower, index or chosen.index_dir, chosen.documents_dir, chosen.embedding_model, largest)


def run_server(
    serving: Serving,
    listener: socket.socket,
    talks: Path | str,
    users: Users | None = None,
    shelf: Shelf | None = None,
    proxies: Proxies | None = None,
) -> None:
    """Serve until stopped; conversations are kept in ``talks``. Stopping waits for what is being answered.

    ``users``: those who may log in; without, nobody has to. ``shelf``: where editors change what is loaded.
    ``proxies``: whose word is taken for who somebody is.
    """
    app = application(serving, talks, users, shelf, proxies)
    threading.Thread(target=serving.warm_up, daemon=True).start()  # now the page is there, and first questions may wait
    tell_address(listener)
    try:
        answer(app, listener, is_guarded=users is not None)
    finally:
        if shelf:
            shelf.close()


def answer(app: ASGIApp, listener: socket.socket, *, is_guarded: bool) -> None:
    """Answers until stopped; asked to end by SIGTERM, the process ends well: uvicorn raises it again when it stops."""
    import uvicorn

    from assistant.settings import settings

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=settings().stop_seconds,
        proxy_headers=not is_guarded,  # the gate must see who really sent a request
    )
    uvicorn.Server(config).run([listener])


def application(
    serving: Serving,
    talks: Path | str,
    users: Users | None = None,
    shelf: Shelf | None = None,
    proxies: Proxies | None = None,
    *,
    is_alone: bool = True,
) -> ASGIApp:
    """The page and the API, behind the gate where users have to log in; what happens is logged from now on.

    ``is_alone``: no other process serves the same.
    """
    from assistant.access import Gate, Ledger, Pace, SecureHeaders
    from assistant.api import create_api
    from assistant.journal.log import set_up_log
    from assistant.settings import settings
    from assistant.ui import mount_page

    chosen = settings()
    set_up_log(chosen.log)
    api = create_api(serving, _listening(serving))
    app: ASGIApp = mount_page(api, serving, talks, shelf, is_alone=is_alone)
    if users:
        ledger = Ledger(talks)
        app = SecureHeaders(Gate(app, users, Pace(chosen.requests_a_minute, ledger), proxies, ledger))
    return app


def tell_address(listener: socket.socket) -> None:
    """Where the page is."""
    host, port, *_ = listener.getsockname()
    address = f"[{host}]" if ":" in host else host
    err.print(f"预算问答 http://{address}:{port}　按 Ctrl-C 停止", style="bold green", markup=False, soft_wrap=True)


def _listening(serving: Serving) -> Metrics | None:
    """Sets up what is kept of what happens; the numbers, where they are wanted. Raises BudgetError."""
    from assistant.journal import Audit, Metrics
    from assistant.journal.log import log_event
    from assistant.settings import settings

    chosen = settings()
    if chosen.audit:
        serving.listen(Audit(chosen.audit_path, chosen.audit_days))
    if chosen.log == "json":
        serving.listen(log_event)
    if not chosen.metrics:
        return None
    metrics = Metrics(lambda: serving.engine.warehouse.count("documents"))
    serving.listen(metrics)
    return metrics
