"""What an amount is per: ``每平米每月`` in a question, ``元/月/平`` in a budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations, product
from typing import Final

_UNITS: Final = {
    "平方米": ("平方米", "平米", "平", "m2"), "月": ("月", "个月"), "年": ("年",), "天": ("天", "日"), "人": ("人",),
    "次": ("次",), "小时": ("小时",), "学时": ("学时",), "辆": ("辆",), "台": ("台",), "吨": ("吨",),
}  # fmt: skip
_SPELLED: Final = {said: unit for unit, forms in _UNITS.items() for said in forms}
_UNIT: Final = "|".join(sorted(map(re.escape, _SPELLED), key=len, reverse=True))
_RATE: Final = re.compile(rf"(?:每一?个?(?:{_UNIT}))+")
_PER: Final = re.compile(rf"每一?个?({_UNIT})")
_AREA: Final = "平方米"


def rates_in(text: str) -> Iterator[re.Match[str]]:
    """The rates in a normalised text that budgets write in signs: those per area, or per two things at once."""
    return (match for match in _RATE.finditer(text) if rate_forms(match.group()))


@lru_cache(maxsize=1_000)
def rate_forms(word: str) -> tuple[str, ...]:
    """The ways in which budgets print a rate, none for any other word.

    >>> {"元/月/平", "每平米每月", "元/平方米.月"} <= set(rate_forms("每平方米每月")), rate_forms("每人")
    (True, ())
    """
    units = [_SPELLED[m.group(1)] for m in _PER.finditer(word)] if _RATE.fullmatch(word) else []
    if not units or (len(units) == 1 and units[0] != _AREA):
        return ()
    forms = dict[str, None]()
    for order in permutations(units):
        for said in product(*(_UNITS[unit] for unit in order)):
            signs = ("元/" + mark.join(said) for mark in ("/", ".", "·"))
            forms |= dict.fromkeys([*signs, "".join(f"每{unit}" for unit in said)])
    return tuple(forms)
