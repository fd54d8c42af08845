"""Forms of published budgets: each with habits that were seen together in one place."""

from __future__ import annotations

from functools import partial
from typing import Final

from tests.invented.document import Form, TablePrinter, in_unit
from tests.invented.style import Style
from tests.invented.tables import economic, overview, performance, projects, spending, three_public, units
from tests.invented.tables.spending import BELOW_OF_WHICH, OF_WHICH, PURPOSES, SHORT, Empty


def _funds(
    empty: Empty, note: str = "", fund: str = "政府性基金预算支出表", capital: str = "国有资本经营预算支出表"
) -> tuple[TablePrinter, TablePrinter]:
    """The tables of both other funds, and how they are printed where there is no money in them."""
    return (
        partial(spending.other_fund, fund="政府性基金预算", title=fund, empty=empty, note=note),
        partial(spending.other_fund, fund="国有资本经营预算", title=capital, empty=empty, note=note),
    )


ANNEXES: Final = Form(
    name="annexes",
    style=Style(owner="部门/单位：{name}"),
    tables=(
        overview.overview,
        units.income_by_unit,
        spending.expenditure,
        partial(overview.fiscal, nested=True),
        spending.general,
        economic.basic,
        three_public.one_row,
        *_funds("note_row", "本部门本年度无{fund}支出"),
        projects.with_codes,
        projects.purchases,
        performance.by_project,
    ),
    tables_first=False,
    rows_per_page=12,
    split_rows=True,
)

THREE_CODE_COLUMNS: Final = Form(
    name="code-in-three-columns",
    style=Style(
        unit="元", decimals=False, separators=True, zeros=("0",), codes="parts", total="last_merged", number="",
        title="{year}年部门{title}", owner="编制部门：{name}",
    ),
    tables=(
        partial(overview.overview, title="财务收支预算总表", income="nested"),
        partial(spending.income, title="收入预算总表"),
        partial(spending.expenditure, title="支出预算总表", columns=SHORT),
        partial(overview.fiscal, title="财政拨款收支预算总表", columns="funds"),
        partial(spending.general, title="一般公共预算支出功能分类预算表", columns=SHORT),
        partial(economic.basic, title="一般公共预算基本支出部门预算经济分类预算表"),
        in_unit("万元", partial(three_public.one_row, title="“三公”经费和机关运行经费预算表")),
        *_funds(
            "blank_row", "注：{year}年未安排{fund}，故本表为空表。",
            "政府性基金预算支出功能分类预算表", "国有资本经营预算支出功能分类预算表",
        ),
    ),
    cover=("{name}{year}年{level}{type}",),
    tables_first=False,
)  # fmt: skip

CARRIED_CODES: Final = Form(
    name="upper-codes-carried",
    style=Style(
        separators=True, zeros=("",), codes="parts_carried", numbering="**", number="", spaced=True,
        title="{year}年{title}", owner="部门名称：{name}",
    ),
    tables=(
        partial(overview.overview, title="部门收支总体情况表", spending="purposes", amount="本年预算"),
        partial(spending.income, title="部门收入总体情况表"),
        partial(spending.expenditure, title="部门支出总体情况表"),
        partial(overview.fiscal, title="财政拨款收支总体情况表", columns="funds", amount="金额"),
        partial(spending.general, title="一般公共预算支出情况表"),
        partial(economic.basic, title="一般公共预算基本支出情况表"),
        partial(three_public.one_row, title="一般公共预算“三公”经费支出情况表"),
        *_funds("blank_total", "", "政府性基金预算支出情况表", "国有资本经营预算支出情况表"),
    ),
    repeat_header=True,
)  # fmt: skip

