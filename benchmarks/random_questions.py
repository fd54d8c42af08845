"""How far the longest of many random questions lies from a plain one: nothing that can be typed may run away.

Questions and the turns before them are put together from words of questions, names of the index, punctuation and odd
characters, the same ones in every run. ``python -m benchmarks.random_questions 索引目录 [多少问]``.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import mean, median
from typing import Final, NamedTuple

from assistant.ask import Assistant
from assistant.errors import QuestionInvalid
from assistant.library import Library
from assistant.settings import Settings
from benchmarks.answers import TO_PROSE, TO_TABLES

COUNT: Final = 3_000
_SEED: Final = 20_260_131
_MOST_TURNS: Final = 8
_MOST_WORDS: Final = 9
_NAMES_OF_DOCUMENT: Final = 60
_TITLES_OF_DOCUMENT: Final = 5
_REAL, _NEARLY_EMPTY, _ORDINARY = 0.1, 0.13, 0.85
"""Up to where a random number between 0 and 1 stands for a text of each sort."""

_SLOWEST: Final = 5
_SHOWN: Final = 40

WORDS: Final = (
    "最高", "最低的", "最多", "最少", "前三", "前3名", "第二", "第二高的", "倒数第一", "平均", "合计", "一共", "总和",
    "加起来", "之和", "除", "除了", "外", "以外", "不包括", "占", "占比", "占多少", "比例", "几倍", "比", "相比",
    "相差", "多多少", "少多少", "差多少", "哪个多", "高于", "超过", "不到", "10万元", "5%", "100元", "以上", "介于",
    "增加", "减少", "增长最多", "下降了", "去年", "今年", "上年", "2024年", "2025年", "2026年", "26年", "预算",
    "决算", "为什么", "什么是", "由谁负责", "哪些", "哪个科目", "哪几个项目", "几个", "多少", "多少钱", "有没有",
    "各", "各自", "分别", "它", "它们", "这个项目", "这个部门", "那", "呢", "其中", "里", "的", "和", "与", "、",
    "是", "吗", "科目", "项目", "单位", "部门", "各部门", "所有单位", "两家", "从高到低", "排序", "完成率",
    "绩效目标", "成本指标", "三公经费", "公务接待费", "差旅费", "办公费", "支出", "收入", "功能科目", "经济科目",
    "采购", "车辆",
)  # fmt: skip
FOLLOWING: Final = (
    "占多少", "它占多少", "哪项最高，占多少", "它比上年多多少", "它下面最高的是哪项？", "第二呢？",
    "占比最高的是哪项，占多少", "那它呢", "它们合计多少？", "这个项目是多少，占多少",
    "占三公经费多少，占支出总计多少", "哪个项目最高，它占多少",
)  # fmt: skip
"""What rests on the question before, so that a conversation of nothing else is the longest way to read."""

MARKS: Final = tuple("？，。；、！?, \n（）“”《》:%-…")
ODD: Final = (
    *"\x00\ud800\udfff\u200b\ufeff\u202e\u3000\u0301👩𠀀①㎡ﷺİß½〇۳\t'\"\\*0",
    *("👩\u200d👧", "$1", "[1]", "{}", "%s", ";--", "<b>", "-1", "1e999", "9" * 40, "十" * 20),
)
"""What breaks code that takes it for letters or numbers: lone surrogates, marks without width, digits of others."""


class Asked(NamedTuple):
    """A question with the turns before it, oldest first."""

    question: str
    history: tuple[str, ...] = ()


def random_questions(count: int, names: Sequence[str], seed: int = _SEED) -> Iterator[Asked]:
    """The same questions for the same seed and names."""
    chance = random.Random(seed)
    for _ in range(count):
        turns = chance.choice((0, 0, 1, 2, 3, _MOST_TURNS))
        follows = chance.choice((0.0, 0.1, 0.8))
        texts = [_text(chance, names, follows) for _ in range(turns + 1)]
        yield Asked(texts[-1], tuple(texts[:-1]))


def _text(chance: random.Random, names: Sequence[str], follows: float) -> str:
    """A text of words, names and marks; now and then a follow-up, a real question, odd characters, or nothing."""
    if chance.random() < follows:
        return chance.choice(FOLLOWING)
    kind = chance.random()
    if kind < _REAL:
        return chance.choice((*TO_TABLES, *TO_PROSE))
    if kind < _NEARLY_EMPTY:
        return "".join(chance.choices((*MARKS, *ODD), k=chance.randrange(4)))
    sources = (WORDS, WORDS, WORDS, names, names, MARKS) if kind < _ORDINARY else (WORDS, names, MARKS, ODD)
    return "".join(chance.choice(chance.choice(sources)) for _ in range(chance.randint(1, _MOST_WORDS)))


def names_of(library: Library) -> tuple[str, ...]:
    """Names that the documents of an index print: units, tables, rows and columns, some of each document."""
    found: list[str] = []
    for document_id in library.documents:
        catalog = library.catalog(document_id)
        tables = list(catalog.tables.values())
        printed = [row.label for row in catalog.rows.values()]
        printed += [column.measure or column.path for table in tables for column in table.columns]
        step = max(1, len(printed) // _NAMES_OF_DOCUMENT)
        found += [catalog.unit_name, *catalog.units, *(t.title for t in tables[:_TITLES_OF_DOCUMENT]), *printed[::step]]
    return tuple(dict.fromkeys(name for name in found if name))


def seconds(assistant: Assistant, asked: Asked) -> float:
    """How much of the processors a question takes, so that a busy machine counts for nothing."""
    started = time.process_time()
    with suppress(QuestionInvalid):
        assistant.ask(asked.question, asked.history).model_dump_json()
    return time.process_time() - started


def measure(index_dir: Path, count: int = COUNT) -> None:
    """Prints slowest and mean as multiples of the median of plain questions."""
    assistant = Assistant(index_dir, Settings(index_dir=index_dir))
    assistant.warm_up()
    names = names_of(Library(index_dir))
    plain = [seconds(assistant, Asked(question)) for question in (*TO_TABLES, *TO_PROSE) for _ in range(3)]
    unit = median(plain)
    timed = [(seconds(assistant, asked), asked) for asked in random_questions(count, names)]
    timed.sort(key=lambda each: -each[0])
    print(f"随机问题 {len(timed)} 问（前面至多 {_MOST_TURNS} 问），普通问题占处理器 {unit * 1000:.1f} 毫秒，以此为 1：")
    print(f"  平均 {mean(took for took, _ in timed) / unit:.1f}，最慢 {timed[0][0] / unit:.1f}")
    for took, asked in timed[:_SLOWEST]:
        print(f"    {took / unit:6.1f}  {asked.question[:_SHOWN]!r}，前面 {len(asked.history)} 问")


if __name__ == "__main__":
    measure(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT)
