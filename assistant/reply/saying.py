"""Answers in the document's own sentences: reasons, definitions, duties, the units, whatever is said of a topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from assistant.answering.cell_texts import answer_row_goals
from assistant.answering.change import answer_reason
from assistant.answering.draft import Draft
from assistant.answering.duties import answer_duty
from assistant.answering.route import attempt
from assistant.catalog.linking import linked
from assistant.query import Ask, Name, Query, Say, Select, Several, names_of
from assistant.reply.enumerated import names_below
from assistant.reply.quote import definitions, makeup, quote
from assistant.reply.types import Reply
from assistant.reply.untold import ASKS_MONEY
from assistant.run.evaluate import forms_of
from assistant.understand.kinds import is_part
from assistant.understand.types import Operand, Understanding
from assistant.understand.wording import normalise
from index.sentences import sentences

_APART: Final = re.compile("各|分别|两者|二者|区别|差别|不同|都|一回事")
_POSTS: Final = "编制"
_ASKS_NUMBER: Final = re.compile(r"多少|几|百分之")


def said(say: Say, ask: Ask, drafts: Sequence[Draft]) -> Reply:
    """The sentences of each document that answer ``say``, as a part or instead of an ask; none where one has none."""
    lines: list[str] = []
    missing: list[str] = []
    for draft in drafts:
        if say.intent == "which_units" and say.topic and (names := names_below(say.topic, draft)):
            lines += names
            continue
        if say.intent == "which_units" and (units := makeup(draft)) and not _names_more(say.topic, units):
            lines += [f"{draft.heading}写道：", *units]
            continue
        if say.intent == "what_is" and (defined := _defined(say, ask, draft)):
            lines += [f"{draft.heading}写道：", *defined]
            continue
        if say.intent == "duty" and (duties := _duties(say, ask, draft)) and not _names_more(say.topic, duties):
            lines += duties
            continue
        if say.intent == "why" and (reasons := _reasons(say, ask, draft)):
            lines += reasons
            continue
        needs_number = say.intent == "anything" and bool(_ASKS_NUMBER.search(ask.text))
        most = 3 if isinstance(ask.query, Say) else 1  # a figure stands in one sentence
        counted = _counting_word(ask.query) or ("元" if ASKS_MONEY.search(ask.text) else "")
        quoted = quote(say, draft, needs_number=needs_number, counted=counted, most=most)
        if quoted is None:
            return Reply((), ask.unread, "没有找到")
        lines += [f"{draft.heading}中相关的原文：", *quoted.lines]
        missing += quoted.missing
    return Reply(tuple(lines), tuple(missing))


def _names_more(topic: Sequence[Name], told: Sequence[str]) -> bool:
    """Whether anything is named, besides units, of which nothing is told (主要是哪家单位在换车)."""
    text = normalise("".join(told))
    return any(name.is_linked and not name.is_unit and normalise(name.text) not in text for name in topic)


def _defined(say: Say, ask: Ask, draft: Draft) -> list[str]:
    """The definition of the last thing named; of each, where several are to be told apart and all are defined."""
    if len(say.topic) > 1 and _APART.search(ask.text):
        each = [
            definitions((name,), draft) or _explains(name, draft) or _explained(name, draft)
            for name in _terms(say.topic, draft)
        ]
        if all(each):
            return list(dict.fromkeys(line for lines in each for line in lines))
    return definitions(say.topic, draft)


def _terms(topic: Sequence[Name], draft: Draft) -> list[Name]:
    """The names; those side by side are one term where the document prints them so (财政拨款|结转).

    So is a name with the first part of the term before it, where it is printed with that (财政拨款结转和|结余).
    """
    terms: list[Name] = []
    head: Name | None = None
    for name in topic:
        before = terms[-1] if terms else None
        adjoins = before is not None and before.spans and name.spans and before.spans[-1][1] == name.spans[0][0]
        if before is not None and adjoins and _is_printed(before, name, draft):
            head = before
            terms[-1] = _joined(before, name)
        else:
            terms.append(_joined(head, name) if head and _is_printed(head, name, draft) else name)
    return terms


def _is_printed(first: Name, second: Name, draft: Draft) -> bool:
    return normalise(first.text + second.text) in draft.contents.full_text


def _joined(first: Name, second: Name) -> Name:
    return Name(text=first.text + second.text, is_linked=False, spans=(*first.spans, *second.spans))


def _explains(name: Name, draft: Draft) -> list[str]:
    """The first sentence that says what a term means by naming it first (A是指…)."""
    says = re.compile(rf"^[^一-鿿]*{re.escape(normalise(name.text))}(?:资金)?[^一-鿿]?(?:是?指|反映)")
    for paragraph in draft.contents.paragraphs.values():
        for sentence in sentences(paragraph.text):
            if says.search(normalise(sentence)):
                return [f"> {sentence}[{draft.cite_passage(paragraph, sentence)}]"]
    return []


def _explained(name: Name, draft: Draft) -> list[str]:
    """The one sentence that best explains a name; none where it isn't about it."""
    quoted = quote(Say(intent="what_is", topic=(name,)), draft, most=1)
    return list(quoted.lines) if quoted else []


def _counting_word(query: Query) -> str:
    """The counting word of the number asked for, "" where money or anything is."""
    first = query.of[0] if isinstance(query, Several) else query
    if isinstance(first, Select | Say) and any(name.text.endswith(_POSTS) for name in names_of(first)):
        return first.counted or "人"
    counted = first.counted if isinstance(first, Select | Say) else None
    return counted or ""


def _duties(say: Say, ask: Ask, draft: Draft) -> list[str]:
    own, asked = draft.beside(draft.catalog), _by_rules("duty", say, ask, draft)
    return own.lines if attempt(own, lambda: answer_row_goals(own, asked) or answer_duty(own, asked)) else []


def _reasons(say: Say, ask: Ask, draft: Draft) -> list[str]:
    say = say.model_copy(update={"topic": _without_wholes(say.topic, draft)})
    own, asked = draft.beside(draft.catalog), _by_rules("reason", say, ask, draft)
    units = [name for name in say.topic if name.is_unit]
    is_told = attempt(own, lambda: answer_reason(own, asked) and all(_is_said(unit, own) for unit in units))
    return own.lines if is_told else []


def _without_wholes(topic: tuple[Name, ...], draft: Draft) -> tuple[Name, ...]:
    """The names, without one that another one is a known part of: its reason is another (三公 beside 公车运行费)."""
    printed = {name: _printed(name, draft) for name in topic}
    wholes = {
        whole
        for whole in topic
        if any(
            is_part(p, w) for n in topic if n is not whole for p in printed[n] for w in (whole.text, *printed[whole])
        )
    }
    return tuple(name for name in topic if name not in wholes)


def _printed(name: Name, draft: Draft) -> set[str]:
    """The printed names that a name means."""
    token = linked(name, draft.catalog)
    return {link.name for link in token.links if link.name} if token else set()


def _by_rules(intent: Literal["duty", "reason"], say: Say, ask: Ask, draft: Draft) -> Understanding:
    """What is asked, as the rules' own answers take it."""
    tokens = tuple(t for name in say.topic if (t := linked(name, draft.catalog)))
    return Understanding(ask.text, intent=intent, operands=(Operand(tokens),) if tokens else ())


def _is_said(name: Name, draft: Draft) -> bool:
    told = normalise("".join(draft.lines))
    return any(form in told for form in (*forms_of(name, draft), normalise(name.text)))
