"""Recognising one line of text in a picture: the models come inside the package rapidocr, and nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Grey values, row by row from the top."""

_BATCH: Final = 8
_NARROWEST: Final = (3, 48, 64)
"""Colours, height and width that a line is given at least: amounts are short."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What was recognised, and how sure that is, from 0 to 1."""

    text: str
    score: float


def recognise(lines: Sequence[Picture]) -> list[ReadLine]:
    """The text of pictures that show one line each. May be called from several threads."""
    if not lines:
        return []
    read = _engine().recognize_txt([np.repeat(line[:, :, None], 3, axis=2) for line in lines])
    return [ReadLine(text, float(score)) for text, score in zip(read.txts, read.scores, strict=True)]


_LOADING = Lock()


def _engine() -> Any:
    with _LOADING:
        return _loaded_engine()


@cache
def _loaded_engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Rec.rec_batch_num": _BATCH,
            "Rec.rec_img_shape": list(_NARROWEST),
        }
    )
