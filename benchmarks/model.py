"""What a language model costs where it gives nothing: one that never answers, and none at all.

``python -m benchmarks.model [索引]``.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from assistant.ask import Assistant
from assistant.settings import Settings, settings

QUESTION: Final = "商品和服务支出里哪三样称雄"
"""Nothing that the rules answer; with more question marks each time, since replies are kept by their question."""

CALL, WHOLE = 2.0, 3.0
"""Seconds: the bounds of a call and of a question."""

RESTING: Final = 3
"""Questions after which a model that fails is left alone."""

_LIBRARIES: Final = ("openai", "langchain_openai", "langchain.chat_models")
_START: Final = """
import sys, time
from pathlib import Path
started = time.perf_counter()
from assistant.ask import Assistant
from assistant.settings import Settings
assistant = Assistant(Path(sys.argv[1]), Settings(model=sys.argv[2] or None, model_base_url="http://127.0.0.1:9/v1"))
assistant.ask("公务接待费是多少")
print(round(time.perf_counter() - started, 2), [name for name in {libraries} if name in sys.modules])
"""


def measure(index_dir: Path) -> None:
    """Prints both."""
    rules, silent = _waits(index_dir)
    added = [f"{with_model - without:.2f}" for with_model, without in zip(silent, rules, strict=True)]
    print("语言模型")
    print(
        f"  从不回话的端点（每次最多等 {CALL:g} 秒、一问 {WHOLE:g} 秒）：头 {RESTING} 问各多用 "
        f"{'、'.join(added[:RESTING])} 秒（第一问要装载向量模型），以后不再问它，{'、'.join(added[RESTING:])} 秒"
    )
    for name, model in (("不设模型", ""), ("设了模型（规则答得全，没有问）", "m")):
        print(f"  启动到答出第一问，{name}：{_start(index_dir, model)}")


def _waits(index_dir: Path) -> tuple[list[float], list[float]]:
    """Seconds of the same questions without a model, and with one that takes them and says nothing."""
    with _silent_endpoint() as url:
        options = settings().model_dump() | {"model": "m", "model_base_url": url}
        bounds = {"model_call_seconds": CALL, "model_seconds": WHOLE, "model_use": "needed"}
        assistant = Assistant(index_dir, Settings.model_validate(options | bounds))
        assistant.ask(QUESTION, by_rules=True)
        questions = [QUESTION + "？" * number for number in range(2 * RESTING)]
        rules = [_seconds(assistant, question, by_rules=True) for question in questions]
        silent = [_seconds(assistant, question, by_rules=False) for question in questions]
        assert assistant.tally["silent:timeout"] == RESTING, assistant.tally
        return rules, silent


def _seconds(assistant: Assistant, question: str, *, by_rules: bool) -> float:
    started = time.perf_counter()
    assistant.ask(question, by_rules=by_rules)
    return time.perf_counter() - started


@contextmanager
def _silent_endpoint() -> Iterator[str]:
    """An address that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"


def _start(index_dir: Path, model: str) -> str:
    """The seconds of a new process until its first answer, and the model's libraries that it has loaded by then."""
    program = _START.format(libraries=_LIBRARIES)
    done = subprocess.run(
        [sys.executable, "-c", program, str(index_dir), model], capture_output=True, text=True, check=True
    )
    seconds, libraries = done.stdout.strip().split(" ", 1)
    return f"{seconds} 秒，载入的模型组件 {libraries}"


if __name__ == "__main__":
    measure(Path(sys.argv[1]) if len(sys.argv) > 1 else settings().index_dir)
