"""Printed lines to paragraphs: what goes on in the next line, and what begins anew there."""

from __future__ import annotations

from index.convert.page.lines import Line, Piece
from index.convert.page.prose import Margins, paragraphs_of


def paragraphs(*lines: tuple[str, float, float]) -> list[str]:
    """The paragraphs of lines of one page, each with where it begins and ends; the margins are at 100 and 500."""
    made = [
        Line(1, 20.0 * number, 12.0, (Piece(text, x0, x1),), ()) for number, (text, x0, x1) in enumerate(lines, start=1)
    ]
    return [paragraph.text for _, paragraph in paragraphs_of(made, {1: Margins(100.0, 500.0)})]


def test_a_full_line_goes_on_below() -> None:
    assert paragraphs(("（一）本年财政拨款收入比上年有所增加，主要", 124, 500), ("原因是人数增加。", 100, 200)) == [
        "（一）本年财政拨款收入比上年有所增加，主要原因是人数增加。"
    ]


def test_items_below_each_other_are_paragraphs_of_their_own() -> None:
    items = ["（二）本年其他资金收入839965.26万元", "3.财政专户管理资金收入261765.52万元", "4.事业收入441986.28万元"]
    assert paragraphs(*((item, 100, 500) for item in items)) == items


def test_an_ordinal_within_a_sentence_begins_nothing() -> None:
    assert paragraphs(
        ("本部门按照市政府办公厅关于印发职能配置的规定（", 100, 500), ("二）的要求编制预算。", 100, 250)
    ) == ["本部门按照市政府办公厅关于印发职能配置的规定（二）的要求编制预算。"]
