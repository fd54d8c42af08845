"""From what was found to the answer that is given out: Markdown, route, sources of its numbers, what is asked back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.answer import Answer, Clarify, Route
from assistant.answering.draft import Draft
from assistant.answering.follow_ups import follow_ups
from assistant.answering.refuse import scope_refusal
from assistant.citations import MARK, Citations
from assistant.reader import Part, ReadQuestion
from assistant.scope import Choice, ScopeProblem, document_name

_MOST_OPTIONS: Final = 6
_ITEM: Final = re.compile(r"- |\d+\. |> ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question, or of one part of it. Without a draft its scope was not served."""

    part: Part
    draft: Draft | None = None
    problem: ScopeProblem | None = None

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer to give out."""
        return self.draft is not None and self.draft.route != "refuse" and not (self.problem or self.draft.clarify)

    @property
    def standalone(self) -> str:
        """The question with what it inherited written out."""
        reading = self.part.reading
        return reading.standalone if isinstance(reading, ReadQuestion) else self.part.question

    @property
    def refusal(self) -> str:
        """What is missing."""
        return scope_refusal(self.problem) if self.problem else _markdown(self.draft.lines) if self.draft else ""


def compose(
    question: str, outcomes: Sequence[Outcome], draft: Draft | None, clarify: Clarify | None,
    unanswered: Sequence[str] = (), dropped: Sequence[str] = (), around: Sequence[str] = (),
) -> Answer:  # fmt: skip
    """The answer that was drafted, what is asked back, or what is missing.

    ``unanswered``: what that leaves open; ``dropped``: words of the question that it takes no account of,
    ``around`` of which are talk that asks for nothing.
    """
    standalone = outcomes[0].standalone + "".join(outcome.part.question for outcome in outcomes[1:])
    if clarify:
        return Answer(
            id="", question=question, standalone_question=standalone, route="clarify", refused=False, clarify=clarify,
            answer=clarify.question,
        )  # fmt: skip
    if draft is None or draft.route == "refuse":
        said = [_markdown(draft.lines)] if draft else dict.fromkeys(outcome.refusal for outcome in outcomes)
        instead = dict.fromkeys(question for o in outcomes if o.draft for question in o.draft.instead)
        return Answer(
            id="", question=question, standalone_question=standalone, route="refuse", refused=True,
            answer="\n\n".join(said), follow_ups=list(instead),
        )  # fmt: skip
    return Answer(
        id="",
        question=question,
        standalone_question=standalone,
        route=_route(draft),
        refused=False,
        answer=_markdown([*_unread(dropped), *_left_open(unanswered), *draft.lines]),
        unanswered=[*(f"“{word}”（没有读懂）" for word in dropped if word not in around), *unanswered],
        figures=draft.figures,
        citations=draft.citations.listed,
        sql=";\n".join(draft.queries) or None,
        columns=draft.columns,
        rows=draft.rows,
        notes=draft.notes,
        follow_ups=_follow_ups(outcomes, draft),
    )


def _unread(dropped: Sequence[str]) -> list[str]:
    """That words were not read, said before what the rest of the question is answered with."""
    return [f"没有读懂{'、'.join(f'“{word}”' for word in dropped)}，以下按其余的话回答。"] if dropped else []


def _left_open(unanswered: Sequence[str]) -> list[str]:
    """What could not be answered, said before what could."""
    return [f"其中没有答到：{'；'.join(unanswered)}。其余如下。"] if unanswered else []


def _route(draft: Draft) -> Route:
    """The way the answer came: by its sources."""
    kinds = {citation.kind for citation in draft.citations.listed}
    if kinds == {"table", "text"}:
        return "both"
    return "text" if kinds == {"text"} else draft.route


def _follow_ups(outcomes: Sequence[Outcome], draft: Draft) -> list[str]:
    """Suggestions where one question was asked about one document."""
    readings = [outcome.part.reading for outcome in outcomes]
    only = readings[0] if len(readings) == 1 else None
    return follow_ups(draft, only.asked) if isinstance(only, ReadQuestion) and len(only.sides) == 1 else []


def joined(outcomes: Sequence[Outcome]) -> Draft | None:
    """The drafts of all parts as one, in the parts' order; None where a part has no answer."""
    return joined_drafts([o.draft for o in outcomes if o.draft]) if all(o.is_answered for o in outcomes) else None


