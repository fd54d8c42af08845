"""Python's search for garbage in cycles, put off while much is made of which little is garbage.

It would take a fifth of the time that reading takes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_RARELY: Final = (100_000, 50, 50)


def collect_rarely() -> None:
    """For good: what is there already isn't looked at again, what comes is looked at more seldom."""
    gc.freeze()
    gc.set_threshold(*_RARELY)


@contextmanager
def collected_rarely() -> Iterator[None]:
    """The same until the block ends."""
    usual = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
