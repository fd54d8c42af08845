"""Row sets: the rows that a query ranges over, from a table or from a list that stands in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, product
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import find, value_of
from assistant.answering.members import alike, members_of
from assistant.answering.phrases import title_of_table, unit_name
from assistant.answering.statements import statement_value, statements_about
from assistant.answering.values import Value
from assistant.catalog import Link, Row, Table
from assistant.catalog.linking import linked, own_words
from assistant.plan.bind import bind, of_found
from assistant.plan.bought_rows import bought_rows
from assistant.plan.form_rows import projects_of_forms, units_by_projects, without_goal
from assistant.plan.own_parts import parts_listed
from assistant.plan.owners import with_owners
from assistant.plan.purchases import is_of_purchases
from assistant.plan.quantity import Quantity
from assistant.plan.titles import project_table_of
from assistant.prose_lists import ProseList
from assistant.query import Name, RowKind, Rows, Select
from assistant.resolve import Reading, RowSet, row_sets_of
from assistant.understand.kinds import NATURES, is_part, parts_of
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import normalise
from index.records import StatementRecord

LAST_YEAR: Final = re.compile("上年|去年|上一年|头年|前一年")
_PART: Final = 0.9
"""Score from which a row bears a name itself, not just a part of it."""

_OWN_LEVEL: Final = re.compile(r"\((?:局|委|办|厅|院|部)?(?:本级|机关|本部)\)$|(?:本级|机关)$")
_SEVERAL: Final = 3
"""Rows from which one may add up the others."""

_STEM: Final = 4
_CENT: Final = Decimal("0.01")
_SAME: Final = re.compile(r"(与|和|较|同)?上年[^，。；]{0,8}(持平|相同|一致|无变化|没有变化)|无增减")
_KINDS: Final[dict[RowKind, tuple[RowKind, ...]]] = {
    "any": ("any", "account"),
    "account": ("account", "economic", "any"),
}
"""Kinds of rows that others may be meant by, where none are found within what is named."""

_IN_TABLES_ONLY: Final = ("function", "economic", "purchase", "indicator", "unit")
"""Kinds of rows that no list in prose stands for."""


def rows_of(rows: Rows, draft: Draft, text: str) -> tuple[tuple[Quantity, ...], tuple[str, ...]]:
    """The rows with their figures, and the names that nothing about them accounts for."""
    found, lost = _rows_of(rows, draft, text)
    if rows.without_goal:
        return without_goal(found, draft), lost
    if rows.kind == "unit":
        found = tuple({one.row_id or one.name: one for one in _with_own_level(found, draft)}.values())
    below = tuple(one for one in found if not is_own(one, draft)) if rows.is_below else found
    return below or found, lost


def is_own(quantity: Quantity, draft: Draft) -> bool:
    """Whether a row is the department's own level among its units."""
    row = draft.catalog.rows.get(quantity.row_id)
    return row is not None and any(is_own_name(unit, draft) for unit in (row.unit, row.label) if unit)


def is_own_name(name: str, draft: Draft) -> bool:
    """Whether a unit's name is that of the department's own level."""
    return _bare_unit(name) in {_bare_unit(own) for own in (draft.catalog.main_unit, draft.catalog.unit_name) if own}


def _bare_unit(name: str) -> str:
    """A unit's name; the department's own level is called with or without 本级."""
    return _OWN_LEVEL.sub("", normalise(name))


def _with_own_level(found: tuple[Quantity, ...], draft: Draft) -> Iterator[Quantity]:
    """The rows of units; for the department's own that adds up all of them the one that is its own level, if any."""
    for one in found:
        whole = whole_of(one, draft) if len(found) >= _SEVERAL and is_own(one, draft) else None
        if whole is None or whole.exact != one.exact:
            yield one
        elif (own := _of_same_label(one, draft)) is not None:
            yield own


def _of_same_label(quantity: Quantity, draft: Draft) -> Quantity | None:
    """The other row of one label that fills the same column."""
    row, cell = draft.catalog.rows[quantity.row_id], quantity.cells[0]
    others = [r for r in draft.catalog.tables[row.table_id].rows if r.label == row.label and r.row_id != row.row_id]
    for other in others:
        cells = draft.library.figures({other.row_id})[other.row_id]
        same = next((c for c in cells if c.column_no == cell.column_no and c.number is not None), None)
        if same is not None and value_of(same).exact != quantity.exact:
            return replace(quantity, value=value_of(same), cells=(same,), row_id=other.row_id)
    return None


