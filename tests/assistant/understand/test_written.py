"""How a question is written: bounds that are asked for are no ranks, and what is said for 占 is read as that."""

from __future__ import annotations

import pytest

from assistant.understand.paraphrases import in_plain_signs, in_written_forms
from assistant.understand.tokenize import normalised_question


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("就业岗位最少多少个", "就业岗位多少个"),
        ("值班室一天最少得几个人", "值班室一天得几个人"),
        ("投诉最多允许几次", "投诉几次"),
        ("投诉率最高允许多少", "投诉率多少"),
        ("自评最高得分多少", "自评最高得分多少"),
        ("哪个项目最多，多少钱", "哪个项目最多,多少钱"),
        ("最少的是哪家，多少", "最少的是哪家,多少"),
        ("项目里最少多少钱", "项目里最少多少钱"),
    ],
)
def test_a_bound_that_is_asked_for_is_no_rank(question: str, read: str) -> None:
    assert normalised_question(question) == read


def test_what_is_said_for_a_share() -> None:
    assert normalised_question("采购相当于自家支出总额的百分之几") == "采购占支出总额的百分之几"
    assert normalised_question("采购相当于去年吗") == "采购相当于去年吗"


def test_only_looking_is_said_in_dialect() -> None:
    assert in_written_forms("望下公务接待费,望吓会议费") == "看公务接待费,看会议费"
    assert in_written_forms("希望公开望远设备") == "希望公开望远设备"


def test_which_appropriations_are_a_part_of_the_revenue() -> None:
    assert normalised_question("财政拨款占总收入百分之几") == "财政拨款收入占总收入百分之几"
    assert normalised_question("财政拨款占总支出百分之几") == "财政拨款占总支出百分之几"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("经济科目三零一零八多少", "科目30108多少"),
        ("二〇二六年三零二一幺是多少", "2026年30211是多少"),
        ("2024年比2025年花得多的科目", "2025年比2024年花得少的科目"),
        ("2025年比2024年花得多的科目", "2025年比2024年花得多的科目"),
        ("第二大的项目是哪个（名称/承办单位/金额）", "第二大的项目是哪个"),
        ("项目里第二大的是哪个，名称、单位名称、数额报来", "项目里第二大的是哪个"),
        ("以项目支出为100，办公费是几", "办公费占项目支出的百分之几"),
        ("要是把项目支出看成100，办公费是多少", "办公费占项目支出的百分之几"),
        ("每花一百块，有几块是项目支出", "项目支出占百分之几"),
        ("项目支出被办公费占去多少比例", "办公费占项目支出的百分之几"),
        ("补助区县比市级支出百分之几", "补助区县占市级支出的百分之几"),
        ("办公费比去年百分之几", "办公费比去年百分之几"),
        ("不到100万的都不要，剩下什么", "不低于100万的有哪些"),
        ("新校区安排了几个亿", "新校区安排了几亿"),
        ("要花几个亿元", "要花几亿元"),
        ("安排了几个项目", "安排了几个项目"),
        ("每辆车谁贵", "每辆车谁更贵"),
        ("靠经营挣的那块占多少", "经营收入占多少"),
        ("往年没花完滚过来的是多少", "上年结转结余资金是多少"),
        ("去年没用完的多少", "上年结转结余资金多少"),
        ("一台车平均要花多少钱养", "平均每辆车的公务用车运行维护费是多少钱"),
    ],
)
def test_fields_codes_years_and_shares(question: str, read: str) -> None:
    assert normalised_question(question) == read


def test_formulas_are_questions() -> None:
    assert in_plain_signs("20105－2010501＝？") == "20105减去2010501是多少？"
    assert in_plain_signs("办公费÷商品和服务支出＝？") == "办公费除以商品和服务支出是多少？"
