"""``serve``: the page and its HTTP API in one server."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.engine import IndexOption
from assistant.settings import MOST_WORKERS
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.access import Proxies, Users
    from assistant.settings import Settings


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
    workers: Annotated[
        int | None, typer.Option(min=1, max=MOST_WORKERS, help="用几个进程回答（默认 1）。", show_default=False)
    ] = None,
    index: IndexOption = None,
) -> None:
    """打开网页和 HTTP 接口；还没有索引时先建。"""
    from assistant.cli.building import build_if_unusable
    from assistant.cli.server import serve_alone
    from assistant.settings import settings
    from index.shards import is_sharded

    os.environ.setdefault("OMP_NUM_THREADS", "1")  # a vector's threads would take the processors from other questions
    chosen = settings()
    host, port, workers = host or chosen.host, chosen.port if port is None else port, workers or chosen.workers
    proxies = _proxies(chosen)
    must_log_in = bool(proxies) or not _is_own(host) if login is None else login
    users = _users(chosen.users_path, proxies) if must_log_in else None
    with listen(host, port) as listener:
        build_if_unusable(index)
        changes = (bool(users) or _is_own(host)) and not is_sharded(index or chosen.index_dir)
        if workers == 1:
            serve_alone(listener, index, users, proxies, changes=changes)
        else:
            from assistant.cli.workers import serve_in_workers

            serve_in_workers(workers, listener, index, proxies, is_guarded=must_log_in, changes=changes)


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
