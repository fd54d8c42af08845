"""Vectors for passages, beside the reading of the files that follow; each text is embedded once.

What was embedded before, by an earlier version too, is taken over.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import Final

import numpy as np
import numpy.typing as npt

from index.chunk import embedded_text
from index.embed import load_embeddings
from index.errors import IndexUnusable
from index.manifest import IndexVersion
from index.parsed import ParsedDocument
from index.steps import BuildEvent, BuildSettings
from index.warehouse import QueryError, open_warehouse
from index.workers import ParsedFile

_BATCH: Final = 128

Vector = npt.NDArray[np.float32]


class Embedder:
    """Embeds in a thread of its own, and tells how many chunks of all are done; ``total`` is how many there will be."""

    def __init__(self, settings: BuildSettings, previous: IndexVersion | None) -> None:
        self.total = 0
        self._done = 0
        self._embeddings = load_embeddings(settings.model)
        self._progress = settings.progress
        self._known = _vectors_of(previous, settings.model)
        self._begun: list[Future[None]] = []
        self._thread = ThreadPoolExecutor(1, "embed")

    def __enter__(self) -> Embedder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._thread.shutdown(cancel_futures=True)

    def begin(self, parsed: ParsedFile) -> None:
        """Embeds what was read from a file in the background: it is needed later."""
        if parsed.vectors is not None:
            self._known |= zip(parsed.passages, np.load(parsed.vectors), strict=True)
            return
        self._begun.append(self._thread.submit(self._learn, parsed.passages))

    def embed(self, parsed: ParsedDocument) -> ParsedDocument:
        """The document with a vector per chunk."""
        for begun in self._begun:
            begun.result()
        self._begun.clear()
        texts = [embedded_text(chunk) for chunk in parsed.chunks]
        self._learn(texts)
        self._done += len(texts)
        self._progress(BuildEvent("embed", self._done, self.total, f"向量化{parsed.document.file}"))
        return replace(parsed, vectors=tuple(tuple(self._known[text].tolist()) for text in texts))

    def _learn(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            vectors = np.asarray(self._embeddings.embed_documents(batch), np.float32)
            self._known |= zip(batch, vectors, strict=True)


def _vectors_of(version: IndexVersion | None, model: str) -> dict[str, Vector]:
    """The vectors of an earlier version by text; none if another model made them, or if it is damaged."""
    if version is None or version.manifest.model != model:
        return {}
    try:
        warehouse = open_warehouse(version.warehouse)
    except IndexUnusable:
        return {}
    try:
        return dict(zip(map(embedded_text, warehouse.chunks()), warehouse.all_vectors(), strict=True))
    except (QueryError, IndexUnusable):
        return {}
    finally:
        warehouse.close()
