"""Invented budgets of a few units and years as text, for questions over many documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.core import Core
from assistant.library import Library
from assistant.meanings import Meanings
from assistant.settings import Settings
from index.build import build


@dataclass(frozen=True)
class Budget:
    """One invented budget; amounts are printed as they are given, in ``unit``.

    ``functions`` and ``economics`` are rows of code, name and amount; ``hospitality`` is 公务接待费, ``abroad``
    因公出国费.
    """

    unit_name: str
    year: int
    functions: tuple[tuple[str, str, str], ...]
    economics: tuple[tuple[str, str, str], ...]
    hospitality: str
    abroad: str = "0.00"
    total: str = ""
    unit: str = "万元"
    kind: str = "预算"
    prose: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The document."""
        total = self.total or "0.00"
        functions = "\n".join(f"{code}\t{name}\t{amount}\t{amount}\t0.00" for code, name, amount in self.functions)
        economics = "\n".join(f"{code}\t{name}\t{amount}\t0.00\t{amount}" for code, name, amount in self.economics)
        all_three = Decimal(self.hospitality) + Decimal(self.abroad)
        three = f"{self.unit_name}\t{all_three}\t{self.abroad}\t0.00\t0.00\t0.00\t{self.hospitality}"
        prose = "\n\n".join(self.prose)
        return f"""{self.unit_name} {self.year} 年部门{self.kind}

第一部分 {self.unit_name}概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

第二部分 {self.unit_name} {self.year} 年部门{self.kind}情况说明

{prose}

第三部分 {self.unit_name} {self.year} 年部门{self.kind}表

附表1
收支总表
部门/单位：{self.unit_name}\t\t\t单位：{self.unit}
收入\t\t支出\t
项目\t{self.kind}数\t项目\t{self.kind}数
一、一般公共预算拨款收入\t{total}\t一、农林水支出\t{total}
本年收入合计\t{total}\t本年支出合计\t{total}
收入总计\t{total}\t支出总计\t{total}

附表2
一般公共预算支出表
部门/单位：{self.unit_name}\t\t\t\t单位：{self.unit}
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t{total}\t{total}\t0.00
{functions}

附表3
一般公共预算基本支出表
部门/单位：{self.unit_name}\t\t\t单位：{self.unit}\t
部门预算支出经济分类科目\t\t本年一般公共预算基本支出\t\t
科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t{total}\t0.00\t{total}
{economics}

附表4
一般公共预算“三公”经费支出表
部门/单位：{self.unit_name}\t\t\t\t\t\t单位：{self.unit}
单位名称\t“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t
{three}

第四部分 名词解释

（一）基本支出：指为保障机构正常运转而发生的人员支出和公用支出。
"""


FOREST = "清河市桃源区林业局"
AUDIT = "清河市审计局"
STREET = "清河市桃源区人民政府万安街道办事处"
EDUCATION = "青山市教育委员会"

