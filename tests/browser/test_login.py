"""Where others can reach the server, people log in first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.access import Users
from tests.browser.conftest import free_port, running
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_login_answer_and_logout(browser: Browser, tmp_path: Path) -> None:
    users = tmp_path / "users.json"
    Users(users).add("王芳", "correct horse")
    port = free_port()
    command = ["-m", "tests.browser.fixture_server", str(tmp_path), str(port), str(users)]
    with running(command, port, tmp_path / "log"):
        page = browser.new_page(locale="zh-CN")
        page.goto(f"http://127.0.0.1:{port}")
        page.fill("#name", "王芳")
        page.fill("#password", "wrong horse")
        page.click("button")
        assert "用户名或密码不对" in page.inner_text("p")
        page.close()

        visitor = Visitor(browser, f"http://127.0.0.1:{port}", 390, 844, login=("王芳", "correct horse"))
        visitor.ask("第45项费用是多少？")
        assert "45.69" in visitor.text("#chat .bot-row")
        assert not visitor.scrolls_sideways()
        visitor.page.click("#logout button")
        visitor.has("#password")
        visitor.leave()
