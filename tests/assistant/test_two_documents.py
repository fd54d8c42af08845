"""Two budgets in one index, of different units and years: each question goes to its own, answers never mix."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build

FOREST = """清河市桃源区林业局 2025 年部门预算

第一部分 清河市桃源区林业局概况

一、部门主要职责

1.造林绿化股。负责组织全区植树造林、封山育林和城乡绿化工作。

2.森林防火股。负责组织全区森林防火的宣传、巡护和火情早期处理。

二、部门基本情况

桃源区林业局设 2 个内设机构，核定行政编制 31 个，实有在职人员 28 人。

第二部分 清河市桃源区林业局 2025 年部门预算情况说明

一、2025 年部门预算收支情况说明

收入总计 912.40 万元（上年收入总计 880.00 万元，同比增加 32.40 万元，同比增加 3.7%）。

支出总计 912.40 万元（上年支出总计 880.00 万元，同比增加 32.40 万元，同比增加 3.7%）。

二、2025 年“三公”经费预算情况说明

公务接待费预算 2.75 万元，比上年增加 0.25 万元，同比增加 10.0%，主要原因是：新增森林防火联防接待。

第三部分 清河市桃源区林业局 2025 年部门预算表

附表1
收支总表
部门/单位：桃源区林业局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t912.40\t一、农林水支出\t801.15
\t\t二、社会保障和就业支出\t111.25
本年收入合计\t912.40\t本年支出合计\t912.40
收入总计\t912.40\t支出总计\t912.40

附表2

一般公共预算基本支出表

部门/单位：桃源区林业局\t\t\t单位：万元\t
部门预算支出经济分类科目\t\t本年一般公共预算基本支出\t\t
科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t312.37\t281.42\t30.95
301\t工资福利支出\t281.42\t281.42\t0.00
30101\t基本工资\t170.31\t170.31\t0.00
30102\t津贴补贴\t111.11\t111.11\t0.00
302\t商品和服务支出\t30.95\t0.00\t30.95
30201\t办公费\t7.35\t0.00\t7.35
30208\t取暖费\t19.00\t0.00\t19.00
30216\t培训费\t1.85\t0.00\t1.85
30217\t公务接待费\t2.75\t0.00\t2.75

第四部分 名词解释

（一）育林基金：反映按规定用于森林资源培育、保护和管理的资金。

（二）基本支出：指为保障机构正常运转而发生的人员支出和公用支出。
"""

FOREST_UNIT = "清河市桃源区林业局"
OFFICE_UNIT = "中共随州市曾都区委办公室"


@pytest.fixture(scope="module")
def both(seed_index: Path, seed_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the seed and an invented budget; the seed is taken over from its own index."""
    folder = tmp_path_factory.mktemp("two")
    forest = folder / "桃源区林业局_2025_部门预算.txt"
    forest.write_text(FOREST, encoding="utf-8")
    shutil.copytree(seed_index, folder / "index")
    build([seed_path, forest], folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))


def units(answer: Answer) -> set[str]:
    """Whose document an answer cites."""
    return {citation.unit_name for citation in answer.citations}


@pytest.mark.parametrize("question", ["公务接待费是多少？", "预算总额是多少？", "基本工资比办公费多多少？"])
def test_without_scope_it_asks_back_with_both_documents(both: Assistant, question: str) -> None:
    answer = both.ask(question)
    assert answer.route == "clarify" and not answer.refused
    assert answer.clarify is not None and len(answer.clarify.options) == 2
    assert not answer.figures and not answer.citations
    text = " ".join(answer.clarify.options)
    assert "林业局" in text and "曾都区委办公室" in text
    assert all(question in option for option in answer.clarify.options)


def test_each_option_is_a_question_about_its_document(both: Assistant) -> None:
    clarify = both.ask("公务接待费是多少？").clarify
    assert clarify is not None
    answers = {tuple(units(a)): a.figures[0].value for a in map(both.ask, clarify.options)}
    assert answers == {(FOREST_UNIT,): "2.75", (OFFICE_UNIT,): "0.69"}


