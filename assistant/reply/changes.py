"""Changes put together: what several come to, and last year's figure of a whole from the changes of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answering.draft import Draft
from assistant.answering.values import percentage
from assistant.plan.quantity import Quantity
from assistant.plan.rows import named_parts
from assistant.query import Change, Name, Query, Select, Sum
from assistant.reply.lines import figure_text, sentence_of
from assistant.run.evaluate import changes_of, evaluate
from assistant.run.operators import Unsound, added


def adds_last_year(query: Query) -> bool:
    """Whether last year's figures are to be added up."""
    return isinstance(query, Sum) and all(isinstance(one, Select) and one.period == "last" for one in query.of)


def net_lines(query: Sum, draft: Draft, text: str) -> list[str]:
    """Each change, then what they come to; empty where one is not told. Raises Unsound."""
    each = [evaluate(one, draft, text) for one in query.of]
    if any(not e.quantities or e.missing for e in each):
        return []
    changes = [e.quantities[0] for e in each]
    net = added(changes, "合计比上年净增减")
    word = "净增加" if (net.exact or 0) > 0 else "净减少" if (net.exact or 0) < 0 else "没有增减，净变化"
    both = _of_both_years(query, changes, draft, text)
    return [
        *(f"- {_told(change, draft)}" for change in changes),
        f"{draft.heading}中，以上合计比上年{word} {figure_text(_absolute(net), draft)}{both}。",
    ]


def _of_both_years(query: Sum, changes: Sequence[Quantity], draft: Draft, text: str) -> str:
    """What several things came to in either year, and by how many per cent that moved; "" where one is not told."""
    figures = [evaluate(one.of, draft, text).quantities[:1] for one in query.of if isinstance(one, Change)]
    now = [_with_its_change(q, change) for (q,), change in zip(figures, changes, strict=True)] if all(figures) else []
    before = [_before(figure, change) for figure, change in zip(now, changes, strict=True)] if now else []
    if not before or any(q.exact is None or q.exact < 0 for q in before):
        return ""
    this, last = added(now, "本年合计"), added(before, "上年合计（推算）")
    told = f"（本年合计 {figure_text(this, draft)}，上年合计 {figure_text(last, draft)}（推算））"
    gap = (this.exact or Decimal(0)) - (last.exact or Decimal(0))
    if not last.exact or not gap:
        return told
    rate = Quantity("合计的增减率", percentage(abs(gap), last.exact), this.document_id, parts=(this, last))
    return f"{told}，{'增长' if gap > 0 else '下降'} {figure_text(rate, draft)}"


def worked_out_lines(of: Query, draft: Draft, text: str) -> list[str]:
    """The rate of a change worked out from both amounts, to two decimals; empty where one is not told."""
    found = evaluate(of, draft, text)
    figure = found.quantities[0] if found.quantities else None
    try:
        changes = changes_of((figure,), draft) if figure is not None else ()
    except Unsound:
        return []
    if figure is None or len(changes) != 1 or found.missing:
        return []
    before = _before(_with_its_change(figure, changes[0]), changes[0])
    if not before.exact or before.exact < 0 or not changes[0].exact:
        return []
    value = percentage(abs(changes[0].exact), before.exact)
    word = "增长" if changes[0].exact > 0 else "下降"
    rate = Quantity(f"{figure.name}按金额计算的增减率", value, figure.document_id, parts=(changes[0], before))
    return [
        f"以本年数减去增减额得出的上年数 {figure_text(before, draft)}为基数，"
        f"{_told(changes[0], draft)}，合{word} {figure_text(rate, draft)}。"
    ]


def earlier_lines(names: Sequence[Name], draft: Draft) -> list[str]:
    """Last year's figure of a whole: its parts' figures less their changes; empty where one is not told."""
    parts = named_parts(tuple(names), draft)
    try:
        changes = [
            added(found, part.name) if len(found := changes_of((part,), draft)) > 1 else found[0] for part in parts
        ]
    except (Unsound, IndexError):
        return []
    if len(parts) < 2:
        return []
    parts = tuple(_with_its_change(part, change) for part, change in zip(parts, changes, strict=True))
    before = [_before(part, change) for part, change in zip(parts, changes, strict=True)]
    if any(earlier.exact is not None and earlier.exact < 0 for earlier in before):
        return []
    total = added(before, "上年各项合计（推算）")
    lines = [
        f"- 上年{draft.named(part.name)}为 {figure_text(earlier, draft)}"
        f"（本年 {figure_text(part, draft)}，{_told(change, draft)}）"
        for part, earlier, change in zip(parts, before, changes, strict=True)
    ]
    return [f"{draft.heading}中，由各项的增减倒推，上年合计为 {figure_text(total, draft)}：", *lines]


def _with_its_change(figure: Quantity, change: Quantity) -> Quantity:
    """A figure as the sentence states it that states its change: another place may state another one."""
    statement = change.statements[0] if change.statements else None
    if statement is None or statement.amount_yuan in (None, figure.exact):
        return figure
    value = replace(figure.value, exact=statement.amount_yuan)
    return Quantity(figure.name, value, figure.document_id, statements=(statement,))


def _before(part: Quantity, change: Quantity) -> Quantity:
    exact = (part.exact or Decimal(0)) - (change.exact or Decimal(0))
    return Quantity(f"上年{part.name}", replace(part.value, exact=exact), part.document_id, parts=(part, change))


def _absolute(quantity: Quantity) -> Quantity:
    return replace(quantity, value=replace(quantity.value, exact=abs(quantity.exact or Decimal(0))))


def _told(change: Quantity, draft: Draft) -> str:
    if not change.exact:
        return draft.named(change.name)
    return sentence_of(_absolute(change), draft)
