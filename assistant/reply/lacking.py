"""Units that have none of something, told with the figures of those that have it as sources."""

from __future__ import annotations

from decimal import Decimal

from assistant.answering.draft import Draft
from assistant.answering.values import Value
from assistant.plan.lacking import lacked_by_units, units_lacking
from assistant.plan.quantity import Quantity
from assistant.query import Count, Query
from assistant.reading.rows import asked_count
from assistant.reply.lines import cited_by, sentence_of
from assistant.reply.types import Reply


def lacking_reply(query: Query, draft: Draft, text: str) -> Reply | None:
    """The units that have none of something, each with all that it has; None where none of that is asked or told."""
    of = query.of if isinstance(query, Count) else query
    lacking = units_lacking(of, draft)
    if lacking is None:
        return None
    item = "的".join(name.text for name in lacked_by_units(of))
    if not lacking.units:
        having = (f"- {sentence_of(quantity, draft)}" for quantity in lacking.having)
        return Reply((f"{draft.heading}中，各单位都列有{draft.named(item)}：", *having))
    asked = asked_count(text)
    if asked and asked != len(lacking.units):
        return Reply((), (f"共 {asked} 家",))
    sources = [n for quantity in (*lacking.units, *lacking.having) for n in cited_by(quantity, draft)]
    count = draft.add_figure(
        f"没有列{item}的单位个数",
        Value("quantity", Decimal(len(lacking.units)), unit="个"),
        list(dict.fromkeys(sources)),
    )
    lead = f"{draft.heading}中，没有列{draft.named(item)}（或列为零）的单位有 {count}："
    units = [f"- {_told(quantity, draft)}" for quantity in lacking.units]
    return Reply((lead, *units))


def _told(unit: Quantity, draft: Draft) -> str:
    """A unit with its total, so that it is seen to be one of them."""
    return f"**{draft.named(unit.name)}**（{sentence_of(unit, draft)}，{draft.named(unit.basis)}）"
