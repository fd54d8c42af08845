from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.chunk import MAX_CHARACTERS, chunk, embedded_text
from index.convert import convert
from index.embed import count_tokens
from index.outline import outline
from index.prose import Chunk, OutlinedParagraph, ParagraphRole

SECTION = ("第二部分 情况说明", "二、“三公”经费")


def prose(*texts: str, section: tuple[str, ...] = SECTION, role: ParagraphRole = "plain") -> list[OutlinedParagraph]:
    return [OutlinedParagraph(number, text, section, role) for number, text in enumerate(texts, start=1)]


def texts(paragraphs: list[OutlinedParagraph]) -> list[str]:
    return [made.text for made in chunk(tuple(paragraphs))]


def test_a_paragraph_is_a_chunk_with_its_section_and_position() -> None:
    assert chunk(tuple(prose("收入总计 735.66 万元。"))) == (Chunk(SECTION, "收入总计 735.66 万元。", (1,)),)


def test_headings_contents_and_blanks_are_no_chunks() -> None:
    assert texts(prose("第一部分 概况", role="heading") + prose("一、职责", role="contents") + prose("  ")) == []


def test_a_lead_in_keeps_with_its_marked_list() -> None:
    made = chunk(tuple(prose("主要职能有：", "1、负责通信；", "2、负责接待。", "核定编制 6 名。")))
    assert [each.paragraphs for each in made] == [(1, 2, 3), (4,)]


def test_a_lead_in_keeps_with_its_unmarked_list() -> None:
    made = chunk(
        tuple(prose("安排 20.69 万元。其中：", "因公出国（境）费预算 0 万元，持平。", "接待费 0.69 万元，减少。"))
    )
    assert [each.paragraphs for each in made] == [(1, 2, 3)]


def test_a_table_between_ends_a_list() -> None:
    lead, first, far = prose("纳入编制范围的单位包括：", "1.局机关。", "2.本表反映各项支出。")
    made = chunk((lead, first, replace(far, position=9)))
    assert [each.paragraphs for each in made] == [(1, 2), (9,)]


def test_lead_ins_in_a_row_share_their_list_and_the_next_one_begins_anew() -> None:
    made = chunk(tuple(prose("包括：", "按功能分类：", "1.教育 3 万元", "按经济分类：", "1.工资 2 万元")))
    assert [each.paragraphs for each in made] == [(1, 2, 3), (4, 5)]


def test_a_list_never_reaches_into_the_next_section() -> None:
    made = chunk((*prose("主要职能有："), *prose("1、负责通信；", section=("第三部分",))))
    assert [each.section for each in made] == [SECTION, ("第三部分",)]


def test_a_list_under_a_heading_with_a_colon_stays_together() -> None:
    made = chunk(tuple(prose("目标 1：办文；", "目标 2：办会。", section=("年度目标为：",))))
    assert [each.paragraphs for each in made] == [(1, 2)]


def test_a_list_that_is_too_long_falls_into_its_items() -> None:
    items = [f"{number}.综合股。" + "负责文稿起草。" * 20 for number in (1, 2, 3)]
    made = chunk(tuple(prose("职责如下：", *items)))
    assert [each.paragraphs for each in made] == [(1,), (2,), (3,), (4,)]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    made = texts(prose("甲" * 200 + "。" + "乙" * 200 + "。"))
    assert made == ["甲" * 200 + "。", "乙" * 200 + "。"]


def test_an_endless_sentence_is_cut_at_semicolons_first() -> None:
    made = texts(prose("甲" * 300 + "；" + "乙" * 300))
    assert made == ["甲" * 300 + "；", "乙" * 300]


@given(st.lists(st.text(alphabet="甲乙。；：1、 \n", max_size=900), max_size=6))
def test_no_character_is_lost_and_no_chunk_is_too_long(lines: list[str]) -> None:
    made = chunk(tuple(prose(*lines)))
    assert all(len(each.text) <= MAX_CHARACTERS + len(each.paragraphs) for each in made)
    assert "".join("".join(each.text.split()) for each in made) == "".join("".join(line.split()) for line in lines)


@given(st.lists(st.text(alphabet="甲乙。：1、 \n", max_size=200), max_size=6))
def test_each_line_of_a_chunk_is_one_paragraph(lines: list[str]) -> None:
    assert all(len(each.text.split("\n")) == len(each.paragraphs) for each in chunk(tuple(prose(*lines))))


def test_the_heading_path_is_embedded_in_front_and_its_upper_end_is_left_out_first() -> None:
    path = ("第" * 50, "二、情况说明", "（七）政府采购")
    assert embedded_text(Chunk(path, "总额 23.9 万元。", (1,))) == "二、情况说明 > （七）政府采购\n总额 23.9 万元。"
    assert embedded_text(Chunk((), "总额", (1,))) == "总额"


def test_the_seed_is_covered_and_stays_under_the_models_limit(seed_path: Path) -> None:
    paragraphs = outline(convert(seed_path))
    made = chunk(paragraphs)
    wanted = {p.position for p in paragraphs if p.role not in ("heading", "contents") and p.text.strip()}
    assert {position for each in made for position in each.paragraphs} == wanted
    assert max(count_tokens(embedded_text(each)) for each in made) <= 300
