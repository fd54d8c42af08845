"""Years that belong to one unit or to the name of an item, words that bind nothing, and a further thing asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.ask import Assistant
from assistant.reading.patterns import pattern
from assistant.relaxation import relaxations
from tests.assistant.budgets import AUDIT_2025, EDUCATION_2025, FOREST_2024, FOREST_2025, Budget, assistant_over

DATED = (
    ("2130206", "2021年清河市智慧林业巡护平台建设项目", "41.70"),
    ("2130207", "2024年度古树名木保护修缮经费", "12.30"),
)
ONE_ROW = "30211\t差旅费\t{0}\t0.00\t{0}"
TWO_ROWS = "30211\t差旅费\t50201\t办公经费\t{}\n30211\t差旅费\t50502\t商品和服务支出\t{}"


class Split(Budget):
    """A budget of which one table tells its items apart by the government's classification too."""

    @property
    def text(self) -> str:
        """The document, each item in two rows."""
        head = (
            "部门预算支出经济分类科目\t\t本年一般公共预算基本支出\t\t\n科目编码\t科目名称\t合计\t人员经费\t公用经费\n"
        )
        classes = (
            "部门预算支出经济分类科目\t\t政府预算支出经济分类科目\t\t\n科目编码\t科目名称\t科目编码\t科目名称\t合计\n"
        )
        amount = next(amount for code, _, amount in self.economics if code == "30211")
        rows = TWO_ROWS.format("20.00", f"{float(amount) - 20:.2f}")
        before, after = super().text.split(head)
        _, rest = after.split("\n附表4", 1)
        return f"{before}{classes}\t合计\t\t\t{amount}\n{rows}\n\n附表4{rest}"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    forest = replace(FOREST_2025, functions=(*FOREST_2025.functions, *DATED))
    other = replace(AUDIT_2025, unit_name="青山市审计局", year=2024)
    return assistant_over(tmp_path_factory.mktemp("scope"), forest, FOREST_2024, AUDIT_2025, other, EDUCATION_2025)


def plain(assistant: Assistant, question: str) -> str:
    return assistant.ask(question).answer.replace("**", "")


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("年份不同（林业局2024、教育委员会2025），两家清河、青山单位办公费谁高，高出多少", "278.00"),
        ("清河这边的林业局2024年办公费和教育委员会2025年办公费，差多少", "278.00"),
        ("清河的林业局2024年、青山的教委2025年办公费差多少，教委的高吗", "278.00"),
    ],
)
def test_each_unit_has_the_year_beside_it(assistant: Assistant, question: str, gap: str) -> None:
    assert gap in plain(assistant, question)


def test_units_of_one_name_have_their_years_by_their_places(tmp_path_factory: pytest.TempPathFactory) -> None:
    other = replace(AUDIT_2025, unit_name="青山市审计局", year=2024, economics=(("30211", "差旅费", "93200.00"),))
    engine = assistant_over(tmp_path_factory.mktemp("places"), AUDIT_2025, other)
    told = plain(engine, "两个审计局比比看：清河2025年的差旅费和青山2024年的差旅费，差多少")
    assert "400000.00" in told or "40.00 万元" in told


def test_an_item_in_rows_of_several_classes_is_compared_as_a_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    split = Split(**{name: getattr(FOREST_2025, name) for name in FOREST_2025.__dataclass_fields__})
    engine = assistant_over(tmp_path_factory.mktemp("split"), split, EDUCATION_2025_WITH_TRAVEL)
    assert "65.50 万元" in plain(engine, "林业局和教育委员会2025年差旅费差多少")


EDUCATION_2025_WITH_TRAVEL = replace(EDUCATION_2025, economics=(("30211", "差旅费", "100.00"),))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("桃源区林业局2021年智慧林业平台项目2025年安排了多少", "41.70"),
        ("林业局2025年给2021年智慧林业巡护平台安排了多少钱", "41.70"),
        ("桃源区林业局2025年预算里，2024年古树名木保护经费是多少", "12.30"),
    ],
)
def test_a_year_of_an_abbreviated_name_is_none_of_the_scope(assistant: Assistant, question: str, said: str) -> None:
    assert said in plain(assistant, question)


@pytest.mark.parametrize("question", ["林业局2021年差旅费多少", "林业局2020年智慧林业巡护平台多少钱"])
def test_another_year_is_still_none_that_is_loaded(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


@pytest.mark.parametrize(
    ("question", "word", "left"),
    [
        ("林业局差旅费(外勤、驻点那类)多少", "驻点", "林业局差旅费多少"),
        ("林业局各项支出是多少,逐个报数", "报数", "林业局各项支出是多少,逐个"),
    ],
)
def test_framing_that_was_not_read_is_left_out_without_a_word(question: str, word: str, left: str) -> None:
    first = next(relaxations(question, [word]))
    assert (first.question, first.dropped) == (left, ())


@pytest.mark.parametrize("more", ["办公费也顺手报一下", "办公费顺带念一下", "办公费一起给我列出来", "办公费也倒推一下"])
def test_a_further_thing_is_asked_for_like_the_one_before(assistant: Assistant, more: str) -> None:
    told = plain(assistant, f"桃源区林业局2025年差旅费多少，{more}")
    assert "34.50" in told
    assert "25.50" in told


def test_these_few_ask_for_no_number() -> None:
    assert not pattern("how_many").search("下面这几家")
    assert pattern("how_many").search("下面有几家")
