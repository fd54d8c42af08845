"""How long the index of data/documents takes from nothing, imports apart, and where the time goes."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from typing import Final

from index.build import BuildEvent, build
from index.embed import load_embeddings
from index.paths import ROOT

DOCUMENTS: Final = ROOT / "data" / "documents"
TARGET: Final = 20
"""Seconds, from nothing."""


def measure(index_dir: Path) -> None:
    """Prints seconds per stage: from nothing, then with nothing changed. The index is left in ``index_dir``."""
    load_embeddings().embed_documents(["预热"])
    for title in (f"从零建索引（目标 {TARGET} 秒以内）", "文件没有变化"):
        stages = _stages(index_dir)
        print(f"{title}：{sum(stages.values()):.1f} 秒（{'，'.join(f'{k} {v:.1f}' for k, v in stages.items())}）")


def _stages(index_dir: Path) -> dict[str, float]:
    """Seconds up to each kind of event; what comes after the last one is the switch to the new version."""
    seconds: defaultdict[str, float] = defaultdict(float)
    last = time.perf_counter()

    def note(event: BuildEvent) -> None:
        spend(event.stage)

    def spend(stage: str) -> None:
        nonlocal last
        now = time.perf_counter()
        seconds[stage] += now - last
        last = now

    build([DOCUMENTS], index_dir, progress=note)
    spend("publish")
    return dict(seconds)
