"""Files are read by what is in them; what can't be read is said in Chinese."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

from index.convert import CONVERTERS, convert
from index.document import Paragraph, RawTable
from index.errors import DocumentError

_TEXT = "某某局 2024 年部门预算\n\n项目\t预算数\n收入\t1.00\n"


@pytest.mark.parametrize(
    "content",
    [_TEXT.encode(), codecs.BOM_UTF8 + _TEXT.encode(), _TEXT.encode("gb18030"), _TEXT.encode("utf-16")],
    ids=["utf-8", "utf-8-bom", "gb18030", "utf-16"],
)
def test_every_usual_encoding_gives_the_same_blocks(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "预算.dat"
    path.write_bytes(content)
    title, table = convert(path).blocks
    assert isinstance(title, Paragraph) and title.text == "某某局 2024 年部门预算"
    assert isinstance(table, RawTable) and table.rows[1].texts == ("收入", "1.00")


def test_a_document_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "预算.txt"
    path.write_text(_TEXT, encoding="utf-8")
    document = convert(path)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.document_id == document.sha256[:12]
    assert document.file == "预算.txt"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "是空的"),
        (b" \n\t\n ", "是空的"),
        (b"%PDF-1.7 only ascii", "PDF"),
        (b"PK\x03\x04\x14\x00", "Word/Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "图片"),
        (b"\x00\x01\x02\x03", "二进制"),
        (b"<html><body>", "格式"),
        (b"\xff\xff\xff\xff\x80", "格式"),
    ],
)
def test_unusable_content_is_refused_with_a_reason(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "文件.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=says):
        convert(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="找不到文件"):
        convert(tmp_path / "没有.txt")
    with pytest.raises(DocumentError, match="是文件夹"):
        convert(tmp_path)


@pytest.mark.parametrize("converter", CONVERTERS, ids=lambda converter: type(converter).__name__)
def test_no_converter_accepts_what_is_no_document(converter: object) -> None:
    accepts = converter.accepts  # type: ignore[attr-defined]
    assert not accepts(b"\x00\x01\x02\x03")
