import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import chromadb
import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from index.errors import IndexUnusable
from index.vectors import check_vectors, open_vectors, write_vectors

COUNT = 1200
"""More than Chroma keeps in its database alone: from 1,000 on it writes files of its own."""


class Fixed(Embeddings):
    """Embeds a number as the vector of that number."""

    def __init__(self, vectors: np.ndarray) -> None:
        self.vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        numbers: list[float] = self.vectors[int(text)].tolist()
        return numbers


@pytest.fixture(scope="module")
def embeddings() -> Fixed:
    vectors = np.random.default_rng(7).normal(size=(COUNT, 16)).astype("float32")
    return Fixed(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, embeddings: Fixed) -> Path:
    folder = tmp_path_factory.mktemp("vectors") / "v1"
    numbers = range(COUNT)
    write_vectors(
        folder,
        [f"k{n}" for n in numbers],
        [f"第{n}段" for n in numbers],
        embeddings.vectors.tolist(),
        [{"document_id": f"d{n % 3}", "section": ("第一部分", "一、"), "page": None, "marks": ()} for n in numbers],
    )
    return folder


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Iterator[Path]:
    yield Path(shutil.copytree(written, tmp_path / "copy"))


def test_nearest_are_found_as_an_exact_search_finds_them(written: Path, embeddings: Fixed) -> None:
    exact = np.argsort(-(embeddings.vectors @ embeddings.vectors[11]))[:5]
    found = open_vectors(written, embeddings).similarity_search("11", k=5)
    assert [document.id for document in found] == [f"k{n}" for n in exact]


def test_texts_and_metadata_come_back(written: Path, embeddings: Fixed) -> None:
    found = open_vectors(written, embeddings).similarity_search("5", k=1)[0]
    assert found.page_content == "第5段"
    assert found.metadata == {"document_id": "d2", "section": ["第一部分", "一、"]}


def test_a_filter_leaves_the_other_documents_out(written: Path, embeddings: Fixed) -> None:
    found = open_vectors(written, embeddings).similarity_search("5", k=30, filter={"document_id": {"$in": ["d0"]}})
    assert len(found) == 30
    assert {document.metadata["document_id"] for document in found} == {"d0"}


def test_distances_are_cosines(written: Path, embeddings: Fixed) -> None:
    (_, near), (second, far) = open_vectors(written, embeddings).similarity_search_with_score("5", k=2)
    expected = 1 - embeddings.vectors[5] @ embeddings.vectors[int((second.id or "").removeprefix("k"))]
    assert near == pytest.approx(0, abs=1e-5)
    assert far == pytest.approx(float(expected), abs=1e-5)


def test_a_whole_store_tells_its_size(written: Path) -> None:
    assert check_vectors(written) == COUNT


def test_a_store_may_be_empty(tmp_path: Path, embeddings: Fixed) -> None:
    write_vectors(tmp_path / "v", [], [], [], [])
    assert check_vectors(tmp_path / "v") == 0
    assert open_vectors(tmp_path / "v", embeddings).similarity_search("1", k=3) == []


def test_a_store_is_never_written_twice(copy: Path) -> None:
    with pytest.raises(IndexUnusable, match="已有向量库"):
        write_vectors(copy, ["k"], ["字"], [[1.0] * 16], [{"document_id": "d"}])


def test_columns_of_different_length_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="different length"):
        write_vectors(tmp_path / "v", ["k"], [], [[1.0]], [{}])


def test_more_vectors_than_fit_one_batch(tmp_path: Path, embeddings: Fixed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chromadb.api.client.Client.get_max_batch_size", lambda self: 7)
    vectors = embeddings.vectors[:20].tolist()
    write_vectors(tmp_path / "v", [f"k{n}" for n in range(20)], ["字"] * 20, vectors, [{"document_id": "d"}] * 20)
    assert check_vectors(tmp_path / "v") == 20


def _segments(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()]


def _halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _drop_collection(folder: Path) -> None:
    shutil.rmtree(folder)
    with chromadb.PersistentClient(folder) as client:
        client.heartbeat()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no folder": shutil.rmtree,
    "no database": lambda folder: (folder / "chroma.sqlite3").unlink(),
    "empty database": lambda folder: (folder / "chroma.sqlite3").write_bytes(b""),
    "no database at all": lambda folder: (folder / "chroma.sqlite3").write_bytes(b"budget" * 4000),
    "half a database": lambda folder: _halve(folder / "chroma.sqlite3"),
    "no collection": _drop_collection,
    "no segment": lambda folder: [shutil.rmtree(segment) for segment in _segments(folder)],
    "half a segment": lambda folder: [_halve(file) for segment in _segments(folder) for file in segment.iterdir()],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_told_in_chinese(copy: Path, damage: Callable[[Path], object]) -> None:
    damage(copy)
    with pytest.raises(IndexUnusable, match=r"向量库.*请重新建索引"):
        check_vectors(copy)


@pytest.mark.parametrize("name", ["no folder", "no database at all", "no collection"])
def test_what_cannot_be_opened_is_told_in_chinese(copy: Path, embeddings: Fixed, name: str) -> None:
    DAMAGE[name](copy)
    with pytest.raises(IndexUnusable, match="向量库"):
        open_vectors(copy, embeddings)
