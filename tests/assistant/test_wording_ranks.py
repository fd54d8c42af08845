"""Words for the largest and the smallest, for a place in a ranking, for bounds, for whoever it is of all units."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.core import Core
from assistant.library import Library
from assistant.meanings import Meanings
from assistant.settings import Settings
from assistant.understand.tokenize import normalised_question
from index.build import build
from tests.assistant.budgets import AUDIT, EDUCATION, FOREST, STREET, write_budgets
from tests.assistant.test_units import DEPARTMENT


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the budgets of four units."""
    folder = tmp_path_factory.mktemp("ranks")
    build(write_budgets(folder), folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "index" / "talks.sqlite"))


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Core:
    """The algebra over the budget of one department with units and projects."""
    folder = tmp_path_factory.mktemp("department")
    (folder / "budget.txt").write_text(DEPARTMENT, encoding="utf-8")
    build([folder / "budget.txt"], folder / "index", processes=1)
    library = Library(folder / "index")
    return Core(library, Meanings(library))


def told(core: Core, question: str, *history: str) -> list[str]:
    """The lines of the algebra's answer, with what it leaves open."""
    answer = core.answer(core.read(question, history))
    return [] if answer is None else [*answer.draft.lines, *(f"没有答到：{left}" for left in answer.unanswered)]


@pytest.mark.parametrize(
    "question",
    [
        "2025年公务接待费的冠军是哪家",
        "2025年公务接待费最大值及对应部门",
        "谁在2025年预算里给公务接待费排得最足？",
        "哪个衙门2025年公务接待费列得最多",
        "2025年公务接待费无人能比的是哪个部门",
        "2025年公务接待费打头的部门",
        "2025年，公务接待费，max，部门",
        "公务接待费遥遥领先的，2025年是哪个部门",
    ],
)
def test_the_largest_of_all_units(many: Assistant, question: str) -> None:
    answer = many.ask(question)
    assert "8.00" in answer.answer and EDUCATION in answer.answer, answer.answer
    assert answer.answer.index(EDUCATION) < answer.answer.index(AUDIT)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("2025年差旅费四十万往上的有谁家", {AUDIT, STREET}),
        ("2025年差旅费高过四十万的部门，一个个报出来", {AUDIT, STREET}),
        ("差旅费40w+的，2025年，谁", {AUDIT, STREET}),
        ("差旅费比四十万还多的衙门，2025年有哪些", {AUDIT, STREET}),
        ("以40万为门槛，2025年差旅费过线的部门有哪些", {AUDIT, STREET}),
        ("2025年差旅费没有控制在四十万以内的部门有哪些", {AUDIT, STREET}),
        ("把2025年差旅费不超过40万元的部门都划掉，剩下哪几个部门", {AUDIT, STREET}),
        ("把2025年差旅费超过40万元的部门都筛掉，剩下哪几个部门", {FOREST}),
    ],
)
def test_bounds_over_all_units(many: Assistant, question: str, names: set[str]) -> None:
    answer = many.ask(question)
    travel = {AUDIT: "49.32", STREET: "48.00", FOREST: "34.50"}
    assert names == {name for name, value in travel.items() if value in answer.answer}, answer.answer


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("林业局和审计局2025年预算的公务接待费，哪头沉，沉了多少", "0.35"),
        ("林业局和审计局2025年预算，公务接待费谁占上风", "3.10"),
        ("林业局和审计局2025年预算，公务接待费谁领先，领先那家多少、落后那家多少", "2.75"),
    ],
)
def test_which_of_two_units_is_ahead(many: Assistant, question: str, value: str) -> None:
    assert value in many.ask(question).answer


@pytest.mark.parametrize(
    ("question", "name", "value"),
    [
        ("清河市水利局本级和四个下属单位里，谁的收入垫底", "节水学校", "50.00"),
        ("清河市水利局本级、下属单位，收入最末一名是谁", "节水学校", "50.00"),
        ("清河市水利局各预算单位收入，倒数第二的是谁", "水利学校", "80.00"),
        ("清河市水利局五家单位（含本级）中收入居末位的单位", "节水学校", "50.00"),
    ],
)
def test_the_last_of_the_units(one: Core, question: str, name: str, value: str) -> None:
    first = told(one, question)[0]
    assert name in first and value in first, first


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("清河市水利局项目里，金额的亚军是哪个，谁家在做，多少", ()),
        ("清河市水利局钱第二多的项目，由谁承建，项目全名是什么", ()),
        ("除开头一名，清河市水利局哪个项目花钱最狠？归哪个单位管？", ()),
        ("清河市水利局花钱仅次于头名的项目，交给哪家去办了", ()),
        ("老二？哪个单位？金额？", ("清河市水利局哪个项目钱最多",)),
        ("排它后头的那个呢，实施单位和金额也说", ("清河市水利局哪个项目钱最多",)),
        ("不要头一个，要第二个，名字跟钱数都讲", ("清河市水利局哪个项目钱最多",)),
    ],
)
def test_the_project_in_the_second_place_with_its_unit(one: Core, question: str, history: tuple[str, ...]) -> None:
    lines = told(one, question, *history)
    assert len(lines) == 1 and "防汛值守" in lines[0] and "100.00" in lines[0], lines


@pytest.mark.parametrize(
    ("said", "usual"),
    [
        ("人数比编制多的单位", "人数比编制多的单位"),
        ("实有人数大于核定编制数的单位", "超编的单位"),
        ("编制装不下人的有哪几个", "超编的有哪几个"),
        ("下属2 2026收入", "下属2,2026收入"),
        ("年度=2026；部门=水利局", "2026年;水利局"),
        ("支出里上百万的是哪几笔", "支出里超过100万的是哪几笔"),
        ("哪些没有停留在30万元以内", "哪些超过30万元"),
        ("下午会上一百万的事", "下午会上一百万的事"),
        ("实有人数比编制少多少", "实有人数比编制少多少"),
        ("本级和下属水文站各多少", "本级和下属水文站各多少"),
    ],
)
def test_what_is_usually_said_otherwise(said: str, usual: str) -> None:
    assert normalised_question(said) == usual
