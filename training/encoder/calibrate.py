"""By what scores are divided, so that what the network is sure of so far holds as often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import torch
from torch.nn import functional

from training.encoder.examples import Example, labelled_all
from training.encoder.fit import IGNORED, Batch
from training.encoder.network import Reader

_TRIED: Final = tuple(0.8 + 0.1 * step for step in range(18))


@torch.inference_mode()  # type: ignore[untyped-decorator, unused-ignore]
def heat_of(reader: Reader, numbers: dict[str, int], examples: Sequence[Example]) -> dict[str, float]:
    """For spans, operations and roles the divisor under which questions not trained on are least surprising."""
    losses: dict[str, list[Any]] = {"spans": [], "operations": [], "roles": []}
    for example in labelled_all(examples):
        batch = Batch([example], numbers)
        said = reader(batch.characters, batch.is_question)
        for name, each in losses.items():
            each.append(_losses(getattr(said, name), getattr(batch, name)))
    return {name: round(_TRIED[int(torch.stack(each).sum(0).argmin())], 2) for name, each in losses.items()}


def _losses(scores: Any, wanted: Any) -> Any:
    """The loss under each divisor that is tried."""
    flat, labels = scores.reshape(-1, scores.shape[-1]), wanted.flatten()
    by_heat = [functional.cross_entropy(flat / heat, labels, ignore_index=IGNORED, reduction="sum") for heat in _TRIED]
    return torch.stack(by_heat)
