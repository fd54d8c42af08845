"""The endpoint of a language model, through LangChain. The only importer of the model's libraries, and only if asked.

A call runs in a thread of its own and is waited for no longer than it may take: an endpoint that sends a byte now and
then would outlast every time limit of a connection. What is left behind is cut off by closing its client.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any, Final, TypeVar

from assistant.model.chat import ModelSilent, Prompt, Silence, Spent
from assistant.settings import Settings
from index.errors import BudgetError

if TYPE_CHECKING:
    import httpx
    from langchain_core.language_models import BaseChatModel

_PROVIDER: Final = "openai"
_NO_KEY: Final = "none"
"""Endpoints on one's own network want no key, their client does."""

_LIMITED: Final = 429
_BAD_REQUEST: Final = 400
_AS_JSON: Final = {"type": "json_object"}
_MOST_BYTES: Final = 1 << 20
"""Of a reply, with all that it thinks beside."""


Heard = TypeVar("Heard")


class ModelMissing(BudgetError):
    """A model is set and its library is not installed."""

    exit_code = 2


class Endpoint:
    """A model behind an OpenAI-compatible endpoint. Safe to share between threads."""

    def __init__(self, options: Settings) -> None:
        if find_spec("langchain_openai") is None:
            raise ModelMissing(
                "设置了语言模型，但没有装它要用的组件。", "运行 pip install -e '.[model]'，或去掉 BUDGET_MODEL。"
            )
        self._options = options
        self._as_json = True
        self.spent = Spent()

    def __call__(self, prompt: Prompt, seconds: float) -> str:
        """The reply. Raises ModelSilent."""
        outcome: Queue[str | ModelSilent] = Queue(1)
        connection = _Connection(seconds)
        say = partial(_heard, lambda: self._said(prompt, connection.opened(), seconds))
        threading.Thread(target=lambda: outcome.put(say()), daemon=True).start()
        try:
            said = outcome.get(timeout=seconds)
        except Empty:
            said = ModelSilent("timeout")
        finally:
            connection.close()
        if isinstance(said, ModelSilent):
            raise said
        return said

    def _said(self, prompt: Prompt, client: httpx.Client, seconds: float) -> str:
        """Asked for JSON; an endpoint that doesn't know how to be asked for it is asked without from then on."""
        model = self._model(prompt, client, seconds)
        if self._as_json:
            try:
                return self._text(model.invoke(prompt.messages, response_format=_AS_JSON))
            except Exception as error:
                if getattr(error, "status_code", None) != _BAD_REQUEST:
                    raise
                self._as_json = False
        return self._text(model.invoke(prompt.messages))

    def _text(self, message: Any) -> str:
        used = message.usage_metadata or {}
        self.spent.add(used.get("input_tokens", 0), used.get("output_tokens", 0))
        text = str(message.text).strip()
        if not text:
            raise ModelSilent("empty")
        return text

    def _model(self, prompt: Prompt, client: httpx.Client, seconds: float) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        key = self._options.model_key
        model: BaseChatModel = init_chat_model(
            (self._options.model or "").removeprefix(f"{_PROVIDER}:"),
            model_provider=_PROVIDER,
            base_url=self._options.model_base_url,
            api_key=key.get_secret_value() if key else _NO_KEY,
            http_client=client,
            timeout=seconds,
            max_retries=0,
            temperature=0,
            # said as all servers know it; the library's own argument is sent under a newer name
            extra_body={"max_tokens": prompt.most},
        )
        return model


class _Connection:
    """The client of one call: opened in the call's thread, so that loading its library is waited for no longer either.

    Closed in the thread that waits, before or after it was opened.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None
        self._is_over = False

    def opened(self) -> httpx.Client:
        """The client. Raises ModelSilent where nobody waits for it any more."""
        import httpx

        client = httpx.Client(
            timeout=self._seconds, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [_read_in_bounds]}
        )
        with self._lock:
            if self._is_over:
                client.close()
                raise ModelSilent("timeout")
            self._client = client
        return client

    def close(self) -> None:
        """Cuts off whatever the call still does."""
        with self._lock:
            self._is_over = True
            if self._client:
                self._client.close()


def _read_in_bounds(response: httpx.Response) -> None:
    """Reads a reply, which may be no longer than any that is of use; one packed unasked may be of any length."""
    import httpx

    assert isinstance(response.stream, httpx.SyncByteStream)
    body = bytearray()
    for part in response.stream:
        body += part
        if len(body) > _MOST_BYTES or "Content-Encoding" in response.headers:
            raise ModelSilent("broken")
    response.stream.close()
    response.stream = httpx.ByteStream(bytes(body))


def _heard(said: Callable[[], Heard]) -> Heard | ModelSilent:
    """What came of it, or why nothing did; texts of errors, which may tell of keys, are not kept."""
    try:
        return said()
    except ModelSilent as silent:
        return silent
    except Exception as error:  # whatever a broken endpoint makes the libraries raise, the answer goes on without it
        return ModelSilent(_reason(error))


def _reason(error: Exception) -> Silence:
    status = getattr(error, "status_code", None)
    if status == _LIMITED:
        return "limited"
    return "timeout" if "Timeout" in type(error).__name__ else "refused" if status else "broken"
