"""Who carries out a project: as its form says, or as the list does that it stands in."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.citations import marks
from assistant.plan.bind import bind
from assistant.plan.bought_rows import bought_lines
from assistant.plan.forms import funds_of_project, holder_of
from assistant.query import Holder, Name, Select
from assistant.reply.lines import sentence_of
from assistant.reply.types import Reply

_SEVERAL: Final = 2


def holder_reply(holder: Holder, draft: Draft) -> Reply:
    """Who carries out the project that is named, with what it costs; none where nothing tells."""
    text = "".join(name.text for name in holder.names)
    told = holder_of(text, draft)
    if told is None:
        return _listed(holder.names, draft)
    form, cell = told
    name = draft.named("".join(cell.printed.split()))
    mark = marks(draft.cite([cell]))
    funds = funds_of_project(form, draft)
    cost = f"；{sentence_of(funds, draft)}" if funds is not None else ""
    return Reply((f"{draft.heading}中，{draft.named(form.name)}的{cell.row_label}是 **{name}**{mark}{cost}。",))


def _listed(names: tuple[Name, ...], draft: Draft) -> Reply:
    """The unit under which the rows stand that bear a name, where the budget is made up of several."""
    if len(draft.catalog.units) < _SEVERAL:
        return Reply(())
    select = Select(names=names)
    found = bought_lines(select, draft) or bind(select, draft).readings
    rows = [(one, draft.catalog.rows.get(one.row_id)) for one in found]
    units = {row.unit for _, row in rows if row is not None and row.unit}
    if len(units) != 1:
        return Reply(())
    lines = (
        f"{sentence_of(one, draft)}，列在 **{draft.named(row.unit)}** 名下" for one, row in rows if row and row.unit
    )
    return Reply(tuple(f"{draft.heading}中，{line}。" for line in lines))
