"""The whole flow on one screen: question → parts → meaning → tables or prose → notes → grounding → answer."""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Any, Final, TypedDict

from langgraph.channels import UntrackedValue
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph

from assistant.answer import Answer, Clarify, Engine, TableCitation
from assistant.answering.across.entries import Party
from assistant.answering.across.everyone import answer_everyone
from assistant.answering.across.passages import quote_everyone
from assistant.answering.across.route import answer_across
from assistant.answering.draft import Draft, quoted_subject
from assistant.answering.notes import add_spellings
from assistant.answering.operators import uses_all
from assistant.answering.phrases import unit_name
from assistant.answering.refuse import refuse, refuse_everyone
from assistant.answering.route import answer_by_prose, answer_by_query, attempt, first_way, unknown_words
from assistant.answering.suggest import which_item
from assistant.bare import is_bare, led, over_classes, what_is_meant
from assistant.catalog import DocumentCatalog
from assistant.choose import instead_of, open_asks, the_rest, verified
from assistant.compose import Outcome, bare_part, compose, joined, put_together, which_document, which_part
from assistant.core import Core
from assistant.errors import QuestionInvalid
from assistant.explain import Explanation, explain
from assistant.left_open import of_own_units, topics_left_out, with_nearest, with_unsaid, years_left_out
from assistant.library import Library
from assistant.meanings import Meanings
from assistant.model.chat import Chat
from assistant.model.consult import Consultant
from assistant.named_by_amount import with_project_named
from assistant.originals import Originals
from assistant.reader import Part, QuestionReader, ReadQuestion, Side, Winner
from assistant.reading.carried import Carried
from assistant.recognised import with_recognition
from assistant.relaxation import (
    Relaxed,
    asserted,
    gone_on,
    relaxations,
    restatements,
    reworded,
    said_around,
    tells_only_totals,
    texts_of,
    unchecked,
    unread_of,
    with_claims,
    without_talk,
)
from assistant.remembered import remembered
from assistant.reply.related import with_related
from assistant.reply.told_items import names_untold
from assistant.scope import (
    Choice,
    ScopeProblem,
    adjusted_problem,
    document_name,
    final_account_problem,
    named_in,
    scope_problem,
)
from assistant.settings import Settings, settings
from assistant.steps import AGAIN, MOST, Steps, TooManySteps
from assistant.understand.paraphrases import in_plain_signs
from assistant.unit_before import (
    of_unit_before,
    with_bodies_below,
    with_scope_first,
    with_unit_meant,
    with_unit_pointed_at,
)
from index.errors import BudgetError
from index.warehouse import QueryTooLarge, Warehouse

