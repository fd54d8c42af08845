"""How far rows changed against last year: as sentences state it, as a table prints both years, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from assistant.answering.changed_items import ItemChange, own_changes
from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.values import Value
from assistant.catalog.linking import linked
from assistant.plan.bind import bind, of_statement
from assistant.plan.places import is_same_thing
from assistant.plan.quantity import Quantity
from assistant.plan.rows import change_of, percent_of, rate_of, rows_of
from assistant.query import Moves, Name, Rows, Select
from assistant.reading.patterns import pattern
from assistant.understand.kinds import parts_of
from assistant.understand.types import Operand, Understanding
from assistant.understand.wording import normalise
from index.ordinals import without_ordinal
from index.records import StatementRecord

_MARKED: Final = pattern("marked_item")
_LEVELS: Final = {"类": 1, "款": 2, "项": 3}
_CODES: Final = {3: 1, 5: 2, 7: 3}
_EDGES: Final = ".．、 "
_FEWEST: Final = 3
"""Items that changes must be told of to be compared with each other."""

_FEWEST_PARTS: Final = 2
_CENT: Final = Decimal("0.01")


def moves_of(query: Moves, draft: Draft, text: str) -> tuple[tuple[Quantity, ...], tuple[str, ...]]:
    """The changes of the rows that went the way that is asked for, and the names that nothing accounts for."""
    names = tuple(name for name in query.rows.within.names if not name.is_unit)
    if query.way == "same":
        unmoved = tuple(_unmoved(query.rows, names, draft, text))
        return unmoved, () if unmoved else ("",)
    way = {"up": 1, "down": -1, "any": 0}[query.way]
    found = _changes(query.rows, names, way, draft, text)
    kept = (q for q in found if q.exact and q.exact * way >= 0)
    return tuple(map(_shown, kept)), () if found else tuple(name.text for name in names) or ("",)


def _unmoved(rows: Rows, names: tuple[Name, ...], draft: Draft, text: str) -> Iterator[Quantity]:
    """This year's figures of the rows of which it is told that they are last year's too."""
    if rows.kind == "project":
        for project in rows_of(rows, draft, text)[0]:
            change = change_of(project, draft)
            if change is not None and change.exact == 0:
                yield replace(project, statements=change.statements)
        return
    for change in _marked(rows, names, draft):
        statement = change.statements[0]
        if change.exact == 0:
            yield replace(change, value=Value("amount", statement.amount_yuan, unit="万元"), rate=None)


def _changes(rows: Rows, names: tuple[Name, ...], way: int, draft: Draft, text: str) -> list[Quantity]:
    """All signed changes of the rows; none where they are told of too few to be compared."""
    if rows.kind == "unit":
        return _of_units(rows, draft, text)
    if parts := parts_of(name.text for name in names):
        told = sorted(_of_parts(parts, way, draft), key=lambda part: -abs(part.exact or Decimal(0)))
        return told if len(told) >= _FEWEST_PARTS else []
    if rows.within.side and not names and rows.level is None and rows.kind in ("any", "income"):
        return _of_side(rows.within.side, draft)
    if rows.kind == "project":
        return _of_projects(rows, draft, text)
    marked = list(_marked(rows, names, draft))
    if len(marked) >= _FEWEST:
        return marked
    return _of_items(rows, names, draft, text)


def _of_projects(rows: Rows, draft: Draft, text: str) -> list[Quantity]:
    """The changes of the projects of which sentences tell them; none where they do so of too few."""
    told = (change_of(project, draft) for project in rows_of(rows, draft, text)[0])
    changes = [replace(change, rate=rate_of(change.statements[0])) for change in told if change is not None]
    return changes if len(changes) >= _FEWEST else []


def _of_units(rows: Rows, draft: Draft, text: str) -> list[Quantity]:
    """The changes of what a table prints for each unit in columns of both years; none where it prints but one."""
    found, lost = rows_of(rows, draft, text)
    pairs = [] if lost else [(one, _year_before(one, draft)) for one in found if len(one.cells) == 1]
    told = [_between(now, before) for now, before in pairs if before is not None]
    return told if len(told) == len(found) >= _FEWEST_PARTS else []


def _year_before(quantity: Quantity, draft: Draft) -> Quantity | None:
    """What the row prints in the same column of the year before (2022年/会议费: 2021年/会议费)."""
    year, cell = draft.catalog.year, quantity.cells[0]
    if year is None or str(year) not in cell.column_path:
        return None
    path = cell.column_path.replace(str(year), str(year - 1))
    cells = draft.library.figures({quantity.row_id})[quantity.row_id]
    earlier = next((c for c in cells if c.column_path == path and c.number is not None), None)
    return replace(quantity, value=value_of(earlier), cells=(earlier,)) if earlier is not None else None


def _between(now: Quantity, before: Quantity) -> Quantity:
    """A unit's change, with its per cent."""
    gap = (now.exact or Decimal(0)) - (before.exact or Decimal(0))
    rate = percent_of(gap, before.exact or Decimal(0))
    value = replace(now.value, exact=gap)
    return replace(now, value=value, cells=(*now.cells, *before.cells), parts=(now, before), rate=rate)


