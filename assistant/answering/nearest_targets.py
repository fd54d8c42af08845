"""What the form of a project named says that is nearest to clauses that have no answer: shown beside, never instead.

Nearness is by pairs of characters (``用户满意率`` and ``用户满意度`` share two), so it proves nothing: the clauses stay
named as not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import cell_reading, find
from assistant.answering.lookup import say_text
from assistant.answering.promises import say_clause, say_funds
from assistant.catalog import Row
from assistant.resolve.projects import ProjectForms
from assistant.resolve.promises import clauses_of_goal, target_of
from assistant.understand.wording import generic_words, normalise, wording_rules
from assistant.words import content_of
from index.records import FigureRecord

_MOST_OF_WORD: Final = 3
_MOST: Final = 6
_WHOLE: Final = 20
"""Indicators of a project up to which all are shown: what is asked of it may be called otherwise there."""

Cells = dict[str, list[FigureRecord]]


def add_nearest_targets(draft: Draft, forms: ProjectForms, clauses: Sequence[str], *, with_funds: bool) -> bool:
    """Adds the lines of a project's form that are nearest to the clauses; False where none is near.

    ``with_funds``: what it costs is added. Of a project that no word names all goals are near.
    """
    words = [word for clause in clauses for word in _words(clause, forms)]
    cells = draft.library.figures({row.row_id for row in (*forms.indicators, *forms.goals)})
    are_set = [row for row in forms.indicators if _is_set(target_of(cells[row.row_id]).printed)]
    rows = list(dict.fromkeys(_near_indicators(words, are_set)))[:_MOST]
    near = _near_clauses(words, forms.goals, cells) if forms.names else _whole(forms.goals, cells)
    goals = [found for found in near if found[2] not in "".join(draft.lines)]
    if not rows and not goals:
        return False
    rows = are_set if len(are_set) <= _WHOLE else rows
    draft.lines.append(f"{draft.heading}，{draft.named(_called(forms))}的绩效目标里与所问最相近的内容：")
    for group in find(draft, [[cell_reading(row, target_of(cells[row.row_id]), draft.catalog)] for row in rows]):
        for found in group:
            say_text(draft, found)
    for row, cell, clause in goals[:_MOST]:
        say_clause(draft, row, cell, clause)
    if with_funds:
        say_funds(draft, forms)
    return True


def _is_set(printed: str) -> bool:
    """Whether a cell prints what is to be reached; no kind of indicators, where the columns of the form shift."""
    text = normalise(printed)
    return bool(text) and not re.fullmatch(wording_rules()["promises"]["groups"], text.removesuffix("指标") + "指标")


def _called(forms: ProjectForms) -> str:
    return f"“{'、'.join(dict.fromkeys(token.text for token in forms.names)) or forms.titles}”"


def _words(clause: str, forms: ProjectForms) -> Iterator[str]:
    """The telling words of a clause, without those that name the project or say where to look."""
    text = normalise(clause)
    for token in forms.names:
        text = text.replace(token.text, "，")
    where = re.compile(wording_rules()["promises"]["groups"])
    for word in content_of(where.sub("，", text)):
        if len(word) > 1 and word not in generic_words() and word not in _WHERE:
            yield word


_WHERE: Final = frozenset(
    {"绩效", "目标", "指标", "要求", "项目", "预算", "计划", "安排", "绩效目标", "绩效指标", "指标值"}
)
"""Words that say where to look, and nothing of what."""


def _shared(word: str, text: str) -> int:
    """How many pairs of neighbouring characters of a word a text holds."""
    return sum(first + second in text for first, second in pairwise(word))


def _near_indicators(words: Iterable[str], rows: Sequence[Row]) -> Iterator[Row]:
    """The indicators that share most with each word, where they are few."""
    for word in words:
        shared = {row.row_id: _shared(word, normalise(row.label)) for row in rows}
        best = max(shared.values(), default=0)
        found = [row for row in rows if best and shared[row.row_id] == best]
        yield from found if len(found) <= _MOST_OF_WORD else ()


def _near_clauses(words: Iterable[str], rows: Sequence[Row], cells: Cells) -> Iterator[tuple[Row, FigureRecord, str]]:
    """The clauses of goals that hold a word."""
    told = [(row, cell, clause) for row in rows for cell in cells[row.row_id] for clause in clauses_of_goal(cell)]
    said: set[str] = set()
    for word in words:
        for row, cell, clause in told:
            if word in normalise(clause) and clause not in said:
                said.add(clause)
                yield row, cell, clause
                break


def _whole(rows: Sequence[Row], cells: Cells) -> Iterator[tuple[Row, FigureRecord, str]]:
    """Goals as a whole."""
    told = ((row, cell) for row in rows for cell in cells[row.row_id] if any(clauses_of_goal(cell)))
    yield from ((row, cell, "".join(cell.printed.split())) for row, cell in told)