_REMEMBERED: Final = 8
_PICTURES: Final = re.compile("[\u2600-\u2775\u2794-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of progress."""

    name: str
    text: str


class State(TypedDict, total=False):
    """What flows through the graph. Only ``questions`` is kept between turns.

    ``read``, ``draft`` and ``problem`` are of the part in hand, the first of ``parts``. ``steps``: what is left of them
    to a question that is answered on the way to another. ``left_out``: earlier questions that there are no steps for.
    ``dropped``: words that the answer takes no account of; None where it is the answer to the question as it was asked.
    ``by_rules``: whether no model is to be asked. ``is_bare``: nothing says what the question is about.
    ``is_ask``: the question is one ask of another one, answered by itself.
    """

    questions: list[str]
    question: Annotated[str, UntrackedValue]
    steps: Annotated[Steps | None, UntrackedValue]
    left_out: Annotated[int, UntrackedValue]
    parts: Annotated[tuple[Part, ...], UntrackedValue]
    outcomes: Annotated[tuple[Outcome, ...], UntrackedValue]
    read: Annotated[ReadQuestion | None, UntrackedValue]
    draft: Annotated[Draft | None, UntrackedValue]
    problem: Annotated[ScopeProblem | None, UntrackedValue]
    clarify: Annotated[Clarify | None, UntrackedValue]
    unanswered: Annotated[tuple[str, ...], UntrackedValue]
    dropped: Annotated[tuple[str, ...], UntrackedValue]
    engine: Annotated[Engine, UntrackedValue]
    by_rules: Annotated[bool, UntrackedValue]
    is_bare: Annotated[bool, UntrackedValue]
    is_ask: Annotated[bool, UntrackedValue]
    done: Annotated[bool, UntrackedValue]


class Assistant:
    """Answers questions over one built index. Safe to share between threads.

    ``chat``: what replies in place of the model's endpoint.
    """

    def __init__(
        self, index_dir: Path | None = None, options: Settings | None = None, chat: Chat | None = None
    ) -> None:
        self._settings = options or settings()
        self._library = Library(index_dir or self._settings.index_dir, self._settings.chroma)
        self._consultant = self._with_model(chat)

    @property
    def warehouse(self) -> Warehouse:
        """The index's warehouse, to look at sources."""
        return self._library.warehouse

    @property
    def version(self) -> str:
        """The name of the version of the index that is asked."""
        return self._library.version

    @property
    def originals(self) -> Originals:
        """The pages of the files that the index was built from."""
        return self._library.originals

    @property
    def max_question_length(self) -> int:
        """How many characters a question may have."""
        return self._settings.max_question_length

    @property
    def model(self) -> Consultant | None:
        """The model, for what it does on request; None where none is set."""
        return self._consultant

    @property
    def tally(self) -> Counter[str]:
        """What became of the questions that a model was asked; empty without one."""
        return self._consultant.tally if self._consultant else Counter()

    def ask(self, question: str, history: Sequence[str] = (), id: str = "", *, by_rules: bool = False) -> Answer:
        """One answer. ``history`` are the questions asked before, oldest first; ``by_rules``: without a model."""
        started = time.perf_counter()
        return self._answer(self._final(question, history, by_rules=by_rules), id, started)

    def explain(
        self, question: str, history: Sequence[str] = (), id: str = "", *, by_rules: bool = False
    ) -> Explanation:
        """One answer with what the question was taken to mean by the rules."""
        started = time.perf_counter()
        final = self._final(question, history, by_rules=by_rules)
        return explain(self._answer(final, id, started), final["outcomes"], final.get("clarify"))

    def names_scope(self, question: str) -> bool:
        """Whether a question says itself whose budget it is about: a unit by name or place, or all units."""
        named = self._meanings.named(question)
        return bool(named.units or named.everyone)

    def documents_named(self, text: str) -> tuple[str, ...]:
        """The ids of the documents of the units that a longer text names, of the years named where there are such."""
        named = named_in(text, self._meanings.register)
        one = (mention.units[0] for mention in named.units if len({unit.documents for unit in mention.units}) == 1)
        documents = list(dict.fromkeys(document for unit in one for document in unit.documents))
        of_years = [document for document in documents if document.year in named.years]
        return tuple(document.document_id for document in of_years or documents)

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
        """Loads what the first questions would otherwise wait for, each document's catalogue too."""
        document = next(iter(self._library.documents.values()))
        for question in ("预算总额是多少？", "由谁负责公文？"):
            self.ask(f"{document_name(document)}：{question}")
        self._library.nearest_documents("预算")
        self._library.open_newest()

    def _with_model(self, chat: Chat | None) -> Consultant | None:
        """Who asks the model; None where none is set."""
        if self._settings.model_use == "never" or not (chat or self._settings.model):
            return None
        if chat is None:
            from assistant.model.endpoint import Endpoint

            chat = Endpoint(self._settings)
        return Consultant(chat, self._core, self._library, self._settings, self._whole_by_rules)

    def _whole_by_rules(self, question: str) -> Draft | None:
        """The rules' answer to a question by itself; None where they refuse, ask back or leave anything open."""
        try:
            final = self._final(question, (), by_rules=True)
        except BudgetError:
            return None
        draft: Draft | None = final["draft"]
        is_whole = draft and draft.route != "refuse" and not (final.get("clarify") or final.get("unanswered"))
        return draft if is_whole else None

    def _final(self, question: str, history: Sequence[str], *, by_rules: bool = False) -> dict[str, Any]:
        """The state at the end of the flow."""
        inputs = {"questions": self._turns(history), "question": self._checked(question), "by_rules": by_rules}
        final: dict[str, Any] = self._graph.invoke(inputs)
        return final

    def _reader(self, steps: Steps) -> QuestionReader:
        """Reads one question, with the answers to earlier ones at the cost of the same steps."""
        return QuestionReader(self._library, self._meanings, partial(self._winner, steps), steps)

    def _winner(self, steps: Steps, question: str, history: Sequence[str]) -> Winner | None:
        """What the answer to a question puts first, None where several share that place."""
        inputs = {"questions": list(history), "question": question, "steps": steps}
        draft: Draft | None = self._graph.invoke(inputs)["draft"]
        if draft and not draft.figures and (subject := quoted_subject(draft)):
            return Winner(draft.catalog.unit_name, subject)
        if not draft or not draft.figures or len(draft.figures[0].citations) != 1:
            return None
        cited = draft.citations.listed[draft.figures[0].citations[0] - 1]
        if not isinstance(cited, TableCitation):
            label = draft.figures[0].label
            is_part = label not in {listed.title for listed in draft.contents.lists}
            return Winner(cited.unit_name, label) if is_part else None
        rows = draft.library.catalog(draft.library.table(cited.table_id).document_id).rows
        row = next(row for row in rows.values() if (row.table_id, row.number) == (cited.table_id, cited.row))
        unit = unit_name(row.unit, draft.catalog) if len(draft.catalog.units) > 1 else ""
        return Winner(cited.unit_name, f"{unit}{row.label}")

    def _turns(self, history: Sequence[str]) -> list[str]:
        """The earlier questions, without those that are none: they would have been refused."""
        texts = [_readable(text) for text in history]
        return [text for text in texts if text and len(text) <= self._settings.max_question_length]

    def _checked(self, question: str) -> str:
        text = _readable(question)
        if not text:
            raise QuestionInvalid("问题是空的。", "请输入要查询的内容，例如“公务接待费是多少？”。")
        if len(text) > self._settings.max_question_length:
            raise QuestionInvalid(
                f"问题太长（{len(text)} 字，最多 {self._settings.max_question_length} 字）。",
                "请只问一件事，分几次问。",
            )
        return text

    @cached_property
    def _meanings(self) -> Meanings:
        return Meanings(self._library)

    @cached_property
    def _core(self) -> Core:
        return Core(self._library, self._meanings)

    @cached_property
    def _graph(self) -> Any:
        return self._flow().compile()

    @cached_property
    def _remembering(self) -> Any:
        return self._flow().compile(remembered(self._settings.conversations_place))

    def _flow(self) -> StateGraph[State]:
        flow = StateGraph(State)
        for name, step in (
            ("ask_apart", self._ask_apart), ("understand", self._understand), ("across", self._across),
            ("query", self._query), ("retrieve", self._retrieve), ("refuse", self._refuse),
            ("next_part", self._next_part), ("verify", self._verify),
        ):  # fmt: skip
            flow.add_node(name, step)
        flow.add_edge(START, "ask_apart")
        flow.add_conditional_edges("ask_apart", _if_done(END, "understand"), [END, "understand"])
        ways = ["across", "query", "retrieve", "refuse", "verify"]
        flow.add_conditional_edges("understand", _way, ways)
        flow.add_conditional_edges("across", _if_done("next_part", "refuse"), ["next_part", "refuse"])
        flow.add_conditional_edges("query", _if_done("next_part", "retrieve"), ["next_part", "retrieve"])
        flow.add_conditional_edges("retrieve", _if_done("next_part", "refuse"), ["next_part", "refuse"])
        flow.add_edge("refuse", "next_part")
        flow.add_conditional_edges("next_part", _way, ways)
        flow.add_node("relax", self._relax)
        if self._consultant:
            flow.add_node("consult", self._consult)
            flow.add_edge("verify", "consult")
        flow.add_edge("consult" if self._consultant else "verify", "relax")
        flow.add_edge("relax", END)
        return flow

    def _ask_apart(self, state: State) -> dict[str, Any]:
        """Each ask of a question answered by itself, where they share no more than their document."""
        if state.get("steps") or state.get("is_ask") or state.get("dropped") is not None:
            return {"done": False}
        history, question = state.get("questions", [])[-_REMEMBERED:], state["question"]
        carried = self._core.carried(question, history)
        if carried is not None and carried.is_sure and (whole := self._carried(carried, history)) is not None:
            return {"done": True, "questions": [*history, question], **whole}
        asks = self._core.apart(question, history)
        common: dict[str, Any] = {"by_rules": state.get("by_rules", False), "is_ask": True}
        found = [
            self._graph.invoke({**common, "questions": history if number == 0 else [], "question": ask.question})
            for number, ask in enumerate(asks)
        ]
        told = [each for each in found if _left_open(each) < math.inf]
        if not told:
            return {"done": False}
        untold = (
            f"{bare_part(ask.said.text)}（{_why_untold(each)}）"
            for ask, each in zip(asks, found, strict=True)
            if each not in told
        )
        return {
            "done": True, "questions": [*history, question], "left_out": found[0]["left_out"],
            "outcomes": tuple(outcome for each in found for outcome in each["outcomes"]),
            "draft": put_together([each["draft"] for each in told]), "clarify": None,
            "unanswered": (*(text for each in told for text in each.get("unanswered") or ()), *untold),
            "dropped": tuple(word for each in told for word in each.get("dropped") or ()),
            "engine": next((each["engine"] for each in told if each.get("engine") == "model"), "rules"),
        }  # fmt: skip

    def _carried(self, carried: Carried, history: Sequence[str]) -> dict[str, Any] | None:
        """The answer to a turn with what it leaves out, where that leaves nothing open."""
        common: dict[str, Any] = {"questions": history[:-1], "by_rules": True, "is_ask": True}
        for question in filter(None, (carried.question, carried.otherwise)):
            found: dict[str, Any] = self._graph.invoke({**common, "question": question})
            if not _left_open(found):
                kept = ("outcomes", "draft", "clarify", "unanswered", "dropped", "left_out")
                return {name: found.get(name) for name in kept}
        return None

    def _understand(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("understand", "理解问题…"))
        questions = state.get("questions", [])[-_REMEMBERED:]
        register = self._meanings.register
        question = with_unit_pointed_at(with_unit_meant(state["question"]), questions, register)
        question = with_scope_first(with_bodies_below(question, register), register)
        if not state.get("steps"):
            question = with_project_named(question, questions, self._core, self._library)
        parts, left_out = self._read(question, questions, state.get("steps"))
        kept: dict[str, Any] = {
            "questions": [*questions[left_out:], question], "outcomes": (), "left_out": left_out, "unanswered": (),
        }  # fmt: skip
        first = parts[0].reading
        if len(parts) == 1 and not state.get("steps") and self._are_bare([*questions, question], first):
            if (over := over_classes(question)) is not None:
                return self._understand({**state, "question": over})
            asked_back = what_is_meant(question, lambda option: self._may_be_asked(option, first))
            return {**kept, "parts": (), "outcomes": (Outcome(parts[0]),), "clarify": asked_back, "is_bare": True}
        if isinstance(first, Choice):
            return {**kept, "parts": (), "outcomes": (Outcome(parts[0]),), "clarify": which_document(question, first)}
        return {**kept, **self._begun(parts)}

    def _are_bare(self, questions: Sequence[str], reading: object) -> bool:
        """Whether neither the last question nor any before it names what it is about."""
        if isinstance(reading, ReadQuestion) and len(reading.sides) == 1:
            catalog = self._catalog(reading.first)
        elif isinstance(reading, Choice):
            catalog = self._library.common
        else:
            return False
        return all(self._is_bare(question, catalog) for question in reversed(questions))

    def _is_bare(self, question: str, catalog: DocumentCatalog) -> bool:
        """A document that is named before a colon is what is asked, not what it is asked about."""
        lead, rest = led(question)
        names_item = lead and (not self.names_scope(lead) or self._meanings.of(lead, catalog, alone=False).operands)
        return is_bare(self._meanings.of(question if names_item else rest, catalog, alone=True))

    def _may_be_asked(self, option: str, reading: object) -> bool:
        """Whether an option has an answer; where the document is still open it may have one."""
        return isinstance(reading, Choice) or self._whole_by_rules(option) is not None

    def _read(self, question: str, history: Sequence[str], steps: Steps | None) -> tuple[tuple[Part, ...], int]:
        """The question's parts, and how many of the oldest questions before it there were no steps for."""
        if steps:
            return self._reader(steps).read(question, history), 0
        for left_out in _fewer(len(history)):
            with suppress(TooManySteps):
                steps = Steps(AGAIN if left_out else MOST)
                return self._reader(steps).read(question, history[left_out:]), left_out
        raise QuestionInvalid("这个问题绕得太远，理解不了。", "请只问一件事，分几次问。")

    def _begun(self, parts: tuple[Part, ...], earlier: Draft | None = None) -> dict[str, Any]:
        """The first of the parts in hand; its draft adds to the earlier parts' answer."""
        begun: dict[str, Any] = {"parts": parts, "read": None, "draft": None, "problem": None, "done": False}
        reading = parts[0].reading if parts else None
        if isinstance(reading, ScopeProblem):
            begun["problem"] = reading
        elif isinstance(reading, ReadQuestion):
            side = reading.first
            catalog = self._library.common if reading.of_everyone else self._catalog(side)
            draft = earlier.beside(catalog) if earlier else Draft(self._library, catalog)
            begun["draft"] = replace(draft, asked_unit=side.asked.asked_unit, route="sql", figures=[])
            begun["read"] = reading
            problem_of = scope_problem if len(reading.sides) == 1 else adjusted_problem
            begun["problem"] = problem_of(side.asked, side.target.document)
        return begun

    def _next_part(self, state: State) -> dict[str, Any]:
        part, *rest = state["parts"]
        outcome = Outcome(part, state["draft"], state["problem"])
        if not state.get("steps"):
            outcome = of_unit_before(of_own_units(outcome), state["outcomes"], self._core.register)
        earlier = next((o.draft for o in (outcome, *state["outcomes"]) if o.draft), None)
        return {"outcomes": (*state["outcomes"], outcome), **self._begun(tuple(rest), earlier)}

    def _catalog(self, side: Side) -> DocumentCatalog:
        return self._library.catalog(side.target.document.document_id)

    def _across(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("query", "查询各份文件…"))
        draft, read = state["draft"], state["read"]
        assert draft and read
        if read.of_everyone:
            return {"done": self._answer_everyone(draft, read, state["questions"][:-1])}
        parties = [Party(side, draft.beside(self._catalog(side))) for side in read.sides]
        draft.used.clear()
        return {"done": attempt(draft, lambda: answer_across(draft, parties) and uses_all(draft, read.asked))}

    def _answer_everyone(self, draft: Draft, read: ReadQuestion, history: Sequence[str]) -> bool:
        draft.used.clear()
        if attempt(draft, lambda: answer_everyone(draft, read.asked, read.scope) and uses_all(draft, read.asked)):
            return True
        parties = (
            Party(side, draft.beside(self._catalog(side))) for side in self._reader(Steps()).nearest(read, history)
        )
        return attempt(draft, lambda: quote_everyone(draft, parties))

    def _query(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("query", "生成查询，读取附表…"))
        draft, read = state["draft"], state["read"]
        assert draft and read
        return {"done": answer_by_query(draft, read.asked)}

    def _retrieve(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("retrieve", "检索正文…"))
        draft, read = state["draft"], state["read"]
        assert draft and read
        return {"done": answer_by_prose(draft, read.asked)}

    def _refuse(self, state: State) -> dict[str, Any]:
        draft, read, problem = state["draft"], state["read"], state["problem"]
        if draft and read and read.of_everyone:
            refuse_everyone(draft)
        elif draft and read and not problem:
            problem = final_account_problem(read.asked, read.first.target.document)
            refuse(draft, read.asked, unknown_words(draft, read.asked))
            is_alone = len(state["parts"]) == 1 and not state["outcomes"] and len(read.sides) == 1
            draft.clarify = which_item(draft, read.asked) if is_alone and not problem else None
        return {"done": True, "problem": problem}

    def _verify(self, state: State) -> dict[str, Any]:
        get_stream_writer()(Step("verify", "核对数字与出处…"))
        found = self._answered(state)
        if state.get("steps"):
            return found
        left_out = years_left_out(state["question"], list(_sides(state["outcomes"])))
        left_out += topics_left_out(state["question"], found.get("draft"), self._core)
        found, sides = with_unsaid(found, state["question"], left_out), _sides_of_one_document(state["outcomes"])
        is_refused = found.get("draft") is None or found["draft"].route == "refuse"
        if found.get("clarify") or not sides or (is_refused and state.get("dropped")):
            return found  # near is what the whole question speaks of
        empty = Draft(self._library, self._catalog(sides[0]))
        return with_nearest(found, self._core, state["questions"], [side.asked for side in sides], empty)

    def _answered(self, state: State) -> dict[str, Any]:
        draft = joined(state["outcomes"])
        if state.get("steps") is None and (read := self._by_algebra(state, draft)):
            return read
        return self._whole(draft, state) if draft else self._in_part(state)

    def _whole(self, draft: Draft, state: State) -> dict[str, Any]:
        """The answer to all parts, with what it is good to know beside."""
        for reading in (outcome.part.reading for outcome in state["outcomes"]):
            if isinstance(reading, ReadQuestion):
                add_spellings(draft, (side.asked for side in (*reading.sides, reading.of_everyone) if side))
        return {"draft": verified(draft, state["question"])}

    def _in_part(self, state: State) -> dict[str, Any]:
        """What is asked back where not every part has an answer, else the answer to those that have one."""
        asked_back = [outcome.draft.clarify for outcome in state["outcomes"] if outcome.draft]
        clarify = next(filter(None, (state.get("clarify"), *asked_back)), None)
        rest = None if clarify or state.get("steps") else the_rest(self._with_algebra(state))
        if rest is None:
            return {"draft": None, "clarify": clarify or which_part(state["outcomes"])}
        draft, unanswered = rest
        *history, question = state["questions"]
        others = open_asks(self._core, question, history, draft, unanswered)
        return {"draft": verified(draft, question), "unanswered": (*unanswered, *others)}

    def _with_algebra(self, state: State) -> tuple[Outcome, ...]:
        """The parts, with those that the rules leave open answered by the query algebra where it answers them whole."""
        told = next((outcome.draft for outcome in state["outcomes"] if outcome.draft and outcome.is_answered), None)
        *before, _ = state["questions"]
        outcomes: list[Outcome] = []
        for outcome in state["outcomes"]:
            question = outcome.part.question
            if told and not outcome.is_answered and not outcome.problem:
                found = self._core.whole_beside(told, question, before)
                outcome = replace(outcome, draft=found) if found else outcome
            outcomes.append(outcome)
            before.append(question)
        return tuple(outcomes)

    def _by_algebra(self, state: State, other: Draft | None) -> dict[str, Any] | None:
        """The answer by way of the query algebra, where it is given instead of the rules'."""
        *history, question = state["questions"]
        if state.get("is_bare") or any(outcome.problem for outcome in state["outcomes"]):
            return None  # of a document, a year or a kind of figure that is not loaded nothing answers
        answer = instead_of(other, self._core, question, history, asks_back=_asks_back(state))
        if answer is None:
            return None
        return {"draft": verified(answer.draft, question), "unanswered": answer.unanswered, "clarify": None}

    def _relax(self, state: State) -> dict[str, Any]:
        """What is refused or left open, answered without the words that nobody read where that answers more."""
        if state.get("steps") or state.get("dropped") is not None or state.get("is_bare") or not _left_open(state):
            return {}
        if any(outcome.problem for outcome in state["outcomes"]):
            return {}
        *history, question = state["questions"]
        carried = None if state.get("is_ask") else self._core.carried(question, history)
        if carried is not None and (whole := self._carried(carried, history)) is not None:
            return {name: whole[name] for name in ("draft", "clarify", "unanswered", "dropped")}
        unread = (*unread_of(state["outcomes"]), *self._core.unread(question, history))
        bare = tuple(without_talk(question, unread))
        if any(map(_is_order, state["outcomes"])):
            return self._answered_better(state, bare)
        put_plainly = restatements(question, history)
        others = reworded(question, unread, texts_of(state["outcomes"]))
        further = (asserted(question), gone_on(question, history, unread))
        shorter = (*put_plainly, *bare, *others, *relaxations(question, unread), *further)
        return self._answered_better(state, filter(None, shorter))

    def _answered_better(self, state: State, questions: Iterable[Relaxed]) -> dict[str, Any]:
        """The answer to the first of some shorter questions that leaves less open than what is answered."""
        *history, question = state["questions"]
        for shorter in questions:
            inputs = {"questions": history, "question": shorter.question, "by_rules": True, "dropped": shorter.dropped}
            try:
                again = self._graph.invoke(inputs)
            except QueryTooLarge:
                continue
            may_matter = len(said_around(question, shorter.dropped)) < len(shorter.dropped)
            if _left_open(again) < _left_open(state) and not (may_matter and tells_only_totals(again["draft"])):
                found = {"draft": again["draft"], "clarify": None, "unanswered": again.get("unanswered") or ()}
                again["draft"].notes.extend(shorter.notes)
                left = (*with_claims(shorter.dropped, again["draft"]), *unchecked(shorter.question, again["draft"]))
                return {**found, "dropped": left}
        return {}

    def _consult(self, state: State) -> dict[str, Any]:
        """The answer with a language model's part in it, where it is to have one."""
        assert self._consultant
        *history, question = state["questions"]
        outcomes = state["outcomes"]
        if (
            state.get("steps")
            or state.get("by_rules")
            or state.get("is_bare")
            or any(outcome.problem for outcome in outcomes)
        ):
            return {}
        draft = state["draft"] if state["draft"] and state["draft"].route != "refuse" else None
        rules = None if state.get("clarify") else draft
        is_open = rules is None or bool(state.get("unanswered"))
        if not self._consultant.is_needed(question, history, rules, is_open=is_open):
            return {}
        get_stream_writer()(Step("consult", "请语言模型读题…"))
        consulted = self._consultant.consult(question, history, rules, is_open=is_open)
        if consulted is None or consulted.draft is None:
            return {}
        found = {"draft": consulted.draft, "clarify": None, "unanswered": (), "engine": "model"}
        return with_unsaid(found, question)

    def _answer(self, state: dict[str, Any], id: str, started: float) -> Answer:
        unanswered = state.get("unanswered") or ()
        dropped = state.get("dropped") or ()
        answer = compose(
            state["question"], state["outcomes"], state["draft"], state.get("clarify"), unanswered,
            dropped, _only_talk(state, dropped),
        )  # fmt: skip
        if (draft := state["draft"]) and not answer.refused and not answer.clarify:
            answer = with_related(answer, draft, state["questions"])
        answer = with_recognition(answer, state["draft"], self._library)
        elapsed = round((time.perf_counter() - started) * 1000, 1)
        notes = [*answer.notes, *_left_out(state)]
        engine = state.get("engine", "rules")
        return answer.model_copy(update={"id": id, "notes": notes, "engine": engine, "elapsed_ms": {"total": elapsed}})


def _only_talk(state: dict[str, Any], dropped: Sequence[str]) -> tuple[str, ...]:
    """Those of the words left out that are talk and name nothing in the document that the answer doesn't tell."""
    draft: Draft | None = state.get("draft")
    around = said_around(state["question"], dropped) if draft else ()
    return tuple(word for word in around if draft and not names_untold(word, draft))


def _is_order(outcome: Outcome) -> bool:
    """Whether a part is no question but something to be done."""
    return isinstance(outcome.part.reading, ReadQuestion) and outcome.part.reading.asked.intent == "instruction"


def _sides(outcomes: Sequence[Outcome]) -> Iterator[Side]:
    """What the parts mean to the documents that they are about."""
    for outcome in outcomes:
        if isinstance(outcome.part.reading, ReadQuestion):
            yield from outcome.part.reading.sides


def _sides_of_one_document(outcomes: Sequence[Outcome]) -> list[Side]:
    """What the parts mean to the one document that all are about; none where one isn't read, or several are meant."""
    sides = list(_sides(outcomes))
    are_read = all(isinstance(outcome.part.reading, ReadQuestion) for outcome in outcomes)
    return sides if are_read and len({side.target for side in sides}) == 1 else []


def _left_open(state: Mapping[str, Any]) -> float:
    """How many things an answer leaves open; a refusal, or asking back, all of them."""
    draft = state.get("draft")
    if state.get("clarify") or draft is None or draft.route == "refuse":
        return math.inf
    return len(state.get("unanswered") or ())


def _why_untold(state: Mapping[str, Any]) -> str:
    """Why an ask has no answer, in one line."""
    clarify, draft, outcomes = state.get("clarify"), state.get("draft"), state["outcomes"]
    said: str = clarify.question if clarify else draft.lines[0] if draft else outcomes[0].refusal
    return said.split("\n")[0].removesuffix("。")


def _asks_back(state: State) -> bool:
    """Whether the rules would ask back which of several things is meant."""
    drafts = (outcome.draft for outcome in state["outcomes"])
    return bool(state.get("clarify") or which_part(state["outcomes"]) or any(d.clarify for d in drafts if d))


def _readable(text: str) -> str:
    """A text without what no question is written with: lone surrogates, control characters, pictures beside words.

    What signs stand for is put in words.
    """
    shown = "".join(c for c in text if c.isprintable() or c.isspace()).strip()
    return in_plain_signs(_PICTURES.sub("", shown).strip() or shown)


def _fewer(turns: int) -> Iterator[int]:
    """How many of the oldest turns to leave out: none, then half of those that are left, at last all."""
    left_out = 0
    while left_out < turns:
        yield left_out
        left_out += (turns - left_out + 1) // 2
    yield turns


def _left_out(state: dict[str, Any]) -> list[str]:
    """A note where the question was read without the oldest ones before it."""
    kept = len(state["questions"]) - 1
    rest = f"只接着最近 {kept} 问来理解" if kept else "只按它自己来理解"
    return [f"前面的问题连起来太绕，这一问{rest}；请把要问的单位、年份和项目写全。"] if state["left_out"] else []


def _if_done(then: str, otherwise: str) -> Callable[[State], str]:
    return lambda state: then if state["done"] else otherwise


def _way(state: State) -> str:
    """Where the part in hand goes; past the last one to the verification."""
    read = state.get("read")
    if not state["parts"]:
        return "verify"
    if state.get("problem") or read is None or read.asked.intent == "instruction":
        return "refuse"
    return "across" if len(read.sides) != 1 else first_way(read.asked)
