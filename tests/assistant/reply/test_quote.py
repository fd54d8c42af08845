"""Quotations from the seed: the sentence that holds what is asked, with its source, or none."""

from __future__ import annotations

import pytest

from assistant.answer import TextCitation
from assistant.answering.draft import Draft
from assistant.query import Intent, Name, Say
from assistant.reply.quote import definitions, makeup, quote
from assistant.understand.wording import normalise


def say(*names: str, intent: Intent = "anything", words: tuple[str, ...] = ()) -> Say:
    """What is asked of the prose."""
    return Say(intent=intent, topic=tuple(Name(text=name) for name in names), words=words)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (say("公务接待费", intent="why"), "公务接待费预算 0.69 万元，比上年减少 0.09 万元"),
        (say("机关运行经费", intent="why"), "落实过紧日子要求，压缩一般性开支"),
        (say("秘书股", intent="duty"), "负责本级文件的接收、传阅、管理和回收归档"),
        (say("国家安全股", intent="duty"), "负责区委国家安全委员会办公室日常事务工作"),
        (say("资产总额"), "资产总额 183.7 万元"),
        (say("固定资产", words=("打印机",)), "打印机 2 台"),
        (say("三公经费", intent="what_is"), "“三公”经费包括因公出国（境）费、公务接待费、公务用车购置及运行费"),
    ],
)
def test_the_sentence_that_tells(asked: Say, said: str, seed_draft: Draft) -> None:
    quoted = quote(asked, seed_draft)
    assert quoted is not None
    assert said in quoted.lines[0]
    assert quoted.missing == ()
    assert quoted.coverage == pytest.approx(1)


@pytest.mark.parametrize(
    "asked",
    [
        say(),
        say(words=("火星", "飞船")),
        say("三公经费", words=("澳大利亚",)),
        say("公务接待费", words=("宴请", "白酒", "菜单")),
        say("差旅费", words=("审批", "签字")),
    ],
)
def test_nothing_is_quoted_that_does_not_tell(asked: Say, seed_draft: Draft) -> None:
    assert quote(asked, seed_draft) is None
    assert seed_draft.citations.listed == []


def test_every_quoted_line_stands_in_the_document(seed_draft: Draft) -> None:
    quoted = quote(say("项目支出", intent="why"), seed_draft)
    assert quoted is not None
    printed = normalise("".join(p.text for p in seed_draft.contents.paragraphs.values()))
    for line in quoted.lines:
        text, _, mark = line.removeprefix("> ").removesuffix("]").rpartition("[")
        assert normalise(text) in printed
        assert 1 <= int(mark) <= len(seed_draft.citations.listed)


def test_a_quotation_cites_its_sentence(seed_draft: Draft) -> None:
    quote(say("资产总额"), seed_draft)
    (source,) = seed_draft.citations.listed
    assert isinstance(source, TextCitation)
    assert "资产总额 183.7 万元" in source.quote


@pytest.mark.parametrize(("counted", "is_told"), [("辆", True), ("台", True), ("人", False), ("批次", False)])
def test_a_number_of_what_is_asked(counted: str, is_told: bool, seed_draft: Draft) -> None:
    quoted = quote(say("车辆"), seed_draft, needs_number=True, counted=counted)
    assert (quoted is not None) is is_told


@pytest.mark.parametrize(("topic", "counted", "is_told"), [("资产总额", "元", True), ("档案行政股", "元", False)])
def test_an_amount_where_money_is_asked(topic: str, counted: str, is_told: bool, seed_draft: Draft) -> None:
    assert (quote(say(topic), seed_draft, needs_number=True, counted=counted) is not None) is is_told


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("三公经费", "“三公”经费：按照有关规定"),
        ("公务接待费", "公务接待费：反映单位按规定开支的"),
        ("行政运行", "行政运行：反映行政单位"),
        ("出国费", "因公出国（境）费：反映单位公务出国"),
    ],
)
def test_entries_of_the_glossary(name: str, begins: str, seed_draft: Draft) -> None:
    (line,) = definitions([Name(text=name)], seed_draft)
    assert begins in line
    assert line.endswith("[1]")


@pytest.mark.parametrize("name", ["差旅费", "秘书股", "运行"])
def test_no_entry_no_definition(name: str, seed_draft: Draft) -> None:
    assert definitions([Name(text=name)], seed_draft) == []
    assert seed_draft.citations.listed == []


def test_nothing_to_define(seed_draft: Draft) -> None:
    assert definitions([], seed_draft) == []


def test_a_document_that_tells_of_no_makeup(seed_draft: Draft) -> None:
    assert makeup(seed_draft) == []
