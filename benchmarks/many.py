"""How much slower a question about one document is answered among 300 documents than where it is the only one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
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

PLACES: Final = tuple("东西南北青白黄长平安云石金玉龙凤花松梅竹")
ORGANS: Final = tuple("财教审统信商司民水档林体医税农")
UNITS: Final = tuple(f"{place}山县{organ}务局" for place in PLACES for organ in ORGANS)
ASKED: Final = UNITS[len(UNITS) // 2]
"""The document that is asked about."""


def measure(folder: Path) -> None:
    """Prints the ratio of median times, for questions that go to tables and for those that go to prose."""
    parsed = embedded()
    copies = {name: copy_of(parsed, number, name) for number, name in enumerate(UNITS)}
    write_index(folder / "one", [copies[ASKED]])
    write_index(folder / "many", copies.values())
    one, many = (Assistant(folder / name) for name in ("one", "many"))
    print(f"{len(UNITS)} 份文件里问一份，与只有这一份相比（目标 {TARGET} 倍以内，{REPEATS} 次，进程已热）")
    for way, questions in (("查表", TO_TABLES), ("查正文", TO_PROSE)):
        asked = _answered_alike(one, many, [f"{ASKED}的{question}" for question in questions])
        alone, among = _median(one, asked), _median(many, asked)
        ratio = f"中位 {among:.1f} 毫秒，只有一份时 {alone:.1f} 毫秒，是其 {among / alone:.2f} 倍"
        print(f"  {way}（{len(asked)} 问）：{ratio}")


def embedded() -> ParsedDocument:
    """The seed with its vectors."""
    (file,) = collect([DOCUMENTS])
    parsed = parse(file.path)
    assert isinstance(parsed, ParsedDocument)
    vectors = load_embeddings().embed_documents([embedded_text(chunk) for chunk in parsed.chunks])
    return replace(parsed, vectors=tuple(map(tuple, vectors)))


def copy_of(parsed: ParsedDocument, number: int, name: str, year: int | None = None) -> ParsedDocument:
    """The document as another unit's, of another year too; its text and its vectors stay."""
    key = f"{number:012}"
    year = year or parsed.profile.year
    return replace(
        parsed,
        document=replace(parsed.document, document_id=key, file=f"{name}.txt", sha256=key),
        profile=replace(parsed.profile, unit_name=name, year=year, title=f"{name}{year}年部门预算"),
    )


def write_index(index_dir: Path, documents: Iterable[ParsedDocument]) -> None:
    """An index of documents that are embedded already."""
    files = []
    with locked(index_dir), new_version(index_dir) as folder:
        with WarehouseWriter(folder / WAREHOUSE) as writer:
            for document in documents:
                writer.add(rows_of(document))
                key, file = document.document.document_id, document.document.file
                files.append(FileEntry(file=file, status="document", document_id=key))
        warehouse = open_warehouse(folder / WAREHOUSE)
        chunks, vectors = warehouse.chunks(), warehouse.all_vectors()
        warehouse.close()
        ids, texts = [chunk.chunk_id for chunk in chunks], [chunk.text for chunk in chunks]
        write_vectors(folder / VECTORS, ids, texts, vectors, [{"document_id": c.document_id} for c in chunks])
        (folder / MANIFEST).write_text(_manifest(folder, files).model_dump_json(), encoding="utf-8")


def _manifest(folder: Path, files: Sequence[FileEntry]) -> Manifest:
    return Manifest(
        version=folder.name,
        format=format_version(),
        parser=parser_version(),
        model=DEFAULT_MODEL,
        created=datetime.now().astimezone(),
        warehouse_bytes=(folder / WAREHOUSE).stat().st_size,
        files=tuple(files),
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
