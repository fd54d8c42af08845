"""The audit: one line of JSON an event, one file a day, files older than is kept removed.

A line is written at once and whole, so that several processes may write; a file is only ever added to.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from assistant.journal.events import Asked, Event
from index.errors import BudgetError, reason

_SUFFIX: Final = ".jsonl"

log = logging.getLogger(__name__)


class Audit:
    """Keeps events for so many days in a folder that only its owner reads. Safe to share between threads."""

    def __init__(self, folder: Path, days: int) -> None:
        """Raises BudgetError where nothing can be written: a service whose audit is lost must not seem to have one."""
        self._folder = folder
        self._days = days
        self._lock = threading.Lock()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(self._open(datetime.now().date()))
        except OSError as error:
            raise BudgetError(
                f"审计记录写不了（{folder}）：{reason(error)}。",
                "请检查目录权限和磁盘空间；换地方用 BUDGET_AUDIT_DIR，不记用 BUDGET_AUDIT=false。",
            ) from error
        self._forget(datetime.now().date())

    def __call__(self, event: Event) -> None:
        """Writes one event. What goes wrong is logged: an answer is not held up by it."""
        now = datetime.now().astimezone()
        line = json.dumps({"time": now.isoformat(timespec="milliseconds"), **_told(event)}, ensure_ascii=False)
        content = f"{line}\n".encode("utf-8", "backslashreplace")
        try:
            with self._lock:
                if not self._path(now.date()).exists():
                    self._forget(now.date())
                descriptor = self._open(now.date())
                try:
                    written = os.write(descriptor, content)
                finally:
                    os.close(descriptor)
            if written < len(content):
                log.error("the audit's line was cut off: the disk is full")
        except OSError as error:
            log.error("the audit can't be written: %s", error)

    def _path(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}{_SUFFIX}"

    def _open(self, day: date) -> int:
        return os.open(self._path(day), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def _forget(self, today: date) -> None:
        oldest = today - timedelta(days=self._days - 1)
        for day, path in _files(self._folder):
            if day < oldest:
                path.unlink(missing_ok=True)


def events(folder: Path, since: date | None = None, until: date | None = None) -> Iterator[dict[str, Any]]:
    """What was kept, oldest first, from one day to another. A line that was cut off by a full disk is left out."""
    for day, path in _files(folder):
        if (since and day < since) or (until and day > until):
            continue
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    yield json.loads(line)
                except ValueError:
                    log.warning("%s holds a line that was cut off", path.name)


def _files(folder: Path) -> list[tuple[date, Path]]:
    found = []
    for path in folder.glob(f"*{_SUFFIX}"):
        try:
            found.append((date.fromisoformat(path.stem), path))
        except ValueError:
            continue  # not one of ours
    return sorted(found)


def _told(event: Event) -> dict[str, Any]:
    """An event's fields; of an answer what tells it apart: route, figures, query. Nothing of the settings is in it."""
    if not isinstance(event, Asked):
        return {"event": "objected", **asdict(event)}
    answer = event.answer
    told = {
        "event": "asked", "who": event.who, "way": event.way, "talk": event.talk, "question": event.question,
        "history": list(event.history), "index": event.version, "seconds": round(event.seconds, 3),
        "read": [list(each) for each in event.read], "problem": event.problem,
    }  # fmt: skip
    if answer is None:
        return told
    figures = [[each.label, each.value, each.unit] for each in answer.figures]
    return told | {
        "standalone": answer.standalone_question, "route": answer.route, "engine": answer.engine, "figures": figures,
        "facts": list(event.facts), "sql": answer.sql, "unanswered": answer.unanswered,
    }  # fmt: skip
