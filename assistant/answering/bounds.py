"""Bounds and wholes that have to be looked up first: ``比公务接待费高``, ``高于平均``, ``占比超过10%``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answering.draft import Draft
from assistant.answering.found import find, value_of
from assistant.answering.members import Member, Whole
from assistant.answering.phrases import name_of
from assistant.answering.terms import Term, terms_of
from assistant.answering.thresholds import condition, passes, passes_all
from assistant.answering.values import Value, added, mean, percentage
from assistant.resolve import Reading, RowSet, row_sets_of
from assistant.understand.types import Operand, Threshold, Understanding


@dataclass(frozen=True, slots=True)
class Bound:
    """A filter whose bound was looked up, with the words and marks that say it."""

    threshold: Threshold
    said: str


def sets_beside(draft: Draft, asked: Understanding, operand: Operand) -> tuple[tuple[RowSet, ...], Understanding]:
    """The sets of rows meant, those first that print the figures they are compared with.

    Rows compared with a subtotal are of its level.
    """
    named = [t.than for t in asked.thresholds if t.than]
    named += [asked.share_of] if asked.share_of is not None and asked.share_of != Operand() else []
    terms = [term for reference in named for term in terms_of(draft, asked, [reference]) or ()]
    rows = [cell.row for term in terms for cell in term.cells]
    is_subtotal = bool(rows) and not rows[0].is_leaf and not rows[0].is_total
    if is_subtotal and asked.share_of is None and asked.level is None and not operand.terms:
        asked = replace(asked, level=rows[0].level)
    sets = row_sets_of(operand, draft.catalog, asked)
    tables = {part.table.table_id for term in terms for part in term.parts}
    systems = {row.code_system for row in rows}
    order = [(s.table.table_id not in tables, not {r.code_system for r in s.rows} <= systems) for s in sets]
    if not rows:
        return sets, asked
    return tuple(s for _, s in sorted(zip(order, sets, strict=True), key=lambda pair: pair[0])), asked


def looked_up(draft: Draft, asked: Understanding, row_set: RowSet) -> list[Bound] | None:
    """The filters ``than`` another figure with its amount as bound; None where one has no figure of the rows' kind."""
    bounds = []
    for threshold in (t for t in asked.thresholds if t.than):
        term = _beside(draft, asked, row_set, threshold.than or Operand())
        if term is None or term.value.exact is None or term.value.kind != _kind(row_set):
            return None
        unit = "元" if term.value.kind == "amount" else None
        figure = draft.add_figure(term.name, term.value, draft.cite(c.cell for c in term.cells))
        made = Threshold(threshold.comparison, (term.value.exact,), unit)
        bounds.append(Bound(made, f"{draft.named(term.name)}（{figure}）"))
    return bounds


def _kind(row_set: RowSet) -> str:
    return "amount" if row_set.column.value_type == "amount" else "quantity"


def _beside(draft: Draft, asked: Understanding, row_set: RowSet, operand: Operand) -> Term | None:
    """The operand's term, in the rows' own table and column where it stands there."""
    terms = terms_of(draft, asked, [operand], Reading(row_set.table, row_set.rows[:1], row_set.column))
    return terms[0] if terms else None


def above_mean(draft: Draft, asked: Understanding, members: Sequence[Member]) -> tuple[list[Member], list[Bound]]:
    """The members on the asked side of their own average."""
    thresholds = [t for t in asked.thresholds if t.of_mean]
    total = added(m.value for m in members)
    count = sum(m.value.exact is not None for m in members)
    if not thresholds or total.exact is None:
        return list(members), []
    exact = Threshold(thresholds[0].comparison, (total.exact,), "元" if total.kind == "amount" else None)
    kept = [m for m in members if m.value.exact is not None and passes(_times(m.value, count), exact, None)]
    average = mean(total.exact, count, total.unit) if total.unit else replace(total, exact=total.exact / count)
    figure = draft.add_figure("平均", average, draft.cite(m.cell for m in members))
    return kept, [Bound(exact, f"{draft.named(str(count))} 项的平均值（{figure}，四舍五入）")]


