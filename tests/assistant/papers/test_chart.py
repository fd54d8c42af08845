"""Charts show the numbers of the table."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

from assistant.papers.chart import MOST_BARS, chart_svg, charted
from tests.doubles import FixtureEngine


def texts_of(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def bars_of(svg: str) -> list[tuple[float, float]]:
    rects = list(ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"))[1:]
    return [(float(rect.attrib["x"]), float(rect.attrib["width"])) for rect in rects]


def test_the_same_numbers_as_the_table_with_unit_and_source(fixture_engine: FixtureEngine) -> None:
    svg = chart_svg(fixture_engine.ask("列出全部"), ["来源：《某某》附表4-6"])
    texts = texts_of(svg)
    assert texts[:2] == ["列出全部", "单位：万元"] and texts[-1] == "来源：《某某》附表4-6"
    assert [text for text in texts if re.fullmatch(r"[\d.]+", text)] == [f"{n}.69" for n in range(12, 0, -1)]


def test_lengths_are_as_the_numbers(fixture_engine: FixtureEngine) -> None:
    answer = fixture_engine.ask("列出全部").model_copy(
        update={"answer": "- 甲：**-20 元**\n- 乙：**40 元**\n- 丙：**0 元**"}
    )
    (left, below), (nought, above), (_, none) = bars_of(chart_svg(answer, []))
    assert abs(above - 2 * below) < 0.3 and abs(left + below - nought) < 0.3 and none == 1


def test_changes_are_drawn_with_their_direction_and_money_in_one_unit(fixture_engine: FixtureEngine) -> None:
    changes = ("减少 **2.00 万元**", "增加 **5000.00 元**", "持平 **0.00 元**")
    text = "\n".join(f"- {name}：本年 **9 万元**，{change}" for name, change in zip("甲乙丙", changes, strict=True))
    bars = charted(fixture_engine.ask("列出全部").model_copy(update={"answer": text}))
    assert bars == [("甲", Decimal(-2), "万元"), ("乙", Decimal("0.5"), "万元"), ("丙", Decimal(0), "万元")]


def test_what_cannot_be_compared_is_not_drawn(fixture_engine: FixtureEngine) -> None:
    answer = fixture_engine.ask("列出全部")
    for text in ("- 甲：**1 元**\n- 乙：**2 %**", "- 甲：**1 元**\n- 乙：畅通", "- 甲：**1 元**", "没有"):
        assert charted(answer.model_copy(update={"answer": text})) == []


def test_too_many_bars_are_told(fixture_engine: FixtureEngine) -> None:
    text = "\n".join(f"- 第{n}项：**{n} 元**" for n in range(1, MOST_BARS + 6))
    svg = chart_svg(fixture_engine.ask("列出全部").model_copy(update={"answer": text}), [])
    assert len(bars_of(svg)) == MOST_BARS and "只画前 30 项，共 35 项" in svg


def test_nothing_printed_is_read_as_markup(fixture_engine: FixtureEngine) -> None:
    text = "- <script>\x00：**1 元**\n- \"&'：**2 元**"
    answer = fixture_engine.ask("列出全部").model_copy(update={"answer": text, "question": "<b>"})
    assert "<script>" in texts_of(chart_svg(answer, ["<&>"]))


def test_amounts_stay_exact(fixture_engine: FixtureEngine) -> None:
    text = "- 甲：**12345678901234567.89 元**\n- 乙：**2 元**"
    entries = charted(fixture_engine.ask("列出全部").model_copy(update={"answer": text}))
    assert entries[0].number == Decimal("12345678901234567.89")
