"""The semantic layer over one document: which names stand for which rows, columns, units and sentences.

Built from the warehouse and data/dictionary/, not from code. A *link* is one thing that a name in a question may
stand for; the figures themselves stay in the warehouse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, Literal

from assistant.understand.unit_names import names_of
from assistant.understand.units import unit_aliases
from assistant.understand.wording import (
    aliases,
    generic_words,
    near_forms,
    normalise,
    partial_forms,
    suffixed_forms,
    wording_rules,
)
from index.dictionary import code_names
from index.kinds import KINDS
from index.ordinals import without_ordinal
from index.records import DocumentRecord, ParagraphRecord, StatementRecord, TableRecord
from index.warehouse import Warehouse

LinkRole = Literal["row", "attribute", "column", "unit", "whole", "table", "statement", "passage"]
Match = Literal["exact", "near", "alias", "partial"]

CLASSIFICATIONS: Final = ("功能分类", "部门经济分类", "政府经济分类")
"""Code systems that the whole country shares; other codes are each place's own."""

_SHORT: Final = 3
_TELLING: Final = 5
"""Characters that a label cut off in print must have to be a name of its own."""

_TOTAL_HEADERS: Final = ("合计", "总计", "小计", "金额", "预算数", "决算数")
_COUNT_HEADERS: Final = ("人数", "数量", "人次", "批次", "个数", "年龄", "年限")
"""Ends of headers of the column that is meant, and of one that isn't, where the kind of table has no default column."""

_ATTRIBUTE_MEASURES: Final = frozenset({"项目", "功能科目", "经济科目", "一级指标", "二级指标", "采购目录"})

_FORMS: Final = ("绩效指标表", "绩效目标表")
"""Kinds whose rows aren't known by what their other text columns print, as those of others are (政府经济分类)."""

_OF_A_YEAR: Final = re.compile(r"[（(]([^（()）]*(?:\d{4}年|上年|增减)[^（()）]*)[)）]$")
"""What a label ends with where a unit has a line for each year."""

_OWN: Final = "本级"
_LEADING_CODE: Final = re.compile(r"^\d+[_\-\s]*")
_HEAD_OF_FORM: Final = "：基本信息"
_LONGEST_ATTRIBUTE: Final = 24
_PRINTED_CODE: Final = re.compile(r"^(?:\[[^]]*\]|[A-C]\d{4,})")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one table. ``ancestors`` are row ids from the parent upwards.

    ``unit``: the subordinate unit whose line it is; ``stored_unit``: what the warehouse's 所属单位 says of it.
    """

    row_id: str
    table_id: str
    number: int
    label: str
    printed_label: str
    code: str | None
    code_system: str | None
    level: int | None
    parent: str | None
    is_leaf: bool
    is_total: bool
    unit: str | None
    side: str | None
    stored_unit: str | None = None
    of_other_period: bool = False
    ancestors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One value column; ``measure`` is None where only 全部数据 holds it.

    ``of_other_period``: of last year, or the change since then.
    """

    table_id: str
    number: int
    path: str
    measure: str | None
    value_type: str
    unit: str | None
    side: str | None = None
    of_other_period: bool = False

    def holds_words(self, kind: str) -> bool:
        """Whether the column is text: by its cells, or by its measure's definition in a table of this kind."""
        defined = next((m.type for m in KINDS[kind].measures if m.name == self.measure), self.value_type)
        return "text" in (self.value_type, defined)


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its lines and value columns."""

    table_id: str
    kind: str
    table_no: str | None
    title: str
    unit: str | None
    state: str
    note: str | None
    subject: str | None
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    printed: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    def default_column(self, side: str | None = None) -> Column | None:
        """The column meant when none is named; where 收入 and 支出 stand side by side, the one of ``side``."""
        wanted = next((m.name for m in KINDS[self.kind].measures if m.default), None)
        columns = [c for c in self.columns if side is None or c.side in (None, side)]
        columns = [c for c in columns if not c.of_other_period] or columns
        if named := next((c for c in columns if c.measure == wanted and wanted), None):
            return named
        amounts = [c for c in columns if c.value_type == "amount" and not c.path.endswith(_COUNT_HEADERS)]
        totals = [c for c in amounts if c.path.endswith(_TOTAL_HEADERS)]
        return next(iter((*totals, *amounts, *columns)), None)


@dataclass(frozen=True, slots=True)
class Link:
    """One reading of a name. ``key`` is a row id, a column number, a unit's full name, a statement or paragraph id."""

    role: LinkRole
    key: str
    table_id: str = ""
    score: float = 1.0
    match: Match = "exact"
    name: str = ""


