import subprocess
import sys

import pytest

from assistant.keywords import KeywordIndex, content_words, flat, printed_names, related_words, search_words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("公务用车购置费是多少？", ["公务用车", "购置费"]),
        ("今年新增了哪些项目？", ["新增", "项目"]),
        ("科目2080505的金额", ["科目", "2080505", "金额"]),
        ("ＬＲＡ 证书为什么要建设", ["lra", "证书", "建设"]),
        ("为什么呢？", []),
        ("", []),
        ("培训费和培训费", ["培训费"]),
    ],
)
def test_content_words_leave_out_what_only_asks(question: str, words: list[str]) -> None:
    assert content_words(question) == words


def test_long_words_are_searched_in_parts_too() -> None:
    assert {"固定", "资产", "固定资产"} <= set(search_words("固定资产原值"))


def test_loading_the_words_is_silent() -> None:
    program = "from assistant.keywords import content_words; content_words('公务接待费')"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout + run.stderr == ""


def test_blanks_between_chinese_and_figures_mean_nothing() -> None:
    assert flat("采购 23.9 万元，Budget Report") == "采购23.9万元,budget report"


TEXTS = ["办公费 5 万元，印刷费 5 万元", "外事股负责接待外宾", "外事", "车辆 5 辆"]


def test_the_text_with_the_rarest_words_comes_first() -> None:
    index = KeywordIndex(TEXTS)
    assert [position for position, _ in index.search(search_words("外事股接待外宾"))] == [1, 2]


def test_of_equal_hits_the_shorter_text_comes_first() -> None:
    assert [position for position, _ in KeywordIndex(TEXTS).search(["外事"])] == [2, 1]


def test_unknown_words_find_nothing_and_are_the_rarest() -> None:
    index = KeywordIndex(TEXTS)
    assert index.search(["教育局"]) == []
    assert index.rarity("教育局") > index.rarity("印刷") > index.rarity("外事") > 0


def test_an_empty_index_answers() -> None:
    index = KeywordIndex([])
    assert index.search(["外事"]) == []
    assert not index.knows("外事")


def test_a_why_looks_for_reasons() -> None:
    assert "原因" in related_words("公务接待费为什么减少")
    assert related_words("公务接待费多少") == []


def test_everyday_names_are_replaced_only_where_the_texts_do_not_know_them() -> None:
    assert printed_names("去年请客吃饭花了多少", KeywordIndex(TEXTS).knows) == ["公务接待费"]
    assert printed_names("接待外宾归谁管", lambda name: True) == []
