"""Evaluating: a query over the figures of one document, node by node."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.lookup import is_kind_of
from assistant.answering.phrases import unit_name
from assistant.answering.values import Value
from assistant.catalog import Link, Row
from assistant.catalog.linking import linked
from assistant.plan.bind import Bound, bind
from assistant.plan.forms import funds_figure, group_figures, held_funds, of_one_kind, target_figures
from assistant.plan.given import given_figures
from assistant.plan.lacking import units_lacking
from assistant.plan.moves import moves_of
from assistant.plan.offices import counted_kinds
from assistant.plan.purchases import KIND as PURCHASES
from assistant.plan.quantity import Quantity
from assistant.plan.rows import LAST_YEAR, change_of, is_own, named_parts, parts_told, rows_of
from assistant.query import (
    Change,
    Count,
    Counted,
    Difference,
    Except,
    Filter,
    Fixed,
    FormsOf,
    Funds,
    Given,
    Mean,
    Moves,
    Name,
    Query,
    Rank,
    RowKind,
    Rows,
    Select,
    Several,
    Share,
    Shares,
    Sum,
    Target,
    Targets,
    mapped,
    names_of,
    nodes_of,
)
from assistant.reading.patterns import pattern
from assistant.reading.rows import asked_count
from assistant.reading.winners import ranges_units
from assistant.run.operators import (
    Unsound,
    added,
    averaged,
    label_of,
    passes,
    ranked,
    share,
    subtracted,
)
from assistant.run.units import of_kind, of_unit_alone, of_winner
from assistant.understand.kinds import innermost_parts_of, parts_of
from assistant.understand.wording import normalise, wording_rules

_CHANGED: Final = re.compile(r"比上年(增加|减少)$|（[^（）]*）$")
_OWN_LEVEL: Final = pattern("own_level")
_BORNE: Final = 0.9
"""Score from which a row bears a name itself."""

_MEANT_BY: Final[dict[RowKind, RowKind]] = {"any": "project", "project": "goal"}
"""The kind of rows that may be meant by another, where none of that are called as is said."""

_ORGANISATION: Final = re.compile("(中心|学校|中学|小学|大学|公司|集团|基金|[村院站所馆队会办局处室园])$")
"""How organisations end that carry out projects."""

_JOINT: Final = re.compile("[、,]|并且|而且|且")
_LONG: Final = 4
"""Characters of what a cell may say with other ones between."""

_OWN: Final = "(本级)"
_GRANTS: Final = ("一般公共预算", "政府性基金", "国有资本经营")
"""What 财政拨款 is listed as."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a query came to in one document: its figures in order, and the names that nothing accounts for.

    ``beside``: what each of the figures was compared with. ``is_none``: rows there are, and none is what is asked for.
    """

    quantities: tuple[Quantity, ...]
    missing: tuple[str, ...] = ()
    beside: tuple[Quantity, ...] = ()
    is_none: bool = False


def evaluate(query: Query, draft: Draft, text: str) -> Evaluated:
    """The figures of a query in one document."""
    match query:
        case Select():
            bound = bound_of(query, draft, text)
            if not _is_printed(query, bound) and (total := _of_all_parts(query, draft)) is not None:
                return Evaluated((total,))
            return Evaluated(bound.readings[:1], bound.missing)
        case Rows():
            return _rows_held(query, _as_many(query, Evaluated(*rows_of(query, draft, text)), draft, text), draft)
        case Several():
            each = [operand(one, draft, text) for one in query.of]
            return Evaluated(tuple(q for e in each for q in e.quantities), tuple(m for e in each for m in e.missing))
        case Filter():
            found = _filtered(query, draft, text)
            by_grants = _without_grants(query) if found.missing or not found.quantities else None
            return _filtered(by_grants, draft, text) if by_grants else found
        case Except():
            return _without(query, draft, text)
        case Moves():
            return Evaluated(*moves_of(query, draft, text))
        case Rank():
            return _picked(query, draft, text)
        case Sum() | Mean():
            return _summed(query, draft, text)
        case Count():
            return _counted(query, draft, text)
        case Target():
            return Evaluated(target_figures(query, draft))
        case Targets():
            return Evaluated(group_figures(query, draft))
        case Funds():
            funds = funds_figure(query, draft)
            return Evaluated((funds,) if funds else ())
        case Counted():
            return Evaluated(counted_kinds(query, draft))
        case FormsOf():
            return Evaluated(held_funds(query, draft))
        case Change():
            return _signed_change(query, draft, text)
        case Shares():
            return _shares(query, draft, text)
        case Share() if len(query.parts) == 1 and query.whole is not None:
            return _share(query.parts[0], query.whole, draft, text)
        case Given():
            return Evaluated(given_figures(query, draft))
        case Difference() if len(query.of) == 2 and not query.rest:
            return _gap(query, draft, text)
        case Difference() if query.rest and len(query.of) > 1:
            return _rest(query, draft, text)
        case Fixed():
            value = Value("quantity", query.value, unit=query.unit)
            return Evaluated((Quantity(query.name, value, draft.catalog.document_id),))
        case _:
            return Evaluated((), ("",))


def _gap(query: Difference, draft: Draft, text: str) -> Evaluated:
    """How far two figures are apart. Raises Unsound."""
    each = [figure_of(one, draft, text) for one in query.of]
    missing = tuple(m for e in each for m in e.missing)
    if any(not e.quantities for e in each):
        return Evaluated((), missing or ("",))
    first, second = (e.quantities[0] for e in each)
    return Evaluated((subtracted(first, second, f"{first.name}与{second.name}的差额"),), missing)


def _as_many(query: Rows, found: Evaluated, draft: Draft, text: str) -> Evaluated:
    """The rows that something is split into; where it is said to be so many projects, those that are paid from it.

    They have to come to what the rows found come to.
    """
    asked, names = asked_count(text), [name for name in query.within.names if not name.is_unit]
    if query.kind != "any" or not asked or len(found.quantities) == asked or len(names) != 1:
        return found
    paid, lost = rows_of(query.model_copy(update={"kind": "project"}), draft, text)
    paid = tuple(quantity for quantity in paid if quantity.exact)
    is_same = sum(q.exact or 0 for q in paid) == sum(q.exact or 0 for q in found.quantities)
    return Evaluated(paid) if len(paid) == asked and is_same and not lost else found


def _rest(query: Difference, draft: Draft, text: str) -> Evaluated:
    """What is left of a figure without the others. Raises Unsound."""
    each = [figure_of(one, draft, text) for one in query.of]
    missing = tuple(m for e in each for m in e.missing)
    if missing or any(not e.quantities for e in each):
        return Evaluated((), missing or ("",))
    whole, *parts = (e.quantities[0] for e in each)
    left_out = parts[0] if len(parts) == 1 else added(parts, "、".join(part.name for part in parts))
    return Evaluated((subtracted(whole, left_out, f"{whole.name}除{left_out.name}外的部分"),))


def _rows_held(query: Rows, found: Evaluated, draft: Draft) -> Evaluated:
    """The projects of a unit; those whose forms print it as the one that carries them out where no row is its own."""
    if query.kind not in ("project", "goal") or (found.quantities and not found.missing):
        return found
    names = (name for name in query.within.names if name.is_unit or _ORGANISATION.search(name.text))
    held = (held_funds(FormsOf(text=normalise(name.text)), draft) for name in names)
    return next((Evaluated(funds) for funds in held if funds), found)


def _is_printed(select: Select, bound: Bound) -> bool:
    """Whether an amount is printed of what is selected, and not only of one of the parts that everybody knows."""
    parts = {normalise(part) for part in parts_of(name.text for name in select.names)}
    amounts = [reading for reading in bound.readings if reading.value.kind == "amount"]
    return any(normalise(label_of(amount)) not in parts for amount in amounts)


def _of_all_parts(select: Select, draft: Draft) -> Quantity | None:
    """What the parts that everybody knows an item to have come to, where each is printed and their sum is not."""
    names = [name.text for name in select.names]
    is_plain = len(names) == 1 and select.period == "this" and select.quantity != "count"
    parts = named_parts(select.names, draft) if is_plain else ()
    is_all = len(parts) > 1 and len(parts) == len(parts_of(names))
    return added(parts, names[0]) if is_all else None


def operand(query: Query, draft: Draft, text: str) -> Evaluated:
    """What a query comes to within another one: as many rows as are asked for, though more may share the last place."""
    found = evaluate(query, draft, text)
    if not isinstance(query, Rank) or query.places:
        return found
    return replace(found, quantities=found.quantities[: query.k])


def lines_of(query: Query, draft: Draft, text: str) -> Evaluated:
    """What a query comes to within another one; of one name that several projects or purchases bear all of them."""
    found = operand(query, draft, text)
    if not isinstance(query, Select) or query.winner is not None:
        return found
    if all_bearing := _all_bearing(query, bound_of(query, draft, text).readings, draft):
        return Evaluated(all_bearing)
    terms = _terms(query, draft, text)
    rows = [draft.catalog.rows[q.row_id] for q in terms.quantities if q.row_id in draft.catalog.rows]
    tables = [draft.catalog.tables[row.table_id] for row in rows]
    return terms if len(tables) > 1 and all(t.lists_projects or t.kind == PURCHASES for t in tables) else found


def _all_bearing(select: Select, readings: Sequence[Quantity], draft: Draft) -> tuple[Quantity, ...]:
    """The rows of one table that bear a name which none is called by alone (离退休 of both kinds of units; 水电费).

    None where one of them is a part of another one.
    """
    rows = tuple(q for q in readings if q.row_id and q.basis == readings[0].basis and q.value.kind == "amount")
    if len(rows) < 2 or len(select.names) != 1 or select.names[0].is_unit:
        return ()
    said, labels = normalise(select.names[0].text), [normalise(label_of(q)) for q in rows]
    terms = {normalise(term) for term in wording_rules()["compounds"].get(said, ())}
    above = {each for q in rows if q.row_id in draft.catalog.rows for each in draft.catalog.rows[q.row_id].ancestors}
    is_apart = not above & {q.row_id for q in rows}
    are_terms = all(label in terms or is_kind_of(label, said) for label in labels)
    return rows if is_apart and are_terms else ()


def figure_of(query: Query, draft: Draft, text: str) -> Evaluated:
    """What a query comes to as one figure: several rows are taken together. Raises Unsound where they can't be."""
    found = lines_of(query, draft, text)
    terms = [one for one in query.of if isinstance(one, Select)] if isinstance(query, Sum) else []
    if named := "、".join(name.text for term in terms for name in term.names):
        found = replace(found, quantities=tuple(replace(q, name=f"{named}合计") for q in found.quantities))
    if len(found.quantities) < 2 or (isinstance(query, Rank) and query.k == 1 and not query.places):
        return replace(found, quantities=found.quantities[:1])
    if isinstance(query, Target):
        raise Unsound("不止一个指标")
    name = f"{found.quantities[0].name}等{len(found.quantities)}项合计"
    return replace(found, quantities=(added(found.quantities, name),))


