"""Whether a model is asked, and what comes of its reading: given, beside the rules' answer, or not used."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from assistant.answer import Answer
from assistant.answering.draft import Draft
from assistant.core import Core
from assistant.library import Library
from assistant.model.consult import Consultant
from assistant.render import render
from assistant.settings import Settings
from tests.assistant.model.conftest import WithModel
from tests.assistant.model.endpoint import FakeChat


def reply(*asks: dict[str, Any]) -> str:
    return json.dumps({"asks": asks}, ensure_ascii=False)


def answered(with_model: WithModel, question: str, *asks: dict[str, Any], **options: object) -> tuple[Answer, str]:
    """The answer, and what became of the model's reading ("" where it was not asked)."""
    assistant = with_model(FakeChat(otherwise=reply(*asks)), **options)
    answer = assistant.ask(question)
    return answer, next(iter(assistant.tally), "")


@pytest.mark.parametrize(
    ("question", "ask", "told"),
    [
        (
            "名字里嵌着“补助”两个字的经济科目合计多少",
            {"op": "sum", "rows": "economic", "where": [{"holds": "补助"}]},
            "16.05",
        ),
        (
            "商品和服务支出里哪三样称雄",
            {"op": "rank", "rows": "economic", "within": "商品和服务支出", "k": 3},
            "20.00",
        ),
        (
            "名字里嵌着“福利”两个字的经济科目合计多少",
            {"op": "sum", "rows": "economic", "where": [{"holds": "福利"}]},
            "4.03",
        ),
        (
            "名字里嵌着“福利”两个字的经济科目合计多少",
            dict.fromkeys(("items", "except", "k", "places", "asc", "by", "last", "why", "said", "side", "q"))
            | {"op": "sum", "rows": "economic", "within": "", "where": [{"holds": "福利", "value": None, "cmp": None}]},
            "4.03",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_rules_refuse_is_answered(
    with_model: WithModel, question: str, ask: dict[str, Any], told: str
) -> None:
    answer, outcome = answered(with_model, question, ask)
    assert (answer.engine, outcome) == ("model", "used")
    assert told in {figure.value for figure in answer.figures}
    assert answer.citations and answer.unanswered == []


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("大连的办公费是多少", {"op": "value", "items": ["办公费"]}),
        ("一季度的办公费是多少", {"op": "value", "items": ["办公费"]}),
        ("去年底的办公费是多少", {"op": "value", "items": ["办公费"]}),
        ("一季度的办公费是多少", {"op": "value", "items": ["本年收入合计"], "said": {"本年收入合计": "一季度"}}),
        ("购买无人机的费用是多少", {"op": "value", "items": ["办公费"], "said": {"办公费": "无人机"}}),
        ("会展费里哪三样称雄", {"op": "rank", "rows": "economic", "within": "商品和服务支出", "k": 3}),
        ("商品和服务支出里哪三样称雄", {"op": "rank", "rows": "economic", "within": "商品和服务支出", "k": 5}),
        ("商品和服务支出里哪三样垫底冒泡", {"op": "rank", "rows": "economic", "within": "商品和服务支出", "k": 3}),
        ("名字里带“补助”两个字的经济科目归堆多少", {"op": "mean", "rows": "economic", "where": [{"holds": "补助"}]}),
        (
            "名字里带“补助”两个字的经济科目归堆多少",
            {"op": "sum", "rows": "economic", "where": [{"holds": "补助", "cmp": "ne"}]},
        ),
        (
            "商品和服务支出里头除了“其他”开头的还有多少钱",
            {"op": "sum", "rows": "economic", "within": "商品和服务支出", "where": [{"starts": "其他"}]},
        ),
        ("名字里嵌着“补助”两个字的经济科目合计多少", {"op": "sum", "rows": "economic", "where": [{"holds": "补"}]}),
        ("名字里嵌着“补助”两个字的经济科目合计多少", {"op": "sum", "rows": "function", "where": [{"holds": "补助"}]}),
        (
            "名字里嵌着“补助”两个字的经济科目合计多少",
            {"op": "sum", "rows": "economic", "where": [{"cmp": "gt", "value": ["1e999999999"], "unit": "万元"}]},
        ),
        ("名字里嵌着“补助”两个字的经济科目合计多少", {"op": "value", "items": ["\ud800办公费"]}),
        ("名字里嵌着“职工”两个字的科目分别是多少", {"op": "list", "rows": "economic"}),
        ("名字里嵌着职工两个字的科目分别是多少", {"op": "list", "rows": "economic"}),
        ("商品和服务支出里哪两样称雄", {"op": "rank", "rows": "purchase", "within": "商品和服务支出", "k": 2}),
        (
            "介于1万和5万之间的商品和服务支出科目分量",
            {"op": "list", "rows": "economic", "within": "商品和服务支出", "where": [{"cmp": "lt", "value": [1]}]},
        ),
        (
            "办公费在商品和服务支出里头占的分量",
            {"op": "share", "items": ["办公费"], "of": "商品和服务支出", "within": "办公费"},
        ),
        (
            "名字里带“公务”两个字的经济科目里称雄的是哪个",
            {"op": "rank", "rows": "economic", "where": [{"holds": "公务"}], "k": 2},
        ),
        ("名字里带“补助”两个字的经济科目归堆多少", {"op": "value", "items": ["办公费"]}),
        ("名字里带“补助”两个字的经济科目归堆多少", {"op": "value", "side": "收入"}),
        ("名字里带“补助”两个字的经济科目归堆多少", {"op": "value", "items": ["#1/办公费"]}),
    ],
    ids=lambda value: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
)
def test_what_the_question_or_the_document_does_not_bear_out_is_not_used(
    with_model: WithModel, question: str, ask: dict[str, Any]
) -> None:
    answer, outcome = answered(with_model, question, ask)
    assert answer.engine == "rules" and answer.figures == []
    assert outcome in ("rejected", "unanswered")


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("去年的公务接待费是多少", {"op": "value", "items": ["公务接待费"]}),
        ("公务接待费是多少", {"op": "value", "items": ["公务接待费"], "last": True}),
        ("差旅费和会议费加起来多少", {"op": "value", "items": ["差旅费", "会议费"]}),
        ("超过5万元的经济科目有哪些", {"op": "list", "rows": "economic", "within": "商品和服务支出"}),
        (
            "超过5万元的经济科目有哪些",
            {"op": "list", "rows": "economic", "where": [{"cmp": "gt", "value": [50000], "unit": "万元"}]},
        ),
        ("平均每辆车的运行维护费是多少", {"op": "value", "items": ["公务用车运行维护费"]}),
        ("商品和服务支出里最低的是哪项", {"op": "rank", "rows": "economic", "within": "商品和服务支出"}),
        ("商品和服务支出里最高的是哪项", {"op": "rank", "rows": "economic", "within": "商品和服务支出", "asc": True}),
        ("办公费占商品和服务支出多少", {"op": "value", "items": ["办公费"]}),
        ("公务用车有几辆", {"op": "value", "items": ["公务用车运行维护费"]}),
        ("商品和服务支出里除了差旅费还有哪些", {"op": "list", "rows": "economic", "within": "商品和服务支出"}),
        ("专用通信保障中心的住房公积金是多少", {"op": "value", "items": ["住房公积金"]}),
        ("行政运行的基本支出是多少", {"op": "value", "items": ["行政运行"]}),
    ],
    ids=lambda value: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
)
def test_a_reading_that_drops_or_adds_something_never_takes_the_place_of_the_rules(
    with_model: WithModel, question: str, ask: dict[str, Any]
) -> None:
    answer, outcome = answered(with_model, question, ask, model_use="always")
    assert (answer.engine, outcome in ("rejected", "unanswered", "agreed")) == ("rules", True), outcome


