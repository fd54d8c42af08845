"""Everywhere that a document states one thing: cells, sentences, the goal and the indicators of a project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.notes import cells_of
from assistant.answering.phrases import title_of_table
from assistant.answering.statements import statement_value, statements_about
from assistant.answering.values import Value
from assistant.catalog import Row, Table
from assistant.catalog.linking import linked
from assistant.catalog.naming import FORMS as INDICATOR_FORMS
from assistant.plan.bind import bind, of_statement
from assistant.plan.quantity import Quantity
from assistant.plan.targets import targets_beside, targets_of
from assistant.query import Change, Place, Query, Select, Several
from assistant.reading.patterns import pattern
from assistant.reading.selects import side_of
from assistant.told import Told
from assistant.understand.kinds import alike
from assistant.understand.types import Operand
from assistant.understand.wording import normalise, synonyms
from index.money import to_yuan
from index.records import FigureRecord, ParagraphRecord, StatementRecord

_SAME_THING: Final = pattern("same_thing")
_WHOLE_COST: Final = pattern("whole_cost")
_FOR_ONE: Final = pattern("for_one")
_CLAUSE: Final = re.compile(r"[,，;；。]")
_AMOUNT: Final = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[万亿]?元)")
_ENDING: Final = re.compile("(?:支出|收入|费用?|经费|资金|预算|拨款)$")
_REASON: Final = re.compile(r"(?P<of>[^,，;；。]+?)(?:(?P<up>增加|增长|上升)|减少|下降|降低)的?主?要?原因")
_RISES: Final = re.compile("增加|增长|上升|提高|新增|上调")
_FALLS: Final = re.compile("减少|下降|降低|压减|压缩|调出|退休")
_TOTAL: Final = re.compile("(?P<side>收入|支出)(总计|合计|总额)")
_BUYS: Final = re.compile("购|买|新增|更新|更换|报废|添置|租|其中|减少|增加|处置")
"""What says that things are counted that come or go, not those that are there."""

_AGREEMENTS: Final = "一致"
"""How the names of checks end that compare two statements of one thing."""

FORMS: Final = (*INDICATOR_FORMS, "绩效资金表")
_EACH_PLACE: Final[tuple[Place, ...]] = ("table", "prose")
_TWO: Final = 2
_TELLING: Final = 4
_SHORTEST: Final = 2
_MOST: Final = 12


def places_of(query: Query, draft: Draft, text: str) -> tuple[Quantity, ...]:
    """The figures of one thing with the places that state them, in document order; none where they are too many."""
    match query:
        case Several():
            found = [q for one in query.of for q in places_of(one, draft, text)]
        case Change(of=Select() as select):
            found = list(_changes(select, draft))
        case Select():
            found = [*_figures(query, draft, text)] if query.names else [*_totals(query, draft, text)]
            found += [*_stated_in_prose(query, draft, text)]
            found += _found_to_differ(query, draft) if len({q.exact for q in found}) < _TWO else ()
        case _:
            found = []
    found = [q for q in dict.fromkeys(found) if q.exact is not None]
    return tuple(found) if len(found) <= _MOST else ()


def _figures(select: Select, draft: Draft, text: str) -> Iterator[Quantity]:
    """What tables, sentences, goals and indicators print of an item."""
    bound = bind(select, draft, text)
    if bound.missing or bound.is_promised:
        yield from targets_of(select.names, select.within, draft)
        return
    forms = _printed_forms(select, draft)
    yield from (q for q in bound.readings if q.value.kind in ("amount", "quantity") and _is_of(q, forms))
    rows = (row for q in bound.readings for cell in q.cells if (row := draft.catalog.rows.get(cell.row_id)))
    if select.quantity == "any":
        for row in _one_of_each_name(rows):
            yield from _costs_of_project(row, draft)
        return
    units = alike(select.counted or "")
    yield from (q for q in targets_of(select.names, select.within, draft) if q.value.unit in units)


def counted_elsewhere(found: Sequence[Quantity], select: Select, draft: Draft) -> Iterator[Told]:
    """The sentences that count the same things by another number than was found (20台公务用车的燃料费)."""
    said = {normalise(text) for text in (*(name.text for name in select.names), *(q.name for q in found))}
    groups = ({word, *printed} for word, printed in synonyms().items())
    forms = said.union(*(group for group in groups if group & said))
    units = "|".join(map(re.escape, alike(select.counted or "")))
    counts = re.compile(rf"(?<![\d.,])(?P<count>\d+)(?:{units})(?:{'|'.join(map(re.escape, sorted(forms)))})")
    known = {q.exact for q in found}
    for told in draft.contents.told:
        for clause in _CLAUSE.split(told.plain):
            match = counts.search(clause)
            if match and Decimal(match["count"]) not in known and not _BUYS.search(clause[: match.start()]):
                yield told


def _printed_forms(select: Select, draft: Draft) -> list[str]:
    """What a document calls the items of a selection, beside what the question does."""
    tokens = [linked(name, draft.catalog) for name in select.names]
    printed = [link.name for token in tokens if token for link in token.links]
    return [_stem(normalise(text)) for text in (*printed, *(name.text for name in select.names))]


def _is_of(quantity: Quantity, forms: Sequence[str]) -> bool:
    """Whether a sentence states the item itself, not the 科目 that a row of it is booked under."""
    return bool(quantity.cells) or any(_shared(normalise(quantity.name), form) >= _SHORTEST for form in forms)


def _shared(one: str, other: str) -> int:
    """Characters of the longest stretch that two texts share."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _totals(select: Select, draft: Draft, text: str) -> Iterator[Quantity]:
    """A side's total as tables print it and as sentences state it."""
    for place in _EACH_PLACE:
        yield from bind(select.model_copy(update={"place": place}), draft, text).readings


