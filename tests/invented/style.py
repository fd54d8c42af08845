"""The habits of one place: how it numbers its tables, prints codes and amounts, and where it puts totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CodeStyle = Literal["one", "parts", "parts_carried", "own_part", "none", "bracketed"]
"""One column; 类|款|项 in full on each row; above the 项 only the row's own part; only its own part; no codes; before
the name in its cell."""

TotalStyle = Literal["in_name", "in_code", "merged", "last_merged"]
"""In the name column, in the code column, in both merged; all of them first, or last of all."""


@dataclass(frozen=True, slots=True)
class Style:
    """How tables are printed.

    ``number`` and ``title`` are patterns of the lines above a table: ``{n}`` is its number, ``{cn}`` that in Chinese,
    ``{title}`` the title, ``{year}`` the year. ``zeros`` are printed for zero in turn. ``numbering`` is what stands
    over code and name in a row of column numbers, which there is only if it is not blank. ``row_numbers`` heads a
    column that counts the rows: 行次 beside the labels of tables with two sides, 序号 in front of all others.
    """

    unit: Literal["元", "万元"] = "万元"
    decimals: bool = True
    separators: bool = False
    zeros: tuple[str, ...] = ("0.00",)
    codes: CodeStyle = "one"
    total: TotalStyle = "in_name"
    total_label: str = "合计"
    numbering: str = ""
    row_numbers: Literal["", "行次", "序号"] = ""
    spaced: bool = False
    narrow_brackets: bool = False
    number: str = "附表4-{n}"
    number_behind: bool = False
    title: str = "{title}"
    owner: str = "部门/单位："
    unit_line: str = "单位：{unit}"
    captions_inside: bool = False
    blank_rows: int = 0

    @property
    def printed_unit(self) -> str:
        """The unit as the unit line prints it: the line may be cut off, or there is none."""
        return self.unit_line.format(unit=self.unit, cut=self.unit[:1])
