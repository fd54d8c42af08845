"""The whole flow on one screen: question → meaning → tables or prose → notes → grounding → answer."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, TypedDict

from langgraph.channels import UntrackedValue
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph

from assistant.answer import Answer, Clarify
from assistant.answering.draft import Draft
from assistant.answering.follow_ups import follow_ups
from assistant.answering.notes import add_notes
from assistant.answering.refuse import refuse
from assistant.answering.route import answer_by_prose, answer_by_query, first_way, unknown_words
from assistant.conversation import inherit, standalone
from assistant.errors import QuestionInvalid
from assistant.ground import Ungrounded, check_grounded
from assistant.library import Library
from assistant.scope import ScopeProblem, candidates, named_units, scope_problem
from assistant.settings import Settings, settings
from assistant.understand.types import Understanding
from assistant.understand.understand import understand
from index.records import DocumentRecord
from index.warehouse import Warehouse

_REMEMBERED: Final = 8
_MOST_OPTIONS: Final = 6
_ITEM: Final = re.compile(r"- |\d+\. |> ")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of progress."""

    name: str
    text: str


class State(TypedDict, total=False):
    """What flows through the graph. Only ``questions`` is kept between turns."""

    questions: list[str]
    question: Annotated[str, UntrackedValue]
    asked: Annotated[Understanding, UntrackedValue]
    own: Annotated[Understanding, UntrackedValue]
    previous: Annotated[Understanding | None, UntrackedValue]
    draft: Annotated[Draft, UntrackedValue]
    problem: Annotated[ScopeProblem | None, UntrackedValue]
    clarify: Annotated[Clarify | None, UntrackedValue]
    done: Annotated[bool, UntrackedValue]


