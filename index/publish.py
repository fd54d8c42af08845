"""Versions on disk: a build gets a new folder, and one atomic rename makes it the version that serves."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from index.errors import BudgetError
from index.manifest import POINTER, VERSIONS

_LOCK: Final = ".lock"


@contextmanager
def locked(index_dir: Path, *, waits: bool = False) -> Iterator[None]:
    """Lets one build at a time into ``index_dir``, others not at all or, ``waits``, after it.

    The lock goes with its process, however that ends.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            raise BudgetError(f"另一个程序正在建立索引“{index_dir}”。", "请等它结束后再试。") from None
        yield


@contextmanager
def new_version(index_dir: Path) -> Iterator[Path]:
    """The folder of a new version: published when the block ends, removed when it fails."""
    folder = index_dir / VERSIONS / datetime.now(UTC).strftime("%Y%m%dT%H%M%S-%f")
    folder.mkdir(parents=True)
    try:
        yield folder
        _sync(folder)
        previous = _publish(index_dir, folder.name)
    except BaseException:
        if _pointed_at(index_dir) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    _remove_others(index_dir, keep={folder.name, previous})


def _publish(index_dir: Path, name: str) -> str | None:
    """Points at version ``name``; returns what was pointed at before."""
    previous = _pointed_at(index_dir)
    draft = index_dir / f"{POINTER}.new"
    draft.write_text(f"{name}\n", encoding="ascii")
    _sync(draft)
    os.replace(draft, index_dir / POINTER)
    _sync_one(index_dir)
    return previous


def _pointed_at(index_dir: Path) -> str | None:
    pointer = index_dir / POINTER
    return pointer.read_text(encoding="ascii", errors="replace").strip() if pointer.exists() else None


def hold(folder: Path) -> int:
    """Keeps a version from being removed, as long as the descriptor returned is open; it goes with its process."""
    descriptor = os.open(folder, os.O_RDONLY)
    with suppress(OSError):  # not every shared disk has locks; there only the version before is kept
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return descriptor


def _remove_others(index_dir: Path, keep: set[str | None]) -> None:
    """The version before stays, and what somebody still reads; other old ones and leftovers of dead builds go."""
    for folder in (index_dir / VERSIONS).iterdir():
        if folder.name not in keep and not _is_held(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_held(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def _sync(path: Path) -> None:
    """Forces a file, or a folder with all that is in it, to disk."""
    for inner in path.rglob("*"):
        _sync_one(inner)
    _sync_one(path)


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
