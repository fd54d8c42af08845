"""The page for developers, as a browser sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.interface import DOCS_PATH

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("width", [390, 1300, 1920])
def test_it_asks_nobody_but_this_server(browser: Browser, server: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 850})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}{DOCS_PATH}", wait_until="networkidle")
    assert f"curl -s {server}/api/ask" in page.inner_text("pre")
    page.click('td a[href="#TableCitation"] >> nth=0')
    assert page.locator("#TableCitation").is_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.close()
    assert asked[0] == f"{server}{DOCS_PATH}" and all(url.startswith(f"{server}/") for url in asked)