def _stated_in_prose(select: Select, draft: Draft, text: str) -> Iterator[Quantity]:
    """A side's total as sentences state it, where it is named by its row in tables (支出总计)."""
    only = _TOTAL.fullmatch(normalise(select.names[0].text)) if len(select.names) == 1 else None
    if only and (side := side_of(only["side"])):
        yield from bind(Select(side=side, place="prose"), draft, text).readings


def _found_to_differ(select: Select, draft: Draft) -> Iterator[Quantity]:
    """What the checks found that tables or sentences state otherwise of an item."""
    forms = [_stem(name.text) for name in select.names] or [select.side or ""]
    for finding in draft.contents.contradictions:
        if finding.is_rounding or not finding.check_name.endswith(_AGREEMENTS):
            continue
        statements = [draft.library.statement(i) for i in finding.statement_ids]
        cells = cells_of(draft, finding)
        said = [*(s.subject for s in statements), *(c.row_label for c in cells)]
        if any(is_same_thing(normalise(each), form) for each in said for form in forms):
            yield from (_of_cell(cell, draft) for cell in cells)
            yield from (of_statement(s, v, draft) for s in statements if (v := statement_value(s)) is not None)


def _of_cell(cell: FigureRecord, draft: Draft) -> Quantity:
    value = Value("amount", cell.amount_yuan, unit=cell.unit or "")
    title = title_of_table(draft.catalog.tables[cell.table_id])
    return Quantity(cell.row_label, value, draft.catalog.document_id, (cell,), (), title, row_id=cell.row_id)


def _one_of_each_name(rows: Iterator[Row]) -> Iterator[Row]:
    seen: dict[str, Row] = {}
    for row in rows:
        seen.setdefault(normalise(row.label), row)
    yield from seen.values()


def _costs_of_project(row: Row, draft: Draft) -> Iterator[Quantity]:
    """What the goal and the indicators of the project of a row say that it costs."""
    for target in targets_beside(row, draft):
        if target.value.kind == "amount" and _is_of_whole(normalise(target.name), normalise(row.label)):
            yield target
    table = draft.catalog.tables[row.table_id]
    name = normalise((table.kind in FORMS and table.subject) or row.label)
    for told in draft.contents.told:
        source = told.source
        if not isinstance(source, FigureRecord) or not _is_goal_of(source, name, draft.catalog.tables):
            continue
        for clause in _CLAUSE.split(told.plain):
            if _WHOLE_COST.search(clause) and not _FOR_ONE.search(clause):
                yield from _amounts_in(clause, source, draft)


