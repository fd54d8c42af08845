"""Query relaxation: a question once more without the words that nobody could read and that bind no answer.

Words that a document prints otherwise are put in its own first (卖地: 土地出让).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.route import unknown_words
from assistant.catalog.linking import item_words
from assistant.compose import Outcome
from assistant.conversation import points_back
from assistant.query import Claim
from assistant.reader import ReadQuestion
from assistant.reading.framing import framing_spans
from assistant.reading.patterns import pattern
from assistant.reading.talk import CLAUSE, binds_nothing, claims_in, is_background, talk_around
from assistant.reply.claims import agrees, claim_lines
from assistant.reply.wanted import asking_clauses, asks_money
from assistant.trained import read, restated
from assistant.understand.tokenize import chinese_number, normalised_question, numbers_in
from assistant.understand.wording import normalise
from index.money import YUAN_PER_UNIT, to_yuan

_COUNTED: Final = re.compile(r"(?<![\d.,])(?P<value>\d{1,6})(?P<unit>辆|台|人|名)(?!次|民)")
_COUNT: Final = re.compile(
    r"[才就快近约有]*(?P<value>\d{1,6}|[一二两三四五六七八九十百千零]+)[多余来]?(?P<unit>[辆台套人名])"
)
_EXAMPLES: Final = pattern("examples")
_TOTAL: Final = re.compile("(收入|支出|收支)(总计|合计|总额)(的.*)?")
_HOW_MUCH: Final = re.compile("多少|(?<!好)几[十百千万]*[块元]")
_SCOPE: Final = re.compile(r"20\d\d|[局厅署]|委(?![托员屈])|办(?![法理事公])|[法学医]院|中心|街道|检察院")
"""What tells whose budget is meant, or of which year: without its clause the question would be about another one."""

_OPERATORS: Final = tuple(map(pattern, ("per", "dividing", "net_change", "splits")))
"""What no question loses: without it another figure would be asked for."""

_ENDS: Final = ",;:。?!()"
_ASKS: Final = re.compile("多少|几|什么|啥|哪|谁|怎|为何|有没有")


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A question without the words that were dropped from it, in their order; ``notes``: which ones read otherwise."""

    question: str
    dropped: tuple[str, ...]
    notes: tuple[str, ...] = ()


_READ: Final = 0.5
"""Likelihood from which the trained reader's reading of a whole question is tried."""


def restatements(question: str, history: Sequence[str]) -> Iterator[Relaxed]:
    """The question as the trained reader puts it, where it is sure enough; what it asserts is left to compare."""
    reading = read(question, history)
    plain = restated(reading) if reading and reading.likely >= _READ else None
    if plain and plain.question.rstrip("?") != normalised_question(question).rstrip("?"):
        yield Relaxed(plain.question, plain.claims, (f"训练的读题器把这一问读作“{plain.question}”，请核对。",))


def without_talk(question: str, unread: Sequence[str]) -> Iterator[Relaxed]:
    """The question without the clauses that are only talk around it; then without unread words that bind no answer.

    Then without the numbers that it claims, where it asks for something else. What is dropped is told. Nothing where
    talk is all.
    """
    text = normalised_question(question)
    around, claims = talk_around(text), claims_in(text)
    for spans in (around, (*around, *claims) if claims else ()):
        left = _outside(text, spans)
        if not spans or not left or _loses_operator(text, left) or (spans != around and not _ASKS.search(left)):
            continue
        said = tuple(text[start:end].strip(_ENDS) for start, end in spans)
        yield Relaxed(left, said)
        for shorter in _without_words(left, unread):
            yield replace(shorter, dropped=(*said, *shorter.dropped))


def said_around(question: str, words: Sequence[str]) -> tuple[str, ...]:
    """Those of the words of a question that only its talk says: nothing that is asked is left open with them."""
    text = normalised_question(question)
    asked = _outside(text, talk_around(text))
    return tuple(word for word in words if word in text and word not in asked)


