"""Of which units a budget is made up, as the prose or a table of names below it lists them."""

from __future__ import annotations

import re
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.lead_ins import list_below, opens_list
from assistant.understand.asked_words import asked_words
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise, wording_rules
from index.records import ParagraphRecord
from index.sentences import sentences

_LISTS: Final = re.compile(r"包括|分别[为是]|[:：]|只有")
_LISTING: Final = ("list", "count", "lookup", "exists")


def list_budget_units(draft: Draft, asked: Understanding) -> bool:
    """The sentences that list the units, each lead-in with its list; False where other words are asked about."""
    if not _asks_units(asked) or asked.operation not in _LISTING or asked.thresholds or asked.base or asked.excluded:
        return False
    told = [p for p in draft.contents.paragraphs.values() if p.role in ("plain", "duty") and _makeup(p)]
    lines: list[str] = []
    for lead in (p for p in told if opens_list(p.text)):
        quote = _quoted(draft, lead, _makeup(lead))
        if below := list_below(draft, lead):
            told, lines = [lead], [quote, *below]
            break
    lines = lines or [_quoted(draft, p, _makeup(p)) for p in told if not opens_list(p.text)]
    if not lines or not _accounts_for(asked, told):
        return False
    draft.lines = [f"{draft.heading}中，单位构成的原文：", *(f"> {line}" for line in lines)]
    draft.route = "both" if any(c.kind == "table" for c in draft.citations.listed) else "text"
    return True


def _asks_units(asked: Understanding) -> bool:
    """Whether the question is about units, and names nothing else."""
    terms = [t for t in asked.tokens if t.group == "term"]
    is_named = bool(terms) and all(t.text.endswith("单位") for t in terms)
    asks_who = any(t.group == "intents" and "单位" in t.text for t in asked.tokens)
    return "unit" in asked.classes or is_named or asks_who


def _makeup(paragraph: ParagraphRecord) -> str:
    """The sentences of a paragraph that say which units there are."""
    pattern = re.compile(wording_rules()["makeup"])
    return "".join(sentence for sentence in sentences(paragraph.text) if pattern.search(sentence))


def _quoted(draft: Draft, paragraph: ParagraphRecord, quote: str) -> str:
    return f"{quote}[{draft.cite_passage(paragraph, quote)}]"


def _accounts_for(asked: Understanding, told: list[ParagraphRecord]) -> bool:
    """Whether all that is named or left over stands before the names of the units or in the headings above them."""
    around = normalise("\n".join(text for p in told for text in (*p.section, *_LISTS.split(_makeup(p))[:-1])))
    said = normalised_question(asked.question)
    general = wording_rules()["makeup_words"]
    words = [w for w in asked_words(asked) if w.names and w.text != said and w.text not in general]
    left = [word for word in asked.leftover if word not in general]
    return all(w.is_in(around) or w.text.endswith("单位") for w in words) and all(
        normalise(word) in around for word in left
    )
