"""Sentences and rows by pairs of characters: what is near, and that equal ones keep the document's order."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from assistant.pairs import pairs_in

_RANKED = """
import json
from assistant.catalog import Row, Table
from assistant.pairs import PairIndex, pairs_in

def row(number, label):
    return Row(f"d.t1.r{number}", "d.t1", number, label, label, None, None, 1, None, True, False, None, None)

rows = [row(n, label) for n, label in enumerate(("公车甲乙", "差旅丙丁", "会议戊己", "培训庚辛"), 1)]
table = Table("d.t1", "项目支出表", None, "项目支出表", "万元", "filled", None, None, tuple(rows), ())
index = PairIndex((), rows, {"d.t1": table})
found = index.search(index.weights(pairs_in("培训、会议、差旅、公车")))
print(json.dumps([near.source.number for near in found]))
"""


def test_no_pair_reaches_over_a_mark() -> None:
    assert pairs_in("公车，统管") == {"公车", "统管"}


def test_equal_ones_stand_as_in_the_document_whatever_the_hashes() -> None:
    ranked = {_ranked(seed) for seed in ("1", "2", "3", "4")}
    assert len(ranked) == 1
    assert json.loads(ranked.pop()) == [1, 2, 3, 4]


def _ranked(seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", _RANKED]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
