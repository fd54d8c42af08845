"""Names of questions to the items of the seed: by their printed forms, by parts of these, by abbreviations."""

from __future__ import annotations

import pytest

from assistant.catalog import DocumentCatalog
from assistant.catalog.linking import linked, linked_word, own_words, unit_word
from assistant.query import Name


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("差旅费", "差旅费"),
        ("机要专线", "机要专线维护费"),
        ("防火墙国产化替代", "电子政务内网防火墙国产化替代经费"),
        ("LRA证书注册系统", "LRA证书注册系统建设经费"),
    ],
)
def test_a_part_of_a_name_links_to_it(said: str, printed: str, seed_catalog: DocumentCatalog) -> None:
    token = linked(Name(text=said), seed_catalog)
    assert token is not None
    assert printed in {link.name for link in token.links}


@pytest.mark.parametrize("said", ["水费", "澳大利亚", "食堂承包费", "公安局"])
def test_what_no_item_bears_links_to_nothing(said: str, seed_catalog: DocumentCatalog) -> None:
    assert linked(Name(text=said), seed_catalog) is None
    assert linked_word(said, seed_catalog) == ()


@pytest.mark.parametrize("said", ["通信保障中心", "专用通信中心", "通信中心"])
def test_abbreviated_units(said: str, seed_catalog: DocumentCatalog) -> None:
    assert [link.name for link in unit_word(said, seed_catalog)] == ["中共随州市曾都区委专用通信保障中心"]


@pytest.mark.parametrize("said", ["中心", "医疗中心", "保障通信中心", "通信保障", "专用通信保障中心站"])
def test_what_abbreviates_no_unit(said: str, seed_catalog: DocumentCatalog) -> None:
    assert unit_word(said, seed_catalog) == ()


def test_where_a_name_stands_is_kept(seed_catalog: DocumentCatalog) -> None:
    token = linked(Name(text="差旅费", spans=((3, 6),)), seed_catalog)
    assert token is not None
    assert (token.start, token.end) == (3, 6)


def test_the_words_for_the_department_itself(seed_catalog: DocumentCatalog) -> None:
    assert "本级" in own_words()
    token = linked(Name(text="本级"), seed_catalog)
    assert token is not None
    assert {link.name for link in token.links} == {seed_catalog.main_unit}


def test_a_partial_link_weighs_less_than_the_name_itself(seed_catalog: DocumentCatalog) -> None:
    whole, part = (linked(Name(text=text), seed_catalog) for text in ("机要专线维护费", "机要专线"))
    assert whole is not None and part is not None
    assert max(link.score for link in part.links) < max(link.score for link in whole.links)
    assert {link.match for link in part.links} == {"partial"}
