"""``全年的用款计划``: the sum of the four quarters that a quoted sentence states one by one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from assistant.answer import TextCitation
from assistant.answering.draft import Draft
from assistant.answering.values import Value, added
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise
from index.money import to_yuan

_WHOLE_YEAR: Final = re.compile("全年|一年|四个季度")
_QUARTER: Final = re.compile(r"第?([一二三四1-4])季度([^\d,;。、]{0,12}?)(\d[\d,]*(?:\.\d+)?)(亿元|万元|元)")
_QUARTERS: Final = 4


def add_quarters(draft: Draft, asked: Understanding, before: int) -> None:
    """Says what the quarters come to of each sentence quoted since there were ``before`` citations."""
    if not _WHOLE_YEAR.search(asked.question):
        return
    for source in draft.citations.listed[before:]:
        if not isinstance(source, TextCitation):
            continue
        found = [m.groups() for m in _QUARTER.finditer(normalise(source.quote))]
        names = {name for _, name, _, _ in found}
        if len(found) == len({quarter for quarter, *_ in found}) == _QUARTERS and len(names) == 1:
            amounts = [Value("amount", to_yuan(Decimal(n.replace(",", "")), unit), unit=unit) for *_, n, unit in found]
            name = f"全年{names.pop()}"
            draft.lines.append(f"四个季度合计 {draft.add_figure(name, added(amounts), [source.n])}（推算）。")
