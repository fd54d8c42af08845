"""What can go wrong around an index and a service, made to go wrong: the old version serves, or a message says so.

``python -m benchmarks.faults [--kills 20] [--seed 1] [--only …]``, over the seed, in real processes. Full disks and
read-only folders are mounts in a namespace of their own, where the system allows that, and file size limits everywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.ask import Assistant
from assistant.settings import Settings
from index.manifest import VERSIONS, open_version, pointed_at
from index.paths import ROOT
from tests.browser.conftest import free_port, running

QUESTION: Final = "公务接待费预算是多少？"
EXPECTED: Final = "0.69"
_SEED: Final = next((ROOT / "data" / "documents").glob("*.txt"))
_COMMAND: Final = (sys.executable, "-m", "assistant")
_FILE_SIZES: Final = (16, 256, 2_048, 4_400)
"""In blocks of 1,024 bytes: of the spool, the warehouse, the vectors."""

_DAMAGES: Final = 4
_REPLACED: Final = 2
_PATIENCE: Final = 900
"""Seconds that a command may take on a busy machine."""


class Broken(Exception):
    """A fault had a consequence that it must not have."""


@dataclass(frozen=True)
class Place:
    """Where the documents and the index of a trial are."""

    folder: Path

    @property
    def index(self) -> Path:
        """The index that must not be lost."""
        return self.folder / "index"

    @property
    def environment(self) -> dict[str, str]:
        """For commands and the server."""
        return {
            **os.environ, "BUDGET_DOCUMENTS_DIR": str(self.folder / "documents"), "BUDGET_INDEX_DIR": str(self.index),
            "BUDGET_CONVERSATIONS": str(self.folder / "talks.sqlite"), "PYTHONIOENCODING": "utf-8",
        }  # fmt: skip

    def change(self, number: int) -> None:
        """Another content, so that the next build has all its work to do."""
        text = _SEED.read_text(encoding="utf-8")
        (self.folder / "documents").mkdir(exist_ok=True)
        (self.folder / "documents" / _SEED.name).write_text(f"{text}\n第{number}次。\n", encoding="utf-8")

    def run(self, *arguments: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """A command to its end; ``before`` is what it is started through."""
        command = [*before, *_COMMAND, *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )


def require(holds: bool, told: str) -> None:
    """Raises Broken where something doesn't hold."""
    if not holds:
        raise Broken(told)


def answers(index: Path) -> None:
    """The index answers as it should."""
    answer = Assistant(index, Settings(index_dir=index)).ask(QUESTION)
    require(EXPECTED in answer.answer, f"{index}: {answer.answer}")


def refused_in_words(done: subprocess.CompletedProcess[str]) -> None:
    """A command that failed has told so in a panel, not in a traceback."""
    require(done.returncode in (1, 4), f"rc {done.returncode}: {done.stderr[-500:]}")
    require("出错了" in done.stderr and "Traceback" not in done.stderr, done.stderr[-1_500:])


def built(place: Place, number: int) -> float:
    """Builds, and tells how many seconds that took: what is built already takes less."""
    started = time.monotonic()
    place.change(number)
    done = place.run("build")
    require(done.returncode == 0, done.stderr[-1_500:])
    return time.monotonic() - started


