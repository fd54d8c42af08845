"""The invented budget of ``page.jpg``: ``python -m tests.index.convert.scan.invented`` prints and scans it anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from index.document import Block, Cell, Paragraph, Provenance, RawRow, RawTable
from tests.writers.scan import write_scan

PAGE: Final = Path(__file__).with_name("page.jpg")
_FIRST: Final = Provenance(page=1)

INCOME: Final = (
    ("收入", "收入", "支出", "支出"),
    ("项目", "预算数", "项目", "预算数"),
    ("一、一般公共预算拨款收入", "1,268.35", "一、一般公共服务支出", "986.10"),
    ("二、政府性基金预算拨款收入", "-", "二、社会保障和就业支出", "157.42"),
    ("三、事业收入", "0.50", "三、卫生健康支出", "61.08"),
    ("四、其他收入", "12.75", "四、住房保障支出", "77.00"),
    ("收入总计", "1,281.60", "支出总计", "1,281.60"),
)
SPENDING: Final = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("", "合计", "1,281.60", "936.48", "345.12"),
    ("201", "一般公共服务支出", "986.10", "640.98", "345.12"),
    ("20105", "统计信息事务", "986.10", "640.98", "345.12"),
    ("2010501", "行政运行", "640.98", "640.98", ""),
    ("2010507", "专项普查活动", "345.12", "", "345.12"),
    ("208", "社会保障和就业支出", "157.42", "157.42", ""),
    ("20805", "行政事业单位养老支出", "157.42", "157.42", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "157.42", "157.42", ""),
    ("210", "卫生健康支出", "61.08", "61.08", ""),
    ("21011", "行政事业单位医疗", "61.08", "61.08", ""),
    ("2101101", "行政单位医疗", "61.08", "61.08", ""),
    ("221", "住房保障支出", "77.00", "77.00", ""),
    ("22102", "住房改革支出", "77.00", "77.00", ""),
    ("2210201", "住房公积金", "77.00", "77.00", ""),
)
SENTENCE: Final = "2024年本年收入预算1,281.60万元，比上年增加93.24万元，增长7.85%。"


def _table(rows: Sequence[Sequence[str]]) -> RawTable:
    return RawTable(tuple(RawRow(tuple(map(Cell, row)), _FIRST) for row in rows))


BLOCKS: Final[tuple[Block, ...]] = (
    Paragraph("某某市统计局2024年部门预算", _FIRST),
    Paragraph(SENTENCE, _FIRST),
    Paragraph("表1 部门收支总表", _FIRST),
    Paragraph("单位：万元", _FIRST),
    _table(INCOME),
    Paragraph("表2 部门支出总表", _FIRST),
    Paragraph("单位：万元", _FIRST),
    _table(SPENDING),
)

if __name__ == "__main__":
    write_scan(BLOCKS, PAGE)