def _counted(query: Count, draft: Draft, text: str) -> Evaluated:
    """How many rows there are; none where there are rows and none of them is meant."""
    found = operand(query.of, draft, text)
    if not found.quantities and not found.is_none:
        return Evaluated((), found.missing or ("",))
    name = "、".join(dict.fromkeys(name.text for name in names_of(query))) or "符合条件"
    count = Value("quantity", Decimal(len(found.quantities)), unit="个")
    quantity = Quantity(f"{name}的项数", count, draft.catalog.document_id, parts=found.quantities)
    return Evaluated((quantity,), found.missing)


def _without(query: Except, draft: Draft, text: str) -> Evaluated:
    """Rows without those that are named. Raises Unsound where none of them is."""
    base = operand(query.rows, draft, text)
    left = [q for name in query.items for q in _named_among(name, base.quantities, draft)]
    if not left and isinstance(query.rows, Rows) and query.rows.is_below:  # 不算局机关，下属各单位: it is none of these
        return _without(
            query.model_copy(update={"rows": query.rows.model_copy(update={"is_below": False})}), draft, text
        )
    if not left and not any(_stands_beside(name, base.quantities, draft) for name in query.items):
        raise Unsound("没有找到要除去的那一项")
    kept = tuple(q for q in base.quantities if q not in left)
    return replace(base, quantities=kept, is_none=not kept)


