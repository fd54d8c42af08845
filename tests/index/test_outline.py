"""Paragraphs under their headings, torn lines joined, roles told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.convert import convert
from index.convert.text import TextConverter
from index.document import Document
from index.outline import outline
from index.prose import OutlinedParagraph


def _outline(text: str) -> tuple[OutlinedParagraph, ...]:
    blocks = TextConverter().read(text.encode(), Path("文件.txt"))
    return outline(Document("0" * 12, "文件.txt", "0" * 64, blocks))


@pytest.fixture(scope="module")
def seed(seed_path: Path) -> tuple[OutlinedParagraph, ...]:
    return outline(convert(seed_path))


def _containing(paragraphs: tuple[OutlinedParagraph, ...], text: str) -> OutlinedParagraph:
    (found,) = [paragraph for paragraph in paragraphs if text in paragraph.text]
    return found


def test_headings_nest_by_their_ordinals() -> None:
    *_, last = _outline("第一部分 概况\n一、职能\n（一）内设机构\n1.办公室\n本室三人。\n二、情况\n核定编制二十人。")
    assert last.section == ("第一部分 概况", "二、情况")
    deepest = _containing(_outline("第一部分 概况\n一、职能\n（一）内设机构\n1.办公室\n本室三人。"), "本室")
    assert deepest.section == ("第一部分 概况", "一、职能", "（一）内设机构", "1.办公室")


def test_a_wrong_part_number_starts_a_new_part(seed: tuple[OutlinedParagraph, ...]) -> None:
    goal = _containing(seed, "目标 1：负责区委日常工作的处理")
    assert goal.section[0] == "第三部分 预算绩效情况"
    assert _containing(seed, "财政专户管理资金收入是指教育收费收入").section[0].endswith("部门预算表")


def test_the_table_of_contents_is_no_heading(seed: tuple[OutlinedParagraph, ...]) -> None:
    contents = [paragraph for paragraph in seed if paragraph.role == "contents"]
    assert contents[0].text == "目 录" and contents[-1].text == "第五部分 名词解释"
    assert len(contents) == 22
    parts = [
        paragraph.text for paragraph in seed if paragraph.role == "heading" and paragraph.text.startswith("第一部分")
    ]
    assert parts == ["第一部分 曾都区区委办概况"]


@pytest.mark.parametrize(
    ("joined", "position_of"),
    [
        ("对全区外事工作履行综合归口管理职能", "9.外事股"),
        ("公务接待费 0.69 万元、委托业务费 3.85 万元、工会经费", "2. 商品和服务支出"),
        ("电子政务内网防火墙国产化替代经费11.4 万元", "2024 年度一般公共预算支出"),
    ],
)
def test_lines_torn_by_a_page_break_are_joined(
    seed: tuple[OutlinedParagraph, ...], joined: str, position_of: str
) -> None:
    assert any(joined in paragraph.text and paragraph.text.startswith(position_of) for paragraph in seed)


def test_a_page_number_between_torn_lines_is_dropped() -> None:
    text = "本部门负责全区的各项工作，包括政策指导、情况通报、业务考核、督促检查和全市干部外事\n\n- 3 -\n\n培训等工作。"
    (paragraph,) = _outline(text)
    assert paragraph.text.endswith("干部外事培训等工作。")


def test_a_finished_sentence_and_a_list_item_are_not_joined() -> None:
    text = "本部门负责全区的各项工作，包括政策指导、情况通报、业务考核、督促检查和外事培训\n2.负责接待。"
    assert len(_outline(text)) == 2
    assert len(_outline("本部门负责全区的各项工作，包括政策指导、情况通报、业务考核和督促检查。\n另有说明。")) == 2


def test_duties_know_whose_they_are(seed: tuple[OutlinedParagraph, ...]) -> None:
    duties = {paragraph.subject for paragraph in seed if paragraph.role == "duty"}
    assert duties == {
        "秘书股", "区委督查室", "区委法规室", "区委信息综合室", "区委总值班室", "区委机要和保密室", "档案行政股",
        "国家安全股", "外事股", "文书股", "行政财务股", "综合股", "区委专用通信保障中心",
    }  # fmt: skip
    center = [paragraph for paragraph in seed if paragraph.subject == "区委专用通信保障中心"]
    assert [paragraph.text[:2] for paragraph in center] == ["1、", "2、", "3、", "4、"]


def test_duties_without_a_name_are_the_departments() -> None:
    text = (
        "某某市商务局 2025 年部门预算\n第一部分 部门概况\n一、主要职责\n"
        "本部门主要职责是：\n（一）负责全市商务工作。\n（二）承担展会管理。"
    )
    duties = [paragraph for paragraph in _outline(text) if paragraph.role == "duty"]
    assert [paragraph.subject for paragraph in duties] == ["某某市商务局", "某某市商务局"]


def test_definitions_name_their_term(seed: tuple[OutlinedParagraph, ...]) -> None:
    terms = [paragraph.subject for paragraph in seed if paragraph.role == "definition"]
    assert len(terms) == 11
    assert terms[0] == "财政拨款（补助）收入" and "“三公”经费" in terms and terms[-1] == "公务用车购置费"


def test_a_definition_may_take_several_paragraphs() -> None:
    text = "第四部分 名词解释\n一、机关运行经费：指公用经费。\n包括办公费、印刷费等。\n二、结转：指下年继续使用的资金。"
    terms = [paragraph.subject for paragraph in _outline(text) if paragraph.role == "definition"]
    assert terms == ["机关运行经费", "机关运行经费", "结转"]


def test_goals_belong_to_the_department_or_to_a_project(seed: tuple[OutlinedParagraph, ...]) -> None:
    assert _containing(seed, "2、项目绩效总目标是保证我区机要专线").subject == "机要专线维护费"
    assert _containing(seed, "目标 1：负责区委值班工作").subject == "部门整体"


def test_amounts_are_no_headings(seed: tuple[OutlinedParagraph, ...]) -> None:
    assert _containing(seed, "1.一般公共服务（类）558.66").role == "plain"
    assert _containing(seed, "4、其他支出 154.04").role == "plain"