def _rows_of(rows: Rows, draft: Draft, text: str) -> tuple[tuple[Quantity, ...], tuple[str, ...]]:
    names = tuple(dict.fromkeys((*rows.within.within, *rows.within.names)))
    pairs = [(name, linked(name, draft.catalog)) for name in names]
    if (group := next((pair for pair in pairs if pair[1] and len(_units_of(pair[1])) > 1), None)) is not None:
        return _of_group(rows, group, draft, text)
    if own_lines := _of_own_level(rows, names, draft, text):
        return own_lines
    if (rows.kind == "purchase" or (rows.level is None and is_of_purchases(names, draft.catalog))) and (
        lines := bought_rows(rows, names, draft)
    ) is not None:
        return lines
    if rows.kind in ("project", "goal") and (formed := projects_of_forms(rows, names, draft)):
        return formed, ()
    known = [(name, token) for name, token in pairs if token is not None and not _is_whole(token)]
    as_tables = {name: _as_table(token, draft, is_sure=rows.kind != "unit") for name, token in known}
    lost = tuple(name.text for name, token in pairs if token is None)
    kinds = _KINDS.get(rows.kind, (rows.kind,))
    if rows.kind in ("any", "project") and (listed := _of_project_table(rows, known, draft, text)):
        return listed, lost
    for count in range(min(2, len(known)) + 1):
        if count and rows.kind == "unit" and (of_one := _lines_of_one_project(names, draft) or _owned(names, draft)):
            return of_one, lost
        for left in combinations(range(len(known)), count):
            kept = [pair for place, pair in enumerate(known) if place not in left]
            dropped = tuple(known[place][0].text for place in left)
            for kind, tokens in product(kinds, ([as_tables[name] for name, _ in kept], [token for _, token in kept])):
                meant = rows.model_copy(update={"kind": kind})
                if found := _in_tables(meant, tokens, draft, text):
                    return _with_units(found, draft), (*_untold(dropped, found, draft), *lost)
        if (
            count == 0
            and not LAST_YEAR.search(text)
            and (
                listed := _in_prose(rows, names, draft)
                or (named_parts(names, draft) if rows.kind not in _IN_TABLES_ONLY else ())
                or parts_told(rows, draft)
            )
        ):
            return listed, lost
    if rows.kind == "unit" and (summed := units_by_projects(names, draft, lambda of: rows_of(of, draft, "")[0])):
        return summed, ()
    return (), tuple(name.text for name in names)


def parts_told(rows: Rows, draft: Draft, *, least: Decimal | None = None) -> tuple[Quantity, ...]:
    """What a sentence lists behind the one figure that is named (综合管理9亿元，主要包括甲5亿元、乙4亿元).

    All of it, else none; with ``least`` so much that what is not listed can't be as much as that.
    """
    if rows.kind in _IN_TABLES_ONLY or rows.level is not None or not rows.within.names:
        return ()
    bound = bind(rows.within.model_copy(update={"quantity": "amount"}), draft)
    whole = bound.best
    if whole is None or bound.missing or whole.exact is None:
        return ()
    parts = parts_listed(whole, None, draft)
    amounts = [part.exact for part in parts if part.exact is not None and part.value.kind == "amount"]
    untold = whole.exact - sum(amounts)
    is_enough = abs(untold) <= _CENT * len(parts) if least is None else -_CENT * len(parts) <= untold < least
    return parts if parts and len(amounts) == len(parts) and is_enough else ()


def _of_own_level(
    rows: Rows, names: Sequence[Name], draft: Draft, text: str
) -> tuple[tuple[Quantity, ...], tuple[str, ...]] | None:
    """The projects of the department's own level (局机关名下), where a table tells whose each is; None where none."""
    own = {name for name in names if name.is_unit and normalise(name.text) in own_words()}
    if not own or rows.kind not in ("any", "project"):
        return None
    left = (tuple(n for n in part if n not in own) for part in (rows.within.within, rows.within.names))
    within = rows.within.model_copy(update=dict(zip(("within", "names"), left, strict=True)))
    found, lost = _rows_of(rows.model_copy(update={"within": within, "kind": "project"}), draft, text)
    kept = tuple(one for one in found if is_own(one, draft))
    return (kept, lost) if 0 < len(kept) < len(found) else None