def _named_among(name: Name, rows: Sequence[Quantity], draft: Draft) -> list[Quantity]:
    """The rows that a name means: those that bear it, else those below the row that does, else those that hold it.

    A word for the department's own level (局机关自己) means the row of that.
    """
    if _OWN_LEVEL.fullmatch(normalise(name.text)) and (own := [q for q in rows if is_own(q, draft)]):
        return own
    forms = forms_of(name, draft)
    short = {normalise(unit_name(link.name, draft.catalog)) for link in _units_in(name, draft)}
    if exact := [q for q in rows if normalise(label_of(q)) in forms | short]:
        return exact
    token, tables = linked(name, draft.catalog), {cell.table_id for q in rows for cell in q.cells}
    links = [k for k in (token.links if token else ()) if k.role == "row" and k.score > _BORNE and k.table_id in tables]
    if above := {link.key for link in links}:
        known = draft.catalog.rows
        return [q for q in rows if q.row_id in known and above & {q.row_id, *known[q.row_id].ancestors}]
    return [q for q in rows if _is_any(q, forms)] or _printed_with(forms, rows, draft)


def _printed_with(forms: Collection[str], rows: Sequence[Quantity], draft: Draft) -> list[Quantity]:
    """The rows that print such words in a cell of their own (特定目标类 of projects)."""
    cells = draft.library.figures({q.row_id for q in rows if q.row_id})
    printing = {row for row, own in cells.items() if any(normalise(cell.printed) in forms for cell in own)}
    return [q for q in rows if q.row_id in printing]


