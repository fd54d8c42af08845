"""Files to documents: one converter per format, picked by content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from index.convert.characters import plain_characters
from index.convert.converter import Converter
from index.convert.csv import CsvConverter
from index.convert.excel import ExcelConverter, ExcelXmlConverter, OldExcelConverter
from index.convert.foreign import explain
from index.convert.html import HtmlConverter
from index.convert.image import ImageConverter
from index.convert.ofd import OfdConverter
from index.convert.office import OfficeConverter
from index.convert.pdf import PdfConverter
from index.convert.text import TextConverter
from index.convert.word import WordConverter
from index.document import Block, Document, Gap, Paragraph, RawTable, Recognised, RecognisedPage
from index.errors import DocumentError
from index.script import is_traditional, simplified

CONVERTERS: Final[tuple[Converter, ...]] = (
    PdfConverter(),
    OfdConverter(),
    ImageConverter(),
    WordConverter(),
    ExcelConverter(),
    OldExcelConverter(),
    ExcelXmlConverter(),
    OfficeConverter(),
    HtmlConverter(),
    CsvConverter(),
    TextConverter(),
)
"""All converters; the first that accepts a file's content reads it."""


def convert(path: Path) -> Document:
    """Read one file. Raises DocumentError where it is missing, a folder, empty or of a format nothing here reads."""
    content = _content(path)
    converter = next((known for known in CONVERTERS if known.accepts(content)), None)
    if converter is None:
        raise explain(content, path)
    read = converter.read(content, path)
    blocks = _in_one_script([_plain(block) for block in read if not isinstance(block, Gap | Recognised)])
    gaps = tuple(dict.fromkeys(gap for gap in read if isinstance(gap, Gap)))
    if not blocks:
        problem = "".join(f"{gap.text}。" for gap in gaps)
        raise DocumentError(f"“{path.name}”里没有文字。{problem}", "请换一份有内容的文件。")
    sha256 = hashlib.sha256(content).hexdigest()
    recognised = tuple(RecognisedPage(path.name, each.page, each.turn) for each in read if isinstance(each, Recognised))
    return Document(sha256[:12], path.name, sha256, blocks, gaps, recognised)


def _plain(block: Block) -> Block:
    """The block in the characters that people type."""
    return _with_texts(block, plain_characters)


def _in_one_script(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A document in traditional characters in simplified ones: labels, titles and prose are looked for in them."""
    if not any(is_traditional(_text(block)) for block in blocks):
        return tuple(blocks)
    return tuple(_with_texts(block, simplified) for block in blocks)


def _with_texts(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text))
    rows = (replace(row, cells=tuple(cell and replace(cell, text=change(cell.text)) for cell in row.cells))
            for row in block.rows)  # fmt: skip
    return RawTable(tuple(rows))


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else "".join(text for row in block.rows for text in row.texts)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise DocumentError(f"“{path}”是文件夹，不是文件。", "请给出其中的文件，或用 build 命令读入整个文件夹。")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"找不到文件“{path}”。", "请检查路径和文件名。") from None
    except OSError as error:
        raise DocumentError(f"读不了文件“{path}”：{error.strerror}。", "请检查文件权限。") from error
    if not content.strip():
        raise DocumentError(f"文件“{path.name}”是空的。", "请换一份有内容的文件。")
    return content
