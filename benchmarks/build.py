"""How long the index of data/documents takes from nothing, imports apart, and where the time goes."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from pathlib import Path

from index.build import BuildEvent, build
from index.embed import load_embeddings
from index.paths import ROOT

DOCUMENTS = ROOT / "data" / "documents"


def main() -> None:
    """Prints seconds per stage: from nothing, then with nothing changed."""
    load_embeddings().embed_documents(["预热"])
    with tempfile.TemporaryDirectory() as folder:
        for title in ("从零建索引", "文件没有变化"):
            stages = _stages(Path(folder))
            print(f"{title}：{sum(stages.values()):.1f} 秒（{'，'.join(f'{k} {v:.1f}' for k, v in stages.items())}）")


def _stages(index_dir: Path) -> dict[str, float]:
    """Seconds up to each kind of event; what comes after the last one is the switch to the new version."""
    seconds: defaultdict[str, float] = defaultdict(float)
    last = time.perf_counter()

    def measure(event: BuildEvent) -> None:
        spend(event.stage)

    def spend(stage: str) -> None:
        nonlocal last
        now = time.perf_counter()
        seconds[stage] += now - last
        last = now

    build([DOCUMENTS], index_dir, progress=measure)
    spend("publish")
    return dict(seconds)


if __name__ == "__main__":
    main()
