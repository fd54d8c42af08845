"""Questions over invented budgets of several units, years and forms: they guard where the shared corpus is not."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.evaluate import Score, load_questions
from tests.invented.budget import total
from tests.questions.compose import FILE, compose, render
from tests.questions.sets import HERE, sets_of
from tests.questions.shelf import shelf, write_shelf
from tests.questions.test_questions import FLOORS, WRONG, told
from tests.questions.truth import Item, economic_items, functional_items, three_public, wholes

SETS = sets_of("invented")


@pytest.mark.parametrize("name", SETS)
def test_right_answers_over_invented_budgets(name: str, invented_scores: dict[str, Score]) -> None:
    score = invented_scores[name]
    assert float(score.percent_right) >= FLOORS[name]["right"], told(score)


@pytest.mark.parametrize("name", SETS)
def test_wrong_answers_over_invented_budgets(name: str, invented_scores: dict[str, Score]) -> None:
    score = invented_scores[name]
    wrong = 100 * sum(score.totals()[verdict] for verdict in WRONG) / len(score.judgements)
    assert wrong <= FLOORS[name]["wrong"], told(score)


@pytest.mark.parametrize("name", SETS)
def test_what_no_invented_budget_holds_is_refused(name: str, invented_scores: dict[str, Score]) -> None:
    refused = [judgement for judgement in invented_scores[name].judgements if judgement.question.refuse]
    assert len(refused) > 30
    assert [j.question.question for j in refused if j.verdict != "right"] == []


def test_the_file_is_what_is_composed() -> None:
    assert FILE.read_text(encoding="utf-8") == render(compose()), "run python -m tests.questions.compose"


def test_every_kind_is_asked_and_each_question_once() -> None:
    questions = load_questions(HERE / "invented.jsonl")
    assert len({question.question for question in questions}) == len(questions) >= 200
    kinds = Counter(question.kind for question in questions)
    assert len(kinds) == 29 and min(kinds.values()) >= 2


def test_only_a_refusal_expects_nothing() -> None:
    for question in load_questions(HERE / "invented.jsonl"):
        assert question.refuse != bool(question.expect) and question.refuse != bool(question.cite)


def test_the_truth_adds_up() -> None:
    for budget in (book.budget for book in shelf()):
        assert all(sum(part.amount for part in whole.parts) == whole.amount for whole in wholes(budget))
        assert three_public(budget).amount == budget.three_public.total
        items = {item.name: item.amount for item in economic_items(budget)}
        assert items["公务接待费"] == budget.three_public.reception
        assert sum(_tops(functional_items(budget))) <= total(budget.general)


def test_the_later_year_looks_back_at_the_earlier_one() -> None:
    budgets = {(book.budget.name, book.budget.year): book.budget for book in shelf()}
    pairs = [(budgets[name, year - 1], budgets[name, year]) for name, year in budgets if (name, year - 1) in budgets]
    assert len(pairs) == 2
    assert all(later.earlier.total == earlier.total for earlier, later in pairs)


def test_the_documents_are_the_same_in_every_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    for name, year in (("now", 2026), ("later", 2031)):
        (tmp_path / name).mkdir()
        monkeypatch.setattr("time.time", lambda year=year: float((year - 1970) * 31_556_952))
        written.append([path.read_bytes() for path in write_shelf(tmp_path / name)])
    assert written[0] == written[1]


def _tops(items: tuple[Item, ...]) -> list[Decimal]:
    return [item.amount for item in items if item.name.endswith(("就业支出", "健康支出", "保障支出"))]
