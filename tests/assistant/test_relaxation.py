"""What is refused for words that bind no answer is answered without them; what a question only asserts is checked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.ask import Assistant
from assistant.reading.talk import binds_nothing
from assistant.relaxation import relaxations
from assistant.trained.decode import ReadAsk, Stretch, TrainedReading
from tests.assistant.budgets import AUDIT_2025, FOREST, FOREST_2025, assistant_over

VEHICLES = "（四）截至2024年12月31日，本部门共有车辆{}辆。公务用车运行维护费预算{}万元。"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    forest = replace(FOREST_2025, prose=(*FOREST_2025.prose, VEHICLES.format(4, "9.20")))
    audit = replace(AUDIT_2025, prose=(VEHICLES.format(2, "5.00"),))
    return assistant_over(tmp_path_factory.mktemp("relaxed"), forest, audit)


def plain(assistant: Assistant, question: str) -> str:
    return assistant.ask(question).answer.replace("**", "")


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("居委会门口", "老街坊在居委会门口嚷嚷,林业局公务接待费多少"), ("把把关", "帮我把把关,公务接待费多少"),
        ("打听", "朋友跟我打听,差旅费多少"),
    ],
)  # fmt: skip
def test_background_binds_no_answer(word: str, text: str) -> None:
    assert binds_nothing(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("逐月", "差旅费逐月多少"), ("追加", "公务接待费追加了多少"), ("美元", "公务接待费是多少美元"),
        ("上半年", "林业局上半年支出的差旅费多少"), ("宠物美容费", "今年宠物美容费安排了多少"),
        ("区纪委", "区纪委差旅费是多少"),
        ("目标", "钱花完以后,最后引进来了多少名人才?要实际数不要目标"),
        ("占", "公务接待费占三公经费多少"), ("哪儿", "差旅费花在哪儿"),
    ],
)  # fmt: skip
def test_names_times_operations_and_question_words_bind_it(word: str, text: str) -> None:
    assert not binds_nothing(word, text)


def test_dropped_words_are_told_in_their_order() -> None:
    found, *_ = relaxations("老街坊嚷嚷，有人打听林业局公务接待费多少", ["打听", "嚷嚷", "公务接待费"])
    assert found.dropped == ("嚷嚷", "打听")
    assert "公务接待费多少" in found.question
    assert not any(word in found.question for word in found.dropped)


def test_then_the_clauses_go_that_are_background() -> None:
    *_, last = relaxations("老街坊在居委会门口嚷嚷，林业局公务接待费多少", ["嚷嚷"])
    assert last.question == "林业局公务接待费多少"


def test_without_words_to_drop_there_is_nothing_to_relax() -> None:
    assert not list(relaxations("林业局宠物美容费多少", ["宠物美容费"]))


def test_the_rest_is_answered_and_what_was_not_read_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("老街坊在居委会门口跳脚，林业局公务接待费多少，把把关")
    told = [text for text in answer.unanswered if "没有读懂" in text]
    assert "2.75 万元" in answer.answer.replace("**", "")
    assert not told or answer.answer.startswith("没有读懂")


def test_words_that_a_document_prints_otherwise_are_put_in_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = (*FOREST_2025.functions, ("2139901", "援疆资金", "41.00"), ("2139902", "援藏资金", "23.00"))
    engine = assistant_over(tmp_path_factory.mktemp("reworded"), replace(FOREST_2025, functions=rows))
    both, one = engine.ask("林业局支援新疆、西藏各花多少钱"), engine.ask("林业局一年给西藏多少")
    assert all(figure in both.answer for figure in ("41.00", "23.00"))
    assert "23.00" in one.answer
    assert "“西藏”按文件里的“援藏”理解。" in one.notes


def test_a_word_is_no_other_one_where_the_document_prints_none(assistant: Assistant) -> None:
    assert assistant.ask("林业局支援新疆花多少钱").refused


@pytest.mark.parametrize("question", ["各单位支援新疆花多少钱，哪家最多", "所有单位的宠物美容费谁最高"])
def test_what_is_refused_over_all_units_is_of_no_one_document(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


@pytest.mark.parametrize("question", ["林业局宠物美容费多少", "林业局公务接待费逐月多少", "林业局公务接待费是多少美元"])
def test_what_binds_the_answer_still_refuses(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


def test_without_the_trained_reader_nothing_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.reading.talk.span_tagger", lambda: None)
    assert not list(relaxations("有人打听林业局公务接待费多少", ["打听"]))


def test_a_question_is_put_as_the_trained_reader_reads_it(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "林业局差旅费跟公务接待费鼓捣鼓捣拢共几个子儿"
    first = tuple(Stretch(*m.span(), "first", m.group(), 1.0) for m in re.finditer("差旅费|公务接待费", question))
    spans = (Stretch(0, 3, "u", "林业局", 1.0), *(replace(item, label="i") for item in first))
    reading = TrainedReading(question, 0, spans, (ReadAsk("sum", first, (), 0.9, 1.0),), 0.9)
    assert "没有读懂" in assistant.ask(question).answer or assistant.ask(question).refused
    monkeypatch.setattr("assistant.relaxation.read", lambda *_: reading)
    found = assistant.ask(question)
    assert not found.refused
    assert any("读作“林业局差旅费和公务接待费合计是多少?”" in note for note in found.notes)
    monkeypatch.setattr("assistant.relaxation.read", lambda *_: replace(reading, likely=0.3))
    assert not any("读作" in note for note in assistant.ask(question).notes)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("有人说林业局公务接待费是2.75万元，这账对不对", "与上面的 2.75 万元相符"),
        ("听说林业局公务接待费一年要花上百万，属实吗", "2.75 万元少于问题里说的“百万”"),
        ("网传林业局2025年预算总额超过1000万元，这个说法靠谱不", "800.00 万元少于问题里说的“1000万元”"),
        ("稿子里写林业局差旅费20万元，我这么写没错吧", "34.50 万元多于问题里说的“20万元”"),
        ("林业局说自己有3辆车，对吗", "问题里说的“3辆”，上面的数里没有与它相符的"),
        ("林业局名下一共4辆车，没错吧", "与上面的 4 辆相符"),
    ],
)
def test_what_is_only_asserted_is_checked(assistant: Assistant, question: str, said: str) -> None:
    assert said in plain(assistant, question)


@pytest.mark.parametrize(
    "question",
    [
        "林业局和审计局，哪家平均每辆车的差旅费更高，各是多少",
        "都按手头现有的车算，林业局和审计局哪家一辆车一年的差旅费更贵点，各合多少",
        "差旅费按车辆数摊，林业局一辆车一年多少，审计局一辆又是多少，哪边贵",
    ],
)
def test_units_are_compared_by_money_for_each_vehicle(assistant: Assistant, question: str) -> None:
    told = plain(assistant, question)
    assert "差旅费平均每辆为 8.63 万元" in told
    assert "差旅费平均每辆为 246600.00 元" in told
    assert "低 16.03" in told or "低 160350.00" in told, told


def test_money_for_each_person_goes_by_a_number_given_behind_it(assistant: Assistant) -> None:
    told = plain(assistant, "林业局差旅费摊下来一人快两万，这账对不对？就按这15人除")
    assert "平均每人 2.30 万元" in told


def test_a_number_given_of_one_unit_is_none_for_the_other(assistant: Assistant) -> None:
    told = plain(assistant, "林业局有4辆车，审计局有2辆车，按差旅费摊，两家每辆车各合多少")
    assert "8.63 万元" in told
    assert "平均每辆 123300.00 元" not in told  # 493200 ÷ 4


def test_another_unit_asked_for_behind_one_is_none_that_is_loaded(assistant: Assistant) -> None:
    assert assistant.ask("那市公安局的呢", ["林业局2025年公务接待费多少"]).refused


def test_a_year_without_a_document_is_told_beside_others(tmp_path_factory: pytest.TempPathFactory) -> None:
    budgets = [replace(FOREST_2025, year=year, prose=()) for year in (2021, 2025)]
    engine = assistant_over(tmp_path_factory.mktemp("years"), *budgets)
    answer = engine.ask("林业局2021年、2023年和2025年公务接待费各多少")
    assert any("2023年" in text for text in answer.unanswered) or answer.refused
    assert FOREST in answer.answer


def test_a_sum_of_one_year_is_not_set_against_an_item_of_another(tmp_path_factory: pytest.TempPathFactory) -> None:
    budgets = [replace(FOREST_2025, year=year, abroad=abroad, prose=()) for year, abroad in ((2025, "3"), (2024, "5"))]
    engine = assistant_over(tmp_path_factory.mktemp("compared"), *budgets)
    told = plain(engine, "林业局2025年的三公跟2024年比，出国、公车、接待分别压了多少钱，压得最狠的是哪个")
    assert not re.search("2025年预算的三公经费合计比[^：]*2024年预算的因公出国", told), told


def test_a_name_written_rightly_is_no_part_of_a_misprint(assistant: Assistant) -> None:
    told = plain(assistant, "林业局一共有多少台公车，按公务用车运行维护费摊，养一台车几万块")
    assert "车辆为 4 辆" in told and "平均每辆 2.30 万元" in told, told


def test_that_those_below_are_counted_in_is_framing(assistant: Assistant) -> None:
    assert "4 辆" in plain(assistant, "林业局连同下属单位一共有多少台公车")
