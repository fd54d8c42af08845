"""How many processors and threads this process may use."""

from __future__ import annotations

import os


def processors() -> int:
    """Those that it was given, where the system tells; else all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def threads() -> int:
    """How many of them one computation may use: as ``OMP_NUM_THREADS`` says, by which Ray tells a task its share."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return min(processors(), max(1, int(told))) if told.isdecimal() else processors()
