"""Posts and people of a department, kind by kind and unit by unit, from a sentence or from a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import show_query
from assistant.answering.phrases import title_of_table
from assistant.answering.values import Value
from assistant.catalog import Row, Table
from assistant.plan.bind import ALL_PEOPLE, ALL_POSTS, count_of, is_actual, of_statement
from assistant.plan.quantity import Quantity
from assistant.understand.kinds import alike
from assistant.understand.wording import normalise
from index.records import FigureRecord, StatementRecord

_POSTS: Final = re.compile("编制(?:人数|总数|人员|数)?$")
_POSTS_COLUMN: Final = re.compile("编制")
_PEOPLE_COLUMN: Final = re.compile("实有|在岗|在编|在职|实际")
_SAYS_WHICH: Final = re.compile("实有|实际|在编|在岗|编制")
_KINDS: Final = (("行政附属", "行政附属"), ("行政", "行政|机关"), ("事业", "事业"), ("工勤", "工勤"))
_BOTH: Final = 2


@dataclass(frozen=True, slots=True)
class Staffed:
    """The posts of one kind ("" for all) in one unit ("" for the whole department), and the people there."""

    unit: str
    kind: str
    posts: Quantity
    people: Quantity

    @property
    def over(self) -> int:
        """How many people there are more than posts; negative where posts are free."""
        return int((self.people.exact or 0) - (self.posts.exact or 0))


def staffing_of(draft: Draft) -> tuple[Staffed, ...]:
    """All posts that a document sets beside the people there: those of the whole, of each kind, of each unit."""
    told = {(each.unit, each.kind): each for each in (*_in_tables(draft), *_in_prose(draft))}
    return tuple(told.values())


def _in_prose(draft: Draft) -> Iterator[Staffed]:
    counted = [s for s in draft.contents.statements.values() if s.number is not None and s.number_unit in alike("人")]
    for paragraph in dict.fromkeys(s.paragraph_id for s in counted):
        beside = [s for s in counted if s.paragraph_id == paragraph]
        posts = {kind: s for s in beside if (kind := _kind_of_posts(s)) is not None}
        people = dict(_people(beside))
        for kind in (kind for kind in posts if kind in people):
            yield Staffed("", kind, _stated(posts[kind], "", draft), _stated(people[kind], kind, draft))


def _kind_of_posts(statement: StatementRecord) -> str | None:
    subject = normalise(statement.subject)
    if not _POSTS.search(subject):
        return None
    return "" if ALL_POSTS.search(subject) else _kind(subject)


def _people(statements: list[StatementRecord]) -> Iterator[tuple[str, StatementRecord]]:
    """The people of each kind: all of them, and the parts that the sentence lists of these."""
    whole = next((s for s in statements if is_actual(s) and ALL_PEOPLE.fullmatch(normalise(s.subject))), None)
    if whole is None:
        return
    yield "", whole
    for part in (s for s in statements if s.whole_id == whole.statement_id):
        if kind := _kind(normalise(part.subject)):
            yield kind, part


def _kind(name: str) -> str | None:
    """The kind of posts that a subject or a header names; None where it names none, or several."""
    found = [kind for kind, form in _KINDS if re.search(form, name)]
    return found[0] if len(found) == 1 or found[:1] == ["行政附属"] else None


def _stated(statement: StatementRecord, kind: str, draft: Draft) -> Quantity:
    quantity = of_statement(statement, count_of(statement), draft)
    if _SAYS_WHICH.search(quantity.name):
        return quantity
    return replace(quantity, name=f"实有{kind}人员" if kind else f"实有{quantity.name}")


def _in_tables(draft: Draft) -> Iterator[Staffed]:
    for table in draft.catalog.tables.values():
        paths = [column.path for column in table.columns]
        if any(map(_POSTS_COLUMN.search, paths)) and any(map(_PEOPLE_COLUMN.search, paths)):
            yield from _of_table(table, draft)


def _of_table(table: Table, draft: Draft) -> Iterator[Staffed]:
    cells = draft.library.figures({row.row_id for row in table.rows})
    for row in table.rows:
        told: dict[str, dict[bool, FigureRecord]] = {}
        for cell in (cell for cell in cells[row.row_id] if cell.number is not None):
            is_posts = bool(_POSTS_COLUMN.search(cell.column_path))
            if is_posts or _PEOPLE_COLUMN.search(cell.column_path):
                told.setdefault(_kind(cell.column_path) or "", {}).setdefault(is_posts, cell)
        for kind, pair in told.items():
            if len(pair) == _BOTH:
                unit = "" if row.is_total else row.label
                yield Staffed(
                    unit, kind, _of_cell(pair[True], row, kind, draft), _of_cell(pair[False], row, kind, draft)
                )


def _of_cell(cell: FigureRecord, row: Row, kind: str, draft: Draft) -> Quantity:
    table = draft.catalog.tables[cell.table_id]
    show_query(draft, [(row, cell)])
    name = f"{kind or '人员'}编制" if _POSTS_COLUMN.search(cell.column_path) else f"实有{kind}人员"
    value = Value("quantity", cell.number, unit="人")
    return Quantity(name, value, draft.catalog.document_id, (cell,), (), title_of_table(table), row_id=row.row_id)
