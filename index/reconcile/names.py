"""Which labels mean one item, although documents print them differently."""

from __future__ import annotations

import re
from functools import cache

from index.dictionary import read_yaml


@cache
def item_key(label: str) -> str:
    """The label without the endings and signs in which printed labels of one item vary.

    >>> item_key("对个人和家庭的补助支出") == item_key("对个人和家庭的补助")
    True
    >>> item_key("维修（护）费") == item_key("维修(护)费")
    True
    """
    words = read_yaml("checks.yaml")
    text = re.sub(words["label_noise"], "", label)
    for ending in words["label_endings"]:
        if text.endswith(ending) and len(text) > len(ending) + 1:
            return text.removesuffix(ending)
    return text


@cache
def other_keys(label: str) -> frozenset[str]:
    """The keys of the items that are also called ``label`` (renamed functions, shortened names).

    >>> item_key("卫生健康支出") in other_keys("医疗卫生与计划生育支出")
    True
    """
    names: dict[str, list[str]] = read_yaml("checks.yaml")["other_names"]
    key = item_key(label)
    return frozenset(item_key(name) for name, others in names.items() if key in map(item_key, others))
