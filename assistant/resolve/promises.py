"""What projects promise for each thing asked for: an indicator's target, or a figure within a goal."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.catalog import DocumentCatalog, Row
from assistant.resolve.projects import ProjectForms, all_forms, forms_named
from assistant.resolve.wishes import Sort, Wish, holds, wishes_of
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise, wording_rules
from index.records import FigureRecord

Figures = Callable[[Collection[str]], dict[str, list[FigureRecord]]]

_ASKS: Final = ("lookup", "list", "count", "share", "exists", "ratio")
_MOST: Final = 3
_TELLING: Final = 0.5
_LEAST: Final = 15
"""Characters from which a cell holds sentences rather than a name."""

_CLAUSE: Final = re.compile(r"[，；。、](?![^（(]*[)）])|[,;](?!\d)|\n")
_ORDINAL: Final = re.compile(r"^[（(]?\d{1,2}[）).．、](?!\d)")
_VALUE: Final = re.compile(
    r"(?P<sign>[≤≥=＝<>＜＞]|不[超低高少]\w)?\s*(?P<number>\d[\d,.]*)\s*(?P<unit>[^\s\d，。；、)）]{0,4})"
)
_SORTS: Final[dict[Sort, re.Pattern[str]]] = {
    "percent": re.compile(r"[%％]|％|个百分点"),
    "money": re.compile(r"(?:百|千|万|亿)?元"),
    "time": re.compile(r"个?工?作?[年月日天]|个?小时|分钟|秒|个?工作日|个月"),
}
_SIGNS: Final = {"≤": "≤|<|＜|不超过|不高于|小于|以内", "≥": "≥|>|＞|不低于|不少于|大于|以上"}


@dataclass(frozen=True, slots=True)
class Promise:
    """What was found for a thing asked for: cells of indicators, or the ``clause`` of a goal's cell."""

    wish: Wish
    cells: tuple[tuple[Row, FigureRecord], ...] = ()
    clause: str = ""


def promises_of(
    asked: Understanding, catalog: DocumentCatalog, figures: Figures, *, anywhere: bool = False
) -> list[Promise] | None:
    """A promise for each thing asked for of the projects named; None where one has none or something else is asked.

    ``anywhere``: no project is named, and the indicators of all are looked through for such numbers as only they have.
    """
    is_other = asked.relative_year or asked.excluded or asked.thresholds or asked.document_type == "决算"
    is_other = is_other or any(t.name == "ratio" for t in asked.tokens)
    is_of_year = all(year == catalog.year for year in asked.years)
    if asked.intent != "figure" or asked.operation not in _ASKS or is_other or not is_of_year:
        return None
    if not (forms := all_forms(asked, catalog) if anywhere else forms_named(asked, catalog)):
        return None
    wishes = wishes_of(asked, forms.names, forms.titles)
    if not any(wish.words for wish in wishes) or (anywhere and not all(map(_is_of_indicator, wishes))):
        return None
    cells = figures({row.row_id for row in (*forms.indicators, *forms.goals)})
    found: list[Promise] = []
    before: Wish | None = None
    for wish in wishes:
        if not (promise := _promise(wish, before, forms, cells)):
            return None
        if anywhere and not all(_is_telling(promise.wish, row) for row, _ in promise.cells):
            return None
        found.append(promise)
        before = wish if wish.words else before
    return found


def _is_of_indicator(wish: Wish) -> bool:
    """Whether what is asked for can only be a target: a stretch of time, a per cent, a number of things, a bound."""
    return bool(wish.words) and (wish.sort in ("time", "percent", "count") or bool(wish.bound))


def _is_telling(wish: Wish, row: Row) -> bool:
    """Whether the words asked for make up most of an indicator's name."""
    label = normalise(row.label)
    said = sum(len(word) for word in (*wish.words, *wish.general) if word in label)
    return said >= _TELLING * len(label)


def _promise(
    wish: Wish, before: Wish | None, forms: ProjectForms, cells: dict[str, list[FigureRecord]]
) -> Promise | None:
    if wish.is_funds:
        return Promise(wish)
    if not wish.words and before is None:
        return None
    within = [wish] if wish.words else []
    if before and (not wish.words or wish.general):
        within.append(replace(wish, words=(*before.words, *wish.words)))
    if not wish.words and wish.general:
        within.append(replace(wish, words=wish.general))
    for each in within:
        rows = _indicators(each, forms.indicators, cells)
        if 0 < len(rows) <= _MOST:
            return Promise(each, tuple((row, target_of(cells[row.row_id])) for row in rows))
        if clauses := list(_clauses(each, forms.goals, cells)) if not rows else []:
            row, cell, clause = min(clauses, key=lambda found: len(found[2]))
            return Promise(each, ((row, cell),), clause)
    return None


