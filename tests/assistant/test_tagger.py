"""The trained reader: what it takes as talk, that it can be turned off, that a damaged file changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.tagger import SpanTagger, tagger
from assistant.tagger.features import features_of, words_in
from assistant.tagger.tagger import MODEL

SURE = 0.95


@pytest.fixture(scope="module")
def reader() -> SpanTagger:
    return SpanTagger()


def likely(reader: SpanTagger, text: str, part: str) -> float:
    """The least likelihood that a part of a question is framing."""
    start = text.index(part)
    return min(reader.framing(text)[start : start + len(part)])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("有位老街坊在居委会门口嚷嚷,问今年公务接待费是多少", "街坊"),
        ("楼下理发店老板听说后直摇头,想知道培训费今年安排多少", "理发店老板"),
        ("我姑姑看了公示睡不着,非让我问问你们差旅费有多少", "姑姑"),
    ],
)
def test_talk_is_recognised(reader: SpanTagger, text: str, part: str) -> None:
    assert likely(reader, text, part) >= SURE


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("今年宠物美容费安排了多少", "宠物美容费"),
        ("咖啡机采购花了多少钱", "咖啡机"),
        ("财政拨款里的钓鱼比赛经费是多少", "钓鱼比赛经费"),
        ("2025年会议费和游泳池维护费合计多少", "游泳池维护费"),
    ],
)
def test_what_is_asked_about_is_no_talk(reader: SpanTagger, text: str, part: str) -> None:
    assert likely(reader, text, part) < SURE


def test_the_same_likelihood_for_each_character_of_a_word(reader: SpanTagger) -> None:
    text = "有市民来信问,今年会议费多少"
    each = reader.framing(text)
    assert len(each) == len(text)
    assert all(len({each[place] for place in range(word.start, word.end)}) == 1 for word in words_in(text))


def test_nothing_is_asked() -> None:
    assert features_of(()) == []
    assert SpanTagger().framing("") == ()


@pytest.fixture
def fresh() -> None:
    tagger.span_tagger.cache_clear()
    yield
    tagger.span_tagger.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_it_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "settings", lambda: Settings(reader="off"))
    assert tagger.span_tagger() is None


def test_a_damaged_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / MODEL.name
    path.write_bytes(MODEL.read_bytes()[:-1])
    shutil.copy(MODEL.with_suffix(".json"), path.with_suffix(".json"))
    with pytest.raises(ValueError, match="checksum"):
        SpanTagger(path)


@pytest.mark.usefixtures("fresh")
def test_without_the_file_everything_works_as_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing() -> SpanTagger:
        return SpanTagger(tmp_path / "none.crfsuite")

    monkeypatch.setattr(tagger, "SpanTagger", missing)
    assert tagger.span_tagger() is None


def test_the_file_is_small_and_says_what_it_was_trained_on() -> None:
    recorded = json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))
    assert MODEL.stat().st_size < 40 * 2**20
    assert recorded["questions"] > 6_000
