import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embed import DEFAULT_MODEL, KeptQueries, clean_text, count_tokens, load_embeddings, network
from index.embed.embeddings import _packaged_model, _packaged_network
from index.errors import IndexUnusable

QUESTION = "公务接待费为什么减少？"
ANSWER = "公务接待费预算 0.69 万元，比上年减少 0.09 万元，主要原因是：落实过紧日子要求。"
OTHERS = ["档案行政股。贯彻执行档案工作的法律、法规和方针政策。", "房屋面积共有 0 平方米。", "住房公积金 38.82 万元。"]


def test_the_answer_is_nearer_to_the_question_than_anything_else() -> None:
    embeddings = load_embeddings()
    vectors = np.array(embeddings.embed_documents([*OTHERS, ANSWER]))
    assert int(np.argmax(vectors @ np.array(embeddings.embed_query(QUESTION)))) == len(OTHERS)


def test_vectors_have_length_one() -> None:
    vectors = load_embeddings().embed_documents([ANSWER, "办"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_a_query_has_the_vector_that_the_network_would_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_PREFIX", "query: ")
    through = _packaged_network().encode([QUESTION])[0]
    assert (through * load_embeddings().embed_query(QUESTION)).sum() >= 0.999


@pytest.mark.parametrize(
    "texts",
    [
        [ANSWER, *OTHERS],
        [
            "办",
            "",
            " 公用  经费 ",
            "１２，３４５．６７万元",
            "ﬁ①㎡⼈⻓",
            "機關事業單位",
            "😀\ud800",
            "办公\0费",
            "\u3000表\t一\n",
        ],
        ["字" * 600, "三公经费" * 150 + ANSWER],
    ],
)
def test_documents_have_the_vectors_of_the_packages_own_engine(texts: list[str]) -> None:
    ours = np.array(load_embeddings().embed_documents(texts))
    theirs = np.array([_packaged_model().passage(clean_text(text)) for text in texts])
    assert (ours * theirs).sum(axis=1).min() >= 0.999


def test_a_document_has_the_same_vector_alone_and_among_others() -> None:
    alone = _packaged_network().encode([ANSWER])
    among = _packaged_network().encode([*OTHERS, ANSWER * 9, ANSWER])[-1:]
    assert (alone * among).sum() >= 0.9999


def test_a_query_is_embedded_otherwise_than_a_document() -> None:
    embeddings = load_embeddings()
    assert not np.allclose(embeddings.embed_query(QUESTION), embeddings.embed_documents([QUESTION])[0], atol=1e-3)


@pytest.mark.parametrize("text", ["", " \n", "\0", "办公\0费", "\ud800", "😀", "字" * 3000])
def test_no_text_breaks_the_embedding(text: str) -> None:
    embeddings = load_embeddings()
    assert np.isfinite(embeddings.embed_query(text)).all()
    assert np.isfinite(embeddings.embed_documents([text, ANSWER])).all()


def test_what_stands_behind_a_nul_counts() -> None:
    embeddings = load_embeddings()
    assert embeddings.embed_query("办公\0费") != embeddings.embed_query("办公")


def test_no_texts_give_no_vectors() -> None:
    assert load_embeddings().embed_documents([]) == []


def test_tokens_are_counted_with_the_models_own_marks() -> None:
    assert 2 < count_tokens("公务接待费") < 12


def test_a_question_needs_no_torch() -> None:
    program = (
        "import sys; from index.embed import load_embeddings; load_embeddings().embed_query('办公费');"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_documents_need_no_sentence_transformers_and_no_langchain() -> None:
    program = (
        "import sys; from index.embed import load_embeddings; load_embeddings().embed_documents(['办公费']);"
        "sys.exit('sentence_transformers' in sys.modules or 'langchain_core' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_default_model_reaches_for_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any, **_: Any) -> None:
        raise AssertionError(f"reached out: {arguments}")

    load_embeddings().embed_documents(["先把库装载好"])
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    _packaged_network.cache_clear()
    assert len(load_embeddings(DEFAULT_MODEL).embed_documents([ANSWER])[0]) == 384


def test_a_model_folder_that_is_none_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="打不开"):
        load_embeddings(str(tmp_path / "没有")).embed_query("办公费")


def test_any_model_folder_takes_the_same_path(tmp_path: Path) -> None:
    folder = _tiny_model(tmp_path)
    embeddings = load_embeddings(str(folder))
    documents = np.array(embeddings.embed_documents(["办公费", "培训费", ""]))
    assert documents.shape == (3, 8)
    assert np.allclose(np.linalg.norm(documents, axis=1), 1, atol=1e-4)
    assert np.allclose(embeddings.embed_query("办公费"), documents[0], atol=1e-5)


def _tiny_model(folder: Path) -> Path:
    """A transformer with random weights, saved as sentence-transformers saves models."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "办", "公", "费", "培", "训", "空", "（", "）"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(words), **sizes)).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    SentenceTransformer(modules=[Transformer(str(folder / "bert")), Pooling(8)], device="cpu").save(
        str(folder / "model")
    )
    return folder / "model"


def test_a_query_is_embedded_once() -> None:
    asked: list[str] = []

    class Counting:
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[0.0] for _ in texts]

        def embed_query(self, text: str) -> list[float]:
            asked.append(text)
            return [0.1, len(text)]

    embeddings = KeptQueries(Counting())
    vectors = [embeddings.embed_query(text) for text in ("水费", "水费", "取暖费")]
    assert vectors == [[0.1, 2], [0.1, 2], [0.1, 3]]
    assert asked == ["水费", "取暖费"]
