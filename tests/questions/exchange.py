"""Questions that no document answers, made from questions that one does: one word is exchanged.

The word is a unit, a year, an item or a measure; what it is exchanged for is of its class and stands nowhere in the
documents that the question is about. Such a question must be refused or asked back. To answer it is wrong; to answer
it with the figures of the original is the worst that can happen.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from rapidfuzz import fuzz, process

from assistant.answer import Answer
from assistant.evaluate import EvalQuestion, Judgement, holds
from assistant.library import Library
from assistant.scope import UnitRegister
from assistant.understand.wording import aliases, generic_words, normalise, wording_rules
from assistant.words import tokenizer
from index.records import DocumentRecord
from tests.conftest import ROOT

WordClass = Literal["unit", "year", "item", "measure"]

WORDS: Final[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("exchanges.yaml").read_text(encoding="utf-8"))
_SYSTEMS: Final = ("function", "economic", "economic_gov")
_SAME_NAME: Final = 85
"""Similarity (per cent) from which a name may be a printed one in another spelling."""

_NEAREST: Final = 6
_LEAST: Final = 2
_CODE: Final = re.compile(r"(?<!\d)\d{5,7}(?!\d)")
_PATTERNS: Final[dict[WordClass, re.Pattern[str]]] = {
    "unit": re.compile(r"(?:本|我们|全)(?:部门|单位)"),
    "year": re.compile(
        r"(?<!\d)(?:20\d\d年(?:度)?(?![底末初])|(?:今年|本年度?|去年|上年度?)(?!收入|支出|结转|结余|拟))"
    ),
    "item": _CODE,
    "measure": re.compile(
        r"(?<!公共)(?<!经营)(?<!基金)(?<!部门)(?<!单位)预算(?:数|金额|安排)?(?=了?多少|是|有|$|\?)|指标值|目标值"
    ),
}
_DATED: Final = re.compile(r"\d{4}年|[今去上前本]年")
_POLITE: Final = re.compile(r"请|麻烦|帮|查|按|把")
_ANSWERED_ANYWAY: Final = frozenset({"refuse", "yesno", "conflict"})
"""Kinds whose questions may be answered after an exchange: whether there is something, whether figures agree."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a normalised question that may be exchanged; ``by_place``: a unit named by its place alone."""

    word_class: WordClass
    text: str
    start: int
    by_place: bool = False

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question made from ``original``: what stood there as ``old`` is ``new``."""

    original: EvalQuestion
    word_class: WordClass
    old: str
    new: str
    question: EvalQuestion

    def repeats_the_original(self, answer: Answer) -> bool:
        """Whether an answer gives all figures (where there are none, all texts) that the original asks for."""
        positive = [each for each in self.original.expect if not each.startswith("x:")]
        figures = [each for each in positive if each[0] in "wnp"]
        return all(holds(each, answer.answer) for each in figures or positive)


class Holdings:
    """What some documents print: their words, the names of their rows and columns."""

    def __init__(self, library: Library, documents: Iterable[DocumentRecord]) -> None:
        contents = [library.contents(document.document_id) for document in documents]
        self._texts = [normalise(c.record.title + c.record.unit_name) + c.full_text for c in contents]
        tables = [table for each in contents for table in each.catalog.tables.values()]
        rows = (label for table in tables for row in table.rows for label in (row.label, row.printed_label))
        columns = (n for table in tables for c in table.columns for n in (c.measure or "", c.path.split("/")[-1]))
        self._items = sorted(_said(rows))
        self.names: dict[str, WordClass] = dict.fromkeys(self._items, "item") | dict.fromkeys(_said(columns), "measure")

    def print(self, word: str) -> bool:
        """Whether a word stands anywhere, or is another form of a name that does."""
        plain = normalise(word)
        forms = [plain, *(name for name, said in aliases().items() if plain in said)]
        similar = process.extractOne(plain, self._items, scorer=fuzz.ratio, score_cutoff=_SAME_NAME)
        return similar is not None or any(form in text for form in forms for text in self._texts)

    def print_year(self, year: int) -> bool:
        """Whether a year is written anywhere; digits within a number or a code are none."""
        written = re.compile(rf"(?<![\d.]){year}(?![\d.])")
        return any(written.search(text) for text in self._texts)


class Exchanger:
    """Makes questions from those asked of one index; another ``seed`` chooses other words."""

    def __init__(self, library: Library, seed: int = 0) -> None:
        self._library = library
        self._seed = seed
        self._register = UnitRegister(library.documents.values(), library.units)
        self._everything = Holdings(library, tuple(library.documents.values()))
        self._holdings = lru_cache(lambda documents: Holdings(library, documents))

    def exchanges(self, judgements: Iterable[Judgement]) -> list[Exchange]:
        """One exchange for each class of word that a rightly answered question has; the same in every run."""
        made: dict[str, Exchange] = {}
        for judgement in judgements:
            if judgement.verdict == "right" and not _is_answerable_anyway(judgement.question):
                for exchange in self._of_question(judgement.question, self._holdings(self._cited(judgement.answer))):
                    made.setdefault(exchange.question.question, exchange)
        return list(made.values())

    def _cited(self, answer: Answer) -> tuple[DocumentRecord, ...]:
        """The documents that an answer cites."""
        files = {citation.document for citation in answer.citations}
        return tuple(document for document in self._library.documents.values() if document.file in files)

    def _of_question(self, question: EvalQuestion, holdings: Holdings) -> Iterator[Exchange]:
        text = normalise(question.question)
        words = list(self._words(text, holdings))
        for word_class, others in self._others(holdings).items():
            chance = random.Random(f"{self._seed}/{question.id}/{word_class}")
            fitting = [word for word in words if word.word_class == word_class]
            fitting = fitting or list(self._implied(question, word_class))
            if not fitting:
                continue
            word = chance.choice(fitting)
            new = next(others(word, chance), None)
            if new is not None:
                made = EvalQuestion(
                    id=f"{question.id}-{word_class}", kind=word_class, history=question.history, refuse=True,
                    question=text[: word.start] + new + text[word.end :],
                )  # fmt: skip
                yield Exchange(question, word_class, word.text, new, made)

    def _others(self, holdings: Holdings) -> dict[WordClass, Callable[[Word, random.Random], Iterator[str]]]:
        """For each class the words that one may be exchanged for."""
        years = [year for year in WORDS["years"] if not self._is_known(year, holdings)]
        measures = [name for core, name in WORDS["measures"].items() if not holdings.print(core)]
        return {
            "unit": lambda word, chance: (n for n in _units(word, chance) if not self._everything.print(n)),
            "year": lambda word, chance: (f"{year}年" for year in chance.sample(years, len(years))),
            "item": lambda word, chance: (n for n in _items(word.text, chance) if not holdings.print(n)),
            "measure": lambda word, chance: iter(chance.sample(measures, len(measures))),
        }

    def _is_known(self, year: int, holdings: Holdings) -> bool:
        loaded = {document.year for document in self._library.documents.values()}
        return year in loaded or holdings.print_year(year)

    def _words(self, text: str, holdings: Holdings) -> Iterator[Word]:
        """The words that may be exchanged: of those that overlap, the longest."""
        taken: set[int] = set()
        for word in sorted(self._candidates(text, holdings), key=lambda word: word.start - word.end):
            if taken.isdisjoint(range(word.start, word.end)):
                taken.update(range(word.start, word.end))
                yield word

    def _candidates(self, text: str, holdings: Holdings) -> Iterator[Word]:
        for mention in self._register.mentions(text):
            yield Word("unit", mention.text, mention.start, mention.by_place)
        for word_class, pattern in _PATTERNS.items():
            yield from (Word(word_class, match.group(), match.start()) for match in pattern.finditer(text))
        ends = list(accumulate(map(len, tokenizer().cut(text)), initial=0))
        for start, end in combinations(ends, 2):
            if name := holdings.names.get(text[start:end]):
                yield Word(name, text[start:end], start)

    def _implied(self, question: EvalQuestion, word_class: WordClass) -> Iterator[Word]:
        """The unit or year that goes without saying, where there is one document: another one named in front."""
        text = normalise(question.question)
        is_figure = any(each.startswith("w:") for each in question.expect)
        if len(self._register.units) > 1 or question.history or not is_figure or _POLITE.match(text):
            return
        if word_class == "unit" or (word_class == "year" and not _DATED.search(text)):
            yield Word(word_class, "", 0)


def _is_answerable_anyway(question: EvalQuestion) -> bool:
    return question.refuse or question.kind in _ANSWERED_ANYWAY


def _said(names: Iterable[str]) -> Iterator[str]:
    """The names that mean something on their own, and what people say for them."""
    unnameable = {*generic_words(), *wording_rules()["unnameable"]}
    for name in {normalise(name) for name in names}:
        yield from (n for n in (name, *aliases().get(name, ())) if len(n) >= _LEAST and n not in unnameable)


def _units(word: Word, chance: random.Random) -> Iterator[str]:
    """Other units, named with a place or without one as the old is; for a place another place."""
    places = chance.sample(WORDS["places"], len(WORDS["places"]))
    if word.by_place:
        yield from (place if word.text.endswith("市") else place.removesuffix("市") for place in places)
    placed = re.match(r".{2,3}?[市区]", word.text)
    own = placed.group() if placed else ""
    kind = word.text[len(own) :]
    for place, organisation in zip(places, chance.sample(WORDS["organisations"], len(places)), strict=True):
        same_kind = [place + kind, own + chance.choice(WORDS["districts"]) + kind] if own else []
        yield chance.choice([own + organisation, place + organisation, *same_kind])


def _items(old: str, chance: random.Random) -> Iterator[str]:
    """Other items of the old one's classification, those named most alike first; or things that no budget lists."""
    if _CODE.fullmatch(old):
        codes = [code for system in _SYSTEMS for code, _ in _classified(system) if len(code) == len(old)]
        yield from chance.sample(codes, len(codes))
        return
    known = {old, *(name for name, forms in aliases().items() if old in forms)}
    system = next((s for s in _SYSTEMS if any(normalise(name) in known for _, name in _classified(s))), None)
    if system is None or chance.random() < 0.2:
        yield from chance.sample(WORDS["things"], len(WORDS["things"]))
    names = sorted({name for _, name in _classified(system)}) if system else []
    alike = sorted(names, key=lambda name: -fuzz.ratio(name, old))
    while alike:
        nearest = alike[:_NEAREST]
        del alike[:_NEAREST]
        yield from chance.sample(nearest, len(nearest))


@lru_cache
def _classified(system: str) -> list[tuple[str, str]]:
    """Code and name of a classification's items."""
    path = ROOT / "data" / "dictionary" / f"codes_{system}.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["name"]) for row in csv.DictReader(file, delimiter="\t")]
