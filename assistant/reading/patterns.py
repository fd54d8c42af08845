"""The wording of the grammar: grammar.yaml's regular expressions by name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from index.dictionary import read_yaml

BLANK_BETWEEN_WORDS: Final = r"(?<=[一-鿿”）)])\s+(?=[一-鿿“（(])"
"""A blank where people leave out a comma."""

CLAUSE_BREAK: Final = re.compile("[，。？！；,?!;]")
"""What ends a clause."""

_NAMED: Final = re.compile(r"\{([a-z_]+)\}")


@lru_cache(maxsize=1)
def _rules() -> dict[str, list[str]]:
    rules: dict[str, list[str]] = read_yaml("grammar.yaml")
    return rules


@lru_cache
def pattern(name: str) -> re.Pattern[str]:
    """The alternatives of one name as a pattern, each {name} in them as that name's.

    Raises KeyError for an unknown name, re.error for a malformed one.
    """
    return re.compile(_NAMED.sub(lambda match: "|".join(_rules()[match[1]]), "|".join(_rules()[name])))