def _stands_beside(name: Name, rows: Sequence[Quantity], draft: Draft) -> bool:
    """Whether a name is that of other rows of the same table, or told of such, so that it is left out already."""
    token = linked(name, draft.catalog)
    tables = {cell.table_id for q in rows for cell in q.cells}
    return token is not None and any(
        link.role in ("row", "attribute") and link.table_id in tables for link in token.links
    )


def _picked(query: Rank, draft: Draft, text: str) -> Evaluated:
    """The rows that a ranking puts first, or in the places asked for; by change only those that moved its way."""
    base = operand(query.rows, draft, text)
    if isinstance(query.rows, Rows) and query.by == "value" and (parts := _parts_ranked(query.rows, base, draft)):
        base = Evaluated(parts)
    if isinstance(query.rows, Rows) and base.missing and (told := _first_told(query, query.rows, draft, text)):
        return Evaluated(told)
    if isinstance(query.rows, Targets):
        base = replace(base, quantities=of_one_kind(base.quantities))
    if any(isinstance(node, Moves) and node.by_rate for node in nodes_of(query)):
        order = sorted(_rated(base.quantities), key=lambda q: abs(q.rate or Decimal(0)), reverse=query.descending)
    else:
        rows = _moved(query, base, draft) if query.by == "change" else base.quantities
        order = ranked(rows, descending=query.descending)
    if max(query.places, default=1) > len(order) or _is_own_level(query.rows, order, draft):
        return replace(base, quantities=())
    picked = [order[p - 1] for p in query.places] if query.places else _leading(order, query.k)
    if query.by == "change":
        picked = [replace(q, value=replace(q.value, exact=abs(q.exact or Decimal(0)))) for q in picked]
    return replace(base, quantities=tuple(picked))


def _is_own_level(rows: Query, order: Sequence[Quantity], draft: Draft) -> bool:
    """Whether units are ranked and all that is printed is what the document's own unit has as a whole."""
    is_of_units = isinstance(rows, Rows) and rows.kind == "unit"
    return is_of_units and len(order) == 1 and label_of(order[0]) == draft.catalog.unit_name


def _first_told(query: Rank, rows: Rows, draft: Draft, text: str) -> tuple[Quantity, ...]:
    """The largest of what a sentence lists of one figure, where nothing that it leaves out can be as large."""
    if query.by != "value" or query.places or not query.descending or LAST_YEAR.search(text):
        return ()
    order = ranked(parts_told(rows, draft, least=Decimal("Infinity")), descending=True)
    first = tuple(_leading(order, query.k)) if len(order) >= query.k else ()
    is_sure = bool(first) and bool(parts_told(rows, draft, least=first[-1].exact))
    return first if is_sure else ()


