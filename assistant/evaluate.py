"""Scores answers against a question set whose expectations a budget officer can read and extend.

An expectation is ``kind:wanted``: ``w`` an amount in 万元 (the answer may print it in 元 or 亿元), ``n`` a number,
``p`` a per cent, ``t`` a text, ``a`` any of several texts, ``x`` what must not stand there. An answer is right when
all expectations hold and one citation satisfies one alternative of ``cite``; a question marked ``refuse`` must be
refused or asked back. A wrong figure is counted apart from no answer: in this field it is worse.

Verdicts are to be those of the tool that comes with the shared question sets, to the edge of each tolerance; so the
numbers are compared as it compares them, in binary floating point. No figure that anybody is shown is made here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer
from index.errors import BudgetError

Verdict = Literal["right", "wrong", "uncited", "refused", "answered"]

_WAN_PER_SCALE: Final = {"亿": 1e4, "万": 1.0, "万亿": 1e8}
_AMOUNT_TOLERANCE: Final = 0.005
_NUMBER_TOLERANCE: Final = 0.01
_PERCENT_TOLERANCE: Final = 0.1
_FORBIDDEN_TOLERANCE: Final = 0.0005
_NUMBER: Final = re.compile(
    r"(?<![\dA-Za-z.])[-−]?(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"\s*个?(?P<scale>万亿|亿|万)?\s*(?P<yuan>元)?\s*(?P<percent>%)?"
)


class EvalQuestion(BaseModel):
    """One line of a question set."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    question: str
    history: list[str] = Field(default_factory=list)
    expect: list[str] = Field(default_factory=list)
    cite: list[str] = Field(default_factory=list)
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number in a text: its absolute value, the same in 万元 where it carries a unit of money."""

    value: float
    wan: float | None
    is_percent: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one question; ``reasons`` are the expectations, or places to cite, that the answer misses."""

    question: EvalQuestion
    answer: Answer
    verdict: Verdict
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """All judgements of a question set."""

    judgements: tuple[Judgement, ...]

    def by_kind(self) -> dict[str, Counter[Verdict]]:
        """Verdicts counted per kind of question, kinds in alphabetical order."""
        table: dict[str, Counter[Verdict]] = {}
        for judgement in self.judgements:
            table.setdefault(judgement.question.kind, Counter())[judgement.verdict] += 1
        return dict(sorted(table.items()))

    def totals(self) -> Counter[Verdict]:
        """Verdicts counted over all questions."""
        return Counter(judgement.verdict for judgement in self.judgements)

    @property
    def percent_right(self) -> Decimal:
        """The share of right answers in per cent."""
        return Decimal(100) * self.totals()["right"] / max(len(self.judgements), 1)


class QuestionSetError(BudgetError):
    """The question set can't be read."""

    exit_code = 2


def load_questions(path: Path) -> tuple[EvalQuestion, ...]:
    """Read a JSON-lines question set. Raises QuestionSetError with the number of the offending line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"读不了题集 {path}", "请给出 UTF-8 编码的 JSON Lines 文件。") from error
    questions = tuple(_question(line, number) for number, line in enumerate(lines, 1) if line.strip())
    if not questions:
        raise QuestionSetError(f"题集 {path} 里没有题目")
    return questions


def _question(line: str, number: int) -> EvalQuestion:
    try:
        question = EvalQuestion.model_validate_json(line)
        for expectation in question.expect:
            parse_expectation(expectation)
    except (ValidationError, ValueError) as error:
        raise QuestionSetError(f"题集第 {number} 行不合格式：{error}") from error
    return question


def evaluate(
    questions: Iterable[EvalQuestion],
    ask: Callable[[EvalQuestion], Answer],
    progress: Callable[[Judgement], None] = lambda _: None,
) -> Score:
    """Ask each question and judge the answer; ``progress`` hears of each judgement."""
    judgements = []
    for question in questions:
        judgement = judge(question, ask(question))
        progress(judgement)
        judgements.append(judgement)
    return Score(tuple(judgements))


def judge(question: EvalQuestion, answer: Answer) -> Judgement:
    """The verdict on one answer. Asking back counts as not answering."""
    declined = answer.refused or answer.route == "clarify"
    if question.refuse:
        return Judgement(question, answer, "right" if declined else "answered")
    if declined:
        return Judgement(question, answer, "refused")
    failed = tuple(each for each in question.expect if not holds(each, answer.answer))
    if failed:
        return Judgement(question, answer, "wrong", failed)
    if question.cite and not is_cited(question.cite, [each.model_dump_json() for each in answer.citations]):
        return Judgement(question, answer, "uncited", tuple(question.cite))
    return Judgement(question, answer, "right")


def holds(expectation: str, text: str) -> bool:
    """Whether one expectation holds in an answer's text.

    >>> holds("w:20.69", "共 206,900 元[1]"), holds("x:583", "2583 人"), holds("a:六月|6月", "于 6 月底")
    (True, True, True)
    """
    parsed = parse_expectation(expectation)
    return _CHECKS[parsed.kind](parsed, text)


def is_cited(alternatives: Sequence[str], citations: Sequence[str]) -> bool:
    """Whether some citation holds all ``&``-joined texts of some alternative."""
    texts = [normalise(citation) for citation in citations]
    wanted = [[normalise(part) for part in alternative.split("&")] for alternative in alternatives]
    return any(all(part in text for part in parts) for parts in wanted for text in texts)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A parsed expectation; ``number`` is set where it is about one."""

    kind: str
    wanted: str
    number: float | None = None


