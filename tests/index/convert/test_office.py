"""Files that LibreOffice turns into readable ones: their tables are those of the text they were made from."""

from __future__ import annotations

import io
import os
import shutil
import socket
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import index.convert.office
from index.clean import clean_tables
from index.clean.table import CleanTable
from index.convert import convert
from index.convert.office import OfficeConverter
from index.document import Block, Document, RawTable
from index.errors import DocumentError
from index.outline import outline
from tests.writers.excel import write_xls
from tests.writers.office import FORMATS, SAVED, part_of_the_seed

needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def blocks() -> tuple[Block, ...]:
    return part_of_the_seed()


def _tables(read: tuple[Block, ...]) -> list[CleanTable]:
    document = Document("0" * 12, "预算", "0" * 64, read)
    return [
        replace(
            table, line=None, page_first=None, page_last=None, rows=tuple(replace(row, page=None) for row in table.rows)
        )
        for table in clean_tables(document, outline(document))
    ]


@needs_soffice
@pytest.mark.parametrize(("saved", "called"), [("doc", "wps"), ("rtf", "doc"), ("odt", "odt"), ("ods", "et")])
def test_tables_are_those_of_the_text(blocks: tuple[Block, ...], tmp_path: Path, saved: str, called: str) -> None:
    file = shutil.copy(SAVED / f"预算.{saved}", tmp_path / f"另一份.{called}")
    found, expected = _tables(convert(file).blocks), _tables(blocks)
    assert len(expected) == 4 and len(found) == len(expected)
    for table, known in zip(found, expected, strict=True):
        assert table == known


@pytest.mark.parametrize("saved", FORMATS)
def test_formats_are_told_by_their_content(saved: str) -> None:
    assert OfficeConverter().accepts((SAVED / f"预算.{saved}").read_bytes())


def test_an_et_workbook_needs_no_other_program(blocks: tuple[Block, ...], tmp_path: Path) -> None:
    write_xls([block for block in blocks if isinstance(block, RawTable)], tmp_path / "预算.et")
    assert not OfficeConverter().accepts((tmp_path / "预算.et").read_bytes())
    assert len(convert(tmp_path / "预算.et").blocks) > 3


@needs_soffice
def test_what_a_document_links_to_is_not_fetched(tmp_path: Path) -> None:
    """Neither from another host nor from this machine's disk."""
    (tmp_path / "secret.txt").write_text("机密的内容")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        at = f"http://127.0.0.1:{listener.getsockname()[1]}"
        picture = f'<text:p><draw:frame><draw:image xlink:href="{at}/x.png" xlink:type="simple"/></draw:frame></text:p>'
        sections = "".join(
            f'<text:section text:name="{name}"><text:section-source xlink:href="{link}" text:filter-name="Text"/>'
            "<text:p>原来的内容</text:p></text:section>"
            for name, link in (("a", f"{at}/x.txt"), ("b", (tmp_path / "secret.txt").as_uri()))
        )
        read = str(OfficeConverter().read(_with_content(picture + sections), tmp_path / "预算.odt"))
        with pytest.raises(TimeoutError):
            listener.accept()
    assert "原来的内容" in read and "机密" not in read


def _with_content(more: str) -> bytes:
    """The saved document with more at its end."""
    changed = io.BytesIO()
    with zipfile.ZipFile(SAVED / "预算.odt") as saved, zipfile.ZipFile(changed, "w") as target:
        for name in saved.namelist():
            content = saved.read(name)
            if name == "content.xml":
                content = content.replace(b"</office:text>", f"{more}</office:text>".encode())
            target.writestr(name, content)
    return changed.getvalue()


def test_without_libreoffice_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "预算.doc").write_bytes(b"{\\rtf1 budget}")
    with pytest.raises(DocumentError, match="要装 LibreOffice 才能读") as refused:
        convert(tmp_path / "预算.doc")
    assert "libreoffice-writer-nogui" in str(refused.value)


def _stands_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program is called as LibreOffice is."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def test_what_it_cannot_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stands_in(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(DocumentError, match="打不开“预算"):
        OfficeConverter().read(b"{\\rtf1", tmp_path / "预算.rtf")


def test_a_run_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.convert.office, "_SECONDS", 3)
    _stands_in(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait", monkeypatch)
    with pytest.raises(DocumentError, match="已停止"):
        OfficeConverter().read(b"{\\rtf1", tmp_path / "预算.rtf")
    child = int((tmp_path / "child").read_text())
    ended = time.monotonic() + 5
    while _is_running(child) and time.monotonic() < ended:
        time.sleep(0.05)
    assert not _is_running(child)


def _is_running(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