def _lines_of_one_project(names: tuple[Name, ...], draft: Draft) -> tuple[Quantity, ...]:
    """The lines of one project that several units have, where it is told whose each is."""
    within = Rows(within=Select(names=names), kind="project")
    found = rows_of(within, draft, "")[0] if names else ()
    rows = [draft.catalog.rows[one.row_id] for one in found if one.row_id in draft.catalog.rows]
    is_told = all(row.label and row.label != one.name for row, one in zip(rows, found, strict=False))
    are_lines = len({row.row_id for row in rows}) == len(found) > 1 and len({row.label for row in rows}) == 1
    return found if are_lines and is_told else ()


def _of_project_table(rows: Rows, known: list[tuple[Name, Token]], draft: Draft, text: str) -> tuple[Quantity, ...]:
    """The projects of the table that a name is the title of (专项业务经费), of the units that the others name."""
    for place, (name, token) in enumerate(known):
        if (table := project_table_of(name.text, draft.catalog)) is None:
            continue
        links = (Link("table", table.table_id, table.table_id, name=table.title),)
        tokens = [replace(token, links=links) if n == place else other for n, (_, other) in enumerate(known)]
        if found := _in_tables(rows.model_copy(update={"kind": "project"}), tokens, draft, text):
            return _with_units(found, draft)
    return ()


def _owned(names: tuple[Name, ...], draft: Draft) -> tuple[Quantity, ...]:
    """The rows of one project that is named, where it is told whose each is."""
    bound = bind(Select(names=names), draft) if names else None
    best = bound.best if bound and not bound.missing else None
    row = draft.catalog.rows.get(best.row_id) if best else None
    if best is None or row is None or len(best.cells) != 1 or not draft.catalog.tables[row.table_id].lists_projects:
        return ()
    same = [r for r in draft.catalog.tables[row.table_id].rows if normalise(r.label) == normalise(row.label)]
    cells = draft.library.figures({r.row_id for r in same})
    found = [
        replace(best, name=_with_unit(r, draft), value=value_of(cell), cells=(cell,), row_id=r.row_id)
        for r in same
        for cell in cells[r.row_id]
        if cell.column_no == best.cells[0].column_no and cell.number is not None
    ]
    told = with_owners(found, draft)
    return told if all(normalise(one.name) != normalise(row.label) for one in told) else ()


def _with_unit(row: Row, draft: Draft) -> str:
    return f"{row.label}（{unit_name(row.unit, draft.catalog)}）" if row.unit else row.label


def _with_units(found: tuple[Quantity, ...], draft: Draft) -> tuple[Quantity, ...]:
    """Rows that bear one name, told apart by their units."""
    names = {one.name for one in found}
    return with_owners(found, draft) if len(found) > 1 and len(names) == 1 else found


def _units_of(token: Token) -> set[str]:
    """The units that a word for their kind means (强戒所), empty where it may be anything else."""
    is_kind = all(link.role == "unit" and link.score > _PART for link in token.links)
    return {normalise(link.name) for link in token.links} if is_kind else set()


def _of_group(
    rows: Rows, group: tuple[Name, Token | None], draft: Draft, text: str
) -> tuple[tuple[Quantity, ...], tuple[str, ...]]:
    """The rows of all units of one kind."""
    name, token = group
    left = tuple(tuple(n for n in names if n != name) for names in (rows.within.within, rows.within.names))
    within = rows.within.model_copy(update={"within": left[0], "names": left[1]})
    found, lost = _rows_of(rows.model_copy(update={"within": within, "kind": "unit"}), draft, text)
    units = _units_of(token) if token else set()
    kept = tuple(one for one in found if any(unit in normalise(one.name) for unit in units))
    return kept, lost if kept else (*lost, name.text)


def _as_table(token: Token, draft: Draft, *, is_sure: bool) -> Token:
    """A name that the title of a table holds and no row bears as it is names the table (专项业务经费).

    ``is_sure``: a row that bears it goes first; not so where units are listed (三公经费 of each unit).
    """
    if is_sure and any(link.role in ("row", "attribute") and link.score > _PART for link in token.links):
        return token
    text = normalise(token.text)
    titled = [t for t in draft.catalog.tables.values() if text in normalise(t.title) and len(text) > 3]
    links = tuple(Link("table", table.table_id, table.table_id, name=table.title) for table in titled)
    return replace(token, links=links) if links else token


def _untold(names: tuple[str, ...], found: tuple[Quantity, ...], draft: Draft) -> tuple[str, ...]:
    table = draft.library.table(found[0].cells[0].table_id) if found[0].cells else None
    told = normalise(f"{table.title}{table.kind}{found[0].cells[0].column_path}" if table else "")
    return tuple(name for name in names if normalise(name) not in told)


