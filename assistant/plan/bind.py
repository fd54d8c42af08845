"""Binding: what a query selects in one document, as named figures from tables and from prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from assistant.answering.change import earlier_amount, told_apart
from assistant.answering.draft import Draft
from assistant.answering.found import Found, find
from assistant.answering.lead_ins import lead_in_of
from assistant.answering.lookup import added_lines, agreeing
from assistant.answering.phrases import OF_ONE_CLASS, as_wholes, cell_name, name_of, title_of
from assistant.answering.statements import stated_beyond, statement_value, statements_about
from assistant.answering.values import Value
from assistant.catalog.linking import linked, own_words, tables_numbered
from assistant.plan.bought import counts_bought, is_bought
from assistant.plan.described import described_items
from assistant.plan.goal_projects import cost_of_goals, goals_counted, of_goal_projects
from assistant.plan.natures import by_tables
from assistant.plan.quantity import Quantity
from assistant.plan.targets import target_in, targets_of
from assistant.query import ACTUAL, BOUGHT_VEHICLES, GOAL_PROJECTS, Name, Select
from assistant.resolve import readings_of
from assistant.understand.kinds import NATURES, alike, is_part
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import normalise
from index.records import FigureRecord, StatementRecord

_ASKS_NUMBER: Final = re.compile("多少|几|金额")
_EACH: Final = re.compile("各|分别|每[笔项条]|哪[几两三四五六七八九]")
_MOST_LEFT_OUT: Final = 2
_MOST_READINGS: Final = 4
_SEVERAL: Final = 2
_LEAST: Final = 0.4
_YEAR: Final = re.compile(r"(20\d\d)年")
_OF_PROJECTS: Final = re.compile("(专项|项目|专项资金|专项经费)$")
_TELLING: Final = 4
_SPECIFIC: Final = 5


@dataclass(frozen=True, slots=True)
class Bound:
    """What a selection comes to: readings with different figures, best first; ``missing``: names not accounted for.

    ``is_promised``: the figures are targets of indicators.
    """

    readings: tuple[Quantity, ...]
    missing: tuple[str, ...] = ()
    is_promised: bool = False

    @property
    def best(self) -> Quantity | None:
        """The first reading."""
        return self.readings[0] if self.readings else None


_POSTS: Final = "编制"
ALL_POSTS: Final = re.compile("(?:人员编制|编制(?:人数|总数|人员)|行政事业(?:单位)?编制|^(?:总|核定)?编制)$")
"""Subjects of the number of all posts, of no kind of them (行政编制)."""

_POST_UNITS: Final = alike("人") | {"个", "编", ""}
"""What posts are counted in: not the units of a budget (编制范围的预算单位 2 家)."""

_THERE: Final = re.compile("实有|实际|在职|在编|在岗|现有")
ALL_PEOPLE: Final = re.compile(rf"(?:{_THERE.pattern})*(?:人数|人员|职工|总人数|职工人数)")


def bind(select: Select, draft: Draft, text: str = "") -> Bound:
    """The figures of a selection; names that no cell and no sentence accounts for are left out last and reported."""
    names = _names_of(select, draft)
    if select.described:
        items = described_items(select.described, names, draft)
        return Bound(items, () if items else (select.described,))
    if of_goal_projects(select):
        return _of_goals(select, draft)
    if any(name.text == ACTUAL for name in names):
        return _people(select, names, draft)
    if select.quantity == "count" and [name.text for name in select.names if not name.is_unit] == [_POSTS]:
        posts = _stated(draft, select, lambda s: bool(ALL_POSTS.search(normalise(s.subject))))
        if posts and not any(name.is_unit for name in names):
            return Bound(posts[:1], ())
    if counts_bought(select):
        return _bought(draft)
    of_posts = select.quantity == "count" and any(name.text.endswith(_POSTS) for name in select.names)
    tokens = [(name, linked(name, draft.catalog)) for name in names]
    own = {name.text for name in select.names}
    lost = [name.text for name, token in tokens if token is None]
    if not select.is_inside and any(name.text in own and _is_specific(name, token) for name, token in tokens if token):
        lost = [text for text in lost if text in own]
    known = [(name, token) for name, token in tokens if token is not None]
    around = tuple(place for place, (name, _) in enumerate(known) if name.text not in own and not name.is_unit)
    for lefts in _left_out(len(known), around if own else ()):
        found: list[tuple[tuple[str, ...], tuple[Quantity, ...]]] = []
        for left in lefts:
            kept = [pair for place, pair in enumerate(known) if place not in left]
            if not kept and select.side is None:
                continue
            if kept and not any(name.text in own for name, _ in kept) and select.names:
                continue
            readings = tuple(_readings(select, [token for _, token in kept], draft, text))
            if not readings and (tokens_of_tables := by_tables(kept, draft.catalog)):
                readings = tuple(_of_nature(kept, tokens_of_tables, _readings(select, tokens_of_tables, draft, text)))
            readings = tuple(q for q in readings if all(_tells_unit(pair, q, draft) for pair in known))
            readings = tuple(q for q in readings if all(_is_in_table(pair, q) for pair in known))
            readings = tuple(q for q in readings if not of_posts or q.value.unit in _POST_UNITS)
            readings = _literally_within(select, readings)
            if readings:
                dropped = tuple(known[place][0].text for place in left)
                found.append((tuple(n for n in dropped if not _is_told(n, readings[0], draft)), readings))
        if found:
            missing, readings = min(found, key=lambda entry: (sum(len(n) for n in entry[0]), len(entry[1])))
            own_missing = [n for n in (*missing, *lost) if not _is_told(n, readings[0], draft)]
            own_missing = [n for n in own_missing if n in own or not any(is_part(part, n) for part in own)]
            units = {name.text for name in names if name.is_unit}
            bears = any("row" in _roles(t) or "statement" in _roles(t) for n, t in known if n.text in own)
            told = tuple(n for n in own_missing if n in own or n in lost or n in units or select.is_inside or not bears)
            items_told = tuple(name.text for name, _ in known if not name.is_unit and name.text not in own_missing)
            return Bound(tuple(_with_items(q, items_told, draft) for q in readings) if units else readings, told)
    targets = _targets(select, draft, text)
    return (
        Bound(targets, (), is_promised=True) if targets else Bound((), tuple(lost or [name.text for name, _ in known]))
    )


def _of_nature(
    named: Sequence[tuple[Name, Token]], tokens: Sequence[Token], figures: Iterable[Quantity]
) -> Iterator[Quantity]:
    """Figures of the tables of one kind of expenditure, which their names say; none that only a sentence states."""
    nature = next(name.text for name, _ in named if name.text in NATURES)
    tables = {link.key for token in tokens for link in token.links if link.role == "table"}
    for figure in figures:
        if figure.cells and {cell.table_id for cell in figure.cells} <= tables:
            yield replace(figure, name=f"{figure.name}的{nature}")


def _with_items(quantity: Quantity, items: Sequence[str], draft: Draft) -> Quantity:
    """A unit's figure by the name of the item too, where only its table or its column tells that (某中心的项目支出)."""
    row = draft.catalog.rows.get(quantity.row_id)
    told = normalise(quantity.name)
    is_of_unit = row is not None and row.unit is not None and normalise(row.label) == normalise(row.unit)
    header = normalise(f"{quantity.basis}{quantity.cells[0].column_path}") if quantity.cells else ""
    untold = [item for item in items if normalise(item) not in told and normalise(item) in header]
    return replace(quantity, name=f"{quantity.name}的{'、'.join(untold)}") if is_of_unit and untold else quantity


