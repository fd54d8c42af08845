"""Pages as readers see them: what is covered, slanted, turned, filled in, stacked or beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.convert.pdf import PdfConverter
from index.document import Block, Gap, Paragraph, RawTable
from index.errors import DocumentError
from tests.writers.pdf import FONT

Draw = Callable[[Canvas], None]
Rows = Sequence[Sequence[str]]

_ROWS = [("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", "616.20"), ("20101", "人大事务", "545.50")]
_LEFT, _TOP, _WIDTH, _HEIGHT = 60.0, 700.0, 110.0, 24.0


def _read(*pages: Draw) -> tuple[Block | Gap, ...]:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for draw in pages:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return PdfConverter().read(buffer.getvalue(), Path("预算.pdf"))


def _table(canvas: Canvas, rows: Rows, left: float = _LEFT, top: float = _TOP) -> None:
    """Ruled cells; a line break within a text begins a new line in its cell."""
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            x, y = left + column * _WIDTH, top - (row + 1) * _HEIGHT
            canvas.rect(x, y, _WIDTH, _HEIGHT)
            lines = text.split("\n")
            for line, words in enumerate(lines):
                canvas.drawString(x + 4, y + 8 + 10 * (len(lines) - 1 - line) - 4 * (len(lines) > 1), words)


def _texts(blocks: Sequence[Block | Gap]) -> list[object]:
    return [[row.texts for row in each.rows] if isinstance(each, RawTable) else each.text for each in blocks]


@pytest.mark.parametrize(("mode", "size"), [(3, 10), (7, 10), (0, 1)], ids=["invisible", "clip", "tiny"])
def test_text_that_is_not_drawn_or_too_small_to_be_seen_is_not_read(mode: int, size: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFont(FONT, size)
        canvas.drawString(_LEFT + 2 * _WIDTH + 50, _TOP - 3 * _HEIGHT + 8, "999.99", mode=mode)
        canvas.restoreState()
        _table(canvas, _ROWS)

    assert _texts(_read(draw)) == [_ROWS]


def test_text_that_is_not_drawn_tells_what_a_picture_shows() -> None:
    def draw(canvas: Canvas) -> None:
        picture = ImageReader(Image.new("L", (40, 40), 200))
        canvas.drawImage(picture, _LEFT, _TOP - 300, 300, 200)
        canvas.saveState()
        canvas.drawString(_LEFT + 20, _TOP - 200, "本部门没有政府性基金预算。", mode=3)
        canvas.restoreState()
        _table(canvas, _ROWS)

    assert _texts(_read(draw))[:2] == [_ROWS, "本部门没有政府性基金预算。"]


@pytest.mark.parametrize("is_filled", [False, True])
def test_what_a_line_is_drawn_through_is_not_read_and_underlined_text_is(is_filled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, [*_ROWS[:2], ("20101", "人大事务", "999.99 545.50")])
        left, baseline = _LEFT + 2 * _WIDTH + 4, _TOP - 3 * _HEIGHT + 8
        width = canvas.stringWidth("999.99", FONT, 10)
        for y in (baseline + 3, _TOP - 2 * _HEIGHT + 6.5):
            if is_filled:
                canvas.rect(left, y, width, 0.6, stroke=0, fill=1)
            else:
                canvas.line(left, y, left + width, y)

    assert _texts(_read(draw)) == [_ROWS]


def test_what_a_white_box_covers_is_not_there() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, [*_ROWS[:2], ("20101", "人大事务", "")])
        canvas.drawString(_LEFT + 2 * _WIDTH + 4, _TOP - 3 * _HEIGHT + 8, "999.99")
        canvas.setFillGray(1)
        canvas.rect(_LEFT + 2 * _WIDTH + 2, _TOP - 3 * _HEIGHT + 4, 90, 16, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(_LEFT + 2 * _WIDTH + 6, _TOP - 3 * _HEIGHT + 8, "545.50")

    assert _texts(_read(draw)) == [_ROWS]


def test_white_text_is_seen_on_dark_cells_only() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(_LEFT, _TOP - _HEIGHT, 3 * _WIDTH, _HEIGHT, stroke=0, fill=1)
        canvas.setFillGray(1)
        _table(canvas, _ROWS[:1])
        canvas.drawString(_LEFT + 2 * _WIDTH + 60, _TOP - 2 * _HEIGHT + 8, "888")
        canvas.setFillGray(0)
        _table(canvas, _ROWS[1:], top=_TOP - _HEIGHT)

    assert _texts(_read(draw)) == [_ROWS]


def test_what_is_written_over_on_a_coloured_box_is_not_there() -> None:
    def draw(canvas: Canvas, written: str = "999.99") -> None:
        _table(canvas, [*_ROWS[:2], ("20101", "人大事务", "545.50")])
        canvas.setFillColorRGB(1, 1, 0.7)
        canvas.rect(_LEFT + 2 * _WIDTH + 2, _TOP - 3 * _HEIGHT + 4, 90, 16, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(_LEFT + 2 * _WIDTH + 6, _TOP - 3 * _HEIGHT + 8, written)

    assert _texts(_read(draw)) == [[*_ROWS[:2], ("20101", "人大事务", "999.99")]]
    # Without anything written on it the box may be a highlight.
    assert _texts(_read(lambda canvas: draw(canvas, ""))) == [[*map(tuple, _ROWS)]]


def test_an_edge_that_a_page_break_left_open_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, _ROWS)
        for column in range(4):  # the rest of a row that began on the page before
            x = _LEFT + column * _WIDTH
            canvas.line(x, _TOP, x, _TOP + 20)
        canvas.drawString(_LEFT + _WIDTH + 4, _TOP + 6, "（续）")

    assert _texts(_read(draw)) == [[("", "（续）", ""), *map(tuple, _ROWS)]]


def test_merged_cells_that_a_page_break_leaves_open_are_cells() -> None:
    def draw(canvas: Canvas) -> None:
        for x in (60, 120, 200, 330, 420):
            canvas.line(x, 600, x, 700)
        for y, left in ((700, 200), (680, 200), (660, 120), (640, 200), (620, 200), (600, 200)):
            canvas.line(left, y, 420, y)
        for x, y, text in ((64, 650, "产出指标"), (124, 644, "成本指标"), (124, 684, "时效指标")):
            canvas.drawString(x, y, text)
        for row, name in enumerate(("完成时间", "验收时间", "差旅费", "会议费", "印刷费")):
            canvas.drawString(204, 686 - 20 * row, name)
            canvas.drawString(334, 686 - 20 * row, f"{row + 1}万元")

    (table,) = _read(draw)
    assert isinstance(table, RawTable)
    first, _, third, *_ = (row.cells for row in table.rows)
    assert [(cell.text, cell.row_span) for cell in first if cell][:2] == [("产出指标", 5), ("时效指标", 2)]
    assert next((cell.text, cell.row_span) for cell in third if cell) == ("成本指标", 3)


@pytest.mark.parametrize("over", [3.0, 30.0])
def test_a_table_open_at_its_sides_keeps_its_outer_columns(over: float) -> None:
    def draw(canvas: Canvas) -> None:
        for row, texts in enumerate(_ROWS):
            for column, text in enumerate(texts):
                canvas.drawString(_LEFT + column * _WIDTH + 34, _TOP - (row + 1) * _HEIGHT + 8, text)
        for row in range(4):
            canvas.line(_LEFT + 30 - over, _TOP - row * _HEIGHT, _LEFT + 3 * _WIDTH + over, _TOP - row * _HEIGHT)
        for column in range(1, 3) if over > 10 else range(4):
            x = _LEFT + column * _WIDTH + (30 if over > 10 or column < 3 else 0)
            canvas.line(x, _TOP, x, _TOP - 3 * _HEIGHT)

    assert _texts(_read(draw)) == [[*map(tuple, _ROWS)]]


def test_where_white_boxes_would_cover_all_they_are_no_boxes() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, _ROWS)
        canvas.setFillColorRGB(1, 1, 1, alpha=0.01)
        canvas.rect(0, 0, 595, 842, stroke=0, fill=1)

    assert _texts(_read(draw)) == [_ROWS]


@pytest.mark.parametrize("words", ["公开样本", "2024-03-15 10.1.3.22"])
@pytest.mark.parametrize("angle", [30, 45, 60, -30])
def test_a_slanted_watermark_does_no_harm(words: str, angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, _ROWS)
        canvas.saveState()
        canvas.translate(_LEFT, _TOP - 60)
        canvas.rotate(angle)
        canvas.setFillGray(0.8)
        for step in range(6):
            canvas.drawString(60 * step, 0, words)
        canvas.restoreState()

    assert _texts(_read(draw)) == [_ROWS]


def test_a_large_pale_watermark_does_no_harm() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.85)
        canvas.setFont(FONT, 40)
        canvas.drawString(_LEFT, _TOP - 60, "2024 0315 88")
        canvas.setFillGray(0)
        canvas.setFont(FONT, 10)
        _table(canvas, _ROWS)

    assert _texts(_read(draw)) == [_ROWS]


def test_pale_words_across_the_text_do_no_harm() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, _ROWS)
        canvas.setFillGray(0.8)
        for line in range(8):
            canvas.drawString(_LEFT + 10, _TOP - 10 * line, "10.1.3.22 内部 2024-03-15 云岭市" * 2)

    assert _texts(_read(draw)) == [_ROWS]


def test_pale_words_in_cells_of_their_own_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, _ROWS[:2])
        canvas.setFillGray(0.75)
        _table(canvas, _ROWS[2:], top=_TOP - 2 * _HEIGHT)

    assert _texts(_read(draw)) == [_ROWS]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_of_turned_text_is_turned(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*{90: (700, 0), 180: (595, 842), 270: (0, 595)}[angle])
        canvas.rotate(angle)
        canvas.drawString(_LEFT, _TOP - 240, "单位：万元")
        _table(canvas, _ROWS, top=_TOP - 250)

    assert _texts(_read(draw)) == ["单位：万元", _ROWS]


def test_what_lies_off_the_page_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, _ROWS)
        canvas.drawString(700, 400, "裁切线以外的说明文字，读者看不见。")

    assert _texts(_read(draw)) == [_ROWS]


def test_amounts_in_form_fields_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, [_ROWS[0], *((code, name, "") for code, name, _ in _ROWS[1:])])
        for row in (1, 2):
            x, y = _LEFT + 2 * _WIDTH + 2, _TOP - (row + 1) * _HEIGHT + 2
            canvas.acroForm.textfield(name=f"f{row}", value=_ROWS[row][2], x=x, y=y, width=_WIDTH - 4, height=20)

    assert _texts(_read(draw)) == [_ROWS]


def test_numbers_below_each_other_are_two() -> None:
    rows = [("合计\n预算数 决算数", "公务接待费\n预算数 决算数"), ("42\n31", "7.5\n4.0")]
    ((_, values),) = _texts(_read(lambda canvas: _table(canvas, rows)))  # type: ignore[misc]
    assert values == ("42 / 31", "7.5 / 4.0")


def test_a_number_that_wraps_is_one() -> None:
    rows = [("编码", "名称"), ("123456789012345678\n90", "某项目")]
    ((_, values),) = _texts(_read(lambda canvas: _table(canvas, rows)))  # type: ignore[misc]
    assert values == ("123456789012345678 90", "某项目")


def test_tables_beside_each_other_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 800, "某某市教育局2024年部门预算及有关情况的公开说明材料（含附表和附件）")
        for left, title, unit in ((30, "一般公共预算支出表", "单位：万元"), (310, "政府性基金预算支出表", "单位：元")):
            canvas.drawString(left + 40, _TOP + 30, title)
            canvas.drawString(left + 150, _TOP + 10, unit)
            _table(canvas, [("科目名称", "合计"), (f"{title[:3]}支出", "710.30")], left)

    _, *rest = _texts(_read(draw))
    assert rest == [
        "一般公共预算支出表", "单位：万元", [("科目名称", "合计"), ("一般公支出", "710.30")],
        "政府性基金预算支出表", "单位：元", [("科目名称", "合计"), ("政府性支出", "710.30")],
    ]  # fmt: skip


def _picture(canvas: Canvas) -> None:
    data = BytesIO()
    Image.new("L", (200, 200), 200).save(data, "PNG")
    canvas.drawImage(ImageReader(BytesIO(data.getvalue())), 60, 200, 450, 500)


def test_pages_of_pictures_are_told_by_number() -> None:
    def text(canvas: Canvas) -> None:
        canvas.drawString(60, 750, "某某市教育局2024年部门预算，各表见后附的图片，共三页，请查阅。")

    *blocks, gap = _read(text, _picture, text, _picture, _picture)
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert isinstance(gap, Gap) and gap.text.startswith("第 2、4—5 页有整块的图片")


def test_a_scan_with_a_layer_of_text_is_read_and_not_told() -> None:
    def draw(canvas: Canvas) -> None:
        _picture(canvas)
        _table(canvas, _ROWS, top=600)

    assert _texts(_read(draw)) == [_ROWS]


def test_text_in_private_characters_is_told_with_its_font(monkeypatch: pytest.MonkeyPatch) -> None:
    def scrambled(text: str) -> str:
        return "".join(chr(0xE000 + ord(sign) % 0x1000) if ord(sign) > 0x2E80 else sign for sign in text)

    monkeypatch.setattr("index.convert.pdf.converter.visible_characters", _with_texts(scrambled))
    with pytest.raises(DocumentError, match="第 1 页所用字体“STSong-Light”没有可用的文字编码"):
        _read(lambda canvas: _table(canvas, _ROWS * 4))


def test_text_in_characters_shifted_against_the_font_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(text: str) -> str:
        return "".join(chr(0x4E00 + (ord(sign) * 37 + 11) % 0x5000) if ord(sign) > 0x2E80 else sign for sign in text)

    monkeypatch.setattr("index.convert.pdf.converter.visible_characters", _with_texts(shifted))
    with pytest.raises(DocumentError, match="没有可用的文字编码"):
        _read(lambda canvas: _table(canvas, _ROWS * 4))


def _with_texts(change: Callable[[str], str]) -> Callable[..., list[dict[str, object]]]:
    from index.convert.pdf.visible import visible_characters

    return lambda page: [{**each, "text": change(each["text"])} for each in visible_characters(page)]


def test_an_amount_at_the_rule_is_no_part_of_the_words_behind_it() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, [("项目", "预算数", "项目"), ("基金", "", ""), ("收入合计", "5.00", "支出合计")])
        canvas.drawRightString(_LEFT + 2 * _WIDTH - 0.5, _TOP - 2 * _HEIGHT + 8, "37,891.58")
        canvas.drawString(_LEFT + 2 * _WIDTH + 0.5, _TOP - 2 * _HEIGHT + 8, "一、一般公共服务支出")

    (rows,) = _texts(_read(draw))
    assert rows == [
        ("项目", "预算数", "项目"),
        ("基金", "37,891.58", "一、一般公共服务支出"),
        ("收入合计", "5.00", "支出合计"),
    ]


def test_amounts_at_a_rule_stay_in_their_cells_where_the_next_page_has_it_a_little_to_the_left() -> None:
    def page(shift: float) -> Draw:
        def draw(canvas: Canvas) -> None:
            _table(canvas, [("项目", "合计", "目标"), ("甲", "", "建设"), ("乙", "7.00", "建设")], left=_LEFT + shift)
            canvas.drawRightString(_LEFT + shift + 2 * _WIDTH - 0.5, _TOP - 2 * _HEIGHT + 8, "177.00")

        return draw

    first, second = _texts(_read(page(0), page(5)))
    assert first == second == [("项目", "合计", "目标"), ("甲", "177.00", "建设"), ("乙", "7.00", "建设")]


def test_small_raised_digits_behind_an_amount_are_a_mark() -> None:
    def draw(canvas: Canvas) -> None:
        _table(canvas, [*_ROWS[:2], ("20101", "人大事务", "545.50")])
        canvas.setFont(FONT, 6)
        width = canvas.stringWidth("545.50", FONT, 10)
        canvas.drawString(_LEFT + 2 * _WIDTH + 4 + width, _TOP - 3 * _HEIGHT + 12, "1")

    (rows,) = _texts(_read(draw))
    assert isinstance(rows, list) and rows[2] == ("20101", "人大事务", "545.50[1]")