def _is_whole(token: Token) -> bool:
    return all(link.role == "whole" for link in token.links)


def _in_tables(rows: Rows, tokens: list[Token], draft: Draft, text: str) -> tuple[Quantity, ...]:
    operand = Operand(tuple(tokens), rows.within.side)
    classes = () if rows.kind == "any" else (rows.kind,)
    asked = Understanding(
        text, operation="list", operands=(operand,), classes=classes, level=rows.level, wants_sum=True
    )
    sets = row_sets_of(operand, draft.catalog, asked, with_sums=True)
    sets = tuple(s for s in sets if _prints(s.table, rows.columns, draft))
    if not sets:
        return ()
    members = [quantity for row_set in alike(sets) for quantity in _members(row_set, draft, asked)]
    are_units = any(_is_of_unit(one, draft) for one in members) and len({q.row_id for q in members}) == len(members)
    if rows.kind == "unit" and not are_units:
        return ()
    if rows.kind == "project" and rows.level is None:
        members = _without_sums(members, draft)
    return tuple(one for one in members if not any(is_part(one.name, other.name) for other in members))


def _prints(table: Table, columns: Sequence[Name], draft: Draft) -> bool:
    """Whether a table has all of some columns."""
    tokens = [linked(name, draft.catalog) for name in columns]
    links = [token.links if token else () for token in tokens]
    return all(any(k.role == "column" and k.table_id == table.table_id for k in each) for each in links)


def _is_of_unit(quantity: Quantity, draft: Draft) -> bool:
    """Whether a row is a unit's, and no part of a figure of all."""
    row = draft.catalog.rows.get(quantity.row_id)
    return row is not None and (row.unit is not None or row.code_system == "单位")


def _without_sums(members: list[Quantity], draft: Draft) -> list[Quantity]:
    """The rows without those that others are parts of (全额, 专用项目)."""
    rows = draft.catalog.rows
    above = {row_id for one in members if one.row_id in rows for row_id in rows[one.row_id].ancestors}
    return [one for one in members if one.row_id not in above]


def _members(row_set: RowSet, draft: Draft, asked: Understanding) -> Iterator[Quantity]:
    if row_set.column.parts:
        yield from _sums_of(row_set, draft)
        return
    basis = title_of_table(row_set.table)
    for member in members_of(draft, row_set, asked):
        name = _with_own_unit(member.label, member.row, draft)
        yield Quantity(
            name, member.value, draft.catalog.document_id, (member.cell,), (), basis, row_id=member.row.row_id
        )


def _sums_of(row_set: RowSet, draft: Draft) -> Iterator[Quantity]:
    """The sum of several columns in each row."""
    each = find(draft, [[Reading(row_set.table, (row,), row_set.column)] for row in row_set.rows])
    for row, found in zip(row_set.rows, each, strict=True):
        if found:
            yield replace(of_found(found, draft), name=_with_own_unit(row.label, row, draft), row_id=row.row_id)


def _with_own_unit(label: str, row: Row, draft: Draft) -> str:
    """A row's label with its unit, where there are several and it doesn't name it itself."""
    unit = unit_name(row.unit, draft.catalog) if row.unit and len(draft.catalog.units) > 1 else ""
    return f"{label}（{unit}）" if unit and unit not in label else label


def _in_prose(rows: Rows, names: tuple[Name, ...], draft: Draft) -> tuple[Quantity, ...]:
    """The parts of the list in prose whose title and headings hold all names."""
    wanted = [normalise(name.text) for name in names] + ([rows.within.side] if rows.within.side else [])
    if not wanted or rows.kind in _IN_TABLES_ONLY:
        return ()
    fitting = [listed for listed in draft.contents.lists if _holds(listed, wanted)]
    if not names and rows.within.side:
        fitting = _of_whole_side(fitting, rows.within.side)
    if not fitting:
        return ()
    best = min(fitting, key=lambda listed: abs(len(normalise(listed.title)) - sum(map(len, wanted))))
    return tuple(
        Quantity(entry.label, value, draft.catalog.document_id, (), (entry.statement,), best.title)
        for entry in best.entries
        if (value := statement_value(entry.statement)) is not None
    )


