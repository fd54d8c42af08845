"""The JSON in what a model says, however it says it."""

from __future__ import annotations

import pytest

from assistant.model.replies import json_in

OBJECT = '{"asks":[{"op":"value","items":["办公费"]}]}'
WANTED = {"asks": [{"op": "value", "items": ["办公费"]}]}


@pytest.mark.parametrize(
    "reply",
    [
        OBJECT,
        f"```json\n{OBJECT}\n```",
        f"好的，下面是查询：\n\n{OBJECT}\n\n希望有帮助！",
        f'<think>先试 {{"asks":[]}} 不对</think>{OBJECT}',
        f'没有开头的思考 {{"asks":[]}}</think>\n{OBJECT}',
        f'{{"note": 1}} {OBJECT}',
        f'{{"asks":[]}} 更正：{OBJECT}',
        "{" * 20 + OBJECT,
    ],
    ids=["bare", "fence", "prose", "thought", "half a thought", "another object", "the last one", "braces"],
)
def test_the_object_is_found(reply: str) -> None:
    assert json_in(reply, "asks") == WANTED


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "我不知道。",
        OBJECT[:-4],
        f"<think>{OBJECT}",
        "[1, 2]",
        '{"sentences": [1]}',
        "{" * 50_000,
        '{"a":' * 5_000,
        '{"asks": ' + "9" * 5_000 + "}",
    ],
    ids=["empty", "prose", "cut", "endless thought", "list", "other key", "braces", "deep", "huge number"],
)
def test_where_there_is_none_nothing_is_found(reply: str) -> None:
    assert json_in(reply, "asks") is None
