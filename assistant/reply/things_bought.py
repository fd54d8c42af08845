"""How many of a thing are bought, for how much and at what price: the lines of purchases that tell most of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import show_query
from assistant.answering.values import Value
from assistant.catalog.linking import item_words
from assistant.plan.bought_rows import line_quantity
from assistant.plan.purchases import KIND, UNIT, PurchaseLine, lines_of
from assistant.plan.quantity import Quantity
from assistant.query import Ask, Purchased
from assistant.reply.lines import figure_text, sentence_of
from assistant.reply.purchases import about_line, once
from assistant.reply.types import Reply
from assistant.run.evaluate import forms_of
from assistant.run.operators import divided
from assistant.understand.wording import normalise, synonyms
from assistant.words import content_of

_MOST: Final = 8
_SEVERAL: Final = 2
_PRICE: Final = "单价"
_GOODS: Final = "货物"
_PEOPLE: Final = "人"
_CODE: Final = re.compile(r"([ABC])\d")
_DEAR: Final = re.compile("贵|便宜|最[高低]|一样")


def things_bought_reply(query: Purchased, draft: Draft, ask: Ask) -> Reply:
    """The lines that tell most of what is asked for, each with its number and price; none where they may be others.

    A table that prints prices tells them itself. None either where ``ask`` names anything more that neither the lines
    nor anything else in the document speaks of.
    """
    of_units = _of_units(query, draft)
    each = [_meant(thing, query, of_units) for thing in query.things]
    lines = once(line for found in each for line in found)
    tables = {draft.catalog.tables[line.row.table_id] for line in lines}
    if not all(each) or len(lines) > _MOST or any(_PRICE in c.path for table in tables for c in table.columns):
        return Reply((), ("采购数量",))
    if unknown := tuple(thing for thing in ask.things if not _is_told_of(thing, query, lines, draft)):
        return Reply((), unknown)
    show_query(draft, ((line.row, line.money) for line in lines))
    told = [_told(line, query.counted, draft) for line in lines]
    lead = f"{draft.heading}的采购中："
    return Reply((lead, *(f"- {line}" for line, _ in told), *_compared([price for _, price in told], ask.text, draft)))


def _is_told_of(thing: str, query: Purchased, lines: Sequence[PurchaseLine], draft: Draft) -> bool:
    is_thing = any(thing in said or said in thing for said in query.things)
    is_each = bool(query.counted) and f"一{query.counted}" in thing  # 合一台多少钱
    return (
        is_thing
        or is_each
        or any(_holds(line, thing) for line in lines)
        or normalise(thing) in draft.contents.full_text
    )


def _compared(prices: Sequence[Quantity], text: str, draft: Draft) -> Iterator[str]:
    """Whether prices differ, and which is the highest, where that is asked."""
    if len(prices) < _SEVERAL or not _DEAR.search(text):
        return
    highest, lowest = (end(prices, key=lambda price: price.exact or Decimal(0)) for end in (max, min))
    if highest.exact == lowest.exact:
        yield f"单价相同，都是 {figure_text(highest, draft)}。"
    else:
        yield f"单价不相同，最高的是{sentence_of(highest, draft)}，最低的是{sentence_of(lowest, draft)}。"


def _of_units(query: Purchased, draft: Draft) -> list[PurchaseLine]:
    """The lines that print a number, of the units asked for."""
    tables = [table for table in draft.catalog.tables.values() if table.kind == KIND]
    every = [line for table in tables for line in lines_of(table, draft.library, draft.catalog) if line.count]
    units = {form for name in query.units for form in forms_of(name, draft)}
    return [line for line in every if not units or normalise(line.told.get(UNIT, "")) in units]


def _meant(thing: str, query: Purchased, of_units: Sequence[PurchaseLine]) -> list[PurchaseLine]:
    """The lines that are of a thing, of these those that hold most of the other words."""
    lines = _of_thing(thing, of_units)
    if query.counted and query.counted != _PEOPLE:
        lines = [line for line in lines if _may_be_goods(line)]
    held = [frozenset(word for word in query.words if _holds(line, word)) for line in lines]
    most = max(map(len, held), default=0)
    return [line for line, each in zip(lines, held, strict=True) if len(each) == most]


def _may_be_goods(line: PurchaseLine) -> bool:
    """Whether a line says nothing else than that goods are bought, by its class or by the letter of its code."""
    coded = (_CODE.match(said.strip()) for said in (line.row.label, *line.told.values()))
    return line.told.get("类别", "") in ("", _GOODS) and all(code[1] == "A" for code in coded if code)


def _of_thing(thing: str, lines: Sequence[PurchaseLine]) -> list[PurchaseLine]:
    """The lines that hold a thing as it is said or printed otherwise; else, of one that isn't known, all its words."""
    if (found := [line for line in lines if _holds(line, thing)]) or normalise(thing) in item_words():
        return found
    return [line for line in lines if all(_holds(line, word) for word in content_of(thing))]


def _holds(line: PurchaseLine, word: str) -> bool:
    text = normalise("".join(said for column, said in line.told.items() if UNIT not in column))
    plain = normalise(word)
    return any(form in text for form in (plain, *item_words().get(plain, ()), *synonyms().get(plain, ())))


def _told(line: PurchaseLine, counted: str, draft: Draft) -> tuple[str, Quantity]:
    """One line, what it costs, how many are bought and what one costs; and that price."""
    assert line.count is not None
    money = line_quantity(line, draft)
    number = Quantity("数量", Value("quantity", line.count.number, unit=counted), "", (line.count,))
    price = divided(money, number, f"{money.name}的单价")
    each = f"平均每{counted or '单位'} {figure_text(price, draft)}"
    return f"{sentence_of(money, draft)}{about_line(line, draft)}，{each}", price
