"""What sentences tell of words, codes and travel, and what funds a row prints, in lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.phrases import title_of_table
from assistant.catalog import Row
from assistant.catalog.linking import linked
from assistant.catalog.project_forms import INDICATORS
from assistant.plan.forms import without_unit
from assistant.plan.quantity import Quantity
from assistant.query import Coded, Mentioned, Origin, Select, Stated, names_of
from assistant.reading.forms import telling
from assistant.reading.patterns import pattern
from assistant.reply.quote import quoted_lines
from assistant.reply.types import Reply
from assistant.run.evaluate import evaluate
from assistant.told import Told
from assistant.understand.kinds import alike
from assistant.understand.wording import generic_words, normalise
from index.records import FigureRecord, ParagraphRecord

_COUNTRY: Final = pattern("foreign_country")
_ABROAD: Final = pattern("goes_abroad")
_FUND: Final = pattern("fund_columns")
_FULL: Final = re.compile("合计|总计|小计")
_INCOME: Final = "收入总表"
_LEFT_OUT: Final = pattern("tells_left_out")
_PART: Final = re.compile("[,，;；。、]")
_GROUPED: Final = re.compile(r"(?<=\d),(?=\d{3})")
_GENERAL: Final = ("个", "项", "次", "家", "种", "条")
_BLOCK: Final = 2
_ENOUGH: Final = 0.6
_HALF: Final = 0.5
_MOST: Final = 3
_WITHIN: Final = 12
"""Paragraphs within which the parts of a code follow it."""


def mentioned_reply(mentioned: Mentioned, draft: Draft) -> Reply:
    """The sentences that hold most of the telling words."""
    rarity = draft.contents.retriever.rarity
    own = normalise(draft.catalog.unit_name)
    telling = [w for w in map(normalise, mentioned.words) if w in draft.contents.full_text and w not in generic_words()]
    weights = {word: rarity(word) for word in telling if word not in own}
    whole = sum(weights.values())
    told = [each for each in draft.contents.told if isinstance(each.source, ParagraphRecord)]
    if mentioned.left_out:
        told = [each for each in told if _LEFT_OUT.search(each.plain)]
    scored = [(sum(weight for word, weight in weights.items() if word in each.plain), each) for each in told]
    best = max((score for score, _ in scored), default=0.0)
    if not whole or best < (_HALF if mentioned.left_out else _ENOUGH) * whole:
        return Reply(())
    found = [each for score, each in scored if score == best]
    return _quoted(found[:_MOST], draft)


def _quoted(found: Sequence[Told], draft: Draft) -> Reply:
    return Reply((f"{draft.heading}中相关的原文：", *quoted_lines(found, draft))) if found else Reply(())


def stated_reply(stated: Stated, draft: Draft) -> Reply:
    """The one part of a sentence that states such a number of what is asked; none where several may be meant."""
    said = telling(without_unit(stated.text, draft.catalog))
    size = len(said.replace("|", ""))
    number = re.compile(rf"\d\s*(?:余|多|万|亿)?(?:{'|'.join(map(re.escape, alike(stated.counted)))})")
    scored: list[tuple[float, str, Told]] = []
    for told in draft.contents.told:
        if isinstance(told.source, FigureRecord) and told.source.kind == INDICATORS:
            continue  # a target is no sentence
        parts = [part for part in _PART.split(_GROUPED.sub("", told.plain)) if number.search(part)]
        around = _shared(said, told.whole) if parts else 0
        for part in parts:
            shared = _shared(said, part)
            is_named = stated.counted not in _GENERAL or said.strip("|")[-_BLOCK:] in part
            is_meant = shared >= _BLOCK and shared >= _HALF * size and is_named
            is_only = len(parts) == 1 and around >= max(_BLOCK, _HALF * size) and stated.counted not in _GENERAL
            if is_meant or is_only:
                scored.append((shared + _HALF * around, part, told))
    best = max((score for score, _, _ in scored), default=0.0)
    found = [(part, told) for score, part, told in scored if score == best]
    if not found or len({part for part, _ in found}) > 1:
        return Reply(())
    return Reply(tuple(quoted_lines([told for _, told in found[:1]], draft)))


def _shared(said: str, text: str) -> int:
    match = SequenceMatcher(None, said, text, autojunk=False)
    return sum(block.size for block in match.get_matching_blocks() if block.size >= _BLOCK)


def coded_reply(coded: Coded, draft: Draft) -> Reply:
    """The sentences that say what each figure of a code stands for, in its order; none where one is not told."""
    paragraphs = [p for p in draft.contents.paragraphs.values() if p.role != "contents"]
    start = next((n for n, p in enumerate(paragraphs) if re.search(rf"[“\"‘]{coded.code}[”\"’]", p.text)), None)
    if start is None:
        return Reply(())
    lines: list[str] = []
    places = iter(paragraphs[start : start + _WITHIN])
    for figure in coded.code:
        part = next((p for p in places if re.search(rf"[“\"‘]{figure}[”\"’]", p.text)), None)
        if part is None:
            return Reply(())
        head = re.split("[。；]", part.text)[0]
        lines.append(f"> {head}[{draft.cite_passage(part, head)}]")
    return Reply((f"{draft.heading}里“{draft.named(coded.code)}”的各个数字：", *lines))


def travel_reply(draft: Draft) -> Reply:
    """The sentences that say to which countries somebody is to travel."""
    found = [t for t in draft.contents.told if _COUNTRY.search(t.plain) and _ABROAD.search(t.plain)]
    return _quoted(found[:_MOST], draft)


def origin_reply(origin: Origin, draft: Draft, text: str) -> Reply:
    """The funds that the row of a figure, or a unit's row of income, prints amounts of."""
    rows = list(_rows_of_unit(origin.of, draft)) if isinstance(origin.of, Select) else []
    quantities = () if rows else evaluate(origin.of, draft, text).quantities[:1]
    lines: list[str] = []
    for row in rows or _rows_of(quantities, draft):
        cells = draft.library.figures({row.row_id})[row.row_id]
        parts = [cell for cell in cells if _is_fund(cell)]
        if parts:
            table = title_of_table(draft.catalog.tables[row.table_id])
            told = "；".join(_told(cell, row, draft) for cell in parts)
            lines.append(f"{draft.heading}中（{draft.named(table)}），{draft.named(row.label)}的资金来源：{told}。")
    return Reply(tuple(lines))


