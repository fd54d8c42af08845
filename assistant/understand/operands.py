"""Names in a question to operands: which of them point at one figure together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from assistant.catalog import DocumentCatalog, Link
from assistant.understand.types import Operand, Token
from assistant.understand.wording import wording_rules

_SYSTEMS: Final = {"function": "功能分类", "economic": "经济分类"}
_ASKING_GROUPS: Final = ("operations", "intents", "units", "compare", "number")
ASKING: Final = re.compile(
    r"多少|(?<![这那近前后])几|哪|什么|啥|怎|如何|多大|多高|何|谁|是否|有无|是不是|有没有|吗|呢|(?<!那)么"
)
"""Words that ask."""

EACH: Final = ("各", "每", "所有", "全部")
"""How words begin that mean every one of several."""

_ASKS_WHICH: Final = re.compile(r"哪[些几个]?$")
_SHORTEST: Final = 2
"""Characters that a name has at least before an ending that it shares with others."""

_WITHIN: Final = ("里面", "里头", "里边", "当中")
_BARE_TOTALS: Final = ("支出", "收入", "预算")
"""Words that behind an item only repeat that it is one (社会保障 + 支出)."""


def operands_of(tokens: tuple[Token, ...], catalog: DocumentCatalog, *, topics: bool = True) -> tuple[Operand, ...]:
    """The operands in reading order.

    Names side by side narrow each other (``行政运行的公用经费``); conjunctions and commas separate. What one member
    of an enumeration leaves out it takes from its neighbours (``行政运行和事业运行的公用经费``), and a clause that
    names only a column or a unit continues the one before (``台式机单价多少，买几台``). A clause that asks nothing
    itself says of which units the next ones ask (``通信中心的支出预算里，基本支出多少``) and within what, unless
    ``topics`` is False (``工会经费里，人员类和公用经费各是多少``).
    """
    clauses = [(clause, _members(clause, catalog)) for clause in split(tokens, ("separators",))]
    found: list[Operand] = []
    topic: tuple[Token, ...] = ()
    units: list[Operand] = []
    for place, (clause, members) in enumerate(clauses):
        follows = any(later for _, later in clauses[place + 1 :])
        if follows and not found and _only_names_units(clause, members):
            units = members
            continue
        if units:
            members = list(_of_units(units, members))
        if topics and follows and not found and len(members) == 1 and _only_says_within(clause, members[0]):
            topic += members[0].terms
            continue
        if found and not follows and len(members) == 1 and _only_names_table(clause, members[0]):
            return tuple(dict.fromkeys(_in_context(member, members[0].terms) for member in found))
        if found and _says_where(clause, members):
            found = [_in_context(member, members[0].terms) for member in found]
            continue
        if found:
            is_choice = any(_is_or(token) for token in clause)
            members = [_continue(found[-1], member, is_choice=is_choice) for member in members]
        within = found[-1].terms if found and _begins_within(tokens, clause) else ()
        found += [_in_context(member, (*topic, *within)) for member in members]
    return tuple(dict.fromkeys(found))


def _members(clause: tuple[Token, ...], catalog: DocumentCatalog) -> list[Operand]:
    members = (_member(part, catalog) for part in split(clause, ("conjunctions",)))
    whole = [single for member in members if member for single in _of_compound(member, catalog)]
    return _distribute([single for member in whole for single in _side_by_side(member, catalog)], catalog)


def _side_by_side(member: Operand, catalog: DocumentCatalog) -> Iterator[Operand]:
    """``水费电费``: names one right behind the other that are items of their own, none within another, as several."""
    places = [i for i, term in enumerate(member.terms) if role_of(term) == {"row"}]
    items = [member.terms[i] for i in places]
    pairs = list(pairwise(items))
    if not pairs or not all(a.end == b.start and _are_apart(a, b, catalog) for a, b in pairs):
        yield member
        return
    shared = [(i, term) for i, term in enumerate(member.terms) if i not in places]
    for item in items:
        before = tuple(term for i, term in shared if i < places[0])
        yield replace(member, terms=(*before, item, *(term for i, term in shared if i > places[0])))


def _are_apart(first: Token, second: Token, catalog: DocumentCatalog) -> bool:
    """Whether some table prints both names as lines, and none prints one of them as or within the other."""
    rows, others = _printed_lines(first), _printed_lines(second)
    of_one_table = {catalog.rows[key].table_id for key in rows} & {catalog.rows[key].table_id for key in others}
    above = {ancestor for key in (*rows, *others) for ancestor in catalog.rows[key].ancestors}
    return bool(of_one_table) and not rows & others and not above & (rows | others)


def _printed_lines(term: Token) -> set[str]:
    return {link.key for link in term.links if link.role == "row" and link.match in ("exact", "near")}


def _of_compound(member: Operand, catalog: DocumentCatalog) -> Iterator[Operand]:
    """One word for two items (水电费) as both, where no line bears the word itself."""
    for place, term in enumerate(member.terms):
        parts = wording_rules()["compounds"].get(term.text)
        if parts and all(link.match == "compound" for link in term.links):
            for part in parts:
                named = replace(term, text=part, links=catalog.surfaces[part])
                yield replace(member, terms=(*member.terms[:place], named, *member.terms[place + 1 :]))
            return
    yield member


def _only_says_within(clause: Iterable[Token], member: Operand) -> bool:
    """Whether a clause asks nothing, so that it only says what the next one is about."""
    return not _asks(clause) and not member.total and bool(roles_of(member) - {"unit"})


def _only_names_units(clause: Iterable[Token], members: Sequence[Operand]) -> bool:
    """Whether a clause only says of which units the next ones ask (``通信中心的支出预算里，``)."""
    return bool(members) and not _asks(clause) and all(roles_of(member) == {"unit"} for member in members)


def _of_units(units: Sequence[Operand], members: Sequence[Operand]) -> Iterator[Operand]:
    """Each member for each of the units, where it names none itself."""
    for member in members:
        if "unit" in roles_of(member):
            yield member
        else:
            yield from (member.with_terms(unit.terms) for unit in units)


def _asks(clause: Iterable[Token]) -> bool:
    return any(t.group in _ASKING_GROUPS or ASKING.search(t.text) for t in clause)


def _only_names_table(clause: Iterable[Token], member: Operand) -> bool:
    """Whether the last clause only says in which table: ``水费多少？（一般公共预算基本支出）``."""
    named = all(any(link.role == "table" for link in term.links) for term in member.terms)
    return named and bool(member.terms) and _only_says_within(clause, member)


def _says_where(clause: Sequence[Token], members: Sequence[Operand]) -> bool:
    """Whether a table stands alone in brackets behind what is asked (``…多少？（一般公共预算基本支出表）``)."""
    in_brackets = bool(clause) and (clause[0].text, clause[-1].text) == ("(", ")")
    return in_brackets and len(members) == 1 and "table" in roles_of(members[0]) and not members[0].total


def _begins_within(tokens: Sequence[Token], clause: Sequence[Token]) -> bool:
    """Whether 其中 stands before a clause, or 里面 at its head."""
    before = [t for t in tokens if clause and t.end == clause[0].start and t.group == "separators"]
    return any(t.text.startswith("其中") for t in before) or bool(clause and clause[0].text in _WITHIN)


def _in_context(member: Operand, context: tuple[Token, ...]) -> Operand:
    own = {term.text for term in member.terms}
    kept = tuple(term for term in context if term.text not in own)
    return replace(member, context=kept) if kept and not member.total else member


def roles_of(operand: Operand) -> set[str]:
    """What the names can be: row, column, unit, table, statement, passage; a name that can be a row counts as one."""
    return set().union(*map(role_of, operand.terms))


def role_of(term: Token) -> set[str]:
    """What one name can be; units go before rows, rows before columns."""
    links = {_role(link) for link in term.links} or {"unit"}
    return next(({role} for role in ("unit", "row", "column") if role in links), links)


def _role(link: Link) -> str:
    return {"attribute": "row", "whole": "unit"}.get(link.role, link.role)


def split(tokens: Iterable[Token], groups: tuple[str, ...]) -> Iterator[tuple[Token, ...]]:
    """The stretches between the tokens of some groups."""
    part: list[Token] = []
    for token in tokens:
        if token.group in groups or ("conjunctions" in groups and _is_or(token)):
            yield tuple(part)
            part = []
        else:
            part.append(token)
    yield tuple(part)


def split_at(
    tokens: tuple[Token, ...], is_mark: Callable[[Token], bool]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """The tokens before and behind the first mark; all of them before where there is none."""
    for i, token in enumerate(tokens):
        if is_mark(token):
            return tokens[:i], tokens[i + 1 :]
    return tokens, ()


def _is_or(token: Token) -> bool:
    return token.group == "filler" and token.text == "还是"


def qualifiers(tokens: Sequence[Token]) -> list[Token]:
    """Class nouns right before a name or code, which say of which classification it is (经济科目30113).

    Rows themselves are asked for where they are (哪些功能科目), or where only columns follow.
    """
    return [
        t
        for before, t, following in zip((None, *tokens), tokens, tokens[1:], strict=False)
        if t.name in _SYSTEMS and following.group == "term"
        and not (before is not None and _ASKS_WHICH.search(before.text) and role_of(following) != {"row"})
    ]  # fmt: skip


def _member(tokens: tuple[Token, ...], catalog: DocumentCatalog) -> Operand | None:
    terms: list[Token] = []
    total: str | None = None
    system = next((_SYSTEMS[t.name] for t in qualifiers(tokens)), None)
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
    side: Literal["收入", "支出"] | None = "收入" if total == "收入" else "支出" if total else None
    return Operand(tuple(_deduplicated(terms)), side, system=system)


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


def _distribute(members: list[Operand], catalog: DocumentCatalog) -> list[Operand]:
    if len(members) < 2:
        return members
    members = [*(_with_tail(m, members[-1], catalog) for m in members[:-1]), members[-1]]
    roles = [roles_of(m) for m in members]
    first, last = members[0], members[-1]
    made = []
    for i, member in enumerate(members):
        extra: tuple[Token, ...] = ()
        if "unit" in roles[0] and "unit" not in roles[i] and not any("unit" in r for r in roles[1:]):
            extra += _terms(first, "unit")
        if roles[i] == {"column"} and "row" in roles[0] and "column" in roles[0]:
            extra += _terms(first, "row")
        elif i > 0 and _is_column_beside(member, first):
            extra += _lines_named(first)
        if i > 0 and roles[i] == {"row"} and _begins_with_column(first):
            extra += _terms(first, "column")
        if i < len(members) - 1 and roles[i] == {"row"} and {"row", "column"} <= roles[-1]:
            extra += _terms(last, "column")
        if i > 0 and roles[i] == {"unit"} and {"unit", "row"} <= roles[0] and not member.total:
            extra += _terms(first, "row") + _terms(first, "column")
        if i < len(members) - 1 and roles[i] == {"unit"} and roles[-1] > {"unit"} and not member.total:
            extra += tuple(term for term in last.terms if "unit" not in role_of(term))
        if i < len(members) - 1 and roles[i] == roles[-1] == {"row"}:
            extra += _tail_column(last) or _common_head(member, last) or _common_line(member, last, catalog)
        total: Literal["收入", "支出"] | None = member.total
        if not total and roles[i] == {"unit"} and roles[-1] == {"unit"}:
            total = last.total
        made.append(replace(member, terms=(*extra, *member.terms), total=total))
    return made


def _with_tail(member: Operand, last: Operand, catalog: DocumentCatalog) -> Operand:
    """``A和B的项目数量`` of rows A项目数量 and B项目数量: what the last name ends with, where A alone is no name."""
    term, whole = member.terms[-1:], last.terms[: len(member.terms)][-1:]
    if not term or not whole or any(link.match == "exact" for link in term[0].links):
        return member
    for start in range(_SHORTEST, len(whole[0].text) - 1):
        name = term[0].text + whole[0].text[start:]
        if links := tuple(k for k in catalog.surfaces.get(name, ()) if k.match in ("exact", "near")):
            return replace(member, terms=(*member.terms[:-1], replace(term[0], text=name, links=links)))
    return member


def _tail_column(last: Operand) -> tuple[Token, ...]:
    """``(A和)B的日常公用支出``: a last name that may be a column goes with all lines before it."""
    tail = last.terms[-1:]
    can_be_column = len(last.terms) > 1 and any(link.role == "column" for term in tail for link in term.links)
    return tail if can_be_column else ()


def _begins_with_column(operand: Operand) -> bool:
    """``基本支出的水费(和电费)``: the column before the first line goes with all of them."""
    roles = [role_of(term) for term in operand.terms if role_of(term) != {"unit"}]
    return len(roles) > 1 and roles[0] == {"column"} and {"row"} in roles


def _is_column_beside(member: Operand, first: Operand) -> bool:
    """Whether the first member names a line and a column, this one another column of the line's table (上年结转)."""
    lines = {link.table_id for term in _lines_named(first) for link in term.links if link.role == "row"}
    columns = [_columns_of(term) for term in member.terms]
    return any(map(_columns_of, first.terms)) and bool(columns) and all(lines & tables for tables in columns)


