"""Excel workbooks, new and old and in XML: every visible sheet, cells as they are shown."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import xlrd

from index.convert.container import Package, main_part
from index.convert.excel.sheet import Sheet, sheet_blocks
from index.convert.excel.xls import read_xls
from index.convert.excel.xlsx import read_xlsx
from index.convert.excel.xml2003 import read_xml2003
from index.convert.foreign import streams_of
from index.convert.problems import damaged, locked
from index.document import Block, Gap
from index.errors import DocumentError

_FAILURES: Final = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError, AttributeError, EOFError, IndexError,
    KeyError, NotImplementedError, OverflowError, RecursionError, TypeError, UnicodeError, ValueError,
)  # fmt: skip
"""What xlrd raises from the depths of a file that breaks the rules of the format."""

_WORKBOOKS: Final = ("Workbook", "Book")
_XML: Final = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_HEAD: Final = 4096


class ExcelConverter:
    """Reads .xlsx and .xlsm."""

    def accepts(self, content: bytes) -> bool:
        """Whether this is a package that holds a workbook."""
        return main_part(content, "excel") is not None

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """All visible sheets, in the order of their tabs."""
        package = Package(content, path.name)
        main = package.main_part("excel")
        return _blocks(read_xlsx(package, main), path) if main else ()


class OldExcelConverter:
    """Reads .xls, and the .et of WPS that is the same."""

    def accepts(self, content: bytes) -> bool:
        """Whether this is a compound file that is a workbook; a document may hold one too."""
        streams = streams_of(content)
        return not streams.isdisjoint(_WORKBOOKS) and ("WordDocument" not in streams or _is_workbook(content))

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """All visible sheets, in the order of their tabs."""
        try:
            return _blocks(read_xls(content), path)
        except _FAILURES as error:
            if "encrypted" in str(error):
                raise locked(path.name) from error
            raise damaged(path.name) from error


class ExcelXmlConverter:
    """Reads workbooks in the XML of Excel 2003, whatever their files are called."""

    def accepts(self, content: bytes) -> bool:
        """Whether a workbook's tag comes first."""
        return _XML.search(content[:_HEAD]) is not None

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """All visible sheets, in the order of their tabs."""
        return _blocks(read_xml2003(content, path.name), path)


def _is_workbook(content: bytes) -> bool:
    """Whether a compound file's own content is a workbook, not only something within."""
    try:
        folder = xlrd.compdoc.CompDoc(content, logfile=io.StringIO())
        return any(folder.locate_named_stream(name)[0] is not None for name in _WORKBOOKS)
    except _FAILURES:
        return False


def _blocks(sheets: Iterable[Sheet], path: Path) -> tuple[Block | Gap, ...]:
    blocks = tuple(block for sheet in sheets for block in sheet_blocks(sheet))
    if not blocks:
        raise DocumentError(f"工作簿“{path.name}”里没有可见的内容。", "请取消隐藏要公开的工作表，或换一份文件。")
    return blocks
