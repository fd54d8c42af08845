"""How units are called."""

from __future__ import annotations

import pytest

from assistant.understand.units import short_name, unit_aliases

CENTRE = ("中共随州市曾都区委专用通信保障中心", "随州市曾都区")
OFFICE = ("中共随州市曾都区委办公室(随州市曾都区档案局)", "随州市曾都区")


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (CENTRE, "中共随州市曾都区委专用通信保障中心"),
        (CENTRE, "区委专用通信保障中心"),
        (CENTRE, "专用通信保障中心"),
        (CENTRE, "通信保障中心"),
        (CENTRE, "通信中心"),
        (CENTRE, "中心"),
        (OFFICE, "区委办公室"),
        (OFFICE, "区委办"),
        (OFFICE, "办公室"),
        (OFFICE, "档案局"),
        (("武汉市江岸区教育局", "武汉市江岸区"), "教育局"),
        (("云溪市发展和改革委员会", "云溪市"), "发展改革委"),
        (("云溪市发展和改革委员会", "云溪市"), "发展和改革委员会"),
        (("广东省财政厅", None), "财政厅"),
        (("云溪市人民政府青山街道办事处", "云溪市"), "青山街道"),
    ],
)
def test_a_unit_is_called(unit: tuple[str, str | None], said: str) -> None:
    assert said in dict(unit_aliases(*unit))


@pytest.mark.parametrize(
    ("unit", "not_said"),
    [
        (CENTRE, "通信"),
        (CENTRE, "专用通信保障"),
        (CENTRE, "办公室"),
        (OFFICE, "中心"),
        (OFFICE, "办"),
        (("武汉市江岸区教育局", "武汉市江岸区"), "教育"),
        (("武汉市江岸区教育局", "武汉市江岸区"), "财政局"),
        (("武汉市江岸区教育局", "武汉市江岸区"), "武汉市"),
    ],
)
def test_a_unit_is_not_called(unit: tuple[str, str | None], not_said: str) -> None:
    assert not_said not in dict(unit_aliases(*unit))


def test_the_shorter_the_form_the_lower_its_score() -> None:
    scores = dict(unit_aliases(*CENTRE))
    forms = ["中共随州市曾都区委专用通信保障中心", "专用通信保障中心", "通信保障中心", "通信中心", "中心"]
    assert [scores[form] for form in forms] == sorted((scores[form] for form in forms), reverse=True)
    assert len({scores[form] for form in forms}) == len(forms)
    assert all(0 < score <= 1 for score in scores.values())


@pytest.mark.parametrize(
    ("unit", "short"),
    [
        (CENTRE, "区委专用通信保障中心"),
        (OFFICE, "区委办公室"),
        (("武汉市江岸区教育局", "武汉市江岸区"), "教育局"),
        (("武汉市江岸区人民法院", "武汉市江岸区"), "人民法院"),
        (("广东省财政厅", None), "财政厅"),
    ],
)
def test_short_names_leave_out_the_region(unit: tuple[str, str | None], short: str) -> None:
    assert short_name(*unit) == short
