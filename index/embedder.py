"""Vectors for documents, one after the other; what was embedded before, by an earlier version too, is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.chunk import embedded_text
from index.embed import load_embeddings
from index.errors import IndexUnusable
from index.manifest import IndexVersion
from index.parsed import ParsedDocument
from index.steps import BuildEvent, BuildSettings
from index.warehouse import QueryError, open_warehouse

_BATCH: Final = 16

Vector = tuple[float, ...]


class Embedder:
    """Embeds each text once and tells how many chunks of all are done; ``total`` is how many there will be."""

    def __init__(self, settings: BuildSettings, previous: IndexVersion | None) -> None:
        self.total = 0
        self._done = 0
        self._embeddings = load_embeddings(settings.model)
        self._progress = settings.progress
        self._known = _vectors_of(previous, settings.model)

    def embed(self, parsed: ParsedDocument) -> ParsedDocument:
        """The document with a vector per chunk."""
        texts = [embedded_text(chunk) for chunk in parsed.chunks]
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._advance(len(texts) - len(new), parsed.document.file)
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            self._known |= zip(batch, map(tuple, self._embeddings.embed_documents(batch)), strict=True)
            self._advance(len(batch), parsed.document.file)
        return replace(parsed, vectors=tuple(self._known[text] for text in texts))

    def _advance(self, count: int, file: str) -> None:
        self._done += count
        self._progress(BuildEvent("embed", self._done, self.total, f"向量化{file}"))


def _vectors_of(version: IndexVersion | None, model: str) -> dict[str, Vector]:
    """The vectors of an earlier version by text; none if another model made them, or if it is damaged."""
    if version is None or version.manifest.model != model:
        return {}
    try:
        warehouse = open_warehouse(version.warehouse)
    except IndexUnusable:
        return {}
    try:
        vectors: Sequence[Sequence[float]] = warehouse.vectors()
        return {embedded_text(chunk): tuple(v) for chunk, v in zip(warehouse.chunks(), vectors, strict=True)}
    except QueryError:
        return {}
    finally:
        warehouse.close()
