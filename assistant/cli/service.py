"""``serve``: the page and its HTTP API in one server."""

from __future__ import annotations

import errno
import ipaddress
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import engine
from assistant.cli.console import err
from assistant.cli.engine import IndexOption
from index.errors import BudgetError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from assistant.access import Proxies, Users
    from assistant.journal import Metrics
    from assistant.serving import Serving
    from assistant.settings import Settings
    from assistant.shelf import Shelf


def serve(
    host: Annotated[str | None, typer.Option(help="监听的地址（默认 127.0.0.1）。", show_default=False)] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="监听的端口（默认 7860）。", show_default=False)
    ] = None,
    login: Annotated[
        bool | None,
        typer.Option(
            "--login/--no-login", help="要不要登录（默认：只在本机监听时不要，别的地址要）。", show_default=False
        ),
    ] = None,
    index: IndexOption = None,
) -> None:
    """打开网页和 HTTP 接口；还没有索引时先建。"""
    from assistant.cli.building import build_if_unusable
    from assistant.settings import settings

    host, port = host or settings().host, settings().port if port is None else port
    proxies = _proxies(settings())
    must_log_in = bool(proxies) or not _is_own(host) if login is None else login
    users = _users(settings().users_path, proxies) if must_log_in else None
    with listen(host, port) as listener:
        build_if_unusable(index)
        serving = open_serving(index)
        threading.Thread(target=serving.warm_up, daemon=True).start()
        serving.watch()
        shelf = open_shelf(serving, index) if users or _is_own(host) else None
        run_server(serving, listener, settings().conversations_place, users, shelf, proxies)


def open_serving(index: Path | None) -> Serving:
    """The engine over the version that serves, to be replaced by later ones. Raises IndexUnusable."""
    from assistant.serving import Serving
    from assistant.settings import settings

    return Serving(engine.open_assistant(index), index or settings().index_dir, lambda: engine.open_assistant(index))


def open_shelf(serving: Serving, index: Path | None) -> Shelf:
    """Where editors change what is loaded."""
    from assistant.settings import settings
    from assistant.shelf import Shelf

    chosen = settings()
    largest = chosen.upload_megabytes << 20
    return Shelf(serving, index or chosen.index_dir, chosen.documents_dir, chosen.embedding_model, largest)


def listen(host: str, port: int) -> socket.socket:
    """The server's socket, taken before anything slow is done. Raises BudgetError where it can't be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        problem = f"端口 {port} 已被占用。" if in_use else f"不能在 {host}:{port} 上提供服务：{error}。"
        raise BudgetError(problem, "请换一个地址或端口，例如 --port 7861。") from error


def _is_own(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _proxies(chosen: Settings) -> Proxies | None:
    """The proxies that log people in; None where none are set. Raises BudgetError."""
    from assistant.access import Proxies

    return Proxies.of(chosen.proxy_header, chosen.proxy_addresses)


def _users(path: Path, proxies: Proxies | None) -> Users:
    """Those who may log in. Raises BudgetError where there are none, and no proxy names them."""
    from assistant.access import Users

    users = Users(path)
    if not proxies and not users.names():
        raise BudgetError(
            "在这个地址上要登录才能用，但还没有用户。",
            "先运行 python -m assistant users add 用户名；前面有登录网关的，设 BUDGET_PROXY_HEADER，或加 --no-login。",
        )
    return users


def run_server(
    serving: Serving,
    listener: socket.socket,
    talks: Path | str,
    users: Users | None = None,
    shelf: Shelf | None = None,
    proxies: Proxies | None = None,
) -> None:
    """Serve until stopped; conversations are kept in ``talks``. Stopping waits a little for what is being answered.

    ``users``: those who may log in; without, nobody has to. ``shelf``: where editors change what is loaded.
    ``proxies``: whose word is taken for who somebody is.
    """
    import uvicorn

    from assistant.access import Gate, Pace, SecureHeaders
    from assistant.api import create_api
    from assistant.journal.log import set_up_log
    from assistant.settings import settings
    from assistant.ui import mount_page

    chosen = settings()
    set_up_log(chosen.log)
    app: ASGIApp = mount_page(create_api(serving, _listening(serving)), serving, talks, shelf)
    if users:
        app = SecureHeaders(Gate(app, users, Pace(chosen.requests_a_minute), proxies))
    host, port, *_ = listener.getsockname()
    address = f"[{host}]" if ":" in host else host
    err.print(f"预算问答 http://{address}:{port}　按 Ctrl-C 停止", style="bold green", markup=False, soft_wrap=True)
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=chosen.stop_seconds,
        proxy_headers=users is None,  # the gate must see who really sent a request
    )
    uvicorn.Server(config).run([listener])


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