def unchecked(question: str, draft: Draft) -> tuple[str, ...]:
    """The numbers that a question claims beside what it asks of which its answer says nothing."""
    text, told = normalised_question(question), "\n".join(draft.lines)
    claimed = (text[start:end] for start, end in claims_in(text))
    return tuple(said for said in claimed if not any(n.text in told for n in numbers_in(said)) and said not in told)


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> str:
    dropped = {place for span in spans for place in range(*span)}
    return "".join(character for place, character in enumerate(text) if place not in dropped)


def reworded(question: str, unread: Sequence[str], texts: Sequence[str]) -> Iterator[Relaxed]:
    """The question in words that the texts of its documents print for unread ones, then relaxed; none without any."""
    text, notes = normalised_question(question), []
    for word in sorted(item_words(), key=len, reverse=True):
        if not texts or word not in text or not any(each in word or word in each for each in unread):
            continue
        form = next((form for form in item_words()[word] if all(form in each for each in texts)), None)
        if form and form not in text:
            text = text.replace(word, form)
            notes.append(f"“{word}”按文件里的“{form}”理解。")
    if notes:
        yield Relaxed(text, (), tuple(notes))
        yield from (replace(shorter, notes=tuple(notes)) for shorter in relaxations(text, unread))


def relaxations(question: str, unread: Iterable[str]) -> Iterator[Relaxed]:
    """The question without framing that was not read, then without those of the unread words that bind no answer.

    At last without the clauses that are background and don't ask for a number. Nothing where there is no such word.
    """
    text = normalised_question(question)
    yield from (each for each in _relaxed(text, unread) if not _loses_operator(text, each.question))


def _loses_operator(text: str, shorter: str) -> bool:
    """Whether what says that something is divided, or netted, is none of what is left of a question."""
    return any(operator.search(text) and not operator.search(shorter) for operator in _OPERATORS)


def _relaxed(text: str, unread: Iterable[str]) -> Iterator[Relaxed]:
    """A normalised text without framing, then without words, then without background."""
    words = {word for word in unread if word in text}
    bare = _without_framing(text, words)
    if bare != text:
        yield Relaxed(bare, ())
        yield from _without_words(bare, words)
    yield from _without_words(text, words)


def _without_words(text: str, unread: Iterable[str]) -> Iterator[Relaxed]:
    """A normalised text without those of the unread words that bind no answer, then without background."""
    words = {word for word in unread if word in text and binds_nothing(word, text)}
    if not words:
        return
    dropped = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    found = tuple(dict.fromkeys(match.group() for match in dropped.finditer(text)))
    yield Relaxed(dropped.sub("", text), found)
    background, clauses = is_background(text), list(CLAUSE.finditer(text))
    idle = [m for m in clauses if not _HOW_MUCH.search(m[1]) and _is_idle(m, dropped, background)]
    if all(m in idle for m in clauses if _SCOPE.search(m[1])):
        idle = [m for m in idle if not _SCOPE.search(m[1])]
    left = "".join(dropped.sub("", clause.group()) for clause in clauses if clause not in idle)
    if left and left != dropped.sub("", text):
        yield Relaxed(left, found)


def _without_framing(text: str, unread: Iterable[str]) -> str:
    """A text without the runs of framing, and the examples in brackets, that hold all that is unread of a word."""
    runs = [*framing_spans(text), *(match.span() for match in _EXAMPLES.finditer(text))]
    dropped: set[int] = set()
    for word in unread:
        places = [match.span() for match in re.finditer(re.escape(word), text)]
        around = [run for start, end in places for run in runs if run[0] <= start and end <= run[1]]
        if len(around) >= len(places):
            dropped.update(place for run in around for place in range(*run))
    return "".join(character for place, character in enumerate(text) if place not in dropped)


