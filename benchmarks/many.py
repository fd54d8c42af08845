"""How much slower a question about one document is answered among 300 documents than where it is the only one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Final

from assistant.ask import Assistant
from benchmarks.answers import REPEATS, TO_PROSE, TO_TABLES
from benchmarks.build import DOCUMENTS
from index.chunk import embedded_text
from index.embed import DEFAULT_MODEL, load_embeddings
from index.inputs import collect
from index.manifest import MANIFEST, VECTORS, WAREHOUSE, FileEntry, Manifest, format_version, parser_version
from index.parse import parse
from index.parsed import ParsedDocument, rows_of
from index.publish import locked, new_version
from index.vectors import write_vectors
from index.warehouse import WarehouseWriter, open_warehouse

TARGET: Final = 2

_PLACES: Final = tuple("东西南北青白黄长平安云石金玉龙凤花松梅竹")
_ORGANS: Final = tuple("财教审统信商司民水档林体医税农")
UNITS: Final = tuple(f"{place}山县{organ}务局" for place in _PLACES for organ in _ORGANS)
ASKED: Final = UNITS[len(UNITS) // 2]
"""The document that is asked about."""


def measure(folder: Path) -> None:
    """Prints the ratio of median times, for questions that go to tables and for those that go to prose."""
    parsed = _embedded()
    copies = {name: _copy(parsed, name) for name in UNITS}
    _write_index(folder / "one", [copies[ASKED]])
    _write_index(folder / "many", list(copies.values()))
    one, many = (Assistant(folder / name) for name in ("one", "many"))
    print(f"{len(UNITS)} 份文件里问一份，与只有这一份相比（目标 {TARGET} 倍以内，{REPEATS} 次，进程已热）")
    for way, questions in (("查表", TO_TABLES), ("查正文", TO_PROSE)):
        asked = _answered_alike(one, many, [f"{ASKED}的{question}" for question in questions])
        alone, among = _median(one, asked), _median(many, asked)
        ratio = f"中位 {among:.1f} 毫秒，只有一份时 {alone:.1f} 毫秒，是其 {among / alone:.2f} 倍"
        print(f"  {way}（{len(asked)} 问）：{ratio}")


def _embedded() -> ParsedDocument:
    (file,) = collect([DOCUMENTS])
    parsed = parse(file.path)
    assert isinstance(parsed, ParsedDocument)
    vectors = load_embeddings().embed_documents([embedded_text(chunk) for chunk in parsed.chunks])
    return replace(parsed, vectors=tuple(map(tuple, vectors)))


def _copy(parsed: ParsedDocument, name: str) -> ParsedDocument:
    """The document as another unit's; its text and its vectors stay."""
    key = f"{UNITS.index(name):012}"
    return replace(
        parsed,
        document=replace(parsed.document, document_id=key, file=f"{name}.txt", sha256=key),
        profile=replace(parsed.profile, unit_name=name, title=f"{name}{parsed.profile.year}年部门预算"),
    )


def _write_index(index_dir: Path, documents: Sequence[ParsedDocument]) -> None:
    with locked(index_dir), new_version(index_dir) as folder:
        with WarehouseWriter(folder / WAREHOUSE) as writer:
            for document in documents:
                writer.add(rows_of(document))
        warehouse = open_warehouse(folder / WAREHOUSE)
        chunks, vectors = warehouse.chunks(), warehouse.vectors()
        warehouse.close()
        ids, texts = [chunk.chunk_id for chunk in chunks], [chunk.text for chunk in chunks]
        write_vectors(folder / VECTORS, ids, texts, vectors, [{"document_id": c.document_id} for c in chunks])
        (folder / MANIFEST).write_text(_manifest(folder, documents).model_dump_json(), encoding="utf-8")


def _manifest(folder: Path, documents: Sequence[ParsedDocument]) -> Manifest:
    return Manifest(
        version=folder.name,
        format=format_version(),
        parser=parser_version(),
        model=DEFAULT_MODEL,
        created=datetime.now().astimezone(),
        warehouse_bytes=(folder / WAREHOUSE).stat().st_size,
        files=tuple(
            FileEntry(file=each.document.file, status="document", document_id=each.document.document_id)
            for each in documents
        ),
    )


def _answered_alike(one: Assistant, many: Assistant, questions: Sequence[str]) -> list[str]:
    """The questions that both answer with the same words; the time of any other would say nothing."""
    alike = []
    for question in questions:
        alone, among = one.ask(question), many.ask(question)
        if alone.route in ("sql", "text", "both") and alone.answer == among.answer:
            alike.append(question)
        else:
            print(f"  不算在内：“{question}”（{alone.route}，{among.route}）")
    return alike


def _median(assistant: Assistant, questions: Sequence[str]) -> float:
    times = []
    for question in list(questions) * REPEATS:
        started = time.perf_counter()
        assistant.ask(question)
        times.append((time.perf_counter() - started) * 1000)
    return median(times)
