"""One thing in all places that state it: each with its figure, and by how much two of them differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.phrases import title_of_table
from assistant.catalog.linking import linked
from assistant.plan.places import FORMS, contrary_reasons, counted_elsewhere, places_of
from assistant.plan.purchases import KIND as PURCHASES
from assistant.plan.quantity import Quantity
from assistant.query import Ask, Change, Places, Select, names_of, nodes_of
from assistant.reading.references import GAP_IS
from assistant.reply.claims import is_near
from assistant.reply.lines import figure_text, sentence_of
from assistant.reply.quote import quoted_lines
from assistant.reply.rest import where_lines
from assistant.run.operators import subtracted
from assistant.told import Told

_TABLE_NUMBER: Final = re.compile(r"(?:公开|附)?表\s*[\d一二三四五六七八九十]+(?:[-—.]\d+)*|公开\s*\d+\s*表")
_ROUNDED: Final = Decimal(100)
"""Yuan by which two figures of one thing may differ where one is rounded."""


def differs(ask: Ask, draft: Draft) -> bool | None:
    """Whether a document states a thing differently in two places; None where it doesn't state it at all.

    Nor does it where amounts are said to be stated and none of the places has one of them: something else is meant.
    """
    query = ask.query
    if not isinstance(query, Places):
        return None
    if found := places_of(query.of, draft, ask.text):
        is_meant = not ask.claims or any(is_near(c, q.exact) for c in ask.claims for q in found if q.exact is not None)
        return _is_split(query, found, draft) if is_meant else None
    return False if _is_indicator(query, draft) else None


def _is_indicator(query: Places, draft: Draft) -> bool:
    """Whether a name is of indicators alone: they are stated, if not in numbers that can be set side by side."""
    tokens = [linked(name, draft.catalog) for name in names_of(query)]
    tables = {link.table_id for token in tokens if token for link in token.links if link.role == "row"}
    return bool(tables) and all(draft.catalog.tables[table].kind in FORMS for table in tables)


def places_lines(query: Places, draft: Draft, text: str) -> list[str]:
    """All places with their figures, then what they come to; empty where all state the same."""
    found = places_of(query.of, draft, text)
    if not _is_split(query, found, draft):
        return []
    found = _in_tables_named(found, text, draft)
    is_change = any(isinstance(node, Change) for node in nodes_of(query))
    count = draft.named(str(len(found)))
    lines = [f"{draft.heading}中，写到{_called(query)}{'比上年增减' if is_change else ''}的有 {count} 处："]
    lines += [f"- {draft.named(q.basis)}：{_told(q, draft, is_change=is_change)}" for q in found]
    lines += [line for told in _otherwise(query, found, draft) for line in quoted_lines([told], draft)]
    lines += _verdict(found, draft, is_change=is_change)
    values = sorted(_apart(found), key=lambda q: q.exact or Decimal(0), reverse=True)
    if GAP_IS.search(text) and len(values) == 2 and not is_change:
        gap = (values[0].exact or Decimal(0)) - (values[1].exact or Decimal(0))
        lines += where_lines(values[0], values[1:], gap, draft)
    return lines


def _in_tables_named(found: tuple[Quantity, ...], text: str, draft: Draft) -> tuple[Quantity, ...]:
    """The figures that stand in the tables whose numbers a question says; all where these don't differ."""
    said = {re.sub(r"\s", "", number) for number in _TABLE_NUMBER.findall(text)}
    tables = draft.catalog.tables
    numbered = tuple(
        q for q in found if any(_number_of(title_of_table(tables[cell.table_id])) in said for cell in q.cells)
    )
    return numbered if len(_apart(numbered)) > 1 else found


def _number_of(title: str) -> str:
    match = _TABLE_NUMBER.match(title)
    return re.sub(r"\s", "", match.group()) if match else ""


def _is_split(query: Places, found: tuple[Quantity, ...], draft: Draft) -> bool:
    """Whether two figures of one unit differ, or a sentence says otherwise."""
    units = {(q.value.kind, q.value.unit if q.value.kind == "quantity" else "") for q in found}
    differ = len(_apart(found)) > 1 or any(True for _ in _otherwise(query, found, draft))
    return differ and len(units) == 1 and not _are_lines(found, draft)


def _are_lines(found: Sequence[Quantity], draft: Draft) -> bool:
    """Whether figures are several lines of one table of purchases or projects: each is of its own."""
    tables = {draft.catalog.rows[q.row_id].table_id if q.row_id in draft.catalog.rows else "" for q in found}
    table = draft.catalog.tables.get(next(iter(tables))) if len(tables) == 1 else None
    return table is not None and (table.lists_projects or table.kind == PURCHASES)


def _apart(found: Sequence[Quantity]) -> list[Quantity]:
    """The figures that differ, one for all that differ no more than by rounding to a hundredth of 10,000 yuan."""
    kept: list[Quantity] = []
    for q in found:
        least = _ROUNDED if q.value.kind == "amount" else Decimal(0)
        if all(abs((q.exact or Decimal(0)) - (other.exact or Decimal(0))) > least for other in kept):
            kept.append(q)
    return kept


def _otherwise(query: Places, found: tuple[Quantity, ...], draft: Draft) -> Iterator[Told]:
    """The sentences that say otherwise: a reason for the contrary, another number of the same things."""
    if isinstance(query.of, Select) and query.of.counted and found:
        yield from counted_elsewhere(found, query.of, draft)
    changes = [node for node in nodes_of(query) if isinstance(node, Change)]
    if len(changes) == 1 and isinstance(changes[0].of, Select) and found:
        yield from contrary_reasons(found, changes[0].of, draft)


def _called(query: Places) -> str:
    """What is stated, as the question has it."""
    selects = [node for node in nodes_of(query) if isinstance(node, Select)]
    names = [name.text for select in selects for name in select.names]
    return f"“{'、'.join(names)}”" if names else "、".join(f"{select.side}总数" for select in selects if select.side)


def _told(quantity: Quantity, draft: Draft, *, is_change: bool) -> str:
    if not is_change:
        return sentence_of(quantity, draft)
    exact = quantity.exact or Decimal(0)
    word = "增加" if exact > 0 else "减少" if exact < 0 else "增减"
    shown = replace(quantity, value=replace(quantity.value, exact=abs(exact)))
    return f"{draft.named(quantity.name)}比上年{word} {figure_text(shown, draft)}"


def _verdict(found: Sequence[Quantity], draft: Draft, *, is_change: bool) -> list[str]:
    values = _apart(found)
    if is_change and len({(q.exact or 0) > 0 for q in values}) > 1:
        return ["有的写增加、有的写减少，方向不一致。"]
    if len(values) == 2:
        gap = subtracted(values[0], values[1], "两处相差")
        return [f"两个数不同，相差 {figure_text(gap, draft)}；各处口径可能不同，文件没有说明以哪一处为准。"]
    if len(values) > 2:
        told = f"共有 {draft.named(str(len(values)))} 个不同的数；各处口径可能不同，文件没有说明以哪一处为准。"
        return [told, *(_gaps(values, draft) if len(values) == 3 else ())]
    if is_change:
        return ["写明的增减一致，给的原因却是相反方向的，前后矛盾。"]
    return ["上面引的原文写的是另一个数，两处不一致；文件没有说明以哪一处为准。"]


def _gaps(values: Sequence[Quantity], draft: Draft) -> Iterator[str]:
    """How far each two of a few figures are apart."""
    for one, other in combinations(values, 2):
        gap = subtracted(one, other, "两处相差")
        yield f"- {draft.named(one.basis)}与{draft.named(other.basis)}相差 {figure_text(gap, draft)}"
