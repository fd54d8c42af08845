"""The lines in which figures are printed, each with its citations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.phrases import title_of_table
from assistant.answering.values import Value, percentage
from assistant.plan.quantity import Quantity
from assistant.run.operators import Unsound, added, gap_rate, subtracted

MOST_ROWS: Final = 60
"""Rows of a list that are printed."""


def cited_by(quantity: Quantity, draft: Draft) -> list[int]:
    """The numbers of all that a figure rests on."""
    numbers = draft.cite(quantity.cells) + [draft.cite_statement(s) for s in quantity.statements]
    return numbers + [n for part in quantity.parts for n in cited_by(part, draft)]


def figure_text(quantity: Quantity, draft: Draft) -> str:
    """A figure with its citations, and the rows that only together are it."""
    rows = rows_beside(quantity, draft)
    return f"{_figure(quantity, draft)}{rows}"


def rows_beside(quantity: Quantity, draft: Draft) -> str:
    """The rows that only together are a figure, in brackets, where they aren't told yet; else ""."""
    told = {figure.label for figure in draft.figures}
    untold = quantity.rows if any(row.name not in told for row in quantity.rows) else ()
    rows = "；".join(f"{draft.named(row.name)} {_figure(row, draft)}" for row in untold)
    return f"（其中：{rows}）" if rows else ""


def _figure(quantity: Quantity, draft: Draft) -> str:
    return draft.add_figure(draft.named(quantity.name), quantity.value, list(dict.fromkeys(cited_by(quantity, draft))))


def sentence_of(quantity: Quantity, draft: Draft) -> str:
    """What a figure is of, and the figure; of a sum with its terms, where they aren't told yet."""
    sign = f"{quantity.sign} " if quantity.sign else ""
    is_word = "" if quantity.name.endswith(("增加", "减少")) else "为"
    told = replace(quantity, rows=quantity.parts) if _is_sum(quantity) and not quantity.rows else quantity
    return f"{draft.named(quantity.name)}{is_word} {sign}{figure_text(told, draft)}"


def _is_sum(quantity: Quantity) -> bool:
    """Whether a figure is what the figures that it was computed from come to."""
    return (
        len(quantity.parts) > 1 and sum((q.exact or Decimal(0) for q in quantity.parts), Decimal(0)) == quantity.exact
    )


def difference_lines(
    quantities: Sequence[Quantity], drafts: Sequence[Draft], *, in_per_cent: bool = False
) -> list[str]:
    """The figures and how far the first is from each other one; ``in_per_cent``: also in per cent of that one."""
    quantities = told_apart(quantities)
    lines = [f"- {sentence_of(q, d)}" for q, d in zip(quantities, drafts, strict=True)]
    first, draft = quantities[0], drafts[0]
    for other in quantities[1:]:
        gap = subtracted(first, other, f"{first.name}与{other.name}相差")
        more = (first.exact or 0) - (other.exact or 0)
        higher, lower = ("高", "低") if first.value.kind == "amount" else ("多", "少")
        word = higher if more > 0 else lower if more < 0 else "相同，差"
        rate = gap_rate(first, other, f"{first.name}与{other.name}相差的百分比") if in_per_cent else None
        told = f"，按两个数计算，{word} {figure_text(rate, draft)}" if rate else ""
        than = "比" if more else "与"
        lines.append(f"{first.name}{than}{other.name}{word} {figure_text(gap, draft)}{told}。")
    return lines


def told_apart(quantities: Sequence[Quantity]) -> Sequence[Quantity]:
    """Figures of one name with the tables that they stand in, where these are others."""
    names, bases = {q.name for q in quantities}, {q.basis for q in quantities}
    if len(names) > 1 or len(bases) < len(quantities) or "" in bases:
        return quantities
    return [replace(q, name=f"{q.name}（{q.basis}）") for q in quantities]


