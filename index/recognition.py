"""Whether pictures can be recognised: that is an extra, without which scans are refused, with the reason."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

INSTALL: Final = (
    "请换用文字版；或先安装文字识别（OCR：pip install -e '.[ocr]'，或 make serve EXTRAS=ocr），再重建索引。"
)
"""What to do where pictures are refused."""


def can_recognise() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return all(find_spec(package) for package in ("rapidocr", "onnxruntime", "cv2"))