@dataclass(frozen=True, slots=True)
class DocumentCatalog:
    """Everything nameable in one document."""

    document_id: str
    unit_name: str
    region: str | None
    year: int | None
    document_type: str
    tables: dict[str, Table]
    rows: dict[str, Row]
    units: tuple[str, ...]
    surfaces: dict[str, tuple[Link, ...]] = field(repr=False)
    longest: int = 0

    @property
    def main_unit(self) -> str | None:
        """The subordinate unit that is the department itself (本级): the one named like the document's unit."""
        bare = normalise(self.unit_name)
        own = [u for u in self.units if normalise(u).startswith(bare) or normalise(u) in bare]
        return next((u for u in own if _OWN in u), own[0] if own else None)

    def column(self, table_id: str, number: str) -> Column:
        """The column a link points at."""
        return next(c for c in self.tables[table_id].columns if str(c.number) == number)


def load_catalog(
    warehouse: Warehouse,
    document: DocumentRecord,
    records: Iterable[TableRecord],
    statements: Iterable[StatementRecord],
    paragraphs: Iterable[ParagraphRecord],
) -> DocumentCatalog:
    """The catalogue of one document: its records, and its rows and columns read from the warehouse."""
    document_id = document.document_id
    tables = _load_tables(warehouse, document, records)
    rows = {row.row_id: row for table in tables.values() for row in table.rows}
    units = tuple(dict.fromkeys(row.unit for row in rows.values() if row.unit))
    names = _Names()
    for table in tables.values():
        _add_table(names, table)
    for measure_row, texts in _attributes(warehouse, document_id).items():
        for text in texts:
            names.add(text, Link("attribute", measure_row, measure_row.rsplit(".r", 1)[0], 0.7))
    for row_id, table_id, measure in warehouse.execute(_ROW_MEASURES_SQL, [document_id])[1]:
        names.add(measure, Link("row", row_id, table_id))
    _add_prose(names, statements, paragraphs)
    _add_form_owners(names, tables, document)
    for unit in units:
        for alias, score in unit_aliases(unit, document.region):
            names.add_form(alias, Link("unit", unit, score=score, match="alias", name=unit))
    for alias, score in unit_aliases(document.unit_name, document.region):
        names.add_form(alias, Link("whole", document.unit_name, score=score, match="alias", name=document.unit_name))
    surfaces = _without_main_unit(names.surfaces(), document.region)
    return DocumentCatalog(
        document_id, document.unit_name, document.region, document.year, document.document_type, tables, rows, units,
        surfaces, max(map(len, surfaces), default=0),
    )  # fmt: skip


def catalog_of(tables: Iterable[Table]) -> DocumentCatalog:
    """A catalogue of tables that belong to no one document."""
    by_id = {table.table_id: table for table in tables}
    rows = {row.row_id: row for table in by_id.values() for row in table.rows}
    names = _Names()
    for table in by_id.values():
        _add_table(names, table)
    surfaces = names.surfaces()
    return DocumentCatalog("", "", None, None, "", by_id, rows, (), surfaces, max(map(len, surfaces), default=0))


def _without_main_unit(surfaces: dict[str, tuple[Link, ...]], region: str | None) -> dict[str, tuple[Link, ...]]:
    """The document's full name means the whole department, not the unit of the same name in it."""
    place = normalise(region or "")
    return {
        form: tuple(k for k in links if k.role != "unit")
        if place and place in form and any(k.role == "whole" for k in links)
        else links
        for form, links in surfaces.items()
    }


