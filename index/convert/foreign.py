"""Files that nothing here reads: what they are, and what their owner can do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from index.convert.container import Package, is_archive
from index.convert.problems import damaged, locked
from index.errors import DocumentError
from index.recognition import INSTALL

READABLE: Final = (
    "可读的格式：PDF、OFD、Word（.docx）、Excel（.xlsx、.xls、.et、Excel 2003 的 .xml）、网页（.html、.mht）"
    "和文本（.txt、.md）；"
    "装了 LibreOffice 的，还有 .doc、.wps、.rtf、.odt、.ods。"
)

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY_ENTRY: Final = 128
_STREAMS: Final = ("EncryptedPackage", "WordDocument", "Workbook", "Book", "PowerPoint Document")

_TO_PDF_OR_WORD: Final = "请另存为 .docx 或 PDF 后再放入。"
_TO_WORD: Final = "请用 Word 或 WPS 打开，另存为 .docx 后再放入。"
_TO_EXCEL: Final = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再放入。"
_UNPACK: Final = "请解压后放入其中的文件。"
_RECOGNISE: Final = "请换用文字版；或先安装文字识别（pip install -e '.[ocr]'，或 make serve EXTRAS=ocr），再重建索引。"

_KNOWN: Final = (
    (re.compile(rb"(?s)\s*<\?xml.*schemas\.microsoft\.com/office/word/2003"), "XML 文档（Word 2003）", _TO_WORD),
    (re.compile(rb"(?s)\s*<\?xml.*schemas\.microsoft\.com/office/2006/xmlPackage"), "XML 文档（Word）", _TO_WORD),
    (re.compile(rb"\s*<\?xml"), "XML 数据", READABLE),
    (re.compile(rb"(?s)\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP"), "图片", INSTALL),
    (re.compile(rb"Rar!|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ"), "压缩包", _UNPACK),
)
"""Formats by how their content begins."""

_MEMBERS: Final = (
    ("ppt/presentation.xml", "演示文稿", "请另存为 PDF 后再放入。"),
    ("xl/workbook.bin", "二进制工作簿（.xlsb）", _TO_EXCEL),
    ("content.xml", "OpenDocument 文件", "请另存为 .docx、.xlsx 或 PDF 后再放入。"),
    ("META-INF/container.xml", "电子书", _TO_PDF_OR_WORD),
)
"""Formats that are archives, by a file inside."""


def explain(content: bytes, path: Path) -> DocumentError:
    """Why ``content`` can't be read: it is of a format that nothing here reads, or damaged beyond recognition."""
    if is_archive(content):
        return _archive(content, path)
    if content.startswith(_COMPOUND):
        return _compound(content, path)
    what, remedy = next(((what, remedy) for begin, what, remedy in _KNOWN if begin.match(content[:4096])), ("", ""))
    if what:
        return DocumentError(f"“{path.name}”是{what}，不能直接读入。", remedy)
    return DocumentError(f"无法识别“{path.name}”的格式（二进制内容）。", READABLE)


def streams_of(content: bytes) -> set[str]:
    """Which of the streams that tell formats apart a compound file (.xls, .doc, encrypted .docx) holds."""
    return {name for name in _STREAMS if content.startswith(_COMPOUND) and _has_entry(content, name)}


def _has_entry(content: bytes, name: str) -> bool:
    """Directory entries begin with their name and stand at multiples of their size."""
    entry = name.encode("utf-16-le") + b"\0\0"
    at = content.find(entry)
    while at >= 0 and at % _DIRECTORY_ENTRY:
        at = content.find(entry, at + 1)
    return at >= 0


def _compound(content: bytes, path: Path) -> DocumentError:
    streams = streams_of(content)
    if "EncryptedPackage" in streams:
        return locked(path.name)
    if "PowerPoint Document" in streams:
        return DocumentError(f"“{path.name}”是演示文稿，不能直接读入。", "请另存为 PDF 后再放入。")
    return damaged(path.name)


def _archive(content: bytes, path: Path) -> DocumentError:
    try:
        members = Package(content, path.name).members
    except DocumentError as error:
        return error
    for member, what, remedy in _MEMBERS:
        if member in members:
            return DocumentError(f"“{path.name}”是{what}，不能直接读入。", remedy)
    if "[Content_Types].xml" in members:
        return damaged(path.name)
    return DocumentError(f"“{path.name}”是压缩包，不是文档。", _UNPACK)
