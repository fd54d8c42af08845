"""The same word in other characters: radicals that fonts leave, full-width digits."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.convert import convert
from index.convert.characters import plain_characters
from index.document import RawTable


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("⼀般公共预算⽀出", "一般公共预算支出"),
        ("⾏政运⾏", "行政运行"),
        ("公务⽤⻋购置", "公务用车购置"),
        ("⺠政⻓期⼾籍", "民政长期户籍"),
        ("２０２４年", "2024年"),
        ("１，３００．００", "1,300.00"),
        ("一，二（三）：四。", "一，二（三）：四。"),
        ("①②", "①②"),
        ("金\ud86d\udf4e额", "金\U0002b74e额"),
        ("金\ude5e额", "金\ufffd额"),
        ("1．2024年收入增长5％", "1．2024年收入增长5％"),
    ],
)
def test_plain_characters(printed: str, plain: str) -> None:
    assert plain_characters(printed) == plain


def test_every_block_of_a_file_is_in_plain_characters(tmp_path: Path) -> None:
    path = tmp_path / "文件.txt"
    path.write_text("⺠政局２０２４年部⻔预算\n\n科⽬\t⾦额\n⼀般公共服务\t１，２３４．５６\n", encoding="utf-8")
    title, table = convert(path).blocks
    assert isinstance(table, RawTable)
    assert title.text == "民政局2024年部门预算"
    assert [row.texts for row in table.rows] == [("科目", "金额"), ("一般公共服务", "1,234.56")]
