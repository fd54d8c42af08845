"""A model behind an air gap: requests go to a file in the OpenAI batch format, replies come from files of that format.

A request is known by the hash of its words, so a reply finds its question again whatever else was asked, and what a
reply leads to (a repair, a choice among sentences) is a new request of the next round.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from assistant.model.chat import ModelSilent, Prompt, Spent
from index.errors import BudgetError

_URL: Final = "/v1/chat/completions"
_ANY_MODEL: Final = "model"


class ExchangeUnusable(BudgetError):
    """A file of requests or replies that can't be written or read."""

    exit_code = 2


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Body(BaseModel):
    choices: list[_Choice] = []
    usage: _Usage | None = None


class _Response(BaseModel):
    body: _Body | None = None


class _Reply(BaseModel):
    """One line of a batch's output; a failed request has no body, or one without choices."""

    custom_id: str
    response: Any = None

    @property
    def _body(self) -> _Body:
        try:
            return _Response.model_validate(self.response).body or _Body()
        except ValidationError:
            return _Body()

    @property
    def usage(self) -> _Usage:
        """The tokens that it took, as far as it tells."""
        return self._body.usage or _Usage()

    @property
    def text(self) -> str:
        """What the model said, "" for nothing."""
        choices = self._body.choices
        return (choices[0].message.content or "").strip() if choices else ""


class Exchange:
    """Replies from files; what they do not hold becomes a request."""

    def __init__(self, replies: Iterable[Path] = (), model: str | None = None) -> None:
        self._model = model or _ANY_MODEL
        read = [reply for path in replies for reply in _read(path)]
        self._replies = {reply.custom_id: reply for reply in sorted(read, key=lambda reply: bool(reply.text))}
        self._open: dict[str, Prompt] = {}
        self.spent = Spent()

    def __call__(self, prompt: Prompt, seconds: float) -> str:
        """The reply in the files. Raises ModelSilent and keeps the request where there is none."""
        reply = self._replies.get(prompt.key)
        if reply is None:
            self._open[prompt.key] = prompt
            raise ModelSilent("no_reply_yet")
        self.spent.add(reply.usage.prompt_tokens or 0, reply.usage.completion_tokens or 0)
        if not reply.text:
            raise ModelSilent("empty")
        return reply.text

    def write(self, path: Path) -> int:
        """Writes the open requests. Returns how many; raises ExchangeUnusable."""
        lines = (json.dumps(self._request(prompt), ensure_ascii=False) for prompt in self._open.values())
        try:
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        except OSError as error:
            raise ExchangeUnusable(f"写不了“{path}”：{error.strerror}。", "请换一个位置，或检查目录权限。") from error
        return len(self._open)

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        body = {
            "model": self._model.removeprefix("openai:"),
            "messages": prompt.messages,
            "temperature": 0,
            "max_tokens": prompt.most,
            "response_format": {"type": "json_object"},
        }
        return {"custom_id": prompt.key, "method": "POST", "url": _URL, "body": body}


def _read(path: Path) -> list[_Reply]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # a reply may hold other ends of lines
        return [_Reply.model_validate_json(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise ExchangeUnusable(
            f"读不了模型的回复 {path}", "它应是 OpenAI 批处理格式的 JSON Lines 文件（custom_id、response）。"
        ) from error