@pytest.mark.parametrize(
    ("question", "unit", "value"),
    [
        ("林业局的公务接待费是多少？", FOREST_UNIT, "2.75"),
        ("桃源区林业局2025年公务接待费是多少？", FOREST_UNIT, "2.75"),
        ("2025年公务接待费是多少？", FOREST_UNIT, "2.75"),
        ("2025年预算总额是多少？", FOREST_UNIT, "912.40"),
        ("林业局的取暖费是多少？", FOREST_UNIT, "19.00"),
        ("曾都区委办公室的公务接待费是多少？", OFFICE_UNIT, "0.69"),
        ("区委办公室的培训费是多少？", OFFICE_UNIT, "0.40"),
        ("2024年公务接待费是多少？", OFFICE_UNIT, "0.69"),
        ("区委办公室2024年工资福利支出是多少？", OFFICE_UNIT, "469.08"),
    ],
)
def test_unit_or_year_choose_the_document(both: Assistant, question: str, unit: str, value: str) -> None:
    answer = both.ask(question)
    assert answer.figures[0].value == value
    assert units(answer) == {unit}
    assert unit in answer.answer


def test_a_subordinate_unit_chooses_its_document(both: Assistant) -> None:
    answer = both.ask("通信保障中心的基本工资是多少？")
    assert [figure.value for figure in answer.figures] == ["16.92"]
    assert units(answer) == {OFFICE_UNIT}


@pytest.mark.parametrize(
    "question",
    [
        "曾都区委办公室2025年公务接待费是多少？",
        "区委办公室的取暖费是多少？",
        "林业局2023年公务接待费是多少？",
        "林业局的机要专线维护费是多少？",
    ],
)
def test_what_only_the_other_document_holds_is_refused(both: Assistant, question: str) -> None:
    answer = both.ask(question)
    assert answer.refused
    assert not answer.citations


def test_years_and_prose_go_to_the_right_document(both: Assistant) -> None:
    change = both.ask("林业局的公务接待费比上年增加多少？")
    assert "0.25 万元" in change.answer and "森林防火联防" in change.answer
    assert units(change) == {FOREST_UNIT}
    earlier = both.ask("林业局2024年公务接待费是多少？")
    assert [figure.value for figure in earlier.figures] == ["2.50"]
    assert units(earlier) == {FOREST_UNIT}
    duty = both.ask("林业局森林防火股的职责是什么？")
    assert "火情早期处理" in duty.answer and units(duty) == {FOREST_UNIT}
    listed = both.ask("林业局商品和服务支出下有哪些科目？")
    assert len(listed.figures) == 4 and units(listed) == {FOREST_UNIT}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("林业局和区委办公室的公务接待费哪个多？", {"2.75", "0.69"}),
        ("林业局和区委办公室的公务接待费合计多少？", {"3.44", "2.75", "0.69"}),
        ("林业局和区委办公室的培训费各是多少？", {"1.85", "0.40"}),
        ("林业局和区委办公室的公务接待费相差多少？", {"2.06", "2.75", "0.69"}),
    ],
)
def test_figures_of_both_documents_stand_side_by_side(both: Assistant, question: str, expected: set[str]) -> None:
    answer = both.ask(question)
    assert expected <= {figure.value for figure in answer.figures}
    assert units(answer) == {FOREST_UNIT, OFFICE_UNIT}
    assert f"{FOREST_UNIT}2025年预算" in answer.answer and f"{OFFICE_UNIT}2024年预算" in answer.answer


@pytest.mark.parametrize(
    "question", ["2024年和2025年公务接待费各是多少？", "什么是基本支出？", "教育局的公务接待费是多少？"]
)
def test_without_units_nothing_is_mixed(both: Assistant, question: str) -> None:
    answer = both.ask(question)
    assert answer.route in ("clarify", "refuse") and not answer.figures


def test_a_conversation_stays_with_its_document_until_another_is_named(both: Assistant) -> None:
    questions = ["林业局的公务接待费是多少？", "那培训费呢？", "区委办公室呢？", "那公务接待费呢？"]
    expected = [(FOREST_UNIT, "2.75"), (FOREST_UNIT, "1.85"), (OFFICE_UNIT, "0.40"), (OFFICE_UNIT, "0.69")]
    for turn, (unit, value) in enumerate(expected):
        answer = both.ask(questions[turn], questions[:turn])
        assert (units(answer), [figure.value for figure in answer.figures]) == ({unit}, [value]), questions[turn]


def test_an_answer_to_asking_back_takes_the_question_up(both: Assistant) -> None:
    for reply, value in (("林业局", "2.75"), ("区委办公室的", "0.69")):
        answer = both.ask(reply, ["公务接待费是多少？"])
        assert [figure.value for figure in answer.figures] == [value]


def test_a_refusal_does_not_deny_a_loaded_document(both: Assistant) -> None:
    answer = both.ask("林业局和区委办公室的公务接待费哪个多？")
    assert "没有与“林业局”有关的内容" not in answer.told and not answer.refused
