"""Names in a question to operands: which of them point at one figure together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.catalog import DocumentCatalog, Link
from assistant.understand.types import Operand, Token

_BARE_TOTALS = ("支出", "收入", "预算")
"""Words that behind an item only repeat that it is one (社会保障 + 支出)."""


def operands_of(tokens: tuple[Token, ...], catalog: DocumentCatalog) -> tuple[Operand, ...]:
    """The operands in reading order.

    Names side by side narrow each other (``行政运行的公用经费``); conjunctions and commas separate. What one member
    of an enumeration leaves out it takes from its neighbours (``行政运行和事业运行的公用经费``), and a clause that
    names only a column or a unit continues the one before (``台式机单价多少，买几台``).
    """
    found: list[Operand] = []
    for clause in _split(tokens, ("separators",)):
        members = [m for part in _split(clause, ("conjunctions",)) if (m := _member(part, catalog))]
        members = _distribute(members)
        if found:
            members = [_continue(found[-1], member) for member in members]
        found += members
    return tuple(dict.fromkeys(found))


def roles_of(operand: Operand) -> set[str]:
    """What the names can be: row, column, unit, table, statement, passage; a name that can be a row counts as one."""
    return set().union(*map(role_of, operand.terms))


def role_of(term: Token) -> set[str]:
    """What one name can be; units go before rows, rows before columns."""
    links = {_role(link) for link in term.links} or {"unit"}
    return next(({role} for role in ("unit", "row", "column") if role in links), links)


def _role(link: Link) -> str:
    return {"attribute": "row", "whole": "unit"}.get(link.role, link.role)


def _split(tokens: Iterable[Token], groups: tuple[str, ...]) -> Iterator[tuple[Token, ...]]:
    part: list[Token] = []
    for token in tokens:
        if token.group in groups:
            yield tuple(part)
            part = []
        else:
            part.append(token)
    yield tuple(part)


def _member(tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Operand | None:
    terms: list[Token] = []
    total: str | None = None
    for token in tokens:
        if token.group == "term":
            terms.append(token)
        elif token.group == "own" and catalog.main_unit:
            link = Link("unit", catalog.main_unit, name=catalog.main_unit)
            terms.append(Token("term", "own", token.text, token.start, token.end, (link,)))
        elif token.group == "total" and not (_names_item(terms) and token.text in _BARE_TOTALS):
            total = token.name
    if total and any(r not in ("unit",) for r in roles_of(Operand(tuple(terms)))):
        total = None
    if not terms and not total:
        return None
    return Operand(tuple(_deduplicated(terms)), "收入" if total == "收入" else "支出" if total else None)


def _names_item(terms: list[Token]) -> bool:
    return bool(terms) and role_of(terms[-1]) != {"unit"}


def _deduplicated(terms: list[Token]) -> Iterator[Token]:
    """Terms without repeats, and without a unit's name twice (``办公室本级``)."""
    seen: set[str] = set()
    for term in terms:
        if term.name == "own" and any("unit" in {link.role for link in t.links} for t in terms if t is not term):
            continue
        if term.text not in seen:
            seen.add(term.text)
            yield term


def _distribute(members: list[Operand]) -> list[Operand]:
    if len(members) < 2:
        return members
    roles = [roles_of(m) for m in members]
    first, last = members[0], members[-1]
    made = []
    for i, member in enumerate(members):
        extra: tuple[Token, ...] = ()
        if "unit" in roles[0] and "unit" not in roles[i] and not any("unit" in r for r in roles[1:]):
            extra += _terms(first, "unit")
        if roles[i] == {"column"} and "row" in roles[0] and "column" in roles[0]:
            extra += _terms(first, "row")
        if i < len(members) - 1 and roles[i] == {"row"} and {"row", "column"} <= roles[-1]:
            extra += _terms(last, "column")
        if i > 0 and roles[i] == {"unit"} and {"unit", "row"} <= roles[0] and not member.total:
            extra += _terms(first, "row") + _terms(first, "column")
        if i < len(members) - 1 and roles[i] == {"unit"} and roles[-1] > {"unit"} and not member.total:
            extra += _terms(last, "row") + _terms(last, "column")
        total = member.total or (last.total if roles[i] == {"unit"} and roles[-1] == {"unit"} else None)
        made.append(Operand((*extra, *member.terms), total))
    return made


def _continue(previous: Operand, member: Operand) -> Operand:
    roles, earlier = roles_of(member), roles_of(previous)
    if member.total:
        return member
    if roles == {"column"} and "row" in earlier and "column" in earlier:
        return member.with_terms(_terms(previous, "unit") + _terms(previous, "row"))
    if roles == {"unit"}:
        return Operand((*_terms(previous, "row"), *_terms(previous, "column"), *member.terms), previous.total)
    return member


def _terms(operand: Operand, role: str) -> tuple[Token, ...]:
    return tuple(t for t in operand.terms if role in role_of(t))
