"""Operators that are said are used, or what they are said of stays open: bounds, places, topics, projects, levels."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build

BUDGET = """清河市水利局 2026 年部门预算

第一部分 清河市水利局 2026 年部门预算表

附表1
项目支出总表
部门/单位：清河市水利局\t\t\t单位：万元
单位名称\t项目名称\t合计\t一般公共预算
\t合计\t1700.00\t1700.00
清河市水利局\t\t1500.00\t1500.00
清河市水利局\t防汛值守经费\t300.00\t300.00
清河市水利局\t水资源管理经费\t1200.00\t1200.00
清河市河道中心\t\t200.00\t200.00
清河市河道中心\t东河堤防加固工程\t80.00\t80.00
清河市河道中心\t西河堤防加固工程\t120.00\t120.00

附表2
基本支出表
部门/单位：清河市水利局\t\t单位：万元
科目编码\t科目名称\t预算数
\t合计\t400.00
302\t商品和服务支出\t400.00
30201\t办公费\t60.00
30211\t差旅费\t140.00
30299\t其他商品和服务支出\t200.00

项目绩效目标表

项目名称\t防汛值守经费\t\t\t
年度预算资金总额（万元）\t300.00\t\t\t
总体目标\t保障汛期值守。\t\t\t
指标\t一级指标\t二级指标\t三级指标\t指标值
\t成本指标\t经济成本指标\t项目总成本\t≤300万元
\t产出指标\t数量指标\t值守天数\t≥120天

项目绩效目标表

项目名称\t水资源管理经费\t\t\t
年度预算资金总额（万元）\t1200.00\t\t\t
总体目标\t管好水资源。\t\t\t
指标\t一级指标\t二级指标\t三级指标\t指标值
\t成本指标\t经济成本指标\t项目总成本控制\t≤1200万元
\t产出指标\t数量指标\t监测站点\t≥35个
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("operators")
    (folder / "预算.txt").write_text(BUDGET, encoding="utf-8")
    build([folder / "预算.txt"], folder / "index", processes=1)
    return Assistant(folder / "index", Settings(_env_file=None))


def _told(answer: Answer) -> str:
    return answer.told if not answer.refused else ""


@pytest.mark.parametrize(
    "question",
    [
        "清河市水利局商品和服务支出中逾100万元的各项，请提供",
        "帮我筛一筛：清河市水利局商品和服务支出，不到100万的都不要，剩下什么",
        "清河市水利局商品和服务支出里低于100万的略过，还有哪些",
    ],
)
def test_a_bound_is_held_to_wherever_it_is_said(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "140.00" in _told(answer) and "200.00" in _told(answer) and "60.00" not in _told(answer), answer.answer


def test_places_of_one_unit_s_items_are_no_units(assistant: Assistant) -> None:
    answer = assistant.ask("清河市水利局河道中心的堤防加固工程，谁排第一谁排第二")
    assert "西河" in _told(answer) and "东河" in _told(answer), answer.answer


def test_a_place_that_no_row_takes_has_none(assistant: Assistant) -> None:
    assert assistant.ask("清河市水利局河道中心的堤防加固工程里排第三的是哪个").refused


def test_a_project_named_whole_sets_its_own_target(assistant: Assistant) -> None:
    answer = assistant.ask("清河市水利局“防汛值守经费”的项目总成本控制、值守天数各是多少")
    assert "1200" not in _told(answer), answer.answer


def test_a_target_called_by_more_words_is_the_named_project_s(assistant: Assistant) -> None:
    answer = assistant.ask("清河市水利局“防汛值守经费”的绩效目标：项目总成本控制线、值守天数各是多少")
    assert "300" in _told(answer) and "120" in _told(answer) and "1200" not in _told(answer), answer.answer


def test_a_topic_that_the_answer_does_not_speak_of_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("清河市水利局的东河堤防加固工程，基本支出里差旅费是多少")
    assert any("东河堤防加固工程" in each for each in answer.unanswered) or answer.refused, answer.answer


def test_a_part_that_is_smaller_is_told_in_per_cent_too(assistant: Assistant) -> None:
    answer = assistant.ask("清河市水利局差旅费除以商品和服务支出是多少")
    assert "**0.35 倍**" in answer.told and "**35 %**" in answer.told, answer.answer