def killed_builds(place: Place, chance: random.Random, count: int) -> str:
    """Builds killed with all their processes at random moments: the version before serves each time, whole."""
    whole, later = built(place, 6_000), 0
    for number in range(1, count + 1):
        before = pointed_at(place.index)
        place.change(number)
        process = subprocess.Popen([*_COMMAND, "build"], env=place.environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        time.sleep(chance.uniform(0, whole * 1.1))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        later += pointed_at(place.index) != before
        answers(place.index)
    require(place.run("build").returncode == 0, "the build after all that")
    left = len(list((place.index / VERSIONS).iterdir()))
    require(left <= 2, f"{left} versions are left")
    return f"{count} 次，其中 {later} 次已换成新版；每次都答得出"


def full_disk(place: Place, chance: random.Random) -> str:
    """Builds that can't write on: told, and the version before serves."""
    before, told = pointed_at(place.index), []
    ways: list[tuple[str, tuple[str, ...]]] = [
        (f"文件限 {size} KiB", ("sh", "-c", f'ulimit -f {size}; exec "$@"', "sh")) for size in _FILE_SIZES
    ]
    for number, (name, way) in enumerate(ways):
        place.change(1_000 + number)
        refused_in_words(place.run("build", before=way))
        require(pointed_at(place.index) == before, name)
        told.append(name)
    if in_namespace():
        for megabytes in (1, 6):
            place.change(2_000 + megabytes)
            small = place.folder / "small"
            small.mkdir(exist_ok=True)
            mount = f'mount -t tmpfs -o size={megabytes}m tmpfs "{small}"; exec "$@"'
            refused_in_words(
                place.run("build", "--index", str(small), before=("unshare", "-rm", "sh", "-c", mount, "sh"))
            )
            told.append(f"磁盘 {megabytes} MiB")
    answers(place.index)
    return "、".join(told)


def read_only(place: Place, chance: random.Random) -> str:
    """Neither index nor conversations can be written: a build says so, questions are answered all the same."""
    if not in_namespace():
        return "跳过：这里不能挂载"
    mount = f'mount --bind "{place.folder}" "{place.folder}"; mount -o remount,ro,bind "{place.folder}"; exec "$@"'
    way = ("unshare", "-rm", "sh", "-c", mount, "sh")
    refused_in_words(place.run("build", before=way))
    done = place.run("ask", QUESTION, before=way)
    require(done.returncode == 0 and EXPECTED in done.stdout, done.stdout + done.stderr[-1_500:])
    return "建索引报错，照常回答"


def two_builds(place: Place, chance: random.Random) -> str:
    """The second of two builds at once is told to wait."""
    place.change(3_000)
    first = subprocess.Popen([*_COMMAND, "build"], env=place.environment, stderr=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL)  # fmt: skip
    told = ""
    while first.poll() is None and "另一个程序正在建立索引" not in told:
        told = place.run("build").stderr
    require(first.wait() == 0 and "Traceback" not in told, told)
    answers(place.index)
    return "第二个报错，第一个建成" if told else "没有碰上"


def damaged(place: Place, chance: random.Random) -> str:
    """Bytes overwritten in the warehouse and the vectors: answered all the same, or told; a build mends it."""
    outcomes: dict[str, int] = {}
    for number in range(_DAMAGES):
        version = open_version(place.index)
        vectors = [path for path in version.vectors.rglob("*") if path.is_file() and path.stat().st_size]
        path = version.warehouse if number % 2 else chance.choice(sorted(vectors))
        content = bytearray(path.read_bytes())
        for _ in range(20):
            at = chance.randrange(len(content))
            content[at : at + 512] = chance.randbytes(min(512, len(content) - at))
        path.write_bytes(bytes(content))
        done = place.run("ask", QUESTION)
        if done.returncode:
            refused_in_words(done)
            require("build" in done.stderr, done.stderr)
        else:
            require(EXPECTED in done.stdout, done.stdout)
        outcome = "报错" if done.returncode else "照答"
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        place.change(4_000 + number)
        require(place.run("build").returncode == 0, "the build that mends")
        answers(place.index)
    return "、".join(f"{name} {count} 次" for name, count in outcomes.items()) + "，重建都修好"


@contextmanager
def service(place: Place) -> Iterator[tuple[str, Any]]:
    """A running server: its address and process."""
    port = free_port()
    command = ["-m", "assistant", "serve", "--port", str(port)]
    with running(command, port, place.folder / "log", **place.environment) as process:
        yield f"http://127.0.0.1:{port}", process


def called(address: str, path: str, body: dict[str, Any] | None, cookie: str) -> Any:
    """What the server replies."""
    data = json.dumps(body).encode() if body else None
    headers = {"Content-Type": "application/json", "Cookie": f"budget_visitor={cookie}"}
    with urllib.request.urlopen(urllib.request.Request(address + path, data, headers), timeout=60) as response:
        return json.load(response)


def replaced_while_serving(place: Place, chance: random.Random) -> str:
    """Questions go on while other processes build; then the server is killed: what was said is there afterwards."""
    cookie, asked, wrong = "a" * 32, 0, 0
    talk = ""
    with service(place) as (address, process):
        done = threading.Event()
        builds = threading.Thread(target=lambda: (_rebuild(place), done.set()))
        builds.start()
        while not done.is_set():
            told = called(address, "/page/ask", {"question": QUESTION, "talk": talk}, cookie)
            talk, asked, wrong = told["talk"], asked + 1, wrong + (EXPECTED not in told["turn"]["html"])
        builds.join()
        called(address, "/page/wrong", {"talk": talk, "turn": 1, "comment": "试"}, cookie)
        os.kill(process.pid, signal.SIGKILL)
    require(wrong == 0, f"{wrong} of {asked} answers were wrong")
    with service(place) as (address, process):
        kept = called(address, f"/page/state?c={talk}", None, cookie)["turns"]
        require(len(kept) == asked, f"{len(kept)} of {asked} turns were kept")
    objections = place.run("objections").stdout
    require(QUESTION in objections, objections)
    log = (place.folder / "log").read_text(encoding="utf-8")
    require("Traceback" not in log, log[-1_500:])
    return f"换了 {_REPLACED} 次索引，{asked} 问都答对、都留着，意见也在"


def _rebuild(place: Place) -> None:
    for number in range(_REPLACED):
        place.change(5_000 + number)
        place.run("build")


def damaged_talks(place: Place, chance: random.Random) -> str:
    """A damaged store of conversations is told when the service starts, and left as it is."""
    talks = place.folder / "talks.sqlite"
    content = b"\0" * 4_096
    talks.write_bytes(content)
    for path in place.folder.glob("talks.sqlite-*"):
        path.unlink()
    refused_in_words(place.run("serve", "--port", str(free_port())))
    require(talks.read_bytes() == content, "the file was changed")
    return "启动时报错，文件没动"


def in_namespace() -> bool:
    """Whether mounts of our own are allowed here."""
    return bool(shutil.which("unshare")) and subprocess.run(["unshare", "-rm", "true"], check=False).returncode == 0


_KILLED: Final = "建索引中途被杀"
FAULTS: Final[dict[str, Callable[[Place, random.Random], str]]] = {
    "磁盘写满": full_disk, "只读目录": read_only, "同时两个建索引": two_builds, "索引损坏": damaged,
    "服务中换索引，再杀掉": replaced_while_serving, "对话文件损坏": damaged_talks,
}  # fmt: skip


def main() -> None:
    """Prints what became of each fault; exit code 1 where something was lost."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", nargs="*", choices=[_KILLED, *FAULTS], help="leave the others out")
    chosen = arguments.parse_args()
    chance, failed = random.Random(chosen.seed), 0
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        faults = {_KILLED: lambda place, chance: killed_builds(place, chance, chosen.kills), **FAULTS}
        built(place, 0)
        for fault in chosen.only or faults:
            try:
                print(f"{fault}：{faults[fault](place, chance)}", flush=True)
            except Broken as broken:
                failed += 1
                print(f"{fault}：不对 {broken}", flush=True)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
