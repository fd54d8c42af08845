"""The kind of a table: from its title, confirmed or denied by its headers and its codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.clean.codes import system_of
from index.clean.columns import is_code_header
from index.clean.draft import Draft
from index.clean.wording import squeeze
from index.kinds import KINDS, OTHER, KindSpec

_BY_PRIORITY: Final = sorted(KINDS.values(), key=lambda kind: kind.priority)
_TITLE_WEIGHT: Final = 0.6
_MIN_SIGNALS: Final = 0.3
_FIRST: Final = 3
"""Codes stand in the first columns."""
_BY_ECONOMY: Final = re.compile("部门(?:预算)?(?:支出)?经济(?:分类)?科目")


def recognise_kind(draft: Draft) -> Draft:
    """The first kind whose title pattern matches and whose headers don't contradict; without a title, by headers."""
    title = re.sub(r"[\"“”]", "", squeeze(draft.title)).split("：")[0]
    if _is_cut_out(draft):
        return _by_classification(draft)
    if draft.header_rows:
        for kind in _BY_PRIORITY:
            fit = _fit(kind, draft)
            if fit >= _MIN_SIGNALS and any(re.search(pattern, title) for pattern in kind.titles):
                return replace(draft, kind=kind.name, confidence=round(_TITLE_WEIGHT + (1 - _TITLE_WEIGHT) * fit, 2))
    return _by_headers(draft)


def _is_cut_out(draft: Draft) -> bool:
    """A block cut out of a two-sided table repeats its amounts: it must not pass for a table of the title's kind."""
    return "：" in draft.title and "收支" in draft.title


def _by_classification(draft: Draft) -> Draft:
    """The expenditure of a two-sided table once more, by the departments' economic classification."""
    if any(_BY_ECONOMY.search(path) for path in _paths(draft)):
        return replace(draft, kind="支出经济分类表", confidence=_TITLE_WEIGHT)
    return draft


def _by_headers(draft: Draft) -> Draft:
    """Without a telling title the headers must show one kind and no other."""
    paths = _paths(draft)
    fitting = [kind for kind in _BY_PRIORITY if kind.by_headers and _share(kind.by_headers, paths) == 1]
    if "表" in draft.title:
        fitting = [kind for kind in fitting if kind.name == "绩效指标表"]
    if len(fitting) != 1:
        return replace(draft, kind=OTHER, confidence=0.0)
    return replace(draft, kind=fitting[0].name, confidence=1 - _TITLE_WEIGHT)


def _fit(kind: KindSpec, draft: Draft) -> float:
    """The share of the kind's signals that are there; 0 where most codes are of another system."""
    system = _usual_system(draft)
    if system == "政府经济分类" or (kind.codes and system not in (kind.codes, None)):
        return 0.0
    labels = [squeeze(text) for row in draft.body_rows for text in row.texts[:2]] if kind.kind_rows else []
    return _share(kind.signals, [*_paths(draft), *labels])


def _share(patterns: Sequence[str], texts: Sequence[str]) -> float:
    found = sum(any(re.search(pattern, text) for text in texts) for pattern in patterns)
    return found / len(patterns) if patterns else 0.0


def _paths(draft: Draft) -> list[str]:
    return [column.path for column in draft.columns]


def _usual_system(draft: Draft) -> str | None:
    """The official classification of most codes; parts of a code (类|款|项) count by the first of them.

    Round amounts look like codes too: where columns are headed as codes, only those count.
    """
    headed = [column.number - 1 for column in draft.columns[:_FIRST] if is_code_header(column.path)]
    texts = (row.texts[at] for row in draft.body_rows for at in headed or range(_FIRST) if at < len(row.texts))
    systems = Counter(system for text in texts if (system := system_of(squeeze(text))) is not None)
    return systems.most_common(1)[0][0] if systems else None
