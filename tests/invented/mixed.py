"""Forms that no place may have, but that could be: each habit drawn for itself."""

from __future__ import annotations

import random
from functools import partial
from typing import Final

from tests.invented.budget import Fund
from tests.invented.document import Form, TablePrinter
from tests.invented.style import CodeStyle, Style, TotalStyle
from tests.invented.tables import economic, overview, projects, spending, three_public, units
from tests.invented.tables.spending import LONG, NESTED, OF_WHICH, SHORT, Empty

_NUMBERS: Final = (
    "附表4-{n}", "表{n}", "表1-{n}", "公开{n:02}表", "公开表{n}", "部门公开表{n}", "表{cn}", "表{n}：", "",
)  # fmt: skip
_CODES: Final[tuple[CodeStyle, ...]] = ("one", "one", "parts", "parts_carried", "own_part", "bracketed")
_TOTALS: Final[tuple[TotalStyle, ...]] = ("in_name", "in_code", "merged", "last_merged")
_ZEROS: Final = (("0.00",), ("0",), ("",), ("-",), ("0.00", ""), ("0.00", "-", "0", ""))
_TITLES: Final = ("{title}", "{year}年{title}", "{year}年部门{title}", "部门{title}")
_EMPTY: Final[tuple[tuple[Empty, str], ...]] = (
    ("blank_total", ""),
    ("blank_total", "注：本部门无{fund}支出，故本表无数据。"),
    ("blank_row", "备注：{year}年未安排{fund}，本表为空表。"),
    ("note_row", "本部门本年度无{fund}支出"),
    ("nothing_row", ""),
)
_FUNDS: Final[tuple[tuple[Fund, str], ...]] = (
    ("政府性基金预算", "政府性基金预算支出表"),
    ("国有资本经营预算", "国有资本经营预算支出表"),
)


def mixed(seed: int) -> Form:
    """A form out of a seed."""
    chance = random.Random(seed)
    return Form(
        name=f"mixed-{seed}",
        style=_style(chance),
        tables=_tables(chance),
        cover=chance.choice([("{name}", "{year}年{level}{type}"), ("{name}{year}年{level}{type}",)]),
        tables_first=chance.random() < 0.5,
        rows_per_page=chance.randint(10, 30),
        repeat_header=chance.random() < 0.5,
    )


def _style(chance: random.Random) -> Style:
    return Style(
        unit=chance.choice(["万元", "万元", "元"]),
        separators=chance.random() < 0.5,
        zeros=chance.choice(_ZEROS),
        codes=chance.choice(_CODES),
        total=chance.choice(_TOTALS),
        total_label=chance.choice(["合计", "合 计", "总计"]),
        numbering=chance.choice(["", "", "**", "栏次"]),
        spaced=chance.random() < 0.3,
        row_numbers=chance.choice(["", "", "行次", "序号"]),
        narrow_brackets=chance.random() < 0.3,
        number=chance.choice(_NUMBERS),
        title=chance.choice(_TITLES),
        owner=chance.choice(["部门：{name}", "编制单位：{name}", ""]),
        unit_line=chance.choice(["单位：{unit}", "单位:{unit}", "金额单位：{unit}"]),
        captions_inside=chance.random() < 0.3,
    )


def _tables(chance: random.Random) -> tuple[TablePrinter, ...]:
    income: list[TablePrinter] = [
        units.income_by_unit, spending.income, partial(units.income_by_unit, columns="flat", with_department=False),
    ]  # fmt: skip
    three: list[TablePrinter] = [three_public.one_row, partial(three_public.one_row, with_meetings=True)]
    empty, note = chance.choice(_EMPTY)
    return (
        partial(overview.overview, income=chance.choice(["flat", "nested"])),
        chance.choice(income),
        partial(spending.expenditure, columns=chance.choice([SHORT, LONG])),
        partial(overview.fiscal, columns=chance.choice(["one", "funds"]), nested=chance.random() < 0.4),
        partial(spending.general, columns=chance.choice([SHORT, NESTED, OF_WHICH])),
        partial(economic.basic, amount=chance.choice(["", "预算数", "金额"])),
        chance.choice(three),
        *(partial(spending.other_fund, fund=fund, title=title, empty=empty, note=note) for fund, title in _FUNDS),
        projects.by_unit_column,
    )
