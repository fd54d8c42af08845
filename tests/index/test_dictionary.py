"""The dictionaries: each YAML file is read whole, no key twice, so that none hides another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from index.paths import DICTIONARY


class _Strict(yaml.SafeLoader):
    """Refuses a key that stands twice in one mapping; YAML itself takes the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), sorted({str(key) for key in keys if keys.count(key) > 1})
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("path", sorted(DICTIONARY.glob("*.yaml")), ids=lambda path: path.name)
def test_no_key_stands_twice(path: Path) -> None:
    assert yaml.load(path.read_text(encoding="utf-8"), _Strict)
