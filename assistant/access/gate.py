"""The gate before everything the server has: a session cookie for people, Basic authentication for programs.

Behind a proxy that logs people in, its header names the user instead.
"""

from __future__ import annotations

import base64
import binascii
import os
import threading
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import parse_qs

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.access.ledger import Ledger
from assistant.access.pace import Pace
from assistant.access.proxies import Proxies
from assistant.access.users import Users
from assistant.journal.events import asker
from assistant.store import StoreUnusable

SESSION: Final = "budget_session"
SESSION_SECONDS: Final = 12 * 3600
MOST_FAILURES: Final = 5
FAILURE_SECONDS: Final = 300
_LARGEST_FORM: Final = 10_000
_LOCKS: Final = 64
"""Guesses of one password wait for each other: otherwise many at once would all be within the limit."""

_LOGIN: Final = Path(__file__).with_name("login.html")
_OPEN: Final = ("/api/health", "/api/ready")
_FORWARDED: Final = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
"""From whom the address of a visitor is believed, as uvicorn has it, where no proxies are set."""


class Gate:
    """Lets nobody past who isn't a user; tells what is behind it who it is, as ``request.state.user`` and ``role``.

    It has to be the first to see a request: who sent it is looked at before any forwarded address is believed.
    ``ledger``: where sessions are kept, for every process of the service.
    """

    def __init__(
        self,
        app: ASGIApp,
        users: Users,
        pace: Pace | None = None,
        proxies: Proxies | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        self._app = app
        self._users = users
        self._pace = pace
        self._proxies = proxies
        believed = [str(network) for network in proxies.networks] if proxies else _FORWARDED
        self._forwarded: Any = ProxyHeadersMiddleware(cast("Any", self._guard), trusted_hosts=believed)
        self._ledger = ledger or Ledger()
        self._locks = tuple(threading.Lock() for _ in range(_LOCKS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        named = self._proxies.user(scope, _client(scope)) if self._proxies and scope["type"] == "http" else ""
        scope.setdefault("state", {}).update(named=named)
        try:
            await self._forwarded(scope, receive, send)
        except StoreUnusable as error:  # the gate's own: what is behind it tells its troubles itself
            await _unusable(error)(scope, receive, send)

    async def _guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope.get("path") in _OPEN:
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            return  # the page uses no other protocol
        elif scope["path"] == "/login" and scope["method"] == "POST":
            await (await self._logged_in(scope, receive))(scope, receive, send)
        elif scope["path"] == "/logout" and scope["method"] == "POST":
            await (await run_sync(self._logged_out, scope))(scope, receive, send)
        elif _is_from_elsewhere(scope):
            await _elsewhere()(scope, receive, send)
        elif user := scope["state"]["named"] or await run_sync(self._user, Headers(scope=scope), _client(scope)):
            if self._pace and not await run_sync(self._pace.allows, user, scope["method"]):
                await _too_many(self._pace.most)(scope, receive, send)
                return
            asker.set(user)
            scope["state"].update(user=user, role=self._users.role(user))
            await self._app(scope, receive, send)
        else:
            await _refused(scope)(scope, receive, send)

    def _user(self, headers: Headers, client: str) -> str:
        """Who a request is from, empty for nobody."""
        name = self._ledger.name_of(_cookie(headers.get("cookie", "")))
        if name and name in self._users.names():
            return name
        given = _basic(headers.get("authorization", ""))
        return given[0] if given and self._checked(*given, client) else ""

    def _checked(self, name: str, password: str, client: str) -> bool:
        """Whether name and password fit; after several that didn't, nothing fits for a while."""
        failures = f"login {client} {name}"
        with self._locks[hash(failures) % _LOCKS]:
            failed = self._ledger.marks(failures, FAILURE_SECONDS)
            if failed >= MOST_FAILURES:
                return False
            is_right = self._users.knows(name, password)
            if not is_right:
                self._ledger.mark(failures, MOST_FAILURES, FAILURE_SECONDS)
            elif failed:
                self._ledger.unmark(failures)
        return is_right

    async def _logged_in(self, scope: Scope, receive: Receive) -> Response:
        form = parse_qs((await _body(receive)).decode("utf-8", "replace"))
        name, password = (form.get(each, [""])[0] for each in ("name", "password"))
        if not await run_sync(self._checked, name, password, _client(scope)):
            problem = f"<p>用户名或密码不对。连续 {MOST_FAILURES} 次不对，要等 {FAILURE_SECONDS // 60} 分钟再试。</p>"
            return HTMLResponse(_page(problem), status_code=401)
        token = await run_sync(self._ledger.begin_session, name, SESSION_SECONDS)
        response = RedirectResponse(f"{scope.get('root_path', '')}/", status_code=303)
        is_secure = scope["scheme"] == "https"
        response.set_cookie(SESSION, token, max_age=SESSION_SECONDS, httponly=True, samesite="strict", secure=is_secure)
        return response

    def _logged_out(self, scope: Scope) -> Response:
        self._ledger.end_session(_cookie(Headers(scope=scope).get("cookie", "")))
        response = RedirectResponse(f"{scope.get('root_path', '')}/", status_code=303)
        response.delete_cookie(SESSION)
        return response


def _refused(scope: Scope) -> Response:
    """People get the page to log in on, programs are told to name themselves."""
    if scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", ""):
        return HTMLResponse(_page(""), status_code=401)
    told = {"problem": "没有登录。", "remedy": "请刷新页面登录；程序请用 HTTP Basic 认证。"}
    return JSONResponse(told, status_code=401, headers={"WWW-Authenticate": 'Basic realm="budget"'})


def _is_from_elsewhere(scope: Scope) -> bool:
    """Whether another site's page has made the browser send this, with what a proxy or the browser adds by itself."""
    site = Headers(scope=scope).get("sec-fetch-site", "none")
    return scope["method"] not in ("GET", "HEAD") and site not in ("same-origin", "none")


def _elsewhere() -> Response:
    told = {"problem": "这个请求是别的网站发起的。", "remedy": "请在本系统的网页上操作。"}
    return JSONResponse(told, status_code=403)


def _too_many(most: int) -> Response:
    told = {"problem": f"问得太密了（一分钟最多 {most} 次）。", "remedy": "请过一会儿再试。"}
    return JSONResponse(told, status_code=429, headers={"Retry-After": "10"})


def _unusable(error: StoreUnusable) -> Response:
    return JSONResponse({"problem": error.problem, "remedy": error.remedy}, status_code=503)


def _page(problem: str) -> str:
    return _LOGIN.read_text(encoding="utf-8").replace("<!--problem-->", problem)


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(SESSION)
    except CookieError:
        return ""
    return found.value if found else ""


def _basic(header: str) -> tuple[str, str] | None:
    kind, _, given = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(given, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


async def _body(receive: Receive) -> bytes:
    body = b""
    while len(body) <= _LARGEST_FORM:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)
    return b""
