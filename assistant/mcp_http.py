"""The tools over HTTP, on the server's own address, behind the same gate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.mcp_server import create_mcp

if TYPE_CHECKING:
    from assistant.serving import Serving


class McpEndpoint:
    """What answers at the tools' path while the server runs."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        told = {"problem": "服务还没有就绪。", "remedy": "请过一会儿再试。"}
        self._app: ASGIApp = JSONResponse(told, status_code=503)

    @asynccontextmanager
    async def lifespan(self, server: object) -> AsyncIterator[None]:
        """Answers as long as this lasts."""
        tools = create_mcp(self._serving)
        app = tools.streamable_http_app()
        async with tools.session_manager.run():
            self._app = app
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
