"""Word documents (.docx): paragraphs with their automatic numbers, tables, text boxes and notes in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from index.convert.container import Package, main_part
from index.convert.edges import EDGES, told_at_edges
from index.convert.html import HtmlConverter
from index.convert.text import TextConverter
from index.convert.word.body import BodyReader, Parts
from index.convert.word.embedded import chunk_blocks
from index.convert.word.names import w
from index.convert.word.numbering import Numbering
from index.convert.word.styles import Styles
from index.document import Block, Gap, Paragraph
from index.errors import DocumentError


class WordConverter:
    """Reads .docx and .docm."""

    def accepts(self, content: bytes) -> bool:
        """Whether this is a package that holds a document."""
        return main_part(content, "word") is not None

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """The body in reading order; of headers and footers only what they say of the tables."""
        package = Package(content, path.name)
        main = package.main_part("word")
        blocks = _blocks(package, main) if main else ()
        is_empty = all(isinstance(block, Gap) for block in blocks)
        if is_empty and any("/media/" in member for member in package.members):
            raise DocumentError(
                f"“{path.name}”里只有图片，没有文字。", "请换用文字版，或另存为 PDF，按扫描件放入（OCR）。"
            )
        return blocks


def _blocks(package: Package, main: str) -> tuple[Block | Gap, ...]:
    related = package.related(main).values()
    parts = {each.type.rsplit("/", 1)[-1]: each.target for each in related}
    trees = {
        name: package.tree(parts[name])
        for name in ("styles", "numbering", "footnotes", "endnotes")
        if parts.get(name) in package.members
    }
    styles = Styles(trees.get("styles"))
    notes = _notes(trees, "footnote") | _notes(trees, "endnote")
    body = package.tree(main).find(w("body"))
    if body is None:
        return ()
    parts_of_body = Parts(
        styles,
        Numbering(trees.get("numbering"), styles),
        notes,
        partial(chunk_blocks, package, main, (WordConverter(), HtmlConverter(), TextConverter())),
    )
    reader = BodyReader(body, parts_of_body)
    edges = {(each.type.rsplit("/", 1)[-1], each.target): None for each in related if each.target in package.members}
    told = told_at_edges(
        (kind, text)
        for kind, target in edges
        if kind in EDGES
        for text in _texts(BodyReader(package.tree(target), parts_of_body).blocks())
    )
    return (*reader.blocks(), *told, *reader.gaps)


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    """What the lines and cells of blocks say."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (text for row in block.rows for text in row.texts if text)


def _notes(trees: dict[str, Any], kind: str) -> dict[str, Any]:
    tree = trees.get(f"{kind}s")
    elements = tree.iterfind(w(kind)) if tree is not None else ()
    return {f"{kind}{element.get(w('id'), '')}": element for element in elements}
