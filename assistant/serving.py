"""The engine of a running service: replaced by one over a newer index as soon as that is open."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assistant.answer import Answer
from assistant.journal.events import Asked, Event, Way, asker, cited_facts
from index.errors import BudgetError, IndexUnusable
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
        self._listeners: list[Callable[[Event], None]] = []
        self._not_ready: BudgetError | None = BudgetError("服务正在载入。", "请过一会儿再试。")

    @property
    def engine(self) -> Assistant:
        """The engine over the newest version that could be opened."""
        return self._engine

    @property
    def not_ready(self) -> BudgetError | None:
        """Why the first questions would wait or fail; None once everything is loaded."""
        return self._not_ready

    def warm_up(self) -> None:
        """Loads what the first questions would wait for."""
        try:
            self._engine.warm_up()
            self._not_ready = None
        except BudgetError as error:
            log.error("the index can't be read: %s", error)
            self._not_ready = error
        except Exception:  # told by /api/ready; questions that don't need what failed are answered
            log.exception("warming up failed")
            self._not_ready = IndexUnusable("载入时出了内部错误，详情已记入服务日志。", "请重新建索引。")

    def status(self) -> dict[str, Any]:
        """What is served: the index's version, how many documents, which model."""
        engine = self._engine
        return {
            "index": engine.version,
            "documents": engine.warehouse.count("documents"),
            "model": engine.model.name if engine.model else None,
        }

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Tells ``listener`` everything that happens from now on."""
        self._listeners.append(listener)

    def tell(self, event: Event) -> None:
        """Tells all listeners."""
        for listener in self._listeners:
            listener(event)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        id: str = "",
        *,
        by_rules: bool = False,
        way: Way = "api",
        who: str = "",
        talk: str = "",
    ) -> Answer:
        """One answer, as the engine's, and told to those who keep account of it. ``who`` asks, from ``talk``."""
        engine = self._engine
        if not self._listeners:
            return engine.ask(question, history, id, by_rules=by_rules)
        version = engine.version
        event = partial(Asked, who or asker.get(), way, talk, question, tuple(history), version)
        started = time.perf_counter()
        try:
            explained = engine.explain(question, history, id, by_rules=by_rules)
        except Exception as error:
            told = error.problem if isinstance(error, BudgetError) else type(error).__name__
            self.tell(event(time.perf_counter() - started, problem=told))
            raise
        answer, took = explained.answer, time.perf_counter() - started
        read = tuple((fact.name, fact.text) for fact in explained.facts if fact.name != "SQL")
        self.tell(event(took, answer, read, cited_facts(engine.warehouse, answer)))
        return answer

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
            if newest in ("", self._engine.version, self._refused):
                return
            try:
                engine = self._reopen()
                engine.warm_up()
            except Exception as error:  # whatever is wrong with it, nobody's question may find out
                known = isinstance(error, BudgetError | OSError)
                log.error("the new index can't be opened, the old one goes on serving: %s", error, exc_info=not known)
                self._refused = newest
                return
            self._engine, self._not_ready = engine, None
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