def _indicators(wish: Wish, rows: Sequence[Row], cells: dict[str, list[FigureRecord]]) -> list[Row]:
    """The indicators that hold all words and have such a number, those that hold most of the general words."""
    fitting: dict[str, tuple[Row, int]] = {}
    for row in rows:
        label, printed = normalise(row.label), cells[row.row_id]
        if not all(holds(label, word) for word in wish.words) or not is_of_group(printed, wish.group):
            continue
        if (degree := _fits(wish, _shown(printed))) is not None:
            fitting[row.row_id] = (row, degree + sum(word in label for word in wish.general))
    best = max((degree for _, degree in fitting.values()), default=0)
    return [row for row, degree in fitting.values() if degree == best]


def group_of(asked: Understanding) -> str:
    """The class of indicators that a question names (``成本指标``)."""
    return next(iter(re.findall(wording_rules()["promises"]["groups"], normalised_question(asked.question))), "")


def is_of_group(cells: Sequence[FigureRecord], group: str) -> bool:
    """Whether an indicator is of a class."""
    groups = [normalise(cell.printed) for cell in cells if cell.measure in ("一级指标", "二级指标")]
    return not group or any(text.startswith(group.removesuffix("指标")) for text in groups)


def target_of(cells: Sequence[FigureRecord]) -> FigureRecord:
    """The cell of an indicator's target."""
    return next((cell for cell in cells if cell.measure == "指标值"), cells[-1])


def _shown(cells: Sequence[FigureRecord]) -> str:
    """A target with its sign and unit."""
    printed = {cell.measure: cell.printed for cell in cells}
    return "".join(filter(None, (printed.get("计算符号"), printed.get("指标值"), printed.get("计量单位"))))


def _fits(wish: Wish, text: str) -> int | None:
    """How well a text's numbers are what is asked for; None where none is."""
    values = list(_VALUE.finditer(re.sub(r"\s", "", text)))
    if wish.bound and not re.search(_SIGNS[wish.bound], text):
        return None
    if wish.sort in (None, "number"):
        return 1 if values or (wish.sort is None and not wish.bound) else None
    degrees = [_degree(wish, value["unit"]) for value in values]
    return max((degree for degree in degrees if degree is not None), default=None)


def _degree(wish: Wish, unit: str) -> int | None:
    """2 for the unit asked for, 1 for one of its sort or none at all."""
    if wish.unit and unit.startswith(wish.unit):
        return 2
    sort = next((sort for sort, pattern in _SORTS.items() if pattern.match(unit)), "count")
    if sort != wish.sort or (wish.unit[:1] in ("万", "亿") and sort == "count"):
        return None
    return 1 if sort != "count" or not unit or _kind_of(unit) == _kind_of(wish.unit) else None


def _kind_of(unit: str) -> str:
    """What a unit counts: people, times, weights …, else things."""
    kinds: dict[str, list[str]] = wording_rules()["promises"]["kinds"]
    return next((kind for kind, units in kinds.items() if unit.startswith(tuple(units))), "")


def _clauses(
    wish: Wish, rows: Sequence[Row], cells: dict[str, list[FigureRecord]]
) -> Iterator[tuple[Row, FigureRecord, str]]:
    """The clauses of goals that hold all words and such a number."""
    for row in rows:
        for cell in cells[row.row_id]:
            for clause in clauses_of_goal(cell):
                held = all(holds(normalise(clause), word) for word in wish.words)
                if held and re.search(r"\d", clause) and _fits(wish, clause):
                    yield row, cell, clause


def clauses_of_goal(cell: FigureRecord) -> Iterator[str]:
    """The clauses of the sentences that a cell holds; none of one that holds only a name."""
    text = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|(?<=\d)\s+|\s+(?=\d)", "", cell.printed)
    for part in _CLAUSE.split(text) if len(text) >= _LEAST else ():
        if clause := _ORDINAL.sub("", part.strip()):
            yield clause