def _is_specific(name: Name, token: Token) -> bool:
    """Whether a name is long and of one item alone, which no other word about the question makes another one."""
    items = {link.name for link in token.links if link.role in ("row", "attribute")}
    return len(name.text) >= _SPECIFIC and len(items) == 1 and "column" not in _roles(token)


def _targets(select: Select, draft: Draft, text: str) -> tuple[Quantity, ...]:
    """What the indicators promise of the names, in the quantity that is asked for; none of another unit or year."""
    if any(int(year) != draft.catalog.year for year in _YEAR.findall(text)):
        return ()
    units = [(n, t) for n in (*select.within, *select.names) if n.is_unit and (t := linked(n, draft.catalog))]
    found = targets_of(select.names, select.within, draft)
    found = tuple(q for q in found if all(_tells_unit(pair, q, draft) for pair in units))
    if select.quantity == "count":
        found = tuple(q for q in found if q.value.kind == "quantity" and _counts(select.counted, q.value.unit))
    if select.quantity == "amount":
        found = tuple(q for q in found if q.value.kind == "amount")
    return found if 0 < len(found) <= _MOST_READINGS else ()


def _roles(token: Token) -> set[str]:
    return {link.role for link in token.links}


def _bought(draft: Draft) -> Bound:
    """The one number of vehicles that sentences say are bought."""
    counts = [of_statement(s, count_of(s), draft) for s in draft.contents.statements.values() if is_bought(s, draft)]
    is_one = len({quantity.exact for quantity in counts}) == 1
    return Bound(tuple(counts[:1]), ()) if is_one else Bound((), (BOUGHT_VEHICLES,))


