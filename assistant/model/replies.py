"""The JSON object within whatever a model says: thoughts before it, a fence around it, prose on both sides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_THOUGHT: Final = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_END_OF_THOUGHT: Final = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL)
_MOST_TRIED: Final = 50
_MOST_READ: Final = 20_000
"""Characters of a reply; no query is as long."""


def json_in(reply: str, key: str) -> dict[str, Any] | None:
    """The last object of a reply that has ``key``; None where there is none.

    >>> json_in('<think>{"asks": 1}</think>好的：```json\\n{"asks": []}\\n```', "asks")
    {'asks': []}
    """
    plain = _THOUGHT.sub(" ", _END_OF_THOUGHT.sub(" ", reply[-_MOST_READ:]))
    found = [each for each in _objects(plain) if key in each]
    return found[-1] if found else None


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The outermost objects of a text."""
    decoder = json.JSONDecoder()
    position, tried = text.find("{"), 0
    while position >= 0 and tried < _MOST_TRIED:
        tried += 1
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            if isinstance(value, dict):
                yield value
        position = text.find("{", end)
