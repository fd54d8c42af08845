"""Quoting: the sentences that hold what is asked, found by how much of it they hold.

Every word of the question weighs as much as it tells sentences apart. A sentence counts with its paragraph and the
headings above it; several are taken where they hold more together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.lead_ins import list_below, opens_list
from assistant.catalog import official_names
from assistant.catalog.linking import item_words, linked
from assistant.query import Name, Say
from assistant.reply.together import best_together, share_held
from assistant.told import Told
from assistant.understand.kinds import alike
from assistant.understand.wording import aliases, near_forms, normalise, synonyms, wording_rules
from index.ordinals import without_ordinal
from index.records import FigureRecord, ParagraphRecord

_LEVEL: Final = re.compile(r"\((?:类|款|项)\)")
_ENOUGH: Final = 0.6
_FIRST: Final = 0.01
_ADDS: Final = 0.15
_MOST: Final = 3
_IN_PARAGRAPH: Final = 0.75
_IN_HEADING: Final = 0.7
_KIND: Final = 0.12
"""What being of the kind that is asked for (a reason, a definition) adds."""

REASON: Final = re.compile(r"原因|由于|因为|主要是|是因|系因|所致")
"""What a sentence says that gives a reason."""

_DUTIES: Final = re.compile(r"(职[责能]|任务)(是|为|有|包括|:)|负责|承担")
_PURPOSE: Final = re.compile(r"用于|用途|旨在|目的|(?<!社会)(?<!住房)保障(?!和|支出|服务)|开展|支持")
_SPENT_ON: Final = re.compile(r"(?:主要|将|专项|具体)用于")
_AMOUNT: Final = re.compile(r"\d\s*[百千万亿]*元")
_COUNTED: Final = re.compile(r"\d\s*[百千万亿]?[余多]?[个名人项家辆台套条种次处所户件批期场门类篇份张宗起位]")
_DIGIT: Final = re.compile(r"\d")
_GROUPED: Final = re.compile(r"(?<=\d),(?=\d{3})")
_PART: Final = re.compile(r"[,;:(，；：（]")
_AFTER_PURPOSE: Final = re.compile(r"(?:主要)?用于[^;；。]*")
_EXPLAINS: Final = r".{0,4}(?:具体)?(?:包括|是?指|反映|主要用于)"
_SHORT_ITEM: Final = 3
_SHORT: Final = 160


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question with the forms in which the document may print it, and its weight."""

    text: str
    forms: tuple[str, ...]
    weight: float

    def in_text(self, plain: str) -> bool:
        """Whether a normalised text holds it."""
        return any(form in plain and (len(form) > _SHORT_ITEM or _stands_alone(form, plain)) for form in self.forms)


def _stands_alone(form: str, plain: str) -> bool:
    """Whether a short item is printed as itself, and not as the end of another one (电费, 水电费)."""
    return form not in official_names() or bool(re.search(rf"(?:^|[^一-鿿]|[和及与的含括为]){re.escape(form)}", plain))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with the words that it, what is around it and what stands above it hold, each with how near."""

    told: Told
    held: dict[str, float]
    bonus: float


@dataclass(frozen=True, slots=True)
class Quoted:
    """Lines of quotation, the share of the question's words that they hold, and the words that they don't."""

    lines: tuple[str, ...]
    coverage: float
    missing: tuple[str, ...]


def quote(say: Say, draft: Draft, *, needs_number: bool = False, counted: str = "", most: int = _MOST) -> Quoted | None:
    """The sentences that answer, ``most`` at most; None where none holds enough.

    ``counted``: the counting word that the number needs.
    """
    words = _words(say, draft)
    if not words:
        return None
    found = list(_candidates(say, words, draft, needs_number, counted))
    chosen, have = best_together(found, words, most, _ADDS, _FIRST, lambda candidate: candidate.bonus)
    coverage = share_held(have, words)
    if not chosen or coverage < _ENOUGH:
        return None
    missing = tuple(w.text for w in words if not have.get(w.text))
    return Quoted(tuple(quoted_lines([candidate.told for candidate in chosen], draft)), coverage, missing)


def definitions(topic: Sequence[Name], draft: Draft) -> list[str]:
    """The glossary's own entries of the last name, quoted."""
    return [f"> {p.text}[{draft.cite_passage(p, p.text)}]" for p in defined_in(topic, draft)[:2]]


def defined_in(topic: Sequence[Name], draft: Draft) -> list[ParagraphRecord]:
    """The glossary's entries of the last name."""
    forms = {form for name in topic[-1:] for form in _forms_of_name(name, draft)[1]}
    entries = (p for p in draft.contents.paragraphs.values() if p.role == "definition")
    return [p for p in entries if forms & {*near_forms(_item_of(normalise(p.subject or "")))}]


def _item_of(subject: str) -> str:
    """The item that an entry explains: the last of those it stands below (住房保障支出(类)…提租补贴(项))."""
    return next((part for part in reversed(_LEVEL.split(subject)) if part), subject)


