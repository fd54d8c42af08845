"""``serve``: the page and its HTTP API in one server."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Annotated, Final

import typer

from assistant.cli import engine
from assistant.cli.console import err
from assistant.cli.engine import IndexOption

if TYPE_CHECKING:
    from assistant.ask import Assistant

SHUTDOWN_SECONDS: Final = 2


def serve(
    host: Annotated[str | None, typer.Option(help="监听的地址（默认 127.0.0.1）。", show_default=False)] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="监听的端口（默认 7860）。", show_default=False)
    ] = None,
    index: IndexOption = None,
) -> None:
    """打开网页和 HTTP 接口；还没有索引时先建。"""
    from assistant.cli.building import build_if_unusable
    from assistant.settings import settings

    host, port = host or settings().host, settings().port if port is None else port
    build_if_unusable(index)
    assistant = engine.open_assistant(index)
    threading.Thread(target=assistant.warm_up, daemon=True).start()
    run_server(assistant, host, port)


def run_server(assistant: Assistant, host: str, port: int) -> None:
    """Serve until stopped. An open page keeps a connection for good, so stopping doesn't wait for it."""
    import uvicorn

    from assistant.api import create_api
    from assistant.ui import mount_page

    app = mount_page(create_api(assistant), assistant)
    err.print(f"[b green]预算问答[/] http://{host}:{port}　按 Ctrl-C 停止", soft_wrap=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=SHUTDOWN_SECONDS)
