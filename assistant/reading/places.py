"""One figure in two places: what the text says of it against what a table prints (说明里写的和表里的对不上)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from assistant.query import Difference, Name, Place, Rest, Select
from assistant.reading.clauses import Clause
from assistant.reading.patterns import pattern
from assistant.reading.selects import excluded_names, selects_in
from assistant.reading.state import Context, State

_MARKS: Final[dict[Place, str]] = {"prose": "in_prose", "table": "in_table"}
_DIFFER: Final = pattern("places_differ")
_TABLE: Final = re.compile(r"表(?:\([^()]*\))?$")
_TWO_FIGURES: Final = pattern("two_figures")
_WHERE: Final = pattern("where_gap")
_EACH: Final = re.compile("[两几三四五六]个?数[^,。?]{0,10}(?:各|分别)")
_PAIR: Final = 2


def places_apart(clauses: Sequence[Clause]) -> Difference | Rest | None:
    """The figure that the text states against the one that a table prints; None where not both places are named.

    Where one place names no item of its own, it is the other's.
    """
    text = "".join(clause.text for clause in clauses)
    if not _DIFFER.search(text):
        return None
    if (between := _between_tables(clauses)) is not None:
        return between
    marks = {place: match for place, name in _MARKS.items() if (match := pattern(name).search(text))}
    if len(marks) < len(_MARKS):
        return None
    starts = {place: clauses[0].pieces[0].start + match.start() for place, match in marks.items()}
    selects = [select for clause in clauses for select in selects_in(clause, State(Context()))]
    figures = [(select, max(end for _, end in select.spans)) for select in selects if _is_item(select)]
    first, second = sorted(starts, key=lambda place: starts[place])
    before = [select for select, end in figures if end <= starts[second]]
    after = [select for select, end in figures if end > starts[second]]
    if not before and not after:
        return None
    if _EACH.search(text) and len({select.names for select, _ in figures}) > 1:
        return None  # 人员经费18万、公用经费58万，表里这两个数各是多少: two items, not two places of one
    items: dict[Place, Select] = {first: (before or after)[-1], second: (after or before)[-1]}
    if not (before if first == "table" else after) and (total := _total_of_table(clauses, selects)) is not None:
        items["table"] = total
    return _apart([_at(items[place], place) for place in ("prose", "table")], text)


def _apart(figures: Sequence[Select], text: str) -> Difference | Rest:
    """Both figures set against each other; where it is asked where the rest is, with that."""
    if _WHERE.search(text):
        return Rest(whole=figures[0], parts=tuple(figures[1:]))
    return Difference(of=tuple(figures))


def _between_tables(clauses: Sequence[Clause]) -> Difference | Rest | None:
    """One item as two tables print it (甲表一个数，乙表又一个数，相差多少; 甲表里的减去乙表里的)."""
    selects = [select for clause in clauses for select in selects_in(clause, State(Context()))]
    names = [name for s in selects for name in (*s.within, *s.names)]
    names += [name for clause in clauses for name in excluded_names(clause)]
    linked = tuple(dict.fromkeys(name for name in names if name.is_linked))
    brackets = {p.start for clause in clauses for p in clause.pieces if p.text == "("}
    tables = _side_by_side(sorted((n for n in linked if _is_table(n.text)), key=lambda name: name.spans), brackets)
    named = {name.text: name for name in linked if not _is_table(name.text)}
    items = tuple(name for text, name in named.items() if not text.isdigit()) or tuple(named.values())
    said = "".join(clause.text for clause in clauses)
    if len(tables) != _PAIR or not items or not _TWO_FIGURES.search(said):
        return None
    return _apart([Select(names=items, within=table, is_inside=True, place="table") for table in tables], said)


def _side_by_side(names: Sequence[Name], brackets: Collection[int]) -> list[tuple[Name, ...]]:
    """Names in order, one right behind another or in brackets behind it (支出表(公开08表)) together: of one table."""
    groups: list[tuple[Name, ...]] = []
    for name in names:
        end = groups[-1][-1].spans[0][1] if groups else 0
        is_next = bool(groups) and (name.spans[0][0] == end or (end in brackets and name.spans[0][0] == end + 1))
        groups = [*groups[:-1], (*groups[-1], name)] if is_next else [*groups, (name,)]
    return groups


def _total_of_table(clauses: Sequence[Clause], selects: Sequence[Select]) -> Select | None:
    """The total of the table that is named, where it is said of no item (和表04的总计)."""
    tables = [select for select in selects if select.names and all(_is_table(n.text) for n in select.names)]
    return tables[0] if tables and any("sum" in clause.ops() for clause in clauses) else None


def _is_item(select: Select) -> bool:
    """Whether a selection names an item or a side's total, and not only a table."""
    return bool(select.spans) and (select.side is not None or any(not _is_table(n.text) for n in select.names))


def _is_table(text: str) -> bool:
    return bool(_TABLE.search(text)) or text.startswith(("表", "附表"))


def _at(select: Select, place: Place) -> Select:
    """A selection in one place; of the text no table is named."""
    if place == "table":
        return select.model_copy(update={"place": place})
    names, within = (tuple(n for n in names if not _is_table(n.text)) for names in (select.names, select.within))
    return select.model_copy(update={"place": place, "names": names, "within": within})