def makeup(draft: Draft) -> list[str]:
    """The sentences that say of which units a budget is made up, each with its list."""
    says = re.compile(wording_rules()["makeup"])
    told = [p for p in draft.contents.paragraphs.values() if p.role not in ("contents", "heading", "duty")]
    lines: list[str] = []
    for paragraph in [p for p in told if says.search(p.text)][:2]:
        lines.append(f"> {paragraph.text}[{draft.cite_passage(paragraph, paragraph.text)}]")
        if opens_list(paragraph.text):
            lines += [f"> {item}" for item in list_below(draft, paragraph)]
    return lines


def _words(say: Say, draft: Draft) -> list[Word]:
    texts = [*(_forms_of_name(name, draft) for name in say.topic), *(_forms_of_word(word) for word in say.words)]
    known = (word for word in say.around if normalise(word) in draft.contents.full_text)
    texts += [_forms_of_word(word) for word in known]
    rarity = draft.contents.retriever.rarity
    made: dict[str, Word] = {}
    for text, forms in texts:
        if text and text not in made:
            made[text] = Word(text, forms, min((rarity(form) for form in forms), default=1.0))
    return list(made.values())


def _forms_of_name(name: Name, draft: Draft) -> tuple[str, tuple[str, ...]]:
    text = normalise(name.text)
    token = linked(name, draft.catalog)
    printed = (
        [normalise(link.name) for link in token.links if link.score > 0.75 and link.role != "unit"] if token else []
    )
    others = (*item_words().get(text, ()), *(alias for p in printed for alias in aliases().get(p, ())))
    forms = (text, *near_forms(text), *printed, *others)
    return text, tuple(dict.fromkeys(f for f in forms if len(f) > 1))


def _forms_of_word(word: str) -> tuple[str, tuple[str, ...]]:
    text = normalise(word)
    return text, tuple(dict.fromkeys((text, *synonyms().get(text, ()))))


def _candidates(say: Say, words: Sequence[Word], draft: Draft, needs_number: bool, counted: str) -> Iterable[Candidate]:
    for told in draft.contents.told:
        held = {word.text: near for word in words if (near := _nearness(word, told))}
        if 1.0 in held.values() and not (needs_number and not _states(told.plain, words, counted)):
            yield Candidate(told, held, _bonus(say, told))


def _nearness(word: Word, told: Told) -> float:
    if word.in_text(told.plain):
        return 1.0
    return _IN_PARAGRAPH if word.in_text(told.whole) else _IN_HEADING if word.in_text(told.above) else 0.0


def _states(plain: str, words: Sequence[Word], counted: str) -> bool:
    """Whether a number stands in one part of the sentence with a word of the question, not just for what it is used."""
    bare = _AFTER_PURPOSE.sub("", _GROUPED.sub("", without_ordinal(plain)))
    number = number_of(counted)
    return any(number.search(part) and any(w.in_text(part) for w in words) for part in _PART.split(bare))


def number_of(counted: str) -> re.Pattern[str]:
    """What a number looks like: an amount for 元, a count for a counting word, else any digit."""
    if counted == "元":
        return _AMOUNT
    if counted in ("个", "项", "条"):
        return _COUNTED
    return re.compile(rf"\d\s*[百千万亿]?[余多]?(?:{'|'.join(map(re.escape, alike(counted)))})") if counted else _DIGIT


def _bonus(say: Say, told: Told) -> float:
    """What being of the kind that is asked for adds."""
    role = told.source.role if isinstance(told.source, ParagraphRecord) else ""
    if say.intent == "why":
        return _KIND * 10 if REASON.search(told.plain) else 0.0
    if say.intent == "what_is":
        explains = any(re.search(re.escape(normalise(n.text)) + _EXPLAINS, told.plain) for n in say.topic)
        return _KIND * (25 if explains else 10) if explains or role == "definition" else 0.0
    if say.intent == "goal":
        return _KIND * (10 if _SPENT_ON.search(told.plain) else 5 if _PURPOSE.search(told.plain) else 0)
    if say.intent in ("duty", "who"):
        return _KIND * 10 if role == "duty" or _DUTIES.search(told.plain) else 0.0
    return 0.0


def quoted_lines(chosen: Sequence[Told], draft: Draft) -> Iterable[str]:
    """Sentences as quotations in the document's order, each with its citation."""
    said: set[str] = set()
    for told in sorted(chosen, key=lambda told: told.position):
        source, text = told.source, told.text
        if isinstance(source, FigureRecord):
            mark = draft.cite([source])[0]
            text = f"{draft.named(source.row_label)}：{text}"
        else:
            text = source.text if len(source.text) <= _SHORT else text
            mark = draft.cite_passage(source, text)
        if text not in said:
            said.add(text)
            about = f"（{draft.named(told.topic)}）" if told.topic not in text else ""
            yield f"> {about}{text}[{mark}]"
            if isinstance(source, ParagraphRecord) and opens_list(text):
                yield from (f"> {line}" for line in list_below(draft, source))
