"""Whether pictures can be recognised: that is an extra, without which scans are refused, with the reason."""

from __future__ import annotations

from importlib.util import find_spec


def can_recognise() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return all(find_spec(package) for package in ("rapidocr", "onnxruntime", "cv2"))
