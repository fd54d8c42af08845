"""In a meeting: large figures, text up to 200 %, by keyboard alone, light or dark, and legible."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.browser.visitor import Visitor

# the contrast of each text with what is behind it, as WCAG counts it
CONTRASTS = """selector => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (node) => { for (; node; node = node.parentElement) {
    const color = rgb(getComputedStyle(node).backgroundColor);
    if (color.length === 3 || color[3] === 1) return color; } return [255, 255, 255]; };
  return [...document.querySelectorAll(selector)].filter(n => n.offsetParent).map(n => {
    const [a, b] = [light(rgb(getComputedStyle(n).color)), light(behind(n))].sort((x, y) => y - x);
    return (a + .05) / (b + .05); });
}"""
UNNAMED = """[...document.querySelectorAll('#app button, #app input, #app textarea, #app select')]
  .filter(n => n.offsetParent && !n.textContent.trim() && !n.ariaLabel && !n.labels?.length).length"""
TEXTS = (
    "#top *, #chat p, #chat .mark, #chat .meta *, #evidence p, #evidence span, #evidence .chip *, #scope *, .suggestion"
)


def test_the_key_figure_is_large_with_its_source_under_it(projector: Visitor) -> None:
    projector.ask("第45项费用是多少？")
    assert not projector.page.locator("#chat .key").is_visible()
    projector.page.click("#meeting")
    assert projector.text("#chat .key b") == "45.69 万元"
    assert "附表4-6 一般公共预算基本支出表，第45项费用，合计" in projector.text("#chat .key small")
    size = projector.page.locator("#chat .key b").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 60
    width = projector.page.locator("#page").bounding_box()
    assert width and width["width"] > 1800
    projector.page.reload()
    projector.has("#chat .key b:visible")


@pytest.mark.parametrize("who", ["projector", "visitor", "phone"])
def test_text_grows_to_twice_its_size_and_stays(who: str, request: pytest.FixtureRequest) -> None:
    person: Visitor = request.getfixturevalue(who)
    person.ask("第45项费用是多少？")
    size = "parseFloat(getComputedStyle(document.querySelector('#chat .told p')).fontSize)"
    before = person.page.evaluate(size)
    for _ in range(3):
        person.page.click("#size")
    assert person.page.evaluate(size) == 2 * before
    assert not person.scrolls_sideways()
    box = person.page.locator("#question").bounding_box()
    assert box and box["y"] + box["height"] <= person.page.viewport_size["height"]  # type: ignore[index]
    person.page.reload()
    person.has("#chat .told p")
    assert person.page.evaluate(size) == 2 * before
    person.page.click("#size")
    assert person.page.evaluate(size) == before


def test_the_keyboard_does_it_all(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    assert visitor.focused() == "question"
    visitor.page.keyboard.press("ArrowRight")
    visitor.has("#evidence mark.cited-cell")
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.wait_for_function("document.querySelector('#evidence td.cited-cell')?.textContent.startsWith('3.69')")
    visitor.page.keyboard.press("ArrowLeft")
    visitor.has("#evidence mark.cited-cell")
    visitor.page.keyboard.press("/")
    assert visitor.focused() == "question" and visitor.page.input_value("#question") == ""
    visitor.page.keyboard.type("a/b")
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.wait_for_timeout(200)
    assert visitor.page.input_value("#question") == "a/b" and visitor.page.locator("#evidence mark.cited-cell").count()


def test_evidence_fills_the_screen_and_goes_back(projector: Visitor) -> None:
    projector.ask("第45项费用是多少？")
    projector.page.click("#full")
    box = projector.page.locator("#right").bounding_box()
    assert box and box["width"] == 1920 and box["height"] == 1080
    projector.page.wait_for_timeout(200)
    assert projector.is_in_view("#evidence td.cited-cell", "#evidence .grid-scroll")
    projector.page.keyboard.press("Escape")
    box = projector.page.locator("#right").bounding_box()
    assert box and box["width"] < 1000


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_is_legible_in_light_and_dark(visitor: Visitor, dark: bool) -> None:
    visitor.ask("第45项费用是多少？")
    if dark:
        visitor.page.click("#theme")
        visitor.page.locator("h1").hover()
    visitor.page.wait_for_timeout(400)
    contrasts = visitor.page.evaluate(CONTRASTS, TEXTS)
    assert len(contrasts) > 20
    assert min(contrasts) >= 4.5
    assert visitor.page.locator("#chat .told").evaluate("node => getComputedStyle(node).opacity") == "1"


def test_names_for_screen_readers_are_chinese(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    assert visitor.page.evaluate("document.documentElement.lang") == "zh-CN"
    name = visitor.page.locator("#chat .mark").first.get_attribute("aria-label")
    assert name == "出处 1：附表4-6 一般公共预算基本支出表，第45项费用，合计"
    assert visitor.page.evaluate(UNNAMED) == 0
    assert visitor.page.locator("#chat[aria-live]").count() == 1
    assert visitor.page.locator("#right[aria-live]").count() == 1


def test_what_is_printed_is_the_whole_conversation_without_the_evidence(visitor: Visitor, tmp_path: Path) -> None:
    import pdfplumber

    for question in ("列出全部", "列出全部", "列出全部", "第45项费用是多少？"):
        visitor.ask(question)
    visitor.page.pdf(path=tmp_path / "printed.pdf", format="A4")
    with pdfplumber.open(tmp_path / "printed.pdf") as printed:
        pages = [unicodedata.normalize("NFKC", page.extract_text()) for page in printed.pages]
    assert 2 <= len(pages) <= 3 and "第12项费用" in pages[0]
    text = "\n".join(pages)
    assert text.count("第1项费用(30201)") == 3, "folded rows too"
    assert "45.69 万元" in text and "表中合计与正文相差" in text
    assert "依据" not in text and "证据包" not in text and "发送" not in text
