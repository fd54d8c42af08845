"""The same request in other words: who speaks, for what paper, in which dialect, in signs and forms, misspelt."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.ask import Assistant
from assistant.understand.tokenize import normalised_question
from tests.assistant.budgets import (
    AUDIT_2025,
    EDUCATION_2025,
    FOREST_2025,
    assistant_over,
    whole_reply,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("talk"), FOREST_2025, AUDIT_2025, EDUCATION_2025)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("侬晓得伐，桃源区林业局2025年差旅费几化", ["34.50"]), ("桃源区林业局2025年差旅费系几多啊", ["34.50"]),
        ("俺想问问，桃源区林业局2025年差旅费是多少咧", ["34.50"]),
        ("嗰份2025年桃源区林业局预算，差旅费几多钱", ["34.50"]),
        ("麻烦讲一哈，桃源区林业局2025年差旅费好多", ["34.50"]),
        ("有冇？桃源区林业局2025年差旅费", ["34.50"]), ("桃源区林业局2025年办公费，在线等，急", ["25.50"]),
        ("桃源区林业局2025年公务接待费＿＿万元，请填", ["2.75"]),
        ("桃源区林业局2025年差旅费占商品和服务支出____%", ["57.5"]),
        ("公务接待费（  ）万元？桃源区林业局2025年的", ["2.75"]),
        ("桃源区林业局2025年差旅费÷商品和服务支出，等于百分之几", ["57.5"]),
        ("单位=桃源区林业局；年度=2025；科目=差旅费；金额=？", ["34.50"]),
        ("桃源区林业局2025年：①办公费 ②差旅费 各多少", ["25.50", "34.50"]),
        ("桃源区林业局2025年经济科目三零二一一是多少", ["34.50"]), ("差旅费，2025，桃源区林业局", ["34.50"]),
        ("桃源区林业局差旅费 2025", ["34.50"]),
        ("清河市审记局2025年公务接待费是多少", ["31000.50"]),
        ("写情况说明要用：桃源区林业局2025年公务接待费多少", ["2.75"]),
        ("翻译公开材料卡住了，桃源区林业局2025年公务接待费是多少", ["2.75"]),
        ("韦书记交代的，桃源区林业局2025年差旅费多少", ["34.50"]),
        ("开党组会要汇报家底，桃源区林业局2025年差旅费多少", ["34.50"]),
        ("回复市财政局预算处用，桃源区林业局2025年差旅费多少", ["34.50"]),
        ("我学会计的，桃源区林业局2025年差旅费多少", ["34.50"]),
        ("代表发言时说桃源区林业局花得凶，2025年差旅费我该答多少", ["34.50"]),
        ("桃源区林业局2025年预算书上差旅费给个准数", ["34.50"]),
    ],
)  # fmt: skip
def test_talk_changes_nothing(question: str, told: Sequence[str], engine: Assistant) -> None:
    whole_reply(engine, question, told)


@pytest.mark.parametrize(
    "question",
    [
        "桃源区林业局2025年外宾差旅费系几多", "抚源区林业局2025年差旅费多少", "清河市审批局2025年公务接待费是多少",
        "做差旅补贴报告，桃源区林业局2025年多少", "桃源区林业局2025年公务接待费单车合几多", "写一篇差旅费的报告",
    ],
)  # fmt: skip
def test_what_restricts_or_names_another_unit_is_no_talk(question: str, engine: Assistant) -> None:
    answer = engine.ask(question)
    assert answer.refused or answer.clarify or answer.unanswered, answer.answer


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("文物事业费", "文物事业费"), ("林木采伐", "林木采伐"), ("阿拉善盟", "阿拉善盟"), ("动物事务", "动物事务"),
        ("信息系统是", "信息系统是"), ("百万以内", "100万以内"), ("低过一百万", "低于一百万"),
    ],
)  # fmt: skip
def test_dialects_leave_names_alone(written: str, usual: str) -> None:
    assert normalised_question(written) == usual
