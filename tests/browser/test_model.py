"""An answer that a language model took part in, had again without it."""

from __future__ import annotations

from tests.browser.visitor import Visitor


def test_an_answer_is_had_again_without_the_model(visitor: Visitor) -> None:
    visitor.ask("请模型看看第45项")
    assert "语言模型参与" in visitor.text('.turn[data-turn="1"] .meta')
    visitor.page.click("[data-act=rules]")
    visitor.wait_for_turn(2)
    assert visitor.page.locator("[data-act=rules]").count() == 1
    assert "语言模型参与" not in visitor.text('.turn[data-turn="2"] .meta')
    assert visitor.text('.turn[data-turn="2"] .user-row p') == "请模型看看第45项"
    assert not visitor.page.locator("#letter-frame").is_visible()
