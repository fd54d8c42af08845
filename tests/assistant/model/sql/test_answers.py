"""SQL answers what the algebra can't say, and nothing else: from a question to the answer that a user sees."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

from assistant.answer import Answer, TableCitation
from assistant.model.chat import ModelSilent, Prompt
from assistant.render import render
from benchmarks.hostile import unfounded
from tests.assistant.model.conftest import WithModel

MIDDLE = "各单位自己的项目的中位数是多少"
"""What the rules refuse and the algebra has no word for."""

BY_UNIT = "SELECT 所属单位, MEDIAN(合计) AS 中位数 FROM 项目支出表 WHERE 末级 GROUP BY 所属单位"
LARGEST = "每个单位各自最大的项目的钱加起来是多少"
OF_LARGEST = """WITH t AS (SELECT 所属单位, 合计 FROM 项目支出表 WHERE 末级
    QUALIFY RANK() OVER (PARTITION BY 所属单位 ORDER BY 合计 DESC) = 1) SELECT SUM(合计) AS 总数 FROM t"""
SHARE = "高于平均数的商品和服务支出科目合计占商品和服务支出的比重"
BASIC = "一般公共预算基本支出表"
OF_SHARE = f"""WITH t AS (SELECT a.合计, AVG(a.合计) OVER () AS 平均 FROM {BASIC} a JOIN {BASIC} p ON a.上级 = p.row_id
    WHERE p.科目名称 = '商品和服务支出')
    SELECT SUM(t.合计) / (SELECT 合计 FROM {BASIC} WHERE 科目名称 = '商品和服务支出') * 100 AS 占比
    FROM t WHERE t.合计 > t.平均"""


@dataclass
class Writer:
    """Reads no question, and writes one statement after the other, the last one from then on."""

    statements: list[str]
    reading: str = '{"asks":[]}'
    prompts: list[Prompt] = field(default_factory=list)

    def __call__(self, prompt: Prompt, seconds: float) -> str:
        self.prompts.append(prompt)
        if not prompt.name.startswith("sql"):
            return self.reading
        if not self.statements:
            raise ModelSilent("timeout")
        sql = self.statements.pop(0) if len(self.statements) > 1 else self.statements[0]
        return sql if sql.startswith("{") else json.dumps({"sql": sql}, ensure_ascii=False)

    def asked_for(self) -> list[str]:
        """The prompts in their order, without versions."""
        return [prompt.name.rpartition("-")[0] for prompt in self.prompts]


def answered(with_model: WithModel, question: str, *statements: str, **options: object) -> tuple[Answer, Writer, str]:
    writer = Writer(list(statements))
    assistant = with_model(writer, **options)
    answer = assistant.ask(question)
    return answer, writer, next(iter(assistant.tally), "")


@pytest.mark.parametrize(
    ("question", "sql", "figures"),
    [
        (MIDDLE, BY_UNIT, ["17.36", "5.22"]),
        (LARGEST, OF_LARGEST, ["111.95", "86.70", "25.25"]),
        (SHARE, OF_SHARE, ["74.07", "5.00", "5.00", "12.60", "20.00", "15.50", "78.44"]),
    ],
    ids=["group and median", "places within groups", "share of a filtered sum"],
)
def test_what_the_algebra_cannot_say_is_answered(
    with_model: WithModel, question: str, sql: str, figures: list[str]
) -> None:
    answer, writer, outcome = answered(with_model, question, sql)
    assert (answer.engine, answer.route, outcome) == ("model", "sql", "sql")
    assert [figure.value for figure in answer.figures] == figures
    assert unfounded(answer) == [] and answer.unanswered == []
    assert all(isinstance(citation, TableCitation) for citation in answer.citations)
    assert writer.asked_for() == ["reading", "sql"]
    assert any("由语言模型写成" in note for note in answer.notes)


def test_what_a_figure_rests_on_is_cited_and_the_statement_shown(with_model: WithModel) -> None:
    answer, *_ = answered(with_model, LARGEST, OF_LARGEST)
    total, *parts = answer.figures
    cited = {citation.n: citation for citation in answer.citations}
    values = [Decimal(cited[n].value) for n in total.citations]  # type: ignore[union-attr]
    assert sum(values) == Decimal(total.value) == sum(Decimal(part.value) for part in parts)
    assert answer.sql and "QUALIFY" in answer.sql and "__p" not in answer.sql
    shown = Console(file=StringIO(), width=200)
    shown.print(render(answer))
    assert "语言模型参与" in shown.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "statements"),
    [
        (MIDDLE, ("SELECT 项目 FROM 项目支出表", BY_UNIT)),
        (MIDDLE, ("SELECT MEDIAN(合计) AS 中位数 FROM 项目支出表 WHERE 末级", BY_UNIT)),
        (MIDDLE, (BY_UNIT.replace("WHERE 末级 ", ""), BY_UNIT)),
        (MIDDLE, ("好的。", BY_UNIT)),
        (MIDDLE, (f"<think>…</think>```json\n{json.dumps({'sql': BY_UNIT}, ensure_ascii=False)}\n```",)),
    ],
    ids=["a wrong name", "units left out", "rows within rows", "prose", "a fence"],
)
def test_a_statement_is_repaired_once(with_model: WithModel, question: str, statements: tuple[str, ...]) -> None:
    texts = [text if text.startswith("SELECT") else f"{{}}{text}" for text in statements]
    answer, writer, _ = answered(with_model, question, *texts)
    assert [figure.value for figure in answer.figures] == ["17.36", "5.22"]
    assert writer.asked_for() == ["reading", "sql", "sql_repair"][: len(statements) + 1]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE figures",
        f"{BY_UNIT}; DELETE FROM figures",
        "SELECT 99999.99 AS 合计 FROM 项目支出表",
        "SELECT 所属单位, 合计 + 99999.99 AS 中位数 FROM 项目支出表 WHERE 末级",
        "SELECT 所属单位, MEDIAN(合计) AS \"99999.99 万元\" FROM 项目支出表 WHERE 末级 GROUP BY 所属单位",
        "SELECT '99999.99 万元' AS 答, 合计 FROM 项目支出表 WHERE 末级",
        BY_UNIT.replace("MEDIAN", "AVG"),
        BY_UNIT.replace("MEDIAN", "MAX"),
        BY_UNIT.replace("末级", "合计行"),
        BY_UNIT.replace("WHERE 末级", "WHERE 末级 AND 合计 > 100000"),
        BY_UNIT.replace("WHERE 末级", "WHERE 末级 AND 合计 > 0"),
        BY_UNIT.replace("WHERE 末级", "WHERE NOT 末级"),
        BY_UNIT.replace("WHERE 末级", "WHERE 末级 AND 项目名称 IN (SELECT 三级指标 FROM 绩效指标表)"),
        BY_UNIT.replace("WHERE 末级", "WHERE 末级 AND 项目名称 <> '基本工资'"),
        BY_UNIT.replace("WHERE 末级", "WHERE 末级 AND 项目名称 LIKE '%费%'"),
        BY_UNIT.replace("MEDIAN(合计)", "MEDIAN(财政专户管理资金)"),
        f"{BY_UNIT} ORDER BY 2 DESC LIMIT 1",
        "SELECT MEDIAN(合计) AS 中位数 FROM 项目支出表 WHERE 末级",
        "SELECT * FROM read_csv('/etc/passwd')",
        '{"sql":""}',
        '{"sql":7}',
        '{"asks":[]}',
        '{"sql":"SELECT',
        "",
    ],
    ids=[
        "DROP", "two statements", "an invented figure", "a figure added to", "a figure as a name", "a figure as a text",
        "a mean instead", "a maximum instead", "the total", "an invented bound", "more than nothing", "no leaves",
        "another view", "a row left out", "an invented text",
        "another column", "cut off", "units left out", "a file", "declined", "a number", "another form", "cut", "empty",
    ],
)  # fmt: skip
def test_whatever_else_it_writes_the_rules_outcome_stands(with_model: WithModel, sql: str) -> None:
    answer, _, outcome = answered(with_model, MIDDLE, sql)
    assert (answer.engine, answer.route, answer.figures, outcome) == ("rules", "refuse", [], "declined")
    assert "99999" not in answer.model_dump_json()


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        ("2019年各单位自己的项目的中位数是多少", BY_UNIT),
        ("去年各单位自己的项目的中位数是多少", BY_UNIT),
        ("大连各单位自己的项目的中位数是多少", BY_UNIT),
        ("一季度各单位自己的项目的中位数是多少", BY_UNIT),
        ("各单位自己的信息化项目的中位数是多少", BY_UNIT),
        ("低于平均数的商品和服务支出科目合计占商品和服务支出的比重", OF_SHARE),
        ("高于平均数的工资福利支出科目合计占工资福利支出的比重", OF_SHARE),
        ("高于5万元的商品和服务支出科目合计占商品和服务支出的比重", OF_SHARE),
        (SHARE, OF_SHARE.replace("> t.平均", ">= t.平均")),
        (SHARE, OF_SHARE.replace("WHERE p.科目名称 = '商品和服务支出'", "WHERE a.末级")),
        (SHARE, OF_SHARE.replace("a.上级 = p.row_id", "p.合计 > 0")),
        ("每个单位各自最小的项目的钱加起来是多少", OF_LARGEST),
        ("每个单位各自前三的项目的钱加起来是多少", OF_LARGEST),
    ],
    ids=[
        "another year", "last year", "elsewhere", "a quarter", "other projects", "the other way", "another item",
        "another bound", "or equal", "a name that restricts nothing", "a name of something else", "the smallest",
        "more places",
    ],
)  # fmt: skip
def test_a_statement_that_drops_or_adds_something_is_not_used(with_model: WithModel, question: str, sql: str) -> None:
    answer, *_ = answered(with_model, question, sql)
    assert answer.engine == "rules"


@pytest.mark.parametrize("use", ["needed", "always"])
def test_where_the_rules_answer_the_whole_no_sql_is_asked_for(with_model: WithModel, use: str) -> None:
    answer, writer, _ = answered(with_model, "公务接待费是多少", BY_UNIT, model_use=use)
    assert answer.engine == "rules" and "sql" not in writer.asked_for()


def test_where_the_models_reading_answers_no_sql_is_asked_for(with_model: WithModel) -> None:
    reading = '{"asks":[{"op":"sum","rows":"economic","where":[{"holds":"补助"}]}]}'
    writer = Writer([BY_UNIT], reading)
    answer = with_model(writer).ask("名字里嵌着“补助”两个字的经济科目合计多少")
    assert answer.engine == "model" and writer.asked_for() == ["reading"]


def test_a_writer_that_is_silent_costs_no_answer(with_model: WithModel) -> None:
    answer, writer, outcome = answered(with_model, MIDDLE)
    assert (answer.engine, answer.route, outcome) == ("rules", "refuse", "declined")
    assert writer.asked_for() == ["reading", "sql"]


def test_without_the_model_no_sql_is_written(with_model: WithModel) -> None:
    writer = Writer([BY_UNIT])
    answer = with_model(writer).ask(MIDDLE, by_rules=True)
    assert (answer.engine, writer.prompts) == ("rules", [])


def test_a_view_that_tells_no_sides_is_shown_without_them(with_model: WithModel) -> None:
    _, writer, _ = answered(with_model, "前3名以外的单位项目支出合计占总收入几成", BY_UNIT)
    told = next(line for line in writer.prompts[-1].user.splitlines() if line.startswith("绩效资金表（"))
    assert "方向" not in told


def test_views_are_shown_with_what_their_columns_mean(with_model: WithModel) -> None:
    _, writer, _ = answered(with_model, SHARE, OF_SHARE)
    prompt = writer.prompts[-1]
    assert f"{BASIC}（" in prompt.user and "合计（元）" in prompt.user and "科目名称" in prompt.user
    assert "正文数据" not in prompt.user and "figures" not in prompt.user
    assert "<可用名称>商品和服务支出</可用名称>" in prompt.user
