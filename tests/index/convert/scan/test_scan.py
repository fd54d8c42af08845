"""An invented page, scanned askew in few dots: recognised, it has the tables that were printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from index.convert import convert
from index.document import Document, Paragraph, RawTable
from index.errors import DocumentError
from index.parse import parse
from index.parsed import ParsedDocument
from index.recognition import can_recognise
from tests.index.convert.scan.invented import BLOCKS, INCOME, PAGE, SENTENCE, SPENDING
from tests.writers.ofd import OfdLayout, write_ofd

needs_extra = pytest.mark.skipif(not can_recognise(), reason="the extra ocr is not installed")

_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def _as_it_is(path: Path) -> Path:
    return PAGE


def _on_its_side(path: Path) -> Path:
    Image.open(PAGE).rotate(90, expand=True).save(path / "页.png", dpi=(150, 150))
    return path / "页.png"


def _pdf(path: Path) -> Path:
    Image.open(PAGE).save(path / "页.pdf", resolution=150)
    return path / "页.pdf"


def _ofd(path: Path) -> Path:
    picture = '<ofd:ImageObject ID="4" Boundary="0 0 210 297" ResourceID="6"/>'
    content = f"<ofd:Content><ofd:Layer>{picture}</ofd:Layer></ofd:Content>"
    media = '<ofd:MultiMedia ID="6" Type="Image"><ofd:MediaFile>页.jpg</ofd:MediaFile></ofd:MultiMedia>'
    parts: dict[str, str | bytes] = {
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {_XMLNS}>{content}</ofd:Page>",
        "Doc_0/R.xml": f'<ofd:Res {_XMLNS} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
        "Doc_0/Res/页.jpg": PAGE.read_bytes(),
    }
    write_ofd(BLOCKS[:1], path / "页.ofd", OfdLayout(parts=parts, common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>"))
    return path / "页.ofd"


_FILES: dict[str, tuple[Callable[[Path], Path], int]] = {
    "picture": (_as_it_is, 0), "on its side": (_on_its_side, 90), "PDF": (_pdf, 0), "OFD": (_ofd, 0),
}  # fmt: skip


def _tables(document: Document) -> list[Sequence[Sequence[str]]]:
    return [tuple(row.texts for row in block.rows) for block in document.blocks if isinstance(block, RawTable)]


@needs_extra
@pytest.mark.parametrize(("file", "turn"), _FILES.values(), ids=_FILES)
def test_the_printed_tables_are_recognised(tmp_path: Path, file: Callable[[Path], Path], turn: int) -> None:
    document = convert(file(tmp_path))
    assert _tables(document) == [INCOME, SPENDING]
    assert any(SENTENCE in block.text for block in document.blocks if isinstance(block, Paragraph))
    assert [(page.page, page.turn) for page in document.recognised] == [(1, turn)]
    assert document.gaps == ()


@pytest.fixture(scope="module")
def parsed() -> ParsedDocument:
    read = parse(PAGE)
    assert isinstance(read, ParsedDocument)
    return read


@needs_extra
def test_its_checks_hold(parsed: ParsedDocument) -> None:
    assert [finding.message for finding in parsed.findings if finding.result == "differs"] == []
    assert sum(finding.result == "holds" for finding in parsed.findings) > 10


@needs_extra
@pytest.mark.parametrize(("right", "wrong"), [("936.48", "986.48"), ("345.12", "346.12"), ("1,268.35", "1,263.35")])
def test_a_figure_that_a_check_contradicts_is_read_again(parsed: ParsedDocument, right: str, wrong: str) -> None:
    from index.parse import understood
    from index.reread import reread

    misread = understood(_with_first(parsed.document, right, wrong))
    assert any(finding.result == "differs" for finding in misread.findings)
    again = reread(misread, PAGE.read_bytes(), understood)
    assert _tables(again.document) == _tables(parsed.document)


def _with_first(document: Document, text: str, other: str) -> Document:
    """The document with another text in the first cell that says ``text``."""
    blocks, is_done = [], False
    for block in document.blocks:
        if isinstance(block, RawTable) and not is_done:
            rows = []
            for row in block.rows:
                cells = []
                for cell in row.cells:
                    is_it = cell is not None and cell.text == text and not is_done
                    cells.append(replace(cell, text=other) if cell and is_it else cell)
                    is_done = is_done or is_it
                rows.append(replace(row, cells=tuple(cells)))
            blocks.append(RawTable(tuple(rows)))
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks))


@needs_extra
def test_a_picture_without_text_is_refused(tmp_path: Path) -> None:
    Image.new("L", (1240, 1754), 255).save(tmp_path / "白.png")
    with pytest.raises(DocumentError, match="识别不出文字"):
        convert(tmp_path / "白.png")


@needs_extra
def test_a_torn_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "页.jpg").write_bytes(PAGE.read_bytes()[:3000])
    with pytest.raises(DocumentError, match="已损坏"):
        convert(tmp_path / "页.jpg")


@pytest.mark.parametrize("file", [_as_it_is, _pdf])
def test_without_the_extra_it_is_told_what_to_install(
    tmp_path: Path, file: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("image", "problems", "scan.replace"):
        monkeypatch.setattr(f"index.convert.{module}.can_recognise", lambda: False)
    with pytest.raises(DocumentError, match="EXTRAS=ocr"):
        convert(file(tmp_path))


def test_a_scan_is_small_and_askew() -> None:
    picture = Image.open(io.BytesIO(PAGE.read_bytes()))
    assert picture.info["dpi"] == (150, 150)
    assert picture.format == "JPEG"
