"""Purchases: the lines of a purchase table, each with what it and the rows above it tell (project, unit, catalogue).

One project is often bought in several lines, and a line may bear its project, its unit or what it is booked under only
above itself. Names that the same column tells are alternatives (维修费和会议费); those of different columns narrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.catalog import DocumentCatalog, Row, Table
from assistant.catalog.linking import item_words, linked, tables_numbered
from assistant.library import Library
from assistant.query import Name
from assistant.reading.pieces import restricts
from assistant.understand.wording import normalise, wording_rules
from index.records import FigureRecord

KIND: Final = "政府采购预算表"
_BOUGHT: Final = re.compile("采购目录|采购物品|(?<!大类)品目名称")
"""Headers of the column that says what a line buys; rows that leave it blank are headings of lines."""

_OF_BUYING: Final = re.compile("(政府)?采购(预算|计划|支出|项目|资金|金额)?(明细|清单)?表?")
"""What all lines of purchases are."""

_CODE: Final = re.compile(r"\d+")
_CATEGORY: Final = re.compile(r"(货物|工程|服务)类?\(?[abc]?\)?")
_LETTERED: Final = re.compile(r"^[abc]类|\(?[abc]\)?$")
_LETTER: Final = re.compile(r"([ABC])\d")
_SURE: Final = 0.75
_SHORT: Final = 4
PROJECT: Final = "项目"
UNIT: Final = "单位"
_CLASS: Final = "类别"


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One line: ``told`` is what its columns and the rows above say, by column; ``texts`` are its own worded cells.

    ``is_heading``: it adds up the lines of one unit within goods, works or services.
    """

    row: Row
    told: dict[str, str]
    money: FigureRecord
    count: FigureRecord | None
    texts: tuple[FigureRecord, ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Purchases:
    """The lines that names select; ``missing``: those of the names that no line tells; ``columns``: what they name."""

    lines: tuple[PurchaseLine, ...]
    missing: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()


def purchases_of(
    own: Sequence[Name], within: Sequence[Name], library: Library, catalog: DocumentCatalog, *, are_rows: bool = False
) -> Purchases:
    """The lines that names select; names of tables and of columns select none, those told before may tell nothing.

    ``are_rows``: the lines themselves are meant, also where names of units and classes select the heads of several.
    """
    found: list[Purchases] = []
    numbered = [tables_numbered(name, token) for name in (*own, *within) if (token := linked(name, catalog))]
    for table in (t for t in catalog.tables.values() if t.kind == KIND):
        if any(tables and table.table_id not in tables for tables in numbered):
            continue  # 06表里的物业管理费: of no other table
        lines = list(lines_of(table, library, catalog))
        asked = [name for name in own if _selects(name, table, catalog) and (are_rows or not _is_column(name, catalog))]
        around = [name for name in within if _selects(name, table, catalog) and name not in asked]
        lines = [line for line in lines if not (are_rows and line.is_heading)]
        selected = _selected(asked, around, lines, catalog, are_rows=are_rows)
        if are_rows and not (asked or around) and any(_BOUGHT.search(c.path) for c in table.columns):
            selected = Purchases(tuple(lines))  # 采购里最大的一单: of all lines
        found += [selected] if selected.lines else []
    return min(found, key=lambda each: (len(each.missing), len(each.lines)), default=Purchases(()))


def is_of_purchases(names: Sequence[Name], catalog: DocumentCatalog) -> bool:
    """Whether a purchase table is named, or something that only such tables print."""
    return any(_names_table(name, catalog) or _is_only_bought(name, catalog) for name in names)


def is_of_thing(header: str) -> bool:
    """Whether a column says what is bought."""
    return bool(_BOUGHT.search(header))


def _names_table(name: Name, catalog: DocumentCatalog) -> bool:
    token = linked(name, catalog)
    tables = [link.table_id or link.key for link in (token.links if token else ()) if link.role == "table"]
    if _OF_BUYING.fullmatch(normalise(name.text)):
        return any(table.kind == KIND for table in catalog.tables.values())
    return any(catalog.tables[table].kind == KIND for table in tables if table in catalog.tables)


def _is_column(name: Name, catalog: DocumentCatalog) -> bool:
    """Whether a name is that of columns and of nothing else (买几台)."""
    token = linked(name, catalog)
    links = token.links if token else ()
    return bool(links) and all(link.role == "column" for link in links)


def _is_only_bought(name: Name, catalog: DocumentCatalog) -> bool:
    token = linked(name, catalog)
    links = token.links if token and not name.is_unit else ()
    if not links or any(link.score < _SURE and link.role != "attribute" for link in links):
        return False
    return all(_kind_at(link.table_id or link.key.rsplit(".r", 1)[0], catalog) == KIND for link in links)


def _kind_at(table_id: str, catalog: DocumentCatalog) -> str:
    return catalog.tables[table_id].kind if table_id in catalog.tables else ""


def _selects(name: Name, table: Table, catalog: DocumentCatalog) -> bool:
    """Whether a name may select lines: it names no purchase table and no column, and is no mere verb."""
    text = normalise(name.text)
    columns = {normalise(form) for c in table.columns for form in (c.path, c.path.rsplit("/", 1)[-1], c.measure or "")}
    if text in columns or (not name.is_unit and _names_table(name, catalog)):
        return False
    return name.is_linked or restricts(name.text)


@dataclass(slots=True)
class _Above:
    """What the rows above a line say: its class, its unit, its project and what else they are booked under."""

    label: str = ""
    unit: str = ""
    category: str = ""
    texts: dict[str, str] = field(default_factory=dict)


def lines_of(table: Table, library: Library, catalog: DocumentCatalog) -> Iterator[PurchaseLine]:
    """The lines of a table in order, each with what stands above it."""
    column = table.default_column()
    cells = library.figures({row.row_id for row in table.rows})
    worded = {row.row_id: tuple(_texts(row, cells[row.row_id])) for row in table.rows}
    bought = {c.number for c in table.columns if _BOUGHT.search(c.path) and not c.path.endswith("大类")}
    is_worded = any(worded.values())
    units = {normalise(unit): unit for unit in catalog.units}
    above, before = _Above(), tuple[FigureRecord, ...]()
    for row in table.rows:
        money = next((c for c in cells[row.row_id] if column and c.column_no == column.number), None)
        texts = worded[row.row_id]
        numbers = {text.column_no for text in texts}
        if _goes_on(row, texts, before):  # the cell of what is bought is one for several lines
            texts = (*(text for text in before if text.column_no in bought), *texts)
            numbers = {text.column_no for text in texts}
        is_line = bool(numbers & bought if bought else texts or not is_worded) and not row.is_total
        is_line = is_line and not _CATEGORY.fullmatch(normalise(row.label))
        if is_line and money is not None and money.number is not None:
            count = next((c for c in cells[row.row_id] if c.measure == "采购数量" and c.number is not None), None)
            yield PurchaseLine(row, _told(row, texts, above), money, count, texts)
            before = texts
            continue
        before = ()
        _pass(row, cells[row.row_id], texts, above, units)
        if above.unit and above.category and money is not None and money.number is not None and not texts:
            told = {UNIT: above.unit, _CLASS: above.category}
            yield PurchaseLine(row, told, money, None, (), is_heading=True)


def _goes_on(row: Row, texts: Sequence[FigureRecord], before: Sequence[FigureRecord]) -> bool:
    """Whether a row says only some of what the line right above it says: the rest stands in cells that both share."""
    own = {text.column_no for text in texts}
    return not row.label and bool(own) and own < {text.column_no for text in before}


def _texts(row: Row, cells: Sequence[FigureRecord]) -> Iterator[FigureRecord]:
    """The worded cells of a row besides its label; numbers of units and of items tell nothing by themselves."""
    labels = {normalise(row.label), normalise(row.printed_label)}
    for cell in cells:
        text = normalise(cell.printed)
        is_worded = cell.value_type == "text" and text not in ("", *labels) and not _CODE.fullmatch(text)
        if is_worded and not cell.column_path.endswith("大类"):
            yield cell


def _pass(
    row: Row, cells: Sequence[FigureRecord], texts: Sequence[FigureRecord], above: _Above, units: dict[str, str]
) -> None:
    """Takes in a row that stands above lines: a class, a unit or a project; a unit's number ends the unit before."""
    label = normalise(row.label)
    unit = row.unit or units.get(label, "")
    if match := _CATEGORY.fullmatch(label):
        above.category, above.unit, above.label, above.texts = match[1], "", "", {}
        return
    if unit or any(_CODE.fullmatch(c.printed) and len(c.printed) > 3 and c.value_type == "text" for c in cells):
        above.unit, above.label = unit, ""
    elif label:
        above.label = row.label
    above.texts = {c.column_path: c.printed for c in texts}


def _told(row: Row, texts: Sequence[FigureRecord], above: _Above) -> dict[str, str]:
    told = {PROJECT: row.label or above.label, **above.texts, **{c.column_path: c.printed for c in texts}}
    letter = next((m[1] for c in texts if (m := _LETTER.match(c.printed.strip()))), "")
    category = wording_rules()["purchase_categories"].get(letter, [above.category])[0]
    unit = row.unit or above.unit
    return {**told, _CLASS: category.rstrip("类"), UNIT: unit}


def _selected(
    own: Sequence[Name], around: Sequence[Name], lines: Sequence[PurchaseLine], catalog: DocumentCatalog, *,
    are_rows: bool,
) -> Purchases:  # fmt: skip
    """The lines that all columns named select; a heading of lines where only units and classes are named."""
    groups: dict[str, set[int]] = {}
    missing: list[str] = []
    for name in own:
        if (by_column := _lines_of(name, lines, catalog)) is None:
            missing.append(name.text)
            continue
        column, places = by_column
        before = groups.get(column, places)
        groups[column] = (before & places if not are_rows else set()) or before | places  # 云平台|租赁: both, if any
    if not groups and not around:
        return Purchases((), tuple(missing))
    narrower: dict[str, set[int]] = {}
    for name in around:
        by_column = _lines_of(name, lines, catalog)
        missing += [name.text] if by_column is None and name.is_unit else []
        if by_column is not None and by_column[0] not in groups:
            narrower[by_column[0]] = narrower.get(by_column[0], set()) | by_column[1]
    kept = _narrowed(groups, narrower, range(len(lines)))
    chosen = [line for place, line in enumerate(lines) if place in kept]
    headings = [line for line in chosen if line.is_heading]
    columns = {*groups, *narrower}
    if columns <= {UNIT, _CLASS} and not are_rows:
        return Purchases(tuple(headings) if _CLASS in columns else (), tuple(missing), frozenset(groups))
    kept_lines = tuple(line for line in chosen if not line.is_heading)
    return Purchases(kept_lines if are_rows else _without_parts(kept_lines), tuple(missing), frozenset(groups))


def _without_parts(lines: tuple[PurchaseLine, ...]) -> tuple[PurchaseLine, ...]:
    """The lines without those that are parts of others (an item below its class)."""
    known = {line.row.row_id for line in lines}
    return tuple(line for line in lines if not known & {*line.row.ancestors})


def _narrowed(own: dict[str, set[int]], around: dict[str, set[int]], every: Iterable[int]) -> set[int]:
    """The places that all columns named select; a class told before that holds none of them was of something else."""
    kept = set(every).intersection(*own.values())
    for column, places in around.items():
        if kept & places or column != _CLASS:
            kept &= places
    return kept


def _lines_of(name: Name, lines: Sequence[PurchaseLine], catalog: DocumentCatalog) -> tuple[str, set[int]] | None:
    """The column that tells a name and the lines where it does: as it is, else within a longer text."""
    forms = _forms(name, catalog)
    columns = (
        [UNIT] if name.is_unit else [c for c in dict.fromkeys(k for line in lines for k in line.told) if c != UNIT]
    )
    if (category := _category(name)) and not name.is_unit:
        columns, forms = [_CLASS], {category}
    said = normalise(name.text)
    others = forms - {said}
    is_renamed = bool(others) and not any(said in form for form in others)
    as_said = (({said}, True), ({said}, False)) if is_renamed else ()  # 加油: what is bought, not what it is booked as
    for sought, is_exact in (*as_said, (forms, True), (forms, False)):
        for column in columns:
            places = {
                n for n, line in enumerate(lines) if _bears(sought, normalise(line.told.get(column, "")), is_exact)
            }
            if places:
                return column, places
    return None


def _bears(forms: set[str], text: str, is_exact: bool) -> bool:
    return text in forms if is_exact else any(form in text for form in forms)


def _forms(name: Name, catalog: DocumentCatalog) -> set[str]:
    token = linked(name, catalog)
    every = token.links if token else ()
    is_one = len({link.name for link in every}) == 1  # 烹饪实训室改造: no other item is called so
    links = [link for link in every if link.score > _SURE or (is_one and len(name.text) > _SHORT)]
    role = "unit" if name.is_unit else ""
    said = {normalise(name.text), *item_words().get(normalise(name.text), ())}
    return said | {normalise(k.name) for k in links if k.name and (k.role == "unit") == bool(role)}


def _category(name: Name) -> str:
    """货物, 工程 or 服务 where a name is one of these."""
    text = _LETTERED.sub("", normalise(name.text))
    found = (
        forms
        for forms in wording_rules()["purchase_categories"].values()
        if text in forms or text == forms[0].rstrip("类")
    )
    return next((forms[0].rstrip("类") for forms in found), "")
