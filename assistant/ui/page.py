"""The page: chat on the left, evidence on the right (over it on a phone). Gradio serves it; its scripts are one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI

from assistant.access.headers import SecureHeaders
from assistant.talks import Talks
from assistant.ui.desk import Desk
from assistant.ui.evidence import EMPTY
from assistant.ui.html import escape
from assistant.ui.papers import paper_routes
from assistant.ui.routes import page_routes
from assistant.ui.shelf import shelf_routes
from assistant.ui.stubs import without_stubs
from index.errors import BudgetError

with without_stubs():
    import gradio as gr

if TYPE_CHECKING:
    from assistant.serving import Serving
    from assistant.shelf import Shelf

_HERE: Final = Path(__file__).parent
_SCRIPTS: Final = ("page.js", "original.js", "shelf.js")
_STYLES: Final = ("page.css", "original.css", "shelf.css")
_FONT: Final = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_MONO: Final = ("ui-monospace", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def mount_page(
    app: FastAPI, serving: Serving, talks: Path | str, shelf: Shelf | None = None, *, is_alone: bool = True
) -> FastAPI:
    """The page at the root of ``app``; nothing on it comes from another host. ``talks``: where they are kept.

    ``shelf``: where editors change what is loaded; without one nobody does. ``is_alone``: no other process serves the
    same page.
    """
    desk = Desk(serving, Talks(talks))
    desk.ways.prepare()
    serving.on_switch(desk.ways.prepare)
    app.include_router(page_routes(desk, changes=shelf is not None))
    if shelf:
        app.include_router(shelf_routes(shelf))
    app.include_router(paper_routes(desk))
    app.add_middleware(SecureHeaders)
    theme = gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", radius_size="md", font=list(_FONT), font_mono=list(_MONO)
    )
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(serving, is_alone=is_alone),
        path="/",
        theme=theme,
        css_paths=[_HERE / name for name in _STYLES],
        favicon_path=_HERE / "icon.svg",
        footer_links=[],
        ssr_mode=False,
        run_history=False,
        show_error=True,
    )
    return mounted


def build_page(serving: Serving, *, is_alone: bool = True) -> gr.Blocks:
    """The page over an engine. Gradio's own clients are answered where ``is_alone``: their calls come in two requests,
    of which the second must reach the process that took the first."""
    page: gr.Blocks = gr.Blocks(title="预算问答", analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(
            _skeleton(serving.engine.max_question_length, with_model=serving.engine.model is not None),
            js_on_load="\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS),
            apply_default_css=False,
            elem_id="app",
        )
        if is_alone:
            gr.api(_api(serving), api_name="ask")
    return page


def _skeleton(longest: int, *, with_model: bool) -> str:
    """The page's parts. ``longest``: how many characters a question may have; ``with_model``: whether one is set."""
    parts = (_HERE / "page.html").read_text(encoding="utf-8")
    if with_model:
        parts = parts.replace('id="letter-frame" hidden', 'id="letter-frame"')
    parts = parts.replace('id="chat"', f'id="chat" data-most="{longest}"')
    return parts.replace('id="evidence"', f'id="evidence" data-blank="{escape(EMPTY)}"')


def _api(serving: Serving) -> Any:
    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """问一个问题：返回回答、数字、出处和查询（与 POST /api/ask 相同）。"""
        try:
            return serving.ask(question, history or (), way="gradio").model_dump(mode="json")
        except BudgetError as error:
            raise gr.Error(str(error)) from error

    return ask
