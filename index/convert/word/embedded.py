"""What is embedded in a Word file: files within the file are read if they are text or pages, pictures are told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from index.convert.container import Package
from index.convert.converter import Converter
from index.convert.word.names import w
from index.document import Block, Gap, Paragraph, Provenance, RawTable, Recognised
from index.errors import DocumentError

_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EXTENT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_OLD_PICTURE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_LEAST_SIDES: Final = (1_800_000, 720_000)
"""Width and height in English metric units (5 × 2 cm) from which a picture may be a table."""
_SHOWN: Final = 20


def chunk_blocks(package: Package, main: str, converters: Sequence[Converter], chunk: Any) -> tuple[Block | Gap, ...]:
    """What stands in an embedded file (``altChunk``), which Word shows as a part of the text."""
    part = package.related(main).get(chunk.get(_ID, ""))
    content = package.content(part.target) if part and part.target in package.members else b""
    for converter in converters:
        if content.strip() and converter.accepts(content):
            try:
                read = converter.read(content, Path(package.name))
                return tuple(_without_place(block) for block in read if not isinstance(block, Recognised))
            except DocumentError:
                break
    return (Gap("嵌在文档里的另一个文件没有读入（用 Word 打开并另存为 .docx 后可以读入）"),)


def _without_place(block: Block | Gap) -> Block | Gap:
    """Lines are those of the embedded file: in the document they lead nowhere."""
    if isinstance(block, Paragraph):
        return replace(block, provenance=Provenance())
    if isinstance(block, RawTable):
        return RawTable(tuple(replace(row, provenance=Provenance()) for row in block.rows))
    return block


def is_picture(element: Any) -> bool:
    """Whether a drawing is a picture large enough for a table, or an object of another program is shown as one."""
    if element.tag == w("object"):
        return True
    if element.tag == w("pict"):
        return next(element.iter(_OLD_PICTURE), None) is not None
    extent = next(element.iter(_EXTENT), None)
    if next(element.iter(_PICTURE), None) is None or extent is None:
        return False
    sides = [extent.get(side, "") for side in ("cx", "cy")]
    return all(side.isdecimal() and int(side) >= least for side, least in zip(sides, _LEAST_SIDES, strict=True))


def told_of_picture(before: str) -> Gap:
    """What is told of pictures, by the words that stand before them."""
    words = before if len(before) <= _SHOWN else f"{before[:_SHOWN]}……"
    return Gap(f"“{words}”后面的图片（可能是表）没有读入" if words else "开头的图片（可能是表）没有读入")