def _of_goals(select: Select, draft: Draft) -> Bound:
    """The projects that have a performance goal: how many they are, else what they cost."""
    counted = goals_counted(draft)
    told = cost_of_goals(counted, draft) if counted and select.quantity != "count" else counted
    if told is None:
        return Bound((), (GOAL_PROJECTS,))
    value = count_of(told) if select.quantity == "count" else Value("amount", told.amount_yuan, unit="万元")
    figure = replace(of_statement(told, value, draft), name=GOAL_PROJECTS)
    others = (name.text for name in select.names if name.text != GOAL_PROJECTS and not name.is_unit)
    return Bound((figure,), tuple(text for text in others if not _is_told(text, figure, draft)))


def _people(select: Select, names: Sequence[Name], draft: Draft) -> Bound:
    """How many people are there, of those that the other names tell; 人员 for all."""
    others = [name for name in names if name.text not in (ACTUAL, _POSTS, "人员")] or [Name(text="人员")]
    tokens = [token for name in others if (token := linked(name, draft.catalog))]
    counted = select.model_copy(update={"quantity": "count", "counted": select.counted or "人"})
    found = tuple(_in_prose(Operand(tuple(tokens), None), draft, counted, is_fit=is_actual)) if tokens else ()
    if not found and others == [Name(text="人员")]:
        found = _stated(draft, counted, lambda s: is_actual(s) and bool(ALL_PEOPLE.fullmatch(normalise(s.subject))))
        found = found[:1]
    found = tuple(replace(each, name=each.name if _THERE.search(each.name) else f"实有{each.name}") for each in found)
    return Bound(found, tuple(name.text for name in others if linked(name, draft.catalog) is None))


def _stated(draft: Draft, select: Select, fits: Callable[[StatementRecord], bool]) -> tuple[Quantity, ...]:
    """Numbers of people that sentences state and that fit."""
    counted = (s for s in draft.contents.statements.values() if s.number is not None and fits(s))
    return tuple(
        of_statement(s, count_of(s), draft)
        for s in counted
        if s.number_unit in alike("人") and _counts(select.counted, s.number_unit or "")
    )


def count_of(statement: StatementRecord) -> Value:
    """The number of things that a sentence states."""
    return Value("quantity", statement.number, unit=statement.number_unit or "")


def of_statement(statement: StatementRecord, value: Value, draft: Draft) -> Quantity:
    """What a sentence states, under the heading that it stands below."""
    section = draft.contents.paragraphs[statement.paragraph_id].section
    basis = section[-1] if section else "正文"
    return Quantity(statement.subject, value, draft.catalog.document_id, (), (statement,), basis)


def is_actual(statement: StatementRecord) -> bool:
    """Whether a number is told behind 实有, and not of the posts."""
    told = normalise(statement.sentence)
    number = str(int(statement.number or 0))
    subject = normalise(statement.subject)
    before = told.split(subject + number, 1)[0] + subject
    last = max((found.start() for found in _THERE.finditer(before)), default=-1)
    return last >= 0 and last > before.rfind("编制") and not re.search("[;。]", before[last:])


