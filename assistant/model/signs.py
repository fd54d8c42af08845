"""Signs: the words of a question that bear out an operator, whoever reads it. They are data."""

from __future__ import annotations

import re
from functools import lru_cache

from index.dictionary import read_yaml


@lru_cache(maxsize=1)
def signs() -> dict[str, re.Pattern[str]]:
    """The patterns of model_support.yaml by operator; ``side_收入`` for totals, ``rows_project`` for kinds of rows."""
    rules = read_yaml("model_support.yaml")
    prefixed = {f"{of}_{name}": patterns for of in ("side", "rows") for name, patterns in rules[of].items()}
    said = rules["operators"] | rules["written"] | prefixed
    return {name: re.compile("|".join(patterns)) for name, patterns in said.items()}


def signs_in(text: str) -> frozenset[str]:
    """The operators that a text has signs of."""
    return frozenset(name for name, pattern in signs().items() if pattern.search(text))
