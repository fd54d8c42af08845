"""Several scanned pages of a file, a few at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from index.convert.page import PageContent
from index.convert.scan.reading import read_picture
from index.convert.scan.replace import Draw

_MOST_AT_ONCE: Final = 4
"""Each takes up to 200 MB for a page of A4 at 300 dots per inch."""


def read_scans(numbers: Iterable[int], draw: Draw) -> dict[int, PageContent]:
    """What is recognised on these pages, by their numbers."""

    def read(number: int) -> PageContent:
        picture, dpi = draw(number)
        return read_picture(np.asarray(picture.convert("L")), number, dpi)

    wanted = list(numbers)
    with ThreadPoolExecutor(min(_MOST_AT_ONCE, os.cpu_count() or 1)) as pool:
        return dict(zip(wanted, pool.map(read, wanted), strict=True))
