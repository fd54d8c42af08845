"""Figures read from prose. Each case is a sentence as budgets print it, and what a budget officer reads in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.convert import convert
from index.outline import outline
from index.prose import OutlinedParagraph, Statement
from index.statements import read_statements, unread_amounts


def read(*texts: str, section: tuple[str, ...] = ()) -> tuple[Statement, ...]:
    return read_statements(tuple(OutlinedParagraph(n, text, section) for n, text in enumerate(texts, start=1)))


def wan(text: str) -> Decimal:
    return Decimal(text) * 10_000


def about(statements: tuple[Statement, ...], subject: str) -> Statement:
    found = [statement for statement in statements if statement.subject == subject]
    assert found, f"没有读出“{subject}”，只有 {[statement.subject for statement in statements]}"
    return found[0]


WAN = ("amount", "budget", "earlier", "change")
CASES: list[tuple[str, str, dict[str, str]]] = [
    (
        "“三公”经费预算 12.5 万元，比上年-1.5 万元，较上年-10.71%。",
        "“三公”经费",
        {"amount": "12.5", "change": "-1.5", "percent": "-10.71", "earlier_basis": "上年"},
    ),
    ("机关运行经费 58.6 万元，同比负增长 3.93%。", "机关运行经费", {"amount": "58.6", "percent": "-3.93"}),
    ("项目支出 500 万元（不含上年结转 20 万元）。", "项目支出", {"amount": "500"}),
    ("结余为负 3.2 万元。", "结余", {"amount": "-3.2"}),
    ("培训费预算 5.60[4]万元，比上年减少 1.20①万元。", "培训费", {"amount": "5.60", "change": "-1.20"}),
    ("会议费＝12 万元。", "会议费", {"amount": "12"}),
    ("培训费：0.5 万元/人×20 人=10 万元。", "培训费", {"amount": "10"}),
    ("项目支出 500.00（万元）。", "项目支出", {"amount": "500.00"}),
    ("培训费 3 万元，比上年+0.5 万元。", "培训费", {"amount": "3", "change": "0.5"}),
    ("公务接待费 2.5 万元，比上年减少 - 0.5 万元。", "公务接待费", {"amount": "2.5", "change": "-0.5"}),
    (
        "机关运行经费 86.32 万元，较 2024 年预算数净减少△4.18 万元。",
        "机关运行经费",
        {"amount": "86.32", "change": "-4.18"},
    ),
    ("农村改厕补助 1 百 20 万元。", "农村改厕补助", {"amount": "120"}),
    ("基本支出 1 千 3 百万元。", "基本支出", {"amount": "1300"}),
    (
        "收入总计由上年的 980 万元减少到 930.50 万元，减少 49.5 万元。",
        "收入总计",
        {"amount": "930.50", "earlier": "980", "change": "-49.5", "earlier_basis": "上年"},
    ),
    ("公务用车运行维护费降低为 12.5 万元，降幅为 3.8%。", "公务用车运行维护费", {"amount": "12.5", "percent": "-3.8"}),
    ("低保对象救助 1 千 2 百万零 5 千元。", "低保对象救助", {"amount": "1200.5"}),
    ("医疗救助资金 2,300.50 万元，同比-120 万元。", "医疗救助资金", {"amount": "2300.50", "change": "-120"}),
    (
        "政府购买服务预算：人民币（大写）贰拾叁万肆仟伍佰元整（小写：¥234,500.00 元）。",
        "政府购买服务",
        {"amount": "23.45"},
    ),
    (
        "公务接待费预算 0.69 万元，比上年减少 0.09 万元，同比减少 11.5%，"
        "主要原因是：落实过紧日子要求，压缩一般性开支。",
        "公务接待费",
        {"amount": "0.69", "change": "-0.09", "percent": "-11.5", "earlier_basis": "上年",
         "reason": "落实过紧日子要求，压缩一般性开支"},
    ),
    (
        "3、社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）。主要用于：退休人员。"
        "年初预算为452.40万元，支出决算为446.11万元，完成年初预算的98.61%。决算数小于预算数的主要原因：人员变动。",
        "事业单位离退休",
        {"amount": "446.11", "budget": "452.40", "completion": "98.61", "reason": "人员变动"},
    ),
    (
        "“三公”经费财政拨款支出年初预算为2.85万元，支出决算为0.39万元，完成预算的13.68%，"
        "其中：公务接待费支出决算为0.39万元，完成预算的20.53%。2025年度“三公”经费支出决算数小于预算数的主要原因：节约。",
        "“三公”经费财政拨款支出",
        {"amount": "0.39", "budget": "2.85", "completion": "13.68", "reason": "节约"},
    ),
    (
        "3．公务接待费预算支出6.40万元，本年数小于上年预算数1.60万元，主要是厉行节约。",
        "公务接待费",
        {"amount": "6.40", "change": "-1.60", "reason": "厉行节约"},
    ),
    (
        "会议费预算支出9万元，大于上年预算数2.5万元，主要原因是增加一次全体会议。",
        "会议费",
        {"amount": "9", "change": "2.5", "reason": "增加一次全体会议"},
    ),
    ("（一）2024年“三公”经费年初预算安排 20.69 万元。", "“三公”经费", {"amount": "20.69"}),
    (
        "收入总计 735.66 万元（上年收入总计 675.95 万元，同比增加 59.71 万元，同比增加 8.8%）。",
        "收入总计",
        {"amount": "735.66", "earlier": "675.95", "change": "59.71", "percent": "8.8", "earlier_basis": "上年"},
    ),
    (
        "2024 年度一般公共预算支出 735.66 万元，比去年预算 675.95 万元增加 59.71 万元。",
        "一般公共预算支出",
        {"amount": "735.66", "earlier": "675.95", "change": "59.71", "earlier_basis": "去年预算"},
    ),
    (
        "2026年“三公”经费预算数为237.92万元，比2025年预算减少1.2万元，下降3.4％，主要原因：压减接待。",
        "“三公”经费",
        {"amount": "237.92", "change": "-1.2", "percent": "-3.4", "earlier_basis": "2025年预算", "reason": "压减接待"},
    ),
    (
        "机关事业单位基本养老保险缴费支出（2080505）2,838.42万元，较上年执行数增加7.40万元，增长5.66%，"
        "增长的主要原因是：在职人员增加；",
        "机关事业单位基本养老保险缴费",
        {"amount": "2838.42", "change": "7.40", "percent": "5.66", "earlier_basis": "上年执行数",
         "reason": "在职人员增加"},
    ),
    ("公务接待费6.02万元，与上年预算数持平。", "公务接待费", {"amount": "6.02", "change": "0", "percent": "0"}),
    ("会议费预算支出0.00万元，较上年无增减。", "会议费", {"amount": "0", "change": "0"}),
    (
        "“一般公共服务支出（类）统计信息事务（款）专项普查活动（项）”25.77万元，主要用于专项普查活动。"
        "2023年当年预算执行数为60.13万元，2024年预算安排25.77万元，比2023年预算执行数减少57.14%。主要原因是：项目调整。",
        "专项普查活动",
        {"amount": "25.77", "earlier": "60.13", "percent": "-57.14", "reason": "项目调整"},
    ),
    (
        "基本支出。基本支出预算 2919265.78 万元，占本年支出预算 74.41%。",
        "基本支出",
        {"amount": "2919265.78", "share": "74.41", "share_of": "本年支出"},
    ),
    ("2026 年安排市级资金预算 3 亿元。", "市级资金", {"amount": "30000"}),
    ("国有资本经营预算拨款支出预算为0。", "国有资本经营预算拨款支出", {"amount": "0"}),
    (
        "1.因公出国（境）费用。2026 年预算数 0.50 万元，较 2025 年年初预算增加 0.10 万元，主要是我局有培训计划。",
        "因公出国（境）费用",
        {"amount": "0.50", "change": "0.10", "reason": "我局有培训计划"},
    ),
    ("政府采购服务预算 7 万元，份额比例 29.3%。", "政府采购服务", {"amount": "7", "share": "29.3"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "expected"), CASES, ids=[case[1] for case in CASES])
def test_what_a_sentence_says(text: str, subject: str, expected: dict[str, str]) -> None:
    statement = about(read(text), subject)
    for name, value in expected.items():
        found: Any = getattr(statement, name)
        if name in WAN:
            assert found == wan(value), name
        elif isinstance(found, Decimal):
            assert found == Decimal(value), name
        else:
            assert found == value, name


COUNTS = [
    ("曾都区委办公室设 12 个内设机构，核定行政编制 23 个。", "内设机构", "12", "个"),
    ("曾都区委办公室设 12 个内设机构，核定行政编制 23 个。", "行政编制", "23", "个"),
    ("截止 2022 年 12 月 31 日，机关实有在职人员 19 人，退休人员 8 人。", "在职人员", "19", "人"),
    ("本部门房屋面积共有 0 平方米；共有车辆 5 辆。", "房屋面积", "0", "平方米"),
    ("本部门房屋面积共有 0 平方米；共有车辆 5 辆。", "车辆", "5", "辆"),
    ("单位价值 50 万元以上通用设备 0 台（套）。", "单位价值50万元以上通用设备", "0", "台（套）"),
    ("2024年，本部门共编制8个重点项目绩效目标。", "重点项目绩效目标", "8", "个"),
    ("产出指标：服务区委重要会议次数 15 次，完成指标任务。", "服务区委重要会议次数", "15", "次"),
    ("效益指标：电子政务内、外网畅通率 100%。", "电子政务内、外网畅通率", "100", "%"),
]


@pytest.mark.parametrize(("text", "subject", "number", "unit"), COUNTS)
def test_counts(text: str, subject: str, number: str, unit: str) -> None:
    statement = about(read(text), subject)
    assert (statement.number, statement.number_unit) == (Decimal(number), unit)


def test_one_sentence_with_all_its_figures_is_one_statement() -> None:
    assert len(read(CASES[0][0])) == 1


def test_changes_of_two_subjects_are_two_statements() -> None:
    found = read(
        "2024 年预算支出比上年增加 59.71 万元，其中基本支出减少 29.33 万元，同比减少 4.8%；"
        "项目支出增加 89.04 万元，同比增加 136.9%。"
    )
    basic, projects = about(found, "基本支出"), about(found, "项目支出")
    assert (basic.change, basic.percent) == (wan("-29.33"), Decimal("-4.8"))
    assert (projects.change, projects.percent) == (wan("89.04"), Decimal("136.9"))
    assert {basic.earlier_basis, projects.earlier_basis} == {"上年"}


def test_a_reason_told_later_belongs_to_the_subject_it_names() -> None:
    text = (
        "其中基本支出减少 29.33 万元；项目支出增加 89.04 万元。基本支出与上年相比减少主要是因为在职人员减少 3 名。"
        "项目支出增加的主要原因新增了 3 个项目：LRA 证书注册系统建设经费 7.64 万元、区委专项工作经费 70 万元。"
    )
    found = read(text)
    assert about(found, "基本支出").reason == "在职人员减少 3 名"
    projects = about(found, "项目支出")
    assert projects.reason and projects.reason.startswith("新增了 3 个项目：LRA")
    assert projects.sentence in text and "70 万元" in projects.sentence
    assert about(found, "LRA证书注册系统建设经费").explains_change
    assert about(found, "新增项目").number == 3


def test_a_reason_for_an_unknown_subject_stands_alone() -> None:
    (statement,) = read("财政拨款收入支出减少的主要原因是项目调整。")
    assert (statement.subject, statement.reason) == ("财政拨款收入支出", "项目调整")


def test_a_list_in_brackets_gives_a_statement_each() -> None:
    found = read(
        "工资福利支出 469.08 万元：主要用于基本工资、津贴补贴等。（基本工资 103.62 万元、津贴补贴 67.77 万元、"
        "其他社会保障缴费 5.91 万元）"
    )
    assert [(s.subject, s.amount) for s in found] == [
        ("工资福利支出", wan("469.08")),
        ("基本工资", wan("103.62")),
        ("津贴补贴", wan("67.77")),
        ("其他社会保障缴费", wan("5.91")),
    ]
    assert [s.whole for s in found] == [None, 0, 0, 0]


def test_brackets_inside_brackets_of_a_list() -> None:
    found = read(
        "“三公”经费预算数为 8.00 万元，其中，公务用车购置及运行费 5.00 万元（其中，公务用车购置费 0.00 万元，"
        "公务用车运行费 5.00 万元），因公出国（境）费 3.00 万元。"
    )
    wholes = {s.subject: found[s.whole].subject if s.whole is not None else None for s in found}
    assert wholes == {
        "“三公”经费": None,
        "公务用车购置及运行费": "“三公”经费",
        "公务用车购置费": "公务用车购置及运行费",
        "公务用车运行费": "公务用车购置及运行费",
        "因公出国（境）费": "“三公”经费",
    }


def test_things_bought_have_number_and_amount() -> None:
    found = read("固定资产原值 589.74 万元，较上年增加 94.04 万元，增长的原因是采购了国产电脑 8 台 9.23 万元。")
    computers = about(found, "国产电脑")
    assert (computers.number, computers.number_unit, computers.amount) == (Decimal(8), "台", wan("9.23"))
    assert computers.explains_change and found[computers.whole or 0].subject == "固定资产原值"


def test_people_are_those_of_the_fee_told_before_them() -> None:
    read_ = read("会议费预算5.6万元，拟召开工作会议，人数约400人；培训费预算10万元，拟开展培训，人数约800人。")
    assert about(read_, "会议费人数").number == 400
    assert about(read_, "培训费人数").number == 800


def test_a_paragraph_without_a_subject_speaks_of_the_one_before() -> None:
    found = read("本部门政府采购预算总额 23.9 万元。", "较上年预算安排的减少 16.9 万元，减少了 41.4%。")
    assert [(s.subject, s.change) for s in found] == [("政府采购", None), ("政府采购", wan("-16.9"))]
    (alone,) = read("较上年预算安排的减少 16.9 万元。", section=("（七）政府采购情况",))
    assert alone.subject == "政府采购"


def test_the_last_part_of_a_list_is_not_what_the_next_sentence_speaks_of() -> None:
    found = read("政府采购预算 40 万元，其中：货物 15 万元、服务 25 万元。比上年减少 2 万元。")
    assert about(found, "政府采购").change == wan("-2")
    assert about(found, "服务").change is None


def test_the_same_figure_against_two_earlier_ones() -> None:
    found = read("会议费 5 万元，比上年预算减少 1 万元，比上年执行数增加 2 万元。")
    assert [(s.change, s.earlier_basis) for s in found] == [(wan("-1"), "上年预算"), (wan("2"), "上年执行数")]
    assert {s.amount for s in found} == {wan("5")}


def test_what_money_is_for_is_no_subject() -> None:
    found = read("公务接待费 6 万元，主要用于接待外宾等支出，比上年增加 1 万元。")
    assert [(s.subject, s.change) for s in found] == [("公务接待费", wan("1"))]


def test_almost_level_is_not_level() -> None:
    (statement,) = read("收入预算 100 万元，比上年执行数增加 1 万元，与上年基本持平。")
    assert statement.change == wan("1")


@pytest.mark.parametrize(
    "text",
    [
        "本部门 2024 年无政府性基金预算。",
        "单位价值 50 万元以上的设备须登记。",
        "2024 年 5 月 1 日起施行。",
        "第 3 次会议。",
    ],
)
def test_what_states_no_figure(text: str) -> None:
    assert read(text) == ()


def test_amounts_without_a_unit_are_told() -> None:
    texts = [
        "办公费：2026 年 12.50，比上年增加 1,000。",
        "收入 3.25 万元，占 12.50%，见 2.1.3。",
        "会议费3.5万，合计31.500.00。",
    ]
    (gap,) = unread_amounts(tuple(OutlinedParagraph(n, text, ()) for n, text in enumerate(texts)))
    assert gap.text == "正文里 4 个数没有写单位，没有读入（如“办公费：2026 年 12.50”）"


def test_an_amount_for_each_of_something_is_none_of_what_stands_before_it() -> None:
    statements = read("污水处理费，收费标准：居民1.36元/吨和非居民3.00元／吨，2026年度收入预计190000万元。")
    assert [each.amount for each in statements if each.amount is not None] == [wan("190000")]


def test_tables_of_contents_and_definitions_are_not_read() -> None:
    text = "指单位价值 100 万元设备 5 台的支出。"
    assert read_statements((OutlinedParagraph(1, text, (), role="definition", subject="设备"),)) == ()
    assert read_statements((OutlinedParagraph(1, text, (), role="contents"),)) == ()


def test_classification_of_what_follows() -> None:
    found = read(
        "按照支出经济分类科目，主要用于：",
        "其他支出 154.04 万元：（主要是项目支出 154.04 万元）",
        section=("（二）支出",),
    )
    assert {s.classification for s in found} == {"部门经济分类"}


@given(
    amount=st.decimals("0.01", "99999999", places=2),
    change=st.decimals("0.01", "9999", places=2),
    word=st.sampled_from([("增加", 1), ("减少", -1), ("下降", -1), ("增长", 1)]),
    blank=st.sampled_from(["", " "]),
    separated=st.booleans(),
)
def test_amounts_survive_exactly(
    amount: Decimal, change: Decimal, word: tuple[str, int], blank: str, separated: bool
) -> None:
    printed = f"{amount:,}" if separated else str(amount)
    (statement,) = read(f"培训费预算{blank}{printed}{blank}万元，比上年{word[0]}{blank}{change}{blank}万元。")
    assert (statement.amount, statement.change) == (amount * 10_000, change * 10_000 * word[1])


@given(
    st.text(alphabet="公务接待费比上年增加减少万元，。；：（）、0123456789.% 其中占的主要原因是持平台套人", max_size=60)
)
def test_any_text_is_read_and_quoted(text: str) -> None:
    for statement in read(text):
        assert statement.sentence in text
        assert statement.subject


def test_every_sentence_of_the_seed_can_be_quoted(seed_path: Path) -> None:
    paragraphs = outline(convert(seed_path))
    texts = {paragraph.position: paragraph.text for paragraph in paragraphs}
    statements = read_statements(paragraphs)
    assert len(statements) > 100
    assert all(statement.sentence in texts[statement.paragraph] for statement in statements)


SEED = [
    ("收入总计", "735.66"),
    ("支出总计", "735.66"),
    ("一般公共服务", "558.66"),
    ("医疗卫生与计划生育支出", "43.8"),
    ("住房保障支出", "38.52"),
    ("工资福利支出", "469.08"),
    ("对个人和家庭的补助支出", "34.1"),
    ("机关运行经费", "78.44"),
    ("政府采购", "23.9"),
    ("小微企业合同金额", "23.9"),
    ("资产总额", "183.7"),
    ("固定资产原值", "589.74"),
    ("“三公”经费", "20.69"),
    ("公务用车运行维护费", "20"),
    ("公务用车购置费", "0"),
    ("因公出国（境）费", "0"),
]


@pytest.mark.parametrize(("subject", "amount"), SEED)
def test_amounts_of_the_seed(seed_path: Path, subject: str, amount: str) -> None:
    statements = read_statements(outline(convert(seed_path)))
    assert wan(amount) in {s.amount for s in statements if s.subject == subject}


@pytest.mark.parametrize(
    ("text", "subject", "amount"),
    [
        ("会议费预算3万5千元。", "会议费", "3.5"),
        ("项目支出1亿2000万元，主要用于系统建设。", "项目支出", "12000"),
        ("培训费预算伍万元整。", "培训费", "5"),
        ("因公出国（境）费预算人民币叁拾万元。", "因公出国（境）费", "30"),
        ("公务接待费一万二千三百元。", "公务接待费", "1.23"),
        ("公务接待费5百元。", "公务接待费", "0.05"),
        ("公务用车购置费20万元（大写：贰拾万元整）。", "公务用车购置费", "20"),
    ],
)
def test_amounts_in_words(text: str, subject: str, amount: str) -> None:
    (statement,) = read(text)
    assert (statement.subject, statement.amount) == (subject, wan(amount))


@pytest.mark.parametrize(
    ("text", "change", "percent"),
    [
        ("“三公”经费预算比上年减少-2.00万元。", "-2", None),
        ("“三公”经费预算比上年增加-2.00万元。", "-2", None),
        ("“三公”经费预算比上年下降百分之十五。", None, "-15"),
        ("“三公”经费预算比上年增长百分之三点二。", None, "3.2"),
    ],
)
def test_signs_and_per_cents_in_words(text: str, change: str | None, percent: str | None) -> None:
    (statement,) = read(text)
    assert (statement.change, statement.percent) == (change and wan(change), percent and Decimal(percent))


@pytest.mark.parametrize(
    "text", ["公务接待费预算2,5000元。", "会议费预算12 .50万元。", "会议费预算5千3万元。", "会议费预算上百万元。"]
)
def test_what_is_malformed_stays_text(text: str) -> None:
    assert read(text) == ()


def test_a_purpose_with_an_amount_of_its_own_is_no_second_amount_of_what_it_is_for() -> None:
    found = read("彩票公益金项目 15031 万元，主要包括用于场馆开放奖补 4000 万元、足球项目 3921 万元。")
    assert [(s.subject, s.amount) for s in found] == [
        ("彩票公益金项目", wan("15031")), ("场馆开放奖补", wan("4000")), ("足球项目", wan("3921")),
    ]  # fmt: skip
    assert found[1].whole == 0


def test_what_is_not_yet_spent_is_named_by_that() -> None:
    found = read("预算支出 94 万元，其中一般公共预算支出 90 万元，未安排支出的专户资金 4 万元。")
    assert [(s.subject, s.amount) for s in found][1:] == [
        ("一般公共预算支出", wan("90")), ("未安排支出的专户资金", wan("4")),
    ]  # fmt: skip


def test_a_change_behind_a_list_is_that_of_its_whole() -> None:
    found = read("预算收入 94 万元，其中：拨款收入 90 万元，上年余额 4 万元；比2021年增加 33 万元。")
    assert about(found, "预算收入").change == wan("33")
    assert all(s.change is None for s in found[1:])


def test_a_stray_bracket_ends_no_sentence_within_brackets() -> None:
    text = (
        "“三公”经费 44 万元，比上年减少 2 万元。其中：出国费 24 万元，与上年持平）；公务用车购置及运行维护费 12 万元"
        "（购置费 0 万元；运行维护费 12 万元，比上年减少 4 万元。）比上年减少 4 万元，下降 25%。"
    )
    found = read(text)
    assert about(found, "公务用车购置及运行维护费").percent == Decimal("-25")
    assert about(found, "“三公”经费").change == wan("-2")


def test_behind_parts_that_make_up_the_whole_follows_something_else() -> None:
    text = "基本支出1,980万6千元，其中：人员经费1,600万元，公用经费380.6万元；项目支出500万元；上缴支出0万元。"
    basic, staff, running, projects, _ = read(text)
    assert basic.amount == wan("1980.6")
    assert [(each.subject, each.whole) for each in (staff, running, projects)] == [
        ("人员经费", 0), ("公用经费", 0), ("项目支出", None),
    ]  # fmt: skip


IN_TURN: list[tuple[str, dict[str, tuple[str, str]]]] = [
    ("会议费、培训费和差旅费分别为 0.5 万元、1.2 万元和 3 万元。",
     {"会议费": ("amount", "0.5"), "培训费": ("amount", "1.2"), "差旅费": ("amount", "3")}),
    ("会议费 0.5 万元、培训费 1.2 万元，分别比上年减少 0.1 万元和增加 0.3 万元。",
     {"会议费": ("change", "-0.1"), "培训费": ("change", "0.3")}),
    ("“三公”经费 20 万元，其中会议费 0.5 万元、培训费 1.2 万元，比上年分别下降 10%和 20%。",
     {"会议费": ("percent", "-10"), "培训费": ("percent", "-20")}),
    ("会议费和培训费较上年分别减少 0.1 万元、0.3 万元。",
     {"会议费": ("change", "-0.1"), "培训费": ("change", "-0.3")}),
    ("基本支出 300 万元，项目支出 200 万元，分别占总支出的 60%和 40%。",
     {"基本支出": ("share", "60"), "项目支出": ("share", "40")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), IN_TURN)
def test_figures_told_in_turn(text: str, expected: dict[str, tuple[str, str]]) -> None:
    for subject, (name, value) in expected.items():
        statement = about(read(text), subject)
        assert getattr(statement, name) == (wan(value) if name in WAN else Decimal(value))


def test_figures_told_in_turn_of_more_or_fewer_things_are_none_of_theirs() -> None:
    (first, second) = read("会议费 0.5 万元、培训费 1.2 万元，分别下降 10%、20%和 30%。")
    assert (first.percent, second.percent, second.amount) == (None, None, wan("1.2"))
    assert read("2025 年和 2026 年公务接待费分别为 5 万元和 3.5 万元。") == ()


@pytest.mark.parametrize("text", ["援外培训 10 万美元，折合 71 万元。", "人均公用经费 1.2 万元/人，共 42 万元。"])
def test_behind_a_figure_that_is_not_read_no_other_subject_is_meant(text: str) -> None:
    assert read(text, section=("一、收入支出预算情况",)) == ()
