"""How a build is done, and what it tells on its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from index.workers import Limits

Stage = Literal["parse", "embed", "vectors", "check"]


@dataclass(frozen=True, slots=True)
class BuildEvent:
    """One step of a build: ``done`` of ``total`` files, or of chunks while embedding; ``text`` is Chinese."""

    stage: Stage
    done: int
    total: int
    text: str
    is_problem: bool = False


Progress = Callable[[BuildEvent], None]


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """Whom it tells, with which model it embeds, over how many processes it parses, what one file may cost.

    ``cluster``: the address of the Ray cluster that reads and embeds in place of this machine's processes.
    """

    progress: Progress
    model: str
    processes: int
    limits: Limits
    cluster: str | None = None