def _is_of_whole(label: str, project: str) -> bool:
    """Whether an indicator is of all that a project costs: it says so, or bears the project's name."""
    if re.search("总(成本|额|费用|投入|投资)|项目成本|预算(资金|金额|数)", label):
        return True
    return _shared(label, project) >= _TELLING


def _is_goal_of(cell: FigureRecord, project: str, tables: dict[str, Table]) -> bool:
    return tables[cell.table_id].kind == "绩效目标表" and normalise(cell.row_label) == project


def _amounts_in(clause: str, cell: FigureRecord, draft: Draft) -> Iterator[Quantity]:
    """The amounts that a clause of a goal states, each under the clause."""
    for match in _AMOUNT.finditer(clause):
        value = Value("amount", to_yuan(Decimal(match["number"].replace(",", "")), match["unit"]), unit=match["unit"])
        title = draft.library.table(cell.table_id).title
        basis = f"{title}：{cell.column_path.rsplit('/', 1)[-1]}"
        yield Quantity(clause[: match.start()], value, draft.catalog.document_id, (cell,), (), basis)


# Changes


def _changes(select: Select, draft: Draft) -> Iterator[Quantity]:
    """By how much sentences say that an item, or the total of a side, changed; signed."""
    for statement in _stating(select, draft):
        if statement.change_yuan is not None:
            value = Value("amount", statement.change_yuan, unit="万元")
            yield of_statement(statement, value, draft)


def _stating(select: Select, draft: Draft) -> list[StatementRecord]:
    statements = [s for s in draft.contents.statements.values() if s.change_yuan is not None]
    if not select.names:
        return statements_about(Operand((), select.side), draft, 0.0, lambda s: s.change_yuan is not None)
    forms = [_stem(name.text) for name in select.names]
    return [s for s in statements if any(is_same_thing(normalise(s.subject), form) for form in forms)]


def _stem(name: str) -> str:
    """A name without the ending that sentences leave out or put another one for (培训费支出, 培训费)."""
    text = normalise(name)
    stem = _ENDING.sub("", text)
    return stem if len(stem) >= _SHORTEST else text


def is_same_thing(subject: str, name: str) -> bool:
    """Whether a sentence's subject is a name with nothing around it that makes it something else."""
    if name not in subject or len(name) < _SHORTEST:
        return False
    before, _, after = subject.partition(name)
    return not any(_SAME_THING.sub("", rest) for rest in (before, after))


def contrary_reasons(changes: tuple[Quantity, ...], select: Select, draft: Draft) -> Iterator[Told]:
    """The sentences whose reason is one for the other way than the change (减少……原因是……增加)."""
    ways = {(q.exact or 0) > 0 for q in changes}
    names = [_stem(name.text) for name in select.names]
    if len(ways) != 1 or not names:
        return
    own = [s for q in changes for s in q.statements if s.reason and _is_contrary(s.reason, rises=True in ways)]
    for told in draft.contents.told:
        match = _REASON.search(told.plain)
        is_other_way = match is not None and (match["up"] is not None) not in ways
        is_of_item = match is not None and any(is_same_thing(match["of"], name) for name in names)
        if (is_other_way and is_of_item) or any(_is_within(statement, told) for statement in own):
            yield told


def _is_contrary(reason: str, *, rises: bool) -> bool:
    """Whether a reason speaks of the other way only."""
    up, down = bool(_RISES.search(reason)), bool(_FALLS.search(reason))
    return down and not up if rises else up and not down


def _is_within(statement: StatementRecord, told: Told) -> bool:
    return isinstance(told.source, ParagraphRecord) and (
        told.source.paragraph_id == statement.paragraph_id and statement.sentence in told.text
    )
