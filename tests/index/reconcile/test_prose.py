"""What prose must agree with: its own arithmetic, and the tables. Pairs of sentences, sound and broken."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from index.clean import clean_tables
from index.convert import convert
from index.outline import outline
from index.prose import CellReference, Finding
from index.reconcile import reconcile
from index.statements import read_statements
from tests.index.reconcile.budget import prose, table

# The check, the prose ("|" between paragraphs), and whether it holds.
SENTENCES = [
    ("正文增减额=本年-上年", "一般公共预算支出 735.66 万元，比去年预算 675.95 万元增加 59.71 万元。", True),
    ("正文增减额=本年-上年", "一般公共预算支出 735.66 万元，比去年预算 675.95 万元增加 95.71 万元。", False),
    ("正文增减率", "公务接待费 0.69 万元，比上年减少 0.09 万元，同比减少 11.5%。", True),
    ("正文增减率", "机关运行经费 78.44 万元，比去年预算数减少 8.02 万元，降低 9.2%。", False),
    ("正文增减率", "固定资产原值 589.74 万元，较上年增加 94.04 万元，增长 19.0%。", True),
    ("正文增减率", "公务接待费 0.69 万元，比上年减少 0.09 万元，同比增长 11.5%。", False),
    ("正文占比", "政府采购预算总额 23.9 万元，其中：货物支出 16.9 万元，份额比例 70.7%。", True),
    ("正文占比", "政府采购预算总额 23.9 万元，其中：货物支出 16.9 万元，份额比例 77.7%。", False),
    ("正文占比", "政府采购预算总额 23.9 万元。小微企业合同金额 20 万元，占政府采购预算总额的 100%。", False),
    ("正文总额=各项之和", "对个人和家庭的补助 34.1 万元（退休费 31.05 万元、医疗补助 3.05 万元）。", True),
    ("正文总额=各项之和", "对个人和家庭的补助 34.1 万元（退休费 31.05 万元、医疗补助 3.50 万元）。", False),
    ("正文总额=各项之和", "共有车辆价值 90 万元，其中：公务用车 30 万元、执法用车 60 万元。", True),
    ("正文总额=各项之和",
     "“三公”经费比上年预算数增加 1 万元，其中：公务接待费比上年预算数增加 0.4 万元；"
     "公务用车运行维护费比上年预算数增加 0.8 万元。", False),
    ("正文部分不大于整体", "中小企业合同金额 0 万元，其中：小微企业合同金额 23.9 万元。", False),
    ("正文部分不大于整体", "采购总额 30 万元。中小企业合同金额 0 万元，其中：小微企业合同金额 23.9 万元。", False),
    ("增减原因=各项之和",
     "项目支出增加 89.04 万元，主要原因是新增：系统建设 7.64 万元、防火墙 11.4 万元、专项 70 万元。", True),
    ("增减原因=各项之和",
     "固定资产原值 589.74 万元，较上年增加 94.04 万元，原因是采购了电脑 14.62 万元；中心采购了设备 15.79 万元、"
     "系统 61.35 万元，合计 77.14 万元。", False),
    ("正文收入总计=支出总计", "收入总计 735.66 万元。支出总计 735.66 万元。", True),
    ("正文收入总计=支出总计", "收入总计 735.66 万元。支出总计 753.66 万元。", False),
    ("正文前后一致", "公务接待费 0.69 万元。|公务接待费年初预算安排 0.69 万元。", True),
    ("正文前后一致", "公务接待费 0.69 万元。|公务接待费年初预算安排 0.96 万元。", False),
]  # fmt: skip


# Reasons whose amounts need not add up: ups and downs, some of them without an amount, or amounts that are no changes.
OPEN_REASONS = [
    "会议费 1469.73 万元，比上年增加 164.48 万元，主要原因是专项增加 200 万元，其余压减 10%，增减相抵后增加。",
    "项目支出 60 万元，比上年增加 40 万元，原因是上年度设备购置 20 万元，今年改造项目增加 50 万元，电脑增加 10 万元。",
    "转移支付 1610 万元，比上年增加 1210 万元，主要原因包括：1.下达资金 1100 万元；2.结转上年资金 510 万元。",
]  # fmt: skip


@pytest.mark.parametrize("text", OPEN_REASONS)
def test_reasons_that_are_no_list_of_changes_contradict_nothing(text: str) -> None:
    assert not [finding for finding in reconcile((), prose(text)) if finding.check == "增减原因=各项之和"]


GROUPED = table(
    "支出总表",
    ["合计"],
    [
        ("1", "自然资源事务", None, ["1543.16"]),
        ("2", "一般行政管理事务", "1", ["1543.16"]),
        ("3", "体育", None, ["3381.53"]),
        ("4", "体育竞赛", "3", ["3381.53"]),
    ],
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("自然资源事务（款）一般行政管理事务（项）支出 1543.16 万元。", ["holds"]),
        ("自然资源事务（款）一般行政管理事务（项）支出 1543.61 万元。", ["differs"]),
        ("林业和草原（款）一般行政管理事务（项）支出 94.61 万元。", []),
        ("管理预算 3441.94 万元，主要包括体育竞赛 3017 万元。", []),
        ("体育 3381.5 万元。", ["holds"]),
    ],
)
def test_sentences_meet_the_rows_that_they_mean(text: str, told: list[str]) -> None:
    findings = reconcile((GROUPED,), prose(text))
    assert [finding.result for finding in findings if finding.check == "正文与表一致"] == told


@pytest.mark.parametrize(("stated", "rounding"), [("154.31", True), ("154.30", False)])
def test_an_amount_may_be_cut_off_instead_of_rounded(stated: str, rounding: bool) -> None:
    items = table("支出总表", ["合计"], [("1", "行政运行", None, ["1543188.43"])], unit="元")
    (found,) = [
        each for each in reconcile((items,), prose(f"行政运行 {stated} 万元。")) if each.check == "正文与表一致"
    ]
    assert (found.result, found.is_rounding) == ("differs", rounding)


def test_a_total_within_one_item_is_not_the_budget_s() -> None:
    text = ("检察（款）2018年预算支出合计 16444.36 万元。", "住房改革（款）2018年预算支出合计 3660.38 万元。")
    assert not [finding for finding in reconcile((), prose(*text)) if finding.check == "正文前后一致"]


@pytest.mark.parametrize(("check", "text", "holds"), SENTENCES)
def test_arithmetic_of_a_sentence(check: str, text: str, holds: bool) -> None:
    found = [finding for finding in reconcile((), prose(*text.split("|"))) if finding.check == check]
    assert [finding.result for finding in found] == ["holds" if holds else "differs"]
    assert found[0].statements


def test_a_wrong_per_cent_is_told_with_the_right_one() -> None:
    (finding,) = reconcile((), prose("机关运行经费 78.44 万元，比去年预算数减少 8.02 万元，降低 9.2%。"))
    assert finding.difference == Decimal("0.1")
    assert "写减少 9.2%" in finding.message and "应为减少 9.3%" in finding.message


@pytest.mark.parametrize(("stated", "cut_off"), [("9.2", True), ("9.1", False), ("9.4", False)])
def test_a_per_cent_may_be_cut_off_instead_of_rounded(stated: str, cut_off: bool) -> None:
    (finding,) = reconcile((), prose(f"机关运行经费 78.44 万元，比去年预算数减少 8.02 万元，降低 {stated}%。"))
    assert (finding.result, finding.is_rounding) == ("differs", cut_off)


@pytest.mark.parametrize(("income", "told"), [("48.00", []), ("47.00", ["differs"])])
def test_a_list_may_leave_out_what_its_paragraph_names(income: str, told: list[str]) -> None:
    text = (
        f"预算收入 1000.00 万元，其中一般公共预算收入 900.00 万元、政府性基金收入 52.00 万元、经营收入 {income} 万元；"
        "预算支出 1000.00 万元，其中一般公共预算支出 900.00 万元、政府性基金支出 52.00 万元。"
    )
    found = [f for f in reconcile((), prose(text)) if f.check == "正文总额=各项之和" and "支出" in f.message]
    assert [f.result for f in found] == told


def test_what_something_is_mainly_made_of_is_no_row_of_that_name() -> None:
    items = table("支出总表", ["合计"], [("1", "体育竞赛", None, ["3381.53"])])
    text = "全民健身及体育竞赛管理预算 3441.94 万元，主要包括体育竞赛 3017 万元，用于后备人才基地建设。"
    assert not [f for f in reconcile((items,), prose(text)) if f.check == "正文与表一致"]


def test_a_per_cent_of_nothing_cannot_be_checked() -> None:
    (finding,) = [
        finding
        for finding in reconcile((), prose("培训费 5 万元，比上年增加 5 万元，增长 100%。"))
        if "率" in finding.check
    ]
    assert finding.result == "not_checkable"


@pytest.mark.parametrize(
    "text",
    [
        "收入预算 100 万元，其中：事业收入 10 万元、经营收入 20 万元。",
        "项目支出增加 89.04 万元，主要原因是新增系统建设 7.64 万元、防火墙 11.4 万元。",
        "项目支出增加 89 万元，主要原因是新增系统建设 30 万元、防火墙 58 万元等。",
        "政府采购预算总额 90 万元：政府采购货物 40 万元、政府采购服务 50 万元；其中一般公共预算拨款 80 万元。",
        "本部门共有车辆 5 辆，其中：公务用车 5 辆，执法用车 3 台。",
    ],
)
def test_lists_that_need_not_be_complete_raise_no_alarm(text: str) -> None:
    assert not [finding for finding in reconcile((), prose(text)) if finding.result == "differs"]


def test_per_cent_is_checked_with_the_amount_of_another_paragraph() -> None:
    statements = prose("政府采购预算总额 23.9 万元。", "较上年预算安排的减少 16.9 万元，减少了 41.4%。")
    (finding,) = [finding for finding in reconcile((), statements) if finding.check == "正文增减率"]
    assert finding.result == "holds" and finding.statements == (1, 0)


def test_prose_against_every_table_that_prints_the_item() -> None:
    first = table("收支总表", ["预算数"], [("1E", "住房保障支出", None, ["38.82"])], no="附表4-1")
    second = table("支出总表", ["合计"], [("1", "住房保障支出", None, ["38.82"])], number=2, no="附表4-3")
    (finding,) = reconcile((first, second), prose("4.住房保障支出（类）38.52 万元：主要用于住房公积金。"))
    assert finding.result == "differs" and finding.difference == Decimal(-3000)
    assert finding.message.startswith("正文“住房保障支出”写 38.52 万元，附表4-1 收支总表")
    assert "38.82 万元" in finding.message
    assert finding.cells == (CellReference(1, "1E", 1), CellReference(2, "1", 1))


LABELS = [
    ("医疗卫生与计划生育支出（类）43.8 万元。", "卫生健康支出", "43.80"),
    ("社会保障和就业（类）94.37 万元。", "社会保障和就业支出", "94.37"),
    ("对个人和家庭的补助支出 34.1 万元。", "对个人和家庭的补助", "34.10"),
    ("行政单位离退休（2080501）44.03万元，较上年增加15.43万元。", "行政单位离退休", "44.03"),
]


@pytest.mark.parametrize(("text", "label", "printed"), LABELS)
def test_names_of_one_item(text: str, label: str, printed: str) -> None:
    expenditure = table("支出总表", ["合计"], [("1", label, None, [printed])])
    expenditure = replace(expenditure, rows=(replace(expenditure.rows[0], code="2080501"),))
    found = [finding for finding in reconcile((expenditure,), prose(text)) if finding.cells]
    assert [finding.result for finding in found] == ["holds"]


def test_prose_may_mean_more_than_one_budget_unless_it_names_it() -> None:
    general = table("一般公共预算支出表", ["项目支出"], [("1", "合计", None, ["29.50"])])
    assert reconcile((general,), prose("项目支出 36.75 万元。")) == ()
    assert [f.result for f in reconcile((general,), prose("项目支出 20.00 万元。"))] == ["differs"]
    general = table("一般公共预算支出表", ["合计"], [("1", "合计", None, ["29.50"])])
    assert [f.result for f in reconcile((general,), prose("一般公共预算支出 36.75 万元。"))] == ["differs"]


def test_a_bare_word_may_mean_any_item() -> None:
    total = table("支出总表", ["合计"], [("1", "合计", None, ["9.00"])])
    assert reconcile((total,), prose("1.行政运行。支出 5.00 万元。", "2.事业运行。支出 4.00 万元。")) == ()
    assert [finding.result for finding in reconcile((total,), prose("支出 9.00 万元。"))] == ["holds"]


def test_a_sentence_with_two_bases_contradicts_nothing() -> None:
    spent = table("一般公共预算支出表", ["合计"], [("1", "合计", None, ["6.00"])])
    text = "一般公共预算财政拨款支出年初预算为 5.00 万元，支出决算为 6.00 万元。"
    assert not [f for f in reconcile((spent,), prose(text)) if f.result == "differs"]


def test_rounded_prose_agrees_with_an_exact_table() -> None:
    exact = table("支出总表", ["合计"], [("1", "教育支出", None, ["12,345,678.90"])], unit="元")
    (finding,) = reconcile((exact,), prose("教育支出 1,234.57 万元。"))
    assert finding.result == "holds"


def test_prose_may_mean_more_than_the_basic_expenditure_table_prints() -> None:
    basic = table("一般公共预算基本支出表", ["合计"], [("1", "委托业务费", None, ["29.50"])])
    assert reconcile((basic,), prose("委托业务费预算总额 236.75 万元。")) == ()


@pytest.fixture(scope="module")
def seed_findings(seed_path: Path) -> tuple[Finding, ...]:
    document = convert(seed_path)
    paragraphs = outline(document)
    return reconcile(clean_tables(document, paragraphs), read_statements(paragraphs))


CONTRADICTIONS = [
    ("正文与表一致", ("住房保障支出", "38.52", "38.82")),
    ("正文部分不大于整体", ("中小企业", "0.00", "小微企业", "23.90")),
    ("增减原因=各项之和", ("固定资产原值", "94.04", "91.76", "2.28")),
]


@pytest.mark.parametrize(("check", "words"), CONTRADICTIONS)
def test_contradictions_of_the_seed_are_found(
    seed_findings: tuple[Finding, ...], check: str, words: tuple[str, ...]
) -> None:
    messages = [finding.message for finding in seed_findings if finding.check == check and finding.result == "differs"]
    assert [message for message in messages if all(word in message for word in words)]


def test_the_seed_contradicts_itself_nowhere_else(seed_findings: tuple[Finding, ...]) -> None:
    """Each of these was looked up in the source; anything more is an error of ours."""
    told = Counter(f.check for f in seed_findings if f.result == "differs" and not f.is_rounding)
    assert told == Counter(check for check, _ in CONTRADICTIONS)
    rounding = [(finding.check, finding.difference) for finding in seed_findings if finding.is_rounding]
    assert {abs(difference) for check, difference in rounding if check != "正文增减率" and difference} == {Decimal(100)}
    cut_off = "".join(f.message for f in seed_findings if f.check == "正文增减率" and f.is_rounding)
    assert "减少 9.2%" in cut_off and "增加 136.9%" in cut_off


def test_most_of_the_seed_is_checked(seed_findings: tuple[Finding, ...]) -> None:
    held = Counter(finding.check for finding in seed_findings if finding.result == "holds")
    assert sum(held.values()) > 500
    assert held["支出总表与一般公共预算支出表一致"] == 60 and held["采购金额=数量×单价"] == 5


def test_changes_against_what_was_spent_are_no_parts_of_one_against_the_budget() -> None:
    text = (
        "“三公”经费 27 万元，与上年一致，其中：公务接待费 2 万元，较上年执行数 1.26 万元增加 0.74 万元；"
        "公务用车运行维护费 25 万元，无变动。"
    )
    assert not [finding for finding in reconcile((), prose(text)) if finding.result == "differs"]