def _told(cell: FigureRecord, row: Row, draft: Draft) -> str:
    *above, name = [part for part in cell.column_path.split("/") if not _FULL.search(part)] or [cell.column_path]
    shown = name if _FUND.search(name) else "/".join((*above[-1:], name))
    figure = draft.add_figure(draft.named(f"{row.label} {shown}"), value_of(cell), draft.cite([cell]))
    return f"{draft.named(shown)} {figure}"


def _rows_of(quantities: Sequence[Quantity], draft: Draft) -> Iterator[Row]:
    for quantity in quantities:
        yield from (row for cell in quantity.cells[:1] if (row := draft.catalog.rows.get(cell.row_id)))


def _rows_of_unit(select: Select, draft: Draft) -> Iterator[Row]:
    """The row of income of the unit that is named alone."""
    names = [name for name in names_of(select) if name.is_unit]
    links = [link for name in names[:1] if (token := linked(name, draft.catalog)) for link in token.links]
    keys = {link.key for link in links if link.role == "unit"}
    for table in draft.catalog.tables.values():
        if table.kind == _INCOME and keys:
            yield from (row for row in table.rows if (row.unit in keys or row.label in keys) and not row.is_total)


def _is_fund(cell: FigureRecord) -> bool:
    is_filled = cell.value_type == "amount" and bool(cell.number)
    return is_filled and bool(_FUND.search(cell.column_path)) and not cell.column_path.endswith(("合计", "总计"))
