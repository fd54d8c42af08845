"""Conversations are kept with their answers, each for its owner."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.talks import Talks, Turn
from index.errors import BudgetError
from tests.doubles import FixtureEngine


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    return Talks(tmp_path / "deep" / "talks.sqlite")


def test_a_turn_comes_back_as_it_was(talks: Talks, tmp_path: Path, fixture_engine: FixtureEngine) -> None:
    answer = fixture_engine.ask("第45项费用是多少？")
    turn = Turn(1, "第45项？", "某某：第45项？", ("a", "b"), True, answer)
    talk = talks.begin("甲", "第45项？")
    talks.add(talk, turn)
    talks.add(talk, Turn(2, "空", "", problem="问题是空的。"))
    again = Talks(tmp_path / "deep" / "talks.sqlite")
    assert again.turns(talk) == [turn, Turn(2, "空", "", problem="问题是空的。")]


def test_each_sees_only_their_own(talks: Talks) -> None:
    mine, _ = talks.begin("甲", "我的"), talks.begin("乙", "别人的")
    assert [talk.title for talk in talks.listed("甲")] == ["我的"]
    assert talks.find("乙", mine) is None
    talks.rename("乙", mine, "改了")
    talks.delete("乙", mine)
    assert [talk.title for talk in talks.listed("甲")] == ["我的"]


def test_found_by_title_question_and_answer(talks: Talks, fixture_engine: FixtureEngine) -> None:
    talk = talks.begin("甲", "第一个")
    talks.add(talk, Turn(1, "第45项费用是多少？", "", answer=fixture_engine.ask("第45项费用是多少？")))
    talks.begin("甲", "100%_的")
    assert [t.title for t in talks.listed("甲", "45项")] == ["第一个"]
    assert [t.title for t in talks.listed("甲", "另见第3项")] == ["第一个"]
    assert [t.title for t in talks.listed("甲", "%_")] == ["100%_的"]
    assert talks.listed("甲", "没有的") == []


def test_the_last_changed_comes_first(talks: Talks) -> None:
    first, _ = talks.begin("甲", "一"), talks.begin("甲", "二")
    talks.add(first, Turn(1, "问", ""))
    assert [talk.title for talk in talks.listed("甲")] == ["一", "二"]


def test_renamed_and_deleted(talks: Talks, tmp_path: Path) -> None:
    talk = talks.begin("甲", "一")
    talks.add(talk, Turn(1, "问", ""))
    talks.rename("甲", talk, "  预算会  ")
    assert [each.title for each in talks.listed("甲")] == ["预算会"]
    with pytest.raises(BudgetError, match="名称是空的"):
        talks.rename("甲", talk, " ")
    talks.delete("甲", talk)
    assert talks.listed("甲") == [] and talks.turns(talk) == []


def test_an_answer_of_another_form_is_told_not_raised(talks: Talks, tmp_path: Path) -> None:
    talk = talks.begin("甲", "一")
    talks.add(talk, Turn(1, "问", ""))
    with sqlite3.connect(tmp_path / "deep" / "talks.sqlite") as database:
        database.execute('UPDATE turns SET answer = \'{"of": "old"}\'')
    (turn,) = talks.turns(talk)
    assert turn.answer is None and "旧版本" in turn.problem


def test_an_objection_is_kept_with_what_it_is_about_and_goes_with_it(talks: Talks) -> None:
    talk = talks.begin("甲", "一")
    for turn in (Turn(1, "一", "一"), Turn(2, "二", "二", fresh=True), Turn(3, "谢谢", ""), Turn(4, "三", "三")):
        talks.add(talk, turn)
    talks.object(talk, 4, "错")
    talks.object(talk, 4, "数不对")
    (objection,) = talks.objections()
    assert (objection.turn.question, objection.history, objection.comment) == ("三", ("二",), "数不对")
    talks.delete("甲", talk)
    assert talks.objections() == []
