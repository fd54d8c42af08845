"""Files that training made and that ship with the product: read only as they were recorded, done without otherwise."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

Reader = TypeVar("Reader")
_log: Final = logging.getLogger(__name__)


def read_recorded(path: Path) -> tuple[bytes, dict[str, Any]]:
    """A file and the record beside it. Raises ValueError where its checksum is another one, OSError without a file."""
    data = path.read_bytes()
    recorded: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    if hashlib.sha256(data).hexdigest() != recorded["sha256"]:
        raise ValueError(f"{path.name}: not the recorded checksum")
    return data, recorded


def loaded(load: Callable[[], Reader]) -> Reader | None:
    """What reads by such a file; None, with a line in the log, where it is missing or damaged."""
    try:
        return load()
    except (OSError, ValueError, KeyError) as error:
        _log.warning("训练的读题器没有装入，按规则读题：%s", error)
        return None