def _of_whole_side(lists: Sequence[ProseList], side: str) -> list[ProseList]:
    """The lists of what a side's total is made of, by items before by 基本支出 and 项目支出."""
    totals = re.compile(rf"{side}|.*{side}(预算)?(总计|合计|总额)")
    whole = [
        listed for listed in lists
        if totals.fullmatch(normalise(listed.title)) and any(side in entry.label for entry in listed.entries)
    ]  # fmt: skip
    by_items = [listed for listed in whole if not any(entry.label in NATURES for entry in listed.entries)]
    return by_items or whole


def named_parts(names: tuple[Name, ...], draft: Draft) -> tuple[Quantity, ...]:
    """The parts that everybody knows an item to have (三公经费), each as the document tells it."""
    inner = parts_of(name.text for name in names)
    bound = [bind(Select(names=(Name(text=part),)), draft).best for part in inner]
    return tuple(quantity for quantity in bound if quantity is not None)


def change_of(quantity: Quantity, draft: Draft) -> Quantity | None:
    """How a row changed against last year, as a sentence tells it; signed."""
    token = linked(Name(text=quantity.name), draft.catalog)
    if token is None:
        return None
    told = statements_about(Operand((token,)), draft, 0.4, lambda s: s.change_yuan is not None)
    told = told or [
        s for s in draft.contents.statements.values() if s.change_yuan is not None and _begins(s.subject, quantity.name)
    ]
    same = [] if told else statements_about(Operand((token,)), draft, 0.4, lambda s: bool(_SAME.search(s.sentence)))
    if same:
        return Quantity(
            f"{quantity.name}与上年持平",
            Value("amount", Decimal(0), unit="万元"),
            draft.catalog.document_id,
            (),
            (same[0],),
        )
    if not told:
        return None
    change = told[0].change_yuan or Decimal(0)
    word = "比上年增加" if change > 0 else "比上年减少" if change < 0 else "与上年持平"
    value = Value("amount", told[0].change_yuan, unit="万元")
    rate = rate_of(told[0])
    return Quantity(f"{quantity.name}{word}", value, draft.catalog.document_id, (), (told[0],), rate=rate)


def rate_of(statement: StatementRecord) -> Decimal | None:
    """By how many per cent, as a sentence says it or as its two amounts come to."""
    if statement.percent is not None:
        return statement.percent
    if statement.amount_yuan is None or statement.change_yuan is None:
        return None
    return percent_of(statement.change_yuan, statement.amount_yuan - statement.change_yuan)


def percent_of(gap: Decimal, before: Decimal) -> Decimal | None:
    """A gap in per cent of what there was before it."""
    return (gap * 100 / before).quantize(_CENT, ROUND_HALF_UP) if before > 0 else None


def _begins(subject: str, name: str) -> bool:
    """Whether a subject says a name with another ending (公务用车购置预算支出, 公务用车购置费)."""
    stem = normalise(name).removesuffix("费")
    return len(stem) >= _STEM and normalise(subject).startswith(stem) and len(subject) - len(stem) <= _STEM


def whole_of(part: Quantity, draft: Draft, others: Sequence[Quantity] = ()) -> Quantity | None:
    """What a figure is part of: the row above its row, else its table's total; the sentence's whole.

    ``others``: rows that are part of it as well.
    """
    if part.statements:
        whole_id = part.statements[0].whole_id
        whole = draft.contents.statements.get(whole_id) if whole_id else None
        value = statement_value(whole) if whole else None
        return Quantity(whole.subject, value, part.document_id, (), (whole,)) if whole and value else None
    row = draft.catalog.rows.get(part.row_id)
    if row is None or not part.cells:
        return None
    known = draft.catalog.rows
    lines = [known[q.row_id].ancestors if q.row_id in known else () for q in others]
    common = [key for key in row.ancestors if all(key in line for line in lines)]
    above = [known[key] for key in common[:1] if key in known]
    totals = [r for r in draft.catalog.tables[row.table_id].rows if r.is_total and r.side in (None, row.side)]
    for chosen in (*above, *totals[:1]):
        cells = draft.library.figures({chosen.row_id})[chosen.row_id]
        cell = next((c for c in cells if c.column_no == part.cells[0].column_no and c.number is not None), None)
        if cell is not None and chosen.row_id != part.row_id:
            name = chosen.label if not chosen.is_total else draft.catalog.tables[row.table_id].title
            return Quantity(name, value_of(cell), part.document_id, (cell,), (), part.basis, row_id=chosen.row_id)
    return None


def _holds(listed: ProseList, wanted: list[str]) -> bool:
    told = normalise(f"{listed.title}\n{listed.above}")
    return all(word in told for word in wanted)
