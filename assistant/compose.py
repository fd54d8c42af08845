"""From what was found to the answer that is given out: Markdown, route, sources of its numbers, what is asked back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.answer import Answer, Clarify
from assistant.answering.draft import Draft
from assistant.answering.follow_ups import follow_ups
from assistant.answering.refuse import scope_refusal
from assistant.conversation import standalone
from assistant.reader import ReadQuestion
from assistant.scope import Choice, ScopeProblem, document_name

_MOST_OPTIONS: Final = 6
_ITEM: Final = re.compile(r"- |\d+\. |> ")


def compose(
    question: str, read: ReadQuestion | None, draft: Draft | None, clarify: Clarify | None, problem: ScopeProblem | None
) -> Answer:
    """The answer; without a draft the question's scope was not served."""
    clarify = clarify or (draft.clarify if draft else None)
    if clarify or problem or draft is None or read is None:
        return Answer(
            id="", question=question, standalone_question=question, route="clarify" if clarify else "refuse",
            refused=not clarify, clarify=clarify,
            answer=clarify.question if clarify else scope_refusal(problem) if problem else "",
        )  # fmt: skip
    kinds = {c.kind for c in draft.citations.listed}
    route = "both" if kinds == {"table", "text"} and draft.route in ("sql", "text") else draft.route
    side = read.first
    return Answer(
        id="",
        question=question,
        standalone_question=standalone(side.asked, side.own, side.previous),
        route=route,
        refused=route == "refuse",
        answer=_markdown(draft.lines),
        figures=draft.figures,
        citations=draft.citations.listed,
        sql=";\n".join(draft.queries) or None,
        columns=draft.columns,
        rows=draft.rows,
        notes=draft.notes,
        follow_ups=follow_ups(draft, side.asked) if len(read.sides) == 1 else [],
    )


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
