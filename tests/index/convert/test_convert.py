"""Files are read by what is in them; what can't be read is said in Chinese."""

from __future__ import annotations

import codecs
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
import xlwt

from index.convert import convert
from index.document import Paragraph, RawTable
from index.errors import DocumentError
from tests.writers.package import archive

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


def _compound(*streams: str) -> bytes:
    """The beginning of an OLE file whose directory has these entries."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


_UNUSABLE = {
    "empty": (b"", "是空的", "内容"),
    "blank": (b" \n\t\n ", "是空的", "内容"),
    "pdf": (b"%PDF-1.7 only ascii", "PDF", "PDF"),
    "torn zip": (b"PK\x03\x04\x14\x00", "已损坏", "重新下载"),
    "zip": (archive({"预算.txt": "收入"}), "是压缩包", "解压"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "是压缩包", "解压"),
    "ofd": (archive({"OFD.xml": "<ofd/>"}), "已损坏", "重新下载"),
    "odt": (archive({"content.xml": "<office/>"}), "OpenDocument", ".docx"),
    "xlsb": (archive({"xl/workbook.bin": b"\0", "[Content_Types].xml": "<Types/>"}), "xlsb", ".xlsx"),
    "pptx": (archive({"ppt/presentation.xml": "<p/>"}), "演示文稿", "PDF"),
    "office without a main part": (archive({"[Content_Types].xml": "<Types/>"}), "已损坏", "重新下载"),
    "xls without a book": (_compound("Root Entry", "Workbook"), "已损坏", "重新下载"),
    "locked docx": (_compound("Root Entry", "EncryptedPackage"), "密码", "去掉密码"),
    "ppt": (_compound("Root Entry", "PowerPoint Document"), "演示文稿", "PDF"),
    "compound": (_compound("Root Entry"), "已损坏", "重新下载"),
    "xml workbook": (b'<?xml version="1.0"?><W xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML", ".xlsx"),
    "xml": (b"<?xml version='1.0'?><budget/>", "XML", "可读的格式"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "图片", "OCR"),
    "jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片", "OCR"),
    "binary": (b"\x00\x01\x02\x03", "二进制", "可读的格式"),
    "page without text": (b"<html><body>", "没有文字", "内容"),
    "no encoding": (b"\xff\xff\xff\xff\x80", "格式", "可读的格式"),
}


@pytest.mark.parametrize(("content", "says", "remedy"), _UNUSABLE.values(), ids=list(_UNUSABLE))
def test_unusable_content_is_refused_with_a_reason_and_a_remedy(
    tmp_path: Path, content: bytes, says: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.convert.image.can_recognise", lambda: False)
    path = tmp_path / "文件.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=says) as caught:
        convert(path)
    assert "文件.txt" in caught.value.problem
    assert remedy in caught.value.remedy


def test_a_locked_old_workbook_is_told_so(tmp_path: Path) -> None:
    """Its stream of records says so in the third: BOF, then FILEPASS."""
    buffer = BytesIO()
    workbook = xlwt.Workbook()
    workbook.add_sheet("表").write(0, 0, "收入")
    workbook.save(buffer)
    content = bytearray(buffer.getvalue())
    begin = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    content[begin : begin + 2] = b"\x2f\x00"
    path = tmp_path / "预算.xls"
    path.write_bytes(bytes(content))
    with pytest.raises(DocumentError, match="密码"):
        convert(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="找不到文件"):
        convert(tmp_path / "没有.txt")
    with pytest.raises(DocumentError, match="是文件夹"):
        convert(tmp_path)
