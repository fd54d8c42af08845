"""Somebody at the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SETTLED = "#chat .turn:not(.pending)"


class Visitor:
    """A page that remembers what it asked for and what went wrong in it."""

    def __init__(
        self,
        browser: Browser,
        server: str,
        width: int,
        height: int,
        touch: bool = False,
        login: tuple[str, str] | None = None,
    ) -> None:
        size: Any = {"width": width, "height": height}
        self.context = browser.new_context(viewport=size, locale="zh-CN", has_touch=touch, is_mobile=touch)
        self.page: Page = self.context.new_page()
        self.server = server
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.context.on("request", lambda request: self._note(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        if login:
            self._log_in(*login)
        self.open(server)

    def _log_in(self, name: str, password: str) -> None:
        self.page.goto(self.server)
        self.page.fill("#name", name)
        self.page.fill("#password", password)
        self.page.click("button")
        self.page.wait_for_selector("#chat .welcome", timeout=60_000)

    def open(self, url: str) -> None:
        """Goes to an address of the page."""
        self.page.goto(url)
        self.page.wait_for_selector("#chat .welcome, #chat .turn", timeout=60_000)

    def _note(self, url: str) -> None:
        if not url.startswith((self.server, "data:", "blob:")):
            self.foreign.append(url)

    def ask(self, question: str) -> None:
        """Types a question and waits for what comes of it."""
        before = self.page.locator(SETTLED).count()
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        self.wait_for_turn(before + 1)

    def wait_for_turn(self, number: int) -> None:
        """Until so many questions have an answer."""
        self.page.wait_for_function(
            "([s, n]) => document.querySelectorAll(s).length >= n && !document.querySelector('#evidence[aria-busy]')",
            arg=[SETTLED, number],
            timeout=60_000,
        )

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def has(self, selector: str) -> None:
        """Waits for it."""
        self.page.wait_for_selector(selector)

    def is_in_view(self, selector: str, frame: str) -> bool:
        found: Any = self.page.evaluate(
            "([a, b]) => { const [x, y] = [a, b].map(s => document.querySelector(s).getBoundingClientRect()); "
            "return x.top >= y.top - 1 && x.bottom <= y.bottom + 1 && x.left >= y.left - 1 && x.right <= y.right + 1 }",
            [selector, frame],
        )
        return bool(found)

    def focused(self) -> str:
        """The id of what has the focus."""
        return str(self.page.evaluate("document.activeElement.id"))

    def scrolls_sideways(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))

    def leave(self) -> None:
        """Closes the page; nothing may have gone wrong on it."""
        self.context.close()
        assert self.foreign == [], "the page must not ask other hosts for anything"
        assert self.errors == []
