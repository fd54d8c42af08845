"""Lists that a lead-in opens (``编制范围的单位包括：``): what stands right below it, quoted whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.answering.draft import Draft
from index.ordinals import rank
from index.records import ParagraphRecord, TableRecord

_OPENS: Final = re.compile(r"[:：]\s*(?:[（(]?[1一][）)]?[.．、][^。:：]*[;；]\s*)?$|(?:如下|见下)表?[。.]?\s*$")
_PAGE_BREAK: Final = 2
"""How far apart neighbours may stand: a page number may lie between them."""

_MOST: Final = 80
_SERIAL: Final = re.compile(r"[（(]?[\d一二三四五六七八九十]+[）)]?[、.．]?|序号")


def opens_list(text: str) -> bool:
    """Whether a text only announces what comes next, or breaks off behind the first of what it lists."""
    return bool(_OPENS.search(text))


def lead_in_of(draft: Draft, item: ParagraphRecord) -> ParagraphRecord | None:
    """The lead-in of the list that a numbered paragraph stands in; None where it stands in none."""
    if rank(item.text) is None:
        return None
    above = (p for p in reversed(draft.contents.paragraphs.values()) if p.position < item.position)
    lead = next((p for p in above if p.section == item.section and rank(p.text) != rank(item.text)), None)
    return lead if lead and opens_list(lead.text) and item in _items(lead, _following(draft, lead)) else None


def _following(draft: Draft, lead: ParagraphRecord) -> list[ParagraphRecord]:
    return [p for p in draft.contents.paragraphs.values() if p.position > lead.position]


def list_below(draft: Draft, lead: ParagraphRecord) -> list[str]:
    """The list that a lead-in opens, each line with its mark: numbered paragraphs, a table's names, or paragraphs."""
    following = _following(draft, lead)
    items = list(_items(lead, following))
    table = None if items and rank(items[0].text) is not None else _table_below(draft, lead, following)
    if table:
        return list(_names(draft, table))
    return [f"{item.text}[{draft.cite_passage(item, item.text)}]" for item in items[:_MOST]]


def _items(lead: ParagraphRecord, following: list[ParagraphRecord]) -> Iterator[ParagraphRecord]:
    """The paragraphs side by side below a lead-in in its section: those numbered alike, or else the plain ones."""
    last, level = lead, rank(following[0].text) if following else None
    for paragraph in following:
        is_near = paragraph.position <= last.position + _PAGE_BREAK and paragraph.section == lead.section
        if not is_near or rank(paragraph.text) != level or (level is None and paragraph.role == "heading"):
            return
        yield paragraph
        last = paragraph


def _table_below(draft: Draft, lead: ParagraphRecord, following: list[ParagraphRecord]) -> TableRecord | None:
    """The first table of the lead-in's section, where one stands right below it."""
    is_next = bool(following) and following[0].position > lead.position + 1
    tables = (t for t in draft.contents.tables.values() if t.section == lead.section)
    first = next(tables, None) if is_next else None
    pages = (lead.page, (lead.page or 0) + 1)
    return first if first and first.state == "empty" and first.page_first in pages else None


def _names(draft: Draft, table: TableRecord) -> Iterator[str]:
    """The lines of a table of names, each with the mark of its first name."""
    body = table.grid[max(table.header_rows, 1) :] if _is_head(table.grid[0]) else table.grid
    for number, line in enumerate(body, start=1):
        named = [i for i, cell in enumerate(line) if cell.strip() and not _SERIAL.fullmatch(cell.strip())]
        if named:
            printed = "，".join(line[i].replace(" ", "") for i in named)
            mark = draft.citations.printed(draft.contents.record, table, number, named[0] + 1, line[named[0]])
            yield f"{draft.named(printed)}[{mark}]"


def _is_head(line: tuple[str, ...]) -> bool:
    return any(cell.strip() in ("序号", "单位名称", "名称") for cell in line) and not any(map(str.isdecimal, line))
