"""Units in questions: the one meant among many, places that don't fit, names that are not loaded."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.ask import Assistant
from assistant.scope.register import UnitRegister
from assistant.understand.wording import normalise
from tests.assistant.scope.records import AUDIT, DOCUMENTS, OTHER_AUDIT, PARTS, document

REGISTER = UnitRegister(DOCUMENTS, PARTS)


def named(question: str) -> list[tuple[str, set[str]]]:
    """Each stretch that names units, with their names."""
    found = REGISTER.mentions(normalise(question))
    return [(mention.text, {unit.name for unit in mention.units}) for mention in found]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("教育局的培训费", [("教育局", {"随州市曾都区教育局"})]),
        ("区委办的培训费", [("区委办", {"中共随州市曾都区委办公室"})]),
        ("曾都区教育局和武汉市审计局", [("曾都区教育局", {"随州市曾都区教育局"}), ("武汉市审计局", {"武汉市审计局"})]),
        ("审计局的培训费", [("审计局", {"武汉市审计局", "黄石市审计局"})]),
        ("黄石审计局的培训费", [("黄石审计局", {"黄石市审计局"})]),
        ("湖北省黄石市审计局的培训费", [("湖北省黄石市审计局", {"黄石市审计局"})]),
        ("通信中心的培训费", [("通信中心", {"中共随州市曾都区委专用通信保障中心"})]),
        ("黄石市财政局的培训费", [("黄石市财政局", set())]),
        ("宜昌市审计局的培训费", [("宜昌市审计局", set())]),
        ("民政局的培训费", [("民政局", set())]),
        ("黄石呢？", [("黄石", {"黄石市审计局"})]),
        ("培训费多少", []),
        ("请问贵局2024年的培训费", []),
        ("想问贵单位、我局2024年的培训费", []),
        ("请问统计局2024年的培训费", [("请问统计局", set())]),
        ("社会保障和就业支出中的公用经费", []),
    ],
)
def test_units_in_a_question(question: str, expected: list[tuple[str, set[str]]]) -> None:
    assert named(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("武汉黄石审计局2026年接待费谁多", [("武汉", {"武汉市审计局"}), ("黄石审计局", {"黄石市审计局"})]),
        ("2024年度武汉市审计局的培训费", [("武汉市审计局", {"武汉市审计局"})]),
        ("请如实罗列武汉市审计局的培训费", [("武汉市审计局", {"武汉市审计局"})]),
        ("会上有人说武汉审计局培训费太多", [("武汉审计局", {"武汉市审计局"})]),
        ("培训由谁归口市审计局管吗", [("市审计局", {"武汉市审计局", "黄石市审计局"})]),
        ("武汉市审记局的培训费", [("武汉市审记局", {"武汉市审计局"})]),
        ("大连审计局的培训费", [("大连审计局", set())]),
        ("遵义审计局的培训费", [("遵义审计局", set())]),
        ("平安县审计局的培训费", [("平安县审计局", set())]),
        ("武汉市审批局的培训费", [("武汉市审批局", set())]),
    ],
)
def test_words_and_slips_around_a_unit(question: str, expected: list[tuple[str, set[str]]]) -> None:
    assert named(question) == expected


def test_documents_of_one_unit_are_one_unit_newest_first() -> None:
    education = next(unit for unit in REGISTER.units if "教育" in unit.name)
    assert [document.year for document in education.documents] == [2024, 2023]
    assert len(REGISTER.units) == 5


def test_a_part_that_publishes_itself_is_no_part() -> None:
    register = UnitRegister(DOCUMENTS, {DOCUMENTS[0].document_id: ["武汉市审计局"]})
    (mention,) = register.mentions("武汉市审计局的培训费")
    assert [unit.is_part for unit in mention.units] == [False]


def test_official_names_of_one_organ_are_one_unit() -> None:
    documents = [
        document(name, year, region="江苏省")
        for name, year in [
            ("江苏省委办公厅", 2017),
            ("中共江苏省委办公厅", 2019),
            ("中国共产党江苏省委员会办公厅", 2018),
        ]
    ]
    (unit,) = UnitRegister(documents, {}).units
    assert [each.year for each in unit.documents] == [2019, 2018, 2017]


REGISTRATION = UnitRegister(
    [
        document("上海市自然资源确权登记事务中心", 2026, region="上海市"),
        document("上海市信访办公室", 2026, region="上海市"),
    ],
    {},
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("上海登记中心的培训费", {"上海市自然资源确权登记事务中心"}),
        ("上海事务中心的培训费", set()),
        ("上海服务中心的培训费", set()),
        ("上海统计中心的培训费", set()),
    ],
)
def test_a_word_of_its_own_with_its_place_tells_a_long_name(question: str, expected: set[str]) -> None:
    found = {unit.name for mention in REGISTRATION.mentions(question) for unit in mention.units if not mention.by_place}
    assert found == expected


def test_a_letter_names_the_document_that_its_unit_shares_with_its_own_level() -> None:
    register = UnitRegister([AUDIT, OTHER_AUDIT], {AUDIT.document_id: ["武汉市审计局（本级）"]})
    engine: Any = SimpleNamespace(_meanings=SimpleNamespace(register=register))
    assert len(register.mentions("武汉市审计局")[0].units) == 2
    assert Assistant.documents_named(engine, "尊敬的武汉市审计局：请问贵局？") == (AUDIT.document_id,)
    assert Assistant.documents_named(engine, "尊敬的审计局：请问贵局？") == ()
