"""Projects that a question names, with the forms that print what each of them promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.catalog import DocumentCatalog, Link, Row, Table
from assistant.understand.types import Token, Understanding
from assistant.understand.wording import normalise

_INDICATORS: Final = "绩效指标表"
_GOALS: Final = "绩效目标表"
_GOAL: Final = "绩效目标"
_PRINTED: Final = ("exact", "near")
_TELLING: Final = 4
"""Characters from which a part of a name may stand for it."""


@dataclass(frozen=True, slots=True)
class ProjectForms:
    """The lines that say what the projects named promise.

    ``names`` are the words that name them, ``titles`` what their forms are called.
    """

    indicators: tuple[Row, ...]
    goals: tuple[Row, ...]
    names: tuple[Token, ...]
    titles: str


def forms_named(asked: Understanding, catalog: DocumentCatalog) -> ProjectForms | None:
    """The forms of the projects named, of the units named; None where no project is named that has one."""
    by_subject = lines_of_projects(catalog)
    terms = {t.start: t for t in asked.tokens if t.group == "term"}
    terms |= {t.start: t for operand in asked.operands for t in operand.within_context.terms if t.start not in terms}
    meant = {start: subjects for start, term in terms.items() if (subjects := _subjects(term, catalog, by_subject))}
    for start in sorted(terms, key=lambda start: -len(terms[start].text)) if not meant else ():
        if part := _part_of(terms[start], catalog, by_subject):
            meant = {start: [part]}
            break
    if not meant:
        return None
    units = {link.key for term in terms.values() for link in term.links if link.role == "unit"}
    subjects = list(dict.fromkeys(subject for found in meant.values() for subject in found))
    subjects = [subject for subject in subjects if not units or _is_of_units(subject, units, catalog)]
    rows = [row for subject in subjects for row in by_subject[subject] if not units or row.unit in (None, *units)]
    tables = [catalog.tables[key] for key in dict.fromkeys(row.table_id for row in rows)]
    titles = normalise("".join(f"{table.title}{table.subject or ''}" for table in tables))
    return forms_of(rows, titles, catalog, tuple(terms[start] for start in meant)) if rows else None


def forms_of(rows: Sequence[Row], titles: str, catalog: DocumentCatalog, names: tuple[Token, ...] = ()) -> ProjectForms:
    """Lines of projects by what they are: indicators, or goals."""
    of_kind = {row.row_id: catalog.tables[row.table_id].kind for row in rows}
    indicators = tuple(row for row in rows if of_kind[row.row_id] == _INDICATORS)
    goals = tuple(row for row in rows if of_kind[row.row_id] != _INDICATORS)
    return ProjectForms(indicators, goals, names, titles)


def _is_of_units(subject: str, units: set[str], catalog: DocumentCatalog) -> bool:
    """Whether a project may be that of one of the units: no line of the tables says that it is another's."""
    owners = {row.unit for row in catalog.rows.values() if row.unit and normalise(row.label) == subject}
    return not owners or bool(owners & units)


def all_forms(asked: Understanding, catalog: DocumentCatalog) -> ProjectForms:
    """The indicators of all projects, of the units named."""
    units = {link.key for term in asked.tokens for link in term.links if link.role == "unit"}
    tables = [table for table in catalog.tables.values() if table.kind == _INDICATORS]
    rows = (row for table in tables for row in table.rows if not units or row.unit in units)
    return ProjectForms(tuple(rows), (), (), "")


def lines_of_projects(catalog: DocumentCatalog) -> dict[str, list[Row]]:
    """The lines of indicators and goals by the normalised name of the project."""
    found: dict[str, list[Row]] = defaultdict(list)
    for table in catalog.tables.values():
        for row in table.rows:
            subject = table.subject if table.kind == _INDICATORS or table.form else row.label
            if subject and not row.is_total and _says_goal(row, table):
                found[normalise(subject)].append(row)
    return found


def _says_goal(row: Row, table: Table) -> bool:
    """Whether a line is an indicator or has a goal beside it."""
    if table.kind in (_INDICATORS, _GOALS) or any(column.path.endswith(_GOAL) for column in table.columns):
        return True
    return table.form == table.table_id and row.label.endswith(_GOAL[2:])


def _subjects(term: Token, catalog: DocumentCatalog, known: Container[str]) -> list[str]:
    """The projects that are called so."""
    links = [link for link in term.links if link.match in _PRINTED]
    return list(dict.fromkeys(subject for link in links for subject in _called(link, term, catalog, known)))


def _part_of(term: Token, catalog: DocumentCatalog, known: Container[str]) -> str | None:
    """The one project whose name, or the title of whose form, a name is a telling part of."""
    found = list(dict.fromkeys(subject for link in term.links for subject in _called(link, term, catalog, known)))
    if len(found) != 1 or len(term.text) < _TELLING:
        return None
    return found[0] if term.text in found[0] or _is_title(term, catalog) else None


def _called(link: Link, term: Token, catalog: DocumentCatalog, known: Container[str]) -> Iterator[str]:
    """What the project with a form that a link leads to is called."""
    table = catalog.tables.get(link.table_id)
    name = ""
    if table is None or any(link.role == "unit" for link in term.links):
        return
    if link.role == "table":
        name = normalise(table.subject or "")
    elif link.role == "row" and table.kind != _INDICATORS:
        name = normalise(catalog.rows[link.key].label)
    if name in known:
        yield name


def _is_title(term: Token, catalog: DocumentCatalog) -> bool:
    """Whether a name is part of the title of forms (``市级一般性项目`` of 市级一般性项目绩效目标表)."""
    tables = (catalog.tables[link.table_id] for link in term.links if link.role == "table")
    return any(term.text in normalise(table.title) for table in tables)
