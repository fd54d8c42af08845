"""Every answer of every question set as it was frozen: what changes, changes on purpose (``freeze.py``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Figure, TableCitation, TextCitation
from assistant.evaluate import EvalQuestion, Score, judge
from tests.questions.freeze import FOLDER, Frozen, changes, frozen_of, load_frozen, save_frozen, told
from tests.questions.sets import INDEXES, index_of, sets_of

SETS = [name for index in INDEXES for name in sets_of(index)]
QUESTION = EvalQuestion(id="Q1", kind="lookup", question="公务接待费多少？", expect=["w:0.69"])
FROZEN = Frozen(id="Q1", verdict="right", route="sql", figures=["公务接待费=0.69 万元"], cited={"预算": "t7.1.6 p85"})


def test_every_set_is_frozen_and_nothing_else() -> None:
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(SETS)


@pytest.mark.parametrize("name", SETS)
def test_answers_are_as_frozen(name: str, request: pytest.FixtureRequest) -> None:
    frozen = load_frozen(name)
    score: Score = request.getfixturevalue(f"{index_of(name)}_scores")[name]
    changed = changes(frozen, frozen_of(score), [judgement.question for judgement in score.judgements])
    assert not changed, f"{name} is not as frozen:\n{told(changed)}\nif meant: python -m tests.questions.freeze {name}"


def test_a_missing_file_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_frozen("seed.jsonl", tmp_path)


def test_what_is_frozen_of_an_answer(tmp_path: Path) -> None:
    score = Score((judge(QUESTION, _answer()),))
    assert frozen_of(score) == [FROZEN]
    save_frozen("x.jsonl", frozen_of(score), tmp_path)
    assert load_frozen("x.jsonl", tmp_path) == [FROZEN]


def test_the_hash_of_the_file_is_not_frozen() -> None:
    one, other = ([judge(QUESTION, _answer(hash_))] for hash_ in ("58ac66f865b9", "000000000000"))
    assert frozen_of(Score(tuple(one))) == frozen_of(Score(tuple(other)))


@pytest.mark.parametrize(
    ("now", "lines"),
    [
        ({"verdict": "wrong", "figures": ["公务接待费=0.78 万元"]},
         ["right → not right (1)", "  Q1 公务接待费多少？", "    verdict: right → wrong",
          "    figures: 公务接待费=0.69 万元 → 公务接待费=0.78 万元"]),
        ({"cited": {"预算": "p85 t7.1.6"}},
         ["still right (1)", "  Q1 公务接待费多少？", "    cited: in another order: p85, t7.1.6"]),
        ({"route": "both"}, ["still right (1)", "  Q1 公务接待费多少？", "    route: sql → both"]),
        ({"cited": {"预算": "t7.1.6"}}, ["still right (1)", "  Q1 公务接待费多少？", "    cited: p85 → –"]),
    ],
)  # fmt: skip
def test_any_difference_is_told(now: dict[str, object], lines: list[str]) -> None:
    changed = changes([FROZEN], [FROZEN.model_copy(update=now)], [QUESTION])
    assert told(changed).splitlines() == lines


def test_the_worst_comes_first() -> None:
    before = [FROZEN.model_copy(update={"id": "A", "verdict": "refused"}), FROZEN.model_copy(update={"id": "B"})]
    after = [FROZEN.model_copy(update={"id": "A"}), FROZEN.model_copy(update={"id": "B", "verdict": "refused"})]
    found = [(change.group, change.id) for change in changes(before, after, [])]
    assert found == [("right → not right", "B"), ("not right → right", "A")]


def test_a_question_more_or_less_is_a_change() -> None:
    assert [change.group for change in changes([], [FROZEN], [QUESTION])] == ["asked anew"]
    assert [change.group for change in changes([FROZEN], [], [QUESTION])] == ["not asked"]


def _answer(hash_: str = "58ac66f865b9") -> Answer:
    """An answer with one figure, a cell and a paragraph."""
    cell = TableCitation(
        n=1, document="预算.txt", unit_name="某局", year=2024, table_no=None, table_title="三公经费支出表",
        table_id=f"{hash_}.t7", row=1, row_label="某局", code=None, column="公务接待费", column_no=6, value="0.69",
        unit="万元", page=None,
    )  # fmt: skip
    paragraph = TextCitation(
        n=2, document="预算.txt", unit_name="某局", year=2024, section=[], paragraph=85, paragraph_id=f"{hash_}.p85",
        quote="公务接待费预算 0.69 万元", page=None,
    )  # fmt: skip
    return Answer(
        id="Q1", question=QUESTION.question, standalone_question=QUESTION.question, route="sql", refused=False,
        answer="公务接待费为 0.69 万元[1]", citations=[cell, paragraph],
        figures=[Figure(label="公务接待费", value="0.69", unit="万元", citations=[1])],
    )  # fmt: skip
