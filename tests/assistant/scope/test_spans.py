"""The stretches of a question that name its units, their places and the years of its scope, and nothing else."""

from __future__ import annotations

import pytest

from assistant.scope import UnitRegister, named_in, scope_spans
from assistant.understand.tokenize import normalised_question
from tests.assistant.scope.records import DOCUMENTS, PARTS

REGISTER = UnitRegister(DOCUMENTS, PARTS)


@pytest.mark.parametrize(
    ("question", "spans", "years"),
    [
        ("教育局2024年的培训费", ["教育局", "2024年"], (2024,)),
        ("你们武汉审计局今年花多少", ["你们武汉审计局", "今年"], ()),
        ("那个审计局（武汉市的）的会议费", ["那个审计局(武汉市的)"], ()),
        ("湖北省黄石市审计局26年度的会议费", ["湖北省黄石市审计局", "2026年度"], (2026,)),
        ("武汉和黄石审计局的会议费", ["武汉", "黄石审计局"], ()),
        ("武汉、黄石两家审计局的会议费", ["武汉", "黄石", "审计局"], ()),
        ("你们局的会议费", ["你们局"], ()),
        ("教育局的培训费比上年增加多少", ["教育局"], ()),
        ("教育局当年财政拨款多少", ["教育局"], ()),
        ("教育局二〇二四年的培训费", ["教育局", "2024年"], (2024,)),
        ("教育局二四年的培训费", ["教育局", "2024年"], (2024,)),
        ("教育局25年年初是多少", ["教育局", "2025年"], (2025,)),
        ("教育局截至2023年末的资产", ["教育局"], ()),
        ("教育局截至2023年年末的资产", ["教育局"], ()),
        ("教育局2018年底的人数", ["教育局"], ()),
        ("教育局2023年12月31日的资产", ["教育局"], ()),
        ("教育局2024年的项目里2026-2029那期多少钱", ["教育局", "2024年"], (2024,)),
        ("教育局2023-2026年那个项目", ["教育局"], ()),
        ("教育局2023-2024年的培训费", ["教育局", "2023", "2024年"], (2023, 2024)),
        ("教育局服务满20年的有几人", ["教育局"], ()),
        ("宜昌市审计局的会议费", ["宜昌市审计局"], ()),
        ("培训费多少", [], ()),
    ],
)
def test_what_names_the_scope(question: str, spans: list[str], years: tuple[int, ...]) -> None:
    text = normalised_question(question)
    assert [text[start:end] for start, end in scope_spans(question, REGISTER)] == spans
    assert named_in(question, REGISTER).years == years