def test_a_word_taken_for_a_name_near_to_it_is_said(with_model: WithModel) -> None:
    ask = {"op": "value", "items": ["租赁费"], "said": {"租赁费": "租车"}}
    answer, _ = answered(with_model, "租车的钱有多少", ask)
    assert answer.engine == "model"
    assert answer.notes == ["语言模型把问题里的“租车”按“租赁费”理解，请核对。"]


def test_the_terminal_tells_that_a_model_took_part(with_model: WithModel) -> None:
    shown = Console(file=StringIO(), width=200)
    answer, _ = answered(with_model, "租车的钱有多少", {"op": "value", "items": ["租赁费"], "said": {"租赁费": "租车"}})
    shown.print(render(answer))
    shown.print(render(answer.model_copy(update={"engine": "rules"})))
    assert shown.file.getvalue().count("语言模型参与") == 1  # type: ignore[attr-defined]


def test_where_the_rules_answer_no_model_is_asked_unless_always(with_model: WithModel) -> None:
    ask = {"op": "value", "items": ["公务接待费"]}
    assert answered(with_model, "公务接待费是多少", ask)[1] == ""
    assert answered(with_model, "公务接待费是多少", ask, model_use="always")[1] == "agreed"
    assert answered(with_model, "名字里带“补助”两个字的经济科目归堆多少", ask, model_use="never")[1] == ""


