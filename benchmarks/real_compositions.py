"""Plain questions over real documents, judged by brute force over the cells that the warehouse holds.

Names, bounds and units are drawn from what the documents print; what a question may mean is every figure that bears
its name, table by table, so that an answer is wrong only where it gives what no reading does, or drops a part unmarked.
``python -m benchmarks.real_compositions INDEX… [--count 40] [--seed 1] [--kind 占比] [--show wrong]``.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from benchmarks.compositions.bound import BOUND
from benchmarks.compositions.ledger import WAN, Asked, Kind, Ledger, Number, Part, Reading
from benchmarks.compositions.plain import KINDS, Writer

Verdict = Literal["right", "asked back", "refused", "partial", "wrong"]
VERDICTS: Final[tuple[Verdict, ...]] = ("right", "asked back", "refused", "partial", "wrong")
COUNT: Final = 40

_YUAN: Final = {"元": Decimal(1), "万元": WAN, "亿元": Decimal(100_000_000)}
_CLOSE: Final[dict[Kind, Decimal]] = {
    "amount": Decimal(101), "count": Decimal(0), "percent": Decimal("0.1"), "times": Decimal("0.0051"),
    "per": Decimal(101),
}  # fmt: skip
_BOLD_COUNT: Final = re.compile(r"\*\*(\d+) ?(?:个|家|项|笔)[^*]*\*\*")
_PRINTED: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?(亿元|万元|元|%)")
_VALUE: Final = re.compile(r"-?\d+(?:\.\d+)?")

TOGETHER: Final = "三问"
_PARTS: Final = 3
_SHOWN: Final = 500
_STARTS: Final = ("{u}", "{u}的", "{u}今年", "{u}{y}年", "请问{u}")
_TRIES: Final = 400


def questions(ledgers: Sequence[Ledger], kind: str, count: int, seed: int) -> Iterator[Asked]:
    """Different questions of one kind, drawn from all documents; fewer where the documents tell too little."""
    chance, made = random.Random(f"{kind}{seed}"), set[str]()
    for _ in range(_TRIES * count):
        if len(made) == count:
            return
        asked = BOUND[kind](ledgers, chance) if kind in BOUND else _asked(chance.choice(ledgers), kind, chance)
        if asked is not None and (text := "".join((*asked.history, asked.question))) not in made:
            made.add(text)
            yield asked


def _asked(ledger: Ledger, kind: str, chance: random.Random) -> Asked | None:
    writer = Writer(ledger, chance)
    kinds = sorted(chance.sample(sorted(KINDS), _PARTS), key="上年".__eq__) if kind == TOGETHER else [kind]
    drawn = [KINDS[each](writer) for each in kinds]
    parts = tuple(part for part in drawn if part is not None and part.readings)
    if len(parts) < len(kinds):
        return None
    start = chance.choice(_STARTS).format(u=ledger.unit, y=ledger.document.year)
    return Asked(kind, start + "？".join(part.wording for part in parts) + "？", parts)


def judged(asked: Asked, answer: Answer) -> Verdict:
    """What an answer is worth: by its figures, its counts and what it marks as left open."""
    if answer.route == "clarify":
        return "asked back"
    if answer.refused:
        return "refused"
    printed = _printed(answer)
    if all(_is_met(part, printed, is_alone=len(asked.parts) == 1) for part in asked.parts):
        return "right"
    if answer.unanswered:
        return "partial"
    return "wrong" if answer.figures or _BOLD_COUNT.search(answer.told) else "refused"


def _is_met(part: Part, printed: Sequence[Number], *, is_alone: bool) -> bool:
    if part.in_order and is_alone:
        return any(all(map(_agrees, reading, printed)) and len(printed) >= len(reading) for reading in part.readings)
    return any(all(any(_agrees(wanted, one) for one in printed) for wanted in reading) for reading in part.readings)


def _agrees(wanted: Number, printed: Number) -> bool:
    kind, value = wanted
    of_kind = {printed[0]} & ({"amount", "per"} if kind in ("amount", "per") else {kind})
    return bool(of_kind) and abs(abs(value) - abs(printed[1])) <= max(_CLOSE[kind], abs(value) / 100_000)


def _printed(answer: Answer) -> list[Number]:
    """The figures of an answer; where there are none those of the sentences that it quotes."""
    found = [_number(figure.value, figure.unit) for figure in answer.figures if _VALUE.fullmatch(figure.value)]
    found += [("count", Decimal(count)) for count in _BOLD_COUNT.findall(answer.told)]
    return found or [_number(value.replace(",", ""), unit) for value, unit in _PRINTED.findall(answer.told)]


def _number(value: str, unit: str) -> Number:
    number = Decimal(value)
    money, _, per = unit.partition("/")
    if money in _YUAN:
        return ("per" if per else "amount"), number * _YUAN[money]
    return ("percent" if unit == "%" else "times" if unit == "倍" else "count"), number


def ledgers_of(assistant: Assistant) -> list[Ledger]:
    """The documents of an index that print tables."""
    ledgers = [Ledger(assistant.warehouse, document) for document in assistant.warehouse.documents()]
    years = Counter(ledger.document.unit_name for ledger in ledgers)
    return [each for each in ledgers if each.tables and years[each.document.unit_name] == 1]


def measure(index_dirs: Sequence[Path], kinds: Sequence[str], count: int, seed: int, shown: Sequence[str]) -> None:
    """Prints how often each kind was answered rightly, and the questions of the verdicts that are to be shown."""
    verdicts: dict[str, Counter[Verdict]] = {kind: Counter() for kind in kinds}
    for number, index_dir in enumerate(index_dirs):
        assistant = Assistant(index_dir, Settings(index_dir=index_dir))
        ledgers = ledgers_of(assistant)
        share = count // len(index_dirs) + (number < count % len(index_dirs))
        for kind in kinds if ledgers else ():
            for asked in questions(ledgers, kind, share, seed):
                answer = assistant.ask(asked.question, asked.history)
                verdict = judged(asked, answer)
                verdicts[kind][verdict] += 1
                if verdict in shown:
                    print(_told(asked, answer, verdict, index_dir))
    for kind, counted in (*verdicts.items(), ("全部", sum(verdicts.values(), Counter[Verdict]()))):
        print(f"{kind}\t" + "\t".join(f"{verdict} {counted[verdict]}" for verdict in VERDICTS))


def _told(asked: Asked, answer: Answer, verdict: Verdict, index_dir: Path) -> str:
    wanted = " ｜ ".join("；".join(_said(reading) for reading in part.readings[:6]) for part in asked.parts)
    left = f"\n   没有答到：{answer.unanswered}" if answer.unanswered else ""
    before = f" ← {asked.history[-1]}" if asked.history else ""
    told = answer.told.replace("\n", " ")[:_SHOWN]
    return f"## {verdict} [{index_dir}] {asked.kind} {asked.question}{before}\n   应为 {wanted}\n   {told}{left}"


def _said(reading: Reading) -> str:
    return "、".join(f"{v / WAN:.4f}万元" if k in ("amount", "per") else f"{v:.3f} {k}" for k, v in reading[:6])


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=COUNT, help="how many questions a kind, over all indexes together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=(*KINDS, TOGETHER, *BOUND))
    parser.add_argument("--show", action="append", default=[], choices=VERDICTS)
    asked = parser.parse_args()
    measure(asked.index, asked.kind or (*KINDS, TOGETHER, *BOUND), asked.count, asked.seed, asked.show)


if __name__ == "__main__":
    main()
