"""Six invented budgets in one index: units, years, 元 and 万元, 预算 and 决算, each figure with its own source."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, TableCitation
from assistant.ask import Assistant
from assistant.core import Core
from assistant.library import Library
from assistant.meanings import Meanings
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import AUDIT, EDUCATION, FOREST, STREET, write_budgets


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of all invented budgets."""
    folder = tmp_path_factory.mktemp("many")
    build(write_budgets(folder), folder / "index", processes=1)
    return folder / "index"


@pytest.fixture(scope="module")
def many(index_dir: Path) -> Assistant:
    """The engine over them."""
    return Assistant(index_dir, Settings(conversations=index_dir / "talks.sqlite"))


def values(answer: Answer) -> list[str]:
    """The figures in the order of the answer."""
    return [figure.value for figure in answer.figures]


def cells(answer: Answer, value: str) -> set[tuple[str, int | None]]:
    """Unit and year of the cells that the figure ``value`` cites."""
    cited = {n for figure in answer.figures if figure.value == value for n in figure.citations}
    return {(c.unit_name, c.year) for c in answer.citations if c.n in cited}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("万安街道和青山市教委2025年的公务接待费相差多少？", {"7.10", "0.90", "8.00"}),
        ("林业局2025年和审计局2025年预算的公务接待费哪个多？", {"2.75", "3.10005"}),
        ("桃源区林业局和市审计局2025年预算的差旅费一共多少万元？", {"34.50", "49.32", "83.82"}),
        ("林业局2025年差旅费比2024年多多少？", {"4.50", "34.50", "30.00", "15"}),
        ("林业局2024年和2025年的公务接待费分别是多少？", {"2.75", "2.60"}),
        ("林业局两年的办公费各是多少？", {"25.50", "22.00"}),
        ("审计局2025年的差旅费，预算和决算各是多少万元？", {"49.32", "47.00"}),
        ("青山市教委2025年公务接待费是林业局2025年的几倍？", {"2.91", "8.00", "2.75"}),
        ("万安街道、林业局和教委2025年的办公费谁最少？", {"25.50", "40.00", "300.00"}),
    ],
)
def test_figures_side_by_side(many: Assistant, question: str, expected: set[str]) -> None:
    answer = many.ask(question)
    assert expected <= set(values(answer)), answer.answer
    assert answer.sql


def test_each_figure_names_and_cites_its_own_document(many: Assistant) -> None:
    answer = many.ask("林业局2025年和审计局2025年预算的公务接待费哪个多？")
    assert cells(answer, "2.75") == {(FOREST, 2025)}
    assert f"{FOREST}2025年预算" in answer.answer and f"{AUDIT}2025年预算" in answer.answer
    assert answer.answer.startswith(f"公务接待费最高的是 **{AUDIT}2025年预算**")
    printed = {c.value for c in answer.citations if isinstance(c, TableCitation)}
    assert printed == {"2.75", "31000.50"}


def test_a_budget_is_compared_with_a_final_account_only_when_asked(many: Assistant) -> None:
    asked_back = many.ask("审计局2025年的差旅费是多少？")
    assert asked_back.clarify is not None
    assert [option.split("：")[0] for option in asked_back.clarify.options] == [
        f"{AUDIT}2025年部门预算", f"{AUDIT}2025年部门决算",
    ]  # fmt: skip
    spent = many.ask("审计局2025年的差旅费决算数是多少？")
    assert values(spent) == ["47.00"] and "2025年决算" in spent.answer
    planned = many.ask("审计局2025年差旅费的预算是多少万元？")
    assert values(planned) == ["49.32"] and "2025年预算" in planned.answer


def test_the_item_that_changed_most_is_found_by_joining_the_years(many: Assistant) -> None:
    grown = many.ask("林业局2025年和2024年相比，哪个项级科目增加的金额最多？")
    assert "林业草原防灾减灾" in grown.answer.split("\n")[0] and "120.00" in values(grown)
    shrunk = many.ask("林业局2025年有哪些科目比2024年减少了？")
    assert {"30.00", "60.00"} <= set(values(shrunk))
    assert "森林资源培育" in shrunk.answer and "技术推广与转化" in shrunk.answer and "行政运行" not in shrunk.answer
    classes = many.ask("按类级科目看，林业局2025年有哪些支出比2024年增加了？")
    assert "70.00" in values(classes) and "林业和草原" not in classes.answer