def _parts_ranked(rows: Rows, found: Evaluated, draft: Draft) -> tuple[Quantity, ...]:
    """The parts that everybody knows an item to have, where the document's rows of it are but those of units."""
    known = draft.catalog.rows
    rows_found = [known[q.row_id] for q in found.quantities if q.row_id in known]
    units = [row for row in rows_found if row.label in (row.unit, draft.catalog.unit_name)]
    is_of_units = bool(units) and len(units) == len(found.quantities)
    return named_parts(tuple(names_of(rows)), draft) if rows.kind == "any" and is_of_units else ()


def _leading(order: Sequence[Quantity], k: int) -> Sequence[Quantity]:
    """The first of rows in order; of one that is asked for all that share its place."""
    if k != 1 or not order:
        return order[:k]
    return [q for q in order if q.exact == order[0].exact]


def _share(part: Query, whole: Query, draft: Draft, text: str) -> Evaluated:
    """One figure in per cent of another one. Raises Unsound."""
    each = [figure_of(one, draft, text) for one in (part, whole)]
    missing = tuple(m for e in each for m in e.missing)
    if missing or not all(e.quantities for e in each):
        return Evaluated((), missing or ("",))
    first, base = (e.quantities[0] for e in each)
    return Evaluated((share(first, base, f"{first.name}占{base.name}"),))


def _shares(query: Shares, draft: Draft, text: str) -> Evaluated:
    """Each row's share of its own total, or of another one of its figures. Raises Unsound."""
    parts, wholes = (
        evaluate(_in_column(query.rows, column), draft, text) for column in (query.part, query.whole or Select())
    )
    missing = (*parts.missing, *wholes.missing)
    bases = {_bare(q.name): q for q in wholes.quantities if q.exact}
    pairs = [(q, bases[_bare(q.name)]) for q in parts.quantities if q.exact is not None and _bare(q.name) in bases]
    if missing or not pairs:
        return Evaluated((), missing or ("",))
    column = "、".join(name.text for name in query.part.names)
    told = ((replace(part, name=f"{part.name}的{column}"), whole) for part, whole in pairs)
    return Evaluated(tuple(share(part, whole, f"{part.name}占{whole.name}") for part, whole in told))


def _in_column(rows: Rows, column: Select) -> Rows:
    """The rows with their figures in another column."""
    within = rows.within.model_copy(update={"names": (*rows.within.names, *column.names)})
    return rows.model_copy(update={"within": within})


