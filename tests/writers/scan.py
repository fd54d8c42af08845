"""Blocks of a document as a scanner gives them: a picture, askew, in few dots and packed with loss.

Needs a font with Chinese characters on the machine; what tests read was made once (``tests/index/convert/scan``).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from index.convert.ofd.picture import draw_ofd_page
from index.document import Block
from tests.writers.ofd import write_ofd


def write_scan(blocks: Sequence[Block], path: Path, dpi: int = 150, skew: float = 1.0, quality: int = 70) -> None:
    """Print the blocks, which must fit on one page, and scan that."""
    printed = path.with_suffix(".ofd")
    write_ofd(blocks, printed)
    page = draw_ofd_page(printed.read_bytes(), printed.name, 1, dpi)
    printed.unlink()
    path.write_bytes(scanned(page, dpi, skew, quality))


def scanned(page: Image.Image, dpi: int, skew: float = 1.0, quality: int = 70) -> bytes:
    """A page as a scanner gives it."""
    askew = page.convert("L").rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    packed = io.BytesIO()
    askew.save(packed, "JPEG", quality=quality, dpi=(dpi, dpi))
    return packed.getvalue()
