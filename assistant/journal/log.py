"""The log of a service, as text or as lines of JSON."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from typing import Literal

from assistant.journal.events import Asked, Event

LogForm = Literal["text", "json"]

log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """A record as a line of JSON; what an exception says is in it, on the same line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def set_up_log(form: LogForm) -> None:
    """Sends the log to stderr: warnings as text, or all that is told as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    if form == "json":
        handler.setFormatter(JsonLines())
        logging.getLogger("assistant").setLevel(logging.INFO)
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def log_event(event: Event) -> None:
    """How a question went, without its words: those are the audit's."""
    if not isinstance(event, Asked):
        return
    answer = event.answer
    told = {
        "way": event.way, "index": event.version, "ms": round(event.seconds * 1000),
        "route": answer.route if answer else None, "engine": answer.engine if answer else None,
    }  # fmt: skip
    log.info("asked", extra={"told": told})
