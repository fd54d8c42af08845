"""A reading put plainly: each thing asked in the rules' words, nothing lost that restricts, talk left out."""

from __future__ import annotations

import pytest

from assistant.trained.decode import ReadAsk, Stretch, TrainedReading
from assistant.trained.restate import restated
from training.marked import labelled

Asks = list[tuple[str, tuple[str, ...], tuple[str, ...]]]


def reading(marked: str, asks: Asks, history: str = "") -> TrainedReading:
    """A reading of a marked question: operation, first and second arguments of each ask."""
    question, labels = labelled(marked)
    before = f"{history}\n" if history else ""
    text, start = before + question, len(before)
    spans, at = [], 0
    while at < len(labels):
        end = at + 1
        while end < len(labels) and labels[end] == labels[at]:
            end += 1
        if labels[at] != "x":
            spans.append(Stretch(start + at, start + end, labels[at], question[at:end], 1.0))
        at = end

    def found(said: str, label: str) -> Stretch:
        place = text.index(said)
        return Stretch(place, place + len(said), label, said, 1.0)

    read = tuple(
        ReadAsk(op, tuple(found(a, "first") for a in one), tuple(found(a, "second") for a in two), 1.0, 1.0)
        for op, one, two in asks
    )
    return TrainedReading(text, start, tuple(spans), read, 1.0)


@pytest.mark.parametrize(
    ("marked", "asks", "plain"),
    [
        (
            "{f:群里有人嚷嚷，}{u:水务局}{t:今年}{i:差旅费}{k:和}{i:会议费}{o:捏一块儿}{a:几个钱}",
            [("sum", ("差旅费", "会议费"), ())], "水务局今年差旅费和会议费合计是多少?",
        ),
        (
            "{i:水费}{o:摊在}{i:公用经费}里{a:有几分}",
            [("share", ("水费",), ("公用经费",))], "水费占公用经费的比例是多少?",
        ),
        (
            "{i:水费}{k:连同}{i:电费}{o:摊在}{i:公用经费}里{a:有几分}",
            [("share", ("水费", "电费"), ("公用经费",))], "水费和电费合计占公用经费的比例是多少?",
        ),
        (
            "{i:总支出}里{o:抠掉}{i:项目支出}{a:落下几个}",
            [("difference", ("总支出",), ("项目支出",))], "总支出扣除项目支出后剩多少?",
        ),
        (
            "{i:水费}{k:跟}{i:电费}{o:拉开}{a:多大口子}",
            [("difference", ("水费",), ("电费",))], "水费和电费相差多少?",
        ),
        (
            "{i:培训费}{a:给了几个子儿}，{a:咋}{o:少了}",
            [("value", ("培训费",), ()), ("why", ("培训费",), ())], "培训费是多少?培训费增减的原因是什么?",
        ),
        (
            "{f:领导刚问，}{c:项目}里{o:最多的三个}{a:是哪些}",
            [("rank", ("项目",), ())], "项目里最多的三个是哪些?",
        ),
    ],
)  # fmt: skip
def test_put_plainly(marked: str, asks: Asks, plain: str) -> None:
    found = restated(reading(marked, asks))
    assert found and found.question == plain


def test_what_was_asked_of_before_is_said() -> None:
    found = restated(reading("{b:项目支出}{a:呢}", [("value", ("中等职业教育", "项目支出"), ())], "中等职业教育多少"))
    assert found and found.question == "中等职业教育的项目支出是多少?"


def test_what_restricts_is_never_lost() -> None:
    assert restated(reading("{i:差旅费}{a:多少}（{r:不含本级}）", [("value", ("差旅费",), ())])) is None
    assert restated(reading("{i:水费}{k:和}{i:电费}{a:多少}", [("value", ("水费",), ())])) is None
    assert restated(reading("{i:水费}{o:倒推去年}{a:多少}", [("value", ("水费",), ())])) is None


def test_talk_with_a_number_is_not_left_out() -> None:
    assert restated(reading("{f:我们3个人想知道}{i:差旅费}{a:多少}", [("value", ("差旅费",), ())])) is None


def test_claims_are_kept_to_compare() -> None:
    found = restated(reading("{i:差旅费}{nc:花了30万}，{a:到底多少}", [("value", ("差旅费",), ())]))
    assert found and found.question == "差旅费是多少?" and found.claims == ("花了30万",)


def test_nothing_asked_is_nothing_to_put() -> None:
    assert restated(reading("{f:你好}", [])) is None
