"""Blocks of a document as an OFD, laid out as in a PDF: each run of characters and each rule at the same place."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from xml.sax.saxutils import escape

import pdfplumber

from index.document import Block
from tests.writers.package import archive
from tests.writers.pdf import PdfLayout, write_pdf

_NAMESPACE: Final = "http://www.ofdspec.org/2016"
_MM: Final = 25.4 / 72


@dataclass(frozen=True)
class OfdLayout:
    """How the file is made up.

    ``printed`` is how pages and tables are laid out.
    ``template`` puts the rules into template pages. ``scaled`` writes objects in another measure, which their matrix
    turns back. ``turned`` writes each page on its side. ``documents`` is how many documents the pages are spread over.
    ``more`` are objects that are added to each page; ``parts`` are added to the archive, and replace others.
    """

    printed: PdfLayout = field(default_factory=PdfLayout)
    template: bool = False
    scaled: bool = False
    turned: bool = False
    documents: int = 1
    more: str = ""
    common: str = ""
    parts: Mapping[str, str | bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class _Page:
    width: float
    height: float
    texts: tuple[str, ...]
    rules: tuple[str, ...]


def write_ofd(blocks: Sequence[Block], path: Path, layout: OfdLayout | None = None) -> None:
    """Print the blocks in order."""
    with TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        layout = layout or OfdLayout()
        write_pdf(blocks, printed, layout.printed)
        path.write_bytes(ofd_of(printed.read_bytes(), layout))


def ofd_of(pdf: bytes, layout: OfdLayout) -> bytes:
    """The pages of a PDF as an OFD."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        pages = [_page(page, layout) for page in opened.pages]
    return _packed(pages, layout)


def _packed(pages: Sequence[_Page], layout: OfdLayout) -> bytes:
    parts: dict[str, str | bytes] = {}
    size = -(-len(pages) // layout.documents)
    bodies = []
    for number in range(layout.documents):
        parts |= _document(f"Doc_{number}", pages[number * size : (number + 1) * size], layout)
        bodies.append(f"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_{number}/Document.xml</ofd:DocRoot></ofd:DocBody>")
    parts["OFD.xml"] = _xml("OFD", "".join(bodies))
    return archive({**parts, **layout.parts})


def text_object(text: str, x: float, y: float, size: float = 3.5, attributes: str = "", inside: str = "") -> str:
    """A text whose baseline begins at a place on the page, in millimetres."""
    steps = f' DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 100 {size}" Font="1" Size="{size}" {attributes}>{inside}'
        f'<ofd:TextCode X="0" Y="{size}"{steps}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def _document(name: str, pages: Sequence[_Page], layout: OfdLayout) -> dict[str, str | bytes]:
    listed, templates = [], []
    parts: dict[str, str | bytes] = {}
    for number, page in enumerate(pages):
        used, rules = "", "".join(page.rules)
        if layout.template:
            templates.append(f'<ofd:TemplatePage ID="9{number}" BaseLoc="Tpls/Tpl_{number}/Content.xml"/>')
            parts[f"{name}/Tpls/Tpl_{number}/Content.xml"] = _xml("Page", _layer(rules))
            used, rules = f'<ofd:Template TemplateID="9{number}" ZOrder="Background"/>', ""
        listed.append(f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>')
        sides = (page.height, page.width) if layout.turned else (page.width, page.height)
        area = f"<ofd:Area><ofd:PhysicalBox>0 0 {sides[0]:.3f} {sides[1]:.3f}</ofd:PhysicalBox></ofd:Area>"
        content = _layer(rules + "".join(page.texts) + layout.more)
        parts[f"{name}/Pages/Page_{number}/Content.xml"] = _xml("Page", used + area + content)
    common = f"<ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID>{''.join(templates)}{layout.common}</ofd:CommonData>"
    parts[f"{name}/Document.xml"] = _xml("Document", f"{common}<ofd:Pages>{''.join(listed)}</ofd:Pages>")
    return parts


def _xml(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{root} xmlns:ofd="{_NAMESPACE}">{content}</ofd:{root}>'


def _layer(content: str) -> str:
    return f'<ofd:Content><ofd:Layer Type="Body" ID="5">{content}</ofd:Layer></ofd:Content>'


def _page(page: Any, layout: OfdLayout) -> _Page:
    height = float(page.height) * _MM
    place = _Placer(float(page.width) * _MM, 2.0 if layout.scaled else 1.0, layout.turned)
    texts = tuple(_text(run, height, place) for run in _runs(page.chars))
    rules = tuple(_rule(thing, place) for thing in (*page.lines, *page.rects))
    return _Page(place.width, height, texts, rules)


@dataclass(frozen=True)
class _Placer:
    """Says where objects stand whose own coordinates begin at a place of a page as wide as this."""

    width: float
    measure: float
    turned: bool

    def __call__(self, x: float, y: float) -> str:
        if self.turned:
            # The page turned counterclockwise: what was right is above.
            return f'Boundary="{y:.4f} {self.width - x:.4f} 1 1" CTM="0 -{self.measure} {self.measure} 0 0 0"'
        matrix = f' CTM="{self.measure} 0 0 {self.measure} 0 0"' if self.measure != 1 else ""
        return f'Boundary="{x:.4f} {y:.4f} 1 1"{matrix}'


def _runs(characters: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Characters that follow each other on one line."""
    run: list[dict[str, Any]] = []
    for character in characters:
        before = run[-1] if run else None
        if before and not (character["matrix"][5] == before["matrix"][5] and 0 <= character["x0"] - before["x0"] < 20):
            yield run
            run = []
        run.append(character)
    if run:
        yield run


def _text(run: Sequence[dict[str, Any]], height: float, place: _Placer) -> str:
    first, measure = run[0], place.measure
    x, y, size = first["matrix"][4] * _MM, height - first["matrix"][5] * _MM, first["size"] * _MM
    steps = [round((right["x0"] - left["x0"]) * _MM / measure, 3) for left, right in pairwise(run)]
    deltas = f' DeltaX="{" ".join(_grouped(steps))}"' if steps else ""
    text = escape("".join(each["text"] for each in run))
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{size / measure:.4f}" {place(x, y - size)}>'
        f'<ofd:TextCode X="0" Y="{size / measure:.4f}"{deltas}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def _grouped(steps: Iterable[float]) -> Iterator[str]:
    for step, same in groupby(steps):
        count = len(list(same))
        yield f"g {count} {step}" if count > 1 else f"{step}"


def _rule(thing: dict[str, Any], place: _Placer) -> str:
    left, top, right, bottom = (float(thing[side]) * _MM for side in ("x0", "top", "x1", "bottom"))
    end = f"{(right - left) / place.measure:.4f} {(bottom - top) / place.measure:.4f}"
    return (
        f'<ofd:PathObject ID="2" LineWidth="0.2" {place(left, top)}>'
        f"<ofd:AbbreviatedData>M 0 0 L {end}</ofd:AbbreviatedData></ofd:PathObject>"
    )
