"""Questions in words that people ask in words of their own: what the document tells of the thing is shown."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.reply.topics import asks_in_words
from assistant.settings import Settings
from index.build import build

BUDGET = """临江市民生局 2026 年部门预算

第一部分 部门概况

一、部门主要职责

（一）拟订全市长期护理保险制度改革方案，探索失能等级评估办法。

（二）指导集体企业（含社区股份合作公司）的改革发展。

（三）统筹调度救灾款物，会同市粮食和物资储备局建立调拨制度。

（四）指导协调全市旅游业发展和夜间集市的经营秩序。

二、机构设置

市民生局加挂市老龄办公室牌子。

第二部分 2026 年部门预算情况说明

（一）关于收入支出预算总体情况

2026年收入预算900.00万元，支出预算900.00万元。其中：基本支出500.00万元，项目支出400.00万元。

（二）关于夜间集市整治项目

夜间集市整治项目安排预算90.00万元，主要用于清理占道摊点。

第三部分 名词解释

（一）基本支出：指为保障机构正常运转而发生的人员支出和公用支出。
（二）E&K (exchange and knowledge)，指知识交流活动，包括讲座、展览两类。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("topics")
    (folder / "预算.txt").write_text(BUDGET, encoding="utf-8")
    build([folder], folder / "index")
    return Assistant(folder / "index", Settings())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("我妈那个护理险民生局今年准备怎么弄", "探索失能等级评估办法"),
        ("村里头社区股份合作公司归民生局管吗", "含社区股份合作公司"),
        ("救灾物资咋调派，民生局自己说了算还是得跟别的局一块定", "市粮食和物资储备局"),
        ("局门口挂着啥牌子", "市老龄办公室"),
        ("外企HR来电：搞E&K是指啥活动", "讲座、展览两类"),
    ],
)
def test_what_is_told_of_a_thing_in_other_words_is_shown(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)
    assert answer.route == "text"
    assert told in answer.answer


def test_who_is_in_charge_is_asked_without_a_word_of_asking(assistant: Assistant) -> None:
    answer = assistant.ask("村里头社区股份合作公司分钱闹矛盾，该找民生局还是别家")
    assert "含社区股份合作公司" in answer.answer


def test_what_is_only_near_answers_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("村里头社区股份合作公司归民生局管吗")
    assert answer.unanswered
    assert not answer.figures
    assert "最相近的原文" in answer.answer


def test_a_thing_that_is_asked_too_and_told_of_is_not_dropped(assistant: Assistant) -> None:
    answer = assistant.ask("夜间集市整治项目是干什么用的，救灾款物也归它调度？")
    assert "救灾款物也归它调度" in "；".join(answer.unanswered)
    assert "会同市粮食和物资储备局" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "村里头社区股份合作公司分了多少钱",
        "夜间集市整治是哪家公司中的标",
        "月球基地归民生局管吗",
        "护理险明年准备怎么弄",
        "比会议费高的科目有哪几个",
        "哪些参公单位纳入了预算编制范围",
        "护理险和牌子",
        "民生局有多少个护理站",
        "帮我写一段社区股份合作公司的发言稿",
    ],
)
def test_an_amount_and_what_no_budget_tells_stay_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


@pytest.mark.parametrize(
    ("clause", "in_words"),
    [
        ("护理险怎么弄", True),
        ("一共挂了几块牌子", False),
        ("有哪几家单位", True),
        ("旅游业也归它指导", True),
        ("护理险", False),
        ("高于去年的有哪些", False),
        ("有几个人", False),
        ("花了多少", False),
        ("占百分之几", False),
        ("哪边拿的补助多", False),
        ("谁中的标", False),
        ("哪一天能开门", False),
        ("有多少项目支出", False),
    ],
)
def test_which_clauses_ask_in_words(clause: str, in_words: bool) -> None:
    assert asks_in_words([clause]) is in_words
