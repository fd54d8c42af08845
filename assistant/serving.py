"""The engine of a running service: replaced by one over a newer index as soon as that is open."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.errors import BudgetError
from index.manifest import pointed_at

if TYPE_CHECKING:
    from assistant.ask import Assistant

EVERY_SECONDS: Final = 2.0

log = logging.getLogger(__name__)


class Serving:
    """What questions are put to. Whoever asks takes ``engine`` once and keeps it: the old one answers to the end."""

    def __init__(
        self, engine: Assistant, index_dir: Path | None = None, reopen: Callable[[], Assistant] | None = None
    ) -> None:
        self._engine = engine
        self._index_dir = index_dir
        self._reopen = reopen
        self._refused = ""
        self._lock = threading.Lock()
        self._told: list[Callable[[], None]] = []

    @property
    def engine(self) -> Assistant:
        """The engine over the newest version that could be opened."""
        return self._engine

    def on_switch(self, tell: Callable[[], None]) -> None:
        """Calls ``tell`` whenever another engine has taken over."""
        self._told.append(tell)

    def watch(self) -> None:
        """Looks for a newer version from time to time, in the background."""
        threading.Thread(target=self._watch, daemon=True).start()

    def look(self) -> None:
        """Switches to the version that the index points at, if that is another one and can be opened."""
        with self._lock:
            if self._index_dir is None or self._reopen is None:
                return
            newest = self._newest(self._index_dir)
            if newest in ("", self._engine.version.manifest.version, self._refused):
                return
            try:
                engine = self._reopen()
                engine.warm_up()
            except (BudgetError, OSError) as error:
                log.error("the new index can't be opened, the old one goes on serving: %s", error)
                self._refused = newest
                return
            self._engine = engine
        for tell in self._told:
            tell()

    def _newest(self, index_dir: Path) -> str:
        try:
            return pointed_at(index_dir)
        except BudgetError:
            return ""

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(EVERY_SECONDS):
            self.look()