def _left_out(count: int, around: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Which names to leave out, fewest first; at last all that were only told around the question."""
    for left in range(min(_MOST_LEFT_OUT, count) + 1):
        yield tuple(combinations(range(count), left))
    if len(around) > _MOST_LEFT_OUT:
        yield (around,)


def _names_of(select: Select, draft: Draft) -> tuple[Name, ...]:
    names = (*select.within, *select.names)
    return tuple(dict.fromkeys(name for name in names if not _is_document(name, draft)))


def _is_document(name: Name, draft: Draft) -> bool:
    links = draft.catalog.surfaces.get(normalise(name.text), ())
    return bool(links) and all(link.role == "whole" for link in links)


def _is_told(name: str, quantity: Quantity, draft: Draft) -> bool:
    """Whether what a figure stands in tells the name too: its table, header, section or sentence."""
    told = [quantity.basis, quantity.name, draft.catalog.unit_name, draft.catalog.region or ""]
    name = _bare(normalise(name))
    for cell in quantity.cells:
        told += [cell.row_label, cell.column_path, cell.code or "", draft.library.table(cell.table_id).title]
    for statement in quantity.statements:
        paragraph = draft.contents.paragraphs[statement.paragraph_id]
        told += [paragraph.text, *paragraph.section, *_heads(statement, draft)]
    above = {normalise(label) for label in _labels_above(quantity, draft)}
    titles = (normalise(draft.library.table(cell.table_id).title) for cell in quantity.cells)
    is_table = name.endswith("表") and any(title and title in name for title in titles)  # the title of another year
    is_told = is_table or name in normalise("".join(told)) or bool(above & {name, name.removesuffix("类")})
    return is_told or (name.isdigit() and _is_code_of(name, quantity, draft))


def _is_code_of(code: str, quantity: Quantity, draft: Draft) -> bool:
    """Whether rows that are called like a figure's own, which prints no code itself, bear a code (303 of 补助)."""
    own = [cell for cell in quantity.cells if not cell.code]
    labels = {normalise(cell.row_label) for cell in own}
    return bool(own) and any(row.code == code and normalise(row.label) in labels for row in draft.catalog.rows.values())


def _labels_above(quantity: Quantity, draft: Draft) -> Iterator[str]:
    """The rows that a figure's own row is below (工程 of a purchase)."""
    row = draft.catalog.rows.get(quantity.row_id) if quantity.row_id else None
    yield from (draft.catalog.rows[key].label for key in (row.ancestors if row else ()))


def _bare(name: str) -> str:
    """A name without the word that says that it is one of a project (海外高层次人才专项)."""
    bare = _OF_PROJECTS.sub("", name)
    return bare if len(bare) >= _TELLING else name


def _heads(statement: StatementRecord, draft: Draft) -> Iterator[str]:
    """What opens the list that a statement is an entry of."""
    if lead := lead_in_of(draft, draft.contents.paragraphs[statement.paragraph_id]):
        yield lead.text


def _tells_unit(named: tuple[Name, Token], quantity: Quantity, draft: Draft) -> bool:
    """Whether a figure is of a unit, where a name means one and not the department: its row or sentence says so."""
    name, token = named
    units = {link.key for link in token.links if link.role == "unit"}
    if not name.is_unit or not units:
        return True
    if any(draft.catalog.is_whole(link) for link in token.links) and not _is_told_apart(name, units, draft):
        return True
    own = {unit for cell in quantity.cells for unit in _units_of(cell, draft)}
    told = [quantity.name, *(cell.row_label for cell in quantity.cells), *(s.sentence for s in quantity.statements)]
    forms = {normalise(unit) for unit in units} | {normalise(name.text)}
    plain = normalise("".join(told))
    return bool(units & own) or any(form in plain for form in forms)


def _is_in_table(named: tuple[Name, Token], quantity: Quantity) -> bool:
    """Whether a figure stands in the table whose number a name is (08表); any figure does where it is none."""
    tables = tables_numbered(*named)
    return not tables or any(cell.table_id in tables for cell in quantity.cells)


def _is_told_apart(name: Name, units: set[str], draft: Draft) -> bool:
    """Whether the department's own unit is meant, by a word for it alone (本级), and it has lines of its own."""
    if normalise(name.text) not in own_words() or len(draft.catalog.units) < _SEVERAL:
        return False
    return any(row.unit in units for row in draft.catalog.rows.values())


def _units_of(cell: FigureRecord, draft: Draft) -> set[str]:
    row = draft.catalog.row_of(cell.figure_id)
    return {
        unit for unit in (cell.subordinate_unit, row.unit if row else None, row.stored_unit if row else None) if unit
    }


def _readings(select: Select, tokens: Sequence[Token], draft: Draft, text: str) -> Iterator[Quantity]:
    operand = Operand(tuple(tokens), select.side)
    if select.period == "last":
        yield from _earlier(operand, draft)
        return
    if select.place == "prose" and not tokens:
        yield from _stated_total(select, draft)
        return
    tables = [] if select.place == "prose" else list(_in_tables(operand, draft, text))
    if select.quantity == "count":
        tables = [q for q in tables if q.value.kind == "quantity"]
    prose = [] if select.place == "table" else list(_in_prose(operand, draft, select))
    tables, prose = ([q for q in found if not _is_whole_itself(q, select, draft)] for found in (tables, prose))
    kinds = {q.value.kind for q in tables}
    others = (p for p in prose if p.value.kind in kinds and not any(_agree(p, t) for t in tables))
    if not tables and not prose and not tokens and select.side is not None:
        prose = list(_stated_total(select, draft))
    if tables and (beyond := _beyond_basic(operand, tables, draft, text)):
        yield from _distinct([(beyond, statement_value(beyond))], draft)
    yield from (*tables, *others) if tables else prose


def _beyond_basic(operand: Operand, tables: Sequence[Quantity], draft: Draft, text: str) -> StatementRecord | None:
    """What a sentence states of an item, where all tables that print it list only the basic expenditure on it."""
    rows = [row for q in tables for cell in q.cells if (row := draft.catalog.row_of(cell.figure_id))]
    printed = [q.exact for q in tables if q.exact is not None]
    return stated_beyond(operand, draft, rows, max(printed, default=None), text)


def _literally_within(select: Select, readings: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Of readings of what a clause is within, those whose headers print that name as it is said, where any does."""
    around = [normalise(name.text) for name in select.within if not name.is_unit] if select.is_inside else []
    printed = tuple(q for q in readings if around and q.cells and all(name in _headers(q) for name in around))
    return printed or readings


def _headers(quantity: Quantity) -> str:
    cell = quantity.cells[0]
    return normalise(f"{cell.column_path}{cell.row_label}{quantity.basis}")


def _is_whole_itself(quantity: Quantity, select: Select, draft: Draft) -> bool:
    """Whether a figure is of the very item that another one is asked for within (信访专项里的信访专项经费)."""
    wholes = {normalise(name.text) for name in select.within if not name.is_unit}
    wholes -= {normalise(name.text) for name in select.names}
    told = {cell.row_label for cell in quantity.cells} | {s.subject for s in quantity.statements}
    if not told or not {normalise(label) for label in told} <= wholes:
        return False
    own = [token for name in select.names if (token := linked(name, draft.catalog))]
    keys = {link.key for token in own for link in token.links if link.role in ("row", "statement")}
    return bool(keys & {cell.row_id for cell in quantity.cells} | keys & {s.statement_id for s in quantity.statements})


def _stated_total(select: Select, draft: Draft) -> Iterator[Quantity]:
    """A side's total as sentences state it."""
    subject = re.compile(rf"(?:本年|年度|部门|单位)?{select.side}(?:预算)?(?:总计|总额|合计|总预算|预算数)?")
    stated = (s for s in draft.contents.statements.values() if subject.fullmatch(normalise(s.subject)))
    yield from _distinct(((s, statement_value(s)) for s in stated), draft)


def _distinct(stated: Iterable[tuple[StatementRecord, Value | None]], draft: Draft) -> Iterator[Quantity]:
    """What sentences state, each value once."""
    seen: set[object] = set()
    for statement, value in stated:
        if value is not None and value.exact not in seen:
            seen.add(value.exact)
            yield of_statement(statement, value, draft)


def _agree(one: Quantity, other: Quantity) -> bool:
    return one.exact == other.exact


def _in_tables(operand: Operand, draft: Draft, text: str) -> Iterator[Quantity]:
    asked = Understanding(text or operand.text, operands=(operand,), mentions_budget=True)
    readings = readings_of(operand, draft.catalog, asked)
    if readings and readings[0].by_attribute and not _EACH.search(text):
        readings = added_lines(readings)
    if not readings:
        return
    (found,) = find(draft, [readings])
    if not OF_ONE_CLASS.search(text):
        found = as_wholes(found)
    groups = agreeing(found)
    alike_rows = len({name_of(group[0], draft.catalog) for group in groups}) == 1
    for group in groups if alike_rows else groups[:_MOST_READINGS]:
        is_text = group[0].value.kind == "text" and target_in(group[0].value.text) is None
        if not is_text or (len(found) == 1 and not _ASKS_NUMBER.search(text)):
            quantity = of_found(group, draft)
            if readings[0].by_attribute:
                quantity = replace(quantity, name=_name_by_attribute(quantity, operand))
            yield quantity if quantity.name else replace(quantity, name=operand.text)


def _name_by_attribute(quantity: Quantity, operand: Operand) -> str:
    """What rows that bear a name beside their label are called: their sum by that name, one of them by both."""
    if len(quantity.cells) != 1:
        return f"{operand.text}合计"
    label = quantity.cells[0].row_label
    said = [link.name for term in operand.terms for link in term.links if link.role == "attribute" and link.name]
    told = next((name for name in said if normalise(name) not in normalise(quantity.name)), "")
    return quantity.name.replace(label, f"{label}（{told}）", 1) if label and told else quantity.name


def of_found(group: Sequence[Found], draft: Draft) -> Quantity:
    """What a reading comes to, with each of its rows or columns where it has several; cited as all of a group do."""
    best = group[0]
    cells = (
        tuple(record for one in group[:3] for record in one.records) if len(best.cells) == 1 else tuple(best.records)
    )
    row_id = best.cells[0].row.row_id if len(best.cells) == 1 else ""
    value, sign = (target_in(best.value.text) if best.value.kind == "text" else None) or (best.value, "")
    if best.value.kind == "quantity":
        value = replace(best.value, unit=best.cells[0].sibling("计量单位"))
        sign = best.cells[0].sibling("计算符号")
    own, title = draft.catalog.document_id, title_of(best)
    rows = tuple(
        Quantity(cell_name(cell, draft.catalog), cell.value, own, (cell.cell,), (), title, row_id=cell.row.row_id)
        for cell in best.cells if len(best.cells) > 1
    )  # fmt: skip
    return Quantity(name_of(best, draft.catalog), value, own, cells, (), title, sign, row_id, rows=rows)


def _in_prose(
    operand: Operand, draft: Draft, select: Select, is_fit: Callable[[StatementRecord], bool] = lambda _: True
) -> Iterator[Quantity]:
    wants_count = select.quantity == "count"

    def fits(statement: StatementRecord) -> bool:
        if wants_count:
            return (
                is_fit(statement)
                and statement.number is not None
                and _counts(select.counted, statement.number_unit or "")
            )
        return statement_value(statement) is not None

    def value_of(statement: StatementRecord) -> Value | None:
        counts = wants_count and statement.number is not None
        return count_of(statement) if counts else statement_value(statement)

    yield from _distinct(((s, value_of(s)) for s in statements_about(operand, draft, _LEAST, fits)), draft)


def _counts(asked: str | None, printed: str) -> bool:
    """Whether a printed counting word answers the one that is asked with."""
    return asked is None or asked == "个" or printed in alike(asked)


def _earlier(operand: Operand, draft: Draft) -> Iterator[Quantity]:
    """Last year's figure, as a sentence states it or as it follows from this year's and the change."""
    own = draft.catalog.document_id
    for statement in statements_about(operand, draft, _LEAST, lambda s: earlier_amount(s) is not None):
        amount = earlier_amount(statement)
        assert amount is not None
        value, basis = Value("amount", amount, unit="万元"), "推算" if statement.earlier_yuan is None else ""
        yield Quantity(f"上年{statement.subject}", value, own, (), (statement,), basis)
        return
    if (apart := told_apart(operand, draft, _LEAST)) is not None:
        told, change = apart
        exact = (told.amount_yuan or Decimal(0)) - (change.change_yuan or Decimal(0))
        name = f"由本年数和增减额推算的上年{told.subject}"
        yield Quantity(name, Value("amount", exact, unit="万元"), own, (), apart, "推算")
