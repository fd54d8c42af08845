"""The dictionaries under data/dictionary/: what words, codes and columns mean is data."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import yaml

from index.paths import DICTIONARY

_CODE_FILES: Final[dict[str, str]] = {
    "功能分类": "codes_function.tsv",
    "部门经济分类": "codes_economic.tsv",
    "政府经济分类": "codes_economic_gov.tsv",
}


@cache
def read_yaml(name: str) -> Any:
    """The content of one YAML dictionary."""
    text = (DICTIONARY / name).read_text(encoding="utf-8")
    return yaml.load(text, yaml.CSafeLoader)  # libyaml's reader: ten times as fast, at each start


@cache
def code_names(system: str) -> Mapping[str, str]:
    """Official names by code; empty for code systems that each place makes for itself (projects, units)."""
    file = _CODE_FILES.get(system)
    if file is None:
        return MappingProxyType({})
    with (DICTIONARY / file).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return MappingProxyType({row["code"]: row["name"] for row in rows})
