"""Units in questions: the one meant among many, places that don't fit, names that are not loaded."""

from __future__ import annotations

import pytest

from assistant.scope.register import UnitRegister
from assistant.understand.wording import normalise
from tests.assistant.scope.records import DOCUMENTS, PARTS

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
        ("社会保障和就业支出中的公用经费", []),
    ],
)
def test_units_in_a_question(question: str, expected: list[tuple[str, set[str]]]) -> None:
    assert named(question) == expected


def test_documents_of_one_unit_are_one_unit_newest_first() -> None:
    education = next(unit for unit in REGISTER.units if "教育" in unit.name)
    assert [document.year for document in education.documents] == [2024, 2023]
    assert len(REGISTER.units) == 5


def test_a_part_that_publishes_itself_is_no_part() -> None:
    register = UnitRegister(DOCUMENTS, {DOCUMENTS[0].document_id: ["武汉市审计局"]})
    (mention,) = register.mentions("武汉市审计局的培训费")
    assert [unit.is_part for unit in mention.units] == [False]
