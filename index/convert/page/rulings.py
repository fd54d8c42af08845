"""Rules drawn on a page to ruled grids: near ones count as one, where they meet are corners, between them cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from index.convert.page.grids import Box, Grid, grid_of

_SNAP: Final = 3.0
_MEET: Final = 4.0
_SHORTEST: Final = 3.0
_CELL: Final = 7.0
"""What is open beyond a table's last rule is at least so wide or high where it is a cell."""
_MIN_OPEN: Final = 3
"""How many rules end alike where an edge is missing."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A rule: the height at which it runs from left to right, or where it runs down, and its ends."""

    at: float
    start: float
    end: float

    def meets(self, position: float) -> bool:
        """Whether it reaches a rule across it that stands at this position."""
        return self.start - _MEET <= position <= self.end + _MEET

    def overlaps(self, other: Rule) -> bool:
        """Whether it runs along a part of another one."""
        return self.start < other.end and other.start < self.end


class Crossings:
    """Where the rules of a page meet, and which corners one rule goes through."""

    def __init__(self, flat: Sequence[Rule], upright: Sequence[Rule]) -> None:
        self._flat: defaultdict[Point, set[int]] = defaultdict(set)
        self._upright: defaultdict[Point, set[int]] = defaultdict(set)
        heights = [rule.at for rule in flat]
        for down, rule in enumerate(upright):
            first, last = bisect_right(heights, rule.start - _MEET), bisect_right(heights, rule.end + _MEET)
            for across in range(first, last):
                if flat[across].meets(rule.at):
                    point = (rule.at, flat[across].at)
                    self._flat[point].add(across)
                    self._upright[point].add(down)
        self._columns: defaultdict[float, list[float]] = defaultdict(list)
        self._rows: defaultdict[float, list[float]] = defaultdict(list)
        for x, y in sorted(self._flat):
            self._columns[x].append(y)
            self._rows[y].append(x)

    def cells(self) -> Iterator[Box]:
        """The smallest box to the right and below of each corner."""
        for x, y in self._flat:
            right = [x1 for x1 in _after(self._rows[y], x) if self._is_ruled_across((x, y), (x1, y))]
            if right and (cell := self._cell(x, y, right)):
                yield cell

    def _cell(self, x: float, y: float, right: Sequence[float]) -> Box | None:
        for y1 in _after(self._columns[x], y):
            if self._is_ruled_down((x, y), (x, y1)):
                for x1 in right:
                    if self._is_ruled_down((x1, y), (x1, y1)) and self._is_ruled_across((x, y1), (x1, y1)):
                        return (x, y, x1, y1)
        return None

    def _is_ruled_across(self, one: Point, other: Point) -> bool:
        return not self._flat.get(one, _NONE).isdisjoint(self._flat.get(other, _NONE))

    def _is_ruled_down(self, one: Point, other: Point) -> bool:
        return not self._upright.get(one, _NONE).isdisjoint(self._upright.get(other, _NONE))


_NONE: Final[set[int]] = set()


def grids_between(rules: Iterable[Box]) -> tuple[Grid, ...]:
    """The grids that straight rules make: lines from left to right or from top to bottom, in points."""
    flat, upright = [], []
    for left, top, right, bottom in rules:
        if right - left >= bottom - top:
            flat.append(Rule((top + bottom) / 2, left, right))
        else:
            upright.append(Rule((left + right) / 2, top, bottom))
    cells = list(Crossings(*_closed(_merged(flat), _merged(upright))).cells())
    return tuple(grid for group in _groups(cells) if (grid := grid_of(group)))


def _closed(flat: Sequence[Rule], upright: Sequence[Rule]) -> tuple[Sequence[Rule], Sequence[Rule]]:
    """The rules with the edges that tables are printed without: at their sides, or where a page break tears a row."""
    upright = _in_order([*upright, *_missing_edges(flat, upright)])
    return _in_order([*flat, *_missing_edges(upright, flat)]), upright


def _missing_edges(rules: Sequence[Rule], across: Sequence[Rule]) -> Iterator[Rule]:
    """Edges across the ends of ``rules``, where several of one table end alike, well beyond the last across them."""
    for inwards in (1, -1):

        def end_of(rule: Rule, inwards: int = inwards) -> float:
            return rule.start if inwards > 0 else rule.end

        for group in _near(rules, end_of):
            if len(group) < _MIN_OPEN:
                continue
            at = sum(map(end_of, group)) / len(group)
            yield from _torn_edges(at, group, across)
            gaps = sorted(((each.at - at) * inwards, each) for each in across)
            for gap, inner in gaps:
                crossed = [rule for rule in group if gap > _MEET and inner.meets(rule.at)]
                if len(crossed) < _MIN_OPEN:
                    continue
                edge = Rule(at, min(rule.at for rule in crossed), max(rule.at for rule in crossed))
                is_there = any(abs(other) <= _MEET and each.overlaps(edge) for other, each in gaps)
                if gap >= _CELL and not is_there:
                    yield edge
                group = [rule for rule in group if rule not in crossed]


def _torn_edges(at: float, group: Sequence[Rule], across: Sequence[Rule]) -> Iterator[Rule]:
    """What an edge lacks at its ends over rules that end with it: there a page break tears merged cells."""
    edges = [rule for rule in across if abs(rule.at - at) <= _MEET]
    ends = sorted(rule.at for rule in group)
    closed = [end for end in ends if any(edge.meets(end) for edge in edges)]
    if len(closed) >= _MIN_OPEN:
        yield from (Rule(at, *ends) for ends in ((ends[0], closed[0]), (closed[-1], ends[-1])) if ends[0] < ends[1])


def _after(positions: Sequence[float], position: float) -> Sequence[float]:
    return positions[bisect_right(positions, position) :]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that run almost along each other on their mean, and where one goes on from another, as one."""
    merged: list[Rule] = []
    for group in _near(rules, lambda rule: rule.at):
        at = sum(rule.at for rule in group) / len(group)
        open_end: list[Rule] = []
        for rule in sorted(group, key=lambda each: each.start):
            if open_end and rule.start <= open_end[-1].end + _SNAP:
                before = open_end[-1]
                open_end[-1] = Rule(at, before.start, max(before.end, rule.end))
            else:
                open_end.append(Rule(at, rule.start, rule.end))
        merged += open_end
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def _near(rules: Sequence[Rule], position: Callable[[Rule], float]) -> Iterator[list[Rule]]:
    """Rules whose positions differ by a hair from one to the next."""
    ordered = sorted(rules, key=position)
    group = ordered[:1]
    for before, rule in pairwise(ordered):
        if position(rule) > position(before) + _SNAP:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _in_order(rules: Sequence[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: rule.at)


def _groups(cells: Sequence[Box]) -> list[list[Box]]:
    """The cells of each table, more than one: those that touch at corners; from the top down."""
    parents: dict[Point, Point] = {}

    def root(point: Point) -> Point:
        while (parent := parents.setdefault(point, point)) != point:
            parents[point] = parents[parent]
            point = parents[point]
        return point

    for left, top, right, bottom in cells:
        for corner in ((left, bottom), (right, top), (right, bottom)):
            parents[root(corner)] = root((left, top))
    ordered = sorted(cells, key=lambda cell: root((cell[0], cell[1])))
    tables = [list(group) for _, group in groupby(ordered, key=lambda cell: root((cell[0], cell[1])))]
    return sorted((table for table in tables if len(table) > 1), key=lambda table: min((c[1], c[0]) for c in table))