def _times(value: Value, count: int) -> Value:
    return replace(value, exact=(value.exact or Decimal(0)) * count)


def whole_of(draft: Draft, asked: Understanding, row_set: RowSet, members: Sequence[Member]) -> Whole | None:
    """What the members' shares are of: the figure named, else the rows' parent or the table's total, else their sum.

    A figure smaller than one of its parts isn't their whole (the column 项目支出 for the rows of the table 项目支出表).
    """
    largest = max((m.value.exact for m in members if m.value.exact is not None), default=Decimal(0))
    if asked.share_of != Operand():
        term = _beside(draft, asked, row_set, asked.share_of or Operand())
        if term and term.value.exact and term.value.exact >= largest:
            return Whole(term.name, term.value, tuple(draft.cite(cell.cell for cell in term.cells)))
    side = (None, row_set.rows[0].side)
    totals = (row for row in row_set.table.rows if row.is_total and row.side in side)
    if (total := row_set.parent or next(totals, None)) is not None:
        found = find(draft, [[Reading(row_set.table, (total,), row_set.column)]])[0]
        if found and found[0].value.exact:
            return Whole(name_of(found[0], draft.catalog), found[0].value, tuple(draft.cite(found[0].records)))
    summed = added(m.value for m in members)
    return Whole("各项合计", summed, tuple(draft.cite(m.cell for m in members))) if summed.exact else None


def with_shares(members: Sequence[Member], whole: Whole, thresholds: Sequence[Threshold]) -> list[Member]:
    """The members with their shares, those that pass the filters in per cent; without a number none has a share."""
    assert whole.value.exact
    bounds = [replace(t, unit=None) for t in thresholds if t.unit == "%"]
    told = []
    for member in (m for m in members if m.value.exact is not None and m.value.kind == whole.value.kind):
        exact = Value("percent", (member.value.exact or Decimal(0)) * 100 / whole.value.exact, unit="%")
        if passes_all(exact, bounds, None):
            told.append(replace(member, share=percentage(member.value.exact or Decimal(0), whole.value.exact)))
    return told


def with_own_shares(draft: Draft, row_set: RowSet, members: Sequence[Member]) -> list[Member]:
    """The members with their share of their own line's total; without such a total none has a share."""
    column = row_set.table.default_column(row_set.rows[0].side)
    if column is None or column.number == row_set.column.number:
        return []
    lines = draft.library.figures({member.row.row_id for member in members})
    told = []
    for member in (m for m in members if m.value.exact is not None):
        cell = next((f for f in lines[member.row.row_id] if f.column_no == column.number), None)
        total = value_of(cell) if cell else Value("blank")
        if cell and total.exact and total.kind == member.value.kind and (member.value.exact or 0) <= total.exact:
            whole = Whole(f"本行{column.measure or column.path}", total, tuple(draft.cite([cell])))
            share = percentage(member.value.exact or Decimal(0), total.exact)
            told.append(replace(member, share=share, whole=whole))
    return told


def worded(draft: Draft, thresholds: Sequence[Threshold], bounds: Sequence[Bound], *, of_shares: bool) -> str:
    """All filters in words: ``，金额大于 10 万元 的``, ``，大于公务接待费（0.69 万元）的``."""
    plain = [t for t in thresholds if not t.is_nested and not (of_shares and t.unit == "%")]
    shares = [t for t in thresholds if of_shares and t.unit == "%"]
    text = condition(draft, plain)
    if shares:
        text += condition(draft, shares).replace("金额", "占比", 1)
    words = {"gt": "高于", "ge": "不低于", "lt": "低于", "le": "不高于"}
    return text + "".join(f"，{words[bound.threshold.comparison]}{bound.said}的" for bound in bounds)