class _Names:
    """Collects links by name, then spreads each name over its surface forms."""

    def __init__(self) -> None:
        self._exact: dict[str, dict[tuple[str, str, str], Link]] = defaultdict(dict)
        self._forms: dict[str, dict[tuple[str, str, str], Link]] = defaultdict(dict)

    def add(self, name: str, link: Link) -> None:
        """A printed name; its near, alias and partial forms follow by rule."""
        plain = normalise(name)
        if len(plain) >= 2 and plain not in wording_rules()["unnameable"]:
            self._put(self._exact, plain, link, name)

    def add_form(self, form: str, link: Link) -> None:
        """A form that stands for itself only."""
        self._put(self._forms, normalise(form), link, link.name)

    @staticmethod
    def _put(into: dict[str, dict[tuple[str, str, str], Link]], form: str, link: Link, name: str) -> None:
        key = (link.role, link.table_id, link.key)
        made = Link(link.role, link.key, link.table_id, link.score, link.match, name)
        if key not in into[form] or into[form][key].score < made.score:
            into[form][key] = made

    def surfaces(self) -> dict[str, tuple[Link, ...]]:
        for name, links in self._exact.items():
            for form, factor, match in _forms(name):
                for link in links.values():
                    weaker = Link(link.role, link.key, link.table_id, link.score * factor, match, link.name)
                    self._put(self._forms, form, weaker, link.name)
        self._complete_partial_forms()
        return {form: tuple(links.values()) for form, links in self._forms.items() if form}

    def _complete_partial_forms(self) -> None:
        """A part of one name (津补贴 of 规范津补贴) is a part of every name that holds it, whatever its words are."""
        for form, known in self._forms.items():
            if all(link.match != "partial" for link in known.values()):
                continue
            for name, links in self._exact.items():
                if form in name:
                    for link in links.values():
                        score = link.score * (0.5 + 0.35 * len(form) / len(name))
                        known.setdefault(
                            (link.role, link.table_id, link.key),
                            Link(link.role, link.key, link.table_id, score, "partial", link.name),
                        )


def _forms(name: str) -> Iterator[tuple[str, float, Match]]:
    """Each surface form of a normalised name with its score factor."""
    yield name, 1.0, "exact"
    near = set(near_forms(name)) - set(wording_rules()["unnameable"])
    for form in near:
        yield form, 0.95, "near"
    for canonical, said in aliases().items():
        if canonical == name or canonical in near or name in set(near_forms(canonical)) or name in said:
            yield canonical, 0.9 if name in said else 0.95, "alias" if name in said else "near"
            for alias in said:
                yield alias, 0.9, "alias"
    for form in (*suffixed_forms(name), *(suffixed_forms(name.replace("、", "")) if "、" in name else ())):
        yield form, 0.93, "near"
    official = _official_names()
    for form in partial_forms(name):
        is_another = name in official and form in official and len(form) <= _SHORT
        if form not in generic_words() and not is_another:
            score = 0.5 + 0.35 * len(form) / len(name)
            yield form, score, "partial"
            for alias in aliases().get(form, ()):
                yield alias, score * 0.9, "partial"


@lru_cache(maxsize=1)
def _official_names() -> frozenset[str]:
    """All items of the national classifications: a short one is never meant as part of another (电费, 邮电费)."""
    return frozenset(normalise(name) for system in CLASSIFICATIONS for name in code_names(system).values())