class Assistant:
    """Answers questions over one built index. Safe to share between threads."""

    def __init__(self, index_dir: Path | None = None, options: Settings | None = None) -> None:
        self._settings = options or settings()
        self._library = Library(index_dir or self._settings.index_dir)

    @property
    def warehouse(self) -> Warehouse:
        """The index's warehouse, to look at sources."""
        return self._library.warehouse

    def ask(self, question: str, history: Sequence[str] = (), id: str = "") -> Answer:
        """One answer. ``history`` are the questions asked before, oldest first."""
        started = time.perf_counter()
        final = self._graph.invoke({"questions": list(history), "question": self._checked(question)})
        return self._answer(final, id, started)

    def stream(self, question: str, conversation: str) -> Iterator[Step | Answer]:
        """Progress, then the answer. The conversation's earlier questions are remembered under its name."""
        started = time.perf_counter()
        config: Any = {"configurable": {"thread_id": conversation}}
        inputs: Any = {"question": self._checked(question)}
        final: dict[str, Any] = {}
        for mode, chunk in self._remembering.stream(
            inputs, config, stream_mode=["custom", "values"], durability="exit"
        ):
            if mode == "custom":
                yield chunk
            else:
                final = chunk
        yield self._answer(final, conversation, started)

    def warm_up(self) -> None:
        """Loads what the first question would otherwise wait for."""
        for document_id in list(self._library.documents)[:1]:
            self._library.catalog(document_id)
        for question in ("预算总额是多少？", "由谁负责公文？"):
            self.ask(question)

    def _checked(self, question: str) -> str:
        text = question.encode("utf-8", "ignore").decode().strip()
        if not text:
            raise QuestionInvalid("问题是空的。", "请输入要查询的内容，例如“公务接待费是多少？”。")
        if len(text) > self._settings.max_question_length:
            raise QuestionInvalid(
                f"问题太长（{len(text)} 字，最多 {self._settings.max_question_length} 字）。",
                "请只问一件事，分几次问。",
            )
        return text

    @cached_property
    def _graph(self) -> Any:
        return self._flow().compile()

    @cached_property
    def _remembering(self) -> Any:
        path = self._settings.conversations_path
        path.parent.mkdir(parents=True, exist_ok=True)
        return self._flow().compile(SqliteSaver(sqlite3.connect(path, check_same_thread=False)))

    def _flow(self) -> StateGraph[State]:
        flow = StateGraph(State)
        flow.add_node("understand", self._understand)
        flow.add_node("query", self._query)
        flow.add_node("retrieve", self._retrieve)
        flow.add_node("refuse", self._refuse)
        flow.add_node("verify", self._verify)
        flow.add_edge(START, "understand")
        flow.add_conditional_edges("understand", _after_understanding, ["query", "retrieve", "refuse", "verify"])
        flow.add_conditional_edges("query", lambda s: "verify" if s["done"] else "retrieve", ["verify", "retrieve"])
        flow.add_conditional_edges("retrieve", lambda s: "verify" if s["done"] else "refuse", ["verify", "refuse"])
        flow.add_edge("refuse", "verify")
        flow.add_edge("verify", END)
        return flow

    def _understand(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("understand", "理解问题…"))
        questions = state.get("questions", [])[-_REMEMBERED:]
        question = state["question"]
        documents = list(self._library.documents.values())
        found = candidates(question, documents, self._library.units)
        units = named_units(question, documents)
        if len(found) > 1:
            for earlier in reversed(questions):
                narrowed = candidates(earlier, found, self._library.units)
                if len(narrowed) < len(found):
                    found = narrowed
                    break
        catalog = self._library.catalog(found[0].document_id)
        previous: Understanding | None = None
        for earlier in questions:
            previous = inherit(understand(earlier, catalog), previous)
        own = understand(question, catalog)
        asked = inherit(own, previous)
        return {
            "questions": [*questions, question],
            "own": own,
            "previous": previous,
            "asked": asked,
            "draft": Draft(self._library, catalog, asked.asked_unit),
            "problem": scope_problem(asked, found[0]),
            "clarify": _one_at_a_time(units) if len(units) > 1 else _which_document(question, found),
        }

    def _query(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("query", "生成查询，读取附表…"))
        return {"done": answer_by_query(state["draft"], state["asked"])}

    def _retrieve(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("retrieve", "检索正文…"))
        return {"done": answer_by_prose(state["draft"], state["asked"])}

    def _refuse(self, state: State) -> dict[str, Any]:
        draft, asked = state["draft"], state["asked"]
        refuse(draft, asked, state.get("problem"), unknown_words(draft, asked))
        return {"done": True}

    def _verify(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("verify", "核对数字与出处…"))
        draft = state["draft"]
        if draft.route == "refuse" or state.get("clarify"):
            return {}
        add_notes(draft)
        try:
            check_grounded("\n".join(draft.lines), _sources(draft, state["question"]))
        except Ungrounded as error:
            refused = Draft(draft.library, draft.catalog, draft.asked_unit, "refuse")
            refused.lines.append(str(error))
            return {"draft": refused}
        return {}

    def _answer(self, state: dict[str, Any], id: str, started: float) -> Answer:
        draft: Draft = state["draft"]
        clarify: Clarify | None = state.get("clarify")
        elapsed = round((time.perf_counter() - started) * 1000, 1)
        if clarify:
            draft = Draft(draft.library, draft.catalog, None, "clarify", [clarify.question])
        kinds = {c.kind for c in draft.citations.listed}
        route = "both" if kinds == {"table", "text"} and draft.route in ("sql", "text") else draft.route
        return Answer(
            id=id,
            question=state["question"],
            standalone_question=standalone(state["asked"], state["own"], state.get("previous")),
            route=route,
            refused=route == "refuse",
            answer=_markdown(draft.lines),
            clarify=clarify,
            figures=draft.figures,
            citations=draft.citations.listed,
            sql=";\n".join(draft.queries) or None,
            columns=draft.columns,
            rows=draft.rows,
            notes=draft.notes,
            follow_ups=follow_ups(draft, state["asked"]),
            elapsed_ms={"total": elapsed},
        )


def _markdown(lines: Sequence[str]) -> str:
    """Lines as Markdown: items of a list or quote follow each other, everything else is a paragraph of its own."""
    text = ""
    for before, line in zip(("", *lines), lines, strict=False):
        same = _ITEM.match(before) and _ITEM.match(line)
        text += ("\n" if same else "\n\n") + line
    return text.strip()


def _after_understanding(state: State) -> str:
    if state.get("clarify"):
        return "verify"
    if state.get("problem") or state["asked"].intent == "instruction":
        return "refuse"
    return first_way(state["asked"])


def _which_document(question: str, found: Sequence[DocumentRecord]) -> Clarify | None:
    options = [f"《{document.title}》：{question}" for document in found[:_MOST_OPTIONS]]
    return Clarify(question="问的是哪一份文件？", options=options) if len(found) > 1 else None


def _one_at_a_time(units: Sequence[str]) -> Clarify:
    options = [f"只查{unit}" for unit in units[:_MOST_OPTIONS]]
    return Clarify(question=f"问题涉及{'、'.join(units)}，一次只能查一份文件，先查哪一份？", options=options)


def _sources(draft: Draft, question: str) -> Iterator[str]:
    """Every text a number of the answer may stand in."""
    yield question
    yield draft.heading
    yield from draft.grounds
    yield from draft.notes
    for citation in draft.citations.listed:
        yield " ".join(str(value) for value in citation.model_dump().values())
    for figure in draft.figures:
        yield figure.value
