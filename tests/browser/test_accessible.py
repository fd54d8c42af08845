"""axe finds nothing serious, at any size, in light and dark, in any of the panels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from assistant.shelf.item import Item, Report
from assistant.ui.shelf import shelf_panel
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations.filter((each) => ["serious", "critical"].includes(each.impact))
        .map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""
SIZES = [(1920, 1080), (1300, 850), (390, 844)]


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
def visitor(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    visitor = Visitor(browser, server, *request.param, touch=request.param[0] < 500)
    visitor.page.evaluate(AXE)
    yield visitor
    visitor.leave()


def serious(visitor: Visitor) -> list[str]:
    """What axe finds in both themes."""
    found: list[str] = []
    for theme in ("light", "dark"):
        visitor.page.evaluate("dark => document.body.classList.toggle('dark', dark)", theme == "dark")
        found += [f"{theme} {each}" for each in visitor.page.evaluate(RUN)]
    return found


def changes() -> str:
    """The shelf with a change in each state."""
    report = Report(
        "甲2025年部门预算", ("三公经费支出表 1",), 4, 1, Decimal("97.0"), 1, ("合计差 1.00 万元。",), ("重复",)
    )
    states: Any = ("reading", "read", "unusable", "failed", "done")
    items = [Item(state, f"{state}.pdf", "", state=state, report=report, told="说明。", share=0.4) for state in states]
    return shelf_panel(items)


def _evidence(visitor: Visitor) -> None:
    visitor.ask("看原件")
    visitor.ask("列出全部")
    visitor.ask("第45项费用是多少？")
    if visitor.page.locator("#back").is_hidden() and visitor.page.locator("#right").is_hidden():
        visitor.page.locator("#chat .mark").last.tap()


def _original(visitor: Visitor) -> None:
    visitor.ask("看原件")
    if visitor.page.locator("#right").is_hidden():
        visitor.page.locator("#chat .mark").first.tap()
    visitor.page.click('#evidence button[data-view="original"]')
    visitor.has("#evidence .sheet.drawn img")


def _documents(visitor: Visitor) -> None:
    visitor.page.route(
        "**/page/shelf", lambda route: route.fulfill(json={"html": changes(), "busy": False, "ready": []})
    )
    visitor.page.click("#choose-scope")
    visitor.has("#shelf-items .change")
    visitor.has("#document-list table")


def _letter(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.page.locator('#chat [data-act="letter"]').click()
    visitor.has("#letter-body")


@pytest.mark.parametrize("panel", [_evidence, _original, _documents, _letter])
def test_nothing_serious_is_found(visitor: Visitor, panel: Callable[[Visitor], None]) -> None:
    panel(visitor)
    assert serious(visitor) == []
