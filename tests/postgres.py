"""A PostgreSQL server of its own in a folder, while it is needed; by Debian's package where that is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"
"""The server refuses to run as root; Debian's package makes this user for it."""


def programs() -> Path | None:
    """The folder of the server's programs, None where it isn't installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    return found[-1].parent if found[-1].is_file() else None


class PostgresServer:
    """Listens on a socket in its folder, on no network address."""

    def __init__(self, folder: Path, bin: Path) -> None:
        self.address = f"postgresql://{USER}@/postgres?host={folder}"
        self._data, self._bin, self._folder = folder / "data", bin, folder
        self._as: dict[str, str] = {}
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
            self._as = {"user": USER}
        self._run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N")

    def start(self) -> None:
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-w", "-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._bin / program), "-D", str(self._data), *arguments]
        made = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, **self._as)  # type: ignore[call-overload]
        assert made.returncode == 0, made.stderr


def may_run() -> bool:
    """Whether a server can be started here: it is installed, and where root runs the tests its user exists."""
    return programs() is not None and (os.geteuid() != 0 or USER in {each.pw_name for each in pwd.getpwall()})


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server; its folder is gone afterwards."""
    bin = programs()
    assert bin
    folder = Path(tempfile.mkdtemp(prefix="budget-pg-"))  # a short path: a socket's may have 107 characters
    server = PostgresServer(folder, bin)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
