"""Parsing, embedding and the vector store, stood in for: tested in this folder is the build itself.

tests/index/test_build_seed.py builds the seed for real.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

import index.build
import index.embedder
import index.sources
from index.document import Gap
from index.parse import kept
from index.parsed import ParsedDocument
from index.prose import OutlinedParagraph
from index.workers import Limits, ParsedFile, Problem
from tests.index.building.served import Parsed


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, parsed: ParsedDocument) -> Parsed:
    """Stands in for parsing, embedding and Chroma; lists the names of files parsed.

    A file that says 坏 is bad; one that says 正文 has no tables, one that says 附表 has nothing else, and of one that
    says 图片 a part can't be read.
    """
    names: Parsed = []

    def parse(path: Path) -> ParsedDocument | Problem:
        names.append(path.name)
        text = path.read_text()
        if "坏" in text:
            return Problem(f"“{path.name}”坏了。")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        gaps = (Gap("第 3 页的图片没有读入"),) if "图片" in text else ()
        document = replace(parsed.document, document_id=sha256[:12], file=path.name, sha256=sha256, gaps=gaps)
        profile = replace(parsed.profile, title=text, unit_name=f"某县{text.partition('预算')[0]}")
        whole = replace(parsed, document=document, profile=profile, vectors=())
        if "正文" in text:
            prose = OutlinedParagraph(1, "预算情况说明。" * 200, ())
            return replace(whole, tables=(), findings=(), paragraphs=(prose, *parsed.paragraphs[1:]))
        if "附表" in text:
            return replace(whole, paragraphs=(), statements=(), findings=(), chunks=())
        return whole

    def parse_files(
        paths: Iterable[Path], spool: Path, processes: int, limits: Limits
    ) -> Iterator[tuple[Path, ParsedFile | Problem]]:
        for number, path in enumerate(paths):
            outcome = parse(path)
            if isinstance(outcome, Problem):
                yield path, outcome
            else:
                yield path, kept(outcome, spool / str(number))

    def write_vectors(folder: Path, ids: list[str], *columns: list[Any]) -> None:
        assert {len(column) for column in columns} == {len(ids)}
        folder.mkdir()
        (folder / "ids").write_text(json.dumps(ids))

    monkeypatch.setattr(index.sources, "parse_files", parse_files)
    monkeypatch.setattr(index.embedder, "load_embeddings", lambda model: DeterministicFakeEmbedding(size=4))
    monkeypatch.setattr(index.build, "write_vectors", write_vectors)
    monkeypatch.setattr(index.build, "check_vectors", lambda folder: len(json.loads((folder / "ids").read_text())))
    return names


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    for name in ("甲", "乙"):
        (folder / f"{name}.txt").write_text(f"{name}局预算")
    return folder


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "built"