def rules_answer(question: str, core: Core) -> Draft:
    """An answer by rules."""
    answer = core.answer(core.read(question, []))
    assert answer and answer.is_whole
    return answer.draft


def test_two_readings_with_different_figures_are_both_named(seed_core: Core, seed_library: Library) -> None:
    chat = FakeChat(otherwise=reply({"op": "value", "items": ["会议费"]}))
    consultant = Consultant(chat, seed_core, seed_library, Settings(), lambda _: None)
    consulted = consultant.consult("会议费是多少", [], rules_answer("差旅费是多少", seed_core))
    assert consulted and consulted.draft and consulted.part == "beside"
    assert [figure.value for figure in consulted.draft.figures] == ["12.60", "1.00"]
    text = "\n".join(consulted.draft.lines)
    assert text.index("按规则的读法") < text.index("12.60") < text.index("按语言模型的读法") < text.index("1.00 万元")
    assert [citation.n for citation in consulted.draft.citations.listed] == [1, 2]


def test_a_reading_that_tells_the_rules_figures_and_more_is_given(seed_core: Core, seed_library: Library) -> None:
    chat = FakeChat(otherwise=reply({"op": "difference", "items": ["差旅费", "会议费"]}))
    consultant = Consultant(chat, seed_core, seed_library, Settings(), lambda _: None)
    consulted = consultant.consult("差旅费比会议费多多少", [], rules_answer("差旅费是多少", seed_core))
    assert consulted and consulted.draft and consulted.part == "used"
    assert "11.60" in {figure.value for figure in consulted.draft.figures}


@pytest.mark.parametrize(
    "question",
    ["2019年的办公费是多少", "办公费决算数是多少", "你觉得办公费该不该砍"],
    ids=["another year", "a final account", "an opinion"],
)  # fmt: skip
def test_of_what_is_not_loaded_or_for_an_opinion_no_model_is_asked(with_model: WithModel, question: str) -> None:
    chat = FakeChat(otherwise=reply({"op": "value", "items": ["办公费"]}))
    answer = with_model(chat).ask(question)
    assert (answer.engine, answer.figures, chat.prompts) == ("rules", [], [])


def test_without_the_model_the_same_assistant_answers_as_if_there_were_none(with_model: WithModel) -> None:
    chat = FakeChat(otherwise=reply({"op": "sum", "rows": "economic", "where": [{"holds": "补助"}]}))
    answer = with_model(chat).ask("名字里带“补助”两个字的经济科目归堆多少", by_rules=True)
    assert (answer.engine, answer.route, chat.prompts) == ("rules", "refuse", [])


def test_a_follow_up_is_read_with_what_was_spoken_of(with_model: WithModel) -> None:
    chat = FakeChat(otherwise=reply({"op": "sum", "rows": "economic", "where": [{"starts": "其他"}]}))
    answer = with_model(chat).ask("名称以“其他”打头的那几个呢，一共多少", ["办公费是多少"])
    assert "<此前的问题>办公费是多少</此前的问题>" in chat.prompts[0].user
    assert answer.engine == "model"
