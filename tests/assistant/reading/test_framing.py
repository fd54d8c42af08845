"""Framing: what people say around a question goes, what they ask for stays."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assistant.catalog import DocumentCatalog
from assistant.reading.framing import framing_patterns, framing_spans, word_bounds
from assistant.reading.pieces import pieces_of
from assistant.understand.tokenize import normalised_question

AROUND = {
    "有市民来信问公务接待费多少": "公务接待费多少",
    "市民来电咨询差旅费是多少": "差旅费是多少",
    "网友留言说印刷费太高了": "印刷费",
    "接到群众投诉时问到差旅费": "差旅费",
    "领导让我查一下会议费": "会议费",
    "写材料用,办公费多少": ",办公费多少",
    "写汇报材料要用,差旅费多少": ",差旅费多少",
    "正准备写一份总结,工会经费多少": ",工会经费多少",
    "财务对账用,委托业务费多少": ",委托业务费多少",
    "领导开会要用,项目支出合计多少": ",项目支出合计多少",
    "口气客气点,公务接待费为什么少了": ",公务接待费为什么少了",
    "语气要委婉一些,三公经费多少": ",三公经费多少",
    "回复要稳妥一点,公务用车运行维护费多少": ",公务用车运行维护费多少",
    "直接报个数就行,电费是多少": ",电费是多少",
    "一句话说清楚,电费多少": ",电费多少",
    "邮电费多少,结果保留两位小数": "邮电费多少,",
    "请问住房公积金是多少谢谢": "住房公积金是多少",
    "麻烦看一下培训费多少": "培训费多少",
    "顺便问一下印刷费": "印刷费",
    "帮财务科核一下差旅费": "差旅费",
    "我是跑民生口的记者,项目支出多少": ",项目支出多少",
    "新来的会计,福利费多少": ",福利费多少",
    "单位里叫我查一下会议费": "会议费",
    "听说公务接待费花了不少": "公务接待费花了",
    "有人说车辆运行费翻了两倍": "车辆运行费",
    "我一直以为办公费有十万,其实多少": "办公费有十万,多少",
    "要求我们解释一下项目支出增加的原因": "项目支出增加的原因",
    "留言问培训费多少怎么答": "培训费多少",
    "我看报道说三公经费超过一百万": "三公经费超过一百万",
    "有报道称公务接待费涨了": "公务接待费涨了",
    "昨天在网上刷到一篇推文说差旅费涨了": "差旅费涨了",
    "新闻里讲会议费有十万": "会议费有十万",
    "报上登的印刷费三十万": "印刷费三十万",
    "媒体报道公务用车有八辆": "公务用车有八辆",
}
"""Normalised sentences, and what is left of each without its framing."""

NAMES = (
    "市民政局", "信访局", "数据资源局", "领导小组办公室", "电话费", "会计学会", "审计费", "报告厅维修费", "记者站经费",
    "检查费", "宣传报道经费", "直接费用", "信息综合室", "公务用车运行维护费", "请示报告", "先进奖励经费",
    "查办案件经费", "领导批办件", "企业退休人员补贴", "会议费", "要素市场建设经费",
    "新闻宣传费", "媒体报道经费", "报刊费", "新闻报道专项", "公众号运营费", "舆情报告费", "电视台宣传费", "晚报登载费",
)  # fmt: skip
"""Names that hold words of framing (市民, 信访, 数据, 领导)."""


def without_framing(text: str) -> str:
    """A normalised text without its framing runs."""
    kept, last = "", 0
    for start, end in framing_spans(text):
        kept += text[last:start]
        last = end
    return kept + text[last:]


def kinds_of(question: str, catalog: DocumentCatalog) -> dict[str, str]:
    """What each piece of a question is, by its text."""
    return {piece.text: piece.kind for piece in pieces_of(question, catalog, ())}


@pytest.mark.parametrize(("said", "asked"), AROUND.items())
def test_only_the_question_is_left(said: str, asked: str) -> None:
    assert without_framing(said) == asked


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sentence", ["{}多少", "{}为什么增加", "{}"])
def test_a_name_is_never_cut(name: str, sentence: str) -> None:
    said = sentence.format(name)
    assert without_framing(said) == said


@pytest.mark.parametrize("name", ["学生资助经费", "居民医保补助", "咨询费", "网上审批系统经费"])
def test_a_name_that_begins_with_who_asks(name: str) -> None:
    assert without_framing(f"{name}多少") == f"{name}多少"


@pytest.mark.parametrize("said", [*AROUND, *(f"{name}多少" for name in NAMES), "", "?", "2024"])
def test_runs_are_in_order_apart_and_not_empty(said: str) -> None:
    spans = list(framing_spans(said))
    assert all(0 <= start < end <= len(said) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    "said", ["公务接待费多少", "金额最大的三个项目", "差旅费比会议费多多少", "项目支出占总支出的比重"]
)
def test_a_plain_question_has_no_framing(said: str) -> None:
    assert list(framing_spans(said)) == []


def test_no_pattern_matches_nothing_everywhere() -> None:
    """A pattern whose every part is optional matches "", which must not count as a run."""
    assert framing_patterns()
    assert list(framing_spans("公公公公")) == []


def test_words_begin_and_end_at_bounds() -> None:
    bounds = word_bounds("市民政局数据")
    assert {0, len("市民政局数据")} <= bounds


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("有网友来信问群众满意度是多少", "群众满意度"),
        ("领导让我查一下服务领导调研数量", "服务领导调研数量"),
        ("写材料用，报送信息数量是多少", "报送信息数量"),
        ("帮我看看信息报送及时率", "信息报送及时率"),
        ("麻烦查一下党办系统干部满意度", "党办系统干部满意度"),
    ],
)
def test_names_of_the_document_stay_names(question: str, name: str, seed_catalog: DocumentCatalog) -> None:
    text = normalised_question(question)
    start = text.rindex(name)
    whole = [p for p in pieces_of(question, seed_catalog, ()) if p.start < start + len(name) and start < p.end]
    assert "framing" not in {piece.kind for piece in whole}


def test_framing_is_a_piece_of_its_own(seed_catalog: DocumentCatalog) -> None:
    kinds = kinds_of("有市民来信问公务接待费多少", seed_catalog)
    assert kinds["有市民来信问"] == "framing"
    assert kinds["公务接待费"] == "name"