@pytest.mark.parametrize(
    ("question", "first", "figures"),
    [
        ("2025年哪个部门的公务接待费最高？", EDUCATION, {"8.00", "3.10005", "2.75", "0.90"}),
        ("2025年差旅费最少的单位是哪个？", FOREST, {"34.50", "48.00", "49.32"}),
        ("2025年预算总额最大的两个部门", EDUCATION, {"9000.00", "1500.00"}),
        ("2025年因公出国费超过5万元的部门有哪些？", AUDIT, {"12.00", "6.00"}),
        ("2025年有几个部门安排了因公出国费？", AUDIT, {"12.00", "6.00"}),
    ],
)
def test_all_units_are_ranked_and_filtered(many: Assistant, question: str, first: str, figures: set[str]) -> None:
    answer = many.ask(question)
    assert figures <= set(values(answer)), answer.answer
    body = answer.answer.split("\n\n", 1)[1]
    assert min((FOREST, AUDIT, STREET, EDUCATION), key=lambda unit: body.find(unit) % 10_000) == first


def test_all_units_are_added_and_listed(many: Assistant) -> None:
    total = many.ask("2025年各部门的公务接待费一共多少？")
    assert "14.75005" in values(total)
    listed = many.ask("各部门2025年的差旅费分别是多少？")
    assert {"34.50", "49.32", "48.00"} == set(values(listed))
    assert f"{EDUCATION}2025年预算" in listed.answer and "没有这一项" in listed.answer


def test_a_ranking_loads_no_documents_catalogue(index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(Library, "catalog", lambda self, document_id: opened.append(document_id))
    answer = Assistant(index_dir).ask("2025年哪个部门的公务接待费最高？")
    assert not answer.refused and opened == []


def test_a_question_about_one_unit_loads_that_document_alone(index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = Library._open

    def opening(self: Library, document_id: str) -> object:
        opened.append(self.documents[document_id].unit_name)
        return real(self, document_id)

    monkeypatch.setattr(Library, "_open", opening)
    engine = Assistant(index_dir)
    assert values(engine.ask("万安街道的办公费是多少？")) == ["40.00"]
    assert not engine.ask("万安街道的办公室负责什么？").refused
    assert opened == [STREET]


def test_all_units_are_searched_for_sentences_that_hold_the_words(many: Assistant) -> None:
    answer = many.ask("2025年哪些单位的预算提到了公文处理和后勤保障？")
    assert answer.route == "text" and not answer.figures
    assert {f"{unit}2025年预算" in answer.answer for unit in (FOREST, AUDIT, STREET, EDUCATION)} == {True}
    assert {c.unit_name for c in answer.citations} == {FOREST, AUDIT, STREET, EDUCATION}
    assert many.ask("2025年哪些单位的预算提到了卫星遥感？").refused


def test_the_documents_to_choose_from_come_in_the_order_of_what_they_say(many: Assistant) -> None:
    library = many._library
    nearest = library.nearest_documents("林业局的公文处理")
    assert len(nearest) == len(set(nearest)) and set(nearest) <= set(library.documents)
    assert library.documents[nearest[0]].unit_name == FOREST


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("桃源区财政局2025年的公务接待费是多少？", "桃源区财政局"),
        ("青山市审计局的公务接待费是多少？", "青山市审计局"),
        ("林业局2020年的公务接待费是多少？", "2020年"),
        ("林业局2025年公务接待费的决算数是多少？", "决算"),
        ("林业局和万安街道2023年的差旅费哪个多？", "2023年"),
        ("民政局的差旅费", "民政局"),
    ],
)
def test_what_no_document_holds_is_refused_saying_what_is_loaded(many: Assistant, question: str, missing: str) -> None:
    answer = many.ask(question)
    assert answer.refused, answer.answer
    assert missing in answer.answer and "已载入" in answer.answer
    assert not answer.citations and not answer.figures


def test_an_item_that_one_side_lacks_is_not_computed_with(many: Assistant) -> None:
    answer = many.ask("林业局和青山市教委2025年的差旅费相差多少？")
    assert values(answer) == ["34.50"]
    assert "没有这一项" in answer.answer


