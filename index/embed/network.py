"""The packaged model's network in torch: many texts at once, where its own engine takes one after the other.

The same vectors up to rounding (tests/index/test_embed.py). Texts of like length go through together, in the
processor's short numbers where it has a unit for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
import torch
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from torch.nn import functional

from index.embed.packed import Floats, PackedModel
from index.processors import threads

_PREFIX: Final = "passage: "
_SPACE: Final = "▁"
_TOKENS_AT_ONCE: Final = 1024
_SHORT_NUMBERS: Final = ("amx_bf16", "avx512_bf16")
_ENDS: Final = 2
"""The tokens that stand at either end of a text."""

Window = tuple[int, ...]
Pair = tuple[Any, Any]
"""The weights and the offsets of one step."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: attention, then two steps for each token, each followed by scaling to an even spread."""

    attend: Pair
    joined: Pair
    after_attention: Pair
    wide: Pair
    narrow: Pair
    after_steps: Pair


class Network:
    """Passages to vectors of length one."""

    def __init__(self, model: PackedModel) -> None:
        self._model = model
        self._sizes = model.sizes
        self._tokenizer = Tokenizer(Unigram(model.pieces(), unk_id=model.sizes.unknown))
        self._type = _number_type()
        torch.set_num_threads(1)
        positions = self._plain("emb.pos", -1, self._sizes.width)
        self._positions = positions + self._plain("emb.type", -1, self._sizes.width)[0]
        self._first = self._pair("emb.ln")
        self._layers = [self._layer(f"l{number}") for number in range(self._sizes.layers)]

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row for each text. A text longer than the network takes is read in parts, each weighing what it is long."""
        windows = [(at, window) for at, text in enumerate(texts) for window in self._windows(text)]
        windows.sort(key=lambda each: len(each[1]))
        vectors = np.zeros((len(texts), self._sizes.width), np.float32)
        batches = list(_batches(windows))
        # Each batch in one thread: several threads at one batch wait for each other, on busy processors half the time.
        with ThreadPoolExecutor(min(threads(), max(len(batches), 1))) as pool:
            for batch, means in zip(batches, pool.map(self._means, batches), strict=True):
                for (at, window), mean in zip(batch, means, strict=True):
                    vectors[at] += mean * max(len(window) - _ENDS, 1)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _windows(self, text: str) -> Iterator[Window]:
        tokens: list[int] = self._tokenizer.encode(self._as_pieces(_PREFIX + text)).ids
        most = self._sizes.positions - _ENDS
        for start in range(0, len(tokens), most):
            yield (self._sizes.begin, *tokens[start : start + most], self._sizes.end)

    def _as_pieces(self, text: str) -> str:
        """The text with the tokenizer's own characters, and its sign for a space before each word."""
        plain = re.sub(" {2,}", " ", text.translate(self._model.replaced))
        return (plain if plain.startswith(" ") else f" {plain}").replace(" ", _SPACE)

    @torch.inference_mode()  # type: ignore[untyped-decorator, unused-ignore]
    def _means(self, batch: Sequence[tuple[int, Window]]) -> Floats:
        """Of each window the mean over its tokens."""
        windows = [window for _, window in batch]
        lengths = torch.tensor([len(window) for window in windows])
        is_token = torch.arange(int(lengths.max()))[None, :] < lengths[:, None]
        x = self._embedded(windows, is_token)
        mask = None if bool(is_token.all()) else is_token[:, None, None, :]
        for layer in self._layers:
            x = self._through(layer, x, mask)
        means = (x.float() * is_token[..., None]).sum(1) / lengths[:, None]
        numbers: Floats = means.numpy()
        return numbers

    def _embedded(self, windows: Sequence[Window], is_token: Any) -> Any:
        tokens = np.fromiter(chain.from_iterable(windows), np.int64)
        distinct, at = np.unique(tokens, return_inverse=True)
        words = torch.from_numpy(self._model.rows("emb.word", distinct))
        x = torch.zeros(*is_token.shape, self._sizes.width)
        x[is_token] = words[torch.from_numpy(at)]
        return self._even(x + self._positions[: is_token.shape[1]], self._first)

    def _through(self, layer: Layer, x: Any, mask: Any) -> Any:
        count, length, width = x.shape
        heads = functional.linear(x, *layer.attend).view(count, length, 3, self._sizes.heads, -1)
        asked, known, told = heads.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(asked, known, told, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(count, length, width)
        x = self._even(functional.linear(seen, *layer.joined).add_(x), layer.after_attention)
        steps = functional.gelu(functional.linear(x, *layer.wide))
        return self._even(functional.linear(steps, *layer.narrow).add_(x), layer.after_steps)

    def _even(self, x: Any, pair: Pair) -> Any:
        return functional.layer_norm(x, (self._sizes.width,), *pair, self._sizes.epsilon).to(self._type)

    def _layer(self, name: str) -> Layer:
        parts = [self._linear(f"{name}.{part}") for part in ("q", "k", "v")]
        return Layer(
            attend=(torch.cat([weights for weights, _ in parts]), torch.cat([offsets for _, offsets in parts])),
            joined=self._linear(f"{name}.ao"),
            after_attention=self._pair(f"{name}.aln"),
            wide=self._linear(f"{name}.fi"),
            narrow=self._linear(f"{name}.fo"),
            after_steps=self._pair(f"{name}.oln"),
        )

    def _linear(self, name: str) -> Pair:
        offsets = self._plain(f"{name}.b", -1)
        return self._plain(f"{name}.w", len(offsets), -1).to(self._type), offsets.to(self._type)

    def _pair(self, name: str) -> Pair:
        return self._plain(f"{name}.w", -1), self._plain(f"{name}.b", -1)

    def _plain(self, name: str, *shape: int) -> Any:
        return torch.from_numpy(self._model.weights(name).reshape(shape).copy())


def _number_type() -> Any:
    """Short numbers where the processor multiplies them faster than long ones: elsewhere they are made of those."""
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if any(able.get(name) for name in _SHORT_NUMBERS) else torch.float32


def _batches(windows: Sequence[tuple[int, Window]]) -> Iterator[Sequence[tuple[int, Window]]]:
    """Runs of windows, sorted by length, that are together at most so many tokens when filled up to the longest."""
    start = 0
    for end in range(1, len(windows) + 1):
        is_full = end < len(windows) and (end + 1 - start) * len(windows[end][1]) > _TOKENS_AT_ONCE
        if end == len(windows) or is_full:
            yield windows[start:end]
            start = end
