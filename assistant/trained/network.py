"""The trained network: a file that ships with the product, run by onnxruntime on two cores.

It only gives likelihoods; what is made of them is ``decode``'s and the grammar's. A file whose checksum is not the
recorded one is not used.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from assistant.shipped import read_recorded
from assistant.trained.alphabet import BETWEEN, laid_out

MODEL: Final = Path(__file__).parent / "reader.onnx"
BLANK, UNKNOWN, OPEN, CLOSE, PARTED = range(5)
"""The numbers of what is no character; characters are numbered from there on."""

_REMEMBERED: Final = 500
_THREADS: Final = 2

Likelihoods = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likely:
    """What the network says of a question, as likelihoods (0 to 1).

    ``text``: the characters looked at, the question from ``start`` on. ``spans``: for each of its characters and each
    of ``SPANS``. ``operations``: for each ask and each of ``OPERATIONS``. ``roles``: for each ask, each character and
    each of ``ROLES``. ``answerable``: for each ask, whether a budget can tell it.
    """

    text: str
    start: int
    spans: Likelihoods
    operations: Likelihoods
    roles: Likelihoods
    answerable: Likelihoods


class TrainedNetwork:
    """Tells of a question what each character is and what is asked. Safe to share between threads.

    Raises ValueError where the file is not the one that was recorded, OSError where there is none.
    """

    def __init__(self, path: Path = MODEL) -> None:
        import onnxruntime

        data, recorded = read_recorded(path)
        self._numbers = {character: PARTED + 1 + n for n, character in enumerate(recorded["characters"])}
        self._heat = np.array([recorded["heat"][name] for name in ("spans", "operations", "roles")])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = _THREADS, 3
        self._session: Any = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        self._lock = threading.Lock()
        self.of = lru_cache(maxsize=_REMEMBERED)(self._of)

    def _of(self, question: str, history: tuple[str, ...] = ()) -> Likely:
        """What is said of a normalised question behind normalised ones."""
        text, start = laid_out(history, question)
        characters = numbered(text, self._numbers)
        is_question = [0] * (start + 1) + [1] * (len(text) - start) + [0]
        with self._lock:
            spans, operations, roles, answerable = self._session.run(
                None, {"characters": np.array([characters]), "is_question": np.array([is_question])}
            )
        heat = self._heat
        return Likely(
            text, start, _likelihoods(spans[0][1 + start : -1], heat[0]), _likelihoods(operations[0], heat[1]),
            _likelihoods(roles[0][:, 1:-1], heat[2]), 1 / (1 + np.exp(-answerable[0].astype(np.float64))),
        )  # fmt: skip


def numbered(text: str, numbers: dict[str, int]) -> list[int]:
    """The numbers of a text's characters, between those that open and close it."""
    return [OPEN, *(PARTED if c == BETWEEN else numbers.get(c, UNKNOWN) for c in text), CLOSE]


def _likelihoods(scores: Any, heat: float) -> Likelihoods:
    """Scores as likelihoods, along the last axis; ``heat``: what they are divided by, so that they are calibrated."""
    cooled = scores.astype(np.float64) / heat
    raised = np.exp(cooled - cooled.max(-1, keepdims=True))
    shares: Likelihoods = raised / raised.sum(-1, keepdims=True)
    return shares


__all__ = ["BLANK", "MODEL", "Likely", "TrainedNetwork", "numbered"]