def asserted(question: str) -> Relaxed | None:
    """What a question only asserts to be so many, asked instead (有3辆车，对吗: 几辆车); None where it asks itself."""
    text = normalised_question(question)
    counted = None if _ASKS.search(text) else _COUNTED.search(text)
    if counted is None:
        return None
    return Relaxed(f"{text[: counted.start()]}几{text[counted.start('unit') :]}", (counted.group(),))


def gone_on(question: str, history: Sequence[str], unread: Iterable[str]) -> Relaxed | None:
    """What a question asks, said to be of what was spoken of before (更新量定的多少: 它的更新量); None of money.

    Nothing where it says so itself.
    """
    text = normalised_question(question)
    clauses = asking_clauses(text)
    if not history or not clauses or points_back(text) or any(map(asks_money, clauses)):
        return None
    asked = f"它的{','.join(clauses)}"
    return Relaxed(asked, tuple(dict.fromkeys(word for word in unread if word in text and word not in asked)))


def _is_idle(clause: re.Match[str], dropped: re.Pattern[str], background: Sequence[bool]) -> bool:
    """Whether a clause says dropped words, and all that it says besides them is background."""
    if not dropped.search(clause[1]):
        return False
    start, end = clause.span(1)
    said = {place for word in dropped.finditer(clause.string, start, end) for place in range(*word.span())}
    return all(background[place] for place in range(start, end) if place not in said)


def texts_of(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The texts of the documents that the parts of a question are about."""
    drafts = {o.draft.catalog.document_id: o.draft for o in outcomes if o.draft}
    return tuple(d.contents.full_text for document, d in drafts.items() if document in d.library.documents)


def tells_only_totals(draft: Draft) -> bool:
    """Whether all the figures of an answer are a budget's totals, which is nothing that dropped words asked for."""
    return bool(draft.figures) and all(_TOTAL.fullmatch(figure.label) for figure in draft.figures)


def unread_of(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The words for which parts of a question were refused, since the document holds them nowhere."""
    words: list[str] = []
    for outcome in outcomes:
        reading, draft = outcome.part.reading, outcome.draft
        if outcome.is_answered or draft is None or not isinstance(reading, ReadQuestion):
            continue
        for side in reading.sides:
            words += unknown_words(draft, side.asked)
    return tuple(dict.fromkeys(words))


def with_claims(dropped: Sequence[str], draft: Draft) -> tuple[str, ...]:
    """Compares the numbers among dropped words with the figures of an answer; what of the words is left then.

    An amount that agrees with none may be of something else, and so is left.
    """
    left: list[str] = []
    for word in dropped:
        counted = _COUNT.fullmatch(word)
        claim = _counted_claim(counted) if counted else _amount_claim(word)
        lines = [line for line in claim_lines([claim] if claim else [], draft.figures) if counted or agrees(line)]
        draft.lines += [line for line in lines if line not in draft.lines]
        left += [] if lines or (claim and _is_quoted(claim, draft)) else [word]
    return tuple(left)


def _is_quoted(claim: Claim, draft: Draft) -> bool:
    """Whether a passage that an answer quotes says an amount that a claim is of, however it is written."""
    told = [t for line in draft.lines if line.startswith(">") for t in numbers_in(normalise(line))]
    amounts = [to_yuan(t.value, t.unit) for t in told if t.value is not None and t.unit in YUAN_PER_UNIT]
    return claim.unit in YUAN_PER_UNIT and to_yuan(claim.value, claim.unit) in amounts


def _counted_claim(counted: re.Match[str]) -> Claim:
    said = counted["value"]
    value = Decimal(said) if said.isdecimal() else chinese_number(said) or Decimal(0)
    return Claim(value=value, unit=counted["unit"], text=counted.group())


def _amount_claim(word: str) -> Claim | None:
    """The first amount that a word says."""
    amounts = (Claim(value=t.value, unit=t.unit, text=word) for t in numbers_in(word) if t.value is not None)
    return next(amounts, None)