def test_last_year_is_read_from_its_own_document_or_from_the_prose(many: Assistant) -> None:
    assert values(many.ask("林业局去年的公务接待费是多少？")) == ["2.60"]
    stated = many.ask("林业局2025年的公务接待费比上年增加多少？")
    assert "0.25" in values(stated) and "联防接待" in stated.answer


@pytest.mark.parametrize(
    ("history", "question", "expected", "unit"),
    [
        (["林业局2025年的办公费是多少？"], "2024年呢？", ["22.00"], FOREST),
        (["林业局2025年的办公费是多少？"], "青山市教委呢？", ["300.00"], EDUCATION),
        (["林业局2025年的办公费是多少？"], "青山呢？", ["300.00"], EDUCATION),
        (["林业局2025年的办公费是多少？", "2024年呢？"], "那差旅费呢？", ["30.00"], FOREST),
        (["办公费是多少？"], "万安街道", ["40.00"], STREET),
        (["2025年哪个部门的公务接待费最高？"], "万安街道呢？", ["0.90"], STREET),
    ],
)
def test_follow_ups_switch_year_or_unit(
    many: Assistant, history: list[str], question: str, expected: list[str], unit: str
) -> None:
    answer = many.ask(question, history)
    assert values(answer) == expected, answer.answer
    assert {c.unit_name for c in answer.citations} == {unit}


def test_options_complete_the_question(many: Assistant) -> None:
    asked_back = many.ask("办公费是多少？")
    assert asked_back.route == "clarify" and asked_back.clarify is not None
    answers = [many.ask(option) for option in asked_back.clarify.options]
    assert len(answers) == 6 and all(len(values(answer)) == 1 for answer in answers)
    assert len({(c.unit_name, c.year, c.value) for answer in answers for c in answer.citations}) == 6


def test_a_short_name_of_several_units_is_asked_back(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.assistant.budgets import AUDIT_2025

    other = replace(AUDIT_2025, unit_name="青山市审计局", hospitality="5000.00")
    build(write_budgets(tmp_path, (AUDIT_2025, other)), tmp_path / "index", processes=1)
    engine = Assistant(tmp_path / "index")
    asked_back = engine.ask("审计局的公务接待费是多少？")
    assert asked_back.clarify is not None and len(asked_back.clarify.options) == 2
    assert values(engine.ask("青山市审计局的公务接待费是多少？")) == ["5000.00"]
    assert values(engine.ask("清河审计局的公务接待费是多少？")) == ["31000.50"]


@pytest.fixture(scope="module")
def core(index_dir: Path) -> Core:
    """The algebra alone over them."""
    library = Library(index_dir)
    return Core(library, Meanings(library))


def told(core: Core, question: str, *history: str) -> str:
    """The algebra's answer; "" where it leaves anything open."""
    answer = core.answer(core.read(question, history))
    return "\n".join(answer.draft.lines) if answer and answer.is_whole else ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("林业局2025年差旅费比2024年多多少？", ("34.50", "30.00", "4.50", "15")),
        ("林业局2025年的办公费和2024年一样吗", ("25.50", "22.00", "3.50")),
        ("林业局2025年和2024年比，哪个经济科目涨得最多", ("差旅费", "4.50")),
    ],
)
def test_two_years_of_one_unit_by_the_algebra(core: Core, question: str, expected: tuple[str, ...]) -> None:
    text = told(core, question)
    assert [part for part in expected if part not in text] == [], text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("2025年哪个部门的公务接待费最多？", "教育委员会"),
        ("2025年公务接待费最低的是哪家", "0.90"),
        ("除了青山市教委以外，2025年哪个部门的公务接待费最多", "审计局"),
        ("手头这几份2025年的预算里，谁家公务接待费最多，多少", "教育委员会"),
    ],
)
def test_all_units_by_the_algebra(core: Core, question: str, first: str) -> None:
    lines = told(core, question).split("\n")
    assert len(lines) > 1 and first in lines[1], lines


def test_units_without_the_item_are_named(core: Core) -> None:
    text = told(core, "2025年各部门的办公费分别是多少")
    assert "份有这一项" in text


def test_what_all_units_say_in_words_is_no_answer(core: Core) -> None:
    assert told(core, "各部门的主要职责分别是什么") == ""