OWN_PART_OF_CODE: Final = Form(
    name="own-part-of-code",
    style=Style(
        separators=True, zeros=("",), codes="own_part", total_label="合 计", number="公开表{n}", blank_rows=2,
        spaced=True, owner="部门（单位）：{name}",
    ),
    tables=(
        partial(overview.overview, title="收支总体情况表"),
        partial(spending.income, title="收入总体情况表"),
        partial(spending.expenditure, title="支出总体情况表", columns=SHORT),
        partial(overview.fiscal, title="财政拨款收支总体情况表", columns="funds"),
        partial(spending.general, title="一般公共预算支出情况表"),
        partial(economic.basic_with_government, title="一般公共预算基本支出情况表"),
        three_public.two_years,
        *_funds(
            "blank_row", "（注：{year}年没有使用{fund}拨款安排的支出。）",
            "政府性基金预算支出情况表", "国有资本经营预算支出情况表",
        ),
    ),
    repeat_header=True,
)  # fmt: skip

NO_CODES: Final = Form(
    name="no-codes",
    style=Style(
        separators=True, zeros=("",), codes="none", numbering="**", number="表{n}：", spaced=True,
        title="{year}年市级部门{title}", owner="部门名称：{name}",
    ),
    tables=(
        partial(overview.overview, title="收支预算总表", income="nested", spending="tree"),
        partial(units.income_by_unit, title="收入预算总表"),
        partial(spending.expenditure, title="支出预算总表"),
        partial(overview.fiscal, title="财政拨款收支预算总表"),
        partial(spending.general, title="一般公共预算支出预算表"),
        partial(economic.basic, title="一般公共预算基本支出预算表"),
        three_public.by_unit,
        *_funds(
            "blank_total", "备注：本部门没有{fund}拨款安排的支出，故本表无数据。",
            "政府性基金预算支出预算表", "国有资本经营预算支出预算表",
        ),
        partial(projects.by_unit_column, title="项目支出预算表"),
        partial(performance.by_project, title="项目支出绩效表"),
    ),
    tables_first=False,
    units=2,
)  # fmt: skip

MERGED_TOTAL: Final = Form(
    name="merged-total",
    style=Style(
        separators=True, zeros=("",), total="merged", number="公开{n:02}表", owner="部门：{name}", captions_inside=True,
    ),
    tables=(
        overview.overview,
        units.income_by_unit,
        spending.expenditure,
        partial(overview.fiscal, nested=True),
        partial(spending.fiscal, title="财政拨款支出表（功能科目）"),
        partial(economic.basic, title="财政拨款基本支出表（经济科目）"),
        spending.general,
        economic.basic,
        partial(three_public.one_row, title="一般公共预算“三公”经费、会议费、培训费支出表", with_meetings=True),
        *_funds("blank_total", "注：本部门无{fund}，也没有使用{fund}安排的支出，故本表无数据。"),
    ),
    cover=("{year}年度", "{name}", "{level}{type}公开"),
    running_head="{name}{year}年度{level}{type}公开",
)  # fmt: skip

BRACKETED_CODES: Final = Form(
    name="bracketed-codes",
    style=Style(separators=True, codes="bracketed", number="表{n}", owner="单位名称：{name}"),
    tables=(
        partial(overview.overview, title="收支总体情况表", amount="预算"),
        partial(units.income_by_unit, title="收入总体情况表", columns="flat", with_department=False),
        partial(spending.expenditure, title="本年支出总体情况表"),
        partial(overview.fiscal, title="财政拨款收支总体情况表", amount="预算"),
        partial(spending.general, title="一般公共预算支出情况表（按功能分类科目）", columns=OF_WHICH),
        partial(economic.basic, title="一般公共预算基本支出情况表（按经济分类科目）", amount="预算"),
        partial(three_public.a_row_each, title="财政拨款安排的行政经费及“三公”经费预算表", funds=True),
        *_funds("zero_total", "注：本表本年无发生额。", "政府性基金预算支出情况表", "国有资本经营预算支出情况表"),
        projects.by_category,
    ),
    units=3,
    repeat_header=True,
)

FOUR_BLOCKS: Final = Form(
    name="four-blocks",
    style=Style(
        unit="元", separators=True, zeros=("",), total="merged", number="表{n}", title="部门综合预算{title}", owner="",
    ),
    tables=(
        overview.four_blocks,
        partial(units.income_by_unit, title="收入总表"),
        partial(spending.general, title="一般公共预算支出明细表（按支出功能分类科目）", columns=PURPOSES),
        partial(economic.basic_with_government, title="一般公共预算基本支出明细表（按支出经济分类科目）"),
        projects.with_unit_codes,
        partial(three_public.with_changes, title="一般公共预算拨款“三公”经费及会议费、培训费支出预算表"),
        *_funds("blank_total", "", "政府性基金收支表", "国有资本经营预算支出表"),
    ),
    cover=("{name}", "{year}年{level}综合预算公开"),
    tables_first=False,
    repeat_header=True,
)  # fmt: skip

