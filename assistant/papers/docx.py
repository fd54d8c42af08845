"""A letter or the record of a conversation as a Word file: real styles, 仿宋 and 黑体, A4, as official documents."""

from __future__ import annotations

import io
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assistant.papers.letter import Letter
from assistant.papers.record import Record
from assistant.papers.writing import writable

BODY_FONT: Final = "仿宋"
HEADING_FONT: Final = "黑体"
_BODY_SIZE: Final = Pt(16)
_TITLE_SIZE: Final = Pt(22)
_LINE: Final = Pt(28)
_INDENT: Final = "200"
"""Two characters, in hundredths."""


def letter_docx(letter: Letter) -> bytes:
    """The file's bytes; what is for the official alone isn't in it."""
    document = _titled(letter.title, letter.signature)
    _part(document, "来信内容", letter.incoming)
    _paragraph(document, "答复", "Heading 1")
    _paragraph(document, letter.greeting, "Salutation")
    _text(document, letter.body)
    _part(document, "数据来源", letter.sources)
    _part(document, "口径说明", letter.basis)
    for line in (letter.signature, letter.date):
        _paragraph(document, line, "Signature")
    _text(document, letter.contact)
    return _saved(document)


def record_docx(record: Record) -> bytes:
    """The file's bytes: a heading for each question, its answer, its sources."""
    document = _titled(record.title, "")
    _text(document, record.about)
    for number, exchange in enumerate(record.exchanges, 1):
        _paragraph(document, f"第 {number} 问　{exchange.question}", "Heading 1")
        _text(document, "\n".join(exchange.told))
        if exchange.sources:
            _paragraph(document, "出处", "Heading 2")
            _text(document, "\n".join(exchange.sources))
    return _saved(document)


def _titled(title: str, author: str) -> Any:
    """An empty document but for its title."""
    document = docx.Document()
    _lay_out(document)
    document.core_properties.title = writable(title)
    document.core_properties.author = writable(author)
    document.core_properties.comments = ""
    _paragraph(document, title, "Title")
    return document


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _lay_out(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    styles = document.styles
    _set(styles["Normal"], BODY_FONT, _BODY_SIZE)
    _set(styles["Title"], HEADING_FONT, _TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER)
    styles["Title"].paragraph_format.space_after = _LINE
    for name in ("Heading 1", "Heading 2"):
        _set(styles[name], HEADING_FONT, _BODY_SIZE)
    for name in ("Body Text", "Salutation", "Signature"):
        style = styles[name] if name in styles else styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        _set(style, BODY_FONT, _BODY_SIZE, WD_ALIGN_PARAGRAPH.RIGHT if name == "Signature" else None)
    _indent(styles["Body Text"])


def _set(style: Any, font: str, size: Any, alignment: Any = None) -> None:
    style.font.name, style.font.size, style.font.bold = font, size, False
    style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), font)
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    if alignment is not None:
        spacing.alignment = alignment
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _indent(style: Any) -> None:
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLineChars"), _INDENT)
    indent.set(qn("w:firstLine"), str(int(_BODY_SIZE.pt * 2 * 20)))
    style.element.get_or_add_pPr().append(indent)


def _part(document: Any, title: str, text: str) -> None:
    if text.strip():
        _paragraph(document, title, "Heading 1")
        _text(document, text)


def _text(document: Any, text: str) -> None:
    for line in filter(None, map(str.strip, text.splitlines())):
        _paragraph(document, line, "Body Text")


def _paragraph(document: Any, text: str, style: str) -> None:
    document.add_paragraph(writable(text), style=style)
