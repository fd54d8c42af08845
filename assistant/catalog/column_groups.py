"""Headers over several kinds of money that print no column for their sum: the sum, as a column of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from assistant.catalog.types import Column

_OF_MONEY: Final = re.compile("财政拨款|财政专户|(?:单位|其他|自有)资金|基本支出|项目支出")
_NOT_ADDED: Final = re.compile("[合总小]计|其中|20\\d\\d|[上本去]年|比|率|[增减]|[^预决概]算$|人数|数量|备注")
"""Headers of columns that are a sum, a part or no part of what stands beside them."""


def column_groups(columns: Sequence[Column]) -> list[Column]:
    """The sums of the columns below each header that is of a kind of money and has no column itself."""
    below: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if (head := column.path.rpartition("/")[0]) and _OF_MONEY.search(head.rpartition("/")[2]):
            below[head].append(column)
    return [_group(head, parts) for head, parts in below.items() if _add_up(head, parts, columns)]


def _add_up(head: str, parts: Sequence[Column], columns: Sequence[Column]) -> bool:
    """Whether the columns right below a header are all that stands below it, amounts side by side."""
    within = [c for c in columns if c.path == head or c.path.startswith(f"{head}/")]
    leaves = [c.path.rpartition("/")[2] for c in parts]
    are_alike = len({(c.value_type, c.unit, c.side) for c in parts}) == 1 and parts[0].value_type == "amount"
    are_apart = len({*leaves}) == len(leaves) and not any(map(_NOT_ADDED.search, leaves))
    return len(parts) > 1 and len(within) == len(parts) and are_alike and are_apart and not parts[0].of_other_period


def _group(head: str, parts: Sequence[Column]) -> Column:
    first = parts[0]
    number = -min(c.number for c in parts)
    return Column(first.table_id, number, head, None, first.value_type, first.unit, first.side, parts=tuple(parts))