HEADINGS_FOR_TITLES: Final = Form(
    name="headings-for-titles",
    style=Style(
        zeros=("0.00", "", ""), total="in_code", number="{cn}、", title="{year}年度{title}", owner="",
        unit_line="单位：{cut}",
    ),
    tables=(
        partial(overview.overview, title="收支预算总表"),
        partial(units.income_by_unit, title="收入预算总表", columns="flat", with_department=False),
        partial(spending.expenditure, title="支出预算总表"),
        partial(overview.fiscal, title="财政拨款收支预算总表"),
        partial(spending.general, title="一般公共预算拨款支出预算表", columns=BELOW_OF_WHICH),
        partial(economic.basic, title="一般公共预算基本支出经济分类情况表", amount="预算数"),
        three_public.a_row_each,
        *_funds("nothing_row", "", "政府性基金预算拨款支出预算表", "国有资本经营预算拨款支出预算表"),
    ),
    split_rows=True,
)  # fmt: skip

FINAL_ACCOUNTS: Final = Form(
    name="final-accounts",
    style=Style(
        zeros=("0.00", ""), total="merged", number="", owner="", row_numbers="行次", numbering="栏次",
        narrow_brackets=True,
    ),
    tables=(
        partial(overview.overview, title="收入支出决算总表", amount="决算数"),
        partial(spending.income, title="收入决算表"),
        partial(spending.expenditure, title="支出决算表"),
        partial(overview.fiscal, title="财政拨款收入支出决算总表", columns="funds", amount="决算数"),
        partial(spending.general, title="一般公共预算财政拨款支出决算表", columns=SHORT),
        economic.basic_in_blocks,
        three_public.pairs,
        *_funds(
            "blank_total", "说明：本部门本年度没有{fund}财政拨款收入和支出，故本表无数据。",
            "政府性基金预算财政拨款支出决算表", "国有资本经营预算财政拨款支出决算表",
        ),
    ),
    document_type="决算",
    cover=("{name}", "{year}年度{level}决算"),
)  # fmt: skip

UNIT_COLUMN: Final = Form(
    name="unit-column",
    style=Style(separators=True, number="表{n}", owner="部门名称：{name}", total_label="总计", row_numbers="序号"),
    tables=(
        partial(overview.overview, income="nested", spending="tree", amount="预算数"),
        units.expenditure_by_unit,
        overview.fiscal,
        partial(spending.general, title="一般公共预算支出表（按功能分类）"),
        partial(economic.basic, title="一般公共预算基本支出表（按经济分类）"),
        partial(economic.basic_in_blocks, title="一般公共预算基本支出表", blocks=3),
        *_funds("zero_total"),
    ),
    repeat_header=True,
)

NO_UNIT: Final = Form(
    name="no-unit",
    style=Style(
        number="（预算表{n}）", number_behind=True, zeros=("-", "0.00"), unit_line="", owner="", numbering="栏次",
    ),
    tables=(
        overview.overview,
        units.income_by_unit,
        spending.expenditure,
        overview.fiscal,
        spending.general,
        economic.basic,
        three_public.one_row,
        *_funds("blank_total"),
        projects.purchases,
    ),
    cover=("{name}关于{year}年{level}{type}的说明",),
)  # fmt: skip

FORMS: Final = (
    ANNEXES, THREE_CODE_COLUMNS, CARRIED_CODES, OWN_PART_OF_CODE, NO_CODES, MERGED_TOTAL, BRACKETED_CODES, FOUR_BLOCKS,
    HEADINGS_FOR_TITLES, FINAL_ACCOUNTS, UNIT_COLUMN, NO_UNIT,
)  # fmt: skip
