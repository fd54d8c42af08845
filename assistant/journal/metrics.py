"""Numbers for a monitor (Prometheus): questions by way, route and engine, how long they took, what is loaded."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from assistant.journal.events import Asked, Event

_BUCKETS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)


class Metrics:
    """Counts events; ``documents`` tells how many are loaded at the moment. No question and no user is in it."""

    def __init__(self, documents: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._asked = Counter(
            "budget_questions", "Questions answered", ("way", "route", "engine"), registry=self._registry
        )
        self._seconds = Histogram(
            "budget_question_seconds", "Time to an answer", buckets=_BUCKETS, registry=self._registry
        )
        self._problems = Counter("budget_problems", "Questions without an answer", ("way",), registry=self._registry)
        self._objections = Counter("budget_objections", "Answers said to be wrong", registry=self._registry)
        Gauge("budget_documents", "Documents loaded", registry=self._registry).set_function(documents)

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
