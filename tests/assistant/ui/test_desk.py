"""Scope, history, replies to what asks nothing, and ways on from a refusal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.serving import Serving
from assistant.talks import Talks
from assistant.ui.desk import Asked, Desk
from assistant.ui.ways import reply_to
from tests.doubles import DOCUMENT_ID, UNIT, FixtureEngine

NAME = f"{UNIT}2024年部门预算"


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    return FixtureEngine(tmp_path)


@pytest.fixture
def desk(engine: Any, tmp_path: Path) -> Desk:
    return Desk(Serving(engine), Talks(tmp_path / "talks.sqlite"))


def test_a_follow_up_has_what_was_asked_before(desk: Desk, engine: Any) -> None:
    talk, _ = desk.ask("甲", "", Asked("第45项费用是多少？"))
    again = Desk(Serving(engine), desk.talks)
    again.ask("甲", talk, Asked("那第2项呢"))
    assert engine.asked[-1] == ("那第2项呢", ("第45项费用是多少？",))


def test_another_owners_conversation_is_not_continued(desk: Desk, engine: Any) -> None:
    talk, _ = desk.ask("甲", "", Asked("第45项费用是多少？"))
    other, turn = desk.ask("乙", talk, Asked("那第2项呢"))
    assert other != talk and turn.number == 1
    assert engine.asked[-1] == ("那第2项呢", ())


def test_a_fresh_question_continues_nothing_and_later_ones_continue_it(desk: Desk, engine: Any) -> None:
    talk, _ = desk.ask("甲", "", Asked("第45项费用是多少？"))
    desk.ask("甲", talk, Asked("第2项费用是多少？", fresh=True))
    desk.ask("甲", talk, Asked("那第3项呢"))
    assert [history for _, history in engine.asked] == [(), (), ("第2项费用是多少？",)]


def test_chosen_documents_are_named_unless_the_question_names_one(desk: Desk, engine: Any) -> None:
    desk.ask("甲", "", Asked("第45项费用是多少？", (DOCUMENT_ID, "gone")))
    desk.ask("甲", "", Asked(f"{UNIT}第45项费用是多少？", (DOCUMENT_ID,)))
    assert [question for question, _ in engine.asked] == [f"{NAME}：第45项费用是多少？", f"{UNIT}第45项费用是多少？"]


def test_what_was_typed_is_what_is_shown(desk: Desk) -> None:
    _, turn = desk.ask("甲", "", Asked("第45项费用是多少？", (DOCUMENT_ID,)))
    assert turn.answer and (turn.question, turn.answer.question) == ("第45项费用是多少？",) * 2


def test_a_refusal_offers_what_is_answered(desk: Desk) -> None:
    _, turn = desk.ask("甲", "", Asked("财政局多少"))
    assert turn.answer and turn.answer.refused
    assert turn.answer.follow_ups[0] == "第45项费用是多少？"


def test_what_refusals_offer_is_tried_once(desk: Desk, engine: Any) -> None:
    desk.ask("甲", "", Asked("财政局多少"))
    tried = len(engine.asked)
    desk.ask("乙", "", Asked("财政局多少"))
    assert len(engine.asked) == tried + 1 > 2, "the question alone"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("你好！", "您好"),
        ("谢谢啦", "不客气"),
        ("怎么用？", "平常的话"),
        ("导出excel", "证据包"),
        ("载入了哪些文件", NAME),
        ("有哪些文件？", NAME),
    ],
)
def test_what_asks_nothing_of_a_budget_gets_a_reply(engine: Any, text: str, told: str) -> None:
    reply = reply_to(engine, text, None)
    assert reply and told in reply.answer and not reply.citations


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费是多少？",
        "有哪些内设机构？",
        "有哪些项目",
        "有哪些单位",
        "有哪些部门？",
        "有哪些单位的三公经费超过十万",
        "谢谢，那培训费呢",
    ],
)
def test_questions_get_no_reply(engine: Any, text: str) -> None:
    assert reply_to(engine, text, None) is None


def test_the_last_answer_is_said_again(desk: Desk, engine: Any) -> None:
    talk, first = desk.ask("甲", "", Asked("第45项费用是多少？"))
    _, again = desk.ask("甲", talk, Asked("刚才那个再说一遍"))
    assert isinstance(first.answer, Answer) and again.answer and again.answer.answer == first.answer.answer
    assert len(engine.asked) == 1


def test_words_of_thanks_are_no_part_of_what_is_continued(desk: Desk, engine: Any) -> None:
    talk, _ = desk.ask("甲", "", Asked("第45项费用是多少？"))
    desk.ask("甲", talk, Asked("谢谢"))
    desk.ask("甲", talk, Asked("那第2项呢"))
    assert engine.asked[-1] == ("那第2项呢", ("第45项费用是多少？",))


def test_problems_are_kept_as_problems(desk: Desk) -> None:
    talk, turn = desk.ask("甲", "", Asked("崩"))
    assert turn.answer is None and "内部错误" in turn.problem
    assert desk.talks.turns(talk) == [turn]


def test_questions_asked_at_once_in_one_conversation_are_all_kept(desk: Desk) -> None:
    from concurrent.futures import ThreadPoolExecutor

    talk, _ = desk.ask("甲", "", Asked("第45项费用是多少？"))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: desk.ask("甲", talk, Asked(f"第{n}项")), range(20)))
    turns = desk.talks.turns(talk)
    assert [turn.number for turn in turns] == list(range(1, 22))
    assert {turn.question for turn in turns[1:]} == {f"第{n}项" for n in range(20)}
