"""The page: chat on the left, evidence on the right (below it on a phone)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import gradio as gr
import yaml
from fastapi import FastAPI

from assistant.sources import loaded_documents
from assistant.ui.evidence import EMPTY, escape, evidence_panel, query_panel
from assistant.ui.messages import suggestions
from assistant.ui.talk import Talk
from index.errors import BudgetError
from index.paths import ROOT

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.ask import Assistant

EXAMPLES: Final = ROOT / "data" / "examples.yaml"
WELCOME: Final = "## 想了解哪笔预算？\n\n用平常的话问就行，每个数字都能点开看原表原文。"
CONCURRENT_ANSWERS: Final = 4

_HERE: Final = Path(__file__).parent
_FONT: Final = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_MONO: Final = ("ui-monospace", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace")

Update = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events write to."""

    talk: gr.State
    chat: gr.Chatbot
    suggestions: gr.HTML
    question: gr.Textbox
    evidence: gr.HTML
    query: gr.HTML

    @property
    def all(self) -> list[Any]:
        """Every component, the outputs of events that touch several."""
        return [self.talk, self.chat, self.suggestions, self.question, self.evidence, self.query]


def mount_page(app: FastAPI, assistant: Assistant) -> FastAPI:
    """The page at the root of ``app``; nothing on it comes from another host."""
    theme = gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", radius_size="md", font=list(_FONT), font_mono=list(_MONO)
    )
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(assistant),
        path="/",
        theme=theme,
        css_paths=_HERE / "page.css",
        footer_links=[],
        ssr_mode=False,
        run_history=False,
        show_error=True,
    )
    return mounted


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page over an engine."""
    start = suggestions("试试这些问题", yaml.safe_load(EXAMPLES.read_text(encoding="utf-8")), "examples")
    page: gr.Blocks = gr.Blocks(title="预算问答", analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(_header(assistant), js_on_load=None, apply_default_css=False, elem_id="header")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=11, min_width=320, elem_id="left"):
                chat = gr.Chatbot(
                    show_label=False,
                    container=False,
                    placeholder=WELCOME,
                    height=None,
                    buttons=[],
                    feedback_options=None,
                    latex_delimiters=[],
                    layout="bubble",
                    elem_id="chat",
                )
                offered = gr.HTML(
                    start, js_on_load=_script("suggestions.js"), apply_default_css=False, elem_id="offered"
                )
                with gr.Row(elem_id="ask"):
                    question = gr.Textbox(
                        placeholder="问一个关于预算的问题",
                        show_label=False,
                        container=False,
                        max_lines=5,
                        submit_btn="发送",
                        autofocus=True,
                        elem_id="question",
                    )
                    clear = gr.Button("新对话", variant="secondary", elem_id="clear", min_width=84, scale=0)
            with gr.Column(scale=10, min_width=320, elem_id="right"):
                evidence = gr.HTML(
                    EMPTY, js_on_load=_script("evidence.js"), apply_default_css=False, elem_id="evidence"
                )
                query = gr.HTML("", js_on_load=None, apply_default_css=False, elem_id="query")
        parts = Parts(gr.State(Talk()), chat, offered, question, evidence, query)
        _connect(assistant, parts, clear, start)
        gr.api(_api(assistant), api_name="ask")
    page.queue(default_concurrency_limit=CONCURRENT_ANSWERS)
    return page


def _script(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _header(assistant: Assistant) -> str:
    records = [each.record for each in loaded_documents(assistant.warehouse)]
    titles = "；".join(f"{each.unit_name} {each.year or ''} {each.unit_level}{each.document_type}" for each in records)
    loaded = escape(f"已载入 {len(records)} 份文件：{titles}")
    return f'<header><h1>预算问答</h1><p title="{loaded}">{loaded}</p></header>'


def _connect(assistant: Assistant, parts: Parts, clear: gr.Button, start: str) -> None:
    def respond(question: str, talk: Talk) -> Iterator[Update]:
        yield from _respond(assistant, parts, question, talk)

    def take(event: gr.EventData, talk: Talk) -> Iterator[Update]:
        yield from _respond(assistant, parts, str(event.question), talk)

    def show(event: gr.EventData, talk: Talk) -> Update:
        answer = talk.answer_of(int(event.turn))
        return _evidence(assistant, parts, answer, int(event.turn), int(event.n)) if answer else {}

    def restart() -> Update:
        return {
            parts.talk: Talk(),
            parts.chat: [],
            parts.suggestions: start,
            parts.question: gr.Textbox(value="", interactive=True),
            parts.evidence: EMPTY,
            parts.query: "",
        }

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "outputs": parts.all}
    asked = parts.question.submit(respond, [parts.question, parts.talk], **quiet)
    clicked = parts.suggestions.click(take, [parts.talk], **quiet)
    parts.evidence.select(show, [parts.talk], **quiet)
    clear.click(restart, cancels=[asked, clicked], **quiet)


def _respond(assistant: Assistant, parts: Parts, question: str, talk: Talk) -> Iterator[Update]:
    if not question.strip():
        yield {parts.question: ""}
        return
    idle: Update = {parts.suggestions: "", parts.question: gr.Textbox(value="", interactive=False)}
    for _ in talk.ask(assistant, question.strip()):
        yield {parts.talk: talk, parts.chat: _messages(talk), **idle}
    done: Update = {parts.talk: talk, parts.question: gr.Textbox(interactive=True)}
    if answer := talk.answer_of(len(talk.turns)):
        first = answer.citations[0].n if answer.citations else 0
        done |= _evidence(assistant, parts, answer, len(talk.turns), first)
        done[parts.suggestions] = _next_questions(answer)
    yield done


def _messages(talk: Talk) -> list[dict[str, str]]:
    return [
        message
        for turn in talk.turns
        for message in (
            {"role": "user", "content": escape(turn.question)},
            {"role": "assistant", "content": turn.message},
        )
    ]


def _evidence(assistant: Assistant, parts: Parts, answer: Answer, turn: int, n: int) -> Update:
    return {
        parts.evidence: evidence_panel(assistant.warehouse, answer, turn, n),
        parts.query: query_panel(answer),
    }


def _next_questions(answer: Answer) -> str:
    if answer.clarify:
        return suggestions("请选一个", answer.clarify.options, "clarify")
    return suggestions("接着问", answer.follow_ups, "follow-ups")


def _api(assistant: Assistant) -> Any:
    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """问一个问题：返回回答、数字、出处和查询（与 POST /api/ask 相同）。"""
        try:
            return assistant.ask(question, history or ()).model_dump(mode="json")
        except BudgetError as error:
            raise gr.Error(str(error)) from error

    return ask
