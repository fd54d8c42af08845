"""Pages as pictures: what an OFD draws stands where it is read, and files without pages say so."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from index.convert import convert
from index.convert.ofd import picture
from index.convert.pictures import page_png
from index.document import Place, RawTable
from index.errors import PageUnavailable
from tests.index.convert.scan.invented import BLOCKS
from tests.writers.ofd import OfdLayout, write_ofd
from tests.writers.pdf import write_pdf

_DARK = 128


def _has_font() -> bool:
    try:
        picture._font(10)
    except PageUnavailable:
        return False
    return True


needs_font = pytest.mark.skipif(not _has_font(), reason="no font with Chinese characters")


@needs_font
@pytest.mark.parametrize("layout", [OfdLayout(), OfdLayout(turned=True)], ids=["upright", "on its side"])
def test_a_cell_of_an_ofd_is_drawn_where_it_is_read(tmp_path: Path, layout: OfdLayout) -> None:
    path = tmp_path / "预算.ofd"
    write_ofd(BLOCKS, path, layout)
    page = Image.open(io.BytesIO(page_png(path.read_bytes(), path.name, 1, None))).convert("L")
    cells = [
        cell
        for block in convert(path).blocks
        if isinstance(block, RawTable)
        for row in block.rows
        for cell in row.cells
    ]
    assert page.height > page.width
    for cell in cells:
        if cell:
            assert _is_inked(page, cell.places[0]) == bool(cell.text), cell


def _is_inked(page: Image.Image, place: Place) -> bool:
    """Whether anything is drawn within the cell, off its rules."""
    box = (place.left * page.width + 4, place.top * page.height + 4)
    inside = page.crop((*map(int, box), int(place.right * page.width - 4), int(place.bottom * page.height - 4)))
    return bool(inside.getextrema()[0] < _DARK)


def test_without_a_font_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "预算.ofd"
    write_ofd(BLOCKS, path)
    picture._font.cache_clear()
    monkeypatch.setattr(picture, "_FONTS", ())
    with pytest.raises(PageUnavailable, match="字体"):
        page_png(path.read_bytes(), path.name, 1, None)


@pytest.mark.parametrize("write", [write_pdf, write_ofd])
def test_a_page_that_is_not_there(tmp_path: Path, write: object) -> None:
    path = tmp_path / "预算"
    write(BLOCKS, path)  # type: ignore[operator]
    with pytest.raises(PageUnavailable, match="没有第 9 页"):
        page_png(path.read_bytes(), path.name, 9, None)


def test_text_has_no_pages(seed_path: Path) -> None:
    with pytest.raises(PageUnavailable, match="没有固定的页面"):
        page_png(seed_path.read_bytes(), seed_path.name, 1, None)