FOREST_2025 = Budget(
    FOREST, 2025,
    (("213", "农林水支出", "800.00"), ("21302", "林业和草原", "800.00"), ("2130201", "行政运行", "500.00"),
     ("2130205", "森林资源培育", "180.00"), ("2130234", "林业草原防灾减灾", "120.00")),
    (("302", "商品和服务支出", "60.00"), ("30201", "办公费", "25.50"), ("30211", "差旅费", "34.50")),
    "2.75", "6.00", "800.00",
    prose=(
        "一、“三公”经费情况",
        "公务接待费预算 2.75 万元，比上年增加 0.25 万元，同比增加 10.0%，主要原因是：新增防火联防接待。",
    ),
)  # fmt: skip
FOREST_2024 = Budget(
    FOREST, 2024,
    (("213", "农林水支出", "730.00"), ("21302", "林业和草原", "730.00"), ("2130201", "行政运行", "460.00"),
     ("2130205", "森林资源培育", "210.00"), ("2130206", "技术推广与转化", "60.00")),
    (("302", "商品和服务支出", "52.00"), ("30201", "办公费", "22.00"), ("30211", "差旅费", "30.00")),
    "2.60", "0.00", "730.00",
)  # fmt: skip
AUDIT_2025 = Budget(
    AUDIT, 2025,
    (("201", "一般公共服务支出", "4120000.00"), ("20108", "审计事务", "4120000.00"),
     ("2010801", "行政运行", "3500000.00"), ("2010804", "审计业务", "620000.00")),
    (("302", "商品和服务支出", "613700.50"), ("30201", "办公费", "120500.50"), ("30211", "差旅费", "493200.00")),
    "31000.50", "120000.00", "4120000.00", unit="元",
)  # fmt: skip
AUDIT_2025_FINAL = Budget(
    AUDIT, 2025,
    (("201", "一般公共服务支出", "398.00"), ("20108", "审计事务", "398.00"), ("2010801", "行政运行", "340.00"),
     ("2010804", "审计业务", "58.00")),
    (("302", "商品和服务支出", "58.20"), ("30201", "办公费", "11.20"), ("30211", "差旅费", "47.00")),
    "1.80", "0.00", "398.00", kind="决算",
)  # fmt: skip
STREET_2025 = Budget(
    STREET, 2025,
    (("212", "城乡社区支出", "1500.00"), ("21201", "城乡社区管理事务", "1500.00"), ("2120101", "行政运行", "1500.00")),
    (("302", "商品和服务支出", "88.00"), ("30201", "办公费", "40.00"), ("30211", "差旅费", "48.00")),
    "0.90", "0.00", "1500.00",
)  # fmt: skip
EDUCATION_2025 = Budget(
    EDUCATION, 2025,
    (("205", "教育支出", "9000.00"), ("20501", "教育管理事务", "9000.00"), ("2050101", "行政运行", "9000.00")),
    (("302", "商品和服务支出", "300.00"), ("30201", "办公费", "300.00")),
    "8.00", "0.00", "9000.00",
)  # fmt: skip

BUDGETS = (FOREST_2025, FOREST_2024, AUDIT_2025, AUDIT_2025_FINAL, STREET_2025, EDUCATION_2025)


def write_budgets(folder: Path, budgets: tuple[Budget, ...] = BUDGETS) -> list[Path]:
    """The budgets as files whose names say nothing."""
    paths = []
    for number, budget in enumerate(budgets):
        path = folder / f"文件{number}.txt"
        path.write_text(budget.text, encoding="utf-8")
        paths.append(path)
    return paths


def assistant_over_text(folder: Path, text: str) -> Assistant:
    """An assistant over one budget that is a text file, written into ``folder``."""
    (folder / "预算.txt").write_text(text, encoding="utf-8")
    build([folder], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


def assistant_over(folder: Path, *budgets: Budget) -> Assistant:
    """An assistant whose index, built in the folder, holds these budgets."""
    write_budgets(folder, budgets)
    build([folder], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


def whole_reply(
    engine: Assistant, question: str, told: Sequence[str], untold: Sequence[str] = (), history: Sequence[str] = ()
) -> Answer:
    """The answer, which leaves nothing open, tells all of some texts and none of others, and cites every figure."""
    answer = engine.ask(question, history)
    assert not answer.refused and not answer.unanswered, answer.answer
    assert [text for text in told if text not in answer.told] == [], answer.answer
    assert [text for text in untold if text in answer.told] == [], answer.answer
    assert all(figure.citations for figure in answer.figures), answer.answer
    return answer


def core_over(folder: Path, *budgets: Budget) -> Core:
    """The algebra over an index, built in the folder, that holds these budgets."""
    build(write_budgets(folder, budgets), folder / "index", processes=1)
    library = Library(folder / "index")
    return Core(library, Meanings(library))


def whole_answer(core: Core, question: str) -> str:
    """The algebra's answer; "" where it leaves anything open."""
    answer = core.answer(core.read(question, ()))
    return "\n".join(answer.draft.lines) if answer and answer.is_whole else ""