def _add_table(names: _Names, table: Table) -> None:
    for title in {table.title, table.kind} - {"其他表"}:
        names.add_form(title, Link("table", table.table_id, table.table_id, name=title))
    if table.table_no:
        names.add_form(table.table_no, Link("table", table.table_id, table.table_id, name=table.table_no))
    for alias in wording_rules()["tables"].get(table.kind, ()):
        names.add_form(alias, Link("table", table.table_id, table.table_id, 0.9, "alias", table.title))
    if table.subject:
        names.add(table.subject, Link("table", table.table_id, table.table_id))
    for row in table.rows:
        link = Link("row", row.row_id, table.table_id, name=row.label)
        if row.code:
            names.add_form(row.code, link)
        if row.code_system == "单位":
            if row.unit:
                names.add_form(row.label, Link("unit", row.unit, name=row.unit))
            continue
        names.add(row.label, link)
        printed = without_ordinal(row.printed_label)
        is_cut = normalise(row.label).startswith(normalise(printed))
        if not is_cut or len(printed) >= _TELLING:
            names.add(printed, link)
        if row.code and row.code_system == "采购品目":
            for category in wording_rules()["purchase_categories"].get(row.code[0], ()):
                names.add_form(category, Link("attribute", row.row_id, table.table_id, 0.9, name=category))
    for column in table.columns:
        if column.of_other_period:  # found by the year, not by name
            continue
        leaf = column.path.rsplit("/", 1)[-1]
        for name in {column.measure or leaf, leaf}:
            if not re.search(r"20\d\d", name):
                names.add(re.sub(r"[（(][A-Z].*?[)）]", "", name), Link("column", str(column.number), table.table_id))


def _add_form_owners(names: _Names, tables: dict[str, Table], document: DocumentRecord) -> None:
    """The units that a performance form names in its head (实施单位) also name the form's other tables."""
    head: Table | None = None
    for table in tables.values():
        if table.title.endswith(_HEAD_OF_FORM):
            head = table
        elif head is None or table.subject != head.subject or table.kind not in _FORMS:
            continue
        for owner in _owners(head, document):
            for alias, score in unit_aliases(owner, document.region):
                link = Link("table", table.table_id, table.table_id, 0.9 * score, "alias", owner)
                names.add_form(alias, link)


def _owners(head: Table, document: DocumentRecord) -> Iterator[str]:
    """Organisations that the head of a form prints, but for the document's own."""
    printed = (cell for line in head.printed for cell in line)
    for text in dict.fromkeys(map(normalise, printed)):
        if text != normalise(document.unit_name) and len(text) > _TELLING and any(names_of(text, document.region)):
            yield text


def _add_prose(
    names: _Names, statements: Iterable[StatementRecord], paragraphs: Iterable[ParagraphRecord]
) -> None:
    for statement in statements:
        link = Link("statement", statement.statement_id, score=0.8, name=statement.subject)
        names.add(statement.subject, link)
        for said in wording_rules()["tables"].values():
            if normalise(statement.subject) in said:
                for alias in said:
                    names.add_form(alias, link)
    for paragraph in paragraphs:
        if paragraph.subject and paragraph.role in ("duty", "definition", "goal"):
            names.add(paragraph.subject, Link("passage", paragraph.paragraph_id, score=0.8))


_ROWS_SQL: Final = """
SELECT row_id, any_value(table_id), any_value(row_no), any_value(row_label), any_value(printed_label), any_value(code),
       any_value(code_system), any_value(level), any_value(parent_row_id), any_value(is_leaf), any_value(is_total),
       any_value(subordinate_unit), any_value(side), min(column_no) AS first_column
FROM figures WHERE document_id = ? GROUP BY row_id ORDER BY any_value(table_id), any_value(row_no), first_column"""
_COLUMNS_SQL: Final = """
SELECT table_id, column_no, any_value(column_path),
       CASE WHEN count(DISTINCT measure) = 1 THEN any_value(measure) END,
       coalesce(mode(value_type) FILTER (WHERE value_type <> 'blank'), 'blank'), any_value(unit), any_value(side)
FROM figures WHERE document_id = ? GROUP BY table_id, column_no ORDER BY table_id, column_no"""
_ROW_MEASURES_SQL: Final = """
SELECT row_id, table_id, measure FROM (
    SELECT row_id, table_id, measure, count(DISTINCT measure) OVER (PARTITION BY table_id, column_no) AS measures
    FROM figures WHERE document_id = ? AND measure IS NOT NULL) WHERE measures > 1"""
