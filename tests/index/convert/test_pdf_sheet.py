"""A page of a PDF as pdfium shows it, beside what pdfplumber finds on it."""

from __future__ import annotations

import io
from collections.abc import Callable
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from index.convert import convert
from index.convert.page.cells import fill
from index.convert.page.glyphs import Glyph, Run
from index.convert.page.rulings import grids_between
from index.convert.pdf import PdfConverter
from index.convert.pdf.lost import LostCharacters
from index.convert.pdf.pdfium import opened
from index.convert.pdf.sheet import Sheet, read_sheet
from index.convert.pdf.visible import visible_characters
from index.document import RawTable
from tests.writers.pdf import FONT, PdfLayout, write_pdf

_ROWS = [("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "616.20"), ("20101", "人大事务", "545.50")]
_TABLE = [tuple(row) for row in _ROWS]
_LEFT, _TOP, _WIDTH, _HEIGHT = 60.0, 700.0, 110.0, 24.0

Change = Callable[[pypdfium2.PdfPage], object]


def _drawn(draw: Callable[[Canvas], None]) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def _changed(content: bytes, change: Change) -> bytes:
    with pypdfium2.PdfDocument(content) as pdf:
        change(pdf[0])
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def _table(canvas: Canvas, letters_apart: bool = False) -> None:
    for row, texts in enumerate(_ROWS):
        for column, text in enumerate(texts):
            x, y = _LEFT + column * _WIDTH, _TOP - (row + 1) * _HEIGHT
            canvas.rect(x, y, _WIDTH, _HEIGHT)
            if letters_apart:
                for nth, sign in enumerate(text):
                    canvas.drawString(x + 4 + (5 if text.isascii() else 10) * nth, y + 8, sign)
            else:
                canvas.drawString(x + 4, y + 8, text)


def _tables(content: bytes) -> list[list[tuple[str, ...]]]:
    blocks = PdfConverter().read(content, Path("预算.pdf"))
    return [[row.texts for row in each.rows] for each in blocks if isinstance(each, RawTable)]


def _sheet(content: bytes, number: int = 1) -> Sheet:
    with opened(content) as pdf:
        return read_sheet(pdf, number, LostCharacters(content))


@pytest.fixture(scope="module")
def printed(seed_path: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sheets") / "预算.pdf"
    write_pdf(convert(seed_path).blocks, path, PdfLayout(landscape=True))
    return path.read_bytes()


@pytest.mark.parametrize("number", [3, 11])
def test_characters_stand_where_pdfplumber_finds_them(printed: bytes, number: int) -> None:
    ours = _sheet(printed, number).characters
    with pdfplumber.open(io.BytesIO(printed)) as pdf:
        theirs = [each for each in pdf.pages[number - 1].chars if each["text"].strip()]
    assert [each["text"] for each in ours] == [each["text"] for each in theirs]
    for edge in ("x0", "x1", "size"):
        assert [each[edge] for each in ours] == pytest.approx([each[edge] for each in theirs], abs=0.1)


def test_grids_are_those_of_pdfplumber(printed: bytes) -> None:
    ours = [sorted(cell.box for cell in grid.cells) for grid in grids_between(_sheet(printed, 11).rules)]
    with pdfplumber.open(io.BytesIO(printed)) as pdf:
        theirs = [sorted(table.cells) for table in pdf.pages[10].find_tables()]
    assert ours and [len(each) for each in ours] == [len(each) for each in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert [edge for box in one for edge in box] == pytest.approx([edge for box in other for edge in box], abs=0.5)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_text_on_a_turned_page_is_turned_back(angle: int) -> None:
    content = _changed(_drawn(_table), lambda page: page.set_rotation(angle))
    assert _tables(content) == [_TABLE]
    assert _sheet(content).turn == 360 - angle


def test_a_page_of_texts_in_all_directions_stays_as_it_is_shown() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 300, "横排的文字")
        canvas.rotate(90)
        canvas.drawString(100, -300, "竖排的文字")

    assert _sheet(_changed(_drawn(draw), lambda page: page.set_rotation(90))).turn == 0


def test_what_lies_outside_of_the_crop_box_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas)
        canvas.drawString(_LEFT, 300, "裁切框以外的说明，读者看不见。")

    content = _changed(_drawn(draw), lambda page: page.set_cropbox(40, 500, 500, 800))
    assert [each.text for each in PdfConverter().read(content, Path("a.pdf")) if not isinstance(each, RawTable)] == []
    assert (_sheet(content).width, _sheet(content).height) == (460, 300)


def test_tables_within_scaled_forms_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("table")
        canvas.setFont(FONT, 10)
        _table(canvas)
        canvas.endForm()
        canvas.translate(30, 90)
        canvas.scale(0.8, 0.8)
        canvas.doForm("table")

    assert _tables(_drawn(draw)) == [_TABLE]


def test_letters_drawn_one_by_one_are_not_lost() -> None:
    assert _tables(_drawn(lambda canvas: _table(canvas, letters_apart=True))) == [_TABLE]


@pytest.mark.parametrize("color", [(1, 1, 1), (0.9, 1, 0.9)])
@pytest.mark.parametrize("in_form", [False, True])
def test_what_is_written_over_may_be_nearly_the_same(color: tuple[float, float, float], in_form: bool) -> None:
    def correct(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for row, (old, new) in enumerate([("人大事务处", "人大事务"), ("86.50", "96.50"), ("47.20", "47.80")]):
            y = _TOP - (row + 1) * _HEIGHT
            canvas.drawRightString(_LEFT + _WIDTH, y + 8, old)
            canvas.setFillColorRGB(*color)
            canvas.rect(_LEFT + 1, y + 1, _WIDTH, _HEIGHT - 2, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.drawRightString(_LEFT + _WIDTH, y + 8, new)

    def draw(canvas: Canvas) -> None:
        canvas.drawString(_LEFT, 400, "被盖住的字不到一页的一半，其余的字都看得见。")
        if in_form:
            canvas.beginForm("corrected")
            correct(canvas)
            canvas.endForm()
            canvas.doForm("corrected")
        else:
            correct(canvas)

    seen = visible_characters(_sheet(_drawn(draw)))
    lines = groupby(seen, key=lambda each: each["order"])
    assert ["".join(each["text"] for each in line) for _, line in lines][1:] == ["人大事务", "96.50", "47.80"]


def test_what_is_written_over_text_in_white_is_read_whole() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(_LEFT, 400, "白色的字看不见，其余的都看得见。")
        for shade, text in ((1, "84.20"), (0, "86.20")):
            canvas.setFillGray(shade)
            canvas.drawRightString(_LEFT + _WIDTH, 300, text)

    seen = visible_characters(_sheet(_drawn(draw)))
    assert "".join(each["text"] for each in seen).endswith("。86.20")


@pytest.mark.parametrize("flags", ["", "hidden"])
def test_fields_are_read_as_they_are_shown(flags: str) -> None:
    def draw(canvas: Canvas) -> None:
        for row, texts in enumerate(_ROWS):
            for column, text in enumerate(texts):
                canvas.rect(_LEFT + column * _WIDTH, _TOP - (row + 1) * _HEIGHT, _WIDTH, _HEIGHT)
                if (row, column) != (1, 2):
                    canvas.drawString(_LEFT + column * _WIDTH + 4, _TOP - (row + 1) * _HEIGHT + 8, text)
        x, y = _LEFT + 2 * _WIDTH + 2, _TOP - 2 * _HEIGHT + 2
        canvas.acroForm.textfield(
            name="f", value="616.20", x=x, y=y, width=100, height=20, annotationFlags=flags or "print"
        )

    shown = "" if flags else "616.20"
    assert _tables(_drawn(draw)) == [[_TABLE[0], (*_TABLE[1][:2], shown), _TABLE[2]]]


@pytest.mark.parametrize("value", ["888.88", "教育支出"])
def test_fields_without_an_appearance_of_their_own_are_read(value: str) -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas)
        canvas.acroForm.textfield(name="f", value="888.88", x=_LEFT, y=400, width=100, height=20)

    content = _drawn(draw)
    assert b"/AP " in content and b"(888.88)" in content
    told = b"<FEFF" + value.encode("utf-16-be").hex().encode() + b">"
    content = content.replace(b"/AP ", b"/XX ").replace(b"(888.88)", told)
    assert value in str(PdfConverter().read(content, Path("a.pdf")))


def test_a_page_that_pdfminer_stumbles_over_keeps_what_was_read() -> None:
    written = BytesIO()
    canvas = Canvas(written, pageCompression=0)
    canvas.drawString(10, 10, "@@@@")
    canvas.save()
    no_byte = written.getvalue().replace(b"(@@@@)", rb"(\600)")
    assert no_byte != written.getvalue()
    assert list(LostCharacters(no_byte).find(1, ())) == []


def test_amounts_that_touch_in_one_run_are_told_apart() -> None:
    (grid,) = grids_between([(x, 0, x, 20) for x in (0, 50, 100)] + [(0, y, 100, y) for y in (0, 20)])
    signs = "2,863,400.508,600,000.00"
    run = Run(tuple(Glyph(sign, 1 + 4 * at, 5 + 4 * at, 14, 8) for at, sign in enumerate(signs)))
    assert [row.texts for row in fill(grid, [run]).rows(1)] == [("2,863,400.50", "8,600,000.00")]