def joined_drafts(drafts: Sequence[Draft]) -> Draft:
    """Drafts that share their citations as one, in their order."""
    whole = replace(drafts[0], lines=[], figures=[figure for draft in drafts for figure in draft.figures])
    for draft in drafts:
        whole.lines += [] if draft.lines == whole.lines[-len(draft.lines) :] else draft.lines
        whole.named(draft.heading)
    whole.route = _route_of(drafts)
    return whole


def put_together(drafts: Sequence[Draft]) -> Draft:
    """Answers to asks of their own as one, in their order, with the citations of all numbered anew."""
    first, *others = drafts
    whole = replace(first, citations=Citations(), lines=[], figures=[])
    for draft in drafts:
        numbers = whole.citations.add(draft.citations)
        lines = [_renumbered(line, numbers) for line in draft.lines]
        whole.lines += [line for line in lines if line not in whole.lines]
        whole.figures += [
            figure.model_copy(update={"citations": [numbers[n] for n in figure.citations]}) for figure in draft.figures
        ]
    for draft in others:
        whole.queries += draft.queries
        whole.rows += draft.rows if draft.columns == whole.columns else []
        whole.figure_ids += draft.figure_ids
        whole.statement_ids += draft.statement_ids
        whole.grounds += [*draft.grounds, draft.heading]
        whole.notes += [note for note in draft.notes if note not in whole.notes]
    whole.route = _route_of(drafts)
    return whole


def _route_of(drafts: Sequence[Draft]) -> Route:
    """How drafts were come to together: by quoting only where all of them were."""
    return next((draft.route for draft in drafts if draft.route != "text"), "text")


def _renumbered(line: str, numbers: Mapping[int, int]) -> str:
    return MARK.sub(lambda mark: f"[{numbers.get(int(mark[1]), mark[1])}]", line)


def _markdown(lines: Sequence[str]) -> str:
    """Lines as Markdown: items of a list or quote follow each other, everything else is a paragraph of its own."""
    text = ""
    for before, line in zip(("", *lines), lines, strict=False):
        same = _ITEM.match(before) and _ITEM.match(line)
        text += ("\n" if same else "\n\n") + line
    return text.strip()


def which_document(question: str, choice: Choice) -> Clarify:
    """Asks back; each option is the question with its document named."""
    shown = choice.documents[:_MOST_OPTIONS]
    count = len(choice.documents)
    more = f"（相符的有 {count} 份，列出 {len(shown)} 份）" if count > len(shown) else ""
    options = [f"{document_name(document)}：{question}" for document in shown]
    return Clarify(question=f"问的是哪一份文件？{more}", options=options)


def which_part(outcomes: Sequence[Outcome]) -> Clarify | None:
    """Asks back where only some of the parts have an answer: says which have none and offers the others."""
    answered = [outcome for outcome in outcomes if outcome.is_answered]
    missing = [
        f"“{bare_part(outcome.part.question)}”：{outcome.refusal}" for outcome in outcomes if outcome not in answered
    ]
    if not answered or not missing:
        return None
    question = f"问了 {len(outcomes)} 件事，其中有答不了的：\n\n" + "\n\n".join(missing) + "\n\n要只看答得了的吗？"
    return Clarify(question=question, options=[bare_part(outcome.standalone) for outcome in answered])


def bare_part(part: str) -> str:
    """A part as a question of its own."""
    return part.strip("，,；;。？?！! \n")


def sources_of(draft: Draft, question: str) -> Iterator[str]:
    """Every text a number of the answer may stand in."""
    yield question
    yield draft.heading
    yield from draft.grounds
    yield from draft.notes
    for citation in draft.citations.listed:
        yield " ".join(str(value) for value in citation.model_dump().values())
    for figure in draft.figures:
        yield figure.value