def _of_parts(parts: tuple[str, ...], way: int, draft: Draft) -> Iterator[Quantity]:
    """The changes of the known parts of an item; beside one that went another way those of its own parts."""
    for part in parts:
        bound = bind(Select(names=(Name(text=part),)), draft).best
        change = change_of(bound, draft) if bound is not None else None
        if change is not None:
            yield replace(change, rate=rate_of(change.statements[0]))
        if change is None or (change.exact or 0) * way < 0:
            yield from _of_parts(parts_of([part]), way, draft)


def _of_side(side: str, draft: Draft) -> list[Quantity]:
    """The parts of the change of a side's total, where one sentence tells all of them: they come to its change."""
    changed = [s for s in draft.contents.statements.values() if s.change_yuan is not None]
    for whole in (s for s in changed if is_same_thing(normalise(s.subject), side)):
        others = [s for s in changed if s != whole]
        parts = [s for s in others if (s.paragraph_id, s.sentence) == (whole.paragraph_id, whole.sentence)]
        if len(parts) >= _FEWEST_PARTS and sum(s.change_yuan or 0 for s in parts) == whole.change_yuan:
            return [_stated(part, part.subject, draft) for part in parts]
    return []


def _marked(rows: Rows, names: tuple[Name, ...], draft: Draft) -> Iterator[Quantity]:
    """The changes of items whose level sentences mark behind their names: 人大事务（款）人大立法（项）支出…减少."""
    level = rows.level or 3
    seen: set[tuple[str, ...]] = set()
    for statement in draft.contents.statements.values():
        if statement.change_yuan is None or statement.amount_yuan is None:
            continue
        section = draft.contents.paragraphs[statement.paragraph_id].section
        path = _path_of(statement.sentence)
        if not path or path[-1][1] != level or (rows.kind == "economic") != any("经济" in title for title in section):
            continue
        around = normalise("".join((*section, *(name for name, _ in path[:-1]))))
        key = tuple(name for name, _ in path)
        if key in seen or not all(normalise(name.text) in around for name in names):
            continue
        seen.add(key)
        yield _stated(statement, path[-1][0], draft)


def _path_of(sentence: str) -> tuple[tuple[str, int], ...]:
    """The items that a sentence begins with, each with its level."""
    found: list[tuple[str, int]] = []
    end = 0
    for match in _MARKED.finditer(sentence):
        if found and match.start() != end:
            break
        end = match.end()
        found.append(
            (without_ordinal(match["name"]).strip(_EDGES), _LEVELS.get(match["level"]) or _CODES[len(match["level"])])
        )
    return tuple(found)


def _stated(statement: StatementRecord, name: str, draft: Draft) -> Quantity:
    value = Value("amount", statement.change_yuan, unit="万元")
    return replace(of_statement(statement, value, draft), name=name, rate=rate_of(statement))


def _of_items(rows: Rows, names: tuple[Name, ...], draft: Draft, text: str) -> list[Quantity]:
    """The changes of items of a classification: by a table with both years, else by sentences."""
    tokens = tuple(token for name in names if (token := linked(name, draft.catalog)))
    if len(tokens) < len(names):
        return []
    classes = ("economic",) if rows.kind == "economic" else ("function",)
    operands = (Operand(tokens),) if tokens else ()
    asked = Understanding(text, operation="list", operands=operands, classes=classes, level=rows.level)
    found: Iterable[Quantity] = (
        _of_cells(change, draft) if isinstance(change, ItemChange) else _stated(change.statement, change.name, draft)
        for change in own_changes(draft, asked)
    )
    changes = list(found)
    return changes if len(changes) >= _FEWEST else []


def _of_cells(change: ItemChange, draft: Draft) -> Quantity:
    cells = tuple(member.cell for member in (change.after, change.before) if member)
    value = Value("amount", change.gap, unit=change.member.value.unit)
    rate = change.percent.quantize(_CENT, ROUND_HALF_UP) if change.percent is not None else None
    basis = draft.library.table(cells[0].table_id).title
    return Quantity(change.name, value, draft.catalog.document_id, cells, (), basis, rate=rate)


def _shown(change: Quantity) -> Quantity:
    """A change without its sign, which its name tells."""
    exact = change.exact or Decimal(0)
    name = change.name.removesuffix("比上年增加").removesuffix("比上年减少")
    return replace(
        change, name=f"{name}比上年{'增加' if exact > 0 else '减少'}", value=replace(change.value, exact=abs(exact))
    )
