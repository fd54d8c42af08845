"""Projects of which no goal is published, in the words in which they are asked for."""

from __future__ import annotations

import pytest

from assistant.query import Rows
from assistant.reading.goals import without_goals
from assistant.reading.piece import Piece


@pytest.mark.parametrize(
    "question",
    [
        "项目支出列了10项,绩效目标表却只有9项,漏掉的是哪一项,预算多少",
        "项目支出逐条列了6条,后面绩效目标表里没露面的是哪一个,金额多大",
        "项目支出总表和绩效目标表对了下,少了一个项目没列绩效目标,是哪个?预算多少",
        "项目支出总表有而绩效目标表没有的项目是哪个",
        "哪个项目没有绩效目标",
    ],
)
def test_a_project_without_a_goal_is_asked_for(question: str) -> None:
    ask = without_goals([Piece("word", question, 0, len(question))])
    assert ask is not None and isinstance(ask.query, Rows) and ask.query.without_goal


@pytest.mark.parametrize("question", ["项目支出多少,绩效目标有哪些", "项目绩效目标表里满意度最低的是哪个项目"])
def test_goals_of_projects_are_no_projects_without_one(question: str) -> None:
    assert without_goals([Piece("word", question, 0, len(question))]) is None
