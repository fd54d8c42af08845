"""The page: chat on the left, evidence on the right (over it on a phone). Gradio serves it; its script is page.js."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import gradio as gr
from fastapi import FastAPI

from assistant.access.headers import SecureHeaders
from assistant.talks import Talks
from assistant.ui.desk import Desk
from assistant.ui.documents import short_name
from assistant.ui.evidence import EMPTY, escape
from assistant.ui.papers import paper_routes
from assistant.ui.routes import page_routes
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.ask import Assistant

_HERE: Final = Path(__file__).parent
_FONT: Final = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_MONO: Final = ("ui-monospace", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def mount_page(app: FastAPI, assistant: Assistant, talks: Path) -> FastAPI:
    """The page at the root of ``app``; nothing on it comes from another host. ``talks``: where they are kept."""
    desk = Desk(assistant, Talks(talks))
    desk.ways.prepare()
    app.include_router(page_routes(desk))
    app.include_router(paper_routes(desk))
    app.add_middleware(SecureHeaders)
    theme = gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", radius_size="md", font=list(_FONT), font_mono=list(_MONO)
    )
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(assistant),
        path="/",
        theme=theme,
        css_paths=_HERE / "page.css",
        favicon_path=_HERE / "icon.svg",
        footer_links=[],
        ssr_mode=False,
        run_history=False,
        show_error=True,
    )
    return mounted


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page over an engine."""
    page: gr.Blocks = gr.Blocks(title="预算问答", analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(
            _skeleton(assistant),
            js_on_load=(_HERE / "page.js").read_text(encoding="utf-8"),
            apply_default_css=False,
            elem_id="app",
        )
        gr.api(_api(assistant), api_name="ask")
    return page


def _skeleton(assistant: Assistant) -> str:
    """The page's parts, with what its script has to know of what is loaded."""
    names = {each.document_id: short_name(each) for each in assistant.warehouse.documents()}
    parts = (_HERE / "page.html").read_text(encoding="utf-8")
    parts = parts.replace('id="scope"', f'id="scope" data-documents="{escape(json.dumps(names, ensure_ascii=False))}"')
    if assistant.model is not None:
        parts = parts.replace('id="letter-frame" hidden', 'id="letter-frame"')
    parts = parts.replace('id="chat"', f'id="chat" data-most="{assistant.max_question_length}"')
    return parts.replace('id="evidence"', f'id="evidence" data-blank="{escape(EMPTY)}"')


def _api(assistant: Assistant) -> Any:
    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """问一个问题：返回回答、数字、出处和查询（与 POST /api/ask 相同）。"""
        try:
            return assistant.ask(question, history or ()).model_dump(mode="json")
        except BudgetError as error:
            raise gr.Error(str(error)) from error

    return ask
