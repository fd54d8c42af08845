"""Passages for a question: keywords and vectors, fused by reciprocal rank.

A passage is found by what it says and by the headings it stands under; among what either search found, a passage
with a single sentence that holds all of the question comes before one where its words are scattered.
``HybridRetriever`` is a LangChain retriever; ``search`` gives the same as typed passages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.vectorstores import VectorStore
from pydantic import PrivateAttr

from assistant.keywords import KeywordIndex, content_words, flat, printed_names, related_words, search_words
from index.chunk import embedded_text
from index.records import ChunkRecord
from index.sentences import sentences

__all__ = ["HybridRetriever", "Passage", "content_words", "coverage"]

_RANK_OFFSET: Final = 10
_SENTENCE_WEIGHT: Final = 1.5
_KEYWORD_WEIGHT: Final = 1.0
_VECTOR_WEIGHT: Final = 0.5
"""Of the fusion, as measured over questions about the seed: in a budget, the word that stands there outweighs one
that is like it, and the first ranks matter more than where whole web pages are fused (there the offset is 60)."""

_CANDIDATES: Final = 30


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found. Ranks count from 1, None where that search did not find it."""

    chunk_id: str
    document_id: str
    section: tuple[str, ...]
    text: str
    paragraph_ids: tuple[str, ...]
    score: float
    keyword_rank: int | None
    vector_rank: int | None


class HybridRetriever(BaseRetriever):
    """Searches one document's chunks by keywords and a store of their vectors by meaning."""

    limit: int = 6
    _chunks: tuple[ChunkRecord, ...] = PrivateAttr()
    _vectors: VectorStore = PrivateAttr()
    _keywords: KeywordIndex = PrivateAttr()
    _positions: dict[str, int] = PrivateAttr()

    def __init__(self, chunks: Sequence[ChunkRecord], vectors: VectorStore, **fields: Any) -> None:
        super().__init__(**fields)
        self._chunks = tuple(chunks)
        self._vectors = vectors
        self._keywords = KeywordIndex(embedded_text(chunk) for chunk in self._chunks)
        self._positions = {chunk.chunk_id: position for position, chunk in enumerate(self._chunks)}

    def search(self, question: str, limit: int | None = None) -> tuple[Passage, ...]:
        """The passages that fit ``question`` best."""
        by_words, by_meaning = self._by_words(question), self._by_meaning(question)
        by_sentence = self._by_sentence(question, by_words.keys() | by_meaning.keys())
        found = [
            self._passage(position, rank, by_words.get(position), by_meaning.get(position))
            for position, rank in by_sentence.items()
        ]
        found.sort(key=lambda passage: (-passage.score, self._positions[passage.chunk_id]))
        return tuple(found[: self.limit if limit is None else limit])

    def rarity(self, word: str) -> float:
        """How much ``word`` tells passages apart; highest for a word that none of them has."""
        return self._keywords.rarity(word)

    def nearness(self, text: str) -> dict[str, float]:
        """How near each paragraph is to a text in meaning, by the vectors of the passages that it stands in."""
        found = self._vectors.similarity_search_with_score(text, k=len(self._chunks)) if self._chunks else []
        near: dict[str, float] = {}
        for document, score in found:
            for paragraph_id in self._chunks[self._positions[document.id or ""]].paragraph_ids:
                near[paragraph_id] = max(score, near.get(paragraph_id, 0.0))
        return near

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_as_document(passage) for passage in self.search(query)]

    def _by_words(self, question: str) -> dict[int, int]:
        words = search_words(question) + related_words(question)
        for name in printed_names(question, self._keywords.knows):
            words += search_words(name)
        found = self._keywords.search(words)[:_CANDIDATES]
        return {position: rank for rank, (position, _) in enumerate(found, start=1)}

    def _by_meaning(self, question: str) -> dict[int, int]:
        if not self._chunks:
            return {}
        found = self._vectors.similarity_search(question, k=min(_CANDIDATES, len(self._chunks)))
        return {self._positions[document.id or ""]: rank for rank, document in enumerate(found, start=1)}

    def _by_sentence(self, question: str, positions: Collection[int]) -> dict[int, int]:
        """Ranks by the best single sentence under its headings; equally good ones share a rank."""
        words = content_words(question)
        pairs = [first + second for first, second in pairwise(words) if self._keywords.knows(first + second)]
        words += pairs + related_words(question)
        scores = {position: self._best_coverage(words, self._chunks[position]) for position in positions}
        ranks = {score: rank for rank, score in enumerate(sorted(set(scores.values()), reverse=True), start=1)}
        return {position: ranks[score] for position, score in scores.items()}

    def _best_coverage(self, words: Sequence[str], chunk: ChunkRecord) -> float:
        headings = "".join(chunk.section)
        scores = (coverage(words, f"{headings}\n{each}", self.rarity) for each in sentences(chunk.text))
        return round(max(scores, default=0.0), 3)

    def _passage(self, position: int, sentence_rank: int, keyword_rank: int | None, vector_rank: int | None) -> Passage:
        chunk = self._chunks[position]
        ranks = ((_SENTENCE_WEIGHT, sentence_rank), (_KEYWORD_WEIGHT, keyword_rank), (_VECTOR_WEIGHT, vector_rank))
        score = sum(weight / (_RANK_OFFSET + rank) for weight, rank in ranks if rank is not None)
        return Passage(
            chunk.chunk_id,
            chunk.document_id,
            chunk.section,
            chunk.text,
            chunk.paragraph_ids,
            score,
            keyword_rank,
            vector_rank,
        )


def coverage(words: Sequence[str], text: str, weight: Callable[[str], float] = lambda _: 1.0) -> float:
    """Which share of ``words``, by weight, stands in ``text``.

    >>> coverage(["公务接待费", "减少"], "公务接待 费与上年持平")
    0.5
    """
    total = sum(map(weight, words))
    plain = flat(text)
    return sum(weight(word) for word in words if word in plain) / total if total else 0.0


def _as_document(passage: Passage) -> Document:
    return Document(
        id=passage.chunk_id,
        page_content=passage.text,
        metadata={
            "document_id": passage.document_id,
            "section": list(passage.section),
            "paragraph_ids": list(passage.paragraph_ids),
            "score": passage.score,
            "keyword_rank": passage.keyword_rank,
            "vector_rank": passage.vector_rank,
        },
    )
