"""A real local server that speaks the OpenAI protocol and says what a test scripts, well or badly."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler", dict[str, Any]], None]


def completion(content: str | None, **message: Any) -> bytes:
    """A whole chat completion."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content, **message}}
    used = {"prompt_tokens": 700, "completion_tokens": 20, "total_tokens": 720}
    body = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": used}
    return json.dumps(body).encode()


class Handler(BaseHTTPRequestHandler):
    """One connection; the server's behaviour says what is sent."""

    wbufsize = 1 << 16
    server: Server

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(request)
        self.server.keys.append(self.headers.get("Authorization", ""))
        self.server.encodings.append(self.headers.get("Accept-Encoding", ""))
        try:
            self.server.behaviour(self, request)
        except (BrokenPipeError, ConnectionResetError):
            self.server.cut_off.set()

    def send(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    """The server with what it was asked."""

    daemon_threads = True

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.encodings: list[str] = []
        self.cut_off = threading.Event()
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Server]:
    """A running server."""
    server = Server(behaviour)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


def says(*contents: str) -> Behaviour:
    """Says each text in turn, the last one from then on."""
    left = list(contents)

    def behave(handler: Handler, _: dict[str, Any]) -> None:
        handler.send(completion(left.pop(0) if len(left) > 1 else left[0]))

    return behave


def fails(status: int) -> Behaviour:
    """An error of the endpoint; its text tells a key, as real ones do."""
    body = json.dumps({"error": {"message": "bad key sk-secret", "type": "t", "code": "c"}}).encode()
    return lambda handler, _: handler.send(body, status)


def reasons(thought: str, content: str | None) -> Behaviour:
    """Thinks in a field of its own."""
    return lambda handler, _: handler.send(completion(content, reasoning_content=thought))


def packed(body: bytes) -> Behaviour:
    """Sends it packed, which nobody asked for: a little of it may be very much."""

    def behave(handler: Handler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        handler.wfile.write(gzip.compress(body))

    return behave


def knows_no_format(content: str) -> Behaviour:
    """Refuses to be asked for JSON, and says it when asked without."""

    def behave(handler: Handler, request: dict[str, Any]) -> None:
        if "response_format" in request:
            handler.send(b'{"error": {"message": "unknown field response_format"}}', 400)
        else:
            handler.send(completion(content))

    return behave


def error_in_200(handler: Handler, _: dict[str, Any]) -> None:
    """Tells an error as if it were an answer."""
    handler.send(b'{"error": {"message": "overloaded"}}')


def no_json_at_all(handler: Handler, _: dict[str, Any]) -> None:
    """A page of a gateway."""
    handler.send("<html>网关超时</html>".encode())


def cut(handler: Handler, _: dict[str, Any]) -> None:
    """Promises more than it sends."""
    body = completion('{"asks":[{"op":"value","items":["办公费"]}]}')
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.wfile.flush()
    handler.connection.close()


def never(handler: Handler, _: dict[str, Any]) -> None:
    """Takes the request and says nothing."""
    handler.server.over.wait(30)


def slow(seconds: float, content: str) -> Behaviour:
    """Says it after a while."""

    def behave(handler: Handler, _: dict[str, Any]) -> None:
        handler.server.over.wait(seconds)
        handler.send(completion(content))

    return behave


def talks_on(handler: Handler, _: dict[str, Any]) -> None:
    """Begins its answer well and never ends it."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.wfile.write(completion('{"asks":[{"op":"value","items":["办公费')[:-60])
    while not handler.server.over.is_set():
        handler.wfile.write("、会议费".encode() * 1000)
        time.sleep(0.01)


def drips(handler: Handler, _: dict[str, Any]) -> None:
    """Sends a byte now and then without end: no read of it ever takes long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


@dataclass
class FakeChat:
    """Replies in the same process: by a question's words, or one after the other."""

    replies: dict[str, str] = field(default_factory=dict)
    otherwise: str = '{"asks":[]}'
    prompts: list[Any] = field(default_factory=list)

    def __call__(self, prompt: Any, seconds: float) -> str:
        self.prompts.append(prompt)
        question = prompt.user.rsplit("<问题>", 1)[1].split("</问题>")[0]
        return self.replies.get(question, self.otherwise)
