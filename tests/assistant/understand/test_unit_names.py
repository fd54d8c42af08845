"""What people make of a unit's name, and what they don't."""

from __future__ import annotations

import pytest

from assistant.understand.unit_names import NameMatch, match_ending, names_of, places_of
from assistant.understand.wording import normalise

STREET = ("上海市普陀区人民政府万里街道办事处", "上海市普陀区")
PLANNING = ("上海市普陀区规划和自然资源局", "上海市普陀区")
EDUCATION = ("北京市教育委员会", "北京市")
COMMERCE = ("重庆市商务委员会", "重庆市")
SURVEY = ("无锡市统计普查中心", "无锡市")
LABOUR = ("无锡市人力资源和社会保障局", "无锡市")
MARKET = ("广州市市场监督管理局", "广州市")
PARTY = ("中共随州市曾都区委办公室(随州市曾都区档案局)", "随州市曾都区")
WEATHER = ("杭州市气象服务中心（杭州市预警信息发布中心）", "杭州市")
FINANCE = ("烟台市财政局", "烟台市")


def longest(unit: tuple[str, str], text: str) -> str | None:
    """The longest form of the unit in the text."""
    plain = normalise(text)
    found: list[NameMatch] = [
        match for name in names_of(*unit) for end in range(len(plain) + 1) if (match := match_ending(name, plain, end))
    ]
    best = max(found, key=lambda match: match.end - match.start, default=None)
    return plain[best.start : best.end] if best else None


@pytest.mark.parametrize(
    ("unit", "text", "said"),
    [
        (STREET, "上海市普陀区人民政府万里街道办事处的预算", "上海市普陀区人民政府万里街道办事处"),
        (STREET, "普陀区万里街道2024年的预算", "普陀区万里街道"),
        (STREET, "上海普陀万里街道办的预算", "上海普陀万里街道办"),
        (PLANNING, "请问普陀区规划资源局2024年", "普陀区规划资源局"),
        (PLANNING, "区规划和自然资源局", "区规划和自然资源局"),
        (EDUCATION, "北京市教委2025年", "北京市教委"),
        (EDUCATION, "市教委的培训费", "市教委"),
        (EDUCATION, "教委的培训费", "教委"),
        (COMMERCE, "重庆商务委和别的单位", "重庆商务委"),
        (SURVEY, "本级比无锡市统计普查中心多多少", "无锡市统计普查中心"),
        (SURVEY, "普查中心的收入", "普查中心"),
        (LABOUR, "人社局的预算", "人社局"),
        (MARKET, "市场监管局的预算", "市场监管局"),
        (MARKET, "广州市市监局的预算", "广州市市监局"),
        (PARTY, "区委办的预算", "区委办"),
        (PARTY, "曾都区委办公室的预算", "曾都区委办公室"),
        (PARTY, "档案局的预算", "档案局"),
        (WEATHER, "预警信息发布中心的预算", "预警信息发布中心"),
    ],
)
def test_what_a_unit_is_called(unit: tuple[str, str], text: str, said: str) -> None:
    assert longest(unit, text) == said


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (EDUCATION, "教育局的预算"),
        (EDUCATION, "教育支出"),
        (EDUCATION, "党的教委员工"),
        (COMMERCE, "商务局的预算"),
        (LABOUR, "资源局的预算"),
        (FINANCE, "财政拨款收入"),
        (FINANCE, "税务局的预算"),
        (STREET, "甘泉街道的预算"),
        (("基本工资", "烟台市"), "基本工资"),
        (("云溪市版权保护中心", "云溪市"), "社保中心的预算"),
    ],
)
def test_what_is_no_name_of_it(unit: tuple[str, str], text: str) -> None:
    assert longest(unit, text) is None


def test_places_of_a_region_come_largest_first() -> None:
    assert places_of("随州市曾都区") == ("随州市", "曾都区")
    assert places_of("广州市") == ("广州市",)
    assert places_of(None) == ()
