"""Names of one ending that a sentence lists, counted; a narrower kind is never the whole."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.answering.draft import Draft
from assistant.query import Ask, Say
from assistant.reply.enumerated import enumerated_lines
from assistant.told import Told


@pytest.fixture
def listing(seed_draft: Draft, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """The seed with a sentence that lists offices."""
    paragraph = replace(
        next(iter(seed_draft.contents.paragraphs.values())),
        text="本部门包括7个单位，分别为：本级、东区公路分局、西区公路分局、南区公路分局、东区运输管理分局、"
        "西区运输管理分局和信息中心。",
    )
    told = Told(paragraph.text, paragraph.text, paragraph.text, "", 0, paragraph)
    monkeypatch.setattr(Draft, "contents", property(lambda _: SimpleNamespace(told=(told,), paragraphs={})))
    return seed_draft


def _ask(text: str, *words: str) -> Ask:
    return Ask(query=Say(words=words, counted="个"), text=text, unread=(*words, "".join(words)))


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        (_ask("公路分局有几个", "公路", "分局"), ["东区公路分局", "西区公路分局", "南区公路分局"]),
        (_ask("运输管理分局几个", "运输", "管理", "分局"), ["东区运输管理分局", "西区运输管理分局"]),
    ],
)
def test_names_of_one_ending_are_counted_and_listed(ask: Ask, names: list[str], listing: Draft) -> None:
    head, *listed = enumerated_lines(ask, listing)
    assert f"**{len(names)} 个**" in head
    assert listed == [f"- {name}" for name in names]
    (figure,) = listing.figures
    assert figure.citations == [1]


def test_names_of_one_kind_end_in_other_words_too(seed_draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "下设二级预算单位4个，分别为：临江工业学校、临江技师学校、临江职业学院、临江检测中心。"
    paragraph = replace(next(iter(seed_draft.contents.paragraphs.values())), text=text)
    told = Told(text, text, text, "", 0, paragraph)
    monkeypatch.setattr(Draft, "contents", property(lambda _: SimpleNamespace(told=(told,), paragraphs={})))
    head, *listed = enumerated_lines(_ask("学校有几个", "学校"), seed_draft)
    assert "以“学校”、“学院”结尾的有 **3 个**" in head
    assert listed == ["- 临江工业学校", "- 临江技师学校", "- 临江职业学院"]


@pytest.mark.parametrize(
    "ask",
    [
        _ask("水上分局有几个", "水上", "分局"),
        _ask("过亿的单位有几家", "过亿", "单位"),
        Ask(query=Say(words=("分局",), counted="人"), text="分局有几个人", unread=("分局",)),
    ],
)
def test_other_kinds_classes_and_people_are_not(ask: Ask, listing: Draft) -> None:
    assert enumerated_lines(cast(Any, ask), listing) == []
