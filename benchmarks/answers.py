"""How long a warm process takes to answer, beside the least that the same answer could take.

The floor of a question that goes to tables is its own SQL, run bare; of one that goes to prose, embedding the question
and asking Chroma. Both are measured in the same run as the answers, so that a busy machine slows down both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Final
from unittest.mock import patch

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.retrieve import HybridRetriever
from index.embed import load_embeddings
from index.manifest import open_version
from index.vectors import open_vectors

REPEATS: Final = 5
PASSAGES: Final = 30
"""As many as the retriever takes from Chroma."""

TO_TABLES: Final = (
    "办公费今年安排了多少？",
    "邮电费和印刷费一共多少万元？",
    "商品和服务支出占基本支出的比例是多少？",
    "金额最大的五个项目是哪些？",
    "卫生健康支出里有哪几项，各多少？",
    "超过10万元的商品和服务支出有哪些？",
    "差旅费比会议费多多少？",
    "工会经费是福利费的几倍？",
    "政府采购里最贵的是哪一项？",
    "工资福利支出里排第二的是什么？",
    "养车要花多少钱？",
    "公务员医疗补助是多少？",
)
TO_PROSE: Final = (
    "专线费是用来做什么的？",
    "过紧日子是怎么落实的？",
    "保密工作有哪些内容？",
    "哪些工作和保密检查有关？",
    "专项工作经费为什么新增？",
    "证书注册系统为什么要建？",
    "调查研究工作是怎么说的？",
    "为什么公用经费减少了？",
    "防火墙为什么要换？",
    "内网安全怎么保障？",
    "值班和应急信息怎么处理？",
    "什么是一般公共预算拨款收入？",
)


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one question: the answer's and its floor's, each as often as it was asked."""

    answer: list[float]
    floor: list[float]


def measure(index_dir: Path) -> None:
    """Prints median and 95th percentile of both ways."""
    assistant = Assistant(index_dir)
    assistant.warm_up()
    version = open_version(index_dir)
    embeddings = load_embeddings(version.manifest.model)
    vectors = open_vectors(version.vectors, embeddings)

    def statements(question: str, answer: Answer) -> None:
        for statement in (answer.sql or "").split(";\n"):
            assistant.warehouse.execute(statement)

    def nearest(question: str, answer: Answer) -> None:
        vectors.similarity_search_by_vector(embeddings.embed_query(question), k=PASSAGES)

    print(f"回答一个问题（{REPEATS} 次，进程已热）")
    _report("查表", 50, "只跑它的 SQL", _time_all(assistant, TO_TABLES, "tables", statements))
    _report("查正文", 150, "只算问题的向量、查 Chroma", _time_all(assistant, TO_PROSE, "prose", nearest))


def _time_all(
    assistant: Assistant, questions: Sequence[str], way: str, floor: Callable[[str, Answer], None]
) -> list[Timing]:
    """Times the questions that go ``way``; any other is named, since its time would say nothing about it."""
    timings = []
    for question in questions:
        answer, went = _ask_first(assistant, question)
        if went != way:
            print(f"  不算在内：“{question}”没有走这条路（{went}）")
            continue
        floor(question, answer)
        timing = Timing([], [])
        for _ in range(REPEATS):
            timing.answer.append(_milliseconds(partial(assistant.ask, question)))
            timing.floor.append(_milliseconds(partial(floor, question, answer)))
        timings.append(timing)
    return timings


def _ask_first(assistant: Assistant, question: str) -> tuple[Answer, str]:
    """The answer of a first, untimed run, and which way it went."""
    with patch.object(HybridRetriever, "search", autospec=True, side_effect=HybridRetriever.search) as search:
        answer = assistant.ask(question)
    if search.called:
        return answer, "prose"
    return answer, "tables" if answer.sql else "neither"


def _milliseconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _report(name: str, target: int, floor_name: str, timings: Sequence[Timing]) -> None:
    if len(timings) < 2:
        print(f"  {name}：没有足够的问题可量")
        return
    answers = [each for timing in timings for each in timing.answer]
    floors = [each for timing in timings for each in timing.floor]
    multiple = median(median(timing.answer) / median(timing.floor) for timing in timings)
    print(
        f"  {name}（{len(timings)} 问，目标 {target} 毫秒以内）：中位 {median(answers):.1f} 毫秒，"
        f"95% 在 {_p95(answers):.1f} 毫秒以内\n"
        f"    下限（{floor_name}）：中位 {median(floors):.1f} 毫秒，95% 在 {_p95(floors):.1f} 毫秒以内；"
        f"回答是下限的 {multiple:.1f} 倍"
    )


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