def basis_lines(quantities: Sequence[Quantity], draft: Draft) -> list[str]:
    """A sum of the figures of one table, with the table and its terms."""
    tables = [{cell.table_id for cell in q.cells} for q in quantities]
    shared = next(iter(sorted(set.intersection(*tables))))
    title = title_of_table(draft.catalog.tables[shared])
    own = [replace(q, cells=tuple(c for c in q.cells if c.table_id == shared)) for q in quantities]
    terms = "、".join(sentence_of(q, draft) for q in own)
    return [f"- {draft.named(title)}：{figure_text(added(own, '合计'), draft)}，其中{terms}"]


def rest_lines(whole: Quantity, parts: Sequence[Quantity], draft: Draft) -> list[str]:
    """What is left of a figure without parts of it. Raises Unsound."""
    if any((part.name, part.exact) == (whole.name, whole.exact) for part in parts):
        raise Unsound("部分就是整体")  # 基本支出表里不在基本支出的
    whole, *parts = told_apart((whole, *parts))
    names = [part.name.removeprefix(f"{whole.name}的") for part in parts]
    named = "、".join(names)
    left_out = parts[0] if len(parts) == 1 else added(parts, named)
    if (left_out.exact or 0) > (whole.exact or 0):
        raise Unsound("部分大于整体")
    rest = subtracted(whole, left_out, f"{whole.name}除{named}外")
    lines = [f"- {sentence_of(q, draft)}" for q in (whole, *parts)]
    return [*lines, f"{whole.name}除{draft.named(named)}外还有 {figure_text(rest, draft)}。"]


def ratio_lines(result: Quantity, draft: Draft, *, with_basis: bool = False) -> list[str]:
    """A quotient, then what is divided by what; ``with_basis``: where the first of them stands too."""
    part, base = result.parts
    each = base.value.unit or "单位"
    word = "是" if result.value.unit == "倍" else f"平均每{each}"
    name = f"{part.name}（{draft.named(part.basis)}）" if with_basis else part.name
    told = figure_text(result, draft)
    if word == "是" and part.exact is not None and base.exact and abs(part.exact) < abs(base.exact):
        percent = replace(result, name=f"{part.name}相当于{base.name}", value=percentage(part.exact, base.exact))
        told += f"（{figure_text(percent, draft)}）"
    return [
        f"{name}{word}{f'{base.name}的' if word == '是' else ''} {told}：",
        f"- {sentence_of(part, draft)}",
        f"- {_base_sentence(base, draft)}",
    ]


def _base_sentence(base: Quantity, draft: Draft) -> str:
    """What was divided by; a number that everybody knows has no source and is no figure."""
    if base.cells or base.statements or base.parts:
        return sentence_of(base, draft)
    return f"{base.name}按 {draft.named(base.value.shown(None))}算"


def stated_share(quantity: Quantity, draft: Draft) -> str:
    """The share that the sentence itself prints (占…76.76%), "" where it prints none."""
    statement = quantity.statements[0] if quantity.statements else None
    if statement is None or statement.share_percent is None:
        return ""
    percent = Quantity(
        f"{quantity.name}的占比", Value("percent", statement.share_percent, unit="%"), "", (), (statement,)
    )
    sentence = draft.named(statement.sentence)
    return f"{draft.heading}中，{sentence_of(quantity, draft)}，{sentence_of(percent, draft)}。正文写道：“{sentence}”"


def list_lines(
    quantities: Sequence[Quantity],
    draft: Draft,
    title: str,
    order: str = "共",
    about: Callable[[Quantity], str] = lambda _: "",
) -> list[str]:
    """Rows, numbered; ``order``: what is said before how many there are; ``about``: what is said behind each."""
    if len(quantities) == 1:
        return [f"{draft.heading}中{draft.named(title)}，{sentence_of(quantities[0], draft)}{about(quantities[0])}。"]
    count = draft.named(str(len(quantities)))
    lines = [f"{draft.heading}中{draft.named(title)}{order} {count} 项："]
    lines += [f"{n}. {sentence_of(q, draft)}{about(q)}" for n, q in enumerate(quantities[:MOST_ROWS], start=1)]
    return lines