def parse_expectation(expectation: str) -> Expectation:
    """Raises ValueError for an unknown kind or a number that is none."""
    kind, _, wanted = expectation.partition(":")
    if kind not in _CHECKS:
        raise ValueError(f"不认识的期望 {expectation!r}，可用 {'、'.join(_CHECKS)}")
    is_numeric = kind in {"w", "n", "p"} or (kind == "x" and re.fullmatch(r"[\d.]+", wanted))
    if not is_numeric:
        return Expectation(kind, wanted)
    try:
        return Expectation(kind, wanted, float(wanted))
    except ValueError as error:
        raise ValueError(f"期望 {expectation!r} 里不是数") from error


def normalise(text: str) -> str:
    """Half-width, no white space, no quotes nor Markdown emphasis: what two texts are compared by."""
    return re.sub(r"[\s“”\"'‘’`*]", "", unicodedata.normalize("NFKC", text))


def printed_numbers(text: str) -> Iterator[PrintedNumber]:
    """Every number of a text; citation marks are none.

    >>> [n.wan for n in printed_numbers("1.2 亿元，合 12000 万元[3]")]
    [12000.0, 12000.0]
    """
    # a full-width comma never groups digits, so it must not become a half-width one
    plain = unicodedata.normalize("NFKC", text.replace("，", "; "))
    plain = re.sub(r"\[\^?\d+\]", " ", plain)
    for match in _NUMBER.finditer(plain):
        value = float(match["digits"].replace(",", ""))
        wan = None
        if match["scale"]:
            wan = value * _WAN_PER_SCALE[match["scale"]]
        elif match["yuan"]:
            wan = value / 10_000
        yield PrintedNumber(value, wan, bool(match["percent"]))


def _near(value: float, expectation: Expectation, tolerance: float) -> bool:
    return expectation.number is not None and abs(value - expectation.number) < tolerance


def _amount(expectation: Expectation, text: str) -> bool:
    # a bare number may stand in a table column headed 万元, so it is taken as it is
    numbers = (n for n in printed_numbers(text) if n.wan is not None or not n.is_percent)
    return any(_near(n.value if n.wan is None else n.wan, expectation, _AMOUNT_TOLERANCE) for n in numbers)


def _number(expectation: Expectation, text: str) -> bool:
    return any(_near(n.value, expectation, _NUMBER_TOLERANCE) for n in printed_numbers(text))


def _percent(expectation: Expectation, text: str) -> bool:
    wanted = expectation.number
    return wanted is not None and any(
        abs(n.value - wanted) <= _PERCENT_TOLERANCE for n in printed_numbers(text) if n.is_percent
    )


def _text(expectation: Expectation, text: str) -> bool:
    return normalise(expectation.wanted) in normalise(text)


def _any_text(expectation: Expectation, text: str) -> bool:
    plain = normalise(text)
    return any(normalise(wanted) in plain for wanted in expectation.wanted.split("|"))


def _absent(expectation: Expectation, text: str) -> bool:
    if expectation.number is None:
        return not _text(expectation, text)
    return not any(_near(n.value, expectation, _FORBIDDEN_TOLERANCE) for n in printed_numbers(text))


_CHECKS: Final[dict[str, Callable[[Expectation, str], bool]]] = {
    "w": _amount,
    "n": _number,
    "p": _percent,
    "t": _text,
    "a": _any_text,
    "x": _absent,
}
