"""Training of the network on questions that are put anew each time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import torch
from torch.nn import functional

from assistant.trained.alphabet import MOST_ASKS
from assistant.trained.network import BLANK, numbered
from training.encoder.examples import Example, Labelled, Varied, labelled_all
from training.encoder.network import Reader, Said, begun

IGNORED: Final = -100
"""Stands where nothing is to be said."""

_IN_BATCH: Final = 32
_RATE, _OWN_RATE = 3e-4, 6e-4
_TAKEN: Final = ("blocks", "words", "places", "kinds", "first")
"""The parts that begin with the packaged weights."""

_WARM: Final = 0.06
_DECAY: Final = 0.01


class Batch:
    """Some questions side by side, filled up to the longest."""

    def __init__(self, examples: Sequence[Labelled], numbers: dict[str, int]) -> None:
        length = max(len(e.characters) for e in examples) + 2
        self.characters = torch.full((len(examples), length), BLANK)
        self.is_question = torch.zeros((len(examples), length), dtype=torch.long)
        self.spans = torch.full((len(examples), length), IGNORED)
        self.roles = torch.full((len(examples), MOST_ASKS, length), IGNORED)
        for row, e in enumerate(examples):
            inner = slice(1, 1 + len(e.characters))
            self.characters[row, : len(e.characters) + 2] = torch.tensor(numbered(e.characters, numbers))
            self.is_question[row, inner] = torch.tensor(e.is_question, dtype=torch.long)
            shown = torch.tensor([s if q else IGNORED for s, q in zip(e.spans, e.is_question, strict=True)])
            self.spans[row, inner] = shown
            for ask in range(MOST_ASKS):
                if e.operations[ask]:
                    self.roles[row, ask, inner] = torch.tensor(e.roles[ask])
        self.operations = torch.tensor([e.operations for e in examples])
        self.answerable = torch.tensor([e.answerable for e in examples], dtype=torch.float)


def fitted(
    examples: Sequence[Example], epochs: int, layers: int, *, told: Callable[[str], None], seed: int = 0
) -> tuple[Reader, dict[str, int]]:
    """A reader trained on questions, which are put anew each time, and the numbers of its characters."""
    torch.manual_seed(seed)
    reader, numbers = begun(layers)
    named = list(reader.named_parameters())
    own = [p for name, p in named if not name.startswith(_TAKEN)]
    taken = [p for name, p in named if name.startswith(_TAKEN)]
    steps = torch.optim.AdamW(
        [{"params": taken, "lr": _RATE}, {"params": own, "lr": _OWN_RATE}], weight_decay=_DECAY, fused=True
    )
    total = epochs * -(-len(examples) // _IN_BATCH)
    rates = torch.optim.lr_scheduler.LambdaLR(steps, lambda step: _rate(step / total))
    varied, started = Varied(examples, seed), time.perf_counter()
    for epoch in range(epochs):
        reader.train()
        loss = 0.0
        put = list(labelled_all([varied.of(example) if epoch else example for example in examples]))
        for batch in _batches(put, numbers, seed + epoch):
            steps.zero_grad(set_to_none=True)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = reader(batch.characters, batch.is_question)
            found = _loss(said, batch)
            found.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            steps.step()
            rates.step()
            loss += float(found.detach())
        told(f"{epoch + 1}/{epochs}: {loss / -(-len(put) // _IN_BATCH):.3f}, {time.perf_counter() - started:.0f} s")
    return reader.eval(), numbers


def _rate(done: float) -> float:
    return min(done / _WARM, 1 - (done - _WARM) / (1 - _WARM)) if done < 1 else 0.0


def _loss(said: Said, batch: Batch) -> torch.Tensor:
    spans = functional.cross_entropy(said.spans.float().flatten(0, 1), batch.spans.flatten(), ignore_index=IGNORED)
    operations = functional.cross_entropy(
        said.operations.float().flatten(0, 1), batch.operations.flatten(), label_smoothing=0.05
    )
    roles = functional.cross_entropy(said.roles.float().flatten(0, 2), batch.roles.flatten(), ignore_index=IGNORED)
    is_asked = (batch.operations > 0).float()
    told = functional.binary_cross_entropy_with_logits(said.answerable.float(), batch.answerable, is_asked)
    return spans + operations + 2 * roles + 0.3 * told


def _batches(examples: list[Labelled], numbers: dict[str, int], seed: int) -> Iterator[Batch]:
    """Batches of like length, in any order."""
    chance = random.Random(seed)
    ordered = sorted(examples, key=lambda e: len(e.characters) + chance.random() * 4)
    starts = list(range(0, len(ordered), _IN_BATCH))
    chance.shuffle(starts)
    for start in starts:
        yield Batch(ordered[start : start + _IN_BATCH], numbers)
