"""The words of data/dictionary/statements.yaml as regular expressions."""

from __future__ import annotations

import re
from typing import Any, Final

from index.dictionary import read_yaml
from index.prose import Classification

WORDS: Final[dict[str, Any]] = read_yaml("statements.yaml")

NUMBER: Final = (
    r"(?<![\d.,，A-Za-z])(?<!\d\s)(?<![\d%％元][-－−~～—至])"
    r"(?:(?<![%％元])[-－−]|[△▲]\s?|负\s?|(?:(?<=[减少增加降低长])|(?<=[减少增加降低长]\s))[-－−]\s|(?<=[年度数期比])[+＋])?"
    r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?(?![\d.])"
)
"""A number as prose prints it. What may be the rest of another one, or the end of a range, is none."""


def any_of(*names: str) -> str:
    """One alternation of all expressions listed under ``names``."""
    return "|".join(f"(?:{expression})" for name in names for expression in WORDS[name])


CLASSIFICATIONS: Final[tuple[tuple[Classification | None, re.Pattern[str]], ...]] = tuple(
    (entry["name"], re.compile(entry["pattern"])) for entry in WORDS["classifications"]
)
