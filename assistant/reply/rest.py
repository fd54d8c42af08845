"""What lies between a whole and its named parts: the figures, the gap, and where the document puts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.plan.own_parts import parts_listed
from assistant.plan.quantity import Quantity
from assistant.query import BaseOf, Rest
from assistant.reading.references import GAP_IS
from assistant.reply.lines import figure_text, sentence_of, told_apart
from assistant.reply.quote import quoted_lines
from assistant.reply.types import Reply
from assistant.run.bases_of_share import bases_of_share
from assistant.run.evaluate import figure_of
from assistant.run.gaps import explained
from assistant.run.operators import added, same_unit, subtracted

_ROUNDED: Final = Decimal(50)
"""Yuan by which each part may be off that is printed with two decimals of 万元."""

_AND_OTHERS: Final = re.compile("等(?:支出|项目|方面|工作)?。")
"""How a list ends that does not name all."""

_ROUNDING: Final = "四舍五入"
_ONLY: Final = (
    (re.compile("基本支出|机关运行经费"), "只列基本支出，相差的部分不在基本支出里，应列在项目支出。"),
    (re.compile("财政拨款"), "只列财政拨款，相差的部分应由财政拨款以外的资金安排。"),
    (re.compile("一般公共预算"), "只列一般公共预算，相差的部分应由一般公共预算以外的资金安排。"),
)
"""Tables that list one part of all money by their titles, and what that tells of the rest."""


def rest_of(query: Rest, draft: Draft, text: str) -> Reply:
    """The whole, its parts, their sum, the gap, and what makes it up. Raises Unsound where they can't be set together.

    Of two figures alone the larger one is the whole.
    """
    if not query.parts:
        return _of_own_parts(query, draft, text)
    each = [figure_of(one, draft, text) for one in (query.whole, *query.parts)]
    missing = tuple(m for e in each for m in e.missing)
    if any(not e.quantities for e in each):
        return Reply((), missing or ("",))
    figures = [e.quantities[0] for e in each]
    same_unit(figures)
    if len(figures) == 2:
        figures.sort(key=lambda q: q.exact or Decimal(0), reverse=True)
    if figures[0].cells and figures[0].cells == figures[1].cells:
        return Reply((), ("",))
    whole, *parts = told_apart(figures)
    lines = [f"- {sentence_of(quantity, draft)}" for quantity in (whole, *parts)]
    together = parts[0]
    if len(parts) > 1:
        together = added(parts, "、".join(part.name for part in parts) + "合计")
        lines.append(f"{together.name}为 {figure_text(together, draft)}。")
    gap = subtracted(whole, together, f"{whole.name}与{together.name}相差")
    lines.append(f"{gap.name} {figure_text(gap, draft)}。")
    where = where_lines(figures[0], figures[1:], gap.exact, draft) if gap.exact else []
    if gap.exact and not where and GAP_IS.search(text):
        missing = (*missing, "相差的部分是什么")
    return Reply((*lines, *where), missing)


def _of_own_parts(query: Rest, draft: Draft, text: str) -> Reply:
    """A figure, the parts that the document lists of it, their sum, and whether it is the figure."""
    found = figure_of(query.whole, draft, text)
    wholes = ((whole, parts_listed(whole, query.count, draft)) for whole in found.quantities)
    whole, parts = next(((whole, parts) for whole, parts in wholes if parts), (None, ()))
    if whole is None or found.missing:
        return Reply((), found.missing or ("",))
    together = added(parts, f"{len(parts)} 项之和")
    gap = subtracted(whole, together, f"写明的总数与{together.name}相差")
    return Reply((
        f"{draft.heading}中，{sentence_of(whole, draft)}（{draft.named(whole.basis)}），其中：",
        *(f"- {sentence_of(part, draft)}" for part in parts),
        f"{draft.named(together.name)}为 {figure_text(together, draft)}。",
        *_verdict(gap, parts, draft),
    ))  # fmt: skip


def _verdict(gap: Quantity, parts: Sequence[Quantity], draft: Draft) -> list[str]:
    """Whether parts come to their whole; where they miss it by rounding what the document says of that."""
    if not gap.exact:
        return ["与写明的总数一致。"]
    line = f"{draft.named(gap.name)} {figure_text(gap, draft)}"
    if gap.exact > _ROUNDED * len(parts) and any(_AND_OTHERS.search(s.sentence) for q in parts for s in q.statements):
        return [f"{line}，是文件没有逐项列明的部分。"]
    if gap.exact > _ROUNDED * len(parts):
        return [f"{line}，两者不一致；文件没有说明以哪一个为准。"]
    told = [each for each in draft.contents.told if _ROUNDING in each.plain]
    return [f"{line}，在四舍五入的范围内。", *quoted_lines(told[:1], draft)]


def base_of(query: BaseOf, draft: Draft, text: str) -> Reply:
    """What a share was taken of, where the document prints it. Raises Unsound."""
    found = figure_of(query.part, draft, text)
    if not found.quantities:
        return Reply((), found.missing or ("",))
    part = found.quantities[0]
    percent = f"{query.percent.normalize():f} %"
    bases = bases_of_share(part, query.percent, draft)
    if not bases:
        return Reply((), found.missing or (f"占 {percent}的基数",))
    lines = [
        f"{draft.heading}中，{sentence_of(part, draft)}；它占 {draft.named(percent)}的，是下面的数：",
        *(_line(base, draft) for base in bases),
    ]
    return Reply(tuple(lines), found.missing)


def where_lines(whole: Quantity, parts: Sequence[Quantity], gap: Decimal, draft: Draft) -> list[str]:
    """Where the gap sits, as far as the document tells."""
    found = explained(whole, parts, gap, draft)
    lines = ["相差的部分，文件里正好对得上的是：", *(_line(q, draft) for q in found)] if found else []
    bases = [part.basis for part in parts]
    only = next((told for of, told in _ONLY if all(map(of.search, bases)) and not of.search(whole.basis)), "")
    if only:
        lines.append(f"“{draft.named(bases[0])}”{only}")
    return lines


def _line(quantity: Quantity, draft: Draft) -> str:
    basis = f"（{draft.named(quantity.basis)}）" if quantity.basis else ""
    return f"- {sentence_of(quantity, draft)}{basis}"
