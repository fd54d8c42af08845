import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.retrieve import HybridRetriever, coverage
from index.chunk import chunk, embedded_text
from index.convert import convert
from index.embed import load_embeddings
from index.outline import outline
from index.records import ChunkRecord
from index.vectors import open_vectors, write_vectors

SMALL_DOCUMENT = (
    ChunkRecord("b.k1", "b", ("第二部分", "二、“三公”经费"), "公务接待费预算 3.5 万元，比上年增加。", ("b.p1",)),
    ChunkRecord("b.k2", "b", ("第一部分", "一、职能"), "气象台。负责天气预报。", ("b.p2",)),
)


def _retriever(chunks: tuple[ChunkRecord, ...], folder: Path) -> HybridRetriever:
    embeddings = load_embeddings()
    write_vectors(
        folder,
        [each.chunk_id for each in chunks],
        [each.text for each in chunks],
        embeddings.embed_documents([embedded_text(each) for each in chunks]),
        [{"document_id": each.document_id} for each in chunks],
    )
    return HybridRetriever(chunks, open_vectors(folder, embeddings))


@pytest.fixture(scope="module")
def seed(seed_path: Path) -> tuple[ChunkRecord, ...]:
    made = chunk(outline(convert(seed_path)))
    return tuple(
        ChunkRecord(f"a.k{n}", "a", each.section, each.text, tuple(f"a.p{position}" for position in each.paragraphs))
        for n, each in enumerate(made, start=1)
    )


@pytest.fixture(scope="module")
def retriever(seed: tuple[ChunkRecord, ...], tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    return _retriever(seed, tmp_path_factory.mktemp("retrieve") / "v")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    return _retriever(SMALL_DOCUMENT, tmp_path_factory.mktemp("small") / "v")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("区委督查室的职责是什么？", "2. 区委督查室"),
        ("外事股负责什么工作？", "9.外事股"),
        ("谁管印章？", "10.文书股"),
        ("谁负责保密工作？", "6.区委机要和保密室"),
        ("曾都区委办公室设了几个内设机构？", "12 个内设机构"),
        ("通信保障中心有多少事业编制，实有多少人？", "事业编制总数 6 个"),
        ("部门有几辆公务用车？", "共有车辆 5 辆"),
        ("固定资产原值为什么增长？", "固定资产原值 589.74 万元"),
        ("房屋面积多大？", "房屋面积共有 0 平方米"),
        ("项目支出为什么增加？", "新增了 3 个项目"),
        ("机关运行经费为什么降低？", "机关运行经费支出 78.44 万元"),
        ("什么是“三公”经费？", "（七）“三公”经费"),
        ("公务用车购置费指什么？", "（十一）公务用车购置费"),
        ("督察成果要多少次？", "督察成果 30 次"),
        ("有没有国有资本经营预算？", "无国有资本经营预算"),
        ("LRA证书项目的绩效总目标", "建设完善 LRA 证书注册系统"),
    ],
)
def test_the_passage_that_answers_is_among_the_first_two(retriever: HybridRetriever, question: str, text: str) -> None:
    found = retriever.search(question, limit=2)
    assert any(text in passage.text for passage in found)


def test_a_passage_is_its_chunk_and_tells_how_it_was_found(
    retriever: HybridRetriever, seed: tuple[ChunkRecord, ...]
) -> None:
    found = retriever.search("外事股负责什么工作？", limit=6)
    first = found[0]
    source = next(each for each in seed if each.chunk_id == first.chunk_id)
    assert (first.text, first.section, first.paragraph_ids) == (source.text, source.section, source.paragraph_ids)
    assert first.keyword_rank == first.vector_rank == 1
    assert [passage.score for passage in found] == sorted((passage.score for passage in found), reverse=True)


def test_what_only_the_meaning_finds_has_no_keyword_rank(small: HybridRetriever) -> None:
    found = small.search("哪里会刮台风")
    assert found and {passage.keyword_rank for passage in found} == {None}


@pytest.mark.parametrize("question", ["", "？？？", "\0", "\ud800", "的" * 5000, "SELECT 1; --"])
def test_no_question_breaks_the_search(retriever: HybridRetriever, question: str) -> None:
    assert len(retriever.search(question, limit=3)) <= 3


def test_an_index_without_prose_answers(tmp_path: Path) -> None:
    assert _retriever((), tmp_path / "v").search("外事股负责什么") == ()


def test_it_is_a_langchain_retriever(small: HybridRetriever) -> None:
    documents = small.model_copy(update={"limit": 2}).invoke("天气预报")
    assert [document.id for document in documents] == ["b.k2", "b.k1"]
    assert documents[0].metadata["section"] == ["第一部分", "一、职能"]
    assert documents[0].metadata["paragraph_ids"] == ["b.p2"]


def test_coverage_is_the_weighted_share_of_words() -> None:
    weight: Callable[[str], float] = {"外事": 3.0, "负责": 1.0}.__getitem__
    assert coverage(["外事", "负责"], "外事股承担外事工作", weight) == 0.75
    assert coverage([], "外事股") == 0.0


def test_retrieving_needs_no_torch() -> None:
    program = "import sys, assistant.retrieve; sys.exit('torch' in sys.modules or 'chromadb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
