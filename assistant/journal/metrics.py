"""Numbers for a monitor (Prometheus): questions by way, route and engine, how long they took, what is loaded.

Where several processes serve, each counts in files of a folder that the library is told of, and whichever is asked
tells the sum of all; memory and the like are told of each, by its number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from assistant.journal.events import Asked, Event

_BUCKETS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)
_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """Counts events; ``documents`` tells how many are loaded at the moment. No question and no user is in it."""

    def __init__(self, documents: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        counted = self._registry
        self._registry.register(_Documents(documents))
        if folder := os.environ.get(_FOLDER):
            counted = CollectorRegistry()  # what this process counts: the folder has it, with the others'
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]
            self._registry.register(_Processes(Path(folder)))
        else:
            ProcessCollector(registry=self._registry)
        self._asked = Counter("budget_questions", "Questions answered", ("way", "route", "engine"), registry=counted)
        self._seconds = Histogram("budget_question_seconds", "Time to an answer", buckets=_BUCKETS, registry=counted)
        self._problems = Counter("budget_problems", "Questions without an answer", ("way",), registry=counted)
        self._objections = Counter("budget_objections", "Answers said to be wrong", registry=counted)

    def __call__(self, event: Event) -> None:
        """Counts one event."""
        if not isinstance(event, Asked):
            self._objections.inc()
            return
        self._seconds.observe(event.seconds)
        if event.answer is None:
            self._problems.labels(event.way).inc()
        else:
            self._asked.labels(event.way, event.answer.route, event.answer.engine).inc()

    def text(self) -> bytes:
        """All numbers, in the monitor's form."""
        return generate_latest(self._registry)


class _Documents(Collector):
    """How many documents are loaded, as told when it is asked."""

    def __init__(self, count: Callable[[], int]) -> None:
        self._count = count

    def collect(self) -> Iterable[Metric]:
        """The number."""
        return [GaugeMetricFamily("budget_documents", "Documents loaded", self._count())]


class _Processes(Collector):
    """The library's numbers of a process, of each that counts in a folder and still runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """Each number with the process in its labels."""
        merged: dict[str, Metric] = {}
        for process in self._running():
            for family in ProcessCollector(pid=partial(str, process), registry=CollectorRegistry()).collect():
                kept = merged.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                for sample in family.samples:
                    kept.add_sample(sample.name, {**sample.labels, "pid": process}, sample.value)
        return merged.values()

    def _running(self) -> list[str]:
        counting = {path.stem.rpartition("_")[2] for path in self._folder.glob("*.db")}
        return sorted(each for each in counting if Path("/proc", each).exists())
