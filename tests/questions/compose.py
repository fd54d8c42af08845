"""Questions over the invented budgets, with the answers that follow from what was invented: ``invented.jsonl``.

Write the file anew with ``python -m tests.questions.compose``. What is asked, and in which words, is drawn by chance
that is the same in every run; the words stand in ``asking.yaml``. Freeze the answers afterwards (``freeze.py``).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

import yaml

from assistant.evaluate import EvalQuestion
from tests.invented.budget import ZERO, Budget
from tests.questions.sets import HERE
from tests.questions.shelf import shelf
from tests.questions.truth import (
    Item,
    Whole,
    absent_items,
    changed,
    economic_items,
    functional_items,
    percent,
    projects,
    three_public,
    totals,
    wan,
    wholes,
)

FILE: Final = HERE / "invented.jsonl"
_WORDS: Final[dict[str, list[str]]] = yaml.safe_load(Path(__file__).with_name("asking.yaml").read_text("utf-8"))
_TALK_EVERY: Final = 3
_SAME_YEAR: Final = 2025
"""The year of which most units have a budget: they are compared in it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be put into words: ``kind`` names the wordings, ``fields`` fill them."""

    kind: str
    fields: dict[str, str | int]
    expect: list[str] = field(default_factory=list)
    about: tuple[Budget, ...] = ()
    refuse: bool = False


class Chance(random.Random):
    """Chance that is the same in every run."""

    def some(self, values: Sequence[T], count: int) -> list[T]:
        """So many of the values, or all of them."""
        return self.sample(list(values), min(count, len(values)))

    def who(self, budget: Budget) -> str:
        """A document as people name it: with its place or without, and a final account as such."""
        name = self.choice([budget.name, budget.department])
        return f"{name}{budget.year}年" + ("决算的" if budget.document_type == "决算" else "")


def compose() -> list[EvalQuestion]:
    """All questions, numbered, some of them wrapped in talk."""
    chance = Chance(0)
    return [_worded(number, asked, chance) for number, asked in enumerate(_everything(chance), start=1)]


def render(questions: Sequence[EvalQuestion]) -> str:
    """The file of the questions."""
    return "\n".join(question.model_dump_json(exclude_defaults=True) for question in questions) + "\n"


def _worded(number: int, asked: Asked, chance: Chance) -> EvalQuestion:
    text = chance.choice(_WORDS[asked.kind]).format(**asked.fields)
    text = chance.choice(_WORDS["talk"]).format(text) if number % _TALK_EVERY == 0 else f"{text}？"
    cite = [f"{budget.name}&year:{budget.year}" for budget in asked.about]
    return EvalQuestion(
        id=f"I{number:03}", kind=asked.kind, question=text, expect=asked.expect, cite=cite, refuse=asked.refuse
    )


def _everything(chance: Chance) -> Iterator[Asked]:
    budgets = [book.budget for book in shelf()]
    for book in shelf():
        for kind in _OF_ONE:
            yield from kind(book.budget, chance)
        if book.lists_projects:
            yield from _projects(book.budget, chance)
    for earlier, later in pairwise(budgets):
        if earlier.name == later.name:
            yield from _two_years(earlier, later, chance)
    same_year = [budget for budget in budgets if budget.year == _SAME_YEAR]
    yield from _two_units(same_year, chance)
    yield from _all_units(same_year)


def _lookups(budget: Budget, chance: Chance) -> Iterator[Asked]:
    items = [
        *chance.some(economic_items(budget), 2),
        *chance.some(functional_items(budget), 1),
        *chance.some(three_public(budget).parts, 1),
        *chance.some(totals(budget), 1),
    ]
    kind = "spent" if budget.document_type == "决算" else "lookup"
    for item in items:
        yield Asked(kind, {"who": f"{budget.name}{budget.year}年", "a": item.name}, [item.wan], (budget,))


def _sums(budget: Budget, chance: Chance) -> Iterator[Asked]:
    for count, kind in ((2, "sum_of_two"), (3, "sum_of_three")):
        items = chance.some(economic_items(budget), count)
        yield Asked(kind, {"who": chance.who(budget), **_named(items)}, [wan(sum_of(items))], (budget,))


def _shares(budget: Budget, chance: Chance) -> Iterator[Asked]:
    for whole in chance.some([*wholes(budget), three_public(budget)], 2):
        part = chance.choice(whole.parts)
        fields = {"who": chance.who(budget), "a": part.name, "of": whole.name}
        yield Asked("share", fields, [percent(part.amount, whole.amount)], (budget,))


def _gaps(budget: Budget, chance: Chance) -> Iterator[Asked]:
    more, less = sorted(chance.some(economic_items(budget), 2), key=lambda item: -item.amount)
    yield Asked("gap", {"who": chance.who(budget), **_named([more, less])}, [wan(more.amount - less.amount)], (budget,))


def _ranks(budget: Budget, chance: Chance) -> Iterator[Asked]:
    for kind in chance.some(["highest", "lowest", "top", "second"], 2):
        whole = chance.choice(wholes(budget))
        places = {"highest": slice(1), "lowest": slice(-1, None), "top": slice(3), "second": slice(1, 2)}
        wanted = whole.parts[places[kind]]
        expect = [each for item in wanted for each in (f"t:{item.name}", item.wan)]
        yield Asked(kind, {"who": chance.who(budget), "of": whole.name}, expect, (budget,))


def _composed(budget: Budget, chance: Chance) -> Iterator[Asked]:
    """Operations on what other operations give."""
    for kind in chance.some(list(_COMPOSED), 3):
        whole = chance.choice(wholes(budget))
        part = chance.choice(whole.parts[2:])
        fields = {"who": chance.who(budget), "a": part.name, "of": whole.name}
        yield Asked(kind, fields, [_COMPOSED[kind](whole, part)], (budget,))


def _changes(budget: Budget, chance: Chance) -> Iterator[Asked]:
    for fact in chance.some(changed(budget), 2):
        assert fact.change is not None and fact.percent is not None
        way = "a:增加|增长|多" if fact.change > 0 else "a:减少|下降|少"
        kind = chance.choice(["change", "percent_change"])
        expect = [wan(fact.change), way] if kind == "change" else [f"p:{abs(fact.percent)}", way]
        yield Asked(kind, {"who": f"{budget.name}{budget.year}年", "a": fact.subject}, expect, (budget,))


def _refusals(budget: Budget, chance: Chance) -> Iterator[Asked]:
    """Another year, unit, item or measure."""
    kinds = ["absent_year", "absent_unit", "absent_item", "absent_measure"]
    for kind in [*chance.some(kinds, 3), *(["absent_final"] if budget.document_type == "预算" else [])]:
        fields: dict[str, str | int] = {
            "who": chance.who(budget), "unit": budget.name, "office": budget.department, "year": budget.year,
            "a": chance.choice(economic_items(budget)).name, "absent": chance.choice(absent_items()),
        }  # fmt: skip
        yield Asked(kind, fields, refuse=True)


def _projects(budget: Budget, chance: Chance) -> Iterator[Asked]:
    largest, *others = projects(budget)
    project = chance.choice(others)
    yield Asked("lookup", {"who": chance.who(budget), "a": project.name}, [project.wan], (budget,))
    yield Asked("largest_project", {"who": chance.who(budget)}, [f"t:{largest.name}", largest.wan], (budget,))


def _two_years(earlier: Budget, later: Budget, chance: Chance) -> Iterator[Asked]:
    before = {item.name: item for item in economic_items(earlier)}
    both = [(before[item.name], item) for item in economic_items(later) if item.name in before]
    fields = {"unit": later.name, "year": later.year, "before": earlier.year}
    for old, new in chance.some(both, 4):
        yield Asked("between_years", {**fields, "a": new.name}, [wan(new.amount - old.amount)], (earlier, later))
    for old, new in chance.some(both, 2):
        yield Asked("each_year", {**fields, "a": new.name}, [old.wan, new.wan], (earlier, later))


def _two_units(budgets: Sequence[Budget], chance: Chance) -> Iterator[Asked]:
    for one, other in pairwise([*budgets, budgets[0]]):
        amounts = {item.name: item for item in (*economic_items(other), *three_public(other).parts)}
        shared = [item for item in economic_items(one) if item.name in amounts]
        for item in chance.some(shared, 2):
            theirs = amounts[item.name]
            fields = {"who": chance.who(one), "other": chance.who(other), "a": item.name}
            yield Asked("two_units", fields, [wan(item.amount - theirs.amount)], (one, other))


def _all_units(budgets: Sequence[Budget]) -> Iterator[Asked]:
    for name in ("公务接待费", "公务用车运行维护费", "办公费", "差旅费", "会议费"):
        amounts = {budget: _amount(budget, name) for budget in budgets}
        ordered = sorted(budgets, key=lambda budget: amounts[budget].amount)
        for kind, budget in (("least_of_all", ordered[0]), ("most_of_all", ordered[-1])):
            yield _of_all(kind, name, [f"t:{budget.department}", amounts[budget].wan], budget)
        yield _of_all("sum_of_all", name, [wan(sum_of(amounts.values()))], *budgets)


def _of_all(kind: str, name: str, expect: list[str], *about: Budget) -> Asked:
    return Asked(kind, {"year": _SAME_YEAR, "a": name}, expect, about)


def _amount(budget: Budget, name: str) -> Item:
    return next(item for item in economic_items(budget) if item.name == name)


def _named(items: Sequence[Item]) -> dict[str, str]:
    return {letter: item.name for letter, item in zip("abc", items, strict=False)}


def sum_of(items: Iterable[Item]) -> Decimal:
    """The sum of the items' amounts."""
    return sum((item.amount for item in items), ZERO)


_OF_ONE: Final[tuple[Callable[[Budget, Chance], Iterator[Asked]], ...]] = (
    _lookups, _sums, _shares, _gaps, _ranks, _composed, _changes, _refusals,
)  # fmt: skip
_COMPOSED: Final[dict[str, Callable[[Whole, Item], str]]] = {
    "top_sum": lambda whole, part: wan(sum_of(whole.parts[:3])),
    "top_share": lambda whole, part: percent(sum_of(whole.parts[:3]), whole.amount),
    "average": lambda whole, part: wan(whole.amount / len(whole.parts)),
    "except": lambda whole, part: wan(whole.amount - part.amount),
    "more_than": lambda whole, part: f"n:{sum(each.amount > part.amount for each in whole.parts)}",
}


if __name__ == "__main__":
    FILE.write_text(render(compose()), encoding="utf-8")
    print(f"{FILE.name}: {len(compose())} questions written; read the difference, then freeze the answers.")
