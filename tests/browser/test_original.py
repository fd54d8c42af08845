"""The page of the original file beside the printed table: the cited cell's box, zoom, scans, files without pages."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from tests.browser.visitor import Visitor

ORIGINAL = '#evidence button[data-view="original"]'
DRAWN = "#evidence .sheet.drawn img"
BOX = "#evidence .cited-box"
SHEET = "#evidence .sheet-scroll"


def on_the_picture(visitor: Visitor, inside: bool) -> list[int]:
    """How dark the picture is under the box, told by its own dots: the darkest, of 255."""
    script = """async ([inside]) => {
        const image = document.querySelector("#evidence .sheet img");
        const box = document.querySelector("#evidence .cited-box");
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
        const pen = canvas.getContext("2d");
        pen.drawImage(image, 0, 0);
        const [l, t, w, h] = ["left", "top", "width", "height"].map((each) => parseFloat(box.style[each]) / 100);
        const at = inside ? [l + 0.005, t + 0.005] : [l + 0.005, t + h + 0.0015];
        const size = inside ? [w - 0.01, h - 0.01] : [w - 0.01, 0.007];
        const [x, y] = [at[0] * canvas.width, at[1] * canvas.height];
        const data = pen.getImageData(x, y, size[0] * canvas.width, size[1] * canvas.height).data;
        return [...data].filter((_, n) => n % 4 === 0);
    }"""
    return [int(each) for each in visitor.page.evaluate(script, [inside])]


def test_the_page_is_opened_at_the_box_of_the_cited_cell(visitor: Visitor) -> None:
    visitor.ask("看原件")
    assert visitor.text("#evidence td.cited-cell").startswith("5.05")
    assert not visitor.page.locator(SHEET).is_visible()
    visitor.page.click(ORIGINAL)
    visitor.has(DRAWN)
    assert "第 1 页" in visitor.text(ORIGINAL)
    assert not visitor.page.locator("#evidence .grid").is_visible()
    visitor.page.wait_for_timeout(150)
    assert visitor.is_in_view(BOX, SHEET)
    assert min(on_the_picture(visitor, inside=True)) < 100, "the cell's number is inside the box"
    assert min(on_the_picture(visitor, inside=False)) > 200, "below the box the page is blank"


def test_the_next_source_is_shown_on_its_page_and_scans_say_so(visitor: Visitor) -> None:
    visitor.ask("看原件")
    visitor.page.click(ORIGINAL)
    visitor.has(DRAWN)
    assert "识别所得" not in visitor.text("#evidence .original")
    visitor.page.click("#next")
    visitor.has('#evidence .evidence[data-n="2"] .sheet.drawn img')
    assert "第 2 页；本页是扫描页" in visitor.text("#evidence figcaption")
    visitor.page.wait_for_timeout(150)
    assert visitor.is_in_view(BOX, SHEET)
    visitor.page.click('#evidence button[data-view="printed"]')
    assert "识别所得，请核对原件" in visitor.text("#evidence .reading")
    assert visitor.page.locator("#evidence td.recognised").count() == 40
    visitor.page.click("#next")
    visitor.has("#evidence mark.cited-cell")
    assert visitor.page.locator("#evidence .views").count() == 0
    assert "没有页面图" in visitor.text("#evidence .facts")


def test_zoom_keeps_the_box_in_sight(visitor: Visitor) -> None:
    visitor.ask("看原件")
    visitor.page.click(ORIGINAL)
    visitor.has(DRAWN)
    before = visitor.page.locator(BOX).bounding_box()
    visitor.page.click('#evidence [data-zoom="1"]')
    visitor.page.locator(SHEET).press("+")
    after = visitor.page.locator(BOX).bounding_box()
    assert before and after and after["width"] > before["width"] * 1.4
    assert visitor.is_in_view(BOX, SHEET)
    visitor.page.click('#evidence [data-zoom="0"]')
    assert visitor.text("#evidence .zoom span") == "100%"


def test_on_the_full_screen_table_and_page_stand_side_by_side(projector: Visitor) -> None:
    projector.ask("看原件")
    projector.page.click("#full")
    projector.has(DRAWN)
    projector.page.wait_for_timeout(300)
    assert projector.is_in_view(BOX, SHEET)
    assert projector.is_in_view("#evidence td.cited-cell", "#evidence .grid-scroll")
    table, page = (projector.page.locator(each).bounding_box() for each in ("#evidence .source", "#evidence .original"))
    assert table and page and table["x"] + table["width"] <= page["x"]
    projector.page.keyboard.press("Escape")
    assert not projector.page.locator("#evidence .original").is_visible()


def test_a_phone_shows_the_page_too(phone: Visitor) -> None:
    phone.ask("看原件")
    phone.page.locator("#chat .mark").first.tap()
    phone.page.tap(ORIGINAL)
    phone.has(DRAWN)
    phone.page.wait_for_timeout(300)
    assert phone.is_in_view(BOX, SHEET)
    assert phone.is_in_view(BOX, "#right")
    line = phone.page.locator(BOX).bounding_box()
    assert line and line["height"] >= 20, "large enough to read"
    assert not phone.scrolls_sideways()


def test_a_page_that_cannot_be_drawn_says_why(visitor: Visitor) -> None:
    visitor.page.route(
        "**/original.png*",
        lambda route: route.fulfill(status=422, json={"problem": "原文件已不在原处。", "remedy": ""}),
    )
    visitor.ask("看原件")
    visitor.page.click(ORIGINAL)
    visitor.page.wait_for_function("document.querySelector('#evidence .sheet').textContent.includes('不在原处')")


@pytest.mark.parametrize("query", ["c={talk}&turn=1&n=1", "c={talk}&turn=1&n=9", "c=none&turn=1&n=1"])
def test_nobody_else_gets_the_picture(visitor: Visitor, query: str) -> None:
    visitor.ask("看原件")
    talk = visitor.page.url.partition("c=")[2]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{visitor.server}/page/original.png?{query.format(talk=talk)}", timeout=10)
    assert refused.value.code == 422
