"""Purchases in words: each line with its project, catalogue and number, and what they come to together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import show_query, value_of
from assistant.plan.bought_rows import line_quantity
from assistant.plan.purchases import (
    KIND,
    PurchaseLine,
    Purchases,
    is_of_purchases,
    is_of_thing,
    lines_of,
    purchases_of,
)
from assistant.plan.quantity import Quantity
from assistant.query import Ask, Query, Ratio, Select, Several, Sum, names_of, nodes_of
from assistant.reply.lines import figure_text, ratio_lines, sentence_of
from assistant.run.operators import Unsound, added, divided

_MOST: Final = 40
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Bought:
    """Purchases that are asked for: ``tell`` words and cites them; the names that nothing tells; how many lines."""

    tell: Callable[[], list[str]]
    missing: tuple[str, ...]
    count: int

    @property
    def is_one(self) -> bool:
        """Whether it is one line, which is an ordinary figure."""
        return self.count < _SEVERAL


def bought(query: Query, draft: Draft, *, adds_up: bool) -> Bought | None:
    """The lines that are asked for of purchases, not yet told; None where none are meant. Raises Unsound."""
    match query:
        case Select() if query.period == "this":
            selects: tuple[Query, ...] = (query,)
        case Sum() | Several():
            selects = query.of
        case Ratio():
            return _for_each(query, draft)
        case _:
            return None
    if not any(_is_meant(select, draft) for select in selects):
        return None
    found = [_of(select, draft) for select in selects]
    if any(not each.lines for each in found):
        return None
    is_sum = adds_up or isinstance(query, Sum)
    if is_sum and len({each.columns for each in found}) > 1:
        raise Unsound("几样东西分列在不同的栏里，不能直接相加")
    missing = tuple(m for each in found for m in each.missing)
    count = len(once(line for each in found for line in each.lines))
    parts = [(_named(select), each.lines) for select, each in zip(selects, found, strict=True)]
    counts = is_sum and any(isinstance(select, Select) and select.quantity == "count" for select in selects)
    return Bought(lambda: _told_lines(parts, draft, is_sum=is_sum, counts=counts), missing, count)


def once(lines: Iterable[PurchaseLine]) -> list[PurchaseLine]:
    """Lines in order, each once."""
    return list({line.row.row_id: line for line in lines}.values())


def _named(query: Query) -> str:
    """What one selection is called."""
    return "".join(name.text for name in names_of(query) if isinstance(query, Select) and name in query.names)


def _is_meant(query: Query, draft: Draft) -> bool:
    """Whether a selection is of purchases."""
    if not isinstance(query, Select) or query.winner is not None or query.place == "prose":
        return False
    return is_of_purchases((*query.names, *query.within), draft.catalog)


def _of(query: Query, draft: Draft) -> Purchases:
    """What one selection buys."""
    if not isinstance(query, Select):
        return Purchases(())
    return purchases_of(query.names, query.within, draft.library, draft.catalog)


def _for_each(query: Ratio, draft: Draft) -> Bought | None:
    """The price of one thing: what its lines come to by how many they buy."""
    found = _of(query.part, draft) if _is_meant(query.part, draft) else Purchases(())
    if not found.lines or any(line.count is None for line in found.lines):
        return None
    return Bought(lambda: _told_price(found.lines, draft), found.missing, _SEVERAL)


def _told_price(lines: Sequence[PurchaseLine], draft: Draft) -> list[str]:
    kinds = {tuple(c.printed for c in line.texts if is_of_thing(c.column_path)) for line in lines}
    if len(kinds) > 1:
        return [told for line in lines for told in _told_price([line], draft)]  # of each kind its own price
    money = [line_quantity(line, draft) for line in lines]
    counts = [Quantity("采购数量", value_of(line.count), "", (line.count,)) for line in lines if line.count]
    part = money[0] if len(money) == 1 else added(money, f"{money[0].name}合计")
    base = counts[0] if len(counts) == 1 else added(counts, "采购数量合计")
    return ratio_lines(divided(part, base, f"{part.name}÷采购数量"), draft)


def _told_lines(
    parts: Sequence[tuple[str, Sequence[PurchaseLine]]], draft: Draft, *, is_sum: bool, counts: bool
) -> list[str]:
    """The lines of all parts, each once; what each part comes to where it has several, and what all of them do.

    That is told where it is asked for, and where they stand in one table and none is a heading of others.
    ``counts``: how many things they buy together is told too.
    """
    lines = once(line for _, each in parts for line in each)
    show_query(draft, ((line.row, line.money) for line in lines))
    quantities = [line_quantity(line, draft) for line in lines]
    count = draft.named(str(len(lines)))
    title = draft.named(draft.library.table(lines[0].money.table_id).title)
    told = [f"{draft.heading}的《{title}》里，相符的有 {count} 条："]
    told += [f"{n}. {_line(line, q, draft)}" for n, (line, q) in enumerate(zip(lines, quantities, strict=True), 1)][
        :_MOST
    ]
    if len(parts) > 1:
        told += [_told_sum(f"其中{draft.named(name)} ", each, draft) for name, each in parts if len(each) > 1]
    if len(lines) > 1 and (is_sum or len({(line.row.table_id, line.is_heading) for line in lines}) == 1):
        told.append(_told_sum("这 ", lines, draft))
    numbers = [Quantity("数量", value_of(line.count), "", (line.count,)) for line in lines if line.count]
    if counts and len(numbers) == len(lines) > 1:
        told.append(f"这 {count} 条的数量合计 {figure_text(added(numbers, '数量合计'), draft)}。")
    return told


def _told_sum(head: str, lines: Sequence[PurchaseLine], draft: Draft) -> str:
    total = added([line_quantity(line, draft) for line in lines], "合计")
    return f"{head}{draft.named(str(len(lines)))} 条合计 {figure_text(total, draft)}。"


def tells_part_of_lines(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether several purchases are asked for by name, and an answer tells another sum than all of them come to."""
    selects = (node for ask in asks for node in nodes_of(ask.query) if isinstance(node, Select))
    return any(_is_in_part(select, draft) for select in selects if select.period == "this" and _is_meant(select, draft))


