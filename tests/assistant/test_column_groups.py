"""Headers over several kinds of money that print no column for their sum: the sum is asked for by the header."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from index.build import build
from tests.assistant.budgets import whole_reply

HEAD = """<h1>清河市卫生局2026年部门预算</h1>
<h2>表2 收入总体情况表</h2><p>单位：万元</p>
<table>
<tr><th rowspan=2>单位名称</th><th rowspan=2>合计</th>
<th colspan=3>财政拨款收入</th><th colspan=2>其他资金收入</th></tr>
<tr><th>一般公共预算</th><th>政府性基金预算</th><th>国有资本经营预算</th><th>事业收入</th><th>其他收入</th></tr>
"""
UNITS = (
    ("合计", "1000.00", "150.00", "40.00", "0.00", "700.00", "110.00"),
    ("清河市卫生局本级", "120.00", "90.00", "30.00", "0.00", "0.00", "0.00"),
    ("清河市第一医院", "500.00", "25.00", "10.00", "0.00", "400.00", "65.00"),
    ("清河市第二医院", "380.00", "35.00", "0.00", "0.00", "300.00", "45.00"),
)
PAGE = HEAD + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in UNITS) + "</table>"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that tells the income of each unit by kinds of money."""
    folder = tmp_path_factory.mktemp("卫生")
    (folder / "预算.html").write_text(PAGE, encoding="utf-8")
    build([folder / "预算.html"], folder / "index", processes=1)
    return Assistant(folder / "index")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("清河市第一医院2026年财政拨款收入多少", ["35.00 万元", "25.00 万元", "10.00 万元"]),
        ("清河市卫生局2026年其他资金收入多少", ["810.00 万元", "700.00 万元", "110.00 万元"]),
        ("卫生局2026年哪家单位财政拨款收入最多", ["清河市卫生局", "120.00 万元"]),
        ("卫生局2026年哪家医院其他资金收入最多", ["清河市第一医院", "465.00 万元"]),
        ("卫生局管着几家医院，2026年哪家医院收入最多，里头财政拨款有多少", ["清河市第一医院", "35.00 万元"]),
        ("卫生局2026年哪家医院收入最少，它的财政拨款收入占它收入的多大比例", ["清河市第二医院", "9.21 %"]),
    ],
)
def test_the_header_stands_for_the_sum_of_its_columns(engine: Assistant, question: str, wanted: list[str]) -> None:
    whole_reply(engine, question, wanted)


def test_each_column_of_the_sum_is_cited(engine: Assistant) -> None:
    answer = engine.ask("清河市第一医院2026年财政拨款收入多少")
    columns = {source.column for source in answer.sources if source.kind == "table"}
    assert columns == {f"财政拨款收入/{kind}" for kind in ("一般公共预算", "政府性基金预算", "国有资本经营预算")}
