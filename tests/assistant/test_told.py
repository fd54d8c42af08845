"""Texts of the seed that may be quoted: sentences of paragraphs and of worded cells, each with its source."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.draft import Draft
from assistant.told import Told, told_texts
from assistant.understand.wording import normalise
from index.records import FigureRecord, ParagraphRecord


def told_in(draft: Draft) -> tuple[Told, ...]:
    """All told texts of the document."""
    return draft.contents.told


def test_each_text_stands_in_its_source(seed_draft: Draft) -> None:
    for told in told_in(seed_draft):
        printed = told.source.text if isinstance(told.source, ParagraphRecord) else told.source.printed
        assert normalise(told.text).replace(" ", "") in normalise(printed).replace(" ", "")


def test_plain_texts_are_normalised(seed_draft: Draft) -> None:
    as_printed = [told for told in told_in(seed_draft) if not told.topic]
    assert all(told.plain == normalise(told.text) for told in as_printed)
    assert all(told.plain in told.whole for told in as_printed if isinstance(told.source, ParagraphRecord))


def test_headings_and_contents_are_not_quoted(seed_draft: Draft) -> None:
    roles = {told.source.role for told in told_in(seed_draft) if isinstance(told.source, ParagraphRecord)}
    assert roles
    assert not roles & {"contents", "heading"}


def test_cells_are_quoted_only_where_they_hold_sentences(seed_draft: Draft) -> None:
    cells = [told.source for told in told_in(seed_draft) if isinstance(told.source, FigureRecord)]
    assert cells
    assert all(len(cell.printed) >= 15 for cell in cells)


def test_what_stands_above_a_sentence(seed_draft: Draft) -> None:
    told = next(t for t in told_in(seed_draft) if t.text.startswith("公务接待费预算 0.69 万元"))
    assert normalise("“三公”经费预算情况说明") in told.above


def test_paragraphs_come_before_cells(seed_draft: Draft) -> None:
    positions = [told.position for told in told_in(seed_draft)]
    assert positions == sorted(positions)


def test_nothing_is_told_of_nothing() -> None:
    assert told_texts([], [], {}) == ()


def test_what_a_sentence_points_at_is_put_in_its_place(seed_draft: Draft) -> None:
    paragraph = next(p for p in seed_draft.contents.paragraphs.values() if p.role not in ("contents", "heading"))
    text = "环城路维修专项工程：对路面进行更新。本项目年初预算100万元。"
    told = told_texts([replace(paragraph, text=text)], [], {})
    assert [t.topic for t in told] == ["", "环城路维修专项工程"]
    assert (
        told[1].plain == normalise("环城路维修专项工程年初预算100万元。") and told[1].text == "本项目年初预算100万元。"
    )