def _rated(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The changes of which it is told by how many per cent."""
    return [q for q in quantities if q.rate is not None]


def _moved(query: Rank, base: Evaluated, draft: Draft) -> list[Quantity]:
    """The signed changes of the rows, or of the parts that everybody knows an item to have, that go one way."""
    parts = named_parts(tuple(names_of(query.rows)), draft) if isinstance(query.rows, Rows) else ()
    way = 1 if query.descending else -1
    return [q for q in changes_of(parts or base.quantities, draft) if (q.exact or 0) * way > 0]


def _summed(query: Sum | Mean, draft: Draft, text: str) -> Evaluated:
    """The sum or the mean of all figures. Raises Unsound where they can't be added."""
    is_sum = isinstance(query, Sum)
    each = [
        _terms(one, draft, text, is_only=len(query.of) == 1) if is_sum else operand(one, draft, text)
        for one in query.of
    ]
    missing = tuple(m for e in each for m in e.missing)
    if any(not e.quantities for e in each):
        return Evaluated((), missing or ("",))
    figures = [q for e in each for q in e.quantities]
    if query.k and query.k != len(figures):
        return Evaluated((), (f"说的 {query.k} 项",))
    total = added(figures, "合计") if isinstance(query, Sum) else averaged(figures, "平均")
    if all(isinstance(one, Select) for one in query.of):
        total = replace(total, parts=tuple(figures))  # a blank that was named is told
    return Evaluated((total,), missing)


def _terms(query: Query, draft: Draft, text: str, *, is_only: bool = False) -> Evaluated:
    """The figures of one term of a sum: of rows of one name in one table (公车统管费 of each unit) all.

    ``is_only``: there is no other term; then all rows of one table that it names are meant (保险服务 of two kinds).
    """
    if not isinstance(query, Select):
        return operand(query, draft, text)
    bound = bound_of(query, draft, text)
    of_one = {(q.basis, "" if is_only else label_of(q)) for q in bound.readings}
    rows = {q.row_id for q in bound.readings if q.row_id}
    are_rows = len(of_one) == 1 and len(rows) == len(bound.readings) and not any(n.is_unit for n in names_of(query))
    return Evaluated(bound.readings if are_rows else bound.readings[:1], bound.missing)


def _without_grants(query: Filter) -> Filter | None:
    """Rows that have no 财政拨款, as those that have none of what it is listed as; None of other bounds."""
    bounds = [c for c in query.conditions if c.column and c.column.text.startswith("财政拨款") and c.comparison == "eq"]
    if not bounds:
        return None
    grants = tuple(Name(text=grant) for grant in reversed(_GRANTS))  # the last one is told
    others = tuple(condition for condition in query.conditions if condition not in bounds)
    conditions = (*others, *(bounds[0].model_copy(update={"column": grant}) for grant in grants))

    def within(rows: Query) -> Query:
        return rows.model_copy(update={"columns": grants}) if isinstance(rows, Rows) else rows

    return query.model_copy(update={"rows": mapped(query.rows, within), "conditions": conditions})


def _filtered(query: Filter, draft: Draft, text: str) -> Evaluated:
    if (lacking := units_lacking(query, draft)) is not None:
        return Evaluated(lacking.units, is_none=not lacking.units)
    if empty := _empty_parts(query, draft):
        return empty
    base = operand(query.rows, draft, text)
    kept = list(base.quantities)
    missing = base.missing
    compared: dict[Quantity, Quantity] = {}
    for condition in query.conditions:
        if condition.column is not None and condition.holds:
            kept = _that_say(kept, condition.column.text, condition.holds, draft)
            missing = missing if kept else (*missing, condition.holds)
            continue
        if condition.column is not None:
            told = _in_column_of(query, condition.column, base.quantities, draft, text)
            if not told:
                return Evaluated((), (*missing, condition.column.text))
            kept = [q for q in kept if passes(_or_none(told.get(_bare(q.name)), q), condition)]
            compared |= {q: other for q in kept if (other := told.get(_bare(q.name))) and other.cells != q.cells}
            continue
        if condition.than is None:
            kept = [q for q in kept if passes(q, condition)]
            continue
        beside = _beside(query.rows, kept, condition.than, draft, text)
        named = tuple(n.text for n in names_of(condition.than))
        missing = tuple(m for m in missing if m not in named)
        others = {q: other for q in kept if (other := beside(q)) is not None}
        if kept and not others:
            return Evaluated((), missing or named or ("",))
        bounds = {q: other.exact for q, other in others.items() if other.exact is not None}
        kept = [q for q in kept if q in bounds and passes(q, condition, bounds[q])]
        compared |= others
    missing = (*missing, *(name.text for name in query.includes if not _named_among(name, kept, draft)))
    by_name = any(c.is_of_label and not c.is_negated for c in query.conditions)
    if by_name and not kept and (meant := _of_other_kind(query, draft, text)).quantities:
        return meant
    return replace(
        base,
        quantities=tuple(kept),
        missing=missing,
        beside=tuple(compared[q] for q in kept if q in compared),
        is_none=base.is_none or (bool(base.quantities) and not kept),
    )


def _empty_parts(query: Filter, draft: Draft) -> Evaluated | None:
    """The parts that everybody knows an item to have for which there is nothing; None where other rows are meant."""
    rows = query.rows
    is_of_none = all(
        c.comparison == "eq" and c.values == (Decimal(0),) and not (c.column or c.than) for c in query.conditions
    )
    if not isinstance(rows, Rows) or rows.kind != "any" or not is_of_none:
        return None
    parts = innermost_parts_of(name.text for name in names_of(rows))
    found = [bind(Select(names=(Name(text=part),)), draft).best for part in parts]
    told = [quantity for quantity in found if quantity is not None]
    if not told or len(told) < len(parts):
        return None
    empty = tuple(quantity for quantity in told if not quantity.exact)
    return Evaluated(empty, is_none=not empty)


def _that_say(quantities: Sequence[Quantity], column: str, text: str, draft: Draft) -> list[Quantity]:
    """The rows that print a text in a column, each of the things that it joins (保密、不需填报)."""
    parts = [part for part in _JOINT.split(normalise(text)) if part]
    cells = draft.library.figures({q.row_id for q in quantities if q.row_id})
    told = {row: "#".join(c.printed for c in own if column in normalise(c.column_path)) for row, own in cells.items()}
    return [q for q in quantities if all(_says(part, normalise(told.get(q.row_id, ""))) for part in parts)]


def _says(part: str, text: str) -> bool:
    """Whether a text says something; longer things with a word more between their characters too (不需|要|填报)."""
    loosely = ".{0,2}".join(map(re.escape, part)) if len(part) >= _LONG else re.escape(part)
    return re.search(loosely, text) is not None


def _of_other_kind(query: Filter, draft: Draft, text: str) -> Evaluated:
    """Rows of a kind of which none is called as is said, taken from projects, or from those with a goal."""
    within = _rows_at_heart(query.rows)
    kind = _MEANT_BY.get(within.kind) if within else None
    if kind is None:
        return Evaluated(())
    return evaluate(mapped(query, lambda q: q.model_copy(update={"kind": kind}) if q == within else q), draft, text)


def _in_column_of(
    query: Filter, column: Name, base: Sequence[Quantity], draft: Draft, text: str
) -> dict[str, Quantity]:
    """The figures that the table of some rows prints of them in a column, by the rows' names; blanks have none."""
    within = _rows_at_heart(query.rows)
    if within is None:
        return {}
    bounded = {name.text for name in query.columns}
    names = (*(name for name in within.within.names if name.text not in bounded), column)
    found = evaluate(
        within.model_copy(update={"within": within.within.model_copy(update={"names": names})}), draft, text
    )
    tables = {cell.table_id for q in base for cell in q.cells}
    told = () if found.missing else [q for q in found.quantities if tables & {cell.table_id for cell in q.cells}]
    return {_bare(q.name): replace(q, name=f"{q.name}的{column.text}") for q in told}


def _or_none(figure: Quantity | None, row: Quantity) -> Quantity:
    """A row's figure in a column; none at all where the row leaves it blank."""
    if figure is not None and figure.exact is not None:
        return figure
    return replace(row, value=replace(row.value, exact=Decimal(0)))


def _beside(
    rows: Query, kept: Sequence[Quantity], than: Query, draft: Draft, text: str
) -> Callable[[Quantity], Quantity | None]:
    """What each row is compared with: its own figure in another column or table, else one figure for all."""
    within = _rows_at_heart(rows)
    if within is not None and isinstance(than, Select):
        own = {n.text for n in than.names}
        named = tuple(n for n in within.within.names if n.text not in own)
        narrowed = within.within.model_copy(update={"names": (*named[:-1], *than.names)})
        others = evaluate(within.model_copy(update={"within": narrowed}), draft, text)
        by_name = {_bare(q.name): q for q in others.quantities if q not in kept}
        if not others.missing and all(_bare(q.name) in by_name for q in kept):
            return lambda q: by_name[_bare(q.name)]
    found = figure_of(than, draft, text).quantities
    return lambda _: found[0] if found else None


def _bare(name: str) -> str:
    """A row's name; the department's own level is called with or without 本级."""
    return re.sub("[（(](?:局|委|办|厅)?(?:本级|机关)[）)]$", "", name)


def _rows_at_heart(query: Query) -> Rows | None:
    """The rows that others are narrowed down from."""
    match query:
        case Rows():
            return query
        case Filter() | Except() | Rank():
            return _rows_at_heart(query.rows)
        case _:
            return None


def bound_of(select: Select, draft: Draft, text: str) -> Bound:
    """What a selection comes to, with what its ``winner`` puts first. Raises Unsound where that is open."""
    if select.described:
        return bind(select, draft, text)
    if select.winner is None:
        return of_unit_alone(select, draft, text) or of_kind(select, draft, text) or bind(select, draft, text)
    first = _first(select.winner, draft, text)
    if not (select.names or select.within or select.side or select.counted):
        return Bound((first,))
    if not ranges_units(select.winner):
        return bind(resolved(select, draft, text), draft, text)
    if (listed := of_winner(select, first, draft, text)) is not None:
        return listed
    if is_own(first, draft):  # by name it is the whole department
        raise Unsound("文件里没有按单位分列的这个数")
    return _where_ranked(bind(resolved(select, draft, text), draft, text), first, draft)


def _where_ranked(bound: Bound, first: Quantity, draft: Draft) -> Bound:
    """The figures from the table in which a unit was put first, where it holds any of them."""
    rows = draft.catalog.rows
    inside = tuple(q for q in bound.readings if _table_of(q, rows) == _table_of(first, rows))
    return replace(bound, readings=inside) if first.row_id in rows and inside else bound


def _table_of(quantity: Quantity, rows: Mapping[str, Row]) -> str:
    """The table that a figure stands in, "" where a sentence states it."""
    return rows[quantity.row_id].table_id if quantity.row_id in rows else ""


def resolved(select: Select, draft: Draft, text: str) -> Select:
    """The selection with the item or the unit that its ``winner`` puts first by name."""
    if select.winner is None:
        return select
    first = _first(select.winner, draft, text)
    row = draft.catalog.rows.get(first.row_id)
    unit = row.unit if row and ranges_units(select.winner) else None
    named = Name(text=unit or _CHANGED.sub("", first.name), is_unit=unit is not None)
    return select.model_copy(update={"names": (named, *select.names), "winner": None})


def _first(rank: Query, draft: Draft, text: str) -> Quantity:
    """What a ranking puts first. Raises Unsound where there is nothing, or several share that place."""
    found = evaluate(rank, draft, text).quantities
    if not found:
        raise Unsound("没有找到所指的那一项")
    if len(found) > 1:
        raise Unsound(f"并列的有 {len(found)} 项，所指的是哪一项不明确")
    return found[0]


def _is_any(quantity: Quantity, forms: set[str]) -> bool:
    """Whether a row bears one of the names; a unit's whole name, with or without 本级."""
    name = normalise(quantity.name)
    return any(form in name or (_OWN in form and form.replace(_OWN, "") == name) for form in forms)


def _units_in(name: Name, draft: Draft) -> list[Link]:
    token = linked(name, draft.catalog)
    return [link for link in (token.links if token else ()) if link.role == "unit"]


def forms_of(name: Name, draft: Draft) -> set[str]:
    """The forms under which the rows of a name are listed: its text, and for a unit its printed name."""
    units = [link.name for link in _units_in(name, draft)]
    parts = _GRANTS if name.text.startswith("财政拨款") else ()
    return {normalise(unit) for unit in units} or {normalise(name.text), *parts}


def _signed_change(query: Change, draft: Draft, text: str) -> Evaluated:
    """How a figure changed, signed; of one that only its parts are told of, the sum of theirs. Raises Unsound."""
    found = evaluate(query.of, draft, text)
    if not found.quantities:
        return found
    changes = changes_of(found.quantities[:1], draft)
    return replace(
        found, quantities=(added(changes, f"{found.quantities[0].name}比上年增减"),) if len(changes) > 1 else changes
    )


def changes_of(rows: Sequence[Quantity], draft: Draft) -> tuple[Quantity, ...]:
    """How each row changed, by its parts where it is told of these. Raises Unsound where it is told of neither."""
    changes: list[Quantity] = []
    for row in rows:
        if (change := change_of(row, draft)) is not None:
            changes.append(change)
        elif row.exact and (parts := named_parts((Name(text=row.name),), draft)):
            changes += changes_of(parts, draft)
        elif row.exact:
            raise Unsound("不是每一项都写明了比上年的变化")
    return tuple(changes)
