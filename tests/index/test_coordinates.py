"""The coordinates of facts: what headers, titles, rows and sentences say of a figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.coordinates import Coordinates, coordinates_of, coordinates_of_statement, trust_of
from index.facts import fact_records
from index.manifest import open_version
from index.parsed import ParsedDocument, rows_of
from index.records import DocumentRecord, FactRecord, FigureRecord, ParagraphRecord, StatementRecord, TableRecord
from index.warehouse import open_warehouse

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("coordinates.yaml").read_text(encoding="utf-8"))
BUDGET = DocumentRecord("d", "某局预算", "某局", None, None, 2026, "预算", "部门", "某局.pdf", "0")
ACCOUNT = replace(BUDGET, year=2024, document_type="决算")
TABLE = TableRecord(
    "t", "d", 1, None, "", "其他表", 1.0, "万元", "figures", None, None, (), None, None, None, "某局.pdf", 0, ()
)  # fmt: skip
FIGURE = FigureRecord(
    "f", "r", "t", "d", "其他表", 1, None, "教育支出", "教育支出", None, None, 1, None, True, False, None, None, 2, "",
    None, "1", "万元", "amount", Decimal(1), Decimal(10000),
)  # fmt: skip
PARAGRAPH = ParagraphRecord("p", "d", 1, (), "", "plain", None, None, None, "某局.pdf")
STATEMENT = StatementRecord(
    "s", "d", "p", "教育支出", None, None, None, None, None, None, None, None, None, None, None, "教育支出……", None
)  # fmt: skip


def _document(case: dict[str, Any]) -> DocumentRecord:
    return ACCOUNT if case.get("document") == "决算" else BUDGET


def _cell(case: dict[str, Any]) -> Coordinates:
    kind = case.get("kind", "其他表")
    figure = replace(
        FIGURE, kind=kind, side=case.get("side"), column_path=case["header"], measure=case.get("measure"),
        value_type=case.get("type", "amount"), row_label=case.get("label", "教育支出"),
    )  # fmt: skip
    return coordinates_of(figure, replace(TABLE, kind=kind, title=case.get("title", "")), _document(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['header']}｜{case.get('title', '')}")
def test_a_header_says_what_its_figures_are(case: dict[str, Any]) -> None:
    document = _document(case)
    usual = Coordinates(document.year, document.document_type)  # type: ignore[arg-type]
    said = {key: tuple(value) if isinstance(value, list) else value for key, value in case["means"].items()}
    assert _cell(case) == replace(usual, **said)


def test_what_nobody_knows_lowers_trust() -> None:
    assert trust_of(_cell({"header": "预算数"})) == 1.0
    assert trust_of(_cell({"header": "甲口径/预算数"})) < 1.0
    assert trust_of(_cell({"header": "甲/乙/丙/丁"})) == 0.0


def test_a_line_may_print_its_year_in_a_column() -> None:
    years = ("2025年", "2026", "2026比2025", "增减")
    grid = (("单位", "年 度", "公务接待费"), *(("某局", year, "3") for year in years))
    table = replace(TABLE, header_rows=1, grid=grid)
    cells = [replace(FIGURE, row_no=number, column_path="公务接待费") for number in (1, 2, 3, 4)]
    told = [coordinates_of(cell, table, BUDGET) for cell in cells]
    assert [(each.year, each.quantity) for each in told] == [
        (2025, "金额"), (2026, "金额"), (2026, "增减额"), (2026, "增减额"),
    ]  # fmt: skip


def test_a_total_beside_the_fee_for_meetings_is_not_that_of_the_three() -> None:
    three = replace(FIGURE, kind="三公经费支出表", column_path="合计")
    table = replace(TABLE, header_rows=1, grid=(("合计", "会议费"),))
    assert coordinates_of(three, table, BUDGET).part == ()
    assert coordinates_of(replace(three, measure="三公经费合计"), table, BUDGET).part == ("三公经费",)
    assert coordinates_of(three, TABLE, BUDGET).part == ("三公经费",)


def test_a_document_without_a_year_has_only_years_that_are_printed() -> None:
    unknown = replace(BUDGET, year=None)
    years = [coordinates_of(replace(FIGURE, column_path=path), TABLE, unknown).year for path in ("上年", "2025年")]
    assert years == [None, 2025]


def _stated(document: DocumentRecord, section: tuple[str, ...] = (), **values: Any) -> dict[str, Coordinates]:
    statement = replace(STATEMENT, **values)
    stated = coordinates_of_statement(statement, replace(PARAGRAPH, section=section), document)
    return {name: coordinates for name, _, _, coordinates in stated}


def test_each_value_that_a_sentence_states_is_a_fact() -> None:
    values = {
        "amount_yuan": Decimal(100), "budget_yuan": Decimal(120), "earlier_yuan": Decimal(90), "earlier_basis": "上年",
        "change_yuan": Decimal(10), "percent": Decimal(11), "share_percent": Decimal(5),
        "completion_percent": Decimal(83), "number": Decimal(2), "number_unit": "辆",
    }  # fmt: skip
    found = coordinates_of_statement(replace(STATEMENT, **values), PARAGRAPH, ACCOUNT)  # type: ignore[arg-type]
    told = [(name, number, unit, at.year, at.basis, at.quantity) for name, number, unit, at in found]
    assert told == [
        ("amount", 100, "元", 2024, "决算", "金额"),
        ("budget", 120, "元", 2024, "预算", "金额"),
        ("earlier", 90, "元", 2023, "决算", "金额"),
        ("change", 10, "元", 2024, "决算", "增减额"),
        ("percent", 11, "%", 2024, "决算", "增减率"),
        ("share", 5, "%", 2024, "决算", "占比"),
        ("completion", 83, "%", 2024, "决算", "完成率"),
        ("number", 2, "辆", 2024, "决算", "数量"),
    ]


@pytest.mark.parametrize(
    ("document", "basis", "year", "told"),
    [
        (BUDGET, "上年", 2025, "预算"),
        (BUDGET, "2025年年初预算", 2025, "预算"),
        (BUDGET, "上年执行数", 2025, "执行"),
        (BUDGET, "2023年当年预算执行数", 2023, "执行"),
        (BUDGET, "年初预算", 2025, "预算"),
        (ACCOUNT, "2023年度", 2023, "决算"),
        (ACCOUNT, "年初预算", 2024, "预算"),
        (ACCOUNT, "上年预算数", 2023, "预算"),
        (ACCOUNT, None, 2023, "决算"),
    ],
)
def test_the_earlier_amount_is_of_what_it_is_compared_with(
    document: DocumentRecord, basis: str | None, year: int, told: str
) -> None:
    earlier = _stated(document, earlier_yuan=Decimal(1), earlier_basis=basis)["earlier"]
    assert (earlier.year, earlier.basis, earlier.unread) == (year, told, ())


@pytest.mark.parametrize(
    ("heading", "subject", "side", "nature", "fund", "origin"),
    [
        ("四、一般公共预算支出情况", "教育支出", "支出", "全部", "一般公共预算", "全部"),
        ("四、一般公共预算支出情况", "项目支出", "支出", "项目", "一般公共预算", "全部"),
        ("五、一般公共预算基本支出情况", "公用经费", "支出", "公用", "一般公共预算", "全部"),
        ("五、一般公共预算基本支出情况", "办公费", "支出", "基本", "一般公共预算", "全部"),
        ("三、财政拨款收支总体情况", "一般公共预算拨款收入", "收入", "全部", "一般公共预算", "全部"),
        ("三、财政拨款收支总体情况", "收入总计", "收入", "全部", "财政拨款", "全部"),
        ("一、收入支出决算总体情况", "收入支出总计", None, "全部", "全部", "全部"),
        ("二、收入预算情况说明", "上年结转结余的单位资金", "收入", "全部", "单位资金", "上年结转"),
        ("六、政府性基金预算支出情况", "文化旅游体育与传媒支出", "支出", "全部", "政府性基金", "全部"),
        ("", "机关运行经费", None, "全部", "全部", "全部"),
    ],
)
def test_headings_and_subject_say_of_what_the_amount_is(
    heading: str, subject: str, side: str | None, nature: str, fund: str, origin: str
) -> None:
    amount = _stated(BUDGET, (heading,) if heading else (), subject=subject, amount_yuan=Decimal(1))["amount"]
    assert (amount.side, amount.nature, amount.fund, amount.origin) == (side, nature, fund, origin)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("2026年教育支出5万元。", 2026),
        ("2025年教育支出5万元。", 2025),
        ("教育支出5万元，与2025年相比增加1万元。", 2026),
        ("2026年教育支出5万元，2025年教育支出4万元。", 2026),
        ("截至2025年12月31日，本部门共有车辆5辆。", 2026),
        ("教育支出5万元，主要原因：2023年项目结束。", 2026),
    ],
)
def test_a_sentence_may_name_its_year(sentence: str, year: int) -> None:
    reason = "2023年项目结束" if "原因" in sentence else None
    assert _stated(BUDGET, sentence=sentence, amount_yuan=Decimal(1), reason=reason)["amount"].year == year


def test_a_final_account_may_tell_only_the_budget() -> None:
    sentence = "教育支出年初预算为5万元。"
    assert _stated(ACCOUNT, sentence=sentence, amount_yuan=Decimal(50000))["amount"].basis == "预算"
    spent = "教育支出年初预算为5万元，支出决算为4万元。"
    assert _stated(ACCOUNT, sentence=spent, amount_yuan=Decimal(40000))["amount"].basis == "决算"


@pytest.mark.parametrize(("unit", "quantity"), [("人", "人数"), ("平方米", "面积"), ("辆", "数量"), ("%", "占比")])
def test_a_count_is_what_its_counting_word_says(unit: str, quantity: str) -> None:
    assert _stated(BUDGET, number=Decimal(5), number_unit=unit)["number"].quantity == quantity


def test_facts_carry_what_is_printed() -> None:
    statement = replace(
        STATEMENT, sentence="教育支出1.5万元，比上年减少0.5万元，下降25%。", amount_yuan=Decimal(15000),
        change_yuan=Decimal(-5000), percent=Decimal(-25),
    )  # fmt: skip
    facts = fact_records(BUDGET, [], [], [PARAGRAPH], [statement])
    assert [(f.fact_id, f.value, f.value_unit, f.amount_yuan, f.printed) for f in facts] == [
        ("s.amount", Decimal("1.5"), "万元", 15000, "1.5万元"),
        ("s.change", Decimal("-0.5"), "万元", -5000, "0.5万元"),
        ("s.percent", -25, "%", None, "25%"),
    ]


def test_a_rate_in_a_table_of_amounts_is_no_amount() -> None:
    rate = replace(FIGURE, column_path="增减率", number=Decimal("5.2"), amount_yuan=Decimal(52000))
    (fact,) = fact_records(BUDGET, [TABLE], [rate], [], [])
    assert (fact.quantity, fact.value, fact.value_unit, fact.amount_yuan) == ("增减率", Decimal("5.2"), "%", None)


def test_every_cell_and_every_stated_value_is_one_fact(parsed: ParsedDocument) -> None:
    rows = rows_of(parsed)
    facts = [fact for fact in rows["facts"] if isinstance(fact, FactRecord)]
    assert [fact.figure_id for fact in facts if fact.source == "表"] == [
        figure.figure_id for figure in rows["figures"] if isinstance(figure, FigureRecord)
    ]
    assert [fact.fact_id for fact in facts if fact.source == "正文"] == [
        "0123456789ab.s1.amount",
        "0123456789ab.s1.change",
    ]


def test_the_seed_is_understood_whole(seed_index: Path) -> None:
    warehouse = open_warehouse(open_version(seed_index).warehouse)
    facts = warehouse.facts()
    numeric = {fact.figure_id for fact in facts if fact.figure_id and fact.value is not None}
    _, rows = warehouse.execute("SELECT figure_id FROM figures WHERE number IS NOT NULL")
    assert numeric == {figure for (figure,) in rows}
    assert len(facts) == len({fact.fact_id for fact in facts}) > warehouse.count("figures")
    assert {fact.unread for fact in facts} == {()} and {fact.trust for fact in facts} == {1.0}
    assert {fact.year for fact in facts} == {2023, 2024}
    warehouse.close()


def test_every_column_of_the_facts_has_a_comment(seed_index: Path) -> None:
    warehouse = open_warehouse(open_version(seed_index).warehouse)
    _, rows = warehouse.execute("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'facts'")
    assert rows and all(comment for _, comment in rows)
    warehouse.close()


def test_less_than_2_per_cent_of_the_corpus_is_not_understood(corpus_index: Path) -> None:
    warehouse = open_warehouse(open_version(corpus_index).warehouse)
    numeric = [fact for fact in warehouse.facts() if fact.source == "表" and fact.value is not None]
    assert len(numeric) > 5000
    assert 100 * sum(bool(fact.unread) for fact in numeric) < 2 * len(numeric)
    warehouse.close()
