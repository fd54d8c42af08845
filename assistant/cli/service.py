"""``serve``: the page and its HTTP API in one server."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from assistant.cli import engine
from assistant.cli.console import err
from assistant.cli.engine import IndexOption


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

    import uvicorn

    from assistant.api import create_api
    from assistant.ui import mount_page

    app = mount_page(create_api(assistant), assistant)
    err.print(f"[b green]预算问答[/] http://{host}:{port}　按 Ctrl-C 停止", soft_wrap=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")