def _is_in_part(select: Select, draft: Draft) -> bool:
    found = _of(select, draft)
    if len(found.lines) < _SEVERAL or found.missing:
        return False
    total = sum(line.money.number or Decimal(0) for line in found.lines)
    told = [Decimal(figure.value.replace(",", "")) for figure in draft.figures if figure.unit]
    return bool(told) and total not in told


def _line(line: PurchaseLine, quantity: Quantity, draft: Draft) -> str:
    """One line with what its other columns tell."""
    return f"{sentence_of(quantity, draft)}{about_line(line, draft)}"


def about_line(line: PurchaseLine, draft: Draft, *, in_list: bool = False) -> str:
    """What the other columns of a line tell, in brackets; ``in_list``: how many it buys is no figure of a list."""
    details = [f"{cell.column_path.rsplit('/', 1)[-1]}：{draft.named(_plain(cell.printed))}" for cell in line.texts]
    if line.count is not None and in_list:
        draft.cite([line.count])
        details.append(f"数量：{draft.named(_plain(line.count.printed))}")
    elif line.count is not None:
        details.append(f"数量：{figure_text(Quantity('数量', value_of(line.count), '', (line.count,)), draft)}")
    draft.cite(line.texts)
    return f"（{'；'.join(details)}）" if details else ""


def abouts_bought(quantities: Sequence[Quantity], draft: Draft) -> Callable[[Quantity], str]:
    """What the other columns tell of each of several figures that are lines of purchases, "" of what is none."""
    lines = _lines_of(quantities, draft)
    return lambda q: about_line(lines[q.row_id], draft, in_list=True) if q.row_id in lines else ""


def told_line(quantity: Quantity, draft: Draft) -> str:
    """A figure in words; one that is a line of purchases with what its other columns tell."""
    line = _lines_of([quantity], draft).get(quantity.row_id)
    is_money = line is not None and line.money in quantity.cells
    return _line(line, line_quantity(line, draft), draft) if line and is_money else sentence_of(quantity, draft)


def by_own_name(quantity: Quantity, draft: Draft) -> Quantity:
    """A figure; of a line of purchases without a label under the name of its project."""
    line = _lines_of([quantity], draft).get(quantity.row_id)
    return replace(quantity, name=line_quantity(line, draft).name) if line and not line.row.label else quantity


def _lines_of(quantities: Sequence[Quantity], draft: Draft) -> dict[str, PurchaseLine]:
    """The lines of purchases that figures are, by their rows."""
    rows = draft.catalog.rows
    tables = dict.fromkeys(rows[q.row_id].table_id for q in quantities if q.row_id in rows)
    bought = [draft.catalog.tables[key] for key in tables if draft.catalog.tables[key].kind == KIND]
    return {line.row.row_id: line for table in bought for line in lines_of(table, draft.library, draft.catalog)}


def first_line(order: str, quantity: Quantity, draft: Draft, title: str) -> str:
    """The one row that a ranking puts first."""
    figure = figure_text(quantity, draft)
    line = _lines_of([quantity], draft).get(quantity.row_id)
    told = f"{draft.named(quantity.name)}{about_line(line, draft) if line else ''}"
    sign = f"{quantity.sign} " if quantity.sign else ""
    return f"{draft.heading}中{draft.named(title)}，{order}是{told}，为 {sign}{figure}。"


def _plain(text: str) -> str:
    return "".join(text.split())