def _lines_named(operand: Operand) -> tuple[Token, ...]:
    return tuple(term for term in operand.terms if "row" in role_of(term) and not _columns_of(term))


def _columns_of(term: Token) -> set[str]:
    """The tables that have a column of this name."""
    return {link.table_id for link in term.links if link.role == "column"}


def _common_head(member: Operand, last: Operand) -> tuple[Token, ...]:
    """The noun behind the last member that goes with all: some line bears it and the member's own name in one label.

    ``给拱北海关和边检总站的春节慰问金``
    """
    lines = set.intersection(*(_lines_of(term) for term in member.terms))
    return tuple(term for term in last.terms[1:] if lines & _lines_of(term))


def _common_line(member: Operand, last: Operand, catalog: DocumentCatalog) -> tuple[Token, ...]:
    """``(机关和)事业单位的工会经费``: the last name, where lines of it are below or are what each member names."""
    if len(last.terms) != len(member.terms) + 1:
        return ()
    lines = _printed_lines(last.terms[-1])
    sides = (member.terms[-1], last.terms[-2])
    return last.terms[-1:] if all(_lines_within(side, lines, catalog) for side in sides) else ()


def _lines_within(side: Token, lines: set[str], catalog: DocumentCatalog) -> set[str]:
    """Those of some lines that are below what a name stands for, or bear it in another column."""
    named = {link.key for link in side.links if link.role in ("row", "attribute")}
    return {key for key in lines if key in named or named & set(catalog.rows[key].ancestors)} - _printed_lines(side)


def _lines_of(term: Token) -> set[str]:
    return {link.key for link in term.links if link.role == "row"}


def _continue(previous: Operand, member: Operand, *, is_choice: bool) -> Operand:
    """What a clause leaves out it takes from the one before; ``是财政拨款还是其他资金`` are columns of its row."""
    roles, earlier = roles_of(member), roles_of(previous)
    if member.total:
        return member
    if roles == {"column"} and "row" in earlier and ("column" in earlier or is_choice):
        return member.with_terms(_terms(previous, "unit") + _terms(previous, "row"))
    if roles == {"unit"}:
        return Operand((*_terms(previous, "row"), *_terms(previous, "column"), *member.terms), previous.total)
    return member


def _terms(operand: Operand, role: str) -> tuple[Token, ...]:
    return tuple(t for t in operand.terms if role in role_of(t))
