"""Sums within a line, in the forms that budgets print; and no alarm where a line can be read in two ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.prose import Finding
from index.reconcile import reconcile
from tests.index.reconcile.budget import table


def results(check: str, kind: str, printed: str) -> list[str]:
    """What comes of one check in a table with one row, which prints under each measure the figure behind it."""
    words = printed.split()
    figures = ["" if word == "_" else f"{word}.00" for word in words[1::2]]
    made = table(kind, words[::2], [("1", "行政运行", None, figures)])
    return [finding.result for finding in reconcile((made,), ()) if finding.check == check]


# The check, the kind of table, what a row prints (_ is blank), and what must come of it (None: nothing to check).
ROWS: list[tuple[str, str, str, str | None]] = [
    ("合计=基本支出+项目支出", "支出总表", "合计 9 基本支出 4 项目支出 5", "holds"),
    ("合计=基本支出+项目支出", "支出总表", "合计 9 基本支出 4 项目支出 6", "differs"),
    ("合计=基本支出+项目支出", "支出总表", "合计 9 基本支出 4", None),
    ("合计=基本支出+项目支出", "支出总表", "合计 9 基本支出 4 项目支出 4 上缴上级支出 1", "holds"),
    # 基本支出 is not printed, but what makes it up is.
    ("合计=基本支出+项目支出", "支出总表", "合计 9 人员经费 3 公用经费 1 项目支出 5", "holds"),
    ("合计=基本支出+项目支出", "支出总表", "合计 9 人员经费 3 公用经费 1 项目支出 6", "differs"),
    # A row that prints only its total is no contradiction.
    ("合计=基本支出+项目支出", "支出总表", "合计 9 基本支出 _ 项目支出 _", None),
    ("合计=基本支出+项目支出", "收支总表", "预算数 9 人员经费 3 公用经费 1 项目支出 5", "holds"),
    ("本年收入=各项收入", "收入总表", "本年收入 9 一般公共预算 5 政府性基金预算 1 其他收入 3", "holds"),
    ("本年收入=各项收入", "收入总表", "本年收入 9 财政拨款 6 一般公共预算 5 政府性基金预算 1 其他收入 3", "holds"),
    ("合计=本年收入+上年结转结余", "收入总表", "合计 9 财政拨款 5 事业收入 3 上年结转结余 1", "holds"),
    ("合计=本年收入+上年结转结余", "收入总表", "合计 9 财政拨款 5 事业收入 2 上年结转结余 1", "differs"),
    ("财政拨款=各类预算", "收入总表", "财政拨款 6 一般公共预算 5 政府性基金预算 2", "differs"),
    ("财政拨款合计=各类预算", "财政拨款收支总表", "预算数 6 一般公共预算 5 政府性基金预算 1", "holds"),
    ("财政拨款合计=各类预算", "财政拨款收支总表", "预算数 6 一般公共预算 5 政府性基金预算 3", "differs"),
    ("项目合计=各项资金", "项目支出表", "合计 9 一般公共预算 5 政府性基金预算 _ 单位资金 4", "holds"),
    ("采购金额=各项资金", "政府采购预算表", "采购金额 9 财政拨款 5 单位资金 4", "holds"),
    ("合计=各项资金来源", "支出总表", "合计 9 一般公共预算 5 政府性基金预算 4", "holds"),
    # 上年结转结余 may be counted in, or be of which.
    ("合计=各项资金来源", "支出总表", "合计 9 财政拨款 5 单位资金 4 上年结转结余 2", "holds"),
    ("合计=各项资金来源", "支出总表", "合计 9 财政拨款 5 单位资金 2 上年结转结余 2", "holds"),
    ("合计=各项资金来源", "支出总表", "合计 9 财政拨款 5 单位资金 1 上年结转结余 2", "not_checkable"),
]


@pytest.mark.parametrize(("check", "kind", "printed", "expected"), ROWS)
def test_a_row_adds_up(check: str, kind: str, printed: str, expected: str | None) -> None:
    assert results(check, kind, printed) == ([expected] if expected else [])


CHECK = "“三公”经费=各分项"


@pytest.mark.parametrize(
    ("total", "result"), [(11, "holds"), (14, "holds"), (12, "not_checkable"), (9, "not_checkable")]
)
def test_a_total_may_hold_meetings_and_training(total: int, result: str) -> None:
    printed = f"三公经费合计 {total} 因公出国（境）费 0 公务用车购置及运行费 10 公务接待费 1 会议费 2 培训费 1"
    assert results(CHECK, "三公经费支出表", printed) == [result]


def _three(rows: list[tuple[str, str]]) -> list[Finding]:
    lines = [(str(n), label, None, [printed]) for n, (label, printed) in enumerate(rows, start=1)]
    made = table("三公经费支出表", [None], lines, paths=["预算数"])
    measures = ["三公经费合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"]
    made = replace(
        made,
        columns=(replace(made.columns[0], by_row=True),),
        rows=tuple(replace(row, measure=measure) for row, measure in zip(made.rows, measures, strict=True)),
    )
    return [finding for finding in reconcile((made,), ()) if finding.check == CHECK]


def test_measures_may_be_printed_as_rows() -> None:
    rows = [("“三公”经费", "10.69"), ("因公出国（境）费", "0"), ("公务用车购置及运行费", "10"), ("公务接待费", "0.69")]
    (finding,) = _three(rows)
    assert finding.result == "holds" and [cell.row for cell in finding.cells] == ["1", "2", "3", "4"]
    (finding,) = _three([("“三公”经费", "11.69"), *rows[1:]])
    assert finding.result == "differs" and "11.69 万元" in finding.message


@pytest.mark.parametrize(("total", "result"), [(7, "holds"), (8, "holds"), (9, "not_checkable")])
def test_a_measure_in_several_columns_means_the_first_or_all(total: int, result: str) -> None:
    printed = f"合计 {total} 财政拨款 5 财政专户管理资金 2 财政专户管理资金 1"
    assert results("项目合计=各项资金", "项目支出表", printed) == [result]


@pytest.mark.parametrize(("total", "result"), [("9.00", "holds"), ("11.00", "holds"), ("10.00", "not_checkable")])
def test_amounts_in_unknown_columns_raise_no_alarm(total: str, result: str) -> None:
    row = ("1", "行政运行", None, [total, "4.00", "5.00", "2.00"])
    made = table("支出总表", ["合计", "基本支出", "项目支出", None], [row])
    assert [finding.result for finding in reconcile((made,), ())] == [result]


def test_each_year_adds_up_by_itself() -> None:
    measures = ["合计", "基本支出", "项目支出", None, None, None]
    paths = [f"{year}/{name}" for year in ("2025年预算数", "2024年决算数") for name in ("合计", "基本支出", "项目支出")]
    row = ("1", "行政运行", None, ["9.00", "4.00", "5.00", "8.00", "4.00", "3.00"])
    made = table("支出总表", measures, [row], paths=paths)
    assert [(f.result, [cell.column for cell in f.cells]) for f in reconcile((made,), ())] == [
        ("holds", [1, 2, 3]),
        ("differs", [4, 5, 6]),
    ]
