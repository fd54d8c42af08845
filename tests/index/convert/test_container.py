"""Hostile and broken archives are refused before they cost anything."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from index.convert import convert
from index.convert.container import Package
from index.errors import DocumentError
from tests.writers.package import archive, docx_of, with_members, xlsx_of

_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "收入" * 10}">' for n in range(9))
_BOMB = f'<!DOCTYPE d [{_ENTITIES}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
_BOMB_TEXT = f"{_BOMB}<w:body><w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:body></w:document>"
_OUTSIDE = _BOMB_TEXT.replace(_ENTITIES, '<!ENTITY e8 SYSTEM "file:///etc/hostname">')


def _problem(content: bytes, folder: Path) -> str:
    """Why ``content`` is refused; finding that out may not take more memory than a real file takes."""
    path = folder / "预算.docx"
    path.write_bytes(content)
    tracemalloc.start()
    with pytest.raises(DocumentError) as caught:
        convert(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 << 20
    assert "预算.docx" in caught.value.problem and caught.value.remedy
    return caught.value.problem


@pytest.mark.parametrize("document", [_BOMB_TEXT, _OUTSIDE], ids=["entities", "outside"])
def test_parts_with_entities_are_refused(tmp_path: Path, document: str) -> None:
    content = with_members(docx_of("<w:p/>"), {"word/document.xml": document})
    assert "已损坏" in _problem(content, tmp_path)


def test_entities_in_streamed_parts_are_refused_too(tmp_path: Path) -> None:
    sheet = (
        '<!DOCTYPE d [<!ENTITY e "1">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )
    cells = "<sheetData><row><c><v>&e;</v></c></row></sheetData></worksheet>"
    assert "已损坏" in _problem(with_members(xlsx_of(""), {"xl/sheet1.xml": sheet + cells}), tmp_path)


@pytest.mark.parametrize("member", ["word/document.xml", "word/media/image1.png"])
def test_a_member_that_swells_is_refused_unread(tmp_path: Path, member: str) -> None:
    assert "过大" in _problem(with_members(docx_of("<w:p/>"), {member: b" " * (100 << 20)}), tmp_path)


def test_an_archive_of_too_many_members_is_refused(tmp_path: Path) -> None:
    assert "过大" in _problem(archive({f"{number}": b"" for number in range(5_001)}), tmp_path)


def test_a_part_of_too_many_elements_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.convert.container._MAX_NODES", 1000)
    assert "过大" in _problem(docx_of("<w:p/>" * 2000), tmp_path)


def test_a_member_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    """Both places that tell a member's size are set to a byte; no more than that is ever unpacked."""
    content = bytearray(docx_of("<w:p><w:r><w:t>收入</w:t></w:r></w:p>"))
    with zipfile.ZipFile(BytesIO(content)) as file:
        size = struct.pack("<L", file.getinfo("word/document.xml").file_size)
    assert "已损坏" in _problem(bytes(content).replace(size, struct.pack("<L", 1)), tmp_path)


def test_a_locked_archive_is_told_so(tmp_path: Path) -> None:
    content = bytearray(docx_of("<w:p/>"))
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    assert "密码" in _problem(bytes(content), tmp_path)


def test_strict_files_are_read_like_all_others(tmp_path: Path) -> None:
    content = docx_of("<w:p><w:r><w:t>收入</w:t></w:r></w:p>")
    transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(BytesIO(content)) as file:
        document = file.read("word/document.xml").decode()
    strict = document.replace(transitional, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    path = tmp_path / "预算.docx"
    path.write_bytes(with_members(content, {"word/document.xml": strict}))
    assert [block.text for block in convert(path).blocks if hasattr(block, "text")] == ["收入"]


def test_missing_parts_are_told_of() -> None:
    package = Package(archive({"a.xml": "<a/>"}), "预算.docx")
    assert package.main_part("word") is None
    with pytest.raises(DocumentError, match="已损坏"):
        package.tree("b.xml")
