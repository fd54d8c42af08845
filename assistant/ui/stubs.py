"""gradio's type stubs: it works them out at each import, beside the source of each component: half of its import.

They serve who writes components. It makes none of a class without a file, so while it is imported none has one.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

_file_of = inspect.getfile


@contextmanager
def without_stubs() -> Iterator[None]:
    """In here gradio's own classes have no file; of others it is told, to other threads too."""
    with patch.object(inspect, "getfile", _not_of_gradio):
        yield


def _not_of_gradio(thing: Any) -> str:
    if isinstance(thing, type) and thing.__module__.partition(".")[0] == "gradio":
        raise OSError(thing)
    return _file_of(thing)
