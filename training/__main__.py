"""``python -m training``: trains the reader of spans, measures it on what it has not seen, writes file and model card.

Two cores, about four minutes. The split is by document and by writer: what is measured on was written about documents,
or by a person, that training saw nothing of; the file that ships is trained on everything.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pycrfsuite

from assistant.reading.talk import SURELY
from assistant.tagger.features import features_of, words_in
from assistant.tagger.tagger import FRAMING, MODEL
from training.marked import DATA, Marked, held_out, labelled, labels_of, read_marked
from training.measure import Measure

_PARAMETERS: Final = {
    "c1": 0.3, "c2": 0.02, "max_iterations": 120, "feature.minfreq": 2, "feature.possible_transitions": True,
}  # fmt: skip
_SIZES: Final = (1_000, 2_000, 4_000, 6_000)
"""Questions of the learning curve."""

CARD: Final = Path(__file__).parent / "模型卡.md"


def train(questions: Sequence[Marked], path: Path) -> None:
    """Trains on marked questions and writes the model."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_PARAMETERS)
    for question in questions:
        text, characters = labelled(question.marked)
        words = words_in(text)
        trainer.append(features_of(words), labels_of(words, characters))
    trainer.train(str(path))


def measure(questions: Sequence[Marked], path: Path) -> Measure:
    """What a model makes of marked questions."""
    tagger, counts = pycrfsuite.Tagger(), Measure()
    tagger.open(str(path))
    for question in questions:
        text, characters = labelled(question.marked)
        words = words_in(text)
        wanted = labels_of(words, characters)
        counts.add(words, wanted, tagger.tag(features_of(words)))
        counts.add_framing(words, wanted, [tagger.marginal(FRAMING, n) >= SURELY for n in range(len(words))])
    return counts


def _held_out(questions: Sequence[Marked], is_held: Callable[[Marked], bool], size: int | None = None) -> Measure:
    """Trained on the questions that are not held out (the first ``size`` of them, spread), measured on the others."""
    kept = [question for question in questions if not is_held(question)]
    kept = kept[:: max(1, len(kept) // size)][:size] if size else kept
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spans.crfsuite"
        train(kept, path)
        return measure([question for question in questions if is_held(question)], path)


def _agreement(questions: dict[str, Marked]) -> Measure:
    """How far the second reading of some questions agrees with the first."""
    counts = Measure()
    for line in (DATA / "second-reading.jsonl").read_text(encoding="utf-8").splitlines():
        second = json.loads(line)
        text, first = labelled(questions[second["id"]].marked)
        words = words_in(text)
        counts.add(words, labels_of(words, first), labels_of(words, labelled(second["marked"])[1]))
    return counts


def main() -> None:
    """Measures by document and by writer, trains on everything, writes the model and its card."""
    questions = list(read_marked())
    held = held_out(questions)
    writer = min(question.writer for question in questions)
    started = time.perf_counter()
    by_document = _held_out(questions, lambda q: q.doc in held)
    by_writer = _held_out(questions, lambda q: q.writer == writer)
    curve = [(size, _held_out(questions, lambda q: q.doc in held, size)) for size in _SIZES if size < len(questions)]
    agreed = _agreement({question.id: question for question in questions})
    train(questions, MODEL)
    digest = hashlib.sha256(MODEL.read_bytes()).hexdigest()
    MODEL.with_suffix(".json").write_text(json.dumps({"sha256": digest, "questions": len(questions)}) + "\n")
    documents = {question.doc for question in questions}
    facts = [f"{len(questions)} 问，{len(documents)} 份文件", f"文件 {MODEL.stat().st_size:,} 字节", f"sha256 {digest}"]
    figures = [
        "## 没有见过的文件", *by_document.lines(), "## 没有见过的人写的", *by_writer.lines(),
        "## 学习曲线（没有见过的文件）", "| 问数 | 词对 | 词作背景话：准确率、召回率 |", "|---|---|---|",
        *map(_point, curve), "## 两个人各标一遍的 400 问：第二遍对第一遍", *agreed.lines()[:-1],
    ]  # fmt: skip
    CARD.write_text("\n".join([*_ABOUT, *(f"- {fact}" for fact in facts), "", *figures, ""]), encoding="utf-8")
    print("\n".join([*facts, *figures, f"{time.perf_counter() - started:.0f} 秒"]))


def _point(entry: tuple[int, Measure]) -> str:
    size, counts = entry
    right = counts.right.total() / max(1, counts.right.total() + counts.missed.total())
    precision = counts.taken / max(1, counts.taken + counts.taken_wrongly)
    recall = counts.taken / max(1, counts.taken + counts.left)
    return f"| {size} | {right:.1%} | {precision:.1%}、{recall:.1%} |"


_ABOUT: Final = (
    "# 读题器的模型卡", "",
    "词上的条件随机场（CRFsuite），认一个问题里每个词是什么：背景话、要问的东西、运算、口径……产品只用其中的一样：",
    f"文件里没有的词，是背景话的把握到 {SURELY:.0%} 的，不再让整句拒答。数字、认得的名称和运算词不受它影响。",
    "", "数据、标法、许可见 `training/README.md`。重新训练：`python -m training`（两个核约四分钟）。",
    "局限：只看字面，不看文件；背景里说事、后一句才问的，会把事也当成背景话（下面的准确率就包括它们）。", "",
)  # fmt: skip


if __name__ == "__main__":
    main()