"""Rows of tables that print their measures one below the other (三公)."""

_ATTRIBUTES_SQL: Final = """
SELECT row_id, printed FROM figures
WHERE document_id = $1 AND value_type = 'text'
  AND (measure IN $2 OR NOT kind IN $3 AND measure IS NULL AND length(printed) BETWEEN 3 AND $4)"""


def _load_tables(
    warehouse: Warehouse, document: DocumentRecord, records: Iterable[TableRecord]
) -> dict[str, Table]:
    document_id = document.document_id
    rows: dict[str, list[Row]] = defaultdict(list)
    entries = warehouse.execute(_ROWS_SQL, [document_id])[1]
    lines = [_with_unit(replace(Row(*entry[:13]), stored_unit=entry[11]), document) for entry in entries]
    whole = normalise(document.unit_name) if any(_OWN in (row.unit or "") for row in lines) else None
    for row in lines:
        is_whole = whole is not None and normalise(row.unit or "") == whole  # beside 本级 the name means all
        rows[row.table_id].append(replace(row, unit=row.stored_unit) if is_whole else row)
    columns: dict[str, list[Column]] = defaultdict(list)
    for entry in warehouse.execute(_COLUMNS_SQL, [document_id])[1]:
        column = Column(*entry)
        is_other = any(_is_other_period(part, document.year) for part in column.path.split("/"))
        columns[entry[0]].append(replace(column, of_other_period=is_other))
    return {
        record.table_id: Table(
            record.table_id, record.kind, record.table_no, record.title, record.unit, record.state, record.note,
            record.subject, tuple(_with_ancestors(rows[record.table_id])), tuple(columns[record.table_id]),
            record.grid if record.title.endswith(_HEAD_OF_FORM) else (),
        )
        for record in records
    }  # fmt: skip


def _with_unit(row: Row, document: DocumentRecord) -> Row:
    """A line that bears a unit's name is that unit's, also where nothing else tells (三公 of 本级 and 中心)."""
    if row.unit or row.is_total or row.code_system in CLASSIFICATIONS or not document.region:
        return row
    name = _LEADING_CODE.sub("", row.label)
    if of_year := _OF_A_YEAR.search(name):
        return replace(row, of_other_period=_is_other_period(of_year.group(1), document.year))
    is_unit = normalise(name).startswith(normalise(document.region)) and bool(names_of(name, document.region))
    return replace(row, unit=name, code_system="单位") if is_unit else row


def _is_other_period(text: str, year: int | None) -> bool:
    """Whether a header's part speaks of last year or of the change since then; what is carried over is this year's.

    >>> _is_other_period("上年预算数", 2026), _is_other_period("上年结转", 2026), _is_other_period("2026年预算数", 2026)
    (True, False, False)
    """
    if year and str(year) in text and not re.search(r"增减|增长|变化|变动", text):
        return False
    earlier = rf"|{year - 1}\s*年" if year else ""
    return bool(re.search(rf"上年(?!结转|结余|末)|去年|增减|增长率?|比上年|变化|变动{earlier}", text))


def _with_ancestors(rows: Iterable[Row]) -> Iterator[Row]:
    by_id = {row.row_id: row for row in rows}
    for row in by_id.values():
        chain: list[str] = []
        parent = row.parent
        while parent and parent in by_id and parent not in chain:
            chain.append(parent)
            parent = by_id[parent].parent
        yield replace(row, ancestors=tuple(chain))


def _attributes(warehouse: Warehouse, document_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    parameters = [document_id, sorted(_ATTRIBUTE_MEASURES), list(_FORMS), _LONGEST_ATTRIBUTE]
    entries: list[Any] = warehouse.execute(_ATTRIBUTES_SQL, parameters)[1]
    for row_id, printed in entries:
        found[row_id].append(_PRINTED_CODE.sub("", printed))
    return found
